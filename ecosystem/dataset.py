"""A dataset: typed records by id, checked as a whole and compared with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ecosystem.model import (
    EDGE_KINDS,
    NODE_KINDS,
    Attribute,
    Coverage,
    Edge,
    Entity,
    Evidence,
    Node,
    Pack,
    Record,
    columns,
)

Item = TypeVar("Item", bound=Record)


class Place(NamedTuple):
    """Where a record was read: file, and line from 1 (0 where there is none)."""

    file: str
    line: int


@dataclass(frozen=True)
class Unread:
    """What could not be read and is a problem already, so that nothing more is said of it.

    Attributes
    ----------
    columns
        By id of a record its columns that could not be read.
    kinds
        The kinds of which whole files could not.
    ids
        Ids of rows that could not.
    """

    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


WHOLE = Unread()
"""Everything was read."""


@dataclass(frozen=True)
class Dataset:
    """Nodes and edges by id, in the order of their ids; equal when their records are."""

    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, records: Iterable[Record], places: Mapping[str, Place] | None = None) -> Dataset:
        """The dataset of ``records``; of two with one id the later counts."""
        by_id = {record.id: record for record in records}
        ordered = [by_id[identity] for identity in sorted(by_id)]
        return cls(
            MappingProxyType({r.id: r for r in ordered if isinstance(r, Node)}),
            MappingProxyType({r.id: r for r in ordered if isinstance(r, Edge)}),
            places or {},
        )

    def __len__(self) -> int:
        return len(self.nodes) + len(self.edges)

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record by id, nodes first."""
        return MappingProxyType({**self.nodes, **self.edges})

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """The packs that own records here, sorted."""
        return tuple(sorted({record.pack for record in self.records.values()}))

    @cached_property
    def _by_kind(self) -> dict[str, list[Record]]:
        kinds: dict[str, list[Record]] = {}
        for record in self.records.values():
            kinds.setdefault(record.kind, []).append(record)
        return kinds

    def of_kind(self, kind: str) -> list[Record]:
        """The records of a kind, in the order of their ids."""
        return list(self._by_kind.get(kind, ()))

    @cached_property
    def _evidence(self) -> dict[str, list[Evidence]]:
        by_subject: dict[str, list[Evidence]] = {}
        for record in self._by_kind.get("Evidence", ()):
            if isinstance(record, Evidence):
                by_subject.setdefault(record.subject, []).append(record)
        return by_subject

    def evidence_of(self, identity: str) -> list[Evidence]:
        """The Evidence rows about one node or edge, in the order of their ids."""
        return list(self._evidence.get(identity, ()))

    @cached_property
    def attributes(self) -> Mapping[str, tuple[Attribute, ...]]:
        """The attributes that each pack declares for its records, by the name of the pack."""
        packs = (record for record in self._by_kind.get("Pack", ()) if isinstance(record, Pack))
        return {
            pack.pack: tuple(Attribute.from_line(line) for line in pack.attributes)
            for pack in packs
            if pack.attributes
        }

    def only(self, packs: Iterable[str]) -> Dataset:
        """The part that ``packs`` own."""
        wanted = set(packs)
        return Dataset(
            MappingProxyType({i: node for i, node in self.nodes.items() if node.pack in wanted}),
            MappingProxyType({i: edge for i, edge in self.edges.items() if edge.pack in wanted}),
            self.places,
        )

    def of_kinds(self, kinds: Iterable[str]) -> tuple[Record, ...]:
        """The records of several kinds, one kind after the other."""
        return tuple(record for kind in kinds for record in self._by_kind.get(kind, ()))

    def without(self, *kinds: str) -> Dataset:
        """The part that is not of ``kinds``."""
        gone = self.of_kinds(kinds)
        return self.changed(ChangeSet(removed=gone)) if gone else self

    @cached_property
    def counting(self) -> Dataset:
        """The part that counts: without what is deprecated, and what rests on it.

        That are ties to it, what a deprecated source says, and its name among the sources of
        others: a statement that names another source as well still counts, by that one.
        """
        gone = {i for i, record in self.records.items() if record.deprecated}
        if not gone:
            return self
        lost = {i: record for i, record in self.records.items() if i in gone or _on(record, gone)}
        left = (
            (record, tuple(one for one in record.sources if one.partition("#")[0] not in gone))
            for i, record in self.records.items()
            if i not in lost and isinstance(record, (Entity, Edge))
        )
        less = (replace(record, sources=kept) for record, kept in left if kept != record.sources)
        return self.changed(ChangeSet(changed=tuple(less), removed=tuple(lost.values())))

    def changed(self, changes: ChangeSet) -> Dataset:
        """What ``changes`` make of it, as the store does; what they leave alone is shared.

        What is added or changed takes the place of a record with its id; what is removed need
        not be there.
        """
        put = {record.id: record for record in (*changes.added, *changes.changed)}
        gone = {record.id for record in changes.removed}
        return Dataset(
            _changed(self.nodes, {i: r for i, r in put.items() if isinstance(r, Node)}, gone),
            _changed(self.edges, {i: r for i, r in put.items() if isinstance(r, Edge)}, gone),
            self.places,
        )

    def merged(self, other: Dataset) -> Dataset:
        """Both datasets in one; where they share an id, ``other`` counts."""
        return Dataset.of(
            (*self.records.values(), *other.records.values()), {**self.places, **other.places}
        )


