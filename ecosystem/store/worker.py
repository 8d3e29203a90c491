"""The process in which a reader's query runs: it asks, hands over the rows, and can be killed.

It is told on standard input, a line of JSON each, where to ask and then what, and answers each
line with one. It opens a copy of the embedded engine's data in itself, or calls a Neo4j. The row,
the answer and its own memory have limits, so that whoever reads the answer is never flooded.
"""

from __future__ import annotations

import json
import os
import resource
import select
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from ecosystem.errors import EcosystemError, QueryError, StoreError, StoreUnavailableError
from ecosystem.store import bolt, embedded, failures, readonly
from ecosystem.store.hints import EMBEDDED, NEO4J, Hints
from ecosystem.store.rows import plain

IDLE_SECONDS = 30.0
# The driver and what it unpacks come on top of the engine's heap, which a collection may double.
DRIVER_MEGABYTES = 512


def main() -> int:
    """Answer queries until standard input ends or nothing is asked for a while."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    told = json.loads(sys.stdin.readline())
    home = Path(told["home"]) if "home" in told else None
    try:
        _limit_memory(told["memory"])
        asking = _connect(told, home)
        # The first query of a process is slow, above all on Java; it is none that anybody times.
        with (
            bolt.door(hints=asking.hints),
            asking.driver.session(database=asking.database) as session,
        ):
            session.run("RETURN 1 AS ready").consume()
        _say(answers, {})
        while line := _next_line():
            _say(answers, _answer(asking, json.loads(line)))
    except EcosystemError as error:
        _say(answers, {"error": failures.told(error)})
    except (ImportError, OSError, RuntimeError) as error:
        failed = StoreError(f"database: no process for a query starts ({error}).", "Try again.")
        _say(answers, {"error": failures.told(failed)})
    finally:
        if home:
            shutil.rmtree(home, ignore_errors=True)
        # The engine's threads would be waited for.
        os._exit(0)


def _next_line() -> str:
    """What is asked next; empty at the end of standard input, and after a while of silence."""
    ready, _, _ = select.select([sys.stdin], [], [], IDLE_SECONDS)
    return sys.stdin.readline() if ready else ""


def _limit_memory(megabytes: int) -> None:
    most = (2 * megabytes + DRIVER_MEGABYTES) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


@dataclass(frozen=True)
class _Asking:
    """Where queries are asked; the engine of a copy ends with the last reference to it."""

    driver: neo4j.Driver
    database: str | None
    engine: Any = None

    @property
    def hints(self) -> Hints:
        """What to do about the database."""
        return EMBEDDED if self.engine else NEO4J

    def origin(self, cypher: str) -> failures.Origin:
        """How places in what is sent become places in ``cypher``."""
        blank = cypher[: readonly.beginning(cypher)]
        return failures.Origin(
            added=0 if self.engine else 1,
            line=blank.count("\n"),
            column=len(blank) - blank.rfind("\n") - 1,
        )


def _connect(told: Mapping[str, Any], home: Path | None) -> _Asking:
    if home is None:
        driver = bolt.driver(told["uri"], told["user"], told["password"])
        return _Asking(driver, told["database"])
    os.chdir(home)
    Path("databases").mkdir()
    Path("databases", embedded.DATABASE).symlink_to(told["copy"])
    engine, reached = embedded.serve(told["memory"], embedded.COMMAND_SECONDS, read_only=True)
    driver = bolt.driver(reached["uri"], reached["reader_user"], reached["reader_password"])
    return _Asking(driver, embedded.DATABASE, engine)


def _say(to: Any, answer: Mapping[str, Any]) -> None:
    to.write(json.dumps(answer, allow_nan=False) + "\n")
    to.flush()


def _answer(asking: _Asking, asked: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"truncated": False}
    session = asking.driver.session(
        database=asking.database,
        default_access_mode=neo4j.READ_ACCESS,
        fetch_size=min(asked["limit"] + 1, 1000),
    )
    # A copy knows no transactions: it cannot be changed, and nobody changes it meanwhile.
    run: neo4j.Session | neo4j.Transaction = session
    try:
        with bolt.door(asking.origin(asked["cypher"]), asking.hints):
            if not asking.engine:
                run = session.begin_transaction(timeout=asked["seconds"])
            found = _query(run, asking, asked)
    except StoreUnavailableError as error:
        if asking.engine:
            os._exit(1)  # The thread that worked on the query is gone, for want of memory.
        found["error"] = failures.told(error)
    except QueryError as error:
        found["error"] = failures.told(failures.placed(error, asked["cypher"]))
    except EcosystemError as error:
        found["error"] = failures.told(error)
    except (MemoryError, RecursionError):
        found = {"truncated": True, "error": failures.told(failures.too_large())}
    # What was cut short is not waited for: this process ends, and its connection with it.
    if not found["truncated"]:
        with suppress(Neo4jError, DriverError):
            run.close()
    return found


def _query(
    run: neo4j.Session | neo4j.Transaction, asking: _Asking, asked: Mapping[str, Any]
) -> dict[str, Any]:
    # ArcadeDB takes comments off the beginning before it counts lines, so that they go here too.
    text, values = asked["cypher"][readonly.beginning(asked["cypher"]) :], asked["parameters"]
    try:
        if not asking.engine:
            readonly.refuse_unstoppable(asked["cypher"])
            summary = run.run(f"EXPLAIN\n{text}", values).consume()
            readonly.refuse_plan(summary.query_type, cast("dict[str, Any]", summary.plan))
        result = run.run(text, values)
        found = _rows(result, asked["limit"], asked["row_bytes"], asked["bytes"])
    except Neo4jError as error:
        if not asking.engine or ".DatabaseError." not in str(error.code):
            raise
        # What a copy doesn't understand it takes for a change, and says no more than that.
        said = embedded.fault(asking.engine, text, values) or error.message or ""
        raise failures.of_words(said, asking.origin(asked["cypher"])) from error
    # ArcadeDB names the columns with the first row only.
    return {**found, "columns": result.keys() or readonly.returned(text)}


def _rows(result: neo4j.Result, limit: int, row_bytes: int, most_bytes: int) -> dict[str, Any]:
    rows: list[list[Any]] = []
    size = 0
    for record in result:
        if len(rows) == limit:
            return {"rows": rows, "truncated": True}
        row = [plain(value) for value in record.values()]
        bytes_of_row = len(json.dumps(row, ensure_ascii=False).encode())
        size += bytes_of_row
        if bytes_of_row > row_bytes or size > most_bytes:
            return {"rows": rows, "truncated": True}
        rows.append(row)
    return {"rows": rows, "truncated": False}


if __name__ == "__main__":
    sys.exit(main())
