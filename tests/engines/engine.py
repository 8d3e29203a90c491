"""A database that the tests started, and may therefore fill and empty as they like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import neo4j

from ecosystem.store import witness
from ecosystem.store.graph_store import GraphStore


@dataclass(frozen=True)
class Engine:
    """One engine under test: ``open`` gives a store, ``driver`` a way around it."""

    name: str
    open: Callable[[], GraphStore]
    driver: Callable[[], neo4j.Driver]
    database: str | None = None
    folder: Path | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether it is the engine that the mapper starts for itself."""
        return self.name == "embedded"

    def run(self, cypher: str, **parameters: object) -> list[dict[str, object]]:
        """The rows of a statement, run past the store and committed."""
        with self.driver() as driver, driver.session(database=self.database) as session:
            return session.execute_write(lambda tx: tx.run(cypher, parameters).data())

    def empty(self) -> None:
        """Take everything out, the marker and the note beside the files included."""
        self.run("MATCH (node) DETACH DELETE node")
        if self.folder:
            (self.folder / witness.FILE).unlink(missing_ok=True)
