"""Keeping the store safe: backups, bringing them back, and a store of an earlier version."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ecosystem.contents import Contents
from ecosystem.dataset import Dataset, diff
from ecosystem.errors import StoreError
from ecosystem.io import backups
from ecosystem.store.graph_store import GraphStore
from ecosystem.values import present_moment

KEPT = 3
"""How many of the backups that are made without being asked for stay."""
FOLDER = "saved"


def backup(store: GraphStore, target: Path) -> Path:
    """Everything in the store, the log of its changes as well, in one file.

    Raises
    ------
    ExportError
        Where the file cannot be written.
    """
    contents = store.contents(log=True)
    return backups.write(contents, store.revision(), present_moment(), target)


def before(store: GraphStore, folder: Path, what: str) -> Path:
    """A backup in ``folder`` before ``what`` is done, after which the three newest stay."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = present_moment().replace(":", "").replace("-", "")
    made = backup(store, place / f"before-{what}-{stamp}.backup")
    for old in sorted(place.glob("before-*.backup"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return made


def restore(
    contents: Contents, store: GraphStore, source: Path, folder: Path, *, replace: bool
) -> Dataset:
    """Make the store hold what a backup holds, in one transaction; returns that.

    What is replaced is kept in ``folder`` before, once it is sure that the backup is good.

    Raises
    ------
    BackupError
        Where the file is no backup, or damaged; nothing was changed.
    StoreError
        Where the store holds something and ``replace`` does not allow to replace it.
    """
    kept = backups.read(source)
    present = store.contents(log=True)
    if len(present) and not replace:
        raise StoreError(
            f"database: it holds {len(present)} records, which a backup would replace.",
            "Restore into an empty one (--data FOLDER), or say --replace.",
        )
    if len(present):
        before(store, folder, "restore")
    contents.apply(diff(present, kept.dataset), expected=store.revision(), whole=kept.dataset)
    return kept.dataset


def migrate(store: GraphStore, folder: Path) -> Path | None:
    """Bring an older store to the present version, after a backup; None where it is there.

    ``store`` was opened so that it may be old.
    """
    if not store.older():
        return None
    made = before(store, folder, "migration")
    store.migrate()
    return made
