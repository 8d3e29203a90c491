"""What a file does to what reads it costs whoever sent it a sentence, and nobody else anything."""

from __future__ import annotations

import ctypes
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.dataset import EMPTY
from ecosystem.documents import reading
from ecosystem.identity.doubles import names_of
from ecosystem.identity.index import NameIndex
from ecosystem.intake import apart, readers, refusals
from ecosystem.intake.apart import Limits
from ecosystem.intake.bringing import Prepared, Wanted, prepare
from ecosystem.intake.readers import unfolding
from ecosystem.intake.table_graph import RefusedError, TableGraph
from ecosystem.model import Organisation
from ecosystem.settings import Settings
from ecosystem.values import LONGEST_NAME, LONGEST_TEXT

OPEN = "http://schemas.openxmlformats.org"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
MAIN = f'xmlns="{OPEN}/spreadsheetml/2006/main"'
TYPES = f'<Types xmlns="{OPEN}/package/2006/content-types"/>'


def relations(**targets: str) -> str:
    """What an archive of a workbook says of its parts."""
    each = (
        f'<Relationship Id="{sort}" Type="{OFFICE}/{sort}" Target="{target}"/>'
        for sort, target in targets.items()
    )
    space = f'xmlns="{OPEN}/package/2006/relationships"'
    return f"<Relationships {space}>{''.join(each)}</Relationships>"


START = relations(officeDocument="xl/workbook.xml")
PLACES = relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml")
BOOK = (
    f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Guests" sheetId="1" r:id="worksheet"/></sheets></workbook>'
)


