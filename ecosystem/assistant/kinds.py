"""The model as an assistant reads it: kinds, their properties, and which ties join what."""

from __future__ import annotations

from typing import Any

from ecosystem.labels import PROPERTIES
from ecosystem.model import EDGE_KINDS, NODE_KINDS, Edge, Kind, columns
from ecosystem.values import plain


def described() -> dict[str, Any]:
    """Every kind of node and tie with its properties, as plain values."""
    return {
        "nodes": [{"prefix": kind.prefix, **_kind(kind)} for kind in NODE_KINDS.values()],
        "ties": [{**_kind(kind), "between": _between(kind)} for kind in EDGE_KINDS.values()],
    }


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.kind,
        "label": plain(kind.label),
        "about": " ".join((kind.__doc__ or "").replace("``", "'").split()),
        "properties": [
            {
                "name": name,
                **({"label": plain(PROPERTIES[name])} if name in PROPERTIES else {}),
                "type": column.what,
                "many": column.many,
                **({"choices": list(column.choices)} if column.choices else {}),
                **({"refers_to": list(column.refers_to)} if column.refers_to else {}),
            }
            for name, column in columns(kind).items()
        ],
    }


def _between(kind: type[Edge]) -> list[list[str]]:
    return [list(ends) for ends in kind.ends]
