"""GML, read here because NetworkX refuses parallel edges that the file does not number."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ecosystem.errors import nearest
from ecosystem.intake import losses, refusals
from ecosystem.intake.readers.delimited import decoded
from ecosystem.intake.readers.gathered import Gathered, Keys
from ecosystem.intake.table_graph import LeftOut, RefusedError, TableGraph

_TOKEN = re.compile(
    r'(?P<space>\s+|\#[^\n]*)|(?P<open>\[)|(?P<close>\])|"(?P<text>[^"]*)"'
    r"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?=[\s\]\[]|\Z)"
    r"|(?P<key>[A-Za-z_][\w.-]*)"
)
MOST_DEPTH = 50
_DRAWING = {"graphics", "labelgraphics", "edgeanchor", "viz"}


class _Token(NamedTuple):
    sort: str
    text: str
    line: int


Pairs = list[tuple[str, Any, int]]


def read(raw: bytes, file: str) -> TableGraph:
    """The nodes and edges of a GML file."""
    text, _ = decoded(raw, file)
    found = _list(_tokens(text, file), file, 0)
    graph = next((value for key, value, _ in found if key == "graph" and _is_list(value)), None)
    if graph is None:
        raise RefusedError(file, "line 1", refusals.NO_GRAPH, refusals.AGAIN_AS_GML)
    gathered = Gathered("gml", file)
    drawn = 0
    directed = any(key == "directed" and value == "1" for key, value, _ in graph)
    for key, value, line in graph:
        if not _is_list(value):
            continue
        if key not in ("node", "edge"):
            _known(key, value, line, file)
            continue
        record = gathered.node(f"line {line}") if key == "node" else gathered.tie(f"line {line}")
        drawn += _put(record, value)
    made = gathered.graph(directed)
    if drawn:
        made.left_out.append(LeftOut(losses.COLOURS, drawn))
    return made


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _known(key: str, value: Pairs, line: int, file: str) -> None:
    """Refuse a word that stands where a node or an edge does and is nearly called so."""
    inside = {name for name, _, _ in value}
    close = nearest(key, ("node", "edge"))
    if close and inside & {"id", "source", "target"}:
        raise RefusedError(file, f"line {line}", refusals.no_word(key), refusals.meant(close[0]))


def _put(record: Keys, pairs: Pairs, before: str = "") -> int:
    """Put what a node or an edge says into its record; how many lists were a drawing."""
    drawn = 0
    for key, value, _ in pairs:
        if key.casefold() in _DRAWING and isinstance(value, list):
            drawn += 1
        elif isinstance(value, list):
            drawn += _put(record, value, f"{before}{key}.")
        elif value:
            name = before + key
            record[name] = f"{record[name]}|{value}" if name in record else value
    return drawn


def _tokens(text: str, file: str) -> Iterator[_Token]:
    at, line = 0, 1
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            message = refusals.no_token(text[at : at + 20])
            raise RefusedError(file, f"line {line}", message, refusals.AGAIN_AS_GML)
        sort = match.lastgroup or ""
        if sort != "space":
            said = match[sort]
            yield _Token(sort, html.unescape(said) if sort == "text" else said, line)
        line += match[0].count("\n")
        at = match.end()


def _list(tokens: Iterator[_Token], file: str, depth: int, opened: int = 0) -> Pairs:
    if depth > MOST_DEPTH:
        raise RefusedError(file, f"line {opened}", refusals.TOO_DEEP, refusals.AGAIN)
    found: Pairs = []
    for token in tokens:
        if token.sort == "close" and depth:
            return found
        if token.sort != "key":
            message = refusals.misplaced(token.text)
            raise RefusedError(file, f"line {token.line}", message, refusals.AGAIN_AS_GML)
        value = next(tokens, None)
        if value is None or value.sort in ("close", "key"):
            message = refusals.no_value(token.text)
            raise RefusedError(file, f"line {token.line}", message, refusals.AGAIN_AS_GML)
        inside = _list(tokens, file, depth + 1, value.line) if value.sort == "open" else value.text
        found.append((token.text, inside, token.line))
    if depth:
        raise RefusedError(file, f"line {opened}", refusals.NOT_CLOSED, refusals.CUT_OFF)
    return found
