"""An answer as tables with titles and notes: what a terminal, a spreadsheet and a report show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ecosystem.values import Text


@dataclass(frozen=True)
class Named:
    """A node in a table: people read its name and id, programs its id."""

    id: str
    name: Text


Cell = Text | Named | str | int | float | bool | None
NO_VALUE = Text("няма данни", "no data")


@dataclass(frozen=True)
class Table:
    """Rows under headers, with an optional title above and notes below."""

    headers: tuple[Text | str, ...]
    rows: Sequence[Sequence[Cell]]
    title: Text | str = ""
    notes: tuple[Text | str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answer in its three forms: plain values for JSON, tables for people and CSV."""

    values: Any
    tables: tuple[Table, ...]
    notes: tuple[Text | str, ...] = field(default=())
