"""Backups: everything that a store holds in one compressed file that notices damage.

The first line says what it is, one line follows for each record, the last holds the SHA-256 of
all before it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem import __version__
from ecosystem.dataset import Dataset
from ecosystem.errors import BackupError
from ecosystem.io import exports, jsonl
from ecosystem.model import MODEL_VERSION
from ecosystem.model.former import FORMER_VERSIONS
from ecosystem.values import Text

FORMAT = "ecosystem-mapper-backup"
MOST_BYTES = 2 * 1024**3
"""How much a backup may hold: a few bytes can be unpacked to any number."""
A_BACKUP = Text("Посочете резервно копие.", "Name a backup.")
ONE_OF_OURS = Text(
    "Посочете файл, който е написала „ecosystem backup“.",
    "Name a file that 'ecosystem backup' wrote.",
)
THE_OTHER_VERSION = Text(
    "Използвайте версията, която го е написала.", "Use the version of the mapper that wrote it."
)
DAMAGED = Text(
    "е повредено: съдържанието не отговаря на контролната сума.",
    "is damaged: its contents differ from its checksum.",
)
ANOTHER = Text("Използвайте друго.", "Use another one.")


@dataclass(frozen=True)
class Backup:
    """What a backup holds, and what its first line says of it."""

    dataset: Dataset
    revision: int
    made_at: str
    program: str


def write(dataset: Dataset, revision: int, made_at: str, target: Path) -> Path:
    """``target``, which holds everything of ``dataset`` or is as it was.

    Raises
    ------
    ExportError
        Where the place cannot be written.
    """
    packed = gzip.compress("".join(_lines(dataset, revision, made_at)).encode(), mtime=0)
    return exports.write_bytes(packed, target)


def _lines(dataset: Dataset, revision: int, made_at: str) -> Iterator[str]:
    digest = hashlib.sha256()
    header = {
        "format": FORMAT,
        "model_version": MODEL_VERSION,
        "program": __version__,
        "made_at": made_at,
        "revision": revision,
        "records": len(dataset),
    }
    records = (jsonl.line(record) for record in dataset.records.values())
    for line in (json.dumps(header) + "\n", *records):
        digest.update(line.encode())
        yield line
    yield json.dumps({"sha256": digest.hexdigest()}) + "\n"


def read(source: Path) -> Backup:
    """What a backup holds.

    Raises
    ------
    BackupError
        Where it cannot be read, is no backup, or was damaged since it was written.
    """

    def refused(message: Text, hint: Text) -> BackupError:
        unchanged = Text("Нищо не е променено.", "Nothing was changed.")
        return BackupError(
            Text(f"{source}: {message.bg}", f"{source}: {message.en}"),
            Text(f"{hint.bg} {unchanged.bg}", f"{hint.en} {unchanged.en}"),
        )

    if source.exists() and not source.is_file():
        # A device or a pipe would never end.
        raise refused(Text("не е файл.", "is not a file."), A_BACKUP)
    try:
        with gzip.open(source) as packed:
            raw = packed.read(MOST_BYTES + 1)
        text = raw.decode() if len(raw) <= MOST_BYTES else ""
    except FileNotFoundError:
        raise refused(Text("няма такъв файл.", "there is no such file."), A_BACKUP) from None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        message = Text(
            f"не е резервно копие или е повредено ({error}).",
            f"is no backup, or is damaged ({error}).",
        )
        raise refused(message, ONE_OF_OURS) from None
    # Texts may hold other signs that end a line, such as U+2028.
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []
    header, trailer = (_object(line) for line in (lines[0], lines[-1])) if lines else ({}, {})
    if header.get("format") != FORMAT:
        raise refused(Text("не е резервно копие.", "is no backup."), ONE_OF_OURS)
    if header.get("model_version") not in (*FORMER_VERSIONS, MODEL_VERSION):
        found = header.get("model_version")
        message = Text(
            f"е от модел версия {found}, а тук е {MODEL_VERSION}.",
            f"is of model version {found}, this is {MODEL_VERSION}.",
        )
        raise refused(message, THE_OTHER_VERSION)
    said = hashlib.sha256("".join(lines[:-1]).encode()).hexdigest()
    if trailer.get("sha256") != said or header.get("records") != len(lines) - 2:
        raise refused(DAMAGED, ANOTHER)
    exact = header["model_version"] == MODEL_VERSION
    dataset = jsonl.records(lines[1:-1], str(source), first=2, exact=exact)
    return Backup(dataset, int(header["revision"]), str(header["made_at"]), str(header["program"]))


def _object(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
