"""What a rule found in a text, and what stays where several found something in one place."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

WORKS = ("Project", "Programme")
SURE = 8
"""From here on a span counts whatever longer one lies over it."""


@dataclass(frozen=True)
class Span:
    """A mention: its place, the kind of what it names, the rule that fired.

    ``sure`` breaks ties between spans of one length; ``form`` is that of an organisation,
    ``says`` a key by which mentions of one thing find each other.
    """

    start: int
    end: int
    kind: str
    rule: str
    sure: int = 5
    form: str = ""
    says: str = ""

    def __len__(self) -> int:
        return self.end - self.start

    def over(self, other: Span) -> bool:
        """Whether both have a sign in common."""
        return self.start < other.end and other.start < self.end

    def around(self, other: Span) -> bool:
        """Whether the other lies within."""
        return self.start <= other.start and other.end <= self.end


def chosen(found: Iterable[Span]) -> list[Span]:
    """The spans that stay: the sure ones, then the longest, each place once, by their places.

    A project or programme stays within the name of an event.
    """
    kept: list[Span] = []
    ranked = sorted(found, key=lambda s: (-(s.sure >= SURE), -len(s), -s.sure, s.start, s.rule))
    longest = max(map(len, ranked), default=0)
    for one in ranked:
        first = bisect_left(kept, one.start - longest, key=begins_at)
        near = kept[first : bisect_left(kept, one.end, first, key=begins_at)]
        if all(_may_hold(other, one) for other in near if other.over(one)):
            insort(kept, one, key=in_order)
    return kept


def begins_at(span: Span) -> int:
    """Where a mention begins."""
    return span.start


def in_order(span: Span) -> tuple[int, ...]:
    """Where a mention stands in a text, before those that lie within it."""
    return span.start, -span.end


def _may_hold(outer: Span, inner: Span) -> bool:
    within = outer.around(inner) and (inner.start, inner.end) != (outer.start, outer.end)
    return within and outer.kind == "Event" and inner.kind in WORKS
