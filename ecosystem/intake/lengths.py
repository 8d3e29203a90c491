"""Texts of a file that are longer than the model keeps: cut, and said with their place."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from ecosystem.columns import Column
from ecosystem.intake import remarks
from ecosystem.intake.drafts import Draft
from ecosystem.intake.table_graph import Row, Table, TableGraph
from ecosystem.labels import property_label
from ecosystem.model import KINDS, Record, columns
from ecosystem.values import LONGEST_NAME, LONGEST_TEXT

MARK = "…"
MOST_TOLD = 20
_Record = TypeVar("_Record", bound=Record)


def cut(text: str, longest: int) -> str:
    """A text of at most ``longest`` signs; where it was longer, a mark says so."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}{MARK}"


def fit_cells(graph: TableGraph) -> None:
    """Cut the cells of a file that are longer than any text; the first of them are said."""
    told = 0
    for table in graph.tables:
        table.name = cut(table.name, LONGEST_NAME)
        table.columns = [cut(name, LONGEST_NAME) for name in table.columns]
        for number, row in enumerate(table.rows):
            if any(len(cell) > LONGEST_TEXT for cell in row.cells):
                told += 1
                if told <= MOST_TOLD:
                    _tell(graph, table, row)
                cells = tuple(cut(cell, LONGEST_TEXT) for cell in row.cells)
                table.rows[number] = Row(row.place, cells)
    if told > MOST_TOLD:
        graph.warn("", remarks.cut_rows(told - MOST_TOLD, LONGEST_TEXT))


def _tell(graph: TableGraph, table: Table, row: Row) -> None:
    for place, cell in enumerate(row.cells):
        if len(cell) > LONGEST_TEXT:
            message = remarks.cut_cell(table.columns[place], len(cell), LONGEST_TEXT)
            graph.warn(table.place(row, place), message)


def fitted(record: _Record, place: str, draft: Draft) -> _Record:
    """A record whose texts are as long as its kind keeps them; what was cut is said."""
    found: dict[str, Any] = {}
    for name, column in _bounded(record.kind):
        value = getattr(record, name)
        texts = value if column.many else (value,)
        if value and any(len(text) > column.longest for text in texts):
            short = tuple(cut(text, column.longest) for text in texts)
            found[name] = short if column.many else short[0]
            said = remarks.cut_text(property_label(name), column.longest)
            draft.warn(place, said)
    return replace(record, **found) if found else record


@lru_cache
def _bounded(kind: str) -> tuple[tuple[str, Column], ...]:
    """The texts of a kind that are shorter than any cell may be."""
    return tuple(
        (name, column)
        for name, column in columns(KINDS[kind]).items()
        if column.what == "text" and column.longest < LONGEST_TEXT
    )
