"""A copy of the embedded engine's data for those who only read: as of one revision, shared by all.

It is made when the first query after a change is asked, by the engine's own backup, which waits
for no writer and lets none wait. Every worker opens the same files, and none changes them.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from tempfile import mkdtemp

from ecosystem.store import embedded
from ecosystem.store.embedded import EmbeddedEngine

FOLDER = "copies"


def copy_of(engine: EmbeddedEngine, revision: int) -> Path:
    """The folder of a copy as of ``revision`` or later, with the files in ``data``.

    Copies of other revisions are taken away; whoever has their files open keeps them.

    Raises
    ------
    StoreUnavailableError, StoreError
        Where the engine doesn't answer, or there is no room for it.
    """
    folder = engine.folder / FOLDER
    wanted = folder / str(revision)
    with embedded.folder_errors(engine.folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        with embedded.locked(folder / "copy.lock"):
            if not wanted.is_dir():
                fresh = Path(mkdtemp(dir=folder))
                try:
                    _unpack(engine.backup(), fresh / "data")
                    fresh.rename(wanted)
                except BaseException:
                    shutil.rmtree(fresh, ignore_errors=True)
                    raise
            for other in folder.iterdir():
                if other.is_dir() and other != wanted:
                    shutil.rmtree(other, ignore_errors=True)
    return wanted


def _unpack(archive: Path, to: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(to)
    finally:
        archive.unlink()
    for path in to.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
