"""Ties to the outside: counts by city, kind and theme."""

from ecosystem.analysis.gaps.outside import OutsideCityDetails, OutsideSummary
from ecosystem.model import Addresses, Mentors, Project
from tests.unit.gap_town import (
    SAID,
    by_subject,
    city,
    details_of,
    local,
    locals_of,
    one_rule,
    partners,
    takes_part,
    theme,
    view,
)


def joint():
    """a and b in a project on t with far and lost; b partners far; the city of far mentors a."""
    return view(
        *locals_of("ab"),
        city("away"),
        *local("far", town="away"),
        local("lost")[0],
        theme("t"),
        Project(id="project:p", name_en="P", **SAID),
        *(takes_part(f"org:{who}", "project:p") for who in ("a", "b", "far", "lost")),
        Addresses(source="project:p", target="theme:t", **SAID),
        partners("b", "far"),
        Mentors(source="city:away", target="org:a", **SAID),
    )


def test_pairs_are_counted_by_city_kind_and_theme():
    result = one_rule(joint(), "G27")
    gap = by_subject(result)["away"]
    # a and b with far, a with the city itself.
    assert (gap.value, gap.status) == (3, "measured")
    assert details_of(gap, OutsideCityDetails).doors == {"org:a": 2, "org:b": 1}
    assert details_of(gap, OutsideCityDetails).themes == {"theme:t": 2}
    assert details_of(result, OutsideSummary).kinds == {
        "MENTORS": 1,
        "PARTICIPATES_IN": 4,
        "PARTNERS_WITH": 1,
    }
    assert details_of(result, OutsideSummary).cities == {"city:away": 3, "unknown": 2}
    assert details_of(result, OutsideSummary).pairs == 5
    assert "MENTORS|city:away|org:a|" in gap.statements
    assert gap.closing.en == "The way there goes through a and b."


def test_a_pair_counts_once_however_often_it_is_tied():
    gap = by_subject(one_rule(joint(), "G27"))["away"]
    assert gap.n == 3


def test_meeting_is_not_working_and_no_tie_is_not_recorded():
    assert one_rule(view(*locals_of("ab"), partners("a", "b")), "G27").status == "not recorded"
    assert one_rule(view(), "G27").status == "undefined"


def test_a_tie_without_a_known_city_is_counted_and_not_listed():
    lost = local("lost")[0]
    result = one_rule(view(*locals_of("a"), lost, partners("a", "lost")), "G27")
    assert (result.findings, details_of(result, OutsideSummary).cities) == ((), {"unknown": 1})
