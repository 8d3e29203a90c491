"""A copy of the embedded engine's data for those who only read: as of one revision, shared by all.

It is made when the first query after a change is asked, by the engine's own backup, which waits
for no writer and lets none wait. Every worker opens the same files, and none changes them.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from ecosystem.store import embedded
from ecosystem.store.embedded import EmbeddedEngine
from ecosystem.store.state import State

FOLDER = "copies"
KEPT = 2


def copy_of(engine: EmbeddedEngine, wanted: int, present: Callable[[], State]) -> tuple[Path, int]:
    """The folder of a copy, with the files in ``data``, and the revision that it is of.

    All who wait for a copy share the next one. Old copies are taken away, but for the last: a
    worker may be about to open it.

    Parameters
    ----------
    wanted
        The earliest revision that will do.
    present
        Says what the engine is at; copies of another store that stood here before go.

    Raises
    ------
    StoreUnavailableError, StoreError
        Where the engine doesn't answer, or there is no room for it.
    """
    folder = engine.folder / FOLDER
    with embedded.folder_errors(engine.folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        with embedded.locked(folder / "copy.lock"):
            state = present()
            _only_of(folder, str(state.store))
            newest = max(_copies(folder), default=-1)
            if newest < wanted:
                newest = state.revision
                fresh = Path(mkdtemp(dir=folder))
                try:
                    _unpack(engine.backup(), fresh / "data")
                    fresh.rename(folder / str(newest))
                except BaseException:
                    shutil.rmtree(fresh, ignore_errors=True)
                    raise
                for old in sorted(_copies(folder))[:-KEPT]:
                    shutil.rmtree(folder / str(old), ignore_errors=True)
    return folder / str(newest), newest


def forget(folder: Path) -> None:
    """Take away every copy: the next who asks gets one of what is there now."""
    if (folder / FOLDER).is_dir():
        with embedded.folder_errors(folder), embedded.locked(folder / FOLDER / "copy.lock"):
            for revision in _copies(folder / FOLDER):
                shutil.rmtree(folder / FOLDER / str(revision), ignore_errors=True)


def _only_of(folder: Path, store: str) -> None:
    """Take away the copies that are of another store."""
    whose = folder / "store"
    if not whose.exists() or whose.read_text(encoding="ascii") != store:
        for revision in _copies(folder):
            shutil.rmtree(folder / str(revision), ignore_errors=True)
        whose.write_text(store, encoding="ascii")
        whose.chmod(0o600)


def _copies(folder: Path) -> list[int]:
    return [int(one.name) for one in folder.iterdir() if one.name.isdecimal()]


def _unpack(archive: Path, to: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(to)
    finally:
        archive.unlink()
    for path in to.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
