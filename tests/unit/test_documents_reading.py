"""A document is its text: what is read, what is refused and where."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile

import pytest

from ecosystem.documents import reading
from ecosystem.documents.reading import read, read_bytes
from ecosystem.intake.table_graph import RefusedError

WORD = (
    '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t xml:space="preserve">Община </w:t></w:r>'
    "<w:r><w:t>Видин</w:t></w:r></w:p><w:p><w:r><w:t>Ред "
    "две</w:t></w:r></w:p></w:body></w:document>"
)
PAGE = (
    "<html><head><title>x</title></head><body><nav><a "
    "href='/'>Начало</a></nav><article><h1>Среща</h1>"
    + "<p>На срещата дойдоха общини и фирми от целия край.</p>" * 4
    + "</article><footer>© 2020</footer></body></html>"
)


def docx(content: str, name: str = "word/document.xml") -> bytes:
    """A document of Word with nothing but its text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def pdf(text: str) -> bytes:
    """A page with one line of text, written by hand."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def test_a_text_is_left_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    raw = "Първи ред\r\nвтори\u00a0ред\n".encode()
    path.write_bytes(raw)
    found = read(path)
    assert found.format == "txt" and found.text == "Първи ред\r\nвтори\u00a0ред\n"
    assert found.sha256 == hashlib.sha256(raw).hexdigest() == found.text_sha256


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_a_text_in_another_encoding_is_the_same_text(encoding):
    assert read_bytes("Община Видин и край".encode(encoding), "a.txt").text == "Община Видин и край"


def test_word_keeps_the_spaces_between_its_runs():
    found = read_bytes(docx(WORD), "a.docx")
    assert (found.format, found.text) == ("docx", "Община Видин\nРед две")


def test_a_page_is_its_article_alone():
    found = read_bytes(PAGE.encode(), "a.html")
    assert found.format == "html" and "Среща" in found.text and "общини" in found.text
    assert "Начало" not in found.text and "©" not in found.text
    assert found.text_sha256 != found.sha256


def test_a_short_page_is_read_too():
    assert read_bytes("<html><body><p>Кратко.</p></body></html>".encode(), "a").text == "Кратко."


def test_a_pdf_is_the_text_of_its_pages():
    found = read_bytes(pdf("Vidin Port Authority"), "a.pdf")
    assert (found.format, found.text) == ("pdf", "Vidin Port Authority")


@pytest.mark.parametrize(
    ("raw", "place", "said"),
    [
        (b" \n ", "byte 0", "is empty"),
        (b"abc\0def", "byte 3", "NUL"),
        (b"%PDF-1.4 junk", "byte 0", "damaged PDF"),
        (b"PK\x03\x04junk", "byte 0", "damaged archive"),
        (docx("x", "other.xml"), "byte 0", "no DOCX"),
        (docx('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "line 1", "entities"),
        (docx("<a>" * 300 + "</a>" * 300), "line 1", "nested"),
        (docx("<a>"), "line 1", "not well-formed"),
        (b"<html><body></body></html>", "byte 0", "holds no text"),
        (b"\x89PNG123", "byte 0", "picture"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(raw, place, said):
    with pytest.raises(RefusedError) as refused:
        read_bytes(raw, "file")
    (problem,) = refused.value.problems
    assert problem.file == "file" and problem.column == place and said in problem.message
    assert problem.hint and problem.said[0].bg


def test_what_is_too_large_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(RefusedError, match="nothing was imported"):
        read_bytes(b"x" * 11, "a.txt")
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    monkeypatch.setattr(reading, "MOST_SIGNS", 10)
    with pytest.raises(RefusedError) as refused:
        read_bytes(b"word " * 10, "a.txt")
    assert refused.value.problems[0].column == "character 10"


def test_an_archive_that_would_fill_the_memory_is_refused():
    with pytest.raises(RefusedError) as refused:
        read_bytes(docx("<a>" + " " * 30_000_000 + "</a>"), "a.docx")
    assert "unpacks" in refused.value.problems[0].message


def test_a_page_without_its_reader_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(RefusedError) as caught:
        read_bytes(b"<html><body><p>Alpha</p></body></html>", "page.html")
    assert "ecosystem-mapper[documents]" in caught.value.problems[0].hint
    assert read_bytes(b"Alpha", "page.txt").text == "Alpha"
