"""A reader for each format; which one reads a file is told by its content, not by its name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import BinaryIO

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
MOST_STREAMED = 256 * 1024 * 1024
"""Of a CSV file, whose text is never held whole."""
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
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
            if len(raw) <= MOST_BYTES:
                graph = apart.read(read_bytes, raw, name, limits)
            else:
                # Only a table is read row by row; anything else is held whole.
                most = MOST_STREAMED if _is_delimited(raw[:_HEAD]) else MOST_BYTES
                if path.stat().st_size > most:
                    raise _too_large(name, most)
                del raw
                graph = apart.read(read_stream, path, name, limits)
            stream.seek(0)
            graph.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        message = refusals.unreadable(error.strerror)
        raise RefusedError(name, "byte 0", message, refusals.MAY_READ) from None
    return graph


def _too_large(name: str, most: int) -> RefusedError:
    return RefusedError(name, f"byte {most}", refusals.too_large(most >> 20), refusals.SPLIT)


def read_stream(stream: BinaryIO, name: str) -> TableGraph:
    """The table of a CSV file that is too large to be held whole, read row by row."""
    graph = _trade(delimited.read_stream(stream, name))
    fit_cells(graph)
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
    for begins, reader in _NETWORKS:
        if begins.search(head):
            return reader(raw, name)
    return _trade(delimited.read(raw, name))


_NETWORKS = (
    (re.compile(r"^\*vertices\b", re.IGNORECASE | re.MULTILINE), networks.pajek),
    (re.compile(r"\Adl\b", re.IGNORECASE), networks.ucinet),
    (re.compile(r"^\s*graph\s*\[", re.IGNORECASE | re.MULTILINE), gml.read),
)
"""How files of networks begin that are texts without a sign that no table begins with."""
_HEAD = 8000


def _is_delimited(raw: bytes) -> bool:
    """Whether a file that begins so is a table of cells between commas or the like."""
    head = _head(raw)
    return not (
        raw.startswith((b"PK", *_NOT_READ))
        or head.startswith(("<", "{", "["))
        or any(begins.search(head) for begins, _ in _NETWORKS)
    )


def _head(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw[:_HEAD].decode("utf-16", errors="replace").strip()
    return raw[:_HEAD].decode("utf-8-sig", errors="replace").strip()


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