def book(rows: str, texts: str = "") -> bytes:
    """A workbook of one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", START)
        archive.writestr("xl/_rels/workbook.xml.rels", PLACES)
        archive.writestr("xl/workbook.xml", BOOK)
        sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{texts}</sst>")
    return stream.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def far() -> bytes:
    """Three cells, the last of which is the last that a sheet can have."""
    ends = ((1, "A1"), (2, "A2"), (1048576, "XFD1048576"))
    return book("".join(f'<row r="{row}">{cell(name, "x")}</row>' for row, name in ends))


def shared(signs: int, times: int) -> bytes:
    """One text that many cells name."""
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>{n > 1:d}</v></c></row>' for n in range(1, times))
    return book("".join(rows), f"<si><t>name</t></si><si><t>{'B' * signs}</t></si>")


def why(read: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as found:
        read()
    (problem,) = found.value.problems
    assert problem.said is not None and all(one.bg and one.en for one in problem.said)
    return str(problem)


# Readers of whatever sort, which run in the other process.


def greedy(_raw: bytes, _name: str) -> bytes:
    return bytes(8 << 30)


def aborting(_raw: bytes, _name: str) -> None:
    os.abort()


def falling(_raw: bytes, _name: str) -> None:
    ctypes.string_at(0)


def slow(_raw: bytes, _name: str) -> None:
    time.sleep(60)


def chatty(raw: bytes, name: str) -> TableGraph:
    print("a library says something")
    return readers.read_bytes(raw, name)


def strange(_raw: bytes, _name: str) -> object:
    return os.getcwd


def mistaken(_raw: bytes, _name: str) -> None:
    raise KeyError("a mistake of ours")


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        (greedy, refusals.needs_memory(300)),
        (aborting, refusals.needs_memory(300)),
        (falling, refusals.BROKE_OFF),
    ],
)
def test_what_ends_a_reader_is_said_of_its_file(reader, message):
    said = why(lambda: apart.read(reader, b"x", "guests.csv", Limits(300)))
    assert said.startswith(f"guests.csv: {message.en}")


def test_what_takes_too_long_is_stopped():
    said = why(lambda: apart.read(slow, b"x", "guests.csv", Limits(seconds=0.5)))
    assert said.startswith("guests.csv: was not read in the 0.5 seconds")


def test_what_a_library_prints_stands_in_no_answer():
    graph = apart.read(chatty, b"name\nAcme\n", "guests.csv", apart.USUAL)
    assert graph.tables[0].rows[0].cells == ("Acme",)


def test_nothing_but_values_of_ours_is_taken_from_the_other_process():
    with pytest.raises(Exception, match="is no value of ours"):
        apart.read(strange, b"x", "guests.csv", apart.USUAL)


def test_a_mistake_of_ours_stays_one():
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        apart.read(mistaken, b"x", "guests.csv", apart.USUAL)


def test_a_file_read_apart_is_as_it_is_read_here(tmp_path):
    raw = "име,Град\nАкме,София\nАкме,София\n".encode("cp1251")
    file = Path(tmp_path, "гости.csv")
    file.write_bytes(raw)
    here = readers.read_bytes(raw, file.name)
    there = readers.read(file)
    assert (there.tables, there.warnings, there.format) == (
        here.tables,
        here.warnings,
        here.format,
    )
    text = Path(tmp_path, "text.txt")
    text.write_bytes("Акме е в София.".encode())
    assert reading.read(text) == reading.read_bytes(text.read_bytes(), text.name)


def test_a_refusal_is_the_same_read_apart(tmp_path):
    file = Path(tmp_path, "graph.json")
    file.write_text('{"nodes": [', encoding="utf-8")
    with pytest.raises(RefusedError) as there:
        readers.read(file)
    with pytest.raises(RefusedError) as here:
        readers.read_bytes(file.read_bytes(), file.name)
    assert there.value.problems == here.value.problems
    assert [one.said for one in there.value.problems] == [one.said for one in here.value.problems]


def test_a_cell_far_away_is_named_before_its_sheet_is_unfolded():
    assert why(lambda: readers.read_bytes(far(), "guests.xlsx")).startswith(
        "guests.xlsx:Guests!XFD1048576: this cell stands so far away that the sheet has "
        "1048576 rows of 16384 columns."
    )


def test_a_text_that_no_cell_can_hold_is_refused_before_cells_share_it():
    long = shared(unfolding.LONGEST_CELL + 1, 3)
    assert why(lambda: readers.read_bytes(long, "guests.xlsx")).startswith(
        "guests.xlsx: has a text of 32768 characters; a cell holds 32767."
    )
    graph = readers.read_bytes(shared(unfolding.LONGEST_CELL, 3), "guests.xlsx")
    assert graph.tables[0].rows[0].cells[0].startswith("BBB")


def test_a_cell_that_is_longer_than_any_text_is_cut_and_said():
    rows = "name,note\nAcme,short\nBeta," + "x" * (LONGEST_TEXT + 1) + "\n"
    graph = readers.read_bytes(rows.encode(), "guests.csv")
    assert [len(row.cells[1]) for row in graph.tables[0].rows] == [5, LONGEST_TEXT]
    assert graph.tables[0].rows[1].cells[1].endswith("x…")
    ((_, place, said),) = graph.warnings
    assert (place, said.en) == (
        "line 3",
        "'note' has 20001 characters; the first 20000 are kept.",
    )


def test_a_name_that_is_longer_than_names_are_is_cut_and_said():
    rows = f"name,city,description\n{'N' * 1_000_000},Sofia,{'d' * 1_000}\n"
    graph = readers.read_bytes(rows.encode(), "guests.csv")
    made = prepare(graph, EMPTY, Wanted())
    assert isinstance(made, Prepared)
    (body,) = made.dataset.of_kind("Organisation")
    assert len(body.name.en) == LONGEST_NAME and len(body.description.en) == 1_000
    places = {one.place: one.message.en for one in made.draft.warnings()}
    assert any("longer than 500 characters" in said for said in places.values())
    assert "line 2" in places


def test_a_long_name_that_a_store_holds_already_is_found_at_once():
    body = Organisation(id="org:a", pack="p", name_en="long " + "wörd " * 200_000)
    index = NameIndex([body])
    assert set(index.holding("long")) == {"org:a"}
    assert sum(map(len, names_of(body))) == LONGEST_NAME


def test_texts_that_many_cells_share_cost_a_sentence(tmp_path):
    file = Path(tmp_path, "guests.xlsx")
    file.write_bytes(shared(unfolding.LONGEST_CELL, 40_000))
    said = why(lambda: readers.read(file, Limits(400)))
    assert "needs more memory to read than the 400 MB" in said


def test_what_stands_once_in_a_file_and_in_every_record_is_counted_as_often(monkeypatch):
    monkeypatch.setattr(readers, "MOST_SIGNS", 10_000)
    rows = "".join(f'<node id="n{n}"/>' for n in range(20))
    raw = (
        '<graphml><key id="d" for="node" attr.name="note" attr.type="string">'
        f"<default>{'x' * 1000}</default></key><graph>{rows}</graph></graphml>"
    )
    said = why(lambda: readers.read_bytes(raw.encode(), "graph.graphml"))
    assert "has more than 10000 characters in its cells" in said


def test_the_limits_are_settings():
    settings = Settings.read({}, {"ECOSYSTEM_FILE_MEMORY": "300", "ECOSYSTEM_FILE_SECONDS": "5"})
    assert Limits.of(settings) == Limits(300, 5.0)
