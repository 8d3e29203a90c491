"""Days on which something changes, and places that stay when the day does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.days import begun, changing, within
from ecosystem.analysis.layout import GROUPINGS, layout
from ecosystem.dataset import Dataset
from ecosystem.model import City, LocatedIn, MemberOf
from ecosystem.snapshot import Snapshot
from tests.graphs import SAID, org, organisations
from tests.tiny import tiny


def town(as_of="2026-01-01", **choices):
    return Snapshot.of(tiny(), scope="city:alpha", as_of=as_of, **choices)


def test_the_days_of_the_tiny_town():
    assert begun(town()) == ("2018-01-01", "2018-05-16", "2018-09-10", "2019-01-01", "2020-05-01")
    over = {"2018-05-18", "2018-09-11", "2022-01-01"}
    assert set(changing(town())) == {*begun(town()), *over}
    assert begun(town("2018-06-01")) == ("2018-01-01", "2018-05-16")
    assert changing(Snapshot.of(Dataset.of(()))) == ()


@pytest.mark.parametrize("reading", ["known", "in-force"])
@pytest.mark.parametrize("group_by", GROUPINGS)
def test_another_day_moves_nothing(group_by, reading):
    known = layout(town(), group_by)
    for day in changing(town()):
        then = town(day, reading=reading)
        found = within(known, then)
        assert found.positions.keys() == then.nodes.keys()
        assert found.positions.items() <= known.positions.items()
        islands = {one.id: one for one in known.territories}
        for one in found.territories:
            assert one.nodes and one.hull == islands[one.id].hull
        assert sorted(i for one in found.territories for i in one.nodes) == sorted(then.nodes)


@given(st.sets(st.integers(0, 7), min_size=1))
def test_whoever_left_the_place_since_still_has_one(gone):
    records = [City(id="city:x", name_bg="Хикс", name_en="X", **SAID), *organisations(range(8))]
    for number in range(8):
        until = "2019" if number in gone else ""
        records.append(LocatedIn(source=org(number), target="city:x", until=until, **SAID))
        if number:
            records.append(MemberOf(source=org(number), target=org(0), **SAID))
    dataset = Dataset.of(records)
    later, then = (
        Snapshot.of(dataset, scope="city:x", as_of=day) for day in ("2024-01-01", "2018-01-01")
    )
    found = within(layout(later), then)
    assert found.positions.keys() == then.nodes.keys()
    assert sorted(i for one in found.territories for i in one.nodes) == sorted(then.nodes)
    assert len({one.id for one in found.territories}) == len(found.territories)
