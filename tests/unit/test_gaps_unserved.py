"""What is needed and offered by nobody."""

import pytest

from ecosystem.analysis.gaps.single_provider import SingleProviderDetails
from ecosystem.analysis.gaps.unserved import UnservedDetails
from tests.unit.gap_town import (
    THEMES,
    city,
    covers,
    details_of,
    local,
    needs,
    offers,
    one_rule,
    view,
)

TOWN = "city:town"


@pytest.mark.parametrize("offered", ["move", "bus", "tram", "it"])
def test_the_theme_a_narrower_one_and_an_enabling_one_serve_a_need(offered):
    snapshot = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", offered))
    assert one_rule(snapshot, "G12").findings == ()
    (gap,) = one_rule(snapshot, "G13").findings
    assert details_of(gap, SingleProviderDetails).offers[0].actor == "org:a"


def test_a_broader_offer_is_only_possible():
    snapshot = view(
        *THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "live"), covers("OFFERS")
    )
    (gap,) = one_rule(snapshot, "G12").findings
    assert (gap.status, gap.value) == ("possible", None)
    assert gap.reason is not None
    assert gap.statements == (
        "BROADER|theme:move|theme:live|",
        "NEEDS|city:town|theme:move|",
        "OFFERS|org:a|theme:live|",
    )
    assert one_rule(snapshot, "G13").findings == ()


def test_what_enables_an_enabling_theme_serves_nothing():
    snapshot = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "web"))
    assert [gap.subjects for gap in one_rule(snapshot, "G12").findings] == [("theme:move",)]


def test_no_offer_is_absent_only_where_a_source_covers_offers_completely():
    unsure = view(*THEMES, needs(TOWN, "move"))
    result = one_rule(unsure, "G12")
    assert (result.status, result.findings[0].status) == ("not recorded", "not recorded")
    assert result.findings[0].value is None
    partly = view(*THEMES, needs(TOWN, "move"), covers("OFFERS", complete=False))
    assert one_rule(partly, "G12").status == "not recorded"
    elsewhere = view(*THEMES, city("far"), needs(TOWN, "move"), covers("OFFERS", "city:far"))
    assert one_rule(elsewhere, "G12").status == "not recorded"
    sure = view(*THEMES, needs(TOWN, "move"), covers("OFFERS"))
    result = one_rule(sure, "G12")
    assert (result.status, result.findings[0].status) == ("found", "absent")
    assert result.findings[0].value == 0.0


def test_only_themes_that_somebody_in_the_scope_needs_count():
    far = city("far")
    snapshot = view(
        *THEMES,
        *local("a"),
        far,
        needs("city:far", "bus"),
        needs("org:a", "it"),
        offers("org:a", "odd"),
    )
    assert [gap.subjects for gap in one_rule(snapshot, "G12").findings] == [("theme:it",)]


def test_an_offer_from_elsewhere_closes_nothing_and_is_named():
    snapshot = view(*THEMES, city("far"), needs(TOWN, "move"), offers("city:far", "bus"))
    (gap,) = one_rule(snapshot, "G12").findings
    assert [row.actor for row in details_of(gap, UnservedDetails).outside] == ["city:far"]
    assert "far" in gap.closing.en


def test_needs_and_offers_that_have_ended_are_left_out():
    gone = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "move", until="2019"))
    assert [gap.subjects for gap in one_rule(gone, "G12").findings] == [("theme:move",)]
    met = view(*THEMES, needs(TOWN, "move", until="2019"))
    assert one_rule(met, "G12").status == "not recorded"


def test_no_need_at_all_is_not_recorded_until_needs_are_covered():
    for rule in ("G12", "G13", "G14", "G18"):
        assert one_rule(view(*THEMES), rule).status == "not recorded"
        assert one_rule(view(*THEMES, covers("NEEDS")), rule).status == "none found"
