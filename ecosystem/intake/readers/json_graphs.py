"""JSON: Kumu's blueprint and project, elements or connections, node-link, JSON-LD and lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ecosystem.intake import losses, refusals, remarks
from ecosystem.intake.readers import followthemoney, linked
from ecosystem.intake.readers.delimited import decoded
from ecosystem.intake.table_graph import (
    MOST_ROWS,
    NODES,
    TIES,
    LeftOut,
    RefusedError,
    Row,
    Table,
    TableGraph,
)

_ENDS = {"from", "to", "source", "target"}
_DRAWING = {"x", "y", "z", "vx", "vy", "fx", "fy", "pinned"}


def read(raw: bytes, file: str) -> TableGraph:
    """The nodes and ties of a JSON graph.

    Raises
    ------
    RefusedError
        Where it is no JSON, with the line; where it is none that is known, with what is.
    """
    text, _ = decoded(raw, file)
    if followthemoney.is_one(text):
        return followthemoney.read(text, file)
    doubled: list[str] = []
    found = _parsed(text, file, doubled)
    if linked.is_one(found):
        return linked.read(found, file)
    graph = TableGraph("kumu-json", (file,))
    for path, name, records, holds in _parts(found, file, graph):
        graph.tables.append(_table(path, name, records, holds, graph))
    if isinstance(found, Mapping) and isinstance(found.get("loops"), list) and found["loops"]:
        graph.left_out.append(LeftOut(losses.LOOPS, len(found["loops"])))
    if doubled:
        graph.warn("$", remarks.doubled(len(doubled), sorted(set(doubled))[:5]))
    return graph


def _parsed(text: str, file: str, doubled: list[str]) -> Any:
    def record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found and found[key] != value:
                doubled.append(key)
                found[key] = [found[key], value]
            else:
                found[key] = value
        return found

    try:
        # Numbers stay as they are written: a code is no number.
        return json.loads(
            text, object_pairs_hook=record, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        message = refusals.syntax("JSON", error.msg.rstrip("."))
        raise RefusedError(file, f"line {error.lineno}", message, refusals.COMMA) from None
    except RecursionError:
        raise RefusedError(file, "line 1", refusals.TOO_DEEP, refusals.AGAIN) from None


_Parts = list[tuple[str, str, Sequence[Any], str]]


def _parts(found: Any, file: str, graph: TableGraph) -> _Parts:
    """The lists of records in it: path, name, records, what they are."""
    if isinstance(found, Mapping):
        if isinstance(inner := found.get("graph"), Mapping) and "nodes" in inner:
            return _of_graph_commons(inner, graph)
        if isinstance(found.get("elements"), list):
            parts = [("$.elements", "elements", found["elements"], NODES)]
            ties = found.get("connections")
            if any(
                isinstance(one, Mapping) and "attributes" in one and "_id" in one
                for one in found["elements"]
            ):
                graph.format = "kumu-project"
            return parts + _ties("$.connections", "connections", ties)
        if isinstance(found.get("nodes"), list):
            graph.format = "node-link"
            name = next((one for one in ("links", "edges") if one in found), "links")
            parts = [("$.nodes", "nodes", found["nodes"], NODES)]
            return parts + _ties(f"$.{name}", name, found.get(name))
        if isinstance(found.get("connections"), list):
            return _ties("$.connections", "connections", found["connections"])
    elif isinstance(found, list) and found and all(isinstance(one, Mapping) for one in found):
        keys = {str(key).casefold() for one in found for key in one}
        ties = keys & _ENDS and ({"from", "to"} <= keys or {"source", "target"} <= keys)
        return [("$", "connections" if ties else "elements", found, TIES if ties else NODES)]
    raise RefusedError(file, "$", refusals.STRANGE_JSON, refusals.JSON_READ)


def _of_graph_commons(found: Mapping[str, Any], graph: TableGraph) -> _Parts:
    """The nodes and edges of a graph of Graph Commons, what their properties say beside them."""
    graph.format = "node-link"
    parts: _Parts = []
    for name, holds in (("nodes", NODES), ("edges", TIES)):
        records = found.get(name)
        if isinstance(records, list):
            plain = [
                {**one, **one["properties"], "properties": None}
                if isinstance(one, Mapping) and isinstance(one.get("properties"), Mapping)
                else one
                for one in records
            ]
            parts.append((f"$.graph.{name}", name, plain, holds))
    return parts


def _ties(path: str, name: str, found: Any) -> _Parts:
    return [(path, name, found, TIES)] if isinstance(found, list) else []


def _table(path: str, name: str, records: Sequence[Any], holds: str, graph: TableGraph) -> Table:
    if len(records) > MOST_ROWS:
        raise RefusedError(
            graph.files[0], path, refusals.too_many(MOST_ROWS, refusals.RECORDS), refusals.SPLIT
        )
    flat: list[tuple[str, dict[str, str]]] = []
    drawn = 0
    for number, one in enumerate(records):
        place = f"{path}[{number}]"
        if not isinstance(one, Mapping):
            if holds == NODES and isinstance(one, str):
                flat.append((place, {"id": one}))
                continue
            raise RefusedError(graph.files[0], place, refusals.NO_RECORD, refusals.write("{ ... }"))
        said = _flat(one)
        drawn += bool(_DRAWING & said.keys())
        flat.append((place, {key: text for key, text in said.items() if key not in _DRAWING}))
    if drawn:
        graph.left_out.append(LeftOut(losses.POSITIONS, drawn))
    keys = list(dict.fromkeys(key for _, said in flat for key in said))
    rows = [Row(place, tuple(said.get(key, "") for key in keys)) for place, said in flat]
    identity = next((key for key in ("_id", "id", "key") if key in keys), "")
    return Table(name, keys, rows, holds, identity=identity)


def _flat(record: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """A record as texts; what stands in it as a record of its own is lifted out of it."""
    found: dict[str, str] = {}
    for key, value in record.items():
        name = before + str(key)
        if isinstance(value, Mapping):
            inside = _flat(value, "" if key == "attributes" else f"{name}.")
            for inner, text in inside.items():
                found.setdefault(inner, text)
        elif isinstance(value, list):
            found[name] = "|".join(filter(None, (_text(item) for item in value)))
        else:
            found[name] = _text(value)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
