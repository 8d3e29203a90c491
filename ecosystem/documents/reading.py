"""A document as its text: TXT as it is, HTML, PDF and DOCX as what was extracted of them.

Nothing is believed of a file: it is bounded in size before it is opened and in text after it.
Offsets count the code points of ``Document.text``.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import struct
import sys
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ecosystem.errors import NotFoundError
from ecosystem.intake import apart, refusals
from ecosystem.intake.readers import delimited, markup, workbooks
from ecosystem.intake.table_graph import RefusedError
from ecosystem.values import Text

FORMATS = ("txt", "html", "pdf", "docx")
MOST_BYTES = 32 * 1024 * 1024
MOST_MARKUP = 8 * 1024 * 1024
"""HTML that is longer is no article, and its parser takes many times its size."""
MOST_SIGNS = 400_000
MOST_PAGES = 400
MOST_WORD = 64 * 1024 * 1024
STANDARD_INPUT = "-"

NO_TEXT = Text("няма текст.", "holds no text.")
SCANNED = Text(
    "Ако е сканиран, първо го разпознайте с OCR.", "If it was scanned, recognise it (OCR) first."
)
LOCKED = Text("е заключен с парола.", "is locked with a password.")
UNLOCK = Text("Запишете го без парола.", "Save it without one.")
NO_READER = Text(
    "е страница, а това, което чете страници, не е инсталирано.",
    "is a page, and what reads pages is not installed.",
)
INSTALL = Text(
    "Инсталирайте допълнението: pip install 'ecosystem-mapper[documents]', или запишете "
    "страницата като текст.",
    "Install the extra: pip install 'ecosystem-mapper[documents]', or save the page as text.",
)
NO_DOCX = Text("е архив, но не DOCX.", "is an archive, and no DOCX.")
BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError),
    *(NotImplementedError, OSError, EOFError, struct.error, zlib.error),
)
"""What a reader of PDF stumbles over where a file is not as it says."""
A_PDF = Text("повреден PDF", "a damaged PDF")


@dataclass(frozen=True)
class Document:
    """A text with the name and the SHA-256 of its file."""

    name: str
    format: str
    text: str
    sha256: str

    @cached_property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8: what offsets in an extracted text rest on."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def read(path: Path, limits: apart.Limits = apart.USUAL) -> Document:
    """The document in a file, or on standard input for ``-``, read in a process of its own.

    Raises
    ------
    NotFoundError
        Where it is not there.
    RefusedError
        Where it cannot be read, with its place and what to do.
    """
    if str(path) == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        return apart.read(read_bytes, raw, "text.txt", limits)
    if not path.is_file():
        near = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        raise NotFoundError("file", str(path), near)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        message = refusals.unreadable(error.strerror)
        raise RefusedError(path.name, "byte 0", message, refusals.MAY_READ) from None
    return apart.read(read_bytes, raw, path.name, limits)


def read_bytes(raw: bytes, name: str) -> Document:
    """The document in these bytes, whose format their content says; ``name`` is for messages."""
    if len(raw) > MOST_BYTES:
        raise _too_large(name, MOST_BYTES)
    if not raw.strip():
        raise RefusedError(name, "byte 0", refusals.EMPTY, refusals.AGAIN)
    form = _format(raw)
    text = {"pdf": _pdf, "docx": _docx, "html": _html, "txt": _txt}[form](raw, name)
    if form != "txt":
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not text.strip():
        raise RefusedError(name, "byte 0", NO_TEXT, SCANNED if form == "pdf" else refusals.AGAIN)
    if len(text) > MOST_SIGNS:
        message = refusals.too_many(MOST_SIGNS, Text("знака текст", "characters of text"))
        raise RefusedError(name, f"character {MOST_SIGNS}", message, refusals.SPLIT)
    return Document(name, form, text, hashlib.sha256(raw).hexdigest())


def _format(raw: bytes) -> str:
    if raw[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    head = raw[:2000].replace(b"\0", b"").lower()
    marks = rb"<!doctype html|<html\b|<head\b|<body\b|<article\b"
    return "html" if re.search(marks, head) else "txt"


def _too_large(name: str, most: int) -> RefusedError:
    return RefusedError(name, f"byte {most}", refusals.too_large(most >> 20), refusals.SPLIT)


def _txt(raw: bytes, name: str) -> str:
    """The decoded file; no sign of it is changed."""
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        message = refusals.other(Text("картинка или стар формат", "a picture or an old format"))
        raise RefusedError(name, "byte 0", message, refusals.read_are(", ".join(FORMATS)))
    return delimited.decoded(raw, name)[0]


def _html(raw: bytes, name: str) -> str:
    """The article of a page without what stands around it; all of it where there is no article."""
    if len(raw) > MOST_MARKUP:
        raise _too_large(name, MOST_MARKUP)
    try:
        import trafilatura
    except ModuleNotFoundError:
        raise RefusedError(name, "byte 0", NO_READER, INSTALL) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(raw, include_comments=False, favor_recall=True)
    return found or trafilatura.html2txt(raw) or ""


def _pdf(raw: bytes, name: str) -> str:
    """The texts of the pages, one below the other."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    place = "byte 0"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise RefusedError(name, "byte 0", LOCKED, UNLOCK)
            if len(reader.pages) > MOST_PAGES:
                message = refusals.too_many(MOST_PAGES, Text("страници", "pages"))
                raise RefusedError(name, f"page {MOST_PAGES}", message, refusals.SPLIT)
            for number, page in enumerate(reader.pages, 1):
                place = f"page {number}"
                pages.append(page.extract_text())
                if sum(map(len, pages)) > MOST_SIGNS:
                    break
    except (PyPdfError, DependencyError, *BROKEN) as error:
        message = refusals.damaged(A_PDF, error)
        raise RefusedError(name, place, message, refusals.DAMAGED) from None
    except RecursionError:
        raise RefusedError(name, place, refusals.TOO_DEEP, refusals.AGAIN) from None
    return "\n\n".join(page.strip() for page in pages)


def _docx(raw: bytes, name: str) -> str:
    """The paragraphs of a document of Word, those of its tables included."""
    workbooks.guarded(raw, name)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        try:
            inside = archive.getinfo("word/document.xml")
        except KeyError:
            hint = refusals.read_are(", ".join(FORMATS))
            raise RefusedError(name, "byte 0", NO_DOCX, hint) from None
        if inside.file_size > MOST_WORD:
            raise _too_large(name, MOST_WORD)
        try:
            content = archive.read(inside)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
            message = refusals.damaged(refusals.ARCHIVE, error)
            raise RefusedError(name, inside.filename, message, refusals.DAMAGED) from None
    hears = _Paragraphs()
    markup.walk(content, name, hears, whole=True)
    return "\n".join(hears.lines)


class _Paragraphs:
    """Hears the text of WordprocessingML; what was deleted or is an instruction is no text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []

    def start(self, name: str, said: Mapping[str, str], line: int) -> None:
        """An element begins; alternatives of a drawing say the same twice."""

    def end(self, name: str, text: str, line: int) -> None:  # noqa: ARG002  # told of all
        """A run of text, a tab or break, or the end of a paragraph."""
        if name == "t":
            self._parts.append(text)
        elif name in ("tab", "br", "cr"):
            self._parts.append("\n" if name == "br" else " ")
        elif name == "noBreakHyphen":
            self._parts.append("-")
        elif name == "p":
            self.lines.append("".join(self._parts).strip())
            self._parts = []
