"""What the store knows by name, as far as a text needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ecosystem.dataset import Dataset
from ecosystem.documents.alike import likeness, name_key, word_key
from ecosystem.documents.sentences import Sentence
from ecosystem.documents.spans import Span
from ecosystem.identity.doubles import names_of
from ecosystem.model import Entity, Organisation
from ecosystem.values import Text

LONGEST = 12
POSSIBLY = 0.75
NEAREST = 3
MOST_ALIKE = 100
"""Names that hold a word: where more do, it tells none of them from the others."""
KINDS = ("Organisation", "Person", "City", "Project", "Programme", "Event")
SAME_NAME = Text("същото име", "the same name")
OTHER_NAME = Text("друго негово име", "another of its names")
SPELLING = Text("същото, изписано различно", "the same but for spelling")
LIKE = Text("подобно име", "a name like it")


@dataclass(frozen=True)
class Match:
    """A stored thing that a name may mean, from 0 to 1, and why."""

    id: str
    score: float
    reason: Text


class Known:
    """Stored things by their names; what is not counted is not known."""

    def __init__(self, stored: Dataset) -> None:
        self.nodes: dict[str, Entity] = {}
        self._by_key: dict[tuple[str, ...], dict[str, Entity]] = defaultdict(dict)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._begun: set[tuple[str, ...]] = set()
        for node in stored.nodes.values():
            if isinstance(node, Entity) and node.kind in KINDS and not node.deprecated:
                self.nodes[node.id] = node
                for name in names_of(node):
                    self._put(name, node)

    def _put(self, name: str, node: Entity) -> None:
        key = name_key(name)
        if not key:
            return
        self._by_key[key][node.id] = node
        for word in key:
            if len(word) > 3:
                self._by_word[word].add(node.id)
        self._begun.update(key[:end] for end in range(1, min(len(key), LONGEST) + 1))

    def spans(self, sentence: Sentence) -> Iterator[Span]:
        """Stored names in a sentence, each as long as it goes."""
        words = [one for one in sentence.tokens if one.word]
        for place, first in enumerate(words):
            if not first.capital:
                continue
            found: tuple[int, Entity] | None = None
            key: tuple[str, ...] = ()
            for end in range(place, min(len(words), place + LONGEST)):
                key = (*key, word_key(words[end].text))
                if key not in self._begun:
                    break
                if key in self._by_key:
                    found = end, next(iter(self._by_key[key].values()))
            if found is None:
                continue
            end, node = found
            if end == place and (node.kind == "Person" or not _alone(first.text, node)):
                continue
            form = node.form if isinstance(node, Organisation) else ""
            said = first.start, words[end].end
            yield Span(*said, node.kind, "known name", 7, form, node.id)

    def nearest(self, kind: str, called: list[str]) -> list[Match]:
        """Up to three stored things of a kind that may be what is called so, the likest first."""
        best: dict[str, Match] = {}
        for name in called:
            for node in self._candidates(kind, name):
                one = _match(node, name)
                if one.score >= POSSIBLY and one.score > (
                    best[node.id].score if node.id in best else 0
                ):
                    best[node.id] = one
        return sorted(best.values(), key=lambda one: (-one.score, one.id))[:NEAREST]

    def _candidates(self, kind: str, name: str) -> Iterator[Entity]:
        key = name_key(name)
        exact = [node for node in self._by_key.get(key, {}).values() if node.kind == kind]
        if exact:
            yield from exact
            return
        yield from (n for i in self._sharing(key) if (n := self.nodes[i]).kind == kind)

    def _sharing(self, key: tuple[str, ...]) -> list[str]:
        """The ids of what has a telling word of a name, else its two most telling ones."""
        holding = sorted((self._by_word[w] for w in {*key} if w in self._by_word), key=len)
        ids = set().union(*(one for one in holding if len(one) <= MOST_ALIKE))
        if not ids and len(holding) > 1:
            return sorted(holding[0] & holding[1])[:MOST_ALIKE]
        return sorted(ids)


def _alone(word: str, node: Entity) -> bool:
    """Whether one word is the name as it is written: no other word is taken for it."""
    return word in names_of(node) and len(word) > 2


def _match(node: Entity, name: str) -> Match:
    if name in (node.name_bg, node.name_en):
        return Match(node.id, 1.0, SAME_NAME)
    if name in node.aliases:
        return Match(node.id, 1.0, OTHER_NAME)
    score = max((likeness(name, one, node.kind) for one in names_of(node)), default=0.0)
    return Match(node.id, score, SPELLING if score == 1 else LIKE)
