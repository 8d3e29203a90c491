"""The query library and the rows of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ecosystem.model import Node
from ecosystem.queries import Query
from ecosystem.terminal import Answer, Cell, Named, Table, measured
from ecosystem.values import Text
from ecosystem.workspace import QueryResult

NOBODY: Mapping[str, Node] = {}


def rows(result: QueryResult, nodes: Mapping[str, Node] = NOBODY) -> Answer:
    """The rows of a query, with the names of the nodes whose ids they hold."""
    cells = [[_cell(value, nodes) for value in row] for row in result.rows]
    notes: tuple[Text, ...] = ()
    if result.truncated:
        notes = (
            Text(
                f"Показани са първите {result.row_limit} реда; има още.",
                f"Only the first {result.row_limit} rows are shown; there are more.",
            ),
        )
    if not cells:
        notes = (Text("Няма редове.", "No rows."),)
    return Answer(result.to_dict(), (Table(result.columns, cells),), notes)


def _cell(value: Any, nodes: Mapping[str, Node]) -> Cell:
    node = nodes.get(value) if isinstance(value, str) else None
    if node and any(node.name):
        return Named(node.id, node.name)
    return measured(value, 6) if isinstance(value, float) else flat(value)


def flat(value: Any) -> Cell:
    """A value in one cell; lists of texts joined, anything deeper as JSON."""
    if isinstance(value, (str, int, float)):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def library(queries: Iterable[Query]) -> Answer:
    """The query library: name, title, parameters."""
    found = list(queries)
    headers = (Text("Име", "Name"), Text("Въпрос", "Question"), Text("Параметри", "Parameters"))
    table = Table(
        headers,
        [(query.name, query.title, ", ".join(p.name for p in query.parameters)) for query in found],
    )
    return Answer([query.to_dict() for query in found], (table,))
