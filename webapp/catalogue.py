"""Keeps the Bulgarian catalogue in step with the texts: ``python -m webapp.catalogue``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent
PO = FOLDER / "translations" / "bg" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
COMMANDS = FOLDER.parent / "ecosystem" / "cli" / "translations" / "bg" / "LC_MESSAGES" / PO.name
"""What click says on the command line; its texts are collected nowhere."""
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def collected() -> Catalog:
    """Every text of the pages and modules, in the order of the alphabet."""
    catalog = Catalog()
    found = extract_from_dir(str(FOLDER), METHODS, directory_filter=lambda _: True)
    for _, _, message, _, _ in sorted(found, key=lambda row: str(row[2])):
        catalog.add(message)
    return catalog


def stored(file: Path = PO) -> Catalog:
    """The catalogue as it stands in the repository."""
    with file.open("rb") as stream:
        return read_po(stream, locale="bg")


def updated(old: Catalog) -> Catalog:
    """A catalogue of the texts there are now, with the translations that ``old`` has."""
    new = Catalog(locale="bg", charset="utf-8", header_comment="", fuzzy=False)
    for message in collected():
        known = old.get(message.id) if message.id else None
        if message.id:
            new.add(message.id, string=known.string if known else None)
    return new


def compiled(catalog: Catalog) -> bytes:
    """The catalogue in the form that gettext reads."""
    out = BytesIO()
    # Equal texts give equal bytes, whenever they are compiled.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, catalog)
    return out.getvalue()


def _header() -> bytes:
    lines = (
        "Language: bg",
        "Plural-Forms: nplurals=2; plural=(n != 1);",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{quoted}\n'.encode()


def missing(catalog: Catalog) -> list[str]:
    """The texts that are not translated yet."""
    return [
        str(message.id)
        for message in catalog
        if message.id
        and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def main() -> int:
    """Rewrite the files; 1 where a text is still to be translated."""
    catalog = updated(stored())
    out = BytesIO()
    write_po(out, catalog, width=100, omit_header=True, no_location=True)
    PO.write_bytes(_header() + out.getvalue())
    MO.write_bytes(compiled(stored()))
    COMMANDS.with_suffix(".mo").write_bytes(compiled(stored(COMMANDS)))
    for text in missing(catalog):
        print(f"not translated: {text}", file=sys.stderr)
    return 1 if missing(catalog) else 0


if __name__ == "__main__":
    sys.exit(main())
