"""Names by which things are found: as they are written, as they sound, with a typing mistake."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ecosystem.identity.comparing import SAME, best
from ecosystem.identity.doubles import REGISTERS, names_of
from ecosystem.identity.letters import folded, sounds
from ecosystem.identity.lexicon import AROUND, NUMBERS, meaning
from ecosystem.identity.words import Word, name_of, word_of, words_in
from ecosystem.model import Entity, Node

WHOLE, BEGINS, HEARD, WITHIN, APART, MISTYPED, BLENDED = range(7)
"""How a word is found in a name, the surest first: as a whole, as the beginning of one, by its
sound or meaning, as a part of one, in two words of it, with a typing mistake, made of the
beginnings of two words."""
LEAST_MISTYPED, LEAST_APART, LEAST_HEARD, LEAST_BEGUN, LEAST_WORDS = 4, 5, 3, 3, 2
MOST_COMPARED = 500
MANY = 2000
"""Where so many names hold a word or begin with it, parts of other words are not looked for."""

Found = dict[str, int]
"""Ids, each with how it was found."""


class NameIndex:
    """The names of everything that is recorded, read once for all questions of one revision."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: dict[str, Entity] = {one.id: one for one in nodes if isinstance(one, Entity)}
        self._called: dict[str, dict[str, None]] = defaultdict(dict)
        self._numbers: dict[str, dict[str, None]] = defaultdict(dict)
        self._initials: dict[str, dict[str, None]] = defaultdict(dict)
        self._holding: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, str] = {}
        for node in self.nodes.values():
            for name in names_of(node):
                self._called[folded(name)][node.id] = None
                for initials in _initials(name):
                    self._initials[initials][node.id] = None
                for raw in words_in(name):
                    word = word_of(raw)
                    texts.setdefault(word.plain, word.text)
                    for plain in filter(None, (word.plain, word.drawn)):
                        self._holding[plain].add(node.id)
            for register in REGISTERS:
                if number := getattr(node, register, ""):
                    self._numbers[number.casefold()][node.id] = None
        self._words = sorted(self._holding)
        self._heard = _heard(texts)
        self._sounds = sorted(self._heard)
        self._same: Mapping[str, str] = {}

    def read_as(self, nodes: Mapping[str, Node], same: Mapping[str, str]) -> NameIndex:
        """The index of records of which ``same`` says as which other one some are read.

        Reading names is most of the work, so a decision must not cost it anew.
        """
        if not same:
            return self
        found = copy(self)
        found.nodes = {one: node for one, node in nodes.items() if isinstance(node, Entity)}
        found._same = same
        return found

    def called(self, word: str) -> tuple[str, ...]:
        """The ids of what has this number of a register or bears this name, however written."""
        ways = (self._numbers.get(word.strip().casefold()), self._called.get(folded(word)))
        return tuple(self._read(dict.fromkeys(next(filter(None, ways), {}), WHOLE)))

    def abbreviated(self, word: str) -> tuple[str, ...]:
        """The ids of what has a name whose words begin with these letters, one after the other."""
        ids = self._initials.get(word.strip().casefold(), {})
        return tuple(self._read(dict.fromkeys(ids, WHOLE)))

    def meant(self, word: str, kinds: Collection[str]) -> tuple[str, ...]:
        """The ids of the things of these kinds with the name that is most like ``word``.

        None where no name is so like it that it counts as the same.
        """
        scores: dict[str, float] = {}
        said = {kind: name_of(word, kind) for kind in kinds}
        texts = {" ".join(one.text for one in name.core) for name in said.values()}
        for held in map(self.holding, texts):
            near = (one for one in held if self.nodes[one].kind in said)
            for one in sorted(near, key=lambda one: (held[one], one))[:MOST_COMPARED]:
                kind = self.nodes[one].kind
                names = [name_of(name, kind) for name in names_of(self.nodes[one])]
                scores[one] = best([said[kind]], names, kind).score
        highest = max(scores.values(), default=0.0)
        return tuple(one for one, score in scores.items() if score == highest >= SAME)

    def holding(self, words: str) -> Found:
        """What holds every word in a name or its id, with how its least sure word is found.

        Articles and the like need not be held. A typing mistake, and a word drawn together from
        the beginnings of two, are only thought of where nothing holds the words as they are.
        """
        every = [word_of(raw) for raw in words_in(words)]
        said = [word for word in every if word.plain not in AROUND] or every
        sure = [self._ways(word) for word in said]
        if found := _in_all(sure):
            return found
        return _in_all(
            self._blended(word) | self._mistyped(word) | ways
            for word, ways in zip(said, sure, strict=True)
        )

    def _ways(self, word: Word) -> Found:
        """What holds a word, and how."""
        found: Found = {}
        for plain, way in self._like(word):
            for one in self._holding[plain]:
                found[one] = min(way, found.get(one, way))
        if len(found) < MANY:
            within = (self._holding[plain] for plain in self._words if word.plain in plain)
            ids = (one for one in self.nodes if word.plain in one)
            found = dict.fromkeys(chain(*within, ids), WITHIN) | found
        if not found and len(word.plain) >= LEAST_APART:
            found = self._apart(word)
        return self._read(found)

    def _read(self, found: Found) -> Found:
        """What is found, by the ids under which it is read."""
        if not self._same:
            return found
        read: Found = {}
        for one, way in found.items():
            kept = self._same.get(one, one)
            read[kept] = min(way, read.get(kept, way))
        return read

    def _like(self, word: Word) -> Iterator[tuple[str, int]]:
        """The words of names that a word may stand for, each with how."""
        for plain in _beginning(self._words, word.plain):
            yield plain, WHOLE if plain == word.plain else BEGINS
        for meant in filter(None, (word.meaning, meaning(word.plain))):
            yield from ((plain, HEARD) for plain in self._heard.get(f"={meant}", ()))
        for said in sounds(word.text):
            if len(said) >= LEAST_HEARD:
                for heard in _beginning(self._sounds, said):
                    yield from ((plain, HEARD) for plain in self._heard[heard])
        if word.drawn in self._holding:
            yield word.drawn, WHOLE
        number = NUMBERS.get(word.plain, word.plain)
        numbers = (number, *(written for written, meant in NUMBERS.items() if meant == number))
        yield from ((plain, HEARD) for plain in numbers if plain in self._holding)

    def _apart(self, word: Word) -> Found:
        """What has in two words, one after the other, what was written in one."""
        parts = ((word.text[:at], word.text[at:]) for at in range(2, len(word.text) - 1))
        pairs = [(set(self._sounding(one)), set(self._sounding(two))) for one, two in parts]
        return dict.fromkeys(self._following(pairs), APART)

    def _blended(self, word: Word) -> Found:
        """What has in a row two words whose beginnings make this one: "Softech", Sofia Tech."""
        splits = range(LEAST_BEGUN, len(word.plain) - LEAST_BEGUN + 1)
        parts = ((word.plain[:at], word.plain[at:]) for at in splits)
        pairs = [
            (set(_beginning(self._words, one)), set(_beginning(self._words, two)))
            for one, two in parts
        ]
        return self._read(dict.fromkeys(self._following(pairs), BLENDED))

    def _following(self, pairs: Iterable[tuple[set[str], set[str]]]) -> Iterator[str]:
        """What has in a name a word of the first of a pair, and next to it one of the second."""
        for first, second in pairs:
            both = _holders(self._holding, first) & _holders(self._holding, second)
            for one in both & self.nodes.keys():
                if any(_follow(name, first, second) for name in names_of(self.nodes[one])):
                    yield one

    def _sounding(self, text: str) -> Iterator[str]:
        for said in sounds(text):
            yield from self._heard.get(said, ())

    def _mistyped(self, word: Word) -> Found:
        """What holds a word that is a letter or two away."""
        length = len(word.plain)
        if length < LEAST_MISTYPED or any(sign.isdigit() for sign in word.plain):
            return {}
        most = 1 if length < 8 else 2
        near = process.extract(
            word.plain, self._words, scorer=OSA.distance, score_cutoff=most, limit=None
        )
        return self._read({one: MISTYPED for plain, *_ in near for one in self._holding[plain]})


