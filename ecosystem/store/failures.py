"""What a database's refusal means: its code and message as an error of the mapper."""

from __future__ import annotations

import re

from ecosystem.errors import (
    EcosystemError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreUnavailableError,
    WriteRefusedError,
)

_POSITIONS = (
    (re.compile(r"\(line (\d+), column (\d+)"), 0),  # Neo4j counts columns from 1
    (re.compile(r"line (\d+)(?::|, column )(\d+)"), 1),  # ArcadeDB counts them from 0
)
_TIME_IS_UP = re.compile(r"arcadedb\.command\.timeout|has been terminated")
_CREDENTIALS = "Set NEO4J_USERNAME and NEO4J_PASSWORD to those of the database."
_STOPPED = "Narrow the query, or raise ECOSYSTEM_TIME_LIMIT."


def of_code(code: str, message: str, lines_before: int = 0) -> EcosystemError:
    """The error for a failure that the database reports.

    Parameters
    ----------
    code
        ``Neo.<class>.<category>.<title>``, as both engines give it.
    message
        The database's own words.
    lines_before
        How many lines were put before the query, to be taken off the line it names.
    """
    _, kind, category, title, *_ = (*code.split("."), "", "", "", "")
    said = message.strip().splitlines()[0].rstrip(" .") if message.strip() else code
    if category == "Security" and title in ("Unauthorized", "CredentialsExpired", "TokenExpired"):
        return StoreUnavailableError(f"database: it refuses the password ({said}).", _CREDENTIALS)
    if title == "AuthenticationRateLimit":
        return StoreUnavailableError(
            "database: too many wrong passwords were tried.", f"Wait a little. {_CREDENTIALS}"
        )
    if category == "Database" or title == "DatabaseUnavailable":
        return StoreUnavailableError(f"database: {said}.", "Check NEO4J_DATABASE.")
    if category == "Security" or title == "AccessMode":
        return WriteRefusedError(f"query: the database lets it read only ({said}).", "Only read.")
    if title.startswith(("TransactionTimedOut", "Terminated")) or _TIME_IS_UP.search(message):
        return time_is_up()
    if title.startswith("Parameter"):
        return ParameterError(f"query: {said}.", "Give a value for each $parameter.")
    if title in ("SyntaxError", "SemanticError"):
        return _syntax_error(said, lines_before)
    if "OutOfMemory" in title:
        return QueryError("query: it needs more memory than the database has.", _STOPPED)
    if title == "ConstraintValidationFailed" or "DeleteConnectedNode" in message:
        return changed_meanwhile(said)
    if category in ("Statement", "Procedure"):
        return QueryError(f"query: {said}.", "Mend the query.")
    hint = "Try again." if kind == "TransientError" else "See the log of the database."
    return StoreError(f"database: {said} ({code}).", hint)


def time_is_up(seconds: float | None = None) -> QueryTimeoutError:
    """The error where a query was stopped, after ``seconds`` if that is known."""
    after = "" if seconds is None else f" of {seconds:g} s"
    return QueryTimeoutError(f"query: it was stopped at its time limit{after}.", _STOPPED)


def changed_meanwhile(detail: str) -> StoreError:
    """The error where the store isn't as it was when the changes were worked out."""
    return StoreError(
        f"database: it has changed since it was read, and nothing was stored ({detail}).",
        "Load again.",
    )


def _syntax_error(said: str, lines_before: int) -> QuerySyntaxError:
    line = column = 0
    for pattern, shift in _POSITIONS:
        if found := pattern.search(said):
            line, column = int(found[1]) - lines_before, int(found[2]) + shift
            break
    text = re.sub(r"(?:Syntax error )?\bat line \d+(?::|, column )\d+(?: - )?", "", said)
    text = re.sub(r"\(line \d+, column \d+.*", "", text).strip()
    where = f"query:{line}:{column}" if line else "query"
    return QuerySyntaxError(f"{where}: {text}.", "Mend the query.", line, column)