def _on(record: Record, gone: set[str]) -> bool:
    """Whether a record says something of what is ``gone``, or by it alone."""
    match record:
        case Edge():
            return record.source in gone or record.target in gone
        case Evidence():
            return record.subject in gone or record.source in gone
        case Coverage():
            return record.source in gone or record.scope in gone
    return False


def _changed(
    held: Mapping[str, Item], put: Mapping[str, Item], gone: set[str]
) -> Mapping[str, Item]:
    lost = [identity for identity in gone if identity in held]
    if not put and not lost:
        return held
    changed = {**held, **put}
    for identity in lost:
        del changed[identity]
    if put.keys() - held.keys():
        # Sorted but for the new ones: the sort takes one pass.
        changed = {identity: changed[identity] for identity in sorted(changed)}
    return MappingProxyType(changed)


EMPTY = Dataset.of(())

Tell = Callable[[int, int], object]
"""Hears how many of how many records of a change are on their way; what it raises ends it."""


def unheard(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class ChangeSet:
    """What turns one dataset into another; ``changed`` holds the new records.

    ``former`` are those that they take the place of, one for one, where that is known.
    """

    added: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    former: tuple[Record, ...] = field(default=(), compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def parted(self, kinds: Collection[str]) -> tuple[ChangeSet, ChangeSet]:
        """The changes of records of ``kinds``, and all others."""
        parts = self.added, self.changed, self.removed, self.former
        return (
            ChangeSet(*(tuple(r for r in part if r.kind in kinds) for part in parts)),
            ChangeSet(*(tuple(r for r in part if r.kind not in kinds) for part in parts)),
        )

    def without_removals(self) -> ChangeSet:
        """The same changes, removing nothing."""
        return ChangeSet(self.added, self.changed, former=self.former)

    def to_dict(self) -> dict[str, int]:
        """How many records are added, changed and removed."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
        }


def diff(old: Dataset, new: Dataset) -> ChangeSet:
    """The changes that turn ``old`` into ``new``, each list in the order of ids."""
    before, after = old.records, new.records
    changed = tuple(r for i, r in after.items() if i in before and before[i] != r)
    return ChangeSet(
        added=tuple(r for i, r in after.items() if i not in before),
        changed=changed,
        removed=tuple(r for i, r in before.items() if i not in after),
        former=tuple(before[record.id] for record in changed),
    )


def references(record: Record) -> Iterator[tuple[str, str]]:
    """Each column of ``record`` that names another record, with that record's id."""
    if isinstance(record, Edge):
        yield "source", record.source
        yield "target", record.target
    for name, column in columns(type(record)).items():
        if column.refers_to:
            value = getattr(record, name)
            for entry in value if column.many else (value,):
                # Only sources carry a locator; the key of an edge may hold the same sign.
                yield name, entry.partition("#")[0] if name == "sources" else entry


def counts(dataset: Dataset) -> dict[str, int]:
    """How many records of each kind, in the order of the model; absent kinds are left out."""
    found = Counter(record.kind for record in dataset.records.values())
    return {kind: found[kind] for kind in (*NODE_KINDS, *EDGE_KINDS) if found[kind]}
