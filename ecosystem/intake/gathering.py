"""The files of one command as table graphs; those that belong together are one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ecosystem.intake import mapping as mappings
from ecosystem.intake import published, readers
from ecosystem.intake.apart import Limits
from ecosystem.intake.imported import ImportedFile
from ecosystem.intake.matrix import unfolded
from ecosystem.intake.table_graph import RefusedError, Row, TableGraph
from ecosystem.talking import Talk


def graphs_of(files: Sequence[Path], talk: Talk, limits: Limits) -> list[TableGraph | ImportedFile]:
    """What the files hold; of one that is refused, why.

    Raises
    ------
    NotFoundError
        For a file that is not there.
    """
    return _together([_read(file, talk, limits) for file in files])


def _read(file: Path, talk: Talk, limits: Limits) -> TableGraph | ImportedFile:
    talk(f"Reading {file.name} ...")
    try:
        graph = readers.read(file, limits)
    except RefusedError as error:
        return ImportedFile((file.name,), problems=error.problems)
    unfolded(graph)
    return graph


def _together(found: list[TableGraph | ImportedFile]) -> list[TableGraph | ImportedFile]:
    """A file of nodes and one of ties that names them are one import, as are those of a format."""
    graphs = [one for one in found if isinstance(one, TableGraph)]
    if len(graphs) < 2 or len(graphs) != len(found):
        return found
    if len({one.format for one in graphs}) == 1 and published.is_one(graphs[0].format):
        # What a format says of a thing once stands before what its other tables name.
        rows = sorted(graphs, key=lambda one: _shapes(one) != {"nodes"})
        return [_joined(rows, graphs[0].format)]
    shapes = [_shapes(one) for one in graphs]
    if not any(one == {"ties"} for one in shapes) or not any("nodes" in one for one in shapes):
        return found
    forms = {one.format for one in graphs}
    form = (
        forms.pop() if len(forms) == 1 else next((f for f in forms if f.startswith("kumu")), "csv")
    )
    return [_joined(graphs, form)]


def _shapes(graph: TableGraph) -> set[str]:
    return {one.shape for one in mappings.guessed(graph).tables.values()}


def _joined(graphs: Sequence[TableGraph], form: str) -> TableGraph:
    """Several files as the tables of one."""
    made = TableGraph(form, tuple(one.files[0] for one in graphs))
    for graph in graphs:
        for table in graph.tables:
            if any(table.name == other.name for other in made.tables):
                table.name = f"{graph.files[0]} {table.name}"
            table.rows = [Row(f"{graph.files[0]} {row.place}", row.cells) for row in table.rows]
            made.tables.append(table)
        made.warnings += graph.warnings
        made.left_out += graph.left_out
    made.sha256 = hashlib.sha256("".join(one.sha256 for one in graphs).encode()).hexdigest()
    return made
