"""Packs into the store: read, checked as a whole, compared, written in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecosystem import changelog, contradictions, doubts, forgetting
from ecosystem.changelog import Said
from ecosystem.checks import check
from ecosystem.contents import Contents, Present
from ecosystem.dataset import ChangeSet, Dataset, Place, counts, diff, references
from ecosystem.errors import DataError, Problem, nearest
from ecosystem.identity.doubles import Alikes, names_of
from ecosystem.io import exports, seeds
from ecosystem.io.packs import attributes, read_pack, where
from ecosystem.model import LOCAL_KINDS, LOCAL_PACK, LOG_KINDS, Edge, Entity, Pack, Record
from ecosystem.model.attributes import OWN
from ecosystem.talking import Share, Talk, quiet

MOST_COMPARED = 20_000
"""New things of one load whose names are compared; of more a load would take too long."""


@dataclass(frozen=True)
class LoadReport:
    """What a load did, or with ``dry_run`` would do.

    ``change`` is its entry in the log; empty where nothing was changed. ``alike`` is how many new
    things bear a name like that of something known; None where nobody looked.
    """

    packs: tuple[str, ...]
    changes: ChangeSet
    kept: int
    revision: int
    dry_run: bool
    counts: Mapping[str, int]
    warnings: tuple[Problem, ...] = ()
    change: str = ""
    alike: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values; ``kept`` are records that only ``--prune`` removes."""
        return {
            "packs": list(self.packs),
            **self.changes.to_dict(),
            "kept": self.kept,
            "revision": self.revision,
            "change": self.change,
            "alike": self.alike,
            "dry_run": self.dry_run,
            "counts": dict(self.counts),
            "warnings": [str(warning) for warning in self.warnings],
        }


def load(
    contents: Contents,
    sources: Sequence[Path],
    *,
    prune: bool = False,
    dry_run: bool = False,
    empty: Collection[str] = (),
    talk: Talk = quiet,
    before_removing: Callable[[], object] = lambda: None,
    by: str = "",
    note: str = "",
) -> LoadReport:
    """Bring packs and exports into the store whose ``contents`` are at hand.

    A column that a file has not reads as empty; where the store holds values of it for the
    pack, it has to be among ``empty``. ``before_removing`` is called when everything is checked
    and records are about to go. ``by`` and ``note`` say who loads and why.

    Raises
    ------
    DataError
        With every problem of every file; nothing was changed.
    StoreError
        Where somebody else has changed the store since; nothing was changed.
    """
    present = contents.present()
    talk(f"Reading {', '.join(source.name for source in sources)} ...")
    read = exports.read(sources)
    read = replace(read, problems=(*_reserved(sources), *read.problems))
    said = Said("load", by, note)
    report = take_in(
        contents,
        present,
        read,
        said,
        prune=prune,
        dry_run=dry_run,
        empty=empty,
        talk=talk,
        before_removing=before_removing,
    )
    return replace(report, alike=_alike(report.changes.added, present.stated))


def _alike(added: Collection[Record], known: Dataset) -> int | None:
    """How many of what was added bear a name like that of something that was there before."""
    new = [one for one in added if isinstance(one, Entity)]
    if not new or len(new) > MOST_COMPARED:
        return None if new else 0
    alikes = Alikes(known)
    return sum(any(alikes.like(name, one.kind) for name in names_of(one)[:1]) for one in new)


def take_in(
    contents: Contents,
    present: Present,
    read: seeds.Packs,
    said: Said,
    *,
    prune: bool = False,
    dry_run: bool = False,
    empty: Collection[str] = (),
    talk: Talk = quiet,
    before_removing: Callable[[], object] = lambda: None,
) -> LoadReport:
    """Bring what was ``read`` into the store, wherever it was read; otherwise as ``load``.

    ``present`` is what the store held when that began, ``said`` what the log says of it.
    """
    stored, revision = present.everything, present.revision
    read, left_out = _without_forgotten(read, present)
    new, names = read.dataset, read.dataset.packs
    others = stored.only(set(stored.packs) - set(names))
    talk(f"Checking {len(new)} records ...")
    changes = diff(stored.only(names), new)
    # What people decided is never pruned: a load knows no more than it held when it was written.
    gone = tuple(one for one in changes.removed if prune and one.pack != LOCAL_PACK)
    changes, kept = replace(changes, removed=gone), len(changes.removed) - len(gone)
    problems = list(_wrong(read, changes, stored, others, empty))
    if problems:
        raise DataError(problems)
    entry = ""
    if changes and not dry_run:
        whole, entry = changelog.logged(present, changes, replace(said, packs=names))
        if changes.removed:
            before_removing()
        message = f"Writing {len(changes.added) + len(changes.changed)} records ..."
        talk(message)
        # What ``talk`` raises ends the transaction, and nothing was written.
        revision = contents.apply(
            whole,
            expected=revision,
            tell=lambda done, total: talk(Share.of(message, done, total)),
        )
    doubtful = (*doubts.warnings(new, others), *contradictions.warnings(new, others))
    told = (*read.warnings, *left_out, *doubtful)
    return LoadReport(
        names, changes, kept, revision, dry_run, counts(new), tuple(sorted(told)), entry
    )


