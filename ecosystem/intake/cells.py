"""Cells as values: days in any order, numbers, addresses, texts without contact data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from ecosystem.contact import holds_contact, without_contact
from ecosystem.values import LONGEST_TEXT, ONGOING, parse_text, parse_url

_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*г\.?)?(?:[ T].*)?\Z")
_ISO_DAY = re.compile(
    r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?(?:\.0)?(?:\s*г\.?)?(?:[ T].*)?\Z"
)
_OPEN = {"ongoing", "present", "now", "до момента", "текущ", "в момента", "продължава"}
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]"
)
_WRITTEN_DAY = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})(?:\s*г\.?)?\Z")
_WRITTEN_MONTH = re.compile(r"([^\W\d_]{3,9})\.?,?\s+(?:(\d{1,2}),\s+)?(\d{4})(?:\s*г\.?)?\Z")
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "яну фев мар апр май юни юли авг сеп окт ное дек",
    )
    for number, name in enumerate(names.split(), 1)
}
_SPLIT = re.compile(r"\s*[;|\n]\s*")
_APART = re.compile(r"(?:&#?\w{1,8};|[^;|])+")
SEVERAL = re.compile(r"[;|\n]")

_TAIL = r"(?:[Ee][+-]?\d{1,3})?\Z"
_PLAIN = re.compile(rf"-?\d{{1,15}}(?:\.\d{{1,20}})?{_TAIL}")
_COMMA = re.compile(rf"-?\d{{1,15}}(?:,\d{{1,20}})?{_TAIL}")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?\Z|-?\d{1,3}(?:\.\d{1,12})?\Z")
_GROUPED_POINTS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,12})?\Z|-?\d{1,3}(?:,\d{1,12})?\Z")
_LARGEST = 1e15
_REMEMBERED = 20_000
"""How many texts are remembered with what was made of them: cells repeat."""
_CODE = re.compile(r"-?0\d")
_MISSING = {"na", "n/a", "-", "–", "—", "null", "nan"}


@lru_cache(_REMEMBERED)
def text(cell: str) -> tuple[str, bool]:
    """The text of a cell, and whether contact data was taken out of it."""
    plain = bare(cell)
    if plain and holds_contact(plain):
        plain = without_contact(plain)
        # What is left may be no text any more, or look like contact data once more.
        return ("" if holds_contact(plain) else plain), True
    return plain, False


@lru_cache(_REMEMBERED)
def bare(cell: str) -> str:
    """The text of a cell as it is."""
    return parse_text(_STRANGE.sub("", cell[:LONGEST_TEXT]).replace("\r", "\n")) if cell else ""


def name(cell: str) -> str:
    """A name as it is compared exactly: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", _STRANGE.sub("", cell)).split())


def items(cell: str) -> list[str]:
    """The things that a cell lists: between semicolons, bars and lines, else between commas."""
    parts = _SPLIT.split(cell) if SEVERAL.search(cell) else re.split(r",\s+", cell)
    return [part for one in parts if (part := name(one.strip("•·- ")))]


def apart(cell: str) -> list[str]:
    """The names that stand in a cell of one: between semicolons and bars alone.

    A name may have a comma or be wrapped in its cell, and ``&amp;`` of a page is a sign in it.
    """
    return [part for one in _APART.findall(cell) if (part := name(one))]


def month_first(values: Iterable[str]) -> tuple[bool, bool]:
    """Whether days of a column begin with the month, and whether that cannot be told."""
    first = second = False
    seen = False
    for value in values:
        if match := _NUMERIC_DAY.match(value.strip()):
            seen = True
            first |= int(match[1]) > 12
            second |= int(match[2]) > 12
    return second and not first, seen and first == second


def day(cell: str, american: bool = False) -> str:
    """A day, month or year as the model writes it, ``ongoing``; empty where it is none."""
    said = cell.strip()
    if said.casefold() in _OPEN:
        return ONGOING
    if match := _NUMERIC_DAY.match(said):
        first, second, year = (int(part) for part in match.groups())
        month, number = (first, second) if american else (second, first)
        return _valid(year, month, number)
    if match := _WRITTEN_DAY.match(said):
        month = _MONTHS.get(match[2].casefold()[:3], 0)
        return _valid(int(match[3]), month, int(match[1])) if month else ""
    if match := _WRITTEN_MONTH.match(said):
        month = _MONTHS.get(match[1].casefold()[:3], 0)
        return _valid(int(match[3]), month, int(match[2] or 0)) if month else ""
    if match := _ISO_DAY.match(said):
        return _valid(*(int(part) if part else 0 for part in match.groups()))
    return ""


def _valid(year: int, month: int, number: int) -> str:
    try:
        date(year, month or 1, number or 1)
    except ValueError:
        return ""
    if not 1800 <= year <= 2200:
        return ""
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{number:02d}" if number else "")


def address(cell: str) -> str:
    """A full address; empty where it is none."""
    said = cell.strip()
    if said and not re.match(r"https?://", said, re.IGNORECASE):
        said = f"https://{said}"
    try:
        return parse_url(said) if said and not holds_contact(said) else ""
    except ValueError:
        return ""


def type_of(values: Sequence[str]) -> tuple[str, Callable[[str], str | float | None]]:
    """The type of an own attribute with these values, and how each is read; None is missing.

    Codes with leading zeros and numbers of which nobody can say what the comma means are texts.
    """
    told = [value for value in values if value.casefold() not in _MISSING]
    if told and not any(map(_CODE.match, told)):
        doubtful = all(re.fullmatch(r"-?\d{1,3},\d{3}", v) for v in told if "," in v)
        pointed, comma = any("." in v for v in told), any("," in v for v in told)
        if all(map(_PLAIN.match, told)):
            return "number", lambda v: _number(v, _PLAIN)
        if not doubtful and all(map(_COMMA.match, told)):
            return "number", lambda v: _number(v, _COMMA, decimal=",")
        if pointed and all(map(_GROUPED.match, told)):
            return "number", lambda v: _number(v, _GROUPED, group=",")
        if comma and not doubtful and all(map(_GROUPED_POINTS.match, told)):
            return "number", lambda v: _number(v, _GROUPED_POINTS, group=".", decimal=",")
    if told and all(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", v) and day(v) for v in told):
        return "date", lambda v: day(v) or None
    return "text", lambda v: v


def _number(cell: str, form: re.Pattern[str], group: str = "", decimal: str = ".") -> float | None:
    """A number of this form, as exact as the model keeps it; None for anything else."""
    if not form.match(cell):
        return None
    value = float((cell.replace(group, "") if group else cell).replace(decimal, "."))
    return round(value, 12) if abs(value) < _LARGEST else None
