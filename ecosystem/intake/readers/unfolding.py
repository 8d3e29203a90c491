"""What a workbook would unfold to, told before it is: cells far away, texts that many cells share.

A sheet is read as an area from its first cell to its last, and a text that stands once in the
archive stands in each cell that names it. Only what is cheap is looked at here: the beginning and
the end of each sheet, and the texts. What is missed meets the limit on memory.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from ecosystem.intake import refusals
from ecosystem.intake.readers import zeros
from ecosystem.intake.table_graph import RefusedError

MOST_CELLS = 20_000_000
LONGEST_CELL = 32_767
"""The signs that a cell of a spreadsheet can hold, as the format says."""
TEXTS = "xl/sharedStrings.xml"
_END = 64 * 1024
_STEP = 1024 * 1024
_CELL = re.compile(rb'<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_TEXT = re.compile(rb"<(?:\w{1,20}:)?si[\s>]")


def refuse(raw: bytes, file: str) -> None:
    """Refuse a workbook whose cells would fill the memory.

    Raises
    ------
    RefusedError
        With the cell that stands too far away, or the text that is too long.
    """
    # What is damaged is told where it is read.
    with (
        suppress(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError),
        zipfile.ZipFile(io.BytesIO(raw)) as archive,
    ):
        names = set(archive.namelist())
        for sheet, path in zeros.sheets(archive).items() if names >= zeros.BOOK else ():
            if path in names:
                _refuse_far(archive, path, sheet, file)
        if TEXTS in names and archive.getinfo(TEXTS).file_size > LONGEST_CELL:
            _refuse_long(archive.read(TEXTS), file)


def _refuse_far(archive: zipfile.ZipFile, path: str, sheet: str, file: str) -> None:
    cells = list(_ends(archive, path))
    height = max((row for row, _, _ in cells), default=0)
    width = max((column for _, column, _ in cells), default=0)
    if height * width > MOST_CELLS:
        _, _, far = max(cells, key=lambda cell: cell[0] * cell[1])
        hint = refusals.CLEAR
        raise RefusedError(file, f"{sheet}!{far}", refusals.far(height, width), hint)


def _ends(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and name of the cells with which a sheet begins and ends."""
    head = last = b""
    with archive.open(path) as stream:
        while part := stream.read(_STEP):
            head = head or part[:_END]
            last = (last + part)[-_END:]
    for letters, row in _CELL.findall(head) + _CELL.findall(last):
        yield int(row), zeros.column(letters), (letters + row).decode()


def _refuse_long(texts: bytes, file: str) -> None:
    begins = [found.start() for found in _TEXT.finditer(texts)]
    for begin, end in zip(begins, [*begins[1:], len(texts)], strict=True):
        if end - begin > LONGEST_CELL:
            parts = (part.partition(b">")[2] for part in texts[begin:end].split(b"<"))
            signs = len(html.unescape(b"".join(parts).decode("utf-8", "replace")))
            if signs > LONGEST_CELL:
                message = refusals.long_cell(signs, LONGEST_CELL)
                raise RefusedError(file, "", message, refusals.SHORTEN)
