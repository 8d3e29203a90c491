"""Whether the first row of a sheet is a heading, or the first of its rows.

A heading names columns, so one of its cells is a word that names columns in the files that people
have. Where none is, its cells are looked at: what is a day, a number, an address or a place, or
stands again below, names no column. As sure as that is, it is decided; in any case it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ecosystem.contact import holds_contact
from ecosystem.intake import cells, remarks
from ecosystem.intake.meanings import ENTITY_COLUMNS, HEADERS, TIE_HEADERS
from ecosystem.intake.places import largest
from ecosystem.intake.spelled import words_of
from ecosystem.intake.table_graph import ROWS, Row, Table, TableGraph

_LOOKED_AT = 200
_NUMBER = re.compile(r"[-+]?\d[\d .,]*%?")
_KNOWN = {*HEADERS, *TIE_HEADERS, *ENTITY_COLUMNS}
NAME, PLACE = "name", "city"


def settle(graph: TableGraph, said: Mapping[str, Any], plain: Callable[[str], str]) -> None:
    """Decide for each sheet, by what a mapping has ``said`` of it and else by its cells."""
    for table in graph.tables:
        if table.holds != ROWS or not table.head or not table.columns:
            continue
        told = said.get(plain(table.name), {}).get("header")
        if told is None and any(words_of(name) in _KNOWN for name in table.columns if name):
            continue
        table.header = not _is_row(table) if told is None else told
        if told is None:
            words = remarks.HEADING if table.header else remarks.NO_HEADING
            graph.warn(table.head, words)
        if not table.header:
            _take_in(table)


def _is_row(table: Table) -> bool:
    """Whether a cell of the first row is a value and not a name of a column."""
    rows = [row.cells for row in table.rows[:_LOOKED_AT]]
    return any(
        _is_value(name, [row[place] for row in rows]) for place, name in enumerate(table.columns)
    )


def _is_value(name: str, below: Sequence[str]) -> bool:
    filled = [cell for cell in below if cell.strip()]
    if not name or not filled:
        return False
    if name in filled or holds_contact(name) or cells.day(name) or name.startswith("http"):
        return True
    if _NUMBER.fullmatch(name):
        # A matrix has years or numbers for columns, over other numbers of their sort.
        return not all(map(_NUMBER.fullmatch, filled))
    return _is_place(name) and _places(filled)


def _is_place(text: str) -> bool:
    return largest(text) is not None


def _places(filled: Sequence[str]) -> bool:
    some = filled[:20]
    return sum(map(_is_place, some)) * 2 > len(some)


def _take_in(table: Table) -> None:
    """The first row becomes one; the columns are called by what stands in them where that is told.

    The first column of words that are mostly different is the name, one of places the city.
    """
    width = len(table.columns)
    table.rows.insert(0, Row(table.head, tuple(table.columns)))
    table.columns = [""] * width
    some = [row.cells for row in table.rows[:_LOOKED_AT]]
    for place in range(width):
        filled = [row[place] for row in some if row[place].strip()]
        if not filled or any(cells.day(one) or _NUMBER.fullmatch(one) for one in filled):
            continue
        if NAME not in table.columns and len(set(filled)) * 2 > len(filled):
            table.columns[place] = NAME
        elif PLACE not in table.columns and _places(filled):
            table.columns[place] = PLACE
