"""CSV and TSV as spreadsheets write them: encoding and delimiter are recognised and said."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from ecosystem.intake import refusals, remarks
from ecosystem.intake.table_graph import MOST_ROWS, RefusedError, Row, Table, TableGraph
from ecosystem.values import LONGEST_CELL

DELIMITERS = ",;\t|"
MOST_COLUMNS = 2_000
_SAMPLE = 1024 * 1024
_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?[,;\t]*\r?\n', re.IGNORECASE)
_LETTERS = re.compile(r"[А-Яа-яЁёЀѝ]")
_CYRILLIC_WORD = re.compile(r"\b[А-Я]?[а-я]{3,}\b|\b[А-Я]{3,}\b")


def decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises
    ------
    RefusedError
        Where it is no text: with the first byte that cannot be one.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), *_UTF_16):
        if raw.startswith(mark):
            return _decode(raw, name, file), name.removesuffix("-sig")
    if name := _utf_16_without_mark(raw):
        return _decode(raw, name, file), name
    if (found := raw.find(b"\0")) >= 0:
        raise RefusedError(file, f"byte {found}", refusals.NUL, refusals.AS_CSV)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _of_one_byte(raw)


_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


_SCRIPTS = b"\x00\x01\x03\x04\x20"
"""The high bytes of Latin, Greek and Cyrillic letters and of the usual signs in UTF-16."""


def _decode(raw: bytes, encoding: str, file: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = refusals.encoding(encoding.upper(), error.reason)
        raise RefusedError(file, f"byte {error.start}", message, refusals.AS_CSV) from None


def _utf_16_without_mark(raw: bytes) -> str:
    """The encoding of a text whose every second byte says the script, as some programs leave it."""
    head = raw[:2000]
    if len(head) >= 4 and 0 in head:
        for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if sum(byte in _SCRIPTS for byte in high) > 0.95 * len(high):
                return name
    return ""


def _of_one_byte(raw: bytes) -> tuple[str, str]:
    """Text of Windows: Cyrillic where it makes whole Cyrillic words, else of the west."""
    cyrillic = raw.decode("cp1251", errors="replace")
    strange = sum(byte > 127 for byte in raw)
    inside = sum(len(word) for word in _CYRILLIC_WORD.findall(cyrillic))
    if inside * 2 > strange:
        return cyrillic, "cp1251"
    return raw.decode("cp1252", errors="replace"), "cp1252"


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that gives the most even rows of more than one cell."""
    best, most = ",", (0.0, 0)
    for sign in DELIMITERS:
        try:
            sample = list(_some(csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=sign)))
        except csv.Error:
            continue
        widths = [len(cells) for cells in sample[: -1 if len(text) > 60_000 else None] if cells]
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if (even, widths[0]) > most:
            best, most = sign, (even, widths[0])
    return best


def _some(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, cells in enumerate(reader):
        if number == 200:
            return
        yield cells


def read(raw: bytes, file: str) -> TableGraph:
    """The one table of a CSV file.

    Raises
    ------
    RefusedError
        Where there is no header, no row, or a cell never ends.
    """
    text, encoding = decoded(raw, file)
    graph = TableGraph("csv", (file,))
    said = _SEPARATOR.match(text)
    sign = said[1] if said else delimiter_of(text)
    first = 1
    if said:
        text, first = text[said.end() :], 2
    if encoding not in ("utf-8",):
        graph.warn("byte 0", remarks.encoding(encoding))
    graph.tables.append(table_of(text, file, sign, graph, first))
    return graph


def read_stream(stream: BinaryIO, file: str) -> TableGraph:
    """The one table of a CSV file that is open, without its text ever being held whole.

    Raises
    ------
    RefusedError
        As of one that is read at once.
    """
    encoding = _encoding_of(stream, file)
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    head = text.read(_SAMPLE)
    text.seek(0)
    graph = TableGraph("csv", (file,))
    if said := _SEPARATOR.match(head):
        text.readline()
    sign = said[1] if said else delimiter_of(head)
    if encoding != "utf-8":
        graph.warn("byte 0", remarks.encoding(encoding.removesuffix("-sig")))
    graph.tables.append(table_of(text, file, sign, graph, 2 if said else 1))
    return graph


def _encoding_of(stream: BinaryIO, file: str) -> str:
    """The encoding of all of an open file, which stands at its beginning afterwards."""
    head = stream.read(_SAMPLE)
    marked = next(
        (
            name
            for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), *_UTF_16)
            if head.startswith(mark)
        ),
        _utf_16_without_mark(head),
    )
    tried = marked or "utf-8"
    decoder = codecs.getincrementaldecoder(tried)()
    strange, place = b"", 0
    part = head
    while part:
        if not marked and (found := part.find(b"\0")) >= 0:
            raise RefusedError(file, f"byte {place + found}", refusals.NUL, refusals.AS_CSV)
        try:
            decoder.decode(part)
        except UnicodeDecodeError as error:
            if marked:
                message = refusals.encoding(tried.upper(), error.reason)
                at = f"byte {place + error.start}"
                raise RefusedError(file, at, message, refusals.AS_CSV) from None
            strange = part
            break
        place += len(part)
        part = stream.read(_SAMPLE)
    stream.seek(0)
    return _of_one_byte(strange)[1] if strange else tried


def table_of(
    text: str | Iterable[str], file: str, sign: str, graph: TableGraph, first: int = 1
) -> Table:
    """The rows of a text or of its lines; the first that holds something is the header."""
    lines = io.StringIO(text, newline="") if isinstance(text, str) else text
    table: Table | None = None
    width = 0
    for line, cells in _rows(lines, file, sign, first):
        if not "".join(cells).strip():
            continue
        if table is None:
            table = Table(_stem(file), _header(cells, file, line), [], head=f"line {line}")
            width = len(table.columns)
            continue
        if len(cells) > width and "".join(cells[width:]).strip():
            graph.warn(f"line {line}", remarks.more_cells(len(cells), width))
        # Cells repeat: each text is kept once.
        kept = tuple(map(sys.intern, [*cells, *[""] * width][:width]))
        table.rows.append(Row(f"line {line}", kept))
        if len(table.rows) > MOST_ROWS:
            raise RefusedError(
                file, f"line {line}", refusals.too_many(MOST_ROWS, refusals.ROWS), refusals.SPLIT
            )
    if table is None:
        raise RefusedError(file, "line 1", refusals.NO_HEADER, refusals.WRITE_ROWS)
    return table


def _header(cells: Sequence[str], file: str, line: int) -> list[str]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        message = refusals.columns(len(names), MOST_COLUMNS)
        raise RefusedError(file, f"line {line}", message, refusals.KEEP_COLUMNS)
    return names


def _rows(
    lines: Iterable[str], file: str, sign: str, first: int
) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=sign, strict=False)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + first
    except csv.Error as error:
        message = refusals.broken_csv(error)
        raise RefusedError(file, f"line {line}", message, refusals.QUOTE) from None


def _stem(file: str) -> str:
    return file.rpartition(".")[0] or file