def _initials(name: str) -> Iterator[str]:
    """The first letters of a name of several words, with those of articles and without."""
    words = words_in(name)
    for said in (words, [raw for raw in words if word_of(raw).plain not in AROUND]):
        if len(said) >= LEAST_WORDS:
            yield "".join(raw[0] for raw in said).casefold()


def _heard(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The folded words of names by how they may sound, and after ``=`` by what they mean."""
    found: dict[str, list[str]] = defaultdict(list)
    for plain, text in texts.items():
        for one in sounds(text):
            found[one].append(plain)
        if meant := meaning(text):
            found[f"={meant}"].append(plain)
    return dict(found)


def _in_all(several: Iterable[Found]) -> Found:
    """What is found by each of several, in the least sure way."""
    found: Found | None = None
    for one in several:
        found = one if found is None else {i: max(found[i], one[i]) for i in found if i in one}
    return found or {}


def _beginning(ordered: Sequence[str], begun: str) -> Iterator[str]:
    at = bisect_left(ordered, begun)
    while at < len(ordered) and ordered[at].startswith(begun):
        yield ordered[at]
        at += 1


def _holders(holding: Mapping[str, set[str]], words: Iterable[str]) -> set[str]:
    return set[str]().union(*(holding[word] for word in words))


def _follow(name: str, first: Collection[str], second: Collection[str]) -> bool:
    plain = [word_of(raw).plain for raw in words_in(name)]
    return any(one in first and other in second for one, other in pairwise(plain))
