"""What is needed and offered by one alone."""

from ecosystem.analysis.gaps.unserved import UnservedDetails
from ecosystem.model import (
    Addresses,
    Project,
)
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.gap_town import (
    SAID,
    THEMES,
    covers,
    details_of,
    local,
    locals_of,
    needs,
    offers,
    one_rule,
    takes_part,
    view,
)

TOWN = "city:town"


def test_one_provider_is_a_gap_and_two_are_none():
    one = [
        *THEMES,
        *locals_of("ab"),
        needs(TOWN, "move"),
        offers("org:a", "move"),
        offers("org:a", "bus"),
    ]
    (gap,) = one_rule(view(*one), "G13").findings
    assert (gap.status, gap.value) == ("not recorded", 1.0)
    (gap,) = one_rule(view(*one, covers("OFFERS")), "G13").findings
    assert gap.status == "single provider"
    assert one_rule(view(*one, offers("org:b", "it")), "G13").findings == ()


def test_who_works_on_the_theme_is_asked_first():
    snapshot = view(
        *THEMES,
        *local("a"),
        needs(TOWN, "move"),
        Project(id="project:p", name_en="P", **SAID),
        Addresses(source="project:p", target="theme:bus", **SAID),
        takes_part("org:a", "project:p"),
    )
    (gap,) = one_rule(snapshot, "G12").findings
    assert details_of(gap, UnservedDetails).candidates == ("org:a",)
    assert "a" in gap.closing.en


def test_in_tiny_the_one_provider_is_the_firm_through_ict():
    snapshot = Snapshot.of(tiny(), as_of="2024-01-01", scope="city:alpha")
    (gap,) = one_rule(snapshot, "G13").findings
    assert gap.statements == (
        "ENABLES|theme:ict|theme:mobility|",
        "NEEDS|city:alpha|theme:mobility|",
        "OFFERS|org:firm|theme:ict|",
    )
    assert one_rule(snapshot, "G14").status == "none found"
