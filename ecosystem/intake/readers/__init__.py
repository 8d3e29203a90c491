"""A reader for each format; which one reads a file is told by its content, not by its name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ecosystem.errors import NotFoundError
from ecosystem.intake import apart, refusals
from ecosystem.intake.lengths import fit_cells
from ecosystem.intake.published import recognised
from ecosystem.intake.readers import (
    delimited,
    gexf,
    gml,
    graphml,
    json_graphs,
    networks,
    workbooks,
)
from ecosystem.intake.table_graph import FORMATS, NODES, TIES, RefusedError, Table, TableGraph
from ecosystem.values import Text

MOST_BYTES = 32 * 1024 * 1024
"""What takes less than a gigabyte of memory until it is on the map."""
MOST_SIGNS = 128 * 1024 * 1024
_NOT_READ = {
    b"%PDF": Text("PDF", "a PDF"),
    b"\xd0\xcf\x11\xe0": Text("таблица отпреди 2007 г.", "a workbook of before 2007"),
    b"\x89PNG": Text("картинка", "a picture"),
    b"\xff\xd8\xff": Text("картинка", "a picture"),
    b"\x1f\x8b": Text("компресиран файл", "a compressed file"),
    b"SQLite format 3": Text("база данни", "a database"),
}


def read(path: Path, limits: apart.Limits = apart.USUAL) -> TableGraph:
    """What a file holds, read in a process of its own.

    Raises
    ------
    NotFoundError
        Where it is not there.
    RefusedError
        Where it cannot be read, with the place; where no reader knows it, with those that are.
    """
    name = path.name
    if not path.is_file():
        near = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        raise NotFoundError("file", str(path), near)
    if path.stat().st_size > MOST_BYTES:
        message = refusals.too_large(MOST_BYTES >> 20)
        raise RefusedError(name, f"byte {MOST_BYTES}", message, refusals.SPLIT)
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = refusals.unreadable(error.strerror)
        raise RefusedError(name, "byte 0", message, refusals.MAY_READ) from None
    graph = apart.read(read_bytes, raw, name, limits)
    graph.sha256 = hashlib.sha256(raw).hexdigest()
    return graph


def read_bytes(raw: bytes, name: str) -> TableGraph:
    """What these bytes hold; ``name`` is what messages call them."""
    graph = _read(raw, name)
    # What stands once in a file may stand in every record of what is read of it.
    signs = (sum(map(len, row.cells)) for table in graph.tables for row in table.rows)
    if sum(signs) > MOST_SIGNS:
        raise RefusedError(name, "", refusals.too_much_text(MOST_SIGNS), refusals.SPLIT)
    fit_cells(graph)
    return graph


def _read(raw: bytes, name: str) -> TableGraph:
    if not raw.strip():
        raise RefusedError(name, "byte 0", refusals.EMPTY, refusals.AGAIN)
    for mark, what in _NOT_READ.items():
        if raw.startswith(mark):
            raise RefusedError(name, "byte 0", refusals.other(what), _hint())
    if raw.startswith(b"PK"):
        return _trade(workbooks.read(raw, name))
    head = _head(raw)
    if head.startswith("<"):
        if re.search(r"<(\w+:)?gexf\b", head):
            return gexf.read(raw, name)
        if re.search(r"<(\w+:)?graphml\b", head):
            return graphml.read(raw, name)
        raise RefusedError(name, "line 1", refusals.STRANGE_XML, _hint())
    if head.startswith(("{", "[")):
        return recognised(json_graphs.read(raw, name))
    if re.search(r"^\*vertices\b", head, re.IGNORECASE | re.MULTILINE):
        return networks.pajek(raw, name)
    if re.match(r"dl\b", head, re.IGNORECASE):
        return networks.ucinet(raw, name)
    if re.search(r"^\s*graph\s*\[", head, re.IGNORECASE | re.MULTILINE):
        return gml.read(raw, name)
    return _trade(delimited.read(raw, name))


def _head(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw[:8000].decode("utf-16", errors="replace").strip()
    return raw[:8000].decode("utf-8-sig", errors="replace").strip()


def _hint() -> Text:
    return refusals.read_are(", ".join(FORMATS))


def _trade(graph: TableGraph) -> TableGraph:
    """The same with what is known of the templates of Kumu and Onodo."""
    by_name = {table.name.casefold(): table for table in graph.tables}
    if graph.format == "xlsx" and by_name.keys() & {"connections", "elements"}:
        said = _Roles("kumu-xlsx", by_name.get("elements"), by_name.get("connections"))
    elif graph.format == "xlsx" and {"nodes", "relations"} <= by_name.keys():
        said = _Roles("onodo-xlsx", by_name["nodes"], by_name["relations"])
    elif graph.format == "csv" and graph.tables:
        table = graph.tables[0]
        names = {one.casefold() for one in table.columns}
        ties = {"from", "to"} <= names and bool(names & {"label", "type"})
        nodes = {"label", "type"} <= names and not names & {"source", "target", "id"}
        said = _Roles(
            "kumu-csv" if ties or nodes else "csv",
            table if nodes and not ties else None,
            table if ties else None,
        )
    else:
        return recognised(graph)
    if said.format == graph.format:
        return recognised(graph)
    graph.format = said.format
    if said.nodes is not None:
        said.nodes.holds = NODES
    if said.ties is not None:
        said.ties.holds = TIES
    return graph


class _Roles:
    def __init__(self, form: str, nodes: Table | None, ties: Table | None) -> None:
        self.format, self.nodes, self.ties = form, nodes, ties
