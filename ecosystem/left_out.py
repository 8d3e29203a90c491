"""What a view leaves out of what is recorded, why, and how that is said.

Ignorance is told before it is filtered away: a need whose end nobody knows is no need that is
not recorded. Every list, rule and page that finds nothing asks here first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, get_args

from ecosystem import figures
from ecosystem.labels import counted_ties
from ecosystem.model import Edge
from ecosystem.values import Text

Why = Literal["end unknown", "happened", "undated", "ended", "later"]
WHYS: tuple[Why, ...] = get_args(Why)
MAY_COUNT: tuple[Why, ...] = ("end unknown", "happened", "undated")
"""Why a tie may be left out that is not known to be over, or still to come, on the day."""

_BECAUSE: dict[Why, Text] = {
    "end unknown": Text("защото краят не е известен", "because the end is unknown"),
    "happened": Text("защото е станало веднъж и не трае", "because it happened and does not last"),
    "undated": Text("защото няма дата", "because no date is recorded"),
    "ended": Text("защото е приключило", "because it has ended"),
    "later": Text("защото започва по-късно, от {}", "because it begins later, from {} on"),
}


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The recorded ties of a scope that a view does not count, each with the reason.

    Attributes
    ----------
    ties
        By id, in the order of the dataset.
    why
        The reason of each. A tie that has several has the first that applies: that it begins
        after the day, that it carries no date, that it is no lasting state, that it has ended,
        that nobody knows whether it has.
    in_force
        Whether the view shows only what is known to hold on the day.
    """

    ties: Mapping[str, Edge] = field(default_factory=dict, repr=False)
    why: Mapping[str, Why] = field(default_factory=dict, repr=False)
    in_force: bool = False

    @classmethod
    def of(cls, ties: Iterable[tuple[Edge, Why]], *, in_force: bool) -> LeftOut:
        """What is left out, from each tie with its reason."""
        pairs = list(ties)
        return cls(
            MappingProxyType({tie.id: tie for tie, _ in pairs}),
            MappingProxyType({tie.id: why for tie, why in pairs}),
            in_force,
        )

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Edge, ...]]:
        kinds: dict[str, list[Edge]] = {}
        for tie in self.ties.values():
            kinds.setdefault(tie.kind, []).append(tie)
        return {kind: tuple(ties) for kind, ties in kinds.items()}

    @cached_property
    def _by_end(self) -> Mapping[str, tuple[Edge, ...]]:
        ends: dict[str, list[Edge]] = {}
        for tie in self.ties.values():
            for end in {tie.source, tie.target}:
                ends.setdefault(end, []).append(tie)
        return {identity: tuple(ties) for identity, ties in ends.items()}

    def of_kind(self, *kinds: str) -> tuple[Edge, ...]:
        """The ties of these kinds, whatever the reason."""
        return tuple(tie for kind in kinds for tie in self._by_kind.get(kind, ()))

    def of_end(self, identity: str, *kinds: str) -> tuple[Edge, ...]:
        """The ties that begin or end at a node; of these kinds where any are given."""
        ties = self._by_end.get(identity, ())
        return tuple(tie for tie in ties if not kinds or tie.kind in kinds)

    def may_count(self, ties: Iterable[Edge]) -> tuple[Edge, ...]:
        """Those of ``ties`` that are not known to be over, or still to come, on the day."""
        return tuple(tie for tie in ties if self.why[tie.id] in MAY_COUNT)

    def note(self, ties: Iterable[Edge] | None = None) -> Text | None:
        """How many of ``ties`` (all, where None) are left out for which reason; None for none.

        *Left out because the end is unknown: 608 ties; because no date is recorded: 3 ties.*
        """
        found = list(self.ties.values() if ties is None else ties)
        parts = []
        for why in WHYS:
            same = [tie for tie in found if self.why[tie.id] == why]
            if same:
                because, number = self._because(why, same), counted_ties(tie.kind for tie in same)
                bg, en = f"{because.bg}: {number.bg}", f"{because.en}: {number.en}"
                parts.append(Text(bg, en))
        if not parts:
            return None
        bg, en = "; ".join(part.bg for part in parts), "; ".join(part.en for part in parts)
        return Text(f"Оставено настрана, {bg}.", f"Left out {en}.")

    def _because(self, why: Why, ties: Iterable[Edge]) -> Text:
        words = _BECAUSE[why]
        if why != "later":
            return words
        first = self._first_year(ties)
        return Text(words.bg.format(first.bg), words.en.format(first.en))

    @staticmethod
    def _first_year(ties: Iterable[Edge]) -> Text:
        """The year in which the first of them begins, as far as they say so themselves."""
        years = [tie.since[:4] for tie in ties if tie.since]
        if not years:
            return Text("друг ден", "another day")
        return figures.both(figures.day, min(years))

    def none_of(self, ties: Iterable[Edge], otherwise: Text) -> Text:
        """Why none of ``ties`` is counted, though they are recorded.

        ``otherwise`` where there are none: then nothing is recorded indeed.
        """
        found = list(ties)
        note = self.note(found)
        if note is None:
            return otherwise
        number = counted_ties(tie.kind for tie in found)
        if {self.why[tie.id] for tie in found} == {"later"}:
            first = self._first_year(found)
            return Text(
                f"До този ден няма записано; от {first.bg} нататък: {number.bg}.",
                f"None recorded by this day; recorded from {first.en} on: {number.en}.",
            )
        if self.in_force:
            return Text(
                f"Записано: {number.bg}; не е известно да са в сила. {note.bg}",
                f"{number.en} recorded, none known to be in force. {note.en}",
            )
        return Text(
            f"Записано: {number.bg}; в този изглед не влизат. {note.bg}",
            f"{number.en} recorded, none of them in this view. {note.en}",
        )

    def to_dict(self) -> dict[str, Any]:
        """How many ties of each kind are left out, by reason."""
        return {
            why: dict(sorted(Counter(self.ties[i].kind for i in ids).items()))
            for why in WHYS
            if (ids := [i for i, reason in self.why.items() if reason == why])
        }


NOTHING_LEFT_OUT = LeftOut()
