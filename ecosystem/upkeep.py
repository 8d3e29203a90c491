"""Keeping the store safe: backups, bringing them back, and a store of an earlier version."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem import changelog
from ecosystem.changelog import Said
from ecosystem.contents import Contents, Present
from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.errors import StoreError
from ecosystem.forgetting import holds, still_forgotten
from ecosystem.io import backups
from ecosystem.model import ENTRY_KINDS, LOG_KINDS, Forgotten
from ecosystem.values import present_moment

if TYPE_CHECKING:
    from ecosystem.store.graph_store import GraphStore

KEPT = 3
"""How many of the backups that are made without being asked for stay."""
FOLDER = "saved"
RESTORE = Said("restore")


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
    contents: Contents,
    store: GraphStore,
    source: Path,
    folder: Path,
    *,
    replace: bool,
    said: Said = RESTORE,
) -> Dataset:
    """Make the store hold what a backup holds, in one transaction; returns that.

    What is replaced is kept in ``folder`` before, once it is sure that the backup is good. The
    log becomes that of the backup too; where something was replaced, it tells of that as well. Who
    was forgotten since does not come back.

    Raises
    ------
    BackupError
        Where the file is no backup, or damaged; nothing was changed.
    StoreError
        Where the store holds something and ``replace`` does not allow to replace it.
    """
    dataset = backups.read(source).dataset
    present = store.contents(log=True)
    marks = [one for one in present.of_kind("Forgotten") if isinstance(one, Forgotten)]
    if marks:
        dataset = still_forgotten(dataset, marks)
    if len(present) and not replace:
        raise StoreError(
            f"database: it holds {len(present)} records, which a backup would replace.",
            "Restore into an empty one (--data FOLDER), or say --replace.",
        )
    revision = store.revision()
    changes = diff(present, dataset)
    if len(present):
        changes = _told(present.merged(dataset), changes, revision, said)
        before(store, folder, "restore")
    contents.apply(changes, expected=revision, whole=present.changed(changes))
    return dataset


def _told(both: Dataset, changes: ChangeSet, revision: int, said: Said) -> ChangeSet:
    """The changes of a restore, of which the log that is brought back tells, too.

    Its number follows those of both logs. Nothing is kept to take it back: the backup that is
    made before it holds everything.
    """
    log, rest = both.of_kinds(ENTRY_KINDS), changes.parted(LOG_KINDS)[1]
    decisions = Dataset.of(both.of_kinds(("Decision",)))
    brought = Present(revision, decisions=decisions, log=Dataset.of(log))
    entry, _ = changelog.logged(brought, rest, said, kept=False)
    told = entry.parted(LOG_KINDS)[0]
    added = (*changes.added, *told.added)
    return ChangeSet(added, changes.changed, changes.removed, changes.former)


@dataclass(frozen=True)
class Copy:
    """A backup made by itself or kept beside the data: where, of which day, whether it is read."""

    file: Path
    day: str
    readable: bool


def copies_holding(folder: Path, ids: Collection[str]) -> tuple[Copy, ...]:
    """The backups in the data folder that still hold one of the persons, or cannot be read."""
    found = []
    for file in sorted((folder / FOLDER).glob("*.backup")):
        held = holds(file, ids)
        if held is not False:
            day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
            found.append(Copy(file, day, held is not None))
    return tuple(found)


def migrate(store: GraphStore, folder: Path) -> Path | None:
    """Bring an older store to the present version, after a backup; None where it is there.

    ``store`` was opened so that it may be old.
    """
    if not store.older():
        return None
    made = before(store, folder, "migration")
    store.migrate()
    return made
