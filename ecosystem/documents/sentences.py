"""A text as sentences of words, on a shadow of the same length: every offset holds in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\b(?:B\.V|S\.A|d\.o\.o)\.|[^\W_]+(?:[-'’&][^\W_]+)*|[^\w\s]")
_LOOK_ALIKE = "АаВЕеКМНОоРрСсТХхуѕіј", "AaBEeKMHOoPpCcTXxysij"
_TO_LATIN = str.maketrans(*_LOOK_ALIKE)
_TO_CYRILLIC = str.maketrans(*reversed(_LOOK_ALIKE))
_MIXED = re.compile(r"(?<![^\W\d_])[^\W\d_]*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])[^\W\d_]*")
"""Tried where a word begins alone: a word of ten thousand letters is looked through once."""
_SPACES = re.compile(r"[^\S\n]")
_SHORT = re.compile(
    r"\b(?:(?i:гр|ул|бул|пл|жк|чл|ал|т|бр|др|св|инж|арх|проф|доц|акад|гл|ас|стр|млн|млрд|хил|лв|"
    r"напр|вкл|с|dr|prof|mr|mrs|ms|st|inc|ltd|co|no|eng|jr|vs|etc|approx|д-р)|[А-ЯA-Z])\.$"
)
_YEAR = re.compile(r"\bг\.$")
_OPENING = 40
"""A sentence that is shorter has but said its day: ``На 3 май 2023 г.``"""
_YEAR_MARK = re.compile(r"\d{4} ?г\.$")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"“”»’)]*+(?=\s|$)")
"""Nothing is tried twice: a run of a hundred thousand full stops is looked through once."""
_SIGN = re.compile(r"\S")
_BEFORE = 40
"""So many signs before an end tell whether it ends an abbreviation."""
_DATE_LINE = re.compile(
    r"\W*(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d|\d{1,2} [^\W\d_]{3,9}\.? \d{4})(?: ?г\.)?"
    r"(?:[ ,|]+\d{1,2}[:.]\d\d)?\W*$"
)
_FURNITURE = re.compile(
    r"\W*(?:споделете?\b|share\b|тагове\b|tags?\b|ключови думи:|прочет(?:ете|и)\b|read (?:more|"
    r"also)\b|"
    r"още (?:от|по темата)|вижте още|related (?:articles|news|posts)|©|copyright\b|снимк[аи]:|"
    r"photos?(?: by|:)|бисквитки|cookies?\b|абонирайте се|subscribe\b|източник:|source:|"
    r"advertisement\b)",
    re.IGNORECASE,
)
LONGEST_HEADING, LONGEST_SENTENCE = 160, 2_500
_WRAPPED = 45


@dataclass(frozen=True)
class Token:
    """A word or a sign of the shadow."""

    start: int
    end: int
    text: str

    @cached_property
    def low(self) -> str:
        """In small letters."""
        return self.text.lower()

    @property
    def word(self) -> bool:
        """Whether it is no sign."""
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def latin(self) -> bool:
        """Whether it begins with a Latin letter."""
        return "A" <= self.text[0] <= "z"

    @property
    def all_capitals(self) -> bool:
        """Whether it is an abbreviation in capitals."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a heading, with its words and signs, and the number of its paragraph."""

    start: int
    end: int
    heading: bool
    paragraph: int
    tokens: Sequence[Token]


@dataclass(frozen=True)
class Shadow:
    """A text for rules: spaces are plain and look-alike letters of another script replaced."""

    text: str
    sentences: Sequence[Sentence]

    @classmethod
    def of(cls, text: str) -> Shadow:
        """The shadow of a text; every sign of it stands where it stands in the text."""
        plain = _MIXED.sub(_of_one_script, _SPACES.sub(" ", text))
        plain = plain.translate({0x2010: "-", 0x2011: "-"})
        found: list[Sentence] = []
        for number, (start, end) in enumerate(_paragraphs(plain)):
            body = plain[start:end].strip()
            closed = body[-1:] in tuple(".!?…:;,")
            heading = len(body) <= LONGEST_HEADING and not closed
            for first, last in _parted(plain, start, end):
                if words := tokens(plain[first:last], first):
                    found.append(Sentence(words[0].start, words[-1].end, heading, number, words))
        return cls(plain, found)


def tokens(text: str, first: int = 0) -> list[Token]:
    """The words and signs of a text that stands behind ``first`` signs of another."""
    return [Token(first + m.start(), first + m.end(), m[0]) for m in _WORD.finditer(text)]


def _of_one_script(match: re.Match[str]) -> str:
    """A word of two scripts in the one that most of its letters are of."""
    word = match[0]
    latin = sum("A" <= c <= "z" for c in word)
    table = _TO_LATIN if latin * 2 >= len(word) else _TO_CYRILLIC
    return word.translate(table)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs, without what belongs to the page around the article."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    shown = [text[a:b].strip() for a, b in lines]
    others = _other_news(shown)
    begun: int | None = None
    for number, (start, end) in enumerate(lines):
        alone = number in others or not shown[number] or _DATE_LINE.match(shown[number])
        if alone or _FURNITURE.match(shown[number]):
            continue
        begun = start if begun is None else begun
        more = number + 1 < len(lines) and number + 1 not in others
        if more and _goes_on(text, lines[number], lines[number + 1]):
            continue
        yield begun, end
        begun = None
    if begun is not None:
        yield begun, len(text)


def _other_news(lines: Sequence[str]) -> set[int]:
    """Lines of a list of other news: two or more headings in a row, each with its day below.

    The last of them is the heading of the article itself where a paragraph follows it.
    """
    filled = [number for number, line in enumerate(lines) if line]
    found: set[int] = set()
    place = 0
    while place + 1 < len(filled):
        pairs: list[tuple[int, int]] = []
        while place + 1 < len(filled):
            heading, day = filled[place], filled[place + 1]
            if _DATE_LINE.match(lines[heading]) or not _DATE_LINE.match(lines[day]):
                break
            pairs.append((heading, day))
            place += 2
        follows = lines[filled[place]] if place < len(filled) else ""
        if follows and (len(follows) > LONGEST_HEADING or follows[-1] in ".!?"):
            pairs = pairs[:-1]
        elif len(pairs) == 1:
            pairs = []
        found.update(number for pair in pairs for number in pair)
        place += 1
    return found


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a line was only broken because it was long."""
    if text[line[1] : following[0]].count("\n") != 1:
        return False
    before, after = text[slice(*line)].rstrip(), text[slice(*following)].lstrip()
    if len(before) < _WRAPPED or not after or before[-1] in ".!?…:;":
        return False
    return after[0].islower() or (len(before) <= 100 and before[-1] != "," and _long(after))


def _long(line: str) -> bool:
    return len(line) >= _WRAPPED and line.rstrip()[-1] in ".,;" and " " in line


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph."""
    first = start
    for match in _END.finditer(text, start, end):
        before = text[max(first, match.end() - _BEFORE) : match.end()]
        after = _SIGN.search(text, match.end(), end)
        if not after or after[0].islower() or _SHORT.search(before):
            continue
        opening = match.end() - first <= _OPENING
        if _YEAR.search(before) and (opening or not _YEAR_MARK.search(before)):
            continue
        yield from _bounded(text, first, match.end())
        first = match.end()
    if text[first:end].strip():
        yield from _bounded(text, first, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that a pattern can be tried on: what is longer is a table or a list."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end
