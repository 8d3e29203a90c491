"""What a data folder is known to hold, noted beside the engine's own files.

An engine that lost its files starts an empty database without a word; the note knows better.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from ecosystem.errors import StoreDamagedError
from ecosystem.store.hints import EMBEDDED

FILE = "held.json"


def check(folder: Path, held: int, revision: int) -> None:
    """Refuse a store that holds less than it did.

    ``held`` is what ``noted`` said before ``revision`` was read: another process may have stored
    more meanwhile.

    Raises
    ------
    StoreDamagedError
        Where the folder is gone, or its store is of an earlier revision than was noted.
    """
    if not folder.is_dir():
        raise StoreDamagedError(f"{folder}: the data folder is gone.", EMBEDDED.damaged)
    if held > revision:
        message = f"{folder}: the store is at revision {revision}, and {held} had been stored."
        raise StoreDamagedError(message, EMBEDDED.damaged)
    if held < revision:
        note(folder, revision)


def note(folder: Path, revision: int) -> None:
    """Remember that the store has reached ``revision``.

    Where that cannot be written, the store itself has been, and that is what counts.
    """
    part = folder / f"{FILE}.part"
    with suppress(OSError):
        part.touch(0o600)
        part.write_text(json.dumps({"revision": revision}), encoding="ascii")
        part.replace(folder / FILE)


def noted(folder: Path) -> int:
    """The revision that was noted; 0 where none was."""
    try:
        return int(json.loads((folder / FILE).read_text(encoding="ascii"))["revision"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
