"""XML read as a stream, without entities of its own and with limits of depth and size.

The readers of NetworkX parse with entities, lose parallel edges and refuse mixed direction, lists
of GEXF 1.3 and keys that are not declared; so GEXF and GraphML are read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from ecosystem.errors import EcosystemError
from ecosystem.intake import refusals
from ecosystem.intake.table_graph import RefusedError

MOST_DEPTH = 200
_CHUNK = 1 << 16


class Hears(Protocol):
    """What is told of each element: its name and attributes without namespaces, its line."""

    def start(self, name: str, said: Mapping[str, str], line: int) -> None:
        """An element begins."""

    def end(self, name: str, text: str, line: int) -> None:
        """An element ends; ``text`` is what stands in it before its first child or after it."""


def walk(raw: bytes, file: str, hears: Hears, *, whole: bool = False) -> None:
    """Tell ``hears`` of every element; texts with the spaces around them where ``whole``.

    Raises
    ------
    RefusedError
        Where it is not well-formed, declares entities or is nested too deeply.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    texts: list[list[str]] = []

    def start(name: str, said: dict[str, str]) -> None:
        if len(texts) > MOST_DEPTH:
            place = f"line {parser.CurrentLineNumber}"
            raise RefusedError(file, place, refusals.TOO_DEEP, refusals.AGAIN)
        texts.append([])
        hears.start(_local(name), {_local(k): v for k, v in said.items()}, parser.CurrentLineNumber)

    def end(name: str) -> None:
        said = "".join(texts.pop())
        hears.end(_local(name), said if whole else said.strip(), parser.CurrentLineNumber)

    def text(said: str) -> None:
        if texts:
            texts[-1].append(said)

    def entity(*_said: object) -> None:
        place = f"line {parser.CurrentLineNumber}"
        raise RefusedError(file, place, refusals.ENTITIES, refusals.WITHOUT_DTD)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    parser.buffer_text = True
    try:
        for first in range(0, len(raw), _CHUNK):
            parser.Parse(raw[first : first + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = refusals.syntax("well-formed XML", expat.ErrorString(error.code))
        raise RefusedError(file, f"line {error.lineno}", message, refusals.AGAIN) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, EcosystemError):
            raise
        raise RefusedError(file, "line 1", refusals.unreadable(error), refusals.AS_UTF_8) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2].rpartition(":")[2]
