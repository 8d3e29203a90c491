"""What readers of graph formats gather: records with any keys, made into tables at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecosystem.intake import refusals
from ecosystem.intake.table_graph import (
    MOST_ROWS,
    NODES,
    TIES,
    RefusedError,
    Row,
    Table,
    TableGraph,
)

Keys = dict[str, str]


@dataclass
class Gathered:
    """Nodes and ties as they are met; ``titles`` says how a key is called as a column."""

    format: str
    file: str
    titles: dict[str, str] = field(default_factory=dict)
    nodes: list[tuple[str, Keys]] = field(default_factory=list)
    ties: list[tuple[str, Keys]] = field(default_factory=list)

    def node(self, place: str, **said: str) -> Keys:
        """One more node; its other keys are put into what comes back."""
        return self._more(self.nodes, place, said)

    def tie(self, place: str, **said: str) -> Keys:
        """One more tie."""
        return self._more(self.ties, place, said)

    def _more(self, records: list[tuple[str, Keys]], place: str, said: Mapping[str, str]) -> Keys:
        if len(records) >= MOST_ROWS:
            raise RefusedError(
                self.file, place, refusals.too_many(MOST_ROWS, refusals.RECORDS), refusals.SPLIT
            )
        record = {key: value for key, value in said.items() if value}
        records.append((place, record))
        return record

    def graph(self, directed: bool | None = None) -> TableGraph:
        """The two tables."""
        made = TableGraph(self.format, (self.file,))
        if not self.nodes and not self.ties:
            raise RefusedError(self.file, "line 1", refusals.NOTHING, refusals.AGAIN)
        made.tables.append(self._table("nodes", NODES, self.nodes, ("id", "label")))
        made.tables.append(self._table("edges", TIES, self.ties, ("source", "target")))
        made.tables[1].directed = directed
        return made

    def _table(
        self, name: str, holds: str, records: list[tuple[str, Keys]], first: tuple[str, ...]
    ) -> Table:
        keys = list(dict.fromkeys((*first, *(key for _, said in records for key in said))))
        columns: list[str] = []
        for key in keys:
            title = self.titles.get(key, key)
            columns.append(title if title not in columns else f"{title} ({key})")
        rows = [Row(place, tuple(said.get(key, "") for key in keys)) for place, said in records]
        return Table(name, columns, rows, holds, identity="id")
