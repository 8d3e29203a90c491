"""Whether two names may be of one thing: a score between 0 and 1, and the reasons for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from ecosystem.identity.letters import single
from ecosystem.identity.words import CITY, PERSON, Name, Word, name_of
from ecosystem.values import Text

SAME, POSSIBLE = 0.9, 0.75
"""From where on two names are taken for one, and from where on somebody is asked."""

Sign = Literal["+", "-", "?"]


class Reason(NamedTuple):
    """One thing that speaks for (+) or against (-) that two are one, or that is not known (?)."""

    sign: Sign
    told: Text

    def to_dict(self) -> dict[str, str]:
        """It as plain values, in English."""
        return {"sign": self.sign, "told": self.told.en}


class Likeness(NamedTuple):
    """How alike two names are, from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Way:
    """One way in which two words can be one: how sure it is, and how it is told."""

    score: float
    told: Text


EQUAL = _Way(1.0, Text("", ""))
HEARD = _Way(0.98, Text("звучи като", "sounds like"))
MEANT = _Way(0.97, Text("е в речника една дума с", "is in the lexicon one word with"))
SYNONYM = _Way(0.75, Text("значи почти същото като", "means nearly the same as"))
FORM = _Way(0.96, Text("е форма на", "is a form of"))
FRAME = _Way(0.93, Text("се чува почти като", "is heard almost as"))
RELATED = _Way(0.9, Text("има общ корен с", "has a root in common with"))
MISTYPED = _Way(0.92, Text("се различава с една буква от", "is but for one letter"))
SPELLING = Text("еднакви, само изписани различно", "the same but for spelling")
TOGETHER = Text("същите букви, слято или разделно", "the same letters, written together or apart")
DIGITS = Text("числата се различават", "the numbers differ")
FORMS = Text("правните форми се различават", "the legal forms differ")
FORM_ONLY = Text("само едното казва правната си форма", "only one says its legal form")
TURNED = Text("думите са в друг ред", "the words are in another order")
PART = Text("едното име има думи, които другото няма", "one name has words that the other lacks")
INITIAL = Text("едното има само инициал", "one has an initial only")

_LEAST_HEARD, _LEAST_FRAME, _LEAST_LETTERS, _LEAST_ROOT = 3, 3, 4, 5
_LEAST_MISTYPED = 7
_PART_AT_MOST, _LESS_FOR_A_PART, _LESS_FOR_OTHERS = 0.88, 0.95, 0.8


def compare(one: str, other: str, kind: str = "") -> Likeness:
    """How alike two names are of things of one ``kind``.

    Parameters
    ----------
    kind
        As the model calls it, empty where nobody says. With persons and cities forms and typing
        mistakes count for nothing: Ivanov and Ivanova are two.
    """
    return compared(name_of(one, kind), name_of(other, kind), kind)


def compared(one: Name, other: Name, kind: str = "") -> Likeness:
    """The same of names that are prepared."""
    found = _compared(one, other, kind)
    if found.score >= SAME or not (one.soft or other.soft):
        return found
    return max(found, _compared(one.whole, other.whole, kind), key=lambda likeness: likeness.score)


def _compared(one: Name, other: Name, kind: str) -> Likeness:
    if not one.core or not other.core:
        return Likeness(0.0, ())
    if one.numbers != other.numbers:
        return Likeness(0.0, (Reason("-", DIGITS),))
    strict = kind in (PERSON, CITY)
    pairs = _aligned(one.core, other.core, strict)
    if len(pairs) < max(len(one.core), len(other.core)):
        return _in_part(one, other, pairs, kind, strict)
    score = sum(way.score for _, _, way in pairs) / len(pairs)
    reasons = [_told(a, b, way) for a, b, way in pairs if way is not EQUAL]
    if any(way is MISTYPED or way is RELATED for *_, way in pairs) and len(pairs) == 1:
        score = min(score, 0.87)
    if sum(way in (MISTYPED, RELATED) for *_, way in pairs) > max(1, len(pairs) - 2):
        score = min(score, 0.87)
    if not reasons:
        reasons.append(Reason("+", SPELLING))
    if kind != PERSON and [b for _, b, _ in pairs] != list(other.core):
        score -= 0.01
        reasons.append(Reason("-", TURNED))
    return _with_forms(one, other, score, reasons)


def _with_forms(one: Name, other: Name, score: float, reasons: list[Reason]) -> Likeness:
    """What legal forms and the words that say what a body is add to it."""
    if one.legal and other.legal and set(one.legal) != set(other.legal):
        reasons.append(Reason("-", FORMS))
        score -= 0.03
    elif bool(one.legal) != bool(other.legal):
        reasons.append(Reason("?", FORM_ONLY))
        score -= 0.01
    if {word.meaning for word in one.soft} != {word.meaning for word in other.soft}:
        reasons.append(Reason("-", PART))
        score -= 0.04
    return Likeness(round(max(score, 0.0), 4), tuple(reasons))


