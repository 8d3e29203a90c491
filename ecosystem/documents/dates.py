"""Days in a sentence, in both languages; a year that is not said is that of the whole text."""

from __future__ import annotations

import re
from datetime import date

from ecosystem.documents.lexicon import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TO = r"\s?(?:-|–|—|и|до|and|to|until)\s?"
_DAY_MONTH = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th|-ти|-ри|-ви|-ми)?(?:{_TO}(\d{{1,2}})(?:st|nd|rd|"
    rf"th)?)?\s(?:of )?({_MONTH})\b"
    rf"\.?,?(?:\s(\d{{4}}))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(\d{{1,2}})(?:st|nd|rd|"
    rf"th)?)?\b(?:,?\s(\d{{4}}))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
_YEARS = re.compile(r"\b(20\d\d)\b")


def year_of(text: str) -> int:
    """The year of a text: the only one of its full days; 0 where it has none or several."""
    years = {int(m[3]) for m in _NUMERIC.finditer(text)}
    years |= {int(m[4]) for m in _DAY_MONTH.finditer(text) if m[4]}
    years |= {int(m[4]) for m in _MONTH_DAY.finditer(text) if m[4]}
    return years.pop() if len(years) == 1 else 0


def days(text: str, year: int) -> list[tuple[int, int, str, str]]:
    """The days in a text: their place, the first and the last day."""
    found = []
    for m in _NUMERIC.finditer(text):
        if day := _day(int(m[3]), int(m[2]), int(m[1])):
            found.append((m.start(), m.end(), day, day))
    for pattern, (first, last, month, said) in (
        (_DAY_MONTH, (1, 2, 3, 4)),
        (_MONTH_DAY, (2, 3, 1, 4)),
    ):
        for m in pattern.finditer(text):
            of = int(m[said]) if m[said] else year
            since = _day(of, MONTHS[m[month].lower()], int(m[first]))
            until = _day(of, MONTHS[m[month].lower()], int(m[last] or m[first]))
            if since and until >= since:
                found.append((m.start(), m.end(), since, until))
    return sorted(found)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if year else ""
    except ValueError:
        return ""
