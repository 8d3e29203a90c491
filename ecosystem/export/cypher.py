"""A Cypher script that fills an empty Neo4j, a few hundred records a statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from ecosystem.export.flat import Flat, Thing, Tie, Value

Item = TypeVar("Item", Thing, Tie)
BATCH = 500
_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def script(flat: Flat) -> bytes:
    """Constraints, then the nodes of each kind, then the ties; for ``cypher-shell --file``."""
    return "".join(f"{statement};\n" for statement in _statements(flat)).encode()


def _statements(flat: Flat) -> Iterator[str]:
    kinds = {one.id: one.kind for one in flat.nodes}
    for kind, nodes in _by(flat.nodes, lambda one: (one.kind,)):
        label = kind[0]
        yield f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        rows = [_map({"id": one.id, "name": one.name, **one.values}) for one in nodes]
        for some in _batches(rows):
            yield f"UNWIND {some} AS row\nCREATE (n:{label}) SET n = row"
    for (kind_, one, other), ties in _by(
        flat.ties, lambda tie: (tie.record.kind, *(kinds[end] for end in tie.ends))
    ):
        rows = [
            f"{{one: {one_}, other: {other_}, said: {_map(tie.values)}}}"
            for tie in ties
            for one_, other_ in [map(_value, tie.ends)]
        ]
        for some in _batches(rows):
            yield (
                f"UNWIND {some} AS row\n"
                f"MATCH (a:{one} {{id: row.one}}), (b:{other} {{id: row.other}})\n"
                f"CREATE (a)-[r:{kind_}]->(b) SET r = row.said"
            )


def _by(
    items: Sequence[Item], key: Callable[[Item], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], list[Item]]]:
    for found, some in groupby(sorted(items, key=key), key=key):
        yield found, list(some)


def _batches(rows: Sequence[str]) -> Iterator[str]:
    """Rows as lists of at most ``BATCH``."""
    for start in range(0, len(rows), BATCH):
        yield "[\n" + ",\n".join(rows[start : start + BATCH]) + "]"


def _map(values: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{_name(name)}: {_value(one)}" for name, one in values.items()) + "}"


def _name(name: str) -> str:
    return name if _PLAIN_NAME.match(name) else "`" + name.replace("`", "``") + "`"


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    return "'" + "".join(_ESCAPED.get(sign, sign) for sign in value) + "'"
