"""What every format of others holds: entities and the ties between them, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ecosystem.columns import Column
from ecosystem.dataset import Dataset
from ecosystem.model import NODE_KINDS, RARE, Edge, Entity, RelatedTo, Source, columns
from ecosystem.model.attributes import OWN
from ecosystem.own import of_record
from ecosystem.values import Language, Money, Text

Value = str | int | float | bool | tuple[str, ...]
_MINOR, _CURRENCY = "_minor", "_currency"
_STRUCTURE = {*RARE, "key", "name_bg", "name_en", "sources"}


@dataclass(frozen=True)
class Thing:
    """An entity: what it is called in the language of the export (else in the other), and values.

    ``values`` is what is recorded of it, by column: amounts in whole units, own attributes by the
    names that their pack gives them, sources as a reader would write them. Nothing that is not
    recorded.
    """

    record: Entity
    name: str
    values: Mapping[str, Value]

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.id

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.record.kind


@dataclass(frozen=True)
class Tie:
    """A tie between two things of the same export, with ``values`` as a thing has them.

    ``word`` is its kind; of a tie in a source's own words these words.
    """

    record: Edge
    word: str
    values: Mapping[str, Value]

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of both ends, the first first."""
        return self.record.source, self.record.target

    @property
    def directed(self) -> bool:
        """Whether it leads one way."""
        return bool(self.values.get("directed", True))


@dataclass(frozen=True)
class LeftOut:
    """What does not come along, and how many records of it."""

    what: Text
    count: int


@dataclass(frozen=True)
class Flat:
    """Entities and ties by their ids, and what of the store is neither."""

    nodes: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    left_out: tuple[LeftOut, ...]


NO_LONGER = Text("записи, които вече не важат", "records that count no longer")


def flat(dataset: Dataset, lang: Language) -> Flat:
    """The entities and ties of a dataset that count, and how many of its other records there are.

    Sources, evidence, coverage, decisions and packs have no place in formats of others: the
    sources of a statement stand in it as text.
    """
    counting = dataset.counting
    nodes = tuple(
        Thing(one, one.name.show(lang)[0], _values(counting, one, lang))
        for one in counting.nodes.values()
        if isinstance(one, Entity)
    )
    known = {thing.id for thing in nodes}
    ties = tuple(
        Tie(one, _word(one), _values(counting, one, lang))
        for one in counting.edges.values()
        if one.source in known and one.target in known
    )
    rest = Counter(
        record.kind
        for identity, record in counting.records.items()
        if not isinstance(record, Edge) and identity not in known
    )
    left = [LeftOut(NODE_KINDS[kind].label, count) for kind, count in sorted(rest.items())]
    if gone := len(dataset) - len(counting):
        left.append(LeftOut(NO_LONGER, gone))
    if loose := len(counting.edges) - len(ties):
        left.append(LeftOut(Text("връзки без край", "ties of which an end is missing"), loose))
    return Flat(nodes, ties, tuple(left))


def _word(edge: Edge) -> str:
    return edge.relation if isinstance(edge, RelatedTo) else edge.kind


def _values(dataset: Dataset, record: Entity | Edge, lang: Language) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if isinstance(record, Entity):
        found |= {f"name_{lang}": name for lang, name in record.name._asdict().items() if name}
    if isinstance(record, Edge) and record.symmetric:
        found["directed"] = False
    for name, column in columns(type(record)).items():
        if name not in _STRUCTURE:
            found |= _said(record, name, column)
    found |= {one.name.removeprefix(OWN): one.value for one in of_record(dataset, record)}
    if sources := tuple(_source(dataset, said, lang) for said in record.sources):
        found["sources"] = sources
    return found


def _said(record: Entity | Edge, name: str, column: Column) -> dict[str, Value]:
    """The value of a column; an amount in whole units under the name without ``_minor``."""
    value = getattr(record, name)
    if value is None or value in ("", ()):
        return {}
    if name.endswith(_MINOR):
        amount = name.removesuffix(_MINOR)
        return {amount: float(Money(value, getattr(record, amount + _CURRENCY)).major)}
    return {name: tuple(value) if column.many else value}


def _source(dataset: Dataset, said: str, lang: Language) -> str:
    """A source as a reader would write it: title, place, address."""
    identity, _, place = said.partition("#")
    source = dataset.nodes.get(identity)
    if not isinstance(source, Source):
        return said
    title, _ = source.name.show(lang)
    return ", ".join(filter(None, (title, place, source.url)))
