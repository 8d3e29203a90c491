"""Workbooks and CSV: typed cells, the header frozen, nothing that runs."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from ecosystem.errors import ExportError, ParameterError
from ecosystem.io.sheets import LONGEST_CELL, Sheet, as_csv, as_sheets, as_xlsx, write
from ecosystem.tables import Answer, Table, amount
from ecosystem.tables import date as day
from ecosystem.values import Text

DAY = date(2026, 11, 23)
SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
RUNS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "{=1+1}",
    "=cmd|'/c calc'!A0",
    "http://example.org",
]
SHEET = Sheet(
    "Списък",
    ("Име", "=HEADER()"),
    [
        ("Алфа", 3),
        (None, 2.5),
        ("", True),
        ("Бета", date(2018, 9, 10)),
        *((one, 1) for one in RUNS),
    ],
)


def cells(book: bytes, number: int = 1) -> dict[str, tuple[str, str]]:
    """Of a sheet each cell with its type and value."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        shared = [
            "".join(t.text or "" for t in item.iter(f"{{{SPACE['m']}}}t"))
            for item in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        page = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
    found = {}
    for cell in page.iterfind(".//m:c", SPACE):
        kind = cell.get("t", "n")
        value = cell.findtext("m:v", "", SPACE)
        found[cell.get("r", "")] = (kind, shared[int(value)] if kind == "s" else value)
    return found


def part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return parts.read(name).decode()


def test_cells_are_typed_and_empty_ones_are_not_there():
    found = cells(as_xlsx([SHEET], DAY))
    assert found["A1"] == ("s", "Име")
    assert found["B2"] == ("n", "3") and found["B3"] == ("n", "2.5")
    assert found["B4"] == ("b", "1")
    assert found["B5"] == ("n", str((date(2018, 9, 10) - date(1899, 12, 30)).days))
    assert "A3" not in found and "A4" not in found


def test_nothing_in_a_workbook_runs_and_every_name_stays_as_it_is():
    book = as_xlsx([SHEET], DAY)
    page = part(book, "xl/worksheets/sheet1.xml")
    assert "<f" not in page.replace("<filter", "") and "hyperlink" not in page
    found = cells(book)
    texts = [found[f"A{row}"] for row in range(6, 6 + len(RUNS))]
    assert [kind for kind, _ in texts] == ["s"] * len(RUNS)
    assert texts[0][1] == "=1+1" and texts[7][1] == "{=1+1}"
    assert 'quotePrefix="1"' in part(book, "xl/styles.xml")


def test_the_header_is_frozen_and_the_bytes_are_the_same_each_time():
    book = as_xlsx([SHEET, Sheet("Второ", ("А",), [])], DAY)
    assert 'ySplit="1"' in part(book, "xl/worksheets/sheet1.xml")
    assert 'name="Второ"' in part(book, "xl/workbook.xml")
    assert book == as_xlsx([SHEET, Sheet("Второ", ("А",), [])], DAY)


def test_a_text_longer_than_a_cell_is_cut():
    found = cells(as_xlsx([Sheet("A", ("x",), [("я" * 40_000,)])], DAY))
    assert len(found["A2"][1]) == LONGEST_CELL


def test_csv_quotes_what_would_run_and_leaves_the_rest():
    text = as_csv(SHEET)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows[0] == ["Име", "'=HEADER()"]
    assert rows[1:5] == [["Алфа", "3"], ["", "2.5"], ["", "True"], ["Бета", "2018-09-10"]]
    for (said, _), meant in zip(rows[5:], RUNS, strict=True):
        assert said == (meant if meant[0] in "{h" else "'" + meant)


def test_a_file_is_written_whole_by_its_ending(tmp_path):
    assert write([SHEET], tmp_path / "a.xlsx", DAY).read_bytes()[:2] == b"PK"
    assert write([SHEET], tmp_path / "a.CSV", DAY).read_text("utf-8-sig").startswith("Име")
    with pytest.raises(ParameterError):
        write([SHEET], tmp_path / "a.ods", DAY)
    with pytest.raises(ExportError):
        write([SHEET], tmp_path / "nowhere" / "a.csv", DAY)


def test_amounts_are_numbers_with_their_currency_behind_and_whole_days_are_dates():
    table = Table(
        ("Who", "Sum", "On"),
        [
            ("a", amount(1050, "EUR"), day("2018-09-10")),
            ("b", amount(7000, "JPY"), day("2018-09")),
            ("c", amount(None, ""), day("")),
        ],
    )
    (sheet,) = as_sheets(Answer(None, (table,)), Text("Списък", "List"), "en")
    assert sheet.headers == ("Who", "Sum", "Sum (currency)", "On")
    assert sheet.rows[0] == ["a", 10.5, "EUR", date(2018, 9, 10)]
    assert sheet.rows[1] == ["b", 7000.0, "JPY", "2018-09"]
    assert sheet.rows[2] == ["c", None, None, ""]
    found = cells(as_xlsx([sheet], DAY))
    assert found["B2"] == ("n", "10.5") and found["C2"] == ("s", "EUR")
    assert found["D2"][0] == "n" and found["D3"] == ("s", "2018-09")
