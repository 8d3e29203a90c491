"""One store over Bolt: a Neo4j, or the embedded engine that the mapper starts for itself.

Nothing of the driver crosses this door, neither values nor exceptions.
"""

from __future__ import annotations

import datetime
import math
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString, Self, TypeVar, cast

import neo4j
import neo4j.graph
import neo4j.spatial
import neo4j.time
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionPoolError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.errors import (
    EcosystemError,
    ModelVersionError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreUnavailableError,
    WriteRefusedError,
)
from ecosystem.model import EDGE_KINDS, MODEL_VERSION, NODE_KINDS
from ecosystem.store import embedded, readonly, statements

OLDEST_NEO4J = (5, 26)
WRITE_TRIES = 8
READ_TRIES = 5

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class QueryRows:
    """The rows of a query in its order; ``truncated`` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float


@dataclass
class _Connection:
    writer: neo4j.Driver
    reader: neo4j.Driver
    database: str | None
    engine: str
    embedded: embedded.EmbeddedEngine | None = None

    def close(self) -> None:
        self.writer.close()
        self.reader.close()
        if self.embedded:
            self.embedded.close()


class GraphStore:
    """The stored records; safe to share between threads.

    Made by ``connect()`` or ``embedded()``, which refuse a database that holds anything but the
    mapper's own records.
    """

    def __init__(self, dial: Callable[[], _Connection]) -> None:
        self._dial = dial
        self._redialling = threading.Lock()
        self._connection = dial()
        try:
            self._reading(_state)
        except BaseException:
            self.close()
            raise

    @classmethod
    def connect(cls, uri: str, user: str, password: str, database: str = "") -> Self:
        """The store in a Neo4j server; its default database where none is named.

        Raises
        ------
        StoreUnavailableError
            Where nothing answers, or the password is refused.
        StoreError
            Where the server is too old or the database holds another application's data.
        ModelVersionError
            Where the data was written for another version of the model.
        """
        return cls(lambda: _dial_neo4j(uri, user, password, database or None))

    @classmethod
    def embedded(cls, folder: Path, idle_seconds: float = embedded.IDLE_SECONDS) -> Self:
        """The store in a data folder; starts the embedded engine where it doesn't run.

        Raises
        ------
        StoreLockedError, StoreUnavailableError, StoreError, ModelVersionError
            Where the folder is in use or cannot be used, or as for ``connect()``.
        """
        return cls(lambda: _dial_embedded(folder, idle_seconds))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the embedded engine ends by itself when nobody uses it."""
        self._connection.close()

    def engine(self) -> str:
        """Name and version of the database, as it gives them itself."""
        return self._connection.engine

    def revision(self) -> int:
        """How many changes were stored so far; 0 in an empty database."""
        return self._reading(_state)

    def is_empty(self) -> bool:
        """Whether no record is stored."""
        return self._reading(lambda run: not run(statements.HOLDS_RECORDS))

    def contents(self, packs: Iterable[str] | None = None) -> Dataset:
        """The records of ``packs`` (all where None), as they were at one revision.

        Raises
        ------
        StoreError
            Where the store changes faster than it can be read.
        """
        wanted = None if packs is None else sorted(packs)

        def read(run: _Run) -> Dataset | None:
            before = _state(run)
            found = [
                statements.record(row["properties"])
                for cypher, kinds in ((statements.NODES, NODE_KINDS), (statements.EDGES, EDGE_KINDS))
                for row in run(cypher, kinds=list(kinds), packs=wanted)
            ]
            return Dataset.of(found) if _state(run) == before else None

        for _ in range(READ_TRIES):
            dataset = self._reading(read)
            if dataset is not None:
                return dataset
        raise StoreError("database: it keeps changing while it is read.", "Try again later.")

    def apply(self, changes: ChangeSet, *, expected: int | None = None) -> int:
        """Carry out all of ``changes`` or nothing, and return the new revision.

        Parameters
        ----------
        changes
            The difference to what is stored; where it is empty, nothing is written.
        expected
            The revision that the changes were made from; None where any will do.

        Raises
        ------
        StoreError
            Where the store has changed since, or the database refuses; nothing was changed.
            Where the connection is lost at the very end, the message says that it may have been.
        """
        if not changes:
            return self.revision()
        if not self.revision():
            for cypher in statements.constraints():
                self._writing(lambda run, cypher=cypher: run(cypher))
        return self._writing(lambda run: _apply(run, changes, expected))

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int = 1000,
        seconds: float = 10.0,
    ) -> QueryRows:
        """The rows of a query that only reads, as plain JSON values.

        Nodes and edges come as their properties, paths as ``{"nodes", "edges"}``, dates as ISO
        text, numbers that are not finite as text.

        Parameters
        ----------
        limit
            The most rows returned; where there are more, the result says ``truncated``.
        seconds
            When the query is stopped.

        Raises
        ------
        WriteRefusedError, QuerySyntaxError, ParameterError, QueryTimeoutError, QueryError
            Where the query is refused, wrong or too slow.
        """
        readonly.refuse_writing(cypher)
        values = {name: _parameter(name, value) for name, value in (parameters or {}).items()}
        with _repeated_once(self):
            return self._query(cypher, values, limit, seconds)
        return self._query(cypher, values, limit, seconds)
