"""Forgetting a person: out of the facts, the decisions and the log; known by a salted hash alone.

The hash tells whoever names the person that they were forgotten, so that the next pack or backup
does not bring them back. Who holds the store and guesses an id can try it, and nothing more.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

from ecosystem import changelog
from ecosystem.changelog import Held, Holds, Said, Touched
from ecosystem.contents import Present
from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.errors import BackupError, DataError
from ecosystem.io import backups
from ecosystem.io.people import PERSON, Names, named_ids, texts_of, without
from ecosystem.model import LOCAL_PACK, LOG_KINDS, Change, Forgotten, Person, Record
from ecosystem.values import present_moment


@dataclass(frozen=True)
class Reworded:
    """A text that loses a name."""

    record: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Standing:
    """A text in which a name is left, because it may be that of something else.

    ``own`` is whether it is what the record is called itself; else one word of the name is there.
    """

    record: str
    column: str
    text: str
    own: bool


@dataclass(frozen=True)
class Forgetting:
    """What forgets a person: the changes, and how many records of each kind go.

    ``texts`` are those of others that lose the name, ``standing`` those in which one is left.
    """

    changes: ChangeSet
    removed: dict[str, int]
    cleaned: int
    rewritten: int
    texts: tuple[Reworded, ...] = ()
    standing: tuple[Standing, ...] = ()


def forgetting(
    present: Present, store: Holds, ids: Collection[str], said: Said
) -> Forgetting | None:
    """What leaves nothing of the persons of ``ids``; None where nothing is held of them."""
    whole = _whole(present)
    changes, rewritten = _without(whole, store, ids, present.changes)
    if not changes:
        return None
    _, rest = changes.parted(LOG_KINDS)
    names = _names(whole, store, ids, present.changes)
    who = replace(said, by=names.taken_from(said.by), why=names.taken_from(said.why))
    # Where only the log still held somebody, nothing else tells of it.
    told, _ = changelog.logged(present, rest, who, kept=False)
    entries, _ = told.parted(LOG_KINDS)
    marks = tuple(map(marked, sorted(ids)))
    return Forgetting(
        replace(changes, added=(*changes.added, *entries.added, *marks)),
        dict(Counter(record.kind for record in rest.removed)),
        len(rest.changed),
        rewritten,
        tuple(_reworded(whole, changes)),
        tuple(_standing(whole.changed(changes), names)),
    )


def _reworded(whole: Dataset, changes: ChangeSet) -> Iterator[Reworded]:
    for record in changes.changed:
        if record.id in whole.records:
            pairs = zip(texts_of(whole.records[record.id]), texts_of(record), strict=True)
            for (column, before, _), (_, after, _) in pairs:
                if before != after:
                    yield Reworded(record.id, column, before, after)


def _standing(kept: Dataset, names: Names) -> Iterator[Standing]:
    for record in kept.records.values():
        for column, text, own in texts_of(record):
            # Others of the same family have that name by right.
            alone = not isinstance(record, Person) and names.stands_alone_in(text)
            if alone or names.stand_in(text):
                yield Standing(record.id, column, text, own)


def _whole(present: Present) -> Dataset:
    log = ChangeSet(added=tuple(present.log.records.values()))
    return present.everything.changed(log)


def _without(
    whole: Dataset, store: Holds, ids: Collection[str], entries: Iterable[Change]
) -> tuple[ChangeSet, int]:
    """What turns ``whole``, and the pieces of its log, into the same without the persons.

    Also how many changes have other pieces then.
    """
    names = _names(whole, store, ids, entries)
    kept = without(whole, ids, names)
    changes = diff(whole, kept)
    gone = {record.id for record in changes.removed}
    put = {record.id: record for record in changes.changed}
    added, removed, rewritten = list[Record](), [*changes.removed], 0
    for change, its, before in _pieces(store, entries):
        held = Dataset.of(before.values())
        # A source that is needed elsewhere may be needed by nothing else among these.
        clean = without(held, ids, names, needed=held.nodes.keys() - gone)
        lost = {*gone, *(held.records.keys() - clean.records.keys()), *_naming(its, ids)}
        if clean == held and not lost & (its.all | its.needs):
            continue
        entry = kept.nodes[change.id]
        assert isinstance(entry, Change)
        written = changelog.rewritten(entry, its, lost, clean.records)
        added += written.added
        put |= {record.id: record for record in written.changed}
        removed += written.removed
        rewritten += 1
    # Pieces of the log are no part of the whole, nor of what is known of what was.
    former = tuple(whole.records[one] for one in put if one in whole.records)
    return ChangeSet(tuple(added), tuple(put.values()), tuple(removed), former), rewritten


def _pieces(
    store: Holds, entries: Iterable[Change]
) -> Iterator[tuple[Change, Touched, dict[str, Record]]]:
    """Each change of which something is kept: what it touched, and what that was before."""
    known = {change.id: change for change in entries}
    for identity, its in changelog.touched(store, known.values()).items():
        yield known[identity], its, changelog.former(store, known[identity])


def _naming(its: Touched, ids: Collection[str]) -> Iterator[str]:
    """The ids among those that a change touched which name one of the persons."""
    for identity in its.all | its.needs:
        if identity in ids or not {*ids}.isdisjoint(identity.split("|")):
            yield identity


def _names(whole: Dataset, store: Holds, ids: Collection[str], entries: Iterable[Change]) -> Names:
    """What the persons are called, and what they were called before."""
    people = [whole.nodes[one] for one in ids if one in whole.nodes]
    for _, _, before in _pieces(store, entries):
        people += (one for i, one in before.items() if i in ids and isinstance(one, Person))
    return Names(people)


# Those who come again


def marked(identity: str) -> Forgotten:
    """The mark by which whoever names ``identity`` learns that it was forgotten."""
    salt = token_hex(16)
    return Forgotten(
        id=f"forgotten:{token_hex(8)}",
        pack=LOCAL_PACK,
        salt=salt,
        digest=_digest(identity, salt),
        at=present_moment(),
    )


def _digest(identity: str, salt: str) -> str:
    return hashlib.blake2b(identity.encode(), key=salt.encode(), digest_size=16).hexdigest()


def known(forgotten: Collection[Forgotten], ids: Iterable[str]) -> dict[str, Forgotten]:
    """Those of ``ids`` that were forgotten, each with its mark."""
    return {
        one: mark for one in ids for mark in forgotten if _digest(one, mark.salt) == mark.digest
    }


def taken_out(dataset: Dataset, present: Present) -> tuple[Dataset, str]:
    """``dataset`` without those who were forgotten, and the day; itself where nobody was."""
    found = known(present.forgotten, _people(dataset)) if present.forgotten else {}
    if not found:
        return dataset, ""
    names = Names(dataset.nodes[one] for one in found if one in dataset.nodes)
    kept = without(dataset, found, names, needed=present.stated.nodes)
    return kept, max(mark.at for mark in found.values())[:10]


def _people(dataset: Dataset) -> set[str]:
    return {
        one
        for record in dataset.records.values()
        for one in named_ids(record)
        if one.startswith(PERSON)
    }


def still_forgotten(dataset: Dataset, forgotten: Collection[Forgotten]) -> Dataset:
    """What a backup holds without those who were forgotten since, and with their marks."""
    entries = [one for one in dataset.of_kind("Change") if isinstance(one, Change)]
    pieces = dataset.of_kinds(("ChangePart",))
    whole, store = dataset.without("ChangePart"), Held(dataset)
    named = set(_people(whole))
    for _, its, before in _pieces(store, entries):
        named |= {one for i in its.all | its.needs for one in i.split("|")}
        named |= _people(Dataset.of(before.values()))
    found = known(forgotten, (one for one in named if one.startswith(PERSON)))
    changes = _without(whole, store, found, entries)[0] if found else ChangeSet()
    marks = ChangeSet(added=(*pieces, *forgotten))
    return whole.changed(marks).changed(changes)


def holds(backup: Path, ids: Collection[str]) -> bool | None:
    """Whether a backup still holds one of the persons; None where it cannot be read."""
    try:
        dataset = backups.read(backup).dataset
    except (BackupError, DataError):
        return None
    entries = [one for one in dataset.of_kind("Change") if isinstance(one, Change)]
    return bool(_without(dataset.without("ChangePart"), Held(dataset), ids, entries)[0])
