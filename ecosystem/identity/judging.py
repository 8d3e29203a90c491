"""Pairs of names judged, and how often that was right where somebody knows better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.identity.comparing import POSSIBLE, SAME, Likeness, Reason, compare
from ecosystem.identity.index import NameIndex
from ecosystem.model import ENTITY_KINDS, NODE_KINDS
from ecosystem.values import Text

EXAMPLES = Path(__file__).parent / "pairs.csv"
"""Pairs of names in the form of a file to be judged."""
OF_ONE = Text("на картата са имена на едно и също", "on the map they are names of one thing")
ONE_PLACE = Text("имена на едно място в GeoNames", "names of one place in GeoNames")
KINDS = {
    word: kind.kind
    for kind in (NODE_KINDS[name] for name in ENTITY_KINDS)
    for word in (kind.prefix, kind.kind.casefold(), kind.label.bg.casefold())
}
"""The kinds by what a file may call them."""


@dataclass(frozen=True)
class NamePair:
    """Two names of a kind (empty where nobody says), and whether they are known to be of one thing.

    ``same`` is None where that is not said.
    """

    one: str
    other: str
    kind: str = ""
    category: str = ""
    same: bool | None = None


@dataclass(frozen=True)
class Judged:
    """A pair with its likeness, and whether that counts as the same."""

    pair: NamePair
    likeness: Likeness

    @property
    def same(self) -> bool:
        """Whether the names count as names of one thing."""
        return self.likeness.score >= SAME

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        return {
            "name_a": self.pair.one,
            "name_b": self.pair.other,
            "kind": self.pair.kind,
            "category": self.pair.category,
            "score": self.likeness.score,
            "same": self.same,
            "expected": self.pair.same,
            "why": [reason.to_dict() for reason in self.likeness.reasons],
        }


@dataclass(frozen=True)
class Measures:
    """How often it was right about pairs of which somebody knows whether they are the same.

    ``precision`` is None where nothing was judged the same, ``recall`` where nothing is, ``f1``
    where either is None.
    """

    n: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of what is the same in what was judged so."""
        judged = self.right + self.wrong
        return round(self.right / judged, 4) if judged else None

    @property
    def recall(self) -> float | None:
        """The share of what was judged the same in what is so."""
        there = self.right + self.missed
        return round(self.right / there, 4) if there else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        if self.precision is None or self.recall is None:
            return None
        return round(2 * self.right / (2 * self.right + self.wrong + self.missed), 4)

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "pairs": self.n,
            "true_positives": self.right,
            "false_positives": self.wrong,
            "false_negatives": self.missed,
        }


@dataclass(frozen=True)
class Judgement:
    """All pairs of a file, judged; measured over those of which it says what they are."""

    judged: tuple[Judged, ...]

    @property
    def overall(self) -> Measures | None:
        """The measures over all; None where the file says of no pair what it is."""
        return _measured(self.judged)

    @property
    def by_category(self) -> Mapping[str, Measures]:
        """The measures of each category, in the order of their first pair."""
        found: dict[str, list[Judged]] = {}
        for one in self.judged:
            found.setdefault(one.pair.category, []).append(one)
        return {name: made for name, of in found.items() if (made := _measured(of)) is not None}

    @property
    def mistaken(self) -> tuple[Judged, ...]:
        """The pairs that were judged otherwise than the file says."""
        return tuple(one for one in self.judged if one.pair.same not in (None, one.same))

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        overall = self.overall
        return {
            "threshold": SAME,
            "possible": POSSIBLE,
            "overall": overall and overall.to_dict(),
            "by_category": overall
            and {name: made.to_dict() for name, made in self.by_category.items()},
            "pairs": [one.to_dict() for one in self.judged],
        }


def judge(
    pairs: Iterable[NamePair], names: NameIndex, one_place: Callable[[str, str], bool]
) -> Judgement:
    """Each pair by its names, by the aliases on the map, and for cities by ``one_place``."""
    return Judgement(tuple(Judged(pair, _likeness(pair, names, one_place)) for pair in pairs))


def _likeness(pair: NamePair, names: NameIndex, one_place: Callable[[str, str], bool]) -> Likeness:
    found = compare(pair.one, pair.other, pair.kind)
    if found.score >= SAME:
        return found
    both = set(names.called(pair.one)) & set(names.called(pair.other))
    if any(pair.kind in ("", names.nodes[one].kind) for one in both):
        return Likeness(1.0, (Reason("+", OF_ONE),))
    if pair.kind == "City" and one_place(pair.one, pair.other):
        return Likeness(1.0, (Reason("+", ONE_PLACE),))
    return found


def _measured(judged: Iterable[Judged]) -> Measures | None:
    known = [one for one in judged if one.pair.same is not None]
    if not known:
        return None
    right = sum(one.same and bool(one.pair.same) for one in known)
    wrong = sum(one.same and not one.pair.same for one in known)
    missed = sum(not one.same and bool(one.pair.same) for one in known)
    return Measures(len(known), right, wrong, missed)
