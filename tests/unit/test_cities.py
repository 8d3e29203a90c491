"""The profile of a city, on the town of the matching tests and worked out by hand."""

import pytest

from ecosystem.analysis.cities import MOST_PEERS, city_profile
from ecosystem.analysis.matching import rank_mentors
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.io import seeds
from ecosystem.model import Coverage, Mentors
from ecosystem.paths import shipped_packs
from ecosystem.snapshot import Snapshot
from tests.unit.mentor_town import SAID, city, joins, needs, offers, plain_view, view

TOWN = (
    city("home", "BG", 100_000),
    city("guide", "NL", 500_000),
    city("near", "DE", 120_000),
    city("far", "DE", 5_000_000),
    city("bare", "FR", 101_000),
    city("alone", "FR", 99_000),
    needs("home", "water"),
    offers("home", "services", level=4),
    needs("home", "services", level=2),
    offers("guide", "water", level=5),
    offers("far", "water"),
    needs("near", "buses"),
    Mentors(
        source="city:guide",
        target="city:home",
        themes=("theme:water",),
        since="2018",
        until="2019",
        **SAID,
    ),
    *(joins(who, "programme:net") for who in ("home", "near", "far", "bare")),
)


def table(found):
    """State by theme and city."""
    return {
        row.theme[6:]: {
            column.id[5:]: cell.state for column, cell in zip(found.columns, row.cells, strict=True)
        }
        for row in found.rows
    }


@pytest.fixture
def found():
    return city_profile(plain_view(*TOWN), "city:home")


def test_mentors_come_before_peers_and_those_with_records_before_the_nearest(found):
    assert [(one.id[5:], one.part) for one in found.columns] == [
        ("home", "city"),
        ("guide", "mentor"),
        ("near", "peer"),
        ("far", "peer"),
        ("bare", "peer"),
    ]
    assert found.columns[1].themes == ("theme:water",)
    assert found.columns[1].why.en == "was a mentor"
    assert "alone" not in {one.id[5:] for one in found.columns}


def test_what_nobody_recorded_is_unknown_and_never_none(found):
    assert table(found) == {
        "buses": {
            "home": "unknown",
            "guide": "unknown",
            "near": "need",
            "far": "unknown",
            "bare": "unknown",
        },
        "services": {
            "home": "both",
            "guide": "unknown",
            "near": "unknown",
            "far": "unknown",
            "bare": "unknown",
        },
        "water": {
            "home": "need",
            "guide": "strength",
            "near": "unknown",
            "far": "strength",
            "bare": "unknown",
        },
    }


def test_levels_are_those_of_the_sources_or_none(found):
    cells = {row.theme: row.cells for row in found.rows}
    both = cells["theme:services"][0]
    assert (both.need_level, both.strength_level) == (2, 4)
    assert len(both.statements) == 2
    assert cells["theme:water"][3].strength_level is None


def test_only_complete_coverage_of_both_says_none():
    def covered(number, kind):
        return Coverage(
            id=f"coverage:c-{number}",
            pack="trial",
            source="source:page",
            covers=kind,
            scope="city:guide",
            complete=True,
        )

    one = city_profile(plain_view(*TOWN, covered(1, "NEEDS")), "city:home")
    assert table(one)["buses"]["guide"] == "unknown"
    two = city_profile(plain_view(*TOWN, covered(1, "NEEDS"), covered(2, "OFFERS")), "city:home")
    assert table(two)["buses"]["guide"] == "none"


def test_peers_can_be_chosen():
    found = city_profile(plain_view(*TOWN), "city:home", ["city:alone", "city:home", "city:alone"])
    assert [one.id[5:] for one in found.columns] == ["home", "guide", "alone"]


def test_a_city_of_which_nothing_is_recorded_says_so():
    found = city_profile(plain_view(*TOWN), "city:alone")
    assert found.rows == () and len(found.columns) == 1 and len(found.notes) == 4


def test_unknown_cities_and_too_many_peers_are_refused():
    snapshot = plain_view(*TOWN)
    with pytest.raises(NotFoundError):
        city_profile(snapshot, "city:nowhere")
    with pytest.raises(NotFoundError):
        city_profile(snapshot, "city:home", ["theme:water"])
    with pytest.raises(ParameterError):
        city_profile(snapshot, "city:home", ["city:near"] * 6)


def test_the_table_of_a_city_and_its_suggestions_say_the_same_of_every_offer():
    """Whichever page is asked: sourced, in part, inferred or not recorded are one and the same."""
    snapshot = Snapshot.of(seeds.read(shipped_packs()), as_of="2026-06-30")
    wanting = {tie.source for tie in snapshot.edges_of_kind("NEEDS") if "city:" in tie.source}
    assert "city:sofia" in wanting
    for mentee in sorted(wanting):
        matches = rank_mentors(snapshot, mentee)
        assert matches.suggestions
        told = {one.mentor: one for one in matches.suggestions}
        for first in range(0, len(told), MOST_PEERS):
            peers = list(told)[first : first + MOST_PEERS]
            found = city_profile(snapshot, mentee, peers)
            for row in found.rows:
                for column, cell in zip(found.columns, row.cells, strict=True):
                    if column.id in told and row.theme in matches.needs:
                        served = {one.theme: one.sign for one in told[column.id].served}
                        assert cell.sign == served[row.theme], (mentee, column.id, row.theme)
                        offered = cell.sign in ("documented", "partial", "inferred")
                        assert offered == (cell.state in ("strength", "both", "near"))


def test_a_related_offer_is_a_light_sign_and_no_question_mark():
    found = city_profile(
        view(city("helper"), offers("helper", "buses")), "city:seeker", ["city:helper"]
    )
    (cell,) = (row.cells[1] for row in found.rows if row.theme == "theme:transport")
    assert (cell.state, cell.sign) == ("near", "partial")
    assert "OFFERS|city:helper|theme:buses|" in cell.statements
