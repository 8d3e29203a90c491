"""The change log: who changed the store, when and why, and what it takes to take that back.

An entry and its pieces are written in the transaction of the change itself. Of records that were
added the ids are kept, of those that were changed or removed what they were before; the pieces of
the oldest changes go when there are too many, their entries stay.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from ecosystem.checks import check
from ecosystem.contents import Present
from ecosystem.dataset import ChangeSet, Dataset, references
from ecosystem.errors import DataError, ParameterError, StoreChangedError
from ecosystem.io import jsonl
from ecosystem.model import (
    KINDS,
    LOCAL_KINDS,
    LOCAL_PACK,
    Change,
    ChangePart,
    Decision,
    Mentors,
    Record,
    columns,
)
from ecosystem.values import present_moment

MOST_KEPT = 200
"""How many changes can be taken back, the newest."""
MOST_SIGNS = 64_000_000
"""How many signs the pieces of all changes take together."""
PIECE = 200_000
IDS, RECORDS = "ids", "records"
GONE = "the store has changed since it was read."


@dataclass(frozen=True)
class Said:
    """What is said of a change: what it is, who made it and why, and the packs it is of."""

    what: str
    by: str = ""
    why: str = ""
    packs: tuple[str, ...] = ()
    undoes: str = ""


class Holds(Protocol):
    """What pieces of changes are read from: a store, or what is held of one."""

    def by_ids(self, kind: str, ids: Iterable[str]) -> Sequence[Record]:
        """The records of a kind with one of ``ids``."""
        ...


@dataclass(frozen=True)
class Held:
    """Pieces that stand in a dataset, as in a backup."""

    dataset: Dataset

    def by_ids(self, kind: str, ids: Iterable[str]) -> Sequence[Record]:
        """The records of a kind with one of ``ids``."""
        there = self.dataset.nodes
        return [there[one] for one in ids if one in there and there[one].kind == kind]


class Touched(NamedTuple):
    """The ids that a change added, changed and removed.

    ``needs`` are those that records refer to which it changed or removed, as they were before:
    they have to be there for it to be taken back.
    """

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every id of a record that the change touched."""
        return self.added | self.changed | self.removed


def logged(
    present: Present, changes: ChangeSet, said: Said, *, kept: bool = True
) -> tuple[ChangeSet, str]:
    """``changes`` with their entry in the log, and its id; themselves where they change nothing.

    Parameters
    ----------
    present
        The contents that the changes are made from; they have to be stored at its revision.
    kept
        Whether it shall be possible to take the change back.

    Raises
    ------
    ParameterError, DataError
        Where ``by`` or ``why`` cannot be stored.
    """
    if not changes:
        return changes, ""
    entry = _entry(present, changes, said)
    pieces = _pieces(entry, *_texts(present, changes)) if kept else []
    size = sum(len(piece.content) for piece in pieces)
    if size > MOST_SIGNS:
        pieces, size = [], 0
    entry = replace(entry, parts=len(pieces), size=size)
    old = _outgrown((*present.changes, entry))
    whole = ChangeSet(
        added=(*changes.added, entry, *pieces),
        changed=(*changes.changed, *(replace(one, parts=0, size=0) for one in old)),
        removed=(*changes.removed, *(piece for one in old for piece in named_pieces(one))),
        former=(*changes.former, *old),
    )
    return whole, entry.id


def _entry(present: Present, changes: ChangeSet, said: Said) -> Change:
    last = present.changes[-1].number if present.changes else 0
    entry = Change(
        id=f"change:no-{last + 1:06d}",
        pack=LOCAL_PACK,
        at=present_moment(),
        by=_clean("by", said.by),
        what=said.what,
        why=_clean("why", said.why),
        packs=said.packs,
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
        kinds=tuple(_kinds(changes)),
        before=present.revision,
        after=present.revision + 1,
        undoes=said.undoes,
        decided=max(map(decision_number, present.decisions.of_kind("Decision")), default=0),
    )
    if problems := check(Dataset.of([entry])):
        raise DataError(problems)
    return entry


def decision_number(decision: Record) -> int:
    """The place of a decision among all: ids grow."""
    return int(decision.id.rpartition("-")[2])


def _clean(name: str, text: str) -> str:
    try:
        return str(columns(Change)[name].parse(text.strip()))
    except ValueError as error:
        raise ParameterError(f"{name}: {error}", "Change it.") from None


def _kinds(changes: ChangeSet) -> Iterator[str]:
    counted = [Counter(one.kind for one in part) for part in _three(changes)]
    for kind in KINDS:
        numbers = [counts[kind] for counts in counted]
        if any(numbers):
            yield " ".join((kind, *map(str, numbers)))


def _three(changes: ChangeSet) -> tuple[Sequence[Record], ...]:
    return changes.added, changes.changed, changes.removed


def by_kind(change: Change) -> Mapping[str, Mapping[str, int]]:
    """How many records of each kind were added, changed and removed."""
    words = (entry.split(" ") for entry in change.kinds)
    return {
        kind: dict(zip(("added", "changed", "removed"), map(int, numbers), strict=True))
        for kind, *numbers in words
    }


# What is kept of a change


def _texts(present: Present, changes: ChangeSet) -> tuple[str, str]:
    """The ids that are touched, each line with its sign, and the records as they were.

    Decisions are only ever added, and what follows from them comes and goes with them: a load of
    an export that is taken back leaves them.
    """
    _, stated = changes.parted(LOCAL_KINDS)
    added, changed = (
        [one.id for one in part if not derived(one)] for part in (stated.added, stated.changed)
    )
    there = present.stated.records
    former = [*(there[one] for one in changed), *stated.removed]
    return _ids(added, changed, former, stated.removed)


