"""Cities: what the store or the gazetteer knows, behind a word for a place or large enough."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ecosystem.documents.lexicon import MONTHS
from ecosystem.documents.phrases import country
from ecosystem.documents.sentences import Sentence, Token
from ecosystem.documents.spans import Span
from ecosystem.intake.places import Places

KIND = "City"
LONGEST = 3
LARGE = 200_000
"""Inhabitants from which a name counts as a city wherever it stands."""
AT_HOME = 20_000
"""The same for a place of Bulgaria in Cyrillic letters."""
MIDDLING = 50_000
"""The same at the beginning of a sentence, before a word for what cities do."""
_DOES = frozenset(
    "and hosts hosted joins joined will wants is was has signs sign signed takes took leads "
    "mentors "
    "opens opened launches launched welcomes plans starts tests".split()
)
_ALSO_WORDS = frozenset("reading bath nice mobile orange most split hull derby sale bury".split())
_BEFORE = frozenset(
    "в във от до край към с със между with between гр град градовете столицата in from near city "
    "cities".split()
)
_NEVER = frozenset(
    "the a an of and europe european english bulgarian we our this that street digital innovation "
    "university monday tuesday wednesday thursday friday saturday sunday march union "
    "европа съвет център академия отдел мария надя виктория".split()
)


def cities(sentence: Sentence, places: Gazetteer) -> Iterator[Span]:
    """The cities of a sentence."""
    tokens = sentence.tokens
    place, last = 0, -9
    while place < len(tokens):
        listed = place - last in (1, 2) and last >= 0
        end = _city(tokens, place, places, listed) if tokens[place].capital else 0
        if not end:
            place += 1
            continue
        yield Span(tokens[place].start, tokens[end - 1].end, KIND, "gazetteer", 4)
        place = last = end


def _city(tokens: Sequence[Token], place: int, places: Gazetteer, listed: bool) -> int:
    """The end of the name of a city that begins here; 0 where none does."""
    said = _after_a_word(tokens, place) or listed
    for end in range(min(len(tokens), place + LONGEST), place, -1):
        words = tokens[place:end]
        if not all(one.capital for one in words) or _never(words):
            continue
        if any(b.start > a.end + 1 for a, b in itertools.pairwise(words)):
            continue
        name = " ".join(one.text for one in words)
        size, home = places.of(name)
        least = AT_HOME if home and not words[0].latin else LARGE
        if size and (said or (size >= least and len(name) > 3)):
            return end
        begins = place == 0 and end < len(tokens) and tokens[end].low in _DOES
        if begins and size >= MIDDLING and words[0].low not in _ALSO_WORDS:
            return end
    return 0


def _never(words: Sequence[Token]) -> bool:
    first = words[0]
    return len(words) == 1 and (
        first.low in MONTHS
        or first.low in _NEVER
        or len(first.text) < 3
        or first.all_capitals
        or country(first)
    )


def _after_a_word(tokens: Sequence[Token], place: int) -> bool:
    here = place - 1
    if here >= 0 and tokens[here].text == ".":
        here -= 1
    return here >= 0 and tokens[here].low in _BEFORE


class Gazetteer:
    """What a text needs to know of places, each name looked up once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[str, tuple[int, bool]] = {}

    def of(self, name: str) -> tuple[int, bool]:
        """How many live in the largest place of this name, and whether it is in Bulgaria.

        0 where none is known. A city of the store counts as a large one, whatever its size.
        """
        if name not in self._known:
            self._known[name] = self._looked_up(name)
        return self._known[name]

    def _looked_up(self, name: str) -> tuple[int, bool]:
        found = self._places.place(name)
        if isinstance(found, str):
            return LARGE, False
        if found is not None:
            return max(1, found.population), found.country == "BG"
        others = self._places.found.ambiguous.get(name, ())
        return max((one.population for one in others), default=0), False
