"""How a field of a kind is declared, once: what it holds, its bounds, what it refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ecosystem.values import (
    parse_currency,
    parse_date,
    parse_decimal,
    parse_end,
    parse_id,
    parse_integer,
    parse_text,
    parse_url,
    parse_yes_no,
)

SEPARATOR = "|"


@dataclass(frozen=True)
class Column:
    """How a field is written in a seed cell, checked and stored."""

    parse: Callable[[str], Any]
    what: str
    many: bool = False
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    required: bool = False


def _column(parse: Callable[[str], Any], what: str, default: Any, **rest: Any) -> Any:
    many = rest.get("many", False)
    column = Column(parse=parse, what=what, **rest)
    return field(default=() if many else default, metadata={"column": column})


def text(*, required: bool = False, many: bool = False) -> Any:
    """A text, or with ``many`` a list of texts separated by ``|``."""
    return _column(parse_text, "text", "", required=required, many=many)


def day(*, end: bool = False) -> Any:
    """A date to year, month or day; with ``end`` also the word ``ongoing``."""
    return _column(parse_end if end else parse_date, "date", "")


def integer(low: float | None = None, high: float | None = None) -> Any:
    """A whole number within bounds."""
    return _column(parse_integer, "whole number", None, low=low, high=high)


def decimal(low: float, high: float) -> Any:
    """A number within bounds."""
    return _column(parse_decimal, "number", None, low=low, high=high)


def yes_no() -> Any:
    """``yes`` or ``no``."""
    return _column(parse_yes_no, "yes or no", None)


def currency() -> Any:
    """An ISO 4217 code."""
    return _column(parse_currency, "currency", "")


def url() -> Any:
    """A full http(s) address."""
    return _column(parse_url, "address", "")


def choice(*choices: str, required: bool = False) -> Any:
    """One word of a closed list."""
    return _column(parse_text, "word", "", choices=choices, required=required)


def reference(*kinds: str, required: bool = False, many: bool = False) -> Any:
    """The id of a record of one of ``kinds`` (of any kind where none is named)."""
    return _column(parse_text, "id", "", refers_to=kinds or ("*",), required=required, many=many)


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
        return tuple(column.parse(part.strip()) for part in cell.split(SEPARATOR) if part.strip())
    if cell:
        return column.parse(cell)
    return None if column.what in ("whole number", "number", "yes or no") else ""
