"""A sheet that is a matrix: names above and beside, a number where two are tied."""

from __future__ import annotations

import re

from ecosystem.intake import cells
from ecosystem.intake.table_graph import NODES, ROWS, TIES, Row, Table, TableGraph

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?\Z")
FEWEST = 3


def unfolded(graph: TableGraph) -> None:
    """Put nodes and ties into the place of each sheet that is a square matrix."""
    made: list[Table] = []
    for table in graph.tables:
        made += _parts(table) if table.holds == ROWS and is_square(table) else [table]
    graph.tables = made


def is_square(table: Table) -> bool:
    """Whether the names above are those beside, and all else are numbers."""
    above = [cells.name(column) for column in table.columns[1:]]
    beside = [cells.name(row.cells[0]) for row in table.rows]
    return (
        len(above) >= FEWEST
        and len(set(above)) == len(above)
        and above == beside
        and all(_NUMBER.match(c) for row in table.rows for c in row.cells[1:] if c.strip())
    )


def _parts(table: Table) -> list[Table]:
    names = [cells.name(column) for column in table.columns[1:]]
    value = [[_nonzero(c) for c in row.cells[1:]] for row in table.rows]
    several = range(len(names))
    symmetric = all(value[a][b] == value[b][a] for a in several for b in several)
    ties = [
        Row(
            table.place(table.rows[a], b + 1),
            (names[a], names[b], value[a][b], "undirected" if symmetric else "directed"),
        )
        for a in several
        for b in several
        if value[a][b] and (not symmetric or a <= b)
    ]
    nodes = [Row(row.place, (name,)) for row, name in zip(table.rows, names, strict=True)]
    return [
        Table(table.name, ["label"], nodes, NODES),
        Table(f"{table.name} ties", ["from", "to", "weight", "direction"], ties, TIES),
    ]


def _nonzero(cell: str) -> str:
    text = cell.strip()
    return text if text.strip("0.,-") else ""
