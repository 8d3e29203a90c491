"""Workbooks: a sheet for each kind, and the two sheets that Kumu imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ecosystem.export.flat import Flat, Thing, Tie
from ecosystem.export.graphs import direction, joined
from ecosystem.io.sheets import Sheet, as_xlsx
from ecosystem.model import KINDS

Cells = tuple[str, ...]


def workbook(flat: Flat, made: date) -> bytes:
    """A sheet for each kind of entity and of tie, in the order of the model."""
    names = {one.id: one.name for one in flat.nodes}
    sheets = []
    for kind in KINDS:
        nodes = [one for one in flat.nodes if one.kind == kind]
        ties = [tie for tie in flat.ties if tie.record.kind == kind]
        if nodes:
            first: list[Cells] = [(one.id, one.name, one.kind) for one in nodes]
            sheets.append(_sheet(kind, ("id", "name", "type"), first, nodes))
        if ties:
            first = [(*tie.ends, tie.word, *(names[end] for end in tie.ends)) for tie in ties]
            headers = ("from", "to", "type", "from name", "to name")
            sheets.append(_sheet(kind, headers, first, ties))
    return as_xlsx(sheets, made)


def kumu(flat: Flat, made: date) -> bytes:
    """Kumu's template: ``Elements`` and ``Connections``, joined by ids."""
    elements = [(one.id, one.name, one.kind) for one in flat.nodes]
    connections = [(*tie.ends, direction(tie), tie.word) for tie in flat.ties]
    sheets = [
        _sheet("Elements", ("ID", "Label", "Type"), elements, flat.nodes),
        _sheet("Connections", ("From", "To", "Direction", "Type"), connections, flat.ties),
    ]
    return as_xlsx(sheets, made)


def _sheet(
    title: str, headers: Cells, first: Sequence[Cells], items: Sequence[Thing | Tie]
) -> Sheet:
    """A sheet with the ``first`` cells of each row, and a column for all that any item has."""
    names = list(dict.fromkeys(name for item in items for name in item.values))
    rows = [
        [*cells, *(joined(item.values[name]) if name in item.values else None for name in names)]
        for cells, item in zip(first, items, strict=True)
    ]
    return Sheet(title, (*headers, *names), rows)
