"""A name as it is compared: its words, without legal form, article and title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ecosystem.identity.letters import drawn, folded, frames, mended, sounds
from ecosystem.identity.lexicon import (
    AROUND,
    LEADING,
    LEGAL,
    NUMBERS,
    SOFT,
    SOFT_OF_WORKS,
    TITLES,
    meaning,
    of_place,
    stem,
)

_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]{1,2}\.){2,}(?:[^\W\d_]{1,2}\b)?|\b[^\W\d_]/[^\W\d_]\b")
_POLISH = re.compile(r"\bsp\.? ?z ?o\.? ?o\b\.?", re.IGNORECASE)
_COMPASS = re.compile(r"\b(north|south)[- ](east|west)", re.IGNORECASE)
_WITHIN = re.compile(r"['’ʼ`](?=s\b)|(?<=\w)[’'](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_WORKS = frozenset({"Project", "Programme"})
_PLACES = frozenset({"gr", "grad", "city", "town"})
PERSON, CITY = "Person", "City"


@dataclass(frozen=True)
class Word:
    """One word of a name.

    Attributes
    ----------
    text
        As it was written, in small letters of one script.
    plain
        Folded.
    drawn
        In Latin letters where all of its capitals look so; else empty.
    short
        Whether it is in capitals, as abbreviations are.
    """

    text: str
    plain: str
    drawn: str = ""
    short: bool = False

    @cached_property
    def meaning(self) -> str:
        """What the lexicon calls it."""
        return meaning(self.text)

    @cached_property
    def stem(self) -> str:
        """What its forms share."""
        return stem(self.text)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How it may sound."""
        return sounds(self.text)

    @cached_property
    def places(self) -> frozenset[str]:
        """How the place sounds of which it is the Bulgarian adjective; empty of other words."""
        place = of_place(self.text)
        return sounds(place) if place else frozenset()

    @cached_property
    def frames(self) -> frozenset[str]:
        """The consonants that are heard."""
        return frames(self.text)

    @cached_property
    def latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return folded(self.text) == self.text or not re.search("[\u0370-\u052f]", self.text)


@dataclass(frozen=True)
class Name:
    """A name of a kind of thing, as it is compared.

    Attributes
    ----------
    said
        As it was written.
    core
        The words that tell it from others, in their order.
    soft
        Words that another name of the same thing may lack; they are none of its core.
    legal
        Its legal forms, folded.
    numbers
        Its numbers, sorted: whatever else is alike, they must agree.
    """

    said: str
    core: tuple[Word, ...]
    soft: tuple[Word, ...]
    legal: tuple[str, ...]
    numbers: tuple[str, ...]

    @cached_property
    def whole(self) -> Name:
        """The same with its soft words in its core."""
        return replace(self, core=(*self.soft, *self.core), soft=()) if self.soft else self

    @cached_property
    def joined(self) -> str:
        """Its words in one, folded."""
        return "".join(word.plain for word in self.core)

    @cached_property
    def latin(self) -> bool | None:
        """Whether all words are in Latin letters; None where only some are."""
        found = {word.latin for word in self.core}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def heard(self) -> frozenset[str]:
        """How its words sound in one."""
        return sounds("".join(word.text for word in self.core))


@lru_cache(65_536)
def name_of(said: str, kind: str = "") -> Name:
    """A name prepared for comparing; ``kind`` is that of the thing, empty where nobody knows it."""
    words = [word_of(raw) for raw in words_in(said)]
    if len(words) > 1:
        words = [_as_number(word) for word in words]
    kept = _without_articles(words)
    legal: list[str] = []
    soft: list[Word] = []
    if kind == PERSON:
        kept = [word for word in words if word.plain not in TITLES] or words
    elif kind == CITY:
        kept = [word for word in kept if word.plain not in _PLACES] or kept
    else:
        kept, legal = _without_forms(kept)
        may_go = SOFT | SOFT_OF_WORKS if kind in _WORKS else SOFT
        soft = [
            word
            for word in dict.fromkeys((kept[0], kept[-1]) if kept else ())
            if {word.meaning, word.plain} & may_go or _abbreviates(word, words)
        ]
        if len(kept) > len(soft):
            kept = [word for word in kept if word not in soft]
        else:
            soft = []
    numbers = tuple(sorted(found for word in kept for found in _DIGITS.findall(word.plain)))
    return Name(said, tuple(kept), tuple(soft), tuple(legal), numbers)


def _abbreviates(short: Word, words: list[Word]) -> bool:
    """Whether one of the words only repeats the first letters of the others."""
    others = [word for word in words if word is not short and word.plain]
    telling = [word for word in others if word.plain not in AROUND]
    initials = ("".join(word.plain[0] for word in some) for some in (others, telling))
    return short.short and len(short.plain) > 2 and short.plain in initials


def words_in(said: str) -> list[str]:
    """The words as they are written, in one script each; ``d.o.o.`` and ``A/S`` are one word."""
    plain = _POLISH.sub("spzoo", _WITHIN.sub("", mended(said)))
    plain = _COMPASS.sub(r"\1\2", plain)
    plain = _ABBREVIATED.sub(lambda found: re.sub("[./]", "", found[0]), plain)
    return _WORD.findall(plain)


@lru_cache(65_536)
def word_of(raw: str) -> Word:
    """A word as it is compared."""
    return Word(raw.casefold(), folded(raw), drawn(raw), raw.isupper() and len(raw) > 1)


def _as_number(word: Word) -> Word:
    """A number that is written in words or in Roman digits, in digits; any other word as it is."""
    number = NUMBERS.get(word.plain)
    return Word(number, number) if number else word


def _without_articles(words: list[Word]) -> list[Word]:
    """The words without articles and prepositions, unless they alone tell the name from others."""
    kept = [word for word in words if word.plain not in AROUND]
    telling = [word for word in kept if word.plain not in LEGAL]
    return kept if len(telling) > 1 or any(not word.meaning for word in telling) else words


def _without_forms(words: list[Word]) -> tuple[list[Word], list[str]]:
    """The words between the legal forms at either end, and these; one word at least stays."""
    kept, found = list(words), []
    while len(kept) > 1 and kept[-1].plain in LEGAL:
        found.append(kept.pop().plain)
    while len(kept) > 1 and kept[0].plain in LEADING:
        found.append(kept.pop(0).plain)
    return kept, found
