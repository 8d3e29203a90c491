"""What goes into a query and what comes out of it, as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecosystem.errors import ParameterError


@dataclass(frozen=True)
class QueryRows:
    """The rows of a query in its order; ``truncated`` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float


DEEPEST = 50
"""How deep lists and maps may be nested, in a parameter and in an answer."""


def parameter(name: str, value: Any, depth: int = 0) -> Any:
    """The value, if it is one that both engines take.

    Raises
    ------
    ParameterError
        For anything but text, 64-bit numbers, true, false, null, and lists and maps of these; for
        what is nested too deep.
    """
    if depth > DEEPEST:
        raise ParameterError(
            f"parameter {name!r}: it is nested more than {DEEPEST} deep.", "Nest less."
        )
    if isinstance(value, str):
        fits = not any("\ud800" <= character <= "\udfff" for character in value)
    elif isinstance(value, int):
        fits = -(2**63) <= value < 2**63
    elif isinstance(value, (list, tuple)):
        return [parameter(name, item, depth + 1) for item in value]
    elif isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: parameter(name, item, depth + 1) for key, item in value.items()}
    else:
        fits = value is None or isinstance(value, float)
    if not fits:
        raise ParameterError(
            f"parameter {name!r}: {value!r} cannot be sent.",
            "Give a text, a number of 64 bits, true, false, null, a list or a map.",
        )
    return value


def plain(value: Any, depth: int = 0) -> Any:
    """A value of the driver in the types of JSON.

    Nodes and edges become their properties, paths ``{"nodes", "edges"}``, points
    ``{"srid", "coordinates"}``, dates and durations ISO text, numbers that are not finite text.
    Maps are sorted by key.

    Raises
    ------
    RecursionError
        For what is nested deeper than can be handed on.
    """
    if depth > DEEPEST:
        raise RecursionError
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if hasattr(value, "iso_format"):
        return value.iso_format()
    if hasattr(value, "srid"):
        return {"srid": value.srid, "coordinates": list(value)}
    if hasattr(value, "relationships"):
        return {
            "nodes": plain(list(value.nodes), depth + 1),
            "edges": plain(list(value.relationships), depth + 1),
        }
    if isinstance(value, Mapping):
        return {key: plain(item, depth + 1) for key, item in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    return value.hex() if isinstance(value, (bytes, bytearray)) else str(value)
