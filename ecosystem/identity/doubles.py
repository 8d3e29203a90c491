"""Records that may be one: pairs of a dataset with a score and the reasons for it.

Two names are compared only where their words begin with the same consonants, or do so once a word
of one of them is left out: so the work grows with how many there are, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from ecosystem.dataset import Dataset
from ecosystem.identity.comparing import POSSIBLE, Likeness, Reason, best
from ecosystem.identity.letters import single, sounds
from ecosystem.identity.words import Name, Word, name_of
from ecosystem.labels import property_label
from ecosystem.model import Entity
from ecosystem.values import LONGEST_NAME, Text

Key = tuple[str, ...]
REGISTERS = ("eik", "lei", "ror", "pic", "orcid", "wikidata", "geonames")
"""Columns whose value is one thing's alone."""
MOST_TOGETHER = 40
"""How many names with one key are compared with each other: of more the key says too little, and
each is compared with its neighbours in the order of names alone."""
NEIGHBOURS = 3
SAME_PLACE = Text("в един и същ град", "in the same city")
OTHER_PLACE = Text("в различни градове", "in different cities")
SAME_COUNTRY = Text("в една държава", "in the same country")
OTHER_COUNTRY = Text("в различни държави", "in different countries")
NO_NUMBER = Text(
    "няма номер от регистър, който да имат и двете; той би решил сам",
    "no register number that both have; one would decide alone",
)


