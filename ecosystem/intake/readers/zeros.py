"""Columns of a workbook whose number format shows leading zeros, such as 00535.

calamine gives the number and not how it is shown. The formats stand in the styles of the archive;
only they and the first rows of each sheet are read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*numFmtId="(\d+)"[^>]*formatCode="(0{2,15})"')
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})\d+"[^>]*?\bs="(\d+)"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\bid="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
BOOK = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
MOST_LOOKED_AT = 4 * 1024 * 1024


def columns(raw: bytes) -> dict[str, dict[int, str]]:
    """By sheet and column from 0 the zeros that its format shows; nothing for other archives."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = set(archive.namelist())
        if not {"xl/styles.xml", *BOOK} <= names:
            return {}
        styles = _styles(_head(archive, "xl/styles.xml"))
        if not styles:
            return {}
        return {
            sheet: found
            for sheet, path in sheets(archive).items()
            if path in names and (found := _shown(_head(archive, path), styles))
        }


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(MOST_LOOKED_AT)


def _styles(text: bytes) -> dict[int, str]:
    """By number of a style the zeros that it shows."""
    formats = {number: code.decode() for number, code in _FORMAT.findall(text)}
    section = _STYLES.search(text)
    found: dict[int, str] = {}
    for number, style in enumerate(_STYLE.findall(section[0]) if section and formats else ()):
        said = re.search(rb'numFmtId="(\d+)"', style)
        if said and said[1] in formats:
            found[number] = formats[said[1]]
    return found


def sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet."""
    targets: dict[bytes, bytes] = {}
    for relation in _RELATION.findall(_head(archive, "xl/_rels/workbook.xml.rels")):
        identity = re.search(rb'\bId="([^"]*)"', relation)
        target = re.search(rb'\bTarget="([^"]*)"', relation)
        if identity and target:
            targets[identity[1]] = target[1]
    found = {}
    for name, identity in _SHEET.findall(_head(archive, "xl/workbook.xml")):
        path = targets.get(identity, b"").decode("utf-8", "replace")
        found[name.decode("utf-8", "replace")] = (
            path.lstrip("/") if path.startswith("/") else (f"xl/{path}")
        )
    return found


def _shown(text: bytes, styles: dict[int, str]) -> dict[int, str]:
    seen: dict[int, Counter[str]] = {}
    for letters, style in _CELL.findall(text):
        if zeros := styles.get(int(style)):
            seen.setdefault(column(letters) - 1, Counter())[zeros] += 1
    return {place: counted.most_common(1)[0][0] for place, counted in seen.items()}


def column(letters: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found
