"""Answers as tables, JSON or CSV for a terminal, in either language."""

from __future__ import annotations

import csv
import json
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import TextIO

from ecosystem import figures
from ecosystem.tables import STRUCK, Answer, Cell, Figure, Named, Struck, Table
from ecosystem.values import Language, Text


def say(stream: TextIO, notes: Iterable[Text | str], lang: Language) -> None:
    """Print notes, each on a line of its own."""
    stream.writelines(_say(note, lang) + "\n" for note in notes)


def write(stream: TextIO, answer: Answer, form: str, lang: Language) -> None:
    """Print ``answer`` as ``json``, ``csv`` (its tables, a blank line between) or ``table``.

    ``csv-bom`` begins with a byte-order mark, by which a spreadsheet knows UTF-8.
    """
    if form == "json":
        json.dump(answer.values, stream, ensure_ascii=False, indent=2, allow_nan=False)
        stream.write("\n")
    elif form in ("csv", "csv-bom"):
        stream.write("\ufeff" if form == "csv-bom" else "")
        _write_csv(stream, answer, lang)
    else:
        _write_tables(stream, answer, lang)


def _write_csv(stream: TextIO, answer: Answer, lang: Language) -> None:
    out = csv.writer(stream, lineterminator="\n")
    for number, table in enumerate(answer.tables):
        if number:
            stream.write("\n")
        out.writerow(_safe(_say(header, lang)) for header in table.headers)
        out.writerows([_safe(_bare(cell, lang)) for cell in row] for row in table.rows)


def _bare(cell: Cell, lang: Language) -> str:
    if isinstance(cell, Struck):
        return _bare(cell.cell, lang)
    if isinstance(cell, Named):
        return cell.id
    value = cell.value if isinstance(cell, Figure) else cell
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (repr(float(value)) if isinstance(value, float) else str(value)).removesuffix(".0")
    return _say(value, lang)


def _safe(cell: str) -> str:
    # A spreadsheet runs a cell that begins like a formula.
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t") and not _number(cell) else cell


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _write_tables(stream: TextIO, answer: Answer, lang: Language) -> None:
    width = max(60, shutil.get_terminal_size((110, 40)).columns)
    for note in answer.notes:
        stream.write(_filled(_say(note, lang), width) + "\n")
    for number, table in enumerate(answer.tables):
        if number or answer.notes:
            stream.write("\n")
        if table.title:
            stream.write(textwrap.fill(_say(table.title, lang), width) + "\n")
        stream.writelines(_lines(table, lang, width))
        for note in table.notes:
            stream.write(
                textwrap.fill(_say(note, lang), width, initial_indent="  ", subsequent_indent="  ")
                + "\n"
            )


def _filled(note: str, width: int) -> str:
    # An id, an address or a path can be taken from the screen in one piece.
    return textwrap.fill(note, width, break_long_words=False, break_on_hyphens=False)


def _lines(table: Table, lang: Language, width: int) -> Iterable[str]:
    rows = [[_say(cell, lang) for cell in row] for row in table.rows]
    if not rows:
        return
    headers = [_say(header, lang) for header in table.headers]
    grid = [headers, *rows] if any(headers) else rows
    widths = [max(1, *(_width(row[i]) for row in grid)) for i in range(len(headers))]
    spare = width - sum(widths) - 2 * (len(widths) - 1)
    while spare < 0 and max(widths) > 12:
        widest = widths.index(max(widths))
        cut = min(-spare, widths[widest] - 12)
        second = sorted(widths)[-2] if len(widths) > 1 else 12
        cut = max(1, min(cut, widths[widest] - second)) if widths[widest] > second else 1
        widths[widest] -= cut
        spare += cut
    right = [all(_numeric(row[i]) for row in table.rows) for i in range(len(headers))]
    for number, row in enumerate(grid):
        yield from _wrapped(row, widths, right)
        if number == 0 and any(headers):
            yield "  ".join("─" * one for one in widths) + "\n"


def _numeric(cell: Cell) -> bool:
    value = cell.value if isinstance(cell, Figure) else cell
    return value is None or isinstance(value, (int, float))


def _wrapped(row: list[str], widths: list[int], right: list[bool]) -> Iterable[str]:
    cells = [
        textwrap.wrap(cell, wide, break_long_words=True) or [""]
        for cell, wide in zip(row, widths, strict=True)
    ]
    for line in range(max(map(len, cells))):
        parts = []
        for cell, wide, flush in zip(cells, widths, right, strict=True):
            text = cell[line] if line < len(cell) else ""
            pad = " " * (wide - _width(text))
            parts.append(pad + text if flush else text + pad)
        yield "  ".join(parts).rstrip() + "\n"


def _width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text
    )


def _say(cell: Cell, lang: Language) -> str:
    if isinstance(cell, Text):
        return cell.show(lang)[0]
    if isinstance(cell, Named):
        return f"{_say(cell.name.show(lang)[0], lang)} ({cell.id})"
    if isinstance(cell, Figure):
        return cell.text.show(lang)[0]
    if isinstance(cell, Struck):
        return f"{STRUCK}{_say(cell.cell, lang)}"
    if isinstance(cell, bool):
        return Text("да", "yes").show(lang)[0] if cell else Text("не", "no").show(lang)[0]
    if cell is None or isinstance(cell, (int, float)):
        return figures.number(cell, lang)
    # Control characters in data must not reach a terminal.
    return "".join(c if c.isprintable() or c == "\u00a0" else " " for c in str(cell))