def derived(record: Record) -> bool:
    """Whether a record follows from a decision: the tie of an accepted mentor pair."""
    ours = isinstance(record, Mentors) and record.pack == LOCAL_PACK
    return ours and record.rule.startswith(f"{Decision.prefix}:")


def _ids(
    added: Iterable[str],
    changed: Iterable[str],
    former: Sequence[Record],
    removed: Iterable[Record],
) -> tuple[str, str]:
    own = {record.id for record in former}
    needs = {one for record in former for _, one in references(record)} - own
    lines = (
        *(f"+{one}\n" for one in added),
        *(f"~{one}\n" for one in changed),
        *(f"-{one.id}\n" for one in removed),
        *(f"?{one}\n" for one in sorted(needs)),
    )
    return "".join(lines), "".join(map(jsonl.line, former))


def _pieces(entry: Change, ids: str, records: str) -> list[ChangePart]:
    number = entry.id.partition(":")[2]
    found: list[ChangePart] = []
    for holds, text in ((IDS, ids), (RECORDS, records)):
        packed = b64encode(zlib.compress(text.encode())).decode("ascii") if text else ""
        for start in range(0, len(packed), PIECE):
            found.append(
                ChangePart(
                    id=f"part:{number}-{len(found):04d}",
                    pack=LOCAL_PACK,
                    change=entry.id,
                    number=len(found),
                    holds=holds,
                    content=packed[start : start + PIECE],
                )
            )
    return found


def named_pieces(entry: Change) -> Iterator[ChangePart]:
    """The pieces of a change by their ids, without what they hold."""
    number = entry.id.partition(":")[2]
    for one in range(entry.parts or 0):
        yield ChangePart(id=f"part:{number}-{one:04d}", pack=LOCAL_PACK, change=entry.id)


def _outgrown(changes: Sequence[Change]) -> list[Change]:
    """The changes whose pieces go, so that those of the newest stay within the bounds."""
    number = signs = 0
    found: list[Change] = []
    for change in reversed(changes):
        if change.parts:
            number, signs = number + 1, signs + (change.size or 0)
            if number > MOST_KEPT or signs > MOST_SIGNS:
                found.append(change)
    return found


# Reading it again


def touched(store: Holds, changes: Iterable[Change]) -> dict[str, Touched]:
    """What each of ``changes`` touched, by its id; those of which nothing is kept are left out."""
    found: dict[str, Touched] = {}
    for change, text in _read(store, changes, IDS).items():
        signs: dict[str, set[str]] = {sign: set() for sign in "+~-?"}
        for line in filter(None, text.split("\n")):
            signs[line[0]].add(line[1:])
        found[change] = Touched(*map(frozenset, signs.values()))
    return found


def former(store: Holds, change: Change) -> dict[str, Record]:
    """What the records that a change changed or removed were before it, by id.

    Raises
    ------
    StoreChangedError
        Where that is not kept any more.
    """
    text = _read(store, [change], RECORDS).get(change.id)
    if text is None and (change.changed or change.removed):
        raise StoreChangedError(f"{change.id}: {GONE}", "Look at the changes again.")
    lines = filter(None, (text or "").split("\n"))
    return dict(jsonl.records(lines, change.id).records)


def _read(store: Holds, changes: Iterable[Change], holds: str) -> dict[str, str]:
    wanted = {change.id: change for change in changes if change.parts}
    ids = [piece.id for change in wanted.values() for piece in named_pieces(change)]
    pieces: dict[str, list[ChangePart]] = {one: [] for one in wanted}
    for piece in store.by_ids(ChangePart.kind, ids) if ids else ():
        if isinstance(piece, ChangePart):
            pieces[piece.change].append(piece)
    found: dict[str, str] = {}
    for change, its in pieces.items():
        ordered = sorted((one for one in its if one.holds == holds), key=lambda one: one.id)
        if len(its) == wanted[change].parts and ordered:
            text = _unpacked("".join(one.content for one in ordered))
            if text is not None:
                found[change] = text
    return found


def _unpacked(packed: str) -> str | None:
    """The text of pieces; None where they are damaged, which is as if they were not kept."""
    try:
        return zlib.decompress(b64decode(packed, validate=True)).decode()
    except (zlib.error, ValueError):
        return None


def rewritten(
    entry: Change, its: Touched, gone: Collection[str], before: Mapping[str, Record]
) -> ChangeSet:
    """What leaves nothing of ``gone`` in the pieces of ``entry``.

    Parameters
    ----------
    its
        What the change touched.
    before
        What of the records that it changed or removed may stay, as they were before it.
    """
    added, altered, removed = (sorted(part - {*gone}) for part in its[:3])
    kept = [before[one] for one in (*altered, *removed) if one in before]
    left = [before[one] for one in removed if one in before]
    pieces = _pieces(entry, *_ids(added, altered, kept, left))
    old, new = ({one.id for one in some} for some in (named_pieces(entry), pieces))
    size = sum(len(one.content) for one in pieces)
    return ChangeSet(
        added=tuple(one for one in pieces if one.id not in old),
        changed=(
            replace(entry, parts=len(pieces), size=size),
            *(one for one in pieces if one.id in old),
        ),
        removed=tuple(one for one in named_pieces(entry) if one.id not in new),
    )
