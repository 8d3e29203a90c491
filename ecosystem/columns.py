"""How a field of a kind is declared, once: what it holds, its bounds, what it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ecosystem.countries import parse_country
from ecosystem.values import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Text,
    parse_currency,
    parse_date,
    parse_decimal,
    parse_end,
    parse_id,
    parse_integer,
    parse_moment,
    parse_text,
    parse_url,
    parse_yes_no,
)

SEPARATOR = "|"
_PART = re.compile(r"(?:[^|\\]|\\.|\\\Z)+", re.DOTALL)
_SIGN_ITSELF = re.compile(r"\\([|\\])")

Own = tuple[tuple[str, str | float | bool], ...]
"""Attributes that a pack declares for its records, with their values, in the order of names."""


@dataclass(frozen=True)
class Column:
    """How a field is called, written in a seed cell, checked and stored.

    ``choices`` are the words of a closed list, each as it is read in both languages. ``proven``
    raises ``ValueError`` for an id of a register whose check digits are wrong; that is asked when
    a pack is loaded, so that a backup with such an id can still be read. ``longest`` is how many
    signs a text may have where it is written; what a store holds already stays.
    """

    parse: Callable[[str], Any]
    what: str
    label: Text
    many: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    refers_to: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    required: bool = False
    proven: Callable[[str], None] | None = None
    longest: int = LONGEST_TEXT


def _column(parse: Callable[[str], Any], what: str, label: Text, default: Any, **rest: Any) -> Any:
    many = rest.get("many", False)
    column = Column(parse=parse, what=what, label=label, **rest)
    return field(default=() if many else default, metadata={"column": column})


def text(
    label: Text, *, required: bool = False, many: bool = False, longest: int = LONGEST_TEXT
) -> Any:
    """A text of at most ``longest`` signs, or with ``many`` a list of texts separated by ``|``."""
    parse = partial(parse_text, longest=longest)
    return _column(parse, "text", label, "", required=required, many=many, longest=longest)


def called(label: Text, *, many: bool = False) -> Any:
    """What something is called: short enough to be shown, compared and searched."""
    return text(label, many=many, longest=LONGEST_NAME)


def day(label: Text, *, end: bool = False) -> Any:
    """A date to year, month or day; with ``end`` also the word ``ongoing``."""
    return _column(parse_end if end else parse_date, "date", label, "")


def moment(label: Text) -> Any:
    """A day, or a second of it in universal time."""
    return _column(parse_moment, "moment", label, "")


def integer(label: Text, *, low: float | None = None, high: float | None = None) -> Any:
    """A whole number within bounds."""
    return _column(parse_integer, "whole number", label, None, low=low, high=high)


def decimal(label: Text, *, low: float, high: float) -> Any:
    """A number within bounds."""
    return _column(parse_decimal, "number", label, None, low=low, high=high)


def yes_no(label: Text) -> Any:
    """``yes`` or ``no``."""
    return _column(parse_yes_no, "yes or no", label, None)


def currency(label: Text) -> Any:
    """An ISO 4217 code."""
    return _column(parse_currency, "currency", label, "")


def country(label: Text) -> Any:
    """An ISO 3166-1 alpha-2 code; a country's name is understood."""
    return _column(parse_country, "country", label, "")


def url(label: Text) -> Any:
    """A full http(s) address."""
    return _column(parse_url, "address", label, "")


def register(label: Text, proven: Callable[[str], None]) -> Any:
    """An id that a register gave, proven by ``proven`` (see ``registers.py``)."""
    return _column(parse_text, "id of a register", label, "", proven=proven)


def choice(label: Text, choices: Mapping[str, Text], *, required: bool = False) -> Any:
    """One word of a closed list."""
    return _column(parse_text, "word", label, "", choices=choices, required=required)


def reference(label: Text, *kinds: str, required: bool = False, many: bool = False) -> Any:
    """The id of a record of one of ``kinds`` (of any kind where none is named)."""
    refers_to = kinds or ("*",)
    return _column(parse_text, "id", label, "", refers_to=refers_to, required=required, many=many)


def joined(texts: Iterable[str]) -> str:
    """Texts in one cell; ``parted`` gives them back, whatever signs they hold."""
    return SEPARATOR.join(re.sub(r"([|\\])", r"\\\1", text) for text in texts)


def parted(cell: str) -> list[str]:
    """The texts between the bars of a cell; ``\\|`` is a bar and ``\\\\`` a backslash of a text."""
    parts = (_SIGN_ITSELF.sub(r"\1", match[0].strip()) for match in _PART.finditer(cell))
    return [part for part in parts if part]


def parse_cell(column: Column | None, cell: str) -> Any:
    """The value of a cell; where no column is declared, the cell holds an id.

    An empty cell is the column's empty value.

    Raises
    ------
    ValueError
        With a sentence for the person who wrote the cell.
    """
    if column is None:
        return parse_id(cell)
    if column.many:
        return tuple(map(column.parse, parted(cell)))
    if cell:
        return column.parse(cell)
    return None if column.what in ("whole number", "number", "yes or no") else ""
