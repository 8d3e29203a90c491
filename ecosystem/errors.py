"""Every error the mapper raises on purpose.

::

    EcosystemError
    ├── SettingsError
    ├── DataError                  carries every Problem of a load
    ├── NotFoundError              offers the nearest names
    ├── ModelVersionError
    ├── ExportError
    ├── StoreError
    │   ├── StoreUnavailableError
    │   ├── StoreLockedError
    │   └── StoreChangedError
    └── QueryError
        ├── ParameterError
        ├── WriteRefusedError
        ├── QueryTimeoutError
        └── QuerySyntaxError

Messages read *where: what is wrong*, hints say *what to do*. Anything else that escapes is a
bug and stays a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class EcosystemError(Exception):
    """An expected failure: what is wrong, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SettingsError(EcosystemError):
    """A setting has a value that cannot be used; the message names its origin."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the data, and where: file, line (from 1), column."""

    file: str
    line: int
    column: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.message} {self.hint}".strip()


class DataError(EcosystemError):
    """The data cannot be loaded; ``problems`` holds every reason, ordered by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__(
            f"{count} problem{'s' if count != 1 else ''} in the data; nothing was changed.",
            "Mend the lines named above and load again.",
        )


class NotFoundError(EcosystemError):
    """An unknown id, lens, gap or query; ``nearest`` holds up to three known names."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        self.what, self.name = what, name
        self.nearest = nearest(name, known)
        hint = f"Did you mean {' or '.join(repr(n) for n in self.nearest)}?" if self.nearest else ""
        super().__init__(f"there is no {what} {name!r}.", hint)


class ModelVersionError(EcosystemError):
    """The data was written for another version of the model."""


class ExportError(EcosystemError):
    """The export cannot be written."""


class StoreError(EcosystemError):
    """The database refused or failed."""


class StoreUnavailableError(StoreError):
    """No database answers, or it refuses the password."""


class StoreLockedError(StoreError):
    """Another process owns the data folder."""


class StoreChangedError(StoreError):
    """Somebody else changed the store since it was read; nothing was stored."""


class QueryError(EcosystemError):
    """A query cannot be answered."""


class ParameterError(QueryError):
    """A parameter is missing, unknown or of the wrong type."""


class WriteRefusedError(QueryError):
    """A reading query tried to write, administer or load files."""


class QueryTimeoutError(QueryError):
    """A query was stopped at its time limit."""


class QuerySyntaxError(QueryError):
    """The database does not understand the query; line and column from 1 where known."""

    def __init__(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message, hint)
        self.line, self.column = line, column


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of ``known`` that look most like ``name``, best first."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.6))