def _in_part(
    one: Name, other: Name, pairs: Sequence[tuple[Word, Word, _Way]], kind: str, strict: bool
) -> Likeness:
    """Names of which not every word has its like: written in one, shortened, or two things."""
    if one.joined == other.joined:
        return _with_forms(one, other, 0.98, [Reason("+", TOGETHER)])
    crossing = None not in (one.latin, other.latin) and one.latin != other.latin
    if crossing and not strict and one.heard & other.heard:
        return _with_forms(one, other, 0.96, [Reason("+", TOGETHER)])
    longest = max(len(one.core), len(other.core))
    share = sum(way.score for *_, way in pairs) / longest
    if kind == PERSON:
        return _person_in_part(one, other, pairs)
    a_part = len(pairs) == min(len(one.core), len(other.core))
    score = min(_PART_AT_MOST, share * (_LESS_FOR_A_PART if a_part else _LESS_FOR_OTHERS))
    return Likeness(round(score, 4), (Reason("-", PART),))


def _person_in_part(one: Name, other: Name, pairs: Sequence[tuple[Word, Word, _Way]]) -> Likeness:
    """First and last name are there and a middle one is not, or there is an initial for one."""
    shorter = min(len(one.core), len(other.core))
    if len(pairs) == shorter >= 2:
        return Likeness(0.84, (Reason("-", PART),))
    left = [
        [word for word in name.core if not any(word in pair[:2] for pair in pairs)]
        for name in (one, other)
    ]
    first = [[word.plain for word in words if len(word.plain) <= 2] for words in left]
    begins = any(
        word.plain.startswith(initial)
        for initials, words in ((first[0], left[1]), (first[1], left[0]))
        for initial in initials
        for word in words
    )
    if pairs and begins and len(pairs) == shorter - 1:
        return Likeness(0.8, (Reason("?", INITIAL),))
    longest = max(len(one.core), len(other.core))
    return Likeness(round(0.7 * len(pairs) / longest, 4), (Reason("-", PART),))


def _aligned(
    words: Sequence[Word], others: Sequence[Word], strict: bool
) -> list[tuple[Word, Word, _Way]]:
    """Each word with the one of the other name that is most like it, the surest first."""
    ways = [
        (way, i, j)
        for i, word in enumerate(words)
        for j, other in enumerate(others)
        if (way := _way(word, other, strict)) is not None
    ]
    found: dict[int, tuple[int, _Way]] = {}
    taken: set[int] = set()
    for way, i, j in sorted(ways, key=lambda one: (-one[0].score, abs(one[1] - one[2]))):
        if i not in found and j not in taken:
            found[i] = j, way
            taken.add(j)
    return [(words[i], others[j], way) for i, (j, way) in sorted(found.items())]


def _way(word: Word, other: Word, strict: bool) -> _Way | None:
    """How two words are one; None where they are not."""
    if word.plain == other.plain or (word.drawn or word.plain) == (other.drawn or other.plain):
        return EQUAL
    if any(sign.isdigit() for sign in word.plain + other.plain):
        return None
    crossing = word.latin != other.latin
    shortest = min(len(word.plain), len(other.plain))
    if shortest >= (_LEAST_HEARD if crossing else _LEAST_LETTERS) and word.sounds & other.sounds:
        return HEARD
    if shortest >= _LEAST_HEARD and single(word.plain) == single(other.plain):
        return HEARD
    if strict:
        return None
    if word.meaning and other.meaning:
        return _by_meaning(word, other, crossing)
    if crossing and (word.places & other.sounds or other.places & word.sounds):
        return FORM
    if not crossing:
        return _in_one_script(word, other)
    if shortest >= _LEAST_LETTERS and any(
        len(frame) >= _LEAST_FRAME for frame in word.frames & other.frames
    ):
        return FRAME
    return RELATED if _root(word) & _root(other) else None


def _by_meaning(word: Word, other: Word, crossing: bool) -> _Way | None:
    """Words that the lexicon knows: translations or forms of a word, or synonyms in one script."""
    if word.meaning != other.meaning:
        return None
    return MEANT if crossing or word.plain[:4] == other.plain[:4] else SYNONYM


def _in_one_script(word: Word, other: Word) -> _Way | None:
    if word.stem == other.stem and len(word.stem) >= _LEAST_LETTERS:
        return FORM
    long = min(len(word.plain), len(other.plain)) >= _LEAST_MISTYPED
    mistyped = long and OSA.distance(word.plain, other.plain, score_cutoff=1) <= 1
    return MISTYPED if mistyped else None


def _root(word: Word) -> frozenset[str]:
    """The beginnings of a word that a foreign word of one root has too; none of a short one."""
    return frozenset(heard[:_LEAST_ROOT] for heard in word.sounds if len(heard) > _LEAST_ROOT)


def _told(word: Word, other: Word, way: _Way) -> Reason:
    return Reason(
        "+",
        Text(
            f"„{word.text}“ {way.told.bg} „{other.text}“",
            f"“{word.text}” {way.told.en} “{other.text}”",
        ),
    )


def best(ones: Iterable[Name], others: Sequence[Name], kind: str = "") -> Likeness:
    """The likeness of the two names that are most alike among several of each."""
    found = (compared(one, other, kind) for one in ones for other in others)
    return max(found, key=lambda likeness: likeness.score, default=Likeness(0.0, ()))
