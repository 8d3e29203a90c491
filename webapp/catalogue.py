"""Keeps the catalogues in step with the texts: ``python -m webapp.catalogue``.

Pages are written in English and translated; texts of the core are written in two languages, and
for any other their English is translated.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ecosystem.values import LANGUAGES, WRITTEN

FOLDER = Path(__file__).parent
CORE = FOLDER.parent / "ecosystem"
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def of_pages(lang: str = "bg") -> Path:
    """The catalogue of the pages."""
    return FOLDER / "translations" / lang / "LC_MESSAGES" / "messages.po"


def of_commands(lang: str = "bg") -> Path:
    """What click says on the command line; its texts are collected nowhere."""
    return CORE / "cli" / "translations" / lang / "LC_MESSAGES" / "messages.po"


def of_texts(lang: str) -> Path:
    """The catalogue of the core's texts, for a language in which they are not written."""
    return CORE / "translations" / lang / "LC_MESSAGES" / "texts.po"


def collected() -> Catalog:
    """Every text of the pages and modules, in the order of the alphabet."""
    found = extract_from_dir(str(FOLDER), METHODS, directory_filter=lambda _: True)
    return _catalog(message for _, _, message, _, _ in found)


def collected_texts() -> Catalog:
    """The English of every text without values in it, in the order of the alphabet."""
    return _catalog({text for folder in (CORE, FOLDER) for text in _texts(folder)})


def _texts(folder: Path) -> Iterator[str]:
    """The second word of every ``Text`` that is written out in a module."""
    for file in sorted(folder.rglob("*.py")):
        for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match part:
                case ast.Call(ast.Name("Text"), [_, ast.Constant(str(text))]) if text.strip():
                    yield text


def _catalog(messages: Iterable[Any]) -> Catalog:
    catalog = Catalog()
    for message in sorted(messages, key=str):
        catalog.add(message)
    return catalog


def stored(file: Path | None = None) -> Catalog:
    """The catalogue as it stands in the repository, an empty one where there is none yet."""
    file = file or of_pages()
    lang = file.parent.parent.name
    if not file.exists():
        return Catalog(locale=lang)
    with file.open("rb") as stream:
        return read_po(stream, locale=lang)


def updated(old: Catalog, now: Catalog) -> Catalog:
    """A catalogue of the texts there are now, with the translations that ``old`` has."""
    new = Catalog(locale=old.locale, charset="utf-8", header_comment="", fuzzy=False)
    for message in now:
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


def _header(catalog: Catalog) -> bytes:
    lines = (
        f"Language: {catalog.locale}",
        f"Plural-Forms: {catalog.plural_forms}",
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
    """Rewrite the files; 1 where a text of a language that is written whole is not translated."""
    untranslated = []
    for lang in (one for one in LANGUAGES if one != "en"):
        pages = _rewritten(of_pages(lang), collected())
        if lang in WRITTEN:
            untranslated += missing(pages)
        else:
            texts = _rewritten(of_texts(lang), collected_texts())
            left, all_ = (len(missing(pages)) + len(missing(texts)), len(pages) + len(texts))
            print(f"{lang}: {all_ - left} of {all_} texts; the others are shown in English.")
        if of_commands(lang).exists():
            _compile(of_commands(lang))
    for text in untranslated:
        print(f"not translated: {text}", file=sys.stderr)
    return 1 if untranslated else 0


def _rewritten(file: Path, now: Catalog) -> Catalog:
    """The catalogue of ``file`` after it was brought into step, and stored in both forms."""
    catalog = updated(stored(file), now)
    out = BytesIO()
    write_po(out, catalog, width=100, omit_header=True, no_location=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_header(catalog) + out.getvalue())
    _compile(file)
    return catalog


def _compile(file: Path) -> None:
    file.with_suffix(".mo").write_bytes(compiled(stored(file)))


if __name__ == "__main__":
    sys.exit(main())
