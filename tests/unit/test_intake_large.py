"""A CSV file that is too large to be held whole is read row by row; anything else is refused."""

from __future__ import annotations

import io

import pytest

from ecosystem.intake import readers
from ecosystem.intake.apart import USUAL
from ecosystem.intake.readers import delimited
from ecosystem.intake.table_graph import RefusedError

ROWS = "name;country\n" + "".join(f'"Body {n}\nof Ruse";BG\n' for n in range(300))


@pytest.fixture
def small(monkeypatch):
    """What is large begins early."""
    monkeypatch.setattr(readers, "MOST_BYTES", 2000)
    monkeypatch.setattr(readers, "MOST_STREAMED", 20_000)


def test_a_large_table_gives_what_a_small_one_gives(tmp_path, small, monkeypatch):
    path = tmp_path / "bodies.csv"
    path.write_text(ROWS, encoding="utf-8")
    streamed = readers.read(path, USUAL)
    monkeypatch.setattr(readers, "MOST_BYTES", 1 << 20)
    whole = readers.read(path, USUAL)
    assert streamed == whole and len(streamed.tables[0].rows) == 300
    assert streamed.tables[0].rows[-1].place == "line 600" and streamed.sha256 == whole.sha256


def test_what_is_no_table_or_larger_still_is_refused_by_its_size(tmp_path, small):
    for name, text in (("graph.json", "{" + " " * 3000), ("rows.csv", ROWS * 4)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedError) as found:
            readers.read(path, USUAL)
        assert "is larger than" in str(found.value.problems[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_an_encoding_is_told_wherever_in_the_file_it_shows(encoding, monkeypatch):
    monkeypatch.setattr(delimited, "_SAMPLE", 64)
    text = "name;note\n" + "Town;plain\n" * 40 + "Община Бургас;градове край морето\n"
    said = "sep=;\n" + text
    for one, first in ((text, "line 2"), (said, "line 3")):
        graph = delimited.read_stream(io.BytesIO(one.encode(encoding)), "towns.csv")
        assert graph.tables[0].columns == ["name", "note"]
        assert graph.tables[0].rows[0].place == first
        assert graph.tables[0].rows[-1].cells == ("Община Бургас", "градове край морето")


def test_a_byte_that_is_no_text_is_named_by_its_place(monkeypatch):
    monkeypatch.setattr(delimited, "_SAMPLE", 64)
    with pytest.raises(RefusedError) as found:
        delimited.read_stream(io.BytesIO(b"name\n" + b"x" * 414 + b"\n\0"), "x.csv")
    assert "byte 420" in str(found.value.problems[0])
