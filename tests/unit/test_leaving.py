"""What is lost where an organisation leaves: worked by hand."""

from ecosystem.analysis.comparison import compare
from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.leaving import losses
from ecosystem.model import Event
from ecosystem.scenario import Change, Scenario, apply
from ecosystem.snapshot import Snapshot
from tests.unit.gap_town import (
    DAY,
    SAID,
    locals_of,
    needs,
    offers,
    partners,
    takes_part,
    theme,
    view,
)


def town() -> Snapshot:
    """The hub works with a and b, alone offers t, offers v with c, and alone visits a day."""
    return view(
        *locals_of(("hub", "a", "b", "c")),
        *(theme(name) for name in "tvw"),
        partners("hub", "a"),
        partners("hub", "b"),
        partners("a", "c"),
        offers("org:hub", "t"),
        offers("org:hub", "v"),
        offers("org:c", "v"),
        needs("org:hub", "w"),
        needs("org:a", "t"),
        Event(id="event:day", name_en="Day", **SAID),
        takes_part("org:hub", "event:day"),
    )


def without(before: Snapshot, *ids: str) -> Snapshot:
    gone = Scenario(changes=tuple(Change(remove=one) for one in ids))
    return Snapshot.of(apply(before.dataset, gone).dataset, as_of=DAY, scope="city:town")


def test_who_loses_whom_and_what_nobody_offers_any_more():
    before = town()
    found = losses(before, without(before, "org:hub"))
    assert found.out == ("org:hub",)
    assert found.partners == {"org:hub": ("org:a", "org:b")}
    assert found.offers == {"theme:t": False, "theme:v": True}
    assert found.needs == {"theme:w": False}
    assert found.vanished == ("event:day",)


def test_two_who_stay_lose_each_other_once():
    before = town()
    found = losses(before, without(before, "PARTNERS_WITH|org:a|org:c|"))
    assert found.partners == {"org:a": ("org:c",)}
    assert found.out == () and not found.offers
    assert not losses(before, before)


def test_where_something_only_leaves_nothing_is_closed_by_anybody():
    before = town()
    after = without(before, "org:hub")
    found = compare(before, after, find_gaps(before), find_gaps(after))
    assert found.count("closed") == 0 and found.count("gone") > 0
    hows = {one.how for rule in found.rules for one in rule.gaps}
    assert "closed" not in hows
    # What tells how sure the map is counts as no gap, and is told apart.
    assert {one.rule for one in found.beside} & {"G24", "G21"}
    assert not {one.rule for one in found.of_ecosystem} & {"G17", "G21", "G24", "G25"}


def test_a_gap_that_speaks_of_whom_is_gone_fell_away_though_something_came():
    before = town()
    swap = Scenario(
        changes=(
            Change(remove="org:b"),
            Change(add={"kind": "PARTNERS_WITH", "source": "org:c", "target": "org:hub"}),
        )
    )
    after = Snapshot.of(apply(before.dataset, swap).dataset, as_of=DAY, scope="city:town")
    found = compare(before, after, find_gaps(before), find_gaps(after))
    hows = {one.gap_id: one.how for rule in found.rules for one in rule.gaps}
    # Without the hub b, which is gone, would have lost touch; a held c, which now has another way.
    assert hows["G08|org:hub"] == "gone"
    assert hows["G08|org:a"] == "closed"
