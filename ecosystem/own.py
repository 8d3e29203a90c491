"""Attributes that packs declare of their own: what they are called, and how values are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecosystem.columns import Own
from ecosystem.dataset import Dataset
from ecosystem.figures import both, day, number
from ecosystem.model import ENTITY_KINDS, Attribute, Edge, Entity, Record
from ecosystem.model.attributes import OWN
from ecosystem.values import Text

Value = str | float | bool
YES_NO = {True: Text("да", "yes"), False: Text("не", "no")}


@dataclass(frozen=True)
class OwnValue:
    """A value of an own attribute, with the words for it; ``type`` is empty where none is declared.

    ``name`` is the name of the column, ``own:...``.
    """

    name: str
    label: Text
    type: str
    value: Value
    said: Text


@dataclass(frozen=True)
class Declared:
    """All that packs declare under one name for nodes: it is of one type in all of them.

    ``name`` is the name of the column; ``choices`` are those of all packs in their order.
    """

    name: str
    type: str
    label: Text
    kinds: frozenset[str]
    choices: tuple[str, ...]


def of_record(dataset: Dataset, record: Record) -> tuple[OwnValue, ...]:
    """The own attributes of a record that are known, in the order in which its pack names them."""
    if not isinstance(record, (Entity, Edge)) or not record.own:
        return ()
    known = {
        one.name: one for one in dataset.attributes.get(record.pack, ()) if one.kind == record.kind
    }
    values = dict(record.own)
    ordered = [name for name in known if name in values]
    ordered += [name for name in values if name not in known]
    return tuple(
        OwnValue(
            OWN + name,
            _label(dataset, record.pack, known[name]) if name in known else Text(name, name),
            known[name].type if name in known else "",
            values[name],
            said(values[name], known[name].type if name in known else ""),
        )
        for name in ordered
    )


def said(value: Value, sort: str) -> Text:
    """A value as it is read in each language."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, (int, float)):
        return both(number, value, digits=6)
    return both(day, value) if sort == "date" else Text(value, value)


def of_nodes(dataset: Dataset, types: Collection[str] = ()) -> tuple[Declared, ...]:
    """What packs declare for nodes, of these types if any, in the order of names."""
    found: dict[str, list[tuple[str, Attribute]]] = {}
    for pack, declared in sorted(dataset.attributes.items()):
        for one in declared:
            if one.kind in ENTITY_KINDS and (not types or one.type in types):
                found.setdefault(one.name, []).append((pack, one))
    return tuple(
        Declared(
            OWN + name,
            declared[0][1].type,
            _title(dataset, declared),
            frozenset(one.kind for _, one in declared),
            tuple(dict.fromkeys(choice for _, one in declared for choice in one.choices)),
        )
        for name, declared in sorted(found.items())
    )


def titles(dataset: Dataset, records: Iterable[Record]) -> dict[str, Text]:
    """The own columns that any of these records fills, in the order of names, and their titles."""
    declared: dict[str, list[tuple[str, Attribute]]] = {}
    filled: set[str] = set()
    for record in records:
        if isinstance(record, (Entity, Edge)):
            filled.update(name for name, _ in record.own)
    for pack, found in sorted(dataset.attributes.items()):
        for one in found:
            declared.setdefault(one.name, []).append((pack, one))
    return {
        OWN + name: _title(dataset, declared[name]) if name in declared else Text(name, name)
        for name in sorted(filled)
    }


def value_of(record: Record, column: str) -> Value | None:
    """The value of a record in an own column; None where none is recorded."""
    own: Own = record.own if isinstance(record, (Entity, Edge)) else ()
    return dict(own).get(column.removeprefix(OWN))


def _title(dataset: Dataset, declared: Sequence[tuple[str, Attribute]]) -> Text:
    """The label of a name for all packs that declare it: each of theirs, where they differ."""
    labels = [one.label for _, one in declared]
    packs = list(dict.fromkeys(pack for pack, _ in declared))
    texts = (dict.fromkeys(filter(None, words)) for words in zip(*labels, strict=True))
    joined = Text(*(" / ".join(words) for words in texts))
    shared = any(same for pack, one in declared for same in _sharing(dataset, pack, one))
    return _of_packs(joined, packs) if shared else joined


def _label(dataset: Dataset, pack: str, attribute: Attribute) -> Text:
    """The label, with the pack where another one calls something the same."""
    if any(_sharing(dataset, pack, attribute)):
        return _of_packs(attribute.label, [pack])
    return attribute.label


def _sharing(dataset: Dataset, pack: str, attribute: Attribute) -> Iterator[bool]:
    """True for each attribute of another pack that is called the same in some language."""
    for other, declared in dataset.attributes.items():
        for one in declared if other != pack else ():
            if any(
                mine and mine == theirs
                for mine, theirs in zip(attribute.label, one.label, strict=True)
            ):
                yield True


def _of_packs(label: Text, packs: list[str]) -> Text:
    listed = ", ".join(packs)
    many = len(packs) > 1
    bg, en = ("пакети", "packs") if many else ("пакет", "pack")
    return Text(
        label.bg and f"{label.bg} ({bg} {listed})", label.en and f"{label.en} ({en} {listed})"
    )
