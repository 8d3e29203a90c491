"""A file as tables of nodes and ties: its own content, with the place of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ecosystem.errors import DataError, EcosystemError, Problem
from ecosystem.intake.losses import Loss
from ecosystem.values import Text

FORMATS = (
    "csv",
    "xlsx",
    "ods",
    "kumu-json",
    "kumu-csv",
    "kumu-project",
    "kumu-xlsx",
    "onodo-xlsx",
    "gexf",
    "graphml",
    "gml",
    "pajek",
    "ucinet-dl",
    "node-link",
    "jsonld",
    "ftm",
    "graphcommons-csv",
    "graphcommons-json",
    "cordis",
    "keep.eu",
)
"""The formats that are read, by the names that an import says."""
NODES, TIES, ROWS = "nodes", "ties", "rows"
"""What a table holds: records of nodes, records of ties, or rows of a sheet that may be either."""
MOST_ROWS = 2_000_000


class Row(NamedTuple):
    """The cells of a row as texts, and where it stands: a row of a sheet, a line or a path."""

    place: str
    cells: Sequence[str]


@dataclass
class Table:
    """One table of a file.

    Attributes
    ----------
    holds
        What the format says that it holds; ``rows`` where it does not say.
    letters
        Whether a cell's place is a letter before its row, as in a spreadsheet.
    identity
        The column by which ties name a node, ``""`` where they use its label.
    directed
        Whether ties lead one way where no column says otherwise; None where nobody says.
    head
        Where the row stands that was taken for the heading; empty where the format has names.
    header
        Whether that row is one; None where nobody needs to ask.
    """

    name: str
    columns: list[str]
    rows: list[Row]
    holds: str = ROWS
    letters: bool = False
    identity: str = ""
    directed: bool | None = None
    head: str = ""
    header: bool | None = None

    def place(self, row: Row, column: int) -> str:
        """Where a cell stands."""
        sheet, mark, number = row.place.rpartition("!")
        if self.letters and mark:
            return f"{sheet}!{letters(column)}{number.lstrip('0123456789') or number}"
        return row.place


@dataclass
class TableGraph:
    """What one import is made of: tables, and what was lost or noticed while reading."""

    format: str
    files: tuple[str, ...]
    tables: list[Table] = field(default_factory=list)
    warnings: list[Told] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    sha256: str = ""

    def warn(self, place: str, message: Text) -> None:
        """Say something of the first of its files."""
        self.warnings.append(Told(self.files[0], place, message))

    def clean(self, plain: Callable[[str], str]) -> None:
        """Make names of tables and columns ``plain``; one of which nothing is left is counted."""
        for number, table in enumerate(self.tables, 1):
            table.name = plain(table.name) or f"table {number}"
            names = [plain(name) if name else "" for name in table.columns]
            for place, name in enumerate(names):
                if not name and (table.columns[place] or _filled(table, place)):
                    names[place] = f"column {letters(place)}"
            # Two columns of one name are told apart.
            for place, name in enumerate(names):
                if name and name in names[:place]:
                    names[place] = f"{name} ({letters(place)})"
            table.columns = names

    def parted(self, place: str) -> tuple[str, str]:
        """The file of a place, which stands before it where several files are one, and the rest."""
        for file in self.files:
            if place.startswith(f"{file} "):
                return file, place.removeprefix(f"{file} ")
        return self.files[0], place


class Told(NamedTuple):
    """Something that is worth knowing about a place of a file."""

    file: str
    place: str
    message: Text

    def to_dict(self) -> dict[str, str]:
        """It as plain values, in English."""
        return {"file": self.file, "place": self.place, "message": self.message.en}


@dataclass(frozen=True)
class LeftOut:
    """What of a file does not come onto the map and why, and how often."""

    loss: Loss
    count: int

    def to_dict(self) -> dict[str, str | int]:
        """It as plain values, in English."""
        return {"what": self.loss.what.en, "count": self.count, "why": self.loss.why.en}


IMPORT_AGAIN = Text(
    "Поправете посоченото по-горе и внесете отново.", "Mend what is named above and import again."
)


class RefusedError(DataError):
    """A file that cannot be read: where, what is wrong and what to do."""

    todo = IMPORT_AGAIN

    def __init__(self, file: str, place: str, message: Text, hint: Text) -> None:
        self.problems = (Problem(file, 0, place, message.en, hint.en, (message, hint)),)
        EcosystemError.__init__(
            self,
            Text(f"{file}: нищо не е внесено.", f"{file}: nothing was imported."),
            self.todo,
        )


def _filled(table: Table, place: int) -> bool:
    return any(row.cells[place].strip() for row in table.rows)


def letters(column: int) -> str:
    """The letters of a column of a spreadsheet, counted from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
