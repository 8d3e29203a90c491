"""The Cypher that writes and reads records, generated from the kinds of the model.

Labels, edge kinds and property names come from ``NODE_KINDS`` and ``EDGE_KINDS`` alone; every
value travels as a parameter. An empty field is not stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from ecosystem.dataset import ChangeSet
from ecosystem.errors import StoreError
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, Edge, Entity, Node, Record, columns
from ecosystem.model.attributes import OWN_STORED
from ecosystem.model.former import FORMER, present

BATCH = 2_000
BATCHES = {"ChangePart": 20}
"""How many rows a statement has of kinds whose records are heavy."""
MARKER = "Mapper"

_PREFIXES = {kind.prefix: name for name, kind in NODE_KINDS.items()}


class Statement(NamedTuple):
    """Cypher that handles every one of ``rows`` and answers in ``done`` how many it found."""

    cypher: str
    rows: list[dict[str, Any]]


_SHOWN = (
    "RETURN marker.model_version AS version, marker.revision AS revision, "
    "marker.nodes AS nodes, marker.edges AS edges, marker.store AS store, marker.digest AS digest"
)
STATE = f"MATCH (marker:{MARKER}) {_SHOWN}"
HOLDS_ANYTHING = "MATCH (node) RETURN 1 AS found LIMIT 1"
HOLDS_RECORDS = f"MATCH (node) WHERE NOT node:{MARKER} RETURN 1 AS found LIMIT 1"
# A store of before the counts has none, and a sum with nothing is nothing.
RAISE_REVISION = (
    f"MATCH (marker:{MARKER}) SET marker.revision = marker.revision + 1, "
    "marker.nodes = marker.nodes + $nodes, marker.edges = marker.edges + $edges, "
    f"marker.program = $program {_SHOWN}"
)
FIRST_REVISION = (
    f"CREATE (marker:{MARKER} {{id: 'mapper', model_version: $version, revision: 1, "
    f"nodes: $nodes, edges: $edges, program: $program, store: $store}}) {_SHOWN}"
)
MIGRATE = (
    f"MATCH (marker:{MARKER}) SET marker.model_version = $version, marker.nodes = $nodes, "
    "marker.edges = $edges, marker.program = $program, marker.revision = marker.revision + 1, "
    f"marker.store = $store, marker.digest = $digest {_SHOWN}"
)
SET_DIGEST = f"MATCH (marker:{MARKER}) SET marker.digest = $digest RETURN 1 AS done"
NODES = (
    "MATCH (node) WHERE node.kind IN $kinds AND ($packs IS NULL OR node.pack IN $packs) "
    "RETURN properties(node) AS properties"
)
BY_IDS = "UNWIND $ids AS id MATCH (node:{kind} {{id: id}}) RETURN properties(node) AS properties"
EDGES = (
    "MATCH ()-[edge]->() WHERE edge.kind IN $kinds AND ($packs IS NULL OR edge.pack IN $packs) "
    "RETURN properties(edge) AS properties"
)
# A tie to an event happens when the event does, unless a source dates the tie itself.
DATE_TIES = (
    "MATCH (event:Event)-[tie]-() "
    "WHERE tie.since IS NULL AND tie.until IS NULL "
    "AND (tie.valid_from <> event.valid_from OR tie.valid_to <> event.valid_to) "
    "SET tie.valid_from = event.valid_from, tie.valid_to = event.valid_to"
)


FORGET_SAME = "MATCH (node) WHERE node.same_as IS NOT NULL REMOVE node.same_as"


def sames(kept: Mapping[str, str]) -> Iterator[Statement]:
    """The statements that let each node that is read as another one say so, in ``same_as``.

    No record has that property: it follows from decisions, for whoever asks in Cypher.
    """
    rows = (((("kind", _label(one)),), {"id": one, "kept": other}) for one, other in kept.items())
    yield from _each(rows, _SET_SAME)


def constraints() -> Iterator[str]:
    """The statements that make the ids of every kind of node and edge unique."""
    for name in (MARKER, *NODE_KINDS):
        yield (
            f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS "
            f"FOR (node:{name}) REQUIRE node.id IS UNIQUE"
        )
    for name in EDGE_KINDS:
        yield (
            f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS "
            f"FOR ()-[edge:{name}]-() REQUIRE edge.id IS UNIQUE"
        )


def changes(change_set: ChangeSet) -> Iterator[Statement]:
    """The statements that carry out ``change_set``, in an order that leaves no edge hanging."""
    yield from _each(_edges(change_set.removed), _DELETE_EDGES)
    yield from _each(_nodes(change_set.removed), _DELETE_NODES)
    yield from _each(_nodes(change_set.added), _CREATE_NODES)
    yield from _each(_nodes(change_set.changed), _SET_NODES)
    yield from _each(_edges(change_set.added), _CREATE_EDGES)
    yield from _each(_edges(change_set.changed), _SET_EDGES)


def dates_ties(change_set: ChangeSet) -> bool:
    """Whether a tie to an event may have other days after the changes."""
    return any(
        record.kind == "Event" if isinstance(record, Node) else "event:" in record.id
        for record in (*change_set.added, *change_set.changed)
    )


_FIND_EDGE = (
    "UNWIND $rows AS row MATCH (:{source} {{id: row.source}})"
    "-[edge:{kind} {{id: row.properties.id}}]->(:{target} {{id: row.target}}) "
)
# All are found before one goes: who looks on along the ties of a node would meet what is gone.
_DELETE_EDGES = _FIND_EDGE + (
    "WITH collect(edge) AS edges UNWIND edges AS edge DELETE edge RETURN count(*) AS done"
)
_SET_EDGES = _FIND_EDGE + "SET edge = row.properties RETURN count(*) AS done"
_CREATE_EDGES = (
    "UNWIND $rows AS row "
    "MATCH (source:{source} {{id: row.source}}), (target:{target} {{id: row.target}}) "
    "CREATE (source)-[edge:{kind}]->(target) SET edge = row.properties RETURN count(*) AS done"
)
_FIND_NODE = "UNWIND $rows AS row MATCH (node:{kind} {{id: row.id}}) "
_DELETE_NODES = _FIND_NODE + "WHERE NOT (node)--() DELETE node RETURN count(*) AS done"
_SET_NODES = _FIND_NODE + "SET node = row RETURN count(*) AS done"
_CREATE_NODES = "UNWIND $rows AS row CREATE (node:{kind}) SET node = row RETURN count(*) AS done"

_SET_SAME = _FIND_NODE + "SET node.same_as = row.kept RETURN count(*) AS done"

_Names = tuple[tuple[str, str], ...]


def _nodes(records: Iterable[Record]) -> Iterator[tuple[_Names, dict[str, Any]]]:
    for record in records:
        if isinstance(record, Node):
            yield (("kind", record.kind),), properties(record)


def _edges(records: Iterable[Record]) -> Iterator[tuple[_Names, dict[str, Any]]]:
    for record in records:
        if isinstance(record, Edge):
            names = (
                ("kind", record.kind),
                ("source", _label(record.source)),
                ("target", _label(record.target)),
            )
            yield (
                names,
                {
                    "source": record.source,
                    "target": record.target,
                    "properties": properties(record),
                },
            )


def _label(identity: str) -> str:
    try:
        return _PREFIXES[identity.partition(":")[0]]
    except KeyError:
        raise StoreError(
            f"{identity!r}: no kind of node has this prefix.", "Check the data before it is stored."
        ) from None


def _each(found: Iterable[tuple[_Names, dict[str, Any]]], template: str) -> Iterator[Statement]:
    grouped: dict[_Names, list[dict[str, Any]]] = {}
    for names, row in found:
        grouped.setdefault(names, []).append(row)
    for names, rows in grouped.items():
        said = dict(names)
        cypher = template.format(**said)
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCHES.get(said["kind"], BATCH))):
            yield Statement(cypher, batch)


def properties(record: Record) -> dict[str, Any]:
    """What the store keeps of a record: its fields that are not empty, and its full days.

    Attributes that its pack declares stand under their names with ``own_`` before them.
    """
    stored: dict[str, Any] = {"id": record.id, "kind": record.kind, "pack": record.pack}
    for name in columns(type(record)):
        value = getattr(record, name)
        if value not in ("", None, ()):
            stored[name] = list(value) if isinstance(value, tuple) else value
    if isinstance(record, (Entity, Edge)):
        stored |= {OWN_STORED + name: value for name, value in record.own}
        stored["valid_from"] = record.period.valid_from
        stored["valid_to"] = record.period.valid_to
    return stored


# Worked out once: a large store has hundreds of thousands of records to be read.
_KNOWN = {kind: frozenset(columns(cls)) for kind, cls in KINDS.items()}
_LISTS = {
    kind: tuple(name for name, column in columns(cls).items() if column.many)
    for kind, cls in KINDS.items()
}
_NODES = frozenset(NODE_KINDS)
_STRUCTURE = frozenset(("id", "kind", "pack", "valid_from", "valid_to"))


def record(stored: Mapping[str, Any]) -> Record:
    """The record that ``properties`` were made of."""
    kind = stored["kind"]
    stored = present(kind, stored) if kind in FORMER else stored
    known = _KNOWN[kind]
    values = {name: value for name, value in stored.items() if name in known}
    for name in _LISTS[kind]:
        if name in values:
            values[name] = tuple(values[name])
    values["pack"] = stored["pack"]
    if kind in _NODES:
        values["id"] = stored["id"]
    else:
        _, values["source"], values["target"], values["key"] = stored["id"].split("|", 3)
    if rest := stored.keys() - known - _STRUCTURE:
        own = [
            (name.removeprefix(OWN_STORED), stored[name])
            for name in rest
            if name.startswith(OWN_STORED)
        ]
        if own and issubclass(KINDS[kind], (Entity, Edge)):
            values["own"] = tuple(sorted(own))
    return KINDS[kind](**values)
