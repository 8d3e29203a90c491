"""Workbooks: XLSX, XLSM and ODS, each sheet a table.

A number stands as the sheet shows it where that matters: a format of zeros alone (``00535``) keeps
its leading zeros, days are days. A sheet is read from its first row and column, whichever is used.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ecosystem.intake import refusals, remarks
from ecosystem.intake.readers import unfolding, zeros
from ecosystem.intake.table_graph import MOST_ROWS, RefusedError, Row, Table, TableGraph

MOST_UNPACKED = 1024**3
MOST_RATIO = 200
MOST_COLUMNS = 2_000
MOST_FILES = 10_000


def read(raw: bytes, file: str) -> TableGraph:
    """Every sheet that holds something.

    Raises
    ------
    RefusedError
        Where the archive is damaged, or unpacks to more than it may.
    """
    guarded(raw, file)
    unfolding.refuse(raw, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [
            (one, book.get_sheet_by_name(one.name))
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as error:
        message = refusals.damaged(refusals.WORKBOOK, error)
        raise RefusedError(file, "byte 0", message, refusals.SAVE_AGAIN) from None
    graph = TableGraph(_format(raw), (file,))
    shown = zeros.columns(raw)
    for meta, sheet in sheets:
        table = _table(meta.name, sheet, shown.get(meta.name, {}), graph)
        if meta.visible != SheetVisibleEnum.Visible:
            graph.warn(meta.name, remarks.hidden(meta.name))
        if table is not None:
            graph.tables.append(table)
    if not graph.tables:
        raise RefusedError(file, "byte 0", refusals.NO_SHEET, refusals.FILL)
    return graph


def guarded(raw: bytes, file: str) -> None:
    """Refuse an archive that is damaged, or that would fill the memory when it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = refusals.damaged(refusals.ARCHIVE, error)
        raise RefusedError(file, "byte 0", message, refusals.DAMAGED) from None
    unpacked = sum(one.file_size for one in inside)
    worst = max(
        (one.file_size / max(1, one.compress_size) for one in inside if one.file_size > 10_000_000),
        default=0,
    )
    if unpacked > MOST_UNPACKED or worst > MOST_RATIO or len(inside) > MOST_FILES:
        message = refusals.unpacked(unpacked >> 20)
        raise RefusedError(file, "byte 0", message, refusals.SHEET_AS_CSV)


def _format(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "ods" if "mimetype" in archive.namelist() else "xlsx"


def _table(name: str, sheet: Any, shown: dict[int, str], graph: TableGraph) -> Table | None:
    """A sheet as a table; None where there is nothing in it.

    What is merged is filled: in the header as a name for each column, below as the same value.
    """
    if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
        message = refusals.area(sheet.height, sheet.width)
        raise RefusedError(graph.files[0], name, message, refusals.KEEP)
    rows = [list(cells) for cells in sheet.to_python(skip_empty_area=False)]
    for first, last in sheet.merged_cell_ranges or ():
        _fill(rows, first, last)
    header: list[str] | None = None
    table: Table | None = None
    for number, cells in enumerate(rows, 1):
        texts = [_text(cell, shown.get(column, "")) for column, cell in enumerate(cells)]
        if not any(texts):
            continue
        if header is None:
            if sum(map(bool, texts)) == 1 and len(texts) > 1 and number < len(rows):
                graph.warn(f"{name}!{number}", remarks.title("".join(texts)[:80]))
                continue
            header = [" ".join(text.split()) for text in texts]
            while header and not header[-1]:
                header.pop()
            table = Table(name, header, [], letters=True, head=f"{name}!{number}")
        elif table is not None:
            # Cells repeat: each text is kept once.
            table.rows.append(Row(f"{name}!{number}", tuple(map(sys.intern, texts[: len(header)]))))
    return table if table is not None and table.rows else None


def _fill(rows: list[list[Any]], first: tuple[int, int], last: tuple[int, int]) -> None:
    """What is written once over merged cells stands in each of them, unless it is a wide title."""
    (top, left), (bottom, right) = first, last
    if top >= len(rows) or left >= len(rows[top]) or (top == 0 and right - left > 2):
        return
    for row in range(top, min(bottom, len(rows) - 1) + 1):
        for column in range(left, min(right, len(rows[row]) - 1) + 1):
            rows[row][column] = rows[top][left]


def _text(cell: Any, shown: str) -> str:
    """A cell as the sheet shows it."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell)).zfill(len(shown))
        case int() | float():
            return str(cell)
        case datetime():
            plain = cell.time() == time()
            return cell.date().isoformat() if plain else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return _clean(str(cell))


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).strip()
