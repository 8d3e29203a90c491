"""Two records side by side that may be one, and the decision about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ecosystem import same
from ecosystem.kept import Ready
from ecosystem.model import Node
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.identity import Identity, Possible
from ecosystem.questions.looking import Show
from webapp import facts, printed
from webapp.address import ground, link, nodes
from webapp.doors import Context, page
from webapp.language import by_name, number

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import Gap
    from ecosystem.analysis.profile import Profile
    from ecosystem.analysis.undecided import Undecided

MOST_LISTED = 30
MOST_GAPS = 5


class Side(NamedTuple):
    """One of the two: what is recorded of it, and whom it is tied to, by name."""

    profile: Profile
    others: tuple[Node, ...]


class Row(NamedTuple):
    """What is recorded of both under one label, and whether that is the same."""

    label: Markup
    values: tuple[Markup | str, Markup | str]
    agrees: bool


@page(Identity, "identity.html", told_in="own-data#decide-who-is-the-same")
def identity(asked: Identity, found: tuple[Undecided, ...] | None) -> Context:
    """The pair that is looked at, else the first one that waits, and the list of them all."""
    waiting = found or ()
    if not waiting:
        return {"opened": None, "waiting": ()}
    at = next((at for at, one in enumerate(waiting) if one.subject == asked.pair), 0)
    opened = waiting[at]
    sides = [_side(asked, end) for end in (opened.pair.one, opened.pair.other)]
    common = [one for one in sides[0].others if one in sides[1].others]
    first = max(0, min(at - MOST_LISTED // 2, len(waiting) - MOST_LISTED))
    return {
        "opened": opened,
        "at": at,
        "waiting": waiting,
        "listed": waiting[first : first + MOST_LISTED],
        "sides": sides,
        "rows": _rows(*sides),
        "common": common,
        "gaps": _gaps(asked, opened),
        "before": _pair(waiting[at - 1]) if at else None,
        "after": _pair(waiting[at + 1]) if at + 1 < len(waiting) else None,
        "address_of": _pair,
        "likeness": lambda score: number(score, 2),
    }


def _pair(one: Undecided) -> str:
    return link("identity", pair=one.subject)


def _side(asked: Identity, end: str) -> Side:
    profile: Any = ground().ask(Show(view=asked.view, identity=end))
    ids = {tie.target if tie.source == end else tie.source for tie in profile.ties}
    others = (nodes()[one] for one in ids if one in nodes())
    return Side(profile, tuple(sorted(others, key=lambda one: (by_name(one.name), one.id))))


def _rows(one: Side, other: Side) -> list[Row]:
    """What is recorded of either, each property in a row."""
    said: list[Mapping[Markup, Markup]] = [
        dict(facts.head_rows(side.profile)) for side in (one, other)
    ]
    labels = dict.fromkeys((*said[0], *said[1]))
    pairs = ((label, (said[0].get(label, ""), said[1].get(label, ""))) for label in labels)
    return [Row(label, values, values[0] == values[1]) for label, values in pairs]


def _gaps(asked: Identity, opened: Undecided) -> list[Gap]:
    """The shown gaps that are about either of the two."""
    results = ground().ask(Gaps(view=asked.view))
    gaps = {gap.id: gap for result in results for gap in result.findings}
    return [gaps[one] for one in opened.gaps if one in gaps][:MOST_GAPS]


def waiting_among(ids: Collection[str]) -> int | None:
    """How many pairs with one of these wait for a decision; None while nobody knows yet."""
    found = printed.peek(Possible())
    if not isinstance(found, Ready):
        return None
    came, decided = {*ids}, ground().desk.standing(same.MATTER)
    return sum(
        (one.one in came or one.other in came) and same.about(one.one, one.other) not in decided
        for one in found.answer
    )
