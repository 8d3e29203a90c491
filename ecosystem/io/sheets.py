"""Tables as files for a spreadsheet: an Excel workbook, or CSV.

Names come from packs that others wrote. A cell that a spreadsheet would run as a formula is
kept as text: with a leading apostrophe in CSV, as a cell of type text in a workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ecosystem.errors import ParameterError
from ecosystem.io import exports
from ecosystem.tables import Amount, Answer, Cell, Day, Figure, Named, Struck, Table
from ecosystem.values import Language, Text

Value = str | int | float | bool | date | None
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
WIDEST, NARROWEST = 60, 8
ENDINGS = (".xlsx", ".csv")
IDS, CURRENCIES = Text("id", "id"), Text("валута", "currency")


@dataclass(frozen=True)
class Sheet:
    """Rows under headers; ``title`` is the name of the sheet in a workbook.

    ``struck`` are the places of rows that count no longer.
    """

    title: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    struck: frozenset[int] = frozenset()


def as_sheets(answer: Answer, title: Text, lang: Language) -> tuple[Sheet, ...]:
    """The tables of an answer as sheets, named by their titles, the first by ``title``.

    What has a name stands with it, and with its id in a column behind.
    """
    tables = [table for table in answer.tables if table.rows]
    names = [title, *(table.title for table in tables[1:])]
    return tuple(
        _sheet(table, _sheet_name(say(name, lang), number), lang)
        for number, (name, table) in enumerate(zip(names, tables, strict=False), 1)
    ) or (Sheet(_sheet_name(say(title, lang), 1), (), ()),)


def _sheet(table: Table, title: str, lang: Language) -> Sheet:
    behind = [_behind(table, column) for column in range(len(table.headers))]
    headers = [
        words
        for header, second in zip(table.headers, behind, strict=True)
        for words in _headers(say(header, lang), second, lang)
    ]
    rows = [
        [
            value
            for cell, second in zip(row, behind, strict=True)
            for value in _values(cell, lang, second)
        ]
        for row in table.rows
    ]
    struck = (place for place, row in enumerate(table.rows) if any(map(_is_struck, row)))
    return Sheet(title, tuple(headers), rows, frozenset(struck))


def _behind(table: Table, column: int) -> Text | None:
    """What a second column behind one holds: the ids of what has a name, or currencies."""
    cells = [row[column] for row in table.rows]
    bare = [cell.cell if isinstance(cell, Struck) else cell for cell in cells]
    if any(isinstance(cell, Named) for cell in bare):
        return IDS
    return CURRENCIES if any(isinstance(cell, Amount) for cell in bare) else None


def _headers(words: str, second: Text | None, lang: Language) -> tuple[str, ...]:
    return (words, f"{words} ({say(second, lang)})".strip()) if second else (words,)


def _values(cell: Cell, lang: Language, second: Text | None) -> tuple[Value, ...]:
    bare = cell.cell if isinstance(cell, Struck) else cell
    if isinstance(bare, Named):
        return say(bare.name, lang), bare.id
    if isinstance(bare, Amount):
        return bare.number, bare.currency or None
    return (_value(cell, lang), None) if second else (_value(cell, lang),)


def say(words: Text | str, lang: Language) -> str:
    """A text in the language, else in the other."""
    return words.show(lang)[0] if isinstance(words, Text) else words


def _sheet_name(title: str, number: int) -> str:
    """What Excel takes as the name of a sheet, each with a number of its own."""
    name = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()
    return f"{number} {name}"[:31].strip()


def _is_struck(cell: Cell) -> bool:
    return isinstance(cell, Struck)


def _value(cell: Cell, lang: Language) -> Value:
    if isinstance(cell, Struck):
        return _value(cell.cell, lang)
    if isinstance(cell, Day):
        return _day(str(cell.value or ""))
    if isinstance(cell, Figure):
        return cell.value
    assert not isinstance(cell, Named)  # which is two cells
    return say(cell, lang) if isinstance(cell, Text) else cell


def _day(partial: str) -> Value:
    """A whole day as a date; a month, a year or nothing as it is."""
    try:
        return date.fromisoformat(partial) if len(partial) == len("2018-09-10") else partial
    except ValueError:
        return partial


def harmless(words: str) -> str:
    """``words`` with an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + words if words.startswith(RUNS_AS_FORMULA) else words


def as_csv(sheet: Sheet) -> str:
    """The sheet as CSV with a byte-order mark, by which Excel knows UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([harmless(header) for header in sheet.headers])
    rows.writerows([_plain(value) for value in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def _plain(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(sheets: Sequence[Sheet], made: date) -> bytes:
    """The sheets as one workbook: typed cells, the header frozen, the same bytes each time.

    Parameters
    ----------
    made
        The day that the workbook says it was made on.
    """
    import xlsxwriter

    out = io.BytesIO()
    # Text stays text: neither formulas nor links are made of what a cell says.
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": datetime(made.year, made.month, made.day)})
        looks, struck = _looks(book), _looks(book, font_strikeout=True)
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            for column, header in enumerate(sheet.headers):
                page.write_string(0, column, header[:LONGEST_CELL], looks["header"])
            for number, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row):
                    gone = number - 1 in sheet.struck and column == 0
                    _write(page, number, column, value, struck if gone else looks)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
            for column, wide in enumerate(_widths(sheet)):
                page.set_column(column, column, wide)
    return out.getvalue()


def _looks(book: Any, **more: bool) -> dict[str, Any]:
    """How a header and the cells of each sort look."""
    text = {"text_wrap": True, "valign": "top", **more}
    return {
        "header": book.add_format({"bold": True, "bottom": 1, **text}),
        "text": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "number": book.add_format({"valign": "top", **more}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", **more}),
    }


def _write(page: Any, row: int, column: int, value: Value, looks: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        look = looks["quoted" if value.startswith(RUNS_AS_FORMULA) else "text"]
        page.write_string(row, column, value[:LONGEST_CELL], look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, looks["number"])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks["date"])
    else:
        page.write_number(row, column, value, looks["number"])


def _widths(sheet: Sheet) -> list[int]:
    """Of each column the width of its widest line, within what reads well."""
    widths = []
    for column, header in enumerate(sheet.headers):
        cells = [header, *(str(row[column]) for row in sheet.rows if row[column] is not None)]
        longest = max(len(line) for cell in cells for line in cell.splitlines() or [""])
        widths.append(min(max(longest + 2, NARROWEST), WIDEST))
    return widths


def write(sheets: Sequence[Sheet], target: Path, made: date) -> Path:
    """``target`` with all sheets where it ends in .xlsx, with the first where it ends in .csv.

    The file appears whole or not at all.

    Raises
    ------
    ParameterError
        For another ending.
    ExportError
        Where the place cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        message = f"{target}: a table is written as {' or '.join(ENDINGS)}."
        raise ParameterError(message, "Name a file with one of these endings.")
    contents = as_xlsx(sheets, made) if ending == ".xlsx" else as_csv(sheets[0]).encode()
    return exports.write_bytes(contents, target)
