"""One store over Bolt: a Neo4j, or the embedded engine that the mapper starts for itself.

Nothing of the driver crosses this door, neither values nor exceptions.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import neo4j
from neo4j.exceptions import ConfigurationError, ServiceUnavailable, SessionExpired, TransientError

from ecosystem import turns
from ecosystem.dataset import ChangeSet, Dataset, Tell, unheard
from ecosystem.errors import (
    QueryError,
    StoreChangedError,
    StoreDamagedError,
    StoreError,
    StoreUnavailableError,
)
from ecosystem.model import ENTRY_KINDS, LOG_KINDS, MODEL_VERSION, Record
from ecosystem.model.former import FORMER, FORMER_VERSIONS
from ecosystem.store import (
    bolt,
    copies,
    embedded,
    failures,
    readonly,
    state,
    statements,
    witness,
)
from ecosystem.store.hints import EMBEDDED, NEO4J, Hints
from ecosystem.store.rows import QueryRows, parameter
from ecosystem.store.state import Run
from ecosystem.store.workers import Place, Workers, home_in

OLDEST_NEO4J = (5, 26)
WRITE_TRIES = 8
READ_TRIES = 5
QUERY_MEMORY = 512
MOST_BYTES = 5_000_000
DYING_SECONDS = 5.0
_ADDRESS = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://")

Answer = TypeVar("Answer")


@dataclass
class _Connection:
    writer: neo4j.Driver
    reader: neo4j.Driver
    database: str | None
    engine: str
    embedded: embedded.EmbeddedEngine | None = None
    workers: Workers = field(init=False)

    @property
    def hints(self) -> Hints:
        return EMBEDDED if self.embedded else NEO4J

    def close(self) -> None:
        self.workers.close()
        for driver in (self.writer, self.reader):
            # A thread that is still being answered holds its buffer; the answer goes to nobody.
            with suppress(BufferError):
                driver.close()
        if self.embedded:
            self.embedded.close()


class GraphStore:
    """The stored records; safe to share between threads.

    Made by ``connect()`` or ``embedded()``, which refuse a database that holds anything but the
    mapper's own records, or, unless ``former`` says so, those of an earlier version of the model.

    Attributes
    ----------
    altered
        The kinds of which the last reading of everything has found others than were stored: the
        records are all there, and somebody has changed them behind the mapper's back.
    """

    def __init__(self, dial: Callable[[], _Connection], former: bool = False) -> None:
        self._dial = dial
        self._dialling = threading.Lock()
        self._one_writer = threading.Lock()
        self._connection = dial()
        accepted = (*FORMER_VERSIONS, MODEL_VERSION) if former else (MODEL_VERSION,)
        self._hints = self._connection.hints
        self._state = partial(state.read, hints=self._hints, accepted=accepted)
        self.altered: tuple[str, ...] = ()
        try:
            self.revision()
        except BaseException:
            self.close()
            raise

    @classmethod
    def connect(
        cls,
        uri: str,
        user: str,
        password: str,
        database: str = "",
        *,
        query_memory: int = QUERY_MEMORY,
        former: bool = False,
    ) -> Self:
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
        return cls(lambda: _dial_neo4j(uri, user, password, database or None, query_memory), former)

    @classmethod
    def embedded(
        cls,
        folder: Path,
        idle_seconds: float = embedded.IDLE_SECONDS,
        *,
        memory: int = embedded.MEMORY,
        query_memory: int = QUERY_MEMORY,
        former: bool = False,
    ) -> Self:
        """The store in a data folder; starts the embedded engine where it doesn't run.

        Raises
        ------
        StoreLockedError, StoreUnavailableError, StoreError, ModelVersionError
            Where the folder is in use or cannot be used, or as for ``connect()``.
        """
        return cls(lambda: _dial_embedded(folder, idle_seconds, memory, query_memory), former)

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

    @property
    def folder(self) -> Path | None:
        """The data folder of the embedded engine; None for another database."""
        engine = self._connection.embedded
        return engine.folder if engine else None

    def revision(self) -> int:
        """How many changes were stored so far; 0 in an empty database."""
        engine = self._connection.embedded
        held = witness.noted(engine.folder) if engine else 0
        revision = self._reading(self._state).revision
        if engine:
            witness.check(engine.folder, held, revision)
        return revision

    def older(self) -> bool:
        """Whether the store is of an earlier version of the model."""
        return self._reading(self._state).version in FORMER_VERSIONS

    def migrate(self) -> int:
        """Rewrite what earlier versions stored otherwise, in one transaction; the new revision."""
        dataset = self.contents(log=True)
        rewritten = ChangeSet(changed=dataset.of_kinds(FORMER))

        def work(run: Run) -> int:
            for cypher, rows in statements.changes(rewritten):
                run(cypher, rows=rows)
            return state.migrated(run, dataset).revision

        return self._noted(self._writing(work))

    def _noted(self, revision: int) -> int:
        if engine := self._connection.embedded:
            witness.note(engine.folder, revision)
        return revision

    def is_empty(self) -> bool:
        """Whether no record is stored."""
        return self._reading(lambda run: not run(statements.HOLDS_RECORDS))

    def contents(
        self, packs: Iterable[str] | None = None, *, log: bool = False, entries: bool = False
    ) -> Dataset:
        """The records of ``packs`` (all where None), as they were at one revision.

        With ``log`` also what became of the store before, with ``entries`` the short of it. What
        was changed by somebody else is given as it is; ``altered`` then says so.

        Raises
        ------
        StoreDamagedError
            Where it holds another number of records than were stored.
        StoreError
            Where the store changes faster than it can be read.
        """
        wanted = None if packs is None else sorted(packs)
        left_out = {*LOG_KINDS} - ({*LOG_KINDS} if log else {*ENTRY_KINDS} if entries else set())

        def read(run: Run) -> Dataset | None:
            before = self._state(run)
            dataset = Dataset.of(state.records(run, self._hints, wanted, left_out))
            if self._state(run) != before:
                return None
            if wanted is None:
                state.complete(before, self._hints, dataset)
                unseen = [kind for kind in self.altered if kind in left_out]
                self.altered = (*state.altered(before, dataset, left_out), *unseen)
            return dataset

        for _ in range(READ_TRIES):
            dataset = self._reading(read)
            if dataset is not None:
                return dataset
        raise StoreError("database: it keeps changing while it is read.", "Try again later.")

    def leave_no_traces(self) -> None:
        """Let nothing be left of what is gone: in indexes, and in what was copied for readers.

        A Neo4j keeps its own; its administrator sees to its logs and backups.

        Raises
        ------
        StoreUnavailableError, StoreError
            Where the embedded engine cannot do it; what was stored stays stored.
        """
        if engine := self._connection.embedded:
            engine.write_indexes_anew()
            copies.forget(engine.folder)

    def by_ids(self, kind: str, ids: Iterable[str]) -> list[Record]:
        """The records of one kind that have one of ``ids``, in no order; none for an unknown id."""
        cypher, wanted = statements.BY_IDS.format(kind=kind), sorted(ids)
        return self._reading(
            lambda run: [state.whole(stored, self._hints) for (stored,) in run(cypher, ids=wanted)]
        )

    def apply(
        self,
        changes: ChangeSet,
        *,
        expected: int | None = None,
        same: Mapping[str, str] | None = None,
        whole: Dataset | None = None,
        tell: Tell = unheard,
    ) -> int:
        """Carry out all of ``changes`` or nothing, and return the new revision.

        Parameters
        ----------
        changes
            The difference to what is stored; where it is empty, nothing is written.
        expected
            The revision that the changes were made from; None where any will do.
        same
            For each id that is read as another one's, that one; None leaves it as it was.
        whole
            Everything that the store holds after the changes, taken for what was stored.
        tell
            Hears how far it is; what it raises takes everything back.

        Raises
        ------
        StoreError
            Where the store has changed since, or the database refuses; nothing was changed.
            Where the connection is lost at the very end, the message says that it may have been.
        StoreDamagedError
            Where somebody else has changed what was stored, unless ``whole`` is given.
        """
        settles = whole is not None and bool(self.altered)
        if self.altered and not settles:
            raise self.damage()
        if not changes and not settles:
            return self.revision()
        if not self.revision():
            self._writing(_make_ids_unique)

        def work(run: Run) -> int:
            begun = state.raised(run, self._hints, changes)
            _apply(run, begun.revision, changes, expected, same, tell)
            state.sealed(run, self._hints, begun, changes, whole)
            return begun.revision

        revision = self._noted(self._writing(work))
        if settles:
            self.altered = ()
        return revision

    def damage(self) -> StoreDamagedError:
        """What there is to say of records that somebody else has ``altered``."""
        kinds = ", ".join(self.altered)
        message = f"{self._hints.name}: not as they were stored are records of the kinds {kinds}."
        return StoreDamagedError(message, self._hints.altered)

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int = 1000,
        seconds: float = 10.0,
        most_bytes: int = MOST_BYTES,
    ) -> QueryRows:
        """The rows of a query that only reads, as plain JSON values.

        Nodes and edges come as their properties; see ``rows.plain`` for everything else. The query
        runs in a process of its own: it may be slow, fill its memory or never end, and costs
        nobody but who asked it. It is asked once, whatever becomes of it.

        Parameters
        ----------
        limit
            The most rows returned; where there are more, the result says ``truncated``.
        seconds
            When the query is stopped.
        most_bytes
            The most bytes of JSON that all rows take; a fifth of it is the most of one row. Rows
            from the first that doesn't fit are left out, and the result says ``truncated``.

        Raises
        ------
        WriteRefusedError, QuerySyntaxError, ParameterError, QueryTimeoutError, QueryError
            Where the query is refused, wrong, too slow or too large.
        """
        readonly.refuse_writing(parameter("cypher", cypher))
        asked = {
            "cypher": cypher,
            "parameters": {name: parameter(name, one) for name, one in (parameters or {}).items()},
            "limit": limit,
            "seconds": seconds,
            "bytes": most_bytes,
            "row_bytes": most_bytes // 5,
        }
        started = time.perf_counter()
        # Asking for the revision also finds the database again where it was lost.
        revision = self.revision()
        found = self._connection.workers.ask(asked, revision, seconds)
        return QueryRows(
            tuple(found["columns"]),
            tuple(map(tuple, found["rows"])),
            found["truncated"],
            time.perf_counter() - started,
        )

    def _reading(self, work: Callable[[Run], Answer]) -> Answer:
        try:
            with turns.away():
                return self._once_more(lambda connection: _on(connection, work))
        except QueryError as error:
            # What the mapper asks itself is no reader's mistake: the engine cannot read its files.
            if not self._connection.embedded or error.hint == failures.STOPPED:
                raise
            said = error.message.removeprefix("query: ").rstrip(".")
            raise StoreDamagedError(
                f"{self._hints.name}: what it holds cannot be read ({said}).", self._hints.damaged
            ) from error

    def _writing(self, work: Callable[[Run], Answer]) -> Answer:
        engine = self._connection.embedded
        with (
            turns.away(),
            _refused(engine.folder if engine else None),
            bolt.door(hints=self._hints),
            self._one_writer,
        ):
            tried = 0
            while True:
                tried += 1
                try:
                    return _transact(self._connection, work)
                except TransientError as error:
                    # Only a clash with another process's transaction is gone the next time.
                    if tried == WRITE_TRIES or ".Transaction." not in str(error.code):
                        raise
                    time.sleep(0.02 * 2**tried)

    def _once_more(self, work: Callable[[_Connection], Answer]) -> Answer:
        """The answer of a reading ``work``, repeated once where the connection is lost."""
        connection = self._connection
        try:
            return work(connection)
        except StoreUnavailableError:
            with self._dialling:
                if connection is self._connection:
                    self._connection = self._dial()
                    connection.close()
            return work(self._connection)


def _dial_neo4j(
    uri: str, user: str, password: str, database: str | None, query_memory: int
) -> _Connection:
    place = {"uri": uri, "user": user, "password": password, "database": database}
    told = {**place, "memory": query_memory}
    try:
        if not _ADDRESS.match(uri):
            raise ValueError(f"{uri!r} is no address of this kind")
        drivers = bolt.driver(uri, user, password), bolt.driver(uri, user, password)
        connection = _Connection(*drivers, database, "")
        # A Neo4j is asked itself, and shows what it holds at the time.
        connection.workers = Workers(lambda wanted: Place(told, wanted), query_memory)
        _greeted(connection)
    except ValueError as error:
        raise bolt.failure(ConfigurationError(str(error))) from error
    version = re.match(r"Neo4j/(\d+)\.(\d+)", connection.engine)
    connection.engine = connection.engine.replace("/", " ")
    if not version or (int(version[1]), int(version[2])) < OLDEST_NEO4J:
        connection.close()
        raise StoreError(
            f"{uri}: {connection.engine} is not supported.",
            f"Neo4j {'.'.join(map(str, OLDEST_NEO4J))} or later is needed.",
        )
    return connection


def _dial_embedded(
    folder: Path, idle_seconds: float, memory: int, query_memory: int
) -> _Connection:
    patience = time.monotonic() + DYING_SECONDS
    while True:
        engine = embedded.connect(folder, idle_seconds=idle_seconds, memory=memory)
        writer = bolt.driver(engine.uri, engine.user, engine.password)
        reader = bolt.driver(engine.uri, engine.reader_user, engine.reader_password)
        connection = _Connection(writer, reader, engine.database, "", engine)
        connection.workers = Workers(partial(_copied, connection, query_memory), query_memory)
        try:
            _greeted(connection)
            break
        except StoreUnavailableError:
            # An engine that was just killed holds its lock until the last of it is gone.
            if time.monotonic() > patience:
                raise
            time.sleep(0.02)
    named = re.search(r"ArcadeDB [\w.-]+", connection.engine)
    connection.engine = f"{named[0] if named else connection.engine}, embedded"
    return connection


def _copied(connection: _Connection, memory: int, wanted: int) -> Place:
    """Where a worker finds a copy of what the engine holds at revision ``wanted`` or later."""
    assert connection.embedded
    present = partial(_on, connection, partial(state.read, hints=connection.hints))
    copied, revision = copies.copy_of(connection.embedded, wanted, present)
    told = {"copy": str(copied / "data"), "home": str(home_in(copied)), "memory": memory}
    return Place(told, revision)


def _greeted(connection: _Connection) -> _Connection:
    """The connection with what the server calls itself; closed again where none answers."""
    try:
        with bolt.door(hints=connection.hints):
            connection.engine = connection.reader.get_server_info().agent
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _refused(folder: Path | None) -> Iterator[None]:
    """Turns what would be a reader's mistake into the store's refusal of a change.

    A full disk is told as what it is, by the ``folder`` of an engine of our own.
    """
    try:
        yield
    except StoreChangedError:
        raise
    except (QueryError, StoreError) as error:
        if folder:
            embedded.room_for(folder)
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"database: it refuses the changes, and nothing was stored ({error.message}).",
            "See the log of the database.",
        ) from error


def _session(connection: _Connection, access: str, fetch_size: int) -> neo4j.Session:
    driver = connection.writer if access == neo4j.WRITE_ACCESS else connection.reader
    return driver.session(
        database=connection.database, default_access_mode=access, fetch_size=fetch_size
    )


def _runner(transaction: neo4j.Transaction) -> Run:
    def run(cypher: str, **parameters: Any) -> list[list[Any]]:
        return transaction.run(cypher, parameters).values()

    return run


def _on(connection: _Connection, work: Callable[[Run], Answer]) -> Answer:
    """The answer of a reading ``work``, repeated where a change that came between spoilt it."""
    tried = 0
    while True:
        tried += 1
        with bolt.door(hints=connection.hints):
            try:
                with (
                    _session(connection, neo4j.READ_ACCESS, 10_000) as session,
                    session.begin_transaction() as transaction,
                ):
                    answer = work(_runner(transaction))
                    transaction.rollback()
                    return answer
            except TransientError as error:
                if tried == READ_TRIES or ".Transaction." not in str(error.code):
                    raise


def _transact(connection: _Connection, work: Callable[[Run], Answer]) -> Answer:
    with (
        _session(connection, neo4j.WRITE_ACCESS, 1000) as session,
        session.begin_transaction() as transaction,
    ):
        try:
            answer = work(_runner(transaction))
        except (OverflowError, UnicodeEncodeError) as error:
            raise StoreError(
                f"database: a value cannot be stored ({error}).", "Nothing was changed."
            ) from error
        try:
            transaction.commit()
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreUnavailableError(
                f"{connection.hints.name}: the connection was lost while storing the changes.",
                "All of them are there, or none. Try again: what is there already isn't changed.",
            ) from error
        return answer


def _make_ids_unique(run: Run) -> None:
    for cypher in statements.constraints():
        run(cypher)


def _apply(
    run: Run,
    revision: int,
    changes: ChangeSet,
    expected: int | None,
    same: Mapping[str, str] | None,
    tell: Tell,
) -> None:
    """Carry out ``changes``, which make the contents of ``revision``."""
    if expected is not None and revision != expected + 1:
        raise failures.changed_meanwhile(f"revision {revision - 1} instead of {expected}")
    written, total = 0, len(changes.added) + len(changes.changed) + len(changes.removed)
    for cypher, rows in statements.changes(changes):
        tell(written, total)
        written += len(rows)
        ((done,),) = run(cypher, rows=rows)
        if done != len(rows):
            raise failures.changed_meanwhile(f"{len(rows) - done} records are missing or tied")
    if statements.dates_ties(changes):
        run(statements.DATE_TIES)
    if same is not None:
        run(statements.FORGET_SAME)
        for cypher, rows in statements.sames(same):
            run(cypher, rows=rows)
