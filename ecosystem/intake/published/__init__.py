"""Formats that a publisher has of its own: known by their columns, read by a mapping of each.

A file of this folder is one such format: its name, and for each of its tables the columns by which
it is known, and what a mapping file says of it. Columns that it does not name are attributes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ecosystem.intake import remarks
from ecosystem.intake.table_graph import Table, TableGraph

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Known:
    """One table of a format: the columns that it has, and what is said of it."""

    has: frozenset[str]
    said: Mapping[str, Any]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Published:
    """One format: what an import calls it, what people call it, its tables."""

    format: str
    name: str
    tables: Sequence[Known]

    def table(self, columns: Sequence[str]) -> Known | None:
        """The table that has such columns."""
        there = {_plain(one) for one in columns}
        return next((one for one in self.tables if one.has <= there), None)


def _plain(column: str) -> str:
    return " ".join(column.casefold().split())


@cache
def formats() -> tuple[Published, ...]:
    """Every format that is known."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def _read(path: Path) -> Published:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = [
        Known(
            frozenset(map(_plain, one["has"])),
            one,
            {_plain(column): meaning for column, meaning in one["columns"].items()},
        )
        for one in said["table"]
    ]
    return Published(said["format"], said["name"], tables)


def recognised(graph: TableGraph) -> TableGraph:
    """The same, called by its format and said to be of it where every table is one of that."""
    tables = [table.columns for table in graph.tables]
    for one in formats():
        if tables and all(one.table(columns) for columns in tables):
            graph.format = one.format
            graph.warn("", remarks.recognised(one.name))
            break
    return graph


def is_one(form: str) -> bool:
    """Whether a format is that of a publisher, whose files belong together."""
    return any(one.format == form for one in formats())


def known(graph: TableGraph, table: Table) -> tuple[Mapping[str, Any], dict[str, str]] | None:
    """What is said of a table of a format, and what each of its columns means."""
    one = next((one for one in formats() if one.format == graph.format), None)
    found = one.table(table.columns) if one else None
    if found is None:
        return None
    return found.said, {c: found.columns.get(_plain(c), "own") for c in table.columns if c}
