"""The properties by which the map is coloured, worked out on the tiny town."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.facets import facets, newest
from ecosystem.dataset import Dataset
from ecosystem.model import Organisation
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny


def told(as_of="2026-01-01", dataset=None):
    snapshot = Snapshot.of(dataset or tiny(), as_of=as_of)
    return {
        one.name: (one, {value.id: value.count for value in one.values}) for one in facets(snapshot)
    }


def values_of(facet, identity):
    return [facet.values[number].id for number in facet.of[identity]]


def test_the_counts_of_the_tiny_town():
    found = told()
    assert found["sector"][1] == {
        "industry": 2,
        "academia": 1,
        "civil-society": 1,
        "government": 1,
        "none": 7,
    }
    assert found["form"][1]["company"] == 2
    assert found["stakeholder"][1]["corporate"] == 2
    assert found["standing"][1] == {"documented": 12}
    assert found["country"][1] == {"BG": 5, "NL": 2, "not-recorded": 3, "none": 2}
    assert found["theme"][1] == {"theme:mobility": 3, "theme:ict": 2, "not-recorded": 7}


def test_what_is_not_recorded_and_what_has_no_such_property_are_two_things():
    nameless = Organisation(id="org:new", name_en="New", pack="tiny", standing="illustrative")
    (facet, counts) = told(dataset=Dataset.of([*tiny().records.values(), nameless]))["sector"]
    assert values_of(facet, "org:new") == ["not-recorded"]
    assert values_of(facet, "city:alpha") == ["none"]
    assert [value.id for value in facet.values][-2:] == ["not-recorded", "none"]
    assert counts["not-recorded"] == 1


@pytest.mark.parametrize(
    ("day", "firm", "beta"),
    [
        # The list of 2019-01-05 speaks of the firm, of beta only the page of 2018-09-12.
        ("2019-09-13", "recent", "1-year"),
        ("2019-06-01", "recent", "recent"),
        ("2021-01-05", "2-4-years", "2-4-years"),
        ("2026-01-01", "5-years", "5-years"),
    ],
)
def test_freshness_is_the_age_of_the_newest_dated_source(day, firm, beta):
    facet, _ = told(day)["freshness"]
    assert values_of(facet, "org:firm") == [firm]
    assert values_of(facet, "city:beta") == [beta]
    assert facet.ordered


def test_the_newest_day_is_that_of_the_node_or_of_one_of_its_ties():
    snapshot = Snapshot.of(tiny())
    assert newest(snapshot, "org:firm") == "2019-01-05"
    assert newest(snapshot, "city:beta") == "2018-09-12"


@given(st.sampled_from(["known", "in-force"]), st.integers(2017, 2025), st.booleans())
def test_every_node_has_a_value_of_every_property(reading, year, people):
    snapshot = Snapshot.of(tiny(), as_of=f"{year}-06-01", reading=reading, people=people)
    for facet in facets(snapshot):
        assert facet.of.keys() == snapshot.nodes.keys()
        assert all(facet.of.values())
        for number, value in enumerate(facet.values):
            assert value.count == sum(number in mine for mine in facet.of.values()) > 0
            assert value.label.bg and value.label.en
