"""A database that the tests started, and may therefore fill and empty as they like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import neo4j

from ecosystem.store.graph_store import GraphStore


@dataclass(frozen=True)
class Engine:
    """One engine under test: ``open`` gives a store, ``driver`` a way around it."""

    name: str
    open: Callable[[], GraphStore]
    driver: Callable[[], neo4j.Driver]
    database: str | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether it is the engine that the mapper starts for itself."""
        return self.name == "embedded"

    def run(self, cypher: str, **parameters: object) -> list[dict[str, object]]:
        """The rows of a statement, run past the store and committed."""
        with self.driver() as driver, driver.session(database=self.database) as session:
            return session.execute_write(lambda tx: tx.run(cypher, parameters).data())

    def empty(self) -> None:
        """Take everything out, the marker included."""
        self.run("MATCH (node) DETACH DELETE node")
