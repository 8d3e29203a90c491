"""Packs into the store: read, checked as a whole, compared, written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.contents import Contents
from ecosystem.contradictions import warnings
from ecosystem.dataset import ChangeSet, Dataset, check, counts, diff, references
from ecosystem.errors import DataError, Problem
from ecosystem.io import seeds
from ecosystem.model import LOCAL_PACK

Talk = Callable[[str], None]


def quiet(_message: str) -> None:
    """Talk to nobody."""


@dataclass(frozen=True)
class LoadReport:
    """What a load did, or with ``dry_run`` would do."""

    packs: tuple[str, ...]
    changes: ChangeSet
    kept: int
    revision: int
    dry_run: bool
    counts: Mapping[str, int]
    warnings: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values; ``kept`` are records that only ``--prune`` removes."""
        return {
            "packs": list(self.packs),
            **self.changes.to_dict(),
            "kept": self.kept,
            "revision": self.revision,
            "dry_run": self.dry_run,
            "counts": dict(self.counts),
            "warnings": [str(warning) for warning in self.warnings],
        }


def load(
    contents: Contents,
    folders: Sequence[Path],
    *,
    prune: bool = False,
    dry_run: bool = False,
    talk: Talk = quiet,
) -> LoadReport:
    """Bring packs into the store whose ``contents`` are at hand.

    Raises
    ------
    DataError
        With every problem of every file; nothing was changed.
    StoreError
        Where somebody else has changed the store since; nothing was changed.
    """
    present = contents.present()
    stored, revision = present.everything, present.revision
    talk(f"Reading {', '.join(folder.name for folder in folders)} ...")
    new = seeds.read(folders)
    declared = [seeds.read_pack(folder) for folder in folders]
    names = tuple(pack.name for pack in declared)
    others = stored.only(set(stored.packs) - set(names))
    talk(f"Checking {len(new)} records ...")
    changes = diff(stored.only(names), new)
    kept = 0 if prune else len(changes.removed)
    if not prune:
        changes = changes.without_removals()
    problems = [
        *_reserved(declared),
        *_missing_packs(declared, stored),
        *check(new, others),
        *_dangling(changes, others),
    ]
    if problems:
        raise DataError(problems)
    if changes and not dry_run:
        talk(f"Writing {len(changes.added) + len(changes.changed)} records ...")
        revision = contents.apply(changes, expected=revision)
    return LoadReport(
        names, changes, kept, revision, dry_run, counts(new), tuple(warnings(new, others))
    )


def _reserved(declared: Sequence[seeds.Pack]) -> list[Problem]:
    return [
        Problem(
            "pack.toml",
            0,
            "name",
            f"{LOCAL_PACK!r} is the application's own pack.",
            "Give the pack another name.",
        )
        for pack in declared
        if pack.name == LOCAL_PACK
    ]


def _missing_packs(declared: Sequence[seeds.Pack], stored: Dataset) -> list[Problem]:
    have = {*stored.packs, *(pack.name for pack in declared)}
    return [
        Problem(
            f"{pack.name}/pack.toml",
            0,
            "requires",
            f"the pack {name!r} is not loaded.",
            "Load it first, or together with this one.",
        )
        for pack in declared
        for name in pack.requires
        if name not in have
    ]


def _dangling(changes: ChangeSet, others: Dataset) -> Iterable[Problem]:
    """What other packs refer to and would lose."""
    removed = {record.id for record in changes.removed}
    return [
        Problem(
            record.pack,
            0,
            column,
            f"{record.id!r} needs {identity!r}.",
            "Remove that reference first, or keep the record.",
        )
        for record in others.records.values()
        for column, identity in references(record)
        if identity in removed
    ]