@dataclass(frozen=True)
class Pair:
    """Two records that may be one; ``one`` is the lower id."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        return {
            "a": self.one,
            "b": self.other,
            "score": self.score,
            "why": [reason.to_dict() for reason in self.reasons],
        }


def names_of(node: Entity) -> list[str]:
    """Everything that a thing is called, each once.

    A store may hold a name that was longer than names are now; its beginning finds it.
    """
    said = (*node.name, *node.aliases)
    return list(dict.fromkeys(one[:LONGEST_NAME] for one in said if one))


class Alikes:
    """What may be what, of the records that count."""

    def __init__(self, facts: Dataset) -> None:
        self.nodes: dict[str, Entity] = {
            node.id: node
            for node in facts.nodes.values()
            if isinstance(node, Entity) and not node.deprecated
        }
        self.names = {
            identity: [name_of(said, node.kind) for said in names_of(node)]
            for identity, node in self.nodes.items()
        }
        self._places = _places(facts)
        self._whole: dict[Key, set[str]] = defaultdict(set)
        self._parts: dict[Key, set[str]] = defaultdict(set)
        for identity, node in self.nodes.items():
            for register, number in _numbers(node).items():
                self._whole["number", register, number].add(identity)
            for name in self.names[identity]:
                for key in _keys(name, node.kind):
                    self._whole[key].add(identity)
                for key in _keys_of_parts(name, node.kind):
                    self._parts[key].add(identity)

    def pairs(self) -> list[Pair]:
        """Every pair from ``POSSIBLE`` up, the surest first."""
        seen: set[tuple[str, str]] = set()
        found = []
        for key, whole in self._whole.items():
            for one, other in self._compared(key, whole):
                pair = min(one, other), max(one, other)
                if one != other and pair not in seen:
                    seen.add(pair)
                    if (judged := self.judged(*pair)) is not None:
                        found.append(judged)
        return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))

    def _compared(self, key: Key, whole: set[str]) -> Iterable[tuple[str, str]]:
        """What a key has compared: each with each, or, of too many, each with its neighbours.

        The sorted neighbourhood of M. A. Hernández and S. J. Stolfo, "The merge/purge problem for
        large databases", SIGMOD (1995).
        """
        if len(whole) <= MOST_TOGETHER:
            together = self._together(key)
            return product(whole, together) if len(together) > 1 else ()
        ordered = sorted(whole, key=lambda one: (self.names[one][0].joined, one))
        return (
            (one, other)
            for at, one in enumerate(ordered)
            for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
        )

    def like(self, said: str, kind: str) -> list[tuple[str, Likeness]]:
        """The ids of the kind with a name that may be that of the same thing, the surest first."""
        if not self.nodes:
            return []
        name = name_of(said, kind)
        near = set[str]().union(
            *(self._together(key) for key in _keys(name, kind)),
            *(self._whole.get(key, ()) for key in _keys_of_parts(name, kind)),
        )
        found = [(one, best([name], self.names[one], kind)) for one in near]
        likely = [one for one in found if one[1].score >= POSSIBLE]
        return sorted(likely, key=lambda one: (-one[1].score, one[0]))

    def _together(self, key: Key) -> set[str]:
        """What has a key or has it once a word is left out; nothing where too many have it."""
        whole = self._whole.get(key, set())
        if len(whole) > MOST_TOGETHER:
            return set()
        # Of one word alone hardly anything would follow.
        parts = self._parts.get(key, set()) if len(key) > 2 else set()
        return whole | parts if len(whole) + len(parts) <= MOST_TOGETHER else whole

    def judged(self, one: str, other: str) -> Pair | None:
        """The two as a pair; None where they are hardly one."""
        node, twin = self.nodes[one], self.nodes[other]
        numbers = _numbers(node), _numbers(twin)
        common = [name for name in numbers[0] if name in numbers[1]]
        equal = [name for name in common if numbers[0][name] == numbers[1][name]]
        if equal:
            label = property_label(equal[0])
            return Pair(one, other, 1.0, (_plus(f"един и същ {label.bg}", f"the same {label.en}"),))
        if common:
            return None
        likeness = best(self.names[one], self.names[other], node.kind)
        if likeness.score < POSSIBLE:
            return None
        return self._placed(one, other, likeness)

    def _placed(self, one: str, other: str, likeness: Likeness) -> Pair | None:
        """The pair with what its places say of it."""
        score, reasons = likeness.score, list(likeness.reasons)
        for told, same, unlike, less in (
            (self._cities, SAME_PLACE, OTHER_PLACE, 0.1),
            (self._countries, SAME_COUNTRY, OTHER_COUNTRY, 0.2),
        ):
            here, there = told(one), told(other)
            if here and there:
                agrees = bool(here & there)
                score += 0.01 if agrees else -less
                reasons.append(Reason("+", same) if agrees else Reason("-", unlike))
        reasons.append(Reason("?", NO_NUMBER))
        # Only a number of a register, or the very name, is as sure as can be.
        score = round(min(score, max(likeness.score, 0.99)), 4)
        return Pair(one, other, score, tuple(reasons)) if score >= POSSIBLE else None

    def _cities(self, identity: str) -> frozenset[str]:
        return self._places.get(identity, frozenset())

    def _countries(self, identity: str) -> frozenset[str]:
        places = (self.nodes.get(one) for one in (identity, *self._cities(identity)))
        return frozenset(filter(None, (getattr(place, "country", "") for place in places)))


def _plus(bg: str, en: str) -> Reason:
    return Reason("+", Text(bg, en))


def _numbers(node: Entity) -> dict[str, str]:
    return {name: value for name in REGISTERS if (value := getattr(node, name, ""))}


def _places(facts: Dataset) -> dict[str, frozenset[str]]:
    """The cities in which each thing is."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in facts.of_kind("LOCATED_IN"):
        source, target = getattr(edge, "source", ""), getattr(edge, "target", "")
        if target.startswith("city:") and not edge.deprecated:
            found[source].add(target)
    return {identity: frozenset(cities) for identity, cities in found.items()}


def _keys(name: Name, kind: str) -> Iterator[Key]:
    """What every other name that is like a whole one has too: its words in any order, its sound."""
    for one in dict.fromkeys((name, name.whole)):
        yield kind, *sorted(map(_begun, one.core))
        yield "~", kind, _together(one)


def _keys_of_parts(name: Name, kind: str) -> Iterator[Key]:
    """The keys of a name without any one of its words."""
    words = sorted(map(_begun, name.core))
    for at in range(len(words)) if len(words) > 2 else ():
        yield kind, *words[:at], *words[at + 1 :]


_NOT_TOLD = str.maketrans("cSz", "sss", "aeiouJgCkh")
"""Consonants that each language hears in its own way tell nothing of where a word belongs."""


@lru_cache(65_536)
def _bare(word: str) -> str:
    return min(sounds(word)).translate(_NOT_TOLD)


def _begun(word: Word) -> str:
    """A word as its meaning, else as its first consonants: like words have that in common."""
    return f"={word.meaning}" if word.meaning else _bare(word.text)[:3] or word.plain[:1]


def _together(name: Name) -> str:
    """All consonants of a name, whatever is written in one."""
    return single("".join(_bare(word.text) for word in name.core))
