"""The rows of a CSV file, however a spreadsheet left it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from ecosystem.values import LONGEST_CELL

MAX_FILE_BYTES = 512 * 1024 * 1024
MOST_COLUMNS = 1_000
_LEFT_BY_SPREADSHEETS = ("~$", ".~", "._")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR = re.compile(r'"?sep=(.)"?[,;\t]*\r?\Z', re.IGNORECASE)
_OTHERS = {";": "semicolons", "\t": "tabs"}


class UnreadableError(Exception):
    """A file that has no rows to read: the line, what is wrong, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class Row(NamedTuple):
    """The cells of a row and the line where it begins."""

    line: int
    cells: list[str]


def is_data(path: Path) -> bool:
    """Whether a file is somebody's, and not what an open spreadsheet leaves beside it."""
    return not path.name.startswith(_LEFT_BY_SPREADSHEETS)


def rows(path: Path) -> Iterator[Row]:
    """The rows that hold something, the header first, its names as columns are called.

    UTF-8 and UTF-16 are understood, so is every sort of line end; a first line ``sep=,`` and
    columns without a name and without a cell are left out.

    Raises
    ------
    UnreadableError
        Where the file, or the rest of it, cannot be read.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(_content(path), newline=""), strict=True)
    try:
        yield from _whole(_filled(reader))
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"a cell has more than {LONGEST_CELL} letters."
            hint = "Look for a quote that is not closed, or shorten the text."
            raise UnreadableError(reader.line_num, message, hint) from None
        hint = "A quote inside a quoted text is written twice."
        raise UnreadableError(reader.line_num, f"is not CSV: {error}.", hint) from None


class _Reader(Protocol):
    """What ``csv.reader`` makes; its own class has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _filled(reader: _Reader) -> Iterator[Row]:
    line = 1
    for cells in reader:
        said = line == 1 and _SEPARATOR.match(",".join(cells))
        if not said and "".join(cells).strip():
            yield Row(line, cells)
        line = reader.line_num + 1


def _whole(filled: Iterator[Row]) -> Iterator[Row]:
    first = next(filled, None)
    if first is None:
        hint = "Write the header and rows, or remove the file."
        raise UnreadableError(0, "is empty: it has no header.", hint)
    if len(first.cells) > MOST_COLUMNS:
        message = f"has {len(first.cells)} columns, more than {MOST_COLUMNS}."
        raise UnreadableError(first.line, message, "Keep the columns that the kind has.")
    for sign, name in _OTHERS.items():
        if len(first.cells) == 1 and sign in first.cells[0]:
            raise UnreadableError(first.line, f"is separated by {name}.", "Save it with commas.")
    names = ["_".join(cell.split()).lower() for cell in first.cells]
    nameless = [place for place, name in enumerate(names) if not name]
    yield Row(first.line, [name for name in names if name])
    for row in filled:
        cells = row.cells
        if nameless and len(cells) == len(names):
            lost = [place for place in nameless if cells[place].strip()]
            if lost:
                message = f"column {lost[0] + 1} has cells and no name."
                raise UnreadableError(row.line, message, "Name it in the header, or empty it.")
            cells = [cell for place, cell in enumerate(cells) if names[place]]
        yield Row(row.line, cells)


def _content(path: Path) -> str:
    # A device or a pipe would never end.
    if not path.is_file():
        raise UnreadableError(0, "is not a file.", "Put a CSV file there, or remove it.")
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableError(0, f"is larger than {MAX_FILE_BYTES >> 20} MiB.", "Split it.")
        raw = path.read_bytes()
    except OSError as error:
        hint = "See who may read it."
        raise UnreadableError(0, f"cannot be read: {error.strerror}.", hint) from None
    try:
        content = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
        raise UnreadableError(line, "is not UTF-8 text.", hint) from None
    if "\0" in content:
        line = content[: content.index("\0")].count("\n") + 1
        raise UnreadableError(line, "holds a NUL byte.", "Save it again as plain CSV.")
    return content
