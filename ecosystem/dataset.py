"""A dataset: typed records by id, checked as a whole and compared with another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ecosystem.errors import Problem, nearest
from ecosystem.model import (
    EDGE_KINDS,
    LOCAL_PACK,
    NODE_KINDS,
    Edge,
    Evidence,
    Node,
    Record,
    columns,
)

# No part repeats into its neighbour, so that the search takes one pass over any text.
_CONTACT = re.compile(r"[\w.+-]@[\w-]+\.\w|(?<![\w/=.-])\+\d(?:[ ()/-]*\d){7}")

# A guess compares with every known id; where a whole pack is missing, guessing is no help.
MOST_GUESSES = 20


Item = TypeVar("Item", bound=Record)


class Place(NamedTuple):
    """Where a record was read: file, and line from 1 (0 where there is none)."""

    file: str
    line: int


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

    def only(self, packs: Iterable[str]) -> Dataset:
        """The part that ``packs`` own."""
        wanted = set(packs)
        return Dataset(
            MappingProxyType({i: node for i, node in self.nodes.items() if node.pack in wanted}),
            MappingProxyType({i: edge for i, edge in self.edges.items() if edge.pack in wanted}),
            self.places,
        )

    def without(self, kind: str) -> Dataset:
        """The part that is not of ``kind``."""
        gone = tuple(self.of_kind(kind))
        return self.changed(ChangeSet(removed=gone)) if gone else self

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


@dataclass(frozen=True)
class ChangeSet:
    """What turns one dataset into another; ``changed`` holds the new records."""

    added: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def parted(self, kind: str) -> tuple[ChangeSet, ChangeSet]:
        """The changes of records of ``kind``, and all others."""
        parts = self.added, self.changed, self.removed
        return (
            ChangeSet(*(tuple(r for r in part if r.kind == kind) for part in parts)),
            ChangeSet(*(tuple(r for r in part if r.kind != kind) for part in parts)),
        )

    def without_removals(self) -> ChangeSet:
        """The same changes, removing nothing."""
        return ChangeSet(self.added, self.changed)

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
    return ChangeSet(
        added=tuple(r for i, r in after.items() if i not in before),
        changed=tuple(r for i, r in after.items() if i in before and before[i] != r),
        removed=tuple(r for i, r in before.items() if i not in after),
    )


def check(dataset: Dataset, context: Dataset = EMPTY) -> list[Problem]:
    """Every problem of ``dataset``, ordered by place.

    Parameters
    ----------
    dataset
        What is to be loaded.
    context
        What is in the store already; references may lead there, and an id that another pack
        owns there may not be used here.
    """
    return sorted(_Check(dataset, context).problems())


class _Check:
    def __init__(self, dataset: Dataset, context: Dataset) -> None:
        self.dataset, self.context = dataset, context
        self.known: dict[str, Node] = {**context.nodes, **dataset.nodes}
        self.unknown = 0

    def problems(self) -> Iterable[Problem]:
        for record in self.dataset.records.values():
            yield from self._ownership(record)
            yield from self._cells(record)
            yield from self._period(record)
            yield from self._sourcing(record)
            yield from self._money(record)
            yield from self._node(record) if isinstance(record, Node) else self._edge(record)

    def _problem(self, record: Record, column: str, message: str, hint: str = "") -> Problem:
        place = self.dataset.places.get(record.id, Place("", 0))
        where = place.file or record.id
        return Problem(where, place.line, column, message, hint)

    def _unknown(self, record: Record, column: str, identity: str, kinds: str) -> Problem:
        close: tuple[str, ...] = ()
        self.unknown += 1
        if self.unknown <= MOST_GUESSES:
            prefix = identity.split(":", 1)[0]
            close = nearest(identity, [i for i in self.known if i.startswith(prefix + ":")])
            close = close or nearest(identity, self.known)
        hint = f"Did you mean {close[0]!r}?" if close else "Add it, or load the pack that has it."
        return self._problem(record, column, f"{identity!r} isn't a known {kinds}.", hint)

    def _ownership(self, record: Record) -> Iterable[Problem]:
        other = self.context.records.get(record.id)
        if other is not None and other.pack != record.pack:
            yield self._problem(
                record,
                "id",
                f"{record.id!r} belongs to the pack {other.pack!r}.",
                "Refer to it instead of defining it again, or choose another id.",
            )

    def _cells(self, record: Record) -> Iterable[Problem]:
        for name, column in columns(type(record)).items():
            value = getattr(record, name)
            values = value if column.many else (value,)
            if column.required and value in ("", None, ()):
                yield self._problem(record, name, "must not be empty.")
            for item in values:
                if item in ("", None):
                    continue
                if column.choices and item not in column.choices:
                    yield self._problem(
                        record, name, f"{item!r} is not one of {', '.join(column.choices)}."
                    )
                if column.refers_to:
                    yield from self._reference(record, name, item, column.refers_to)
                elif isinstance(item, str) and column.what == "text" and _CONTACT.search(item):
                    yield self._problem(
                        record,
                        name,
                        "looks like an e-mail address or a phone number.",
                        "Personal contact data is never stored; remove it.",
                    )
                if column.low is not None and item < column.low:
                    yield self._problem(record, name, f"{item} is below {column.low:g}.")
                if column.high is not None and item > column.high:
                    yield self._problem(record, name, f"{item} is above {column.high:g}.")

    def _reference(
        self, record: Record, name: str, entry: str, kinds: tuple[str, ...]
    ) -> Iterable[Problem]:
        identity = entry
        if name == "sources":
            identity, _, locator = entry.partition("#")
            if not locator:
                yield self._problem(
                    record, name, f"{entry!r} has no locator.", "Write source:id#where-in-it."
                )
        target = self.known.get(identity)
        if kinds == ("*",):
            known = identity in self.known or ("|" in identity and self._is_edge(identity))
            if not known:
                yield self._unknown(record, name, identity, "record")
        elif target is None or target.kind not in kinds:
            yield self._unknown(record, name, identity, " or ".join(kinds))

    def _is_edge(self, identity: str) -> bool:
        return identity in self.dataset.edges or identity in self.context.edges

    def _period(self, record: Record) -> Iterable[Problem]:
        period = record.period
        if period.since and period.until and period.valid_from > period.valid_to:
            yield self._problem(
                record, "until", f"ends ({period.until}) before it begins ({period.since})."
            )
        for name in ("since", "until"):
            stated = getattr(record, name)
            if stated[:1].isdigit() and not "1800" <= stated[:4] <= "2200":
                yield self._problem(record, name, f"the year of {stated} is not plausible.")

    def _sourcing(self, record: Record) -> Iterable[Problem]:
        if isinstance(record, Node) and not record.sourced:
            return
        if not record.standing:
            yield self._problem(
                record,
                "standing",
                "must not be empty.",
                "Say documented, reported, inferred or illustrative.",
            )
        if record.standing in ("documented", "reported") and not record.sources:
            yield self._problem(
                record,
                "sources",
                f"a {record.standing} statement needs a source.",
                "Name one, or mark the statement illustrative.",
            )
        if record.standing == "inferred" and not record.rule:
            yield self._problem(record, "rule", "an inferred statement names its rule.")

    def _money(self, record: Record) -> Iterable[Problem]:
        for name in columns(type(record)):
            if not name.endswith("_minor"):
                continue
            amount, unit = getattr(record, name), name.removesuffix("_minor") + "_currency"
            if (amount is None) != (not getattr(record, unit)):
                yield self._problem(
                    record, unit, f"{name} and {unit} are given together or not at all."
                )

    def _node(self, record: Node) -> Iterable[Problem]:
        prefix = record.id.split(":", 1)[0]
        if prefix != record.prefix:
            yield self._problem(
                record, "id", f"the id of a {record.kind} begins with {record.prefix!r}:."
            )
        if record.names == "both" and not (record.name_bg and record.name_en):
            yield self._problem(record, "name_bg", f"a {record.kind} needs both names.")
        elif record.names == "any" and not (record.name_bg or record.name_en):
            yield self._problem(record, "name_bg", "a name in one language at least is needed.")
        if record.kind == "Decision" and record.pack != LOCAL_PACK:
            yield self._problem(record, "id", f"decisions belong to the pack {LOCAL_PACK!r}.")

    def _edge(self, record: Edge) -> Iterable[Problem]:
        if not record.key.isprintable() or "|" in record.key:
            yield self._problem(record, "key", "must be one line without '|'.")
        ends = []
        for side in ("source", "target"):
            node = self.known.get(getattr(record, side))
            if node is None:
                yield self._unknown(record, side, getattr(record, side), "node")
            else:
                ends.append(node.kind)
        if len(ends) == 2 and tuple(ends) not in record.ends:
            yield self._problem(
                record,
                "target",
                f"{record.kind} does not lead from {ends[0]} to {ends[1]}.",
                "Allowed: " + ", ".join(f"{a} -> {b}" for a, b in record.ends) + ".",
            )
        if record.source == record.target:
            yield self._problem(record, "target", "leads from a node to itself.")
        if record.symmetric and record.source > record.target:
            yield self._problem(
                record,
                "source",
                "a partnership is stored once, the lower id first.",
                f"Swap {record.source!r} and {record.target!r}.",
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
