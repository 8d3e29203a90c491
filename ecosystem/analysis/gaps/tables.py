"""What a table of a rule is: columns with their words, rows, and what is drawn beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ecosystem import figures
from ecosystem.labels import word
from ecosystem.values import Money, Text

Form = Literal["text", "nodes", "count", "number", "share", "money"]
Cell = Text | str | int | float | Money | tuple[str, ...] | None


@dataclass(frozen=True)
class Column:
    """One column: its heading, and how its cells are to be read.

    Attributes
    ----------
    form
        ``nodes`` holds ids of nodes, ``share`` parts of one; ``number`` is a measured value.
    bar
        Whether each cell is drawn as a bar: of one for a share, else of the largest value.
    tick
        The column (by its place) that holds what the bar is compared with.
    """

    heading: Text
    form: Form = "text"
    bar: bool = False
    tick: int | None = None

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.form in ("count", "number", "share", "money")


@dataclass(frozen=True)
class Table:
    """Rows of a rule's answer; an empty cell (None) is a value that there is not.

    Attributes
    ----------
    series
        Whether the rows follow time, so that the bars may stand side by side.
    """

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text | None = None
    series: bool = False

    @property
    def drawn(self) -> bool:
        """Whether any of its columns has bars."""
        return any(column.bar for column in self.columns)

    def fill(self, row: tuple[Cell, ...], place: int) -> tuple[float, float | None] | None:
        """How much of its bar a cell fills, from 0 to 1, and where the tick stands.

        None where the cell has no bar or no value; a tick beyond the bar is left out.
        """
        column = self.columns[place]
        size = _size(row[place])
        if not column.bar or size is None:
            return None
        mark = None if column.tick is None else _size(row[column.tick])
        most = 1.0 if column.form == "share" else self._most(place)
        tick = mark / most if mark is not None and most and mark <= most else None
        return (min(size / most, 1.0) if most else 0.0), tick

    def _most(self, place: int) -> float:
        tick = self.columns[place].tick
        places = (place,) if tick is None else (place, tick)
        return max((_size(row[where]) or 0.0 for row in self.rows for where in places), default=0.0)


def _size(cell: Cell) -> float | None:
    if isinstance(cell, Money):
        return float(cell.minor)
    return float(cell) if isinstance(cell, (int, float)) else None


def column(bg: str, en: str, form: Form = "text", *, bar: bool = False) -> Column:
    """A column with its heading in both languages."""
    return Column(Text(bg, en), form, bar)


def rounded(value: float | None) -> int | None:
    """A count that was kept as a float."""
    return None if value is None else int(figures.rounded(value))


def ends(one: str, other: str) -> Text:
    """Two sectors side by side."""
    first, second = word(one), word(other)
    return Text(f"{first.bg} – {second.bg}", f"{first.en} – {second.en}")


def most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts, largest first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