def _without_forgotten(read: seeds.Packs, present: Present) -> tuple[seeds.Packs, list[Problem]]:
    """What was read without those who were forgotten, and a warning for each row left out.

    A pack that others write may go on naming them, and could not be mended here: so they are left
    out and told of, by the row alone.
    """
    kept, day = forgetting.taken_out(read.dataset, present)
    if kept is read.dataset:
        return read, []
    message = f"names somebody who was forgotten on {day}, and was left out."
    places = {
        read.dataset.places.get(one, Place(f"pack {record.pack}", 0))
        for one, record in read.dataset.records.items()
        if one not in kept.records
    }
    hint = "Take the row out of the pack."
    warned = [Problem(where.file, where.line, "", message, hint) for where in sorted(places)]
    return replace(read, dataset=kept), warned


def _wrong(
    read: seeds.Packs,
    changes: ChangeSet,
    stored: Dataset,
    others: Dataset,
    empty: Collection[str],
) -> Iterator[Problem]:
    """What is wrong with what was read, by itself and beside what other packs hold."""
    new = read.dataset
    yield from read.problems
    yield from _emptied(read, changes, stored, empty)
    yield from _foreign_log(new)
    yield from _missing_packs(new, stored)
    yield from _overwritten_decisions(changes)
    yield from _two_types(new.merged(others))
    yield from check(new, others, read.unread)
    if not read.problems:
        yield from _dangling(changes, others)


def _emptied(
    read: seeds.Packs, changes: ChangeSet, stored: Dataset, empty: Collection[str]
) -> Iterator[Problem]:
    """Columns that a file has not and that would empty what the store holds."""
    held: Counter[tuple[str, str, str]] = Counter()
    declared = {pack.pack: {one.column for one in attributes(pack)} for pack in read.declared}
    lost: set[str] = set()
    for record in changes.changed:
        before = stored.records[record.id]
        # An attribute of one's own may be gone with its declaration.
        own = {name for name in _own_columns(before) if name not in declared.get(record.pack, ())}
        lost |= own
        for name in (*read.absent.get((record.pack, record.kind), ()), *sorted(own)):
            if _value(before, name) not in ("", None, ()):
                held[record.pack, record.kind, name] += 1
    for (pack, kind, name), number in held.items():
        if name not in empty:
            message = f"this column is missing, and the store holds {number} values of it."
            hint = f"Add it, or say --empty {name} to empty it on purpose."
            yield Problem(f"{pack}/{seeds.file_of(kind)}", 1, name, message, hint)
    columns = {name for names in read.absent.values() for name in names} | lost
    for name in empty:
        if name not in columns:
            close = nearest(name, columns)
            hint = f"Did you mean {close[0]!r}?" if close else "Name a column that a file has not."
            yield Problem("--empty", 0, name, "is no column that a file lacks.", hint)


def _own_columns(record: Record) -> Iterator[str]:
    if isinstance(record, (Entity, Edge)):
        yield from (f"{OWN}{name}" for name, _ in record.own)


def _value(record: Record, column: str) -> Any:
    if column.startswith(OWN) and isinstance(record, (Entity, Edge)):
        return dict(record.own).get(column.removeprefix(OWN))
    return getattr(record, column, None)


def _overwritten_decisions(changes: ChangeSet) -> Iterator[Problem]:
    """Decisions of an export that would take the place of others."""
    for record in changes.changed:
        if record.kind in LOCAL_KINDS:
            message = f"{record.id!r} is another decision in this store."
            hint = "Decisions load into a store without any; leave the pack 'local' out, or"
            yield Problem(record.id, 0, "", message, f"{hint} 'restore' a backup.")


def _foreign_log(new: Dataset) -> Iterator[Problem]:
    """Entries of a log among what is loaded: they tell of another store, or of nothing."""
    for record in new.of_kinds(LOG_KINDS):
        place = new.places.get(record.id, Place(record.id, 0))
        message = f"a {record.kind} is no part of a pack."
        yield Problem(place.file, place.line, "kind", message, "Take it out.")


def _two_types(dataset: Dataset) -> Iterator[Problem]:
    """Attributes that two packs declare under one name with two types."""
    types: dict[tuple[str, str], tuple[str, str]] = {}
    for pack in dataset.of_kind("Pack"):
        for attribute in attributes(pack) if isinstance(pack, Pack) else ():
            key = (attribute.kind, attribute.name)
            first, kind = types.setdefault(key, (pack.pack, attribute.type))
            if kind != attribute.type:
                message = f"{attribute.name!r} is a {kind} in the pack {first!r}."
                yield Problem(
                    f"{pack.pack}/pack.toml", 0, "attributes", message, "Give it another name."
                )


def _reserved(sources: Sequence[Path]) -> Iterator[Problem]:
    """The application's own pack is read as a part of an export, and never by itself."""
    for source in sources:
        if _named(source) == LOCAL_PACK:
            message = f"{LOCAL_PACK!r} is the application's own pack."
            hint = "Give the pack another name, or name the folder of the whole export."
            yield Problem(where(source / "pack.toml"), 0, "name", message, hint)


def _named(source: Path) -> str:
    """The name of the pack in a folder; empty where there is none that can be read."""
    try:
        return read_pack(source).pack
    except DataError:
        return ""


def _missing_packs(new: Dataset, stored: Dataset) -> list[Problem]:
    have = {*stored.packs, *new.packs}
    return [
        Problem(
            f"{pack.pack}/pack.toml",
            0,
            "requires",
            f"the pack {name!r} is not loaded.",
            "Load it first, or together with this one.",
        )
        for pack in new.of_kind("Pack")
        if isinstance(pack, Pack)
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
