"""An answer as tables with titles and notes: what a terminal, a spreadsheet and a report show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ecosystem import figures
from ecosystem.figures import both
from ecosystem.values import Money, Text


@dataclass(frozen=True)
class Named:
    """A node in a table: people read its name and id, programs its id."""

    id: str
    name: Text


@dataclass(frozen=True)
class Figure:
    """A value that people read as it is written in their language, and programs as it is."""

    value: str | float | None
    text: Text


@dataclass(frozen=True)
class Struck:
    """What a record is called that counts no longer: struck out where that can be shown."""

    cell: Named | Text | str


Cell = Text | Named | Figure | Struck | str | int | float | bool | None
STRUCK = "✗\u00a0"
"""Before what counts no longer on a terminal, which may not be able to strike it out."""
NO_LONGER = Text("Не важи", "Counts no longer")


def share(value: float | None) -> Figure:
    """A share of one."""
    return Figure(value, both(figures.percent, value))


def rank(place: float | None) -> Figure:
    """A place in a ranking."""
    return Figure(place, both(figures.rank, place))


def measured(value: float | None, digits: int) -> Figure:
    """A number with so many significant digits, where it takes others than three."""
    return Figure(value, both(figures.number, value, digits=digits))


@dataclass(frozen=True)
class Amount(Figure):
    """An amount of money: in a spreadsheet its number, and its currency in a column behind."""

    number: float | None = None
    currency: str = ""


@dataclass(frozen=True)
class Day(Figure):
    """A day, a month or a year: a whole day is a date in a spreadsheet."""


def amount(minor: int | None, currency: str) -> Amount:
    """An amount of minor units; programs read ``10.50 EUR``."""
    major = None if minor is None else Money(minor, currency).major
    plain = None if major is None else f"{major} {currency}".strip()
    number = None if major is None else float(major)
    return Amount(plain, both(figures.money, minor, currency), number, currency)


def date(partial: str) -> Day:
    """A day, a month or a year; programs read ``2018-09-10``."""
    return Day(partial, both(figures.day, partial))


def period(since: str, until: str) -> Figure:
    """When something holds; programs read ``2018-09-10/2019``."""
    plain = f"{since}/{until}" if since or until else ""
    return Figure(plain, both(figures.span, since, until))


@dataclass(frozen=True)
class Table:
    """Rows under headers, with an optional title above and notes below."""

    headers: tuple[Text | str, ...]
    rows: Sequence[Sequence[Cell]]
    title: Text | str = ""
    notes: tuple[Text | str, ...] = ()


def struck(table: Table, whys: Sequence[Text | None]) -> Table:
    """The table with the rows struck out that count no longer, and a column that says why.

    ``whys`` has a reason or None for each row; where nothing is struck out, the table stays.
    """
    if not any(whys):
        return table
    rows = [
        (
            Struck(row[0]) if why and isinstance(row[0], (Named, Text, str)) else row[0],
            *row[1:],
            why,
        )
        for row, why in zip(table.rows, whys, strict=True)
    ]
    return replace(table, headers=(*table.headers, NO_LONGER), rows=rows)


@dataclass(frozen=True)
class Answer:
    """One answer in its three forms: plain values for JSON, tables for people and CSV."""

    values: Any
    tables: tuple[Table, ...]
    notes: tuple[Text | str, ...] = field(default=())
