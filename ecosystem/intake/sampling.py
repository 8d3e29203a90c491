"""What a preview of an import shows of a file: the first rows, and what changes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ecosystem.dataset import ChangeSet
from ecosystem.intake import cells
from ecosystem.intake.alike import same_but_for_place
from ecosystem.intake.mapping import FileMapping
from ecosystem.intake.table_graph import Row, Table, TableGraph
from ecosystem.model import Pack, Record, Source

MOST_ROWS, MOST_RECORDS, LONGEST = 6, 12, 160


@dataclass(frozen=True)
class Sample:
    """The first rows of a table; a row that holds none of what is kept is passed over.

    Attributes
    ----------
    rows
        Contact data is taken out of them already.
    total
        How many rows the table has.
    header
        Whether the first row is a heading, where that is asked.
    """

    name: str
    shape: str
    kind: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    total: int
    header: bool | None = None


def samples(graph: TableGraph, mapping: FileMapping) -> tuple[Sample, ...]:
    """The beginning of each table, with what its columns were taken to mean."""
    return tuple(_sample(table, mapping) for table in graph.tables)


def _sample(table: Table, mapping: FileMapping) -> Sample:
    one = mapping.tables[table.name]
    numbers = [number for number, column in enumerate(table.columns) if column]
    filled = (row for row in table.rows if any(row.cells))
    rows = [
        Row(row.place, tuple(_shown(row.cells[number]) for number in numbers))
        for row in islice(filled, MOST_ROWS)
    ]
    columns = [(table.columns[number], one.columns[table.columns[number]]) for number in numbers]
    return Sample(table.name, one.shape, one.kind, columns, rows, len(table.rows), one.header)


def _shown(cell: str) -> str:
    text = cells.text(cell)[0]
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def shortened(changes: ChangeSet) -> ChangeSet:
    """The first changes of each sort, without the pack, the source and what only moved."""
    pairs = zip(changes.changed, changes.former, strict=True)
    changed = [one for one, former in pairs if not same_but_for_place(one, former)]
    return ChangeSet(*(_first(part) for part in (changes.added, changed, changes.removed)))


def _first(records: Sequence[Record]) -> tuple[Record, ...]:
    told = (one for one in records if not isinstance(one, (Pack, Source)))
    return tuple(islice(told, MOST_RECORDS))
