"""What a database's refusal means: its code and message as an error of the mapper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ecosystem.errors import (
    EcosystemError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreChangedError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
    WriteRefusedError,
)
from ecosystem.figures import number
from ecosystem.store.hints import NEO4J, Hints
from ecosystem.store.readonly import place_of

_POSITIONS = (
    (re.compile(r"\(line (\d+), column (\d+)"), 0),  # Neo4j counts columns from 1
    (re.compile(r"line (\d+)(?::|, column )(\d+)"), 1),  # ArcadeDB counts them from 0
)
_LONGEST = 240
_QUOTED = re.compile(r'"[^"]*"')
_EXCEPTION = re.compile(r"com\.arcadedb\.(?:\w+\.)*(\w+Exception): ")
_TITLES = {
    "CommandParsingException": "SyntaxError",
    "CommandSemanticException": "SemanticError",
    "CommandParameterMissingException": "ParameterMissing",
    "QueryNotIdempotentException": "AccessMode",
}
# What an error names, and whether it must stand in the query once to be the place that is meant.
_NAMED = (
    (re.compile(r"parameter\(s\): (\w+)"), False),
    (re.compile(r"['`\"]([^'`\"]+)['`\"]"), False),
    (re.compile(r"(/) by zero"), True),
    (re.compile(r"()by zero"), True),  # Neo4j says "/" of a remainder, too
    (re.compile(r"(\w+)\(\)"), True),
)
_TIME_IS_UP = re.compile(r"arcadedb\.command\.timeout|has been terminated")
STOPPED = "Narrow the query, or raise ECOSYSTEM_TIME_LIMIT."


class Origin(NamedTuple):
    """Where the statement that was sent has its beginning in the query as it was written.

    ``added`` lines were put before it; ``line`` lines and ``column`` letters were left out.
    """

    added: int = 0
    line: int = 0
    column: int = 0


def of_code(
    code: str, message: str, origin: Origin | None = None, hints: Hints = NEO4J
) -> EcosystemError:
    """The error for a failure that the database reports.

    Parameters
    ----------
    code
        ``Neo.<class>.<category>.<title>``, as both engines give it.
    message
        The database's own words.
    origin
        How places in the statement become places in the query.
    hints
        What to do about the database that reports it.
    """
    _, kind, category, title, *_ = (*code.split("."), "", "", "", "")
    lines = message.strip().splitlines() or [code]
    said = lines[0].rstrip(" .")
    # Neo4j gives the text that is no date below; below a place it gives the query once more.
    if lines[1:] and _QUOTED.fullmatch(lines[1]) and "(line " not in said:
        said = f"{said}: {lines[1]}"
    if category == "Security" and title in ("Unauthorized", "CredentialsExpired", "TokenExpired"):
        return StoreUnavailableError(
            f"{hints.name}: it refuses the password ({said}).", hints.password
        )
    if title == "AuthenticationRateLimit":
        return StoreUnavailableError(
            f"{hints.name}: too many wrong passwords were tried.",
            f"Wait a little. {hints.password}",
        )
    if category == "Database" or title == "DatabaseUnavailable":
        return StoreUnavailableError(f"{hints.name}: {said}.", hints.database)
    if category == "Security" or title == "AccessMode":
        return WriteRefusedError(f"query: the database lets it read only ({said}).", "Only read.")
    if title.startswith(("TransactionTimedOut", "Terminated")) or _TIME_IS_UP.search(message):
        return time_is_up()
    if title.startswith("Parameter"):
        return ParameterError(f"query: {said}.", "Give a value for each $parameter.")
    if title in ("SyntaxError", "SemanticError"):
        return _syntax_error(said, origin or Origin())
    if "OutOfMemory" in title:
        return QueryError("query: it needs more memory than the database has.", STOPPED)
    if title == "ConstraintValidationFailed" or "DeleteConnectedNode" in message:
        return changed_meanwhile(said)
    if category in ("Statement", "Procedure"):
        return QueryError(f"query: {said}.", "Mend the query.")
    hint = "Try again." if kind == "TransientError" else "See the log of the database."
    return StoreError(f"{hints.name}: {said} ({code}).", hint)


def of_words(words: str, origin: Origin) -> EcosystemError:
    """The error for what the embedded engine finds wrong with a query, without a code."""
    found = _EXCEPTION.search(words)
    title = _TITLES.get(found[1], "ExecutionFailed") if found else "ExecutionFailed"
    said = re.sub(r" \(caused by .*", "", words[found.end() :] if found else words)
    return of_code(f"Neo.ClientError.Statement.{title}", said, origin)


def placed(error: QueryError, cypher: str) -> QueryError:
    """The error with its place, if one thing that it names stands in the query."""
    if error.line:
        return error
    for pattern, once in _NAMED:
        for match in pattern.finditer(error.message):
            line, column = place_of(cypher, match[1] or "%", once=once)
            if line:
                error.line, error.column = line, column
                error.message = error.message.replace("query: ", f"query:{line}:{column}: ", 1)
                return error
    return error


def time_is_up(seconds: float | None = None) -> QueryTimeoutError:
    """The error where a query was stopped, after ``seconds`` if that is known."""
    after = "" if seconds is None else f" of {number(seconds, 'en')} s"
    return QueryTimeoutError(f"query: it was stopped at its time limit{after}.", STOPPED)


def too_large() -> QueryError:
    """The error where a value of the answer is too large or too deep to be handed over."""
    return QueryError("query: what it returns is too large or nested too deep.", "Return less.")


def told(error: EcosystemError) -> dict[str, Any]:
    """An error in plain values, for another process; ``heard`` makes it of them again."""
    place = {"line": error.line, "column": error.column} if isinstance(error, QueryError) else {}
    return {"kind": type(error).__name__, "message": error.message, "hint": error.hint, **place}


def heard(said: Mapping[str, Any]) -> EcosystemError:
    """The error that another process told."""
    named: dict[str, type[EcosystemError]] = {
        kind.__name__: kind
        for kind in (
            StoreUnavailableError,
            StoreLockedError,
            StoreError,
            WriteRefusedError,
            ParameterError,
            QueryTimeoutError,
            QuerySyntaxError,
            QueryError,
        )
    }
    rest = {name: said[name] for name in said if name != "kind"}
    return named.get(said["kind"], StoreError)(**rest)


def changed_meanwhile(detail: str) -> StoreChangedError:
    """The error where the store isn't as it was when the changes were worked out."""
    return StoreChangedError(
        f"database: it has changed since it was read, and nothing was stored ({detail}).",
        "Load again.",
    )


def _syntax_error(said: str, origin: Origin) -> QuerySyntaxError:
    line = column = 0
    for pattern, shift in _POSITIONS:
        if found := pattern.search(said):
            first = int(found[1]) - origin.added
            line, column = first + origin.line, int(found[2]) + shift
            column += origin.column if first == 1 else 0
            break
    text = re.sub(r"(?:Syntax error )?\bat line \d+(?::|, column )\d+(?: - )?", "", said)
    text = re.sub(r"\(line \d+, column \d+.*", "", text).strip()
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
    where = f"query:{line}:{column}" if line else "query"
    return QuerySyntaxError(f"{where}: {text}.", "Mend the query.", line, column)
