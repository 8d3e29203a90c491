"""Pairs that may be one and about which nobody has decided, with what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ecosystem import same
from ecosystem.analysis.gaps import RULES, RuleResult
from ecosystem.analysis.gaps.results import OF_ECOSYSTEM
from ecosystem.identity.doubles import Pair
from ecosystem.model import Decision, Entity, Node
from ecosystem.values import Text, plain

LATER = "later"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Undecided:
    """A pair that waits for a decision.

    Attributes
    ----------
    names, kind
        What the two are called, and what sort of thing they are.
    gaps
        Ids of the shown gaps that are about either of them.
    both
        Whether there are such gaps of both: it then counts double.
    later
        Whether somebody put it off.
    """

    pair: Pair
    names: tuple[Text, Text]
    kind: str
    gaps: tuple[str, ...]
    both: bool
    later: bool

    @property
    def subject(self) -> str:
        """What a decision about it is about."""
        return same.about(self.pair.one, self.pair.other)

    @property
    def harm(self) -> float:
        """How likely it is, twice that where gaps of both ends rest on it."""
        return self.pair.score * (2 if self.both else 1)

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        one, other = self.names
        return {
            **self.pair.to_dict(),
            "kind": self.kind,
            "name_a": plain(one),
            "name_b": plain(other),
            "gaps": list(self.gaps),
            "harm": round(self.harm, 4),
            "later": self.later,
        }


def undecided(
    pairs: Iterable[Pair],
    nodes: Mapping[str, Node],
    results: Iterable[RuleResult],
    decided: Mapping[str, Decision],
    *,
    one_of: Mapping[str, str] = NOTHING,
    people: bool = True,
) -> tuple[Undecided, ...]:
    """The pairs that wait, those that are surest and do most harm first, those put off last.

    Parameters
    ----------
    results
        The gaps as they are shown; those of the ecosystem count, not those of the map itself.
    decided
        The standing decisions of the matter, by subject.
    one_of
        For each record that was decided to be another one, that other one: a pair with it is a
        pair with that one, once.
    """
    about = _gaps_about(results)
    found: dict[str, Undecided] = {}
    for stated in pairs:
        pair = _read(stated, one_of)
        one, other = nodes[pair.one], nodes[pair.other]
        settled, later = _decided(stated, pair, decided)
        hidden = one.kind == "Person" and not people
        if settled or hidden or not (isinstance(one, Entity) and isinstance(other, Entity)):
            continue
        gaps = [about.get(end, ()) for end in (pair.one, pair.other)]
        every = tuple(dict.fromkeys((*gaps[0], *gaps[1])))
        names = one.name, other.name
        made = Undecided(pair, names, one.kind, every, all(gaps), later)
        # The surest of those that come to the same pair: they arrive in that order.
        found.setdefault(made.subject, made)
    return tuple(sorted(found.values(), key=lambda one: (one.later, -one.harm, one.subject)))


def _read(pair: Pair, one_of: Mapping[str, str]) -> Pair:
    """The pair of the records as which the two are read."""
    one, other = sorted(one_of.get(end, end) for end in (pair.one, pair.other))
    return pair if (one, other) == (pair.one, pair.other) else replace(pair, one=one, other=other)


def _decided(stated: Pair, pair: Pair, decided: Mapping[str, Decision]) -> tuple[bool, bool]:
    """Whether a pair is settled, as it is stated or as it is read, and whether it was put off."""
    subjects = {same.about(one.one, one.other) for one in (stated, pair)}
    states = {decided[subject].state for subject in subjects if subject in decided}
    return pair.one == pair.other or bool(states - {LATER}), LATER in states


def _gaps_about(results: Iterable[RuleResult]) -> Mapping[str, tuple[str, ...]]:
    """The ids of the gaps of the ecosystem by what each is about."""
    of_ecosystem = {rule.id for rule in RULES if rule.group in OF_ECOSYSTEM}
    found: dict[str, list[str]] = defaultdict(list)
    for result in results:
        for gap in result.findings if result.rule in of_ecosystem else ():
            for subject in gap.subjects:
                found[subject].append(gap.id)
    return {subject: tuple(ids) for subject, ids in found.items()}
