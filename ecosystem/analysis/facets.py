"""The properties by which the map can be coloured and filtered, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ecosystem.analysis.gaps.freshness import months
from ecosystem.analysis.territories import top_themes
from ecosystem.dataset import Dataset
from ecosystem.figures import both, interval
from ecosystem.labels import property_label, word
from ecosystem.model import STANDINGS, Evidence, Node, Organisation, Record, Source
from ecosystem.own import YES_NO, Declared, of_nodes, value_of
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, last_day, plain

NOT_RECORDED, NO_SUCH = "not-recorded", "none"
NO_LABELS: Mapping[str, Text] = MappingProxyType({})
COLOURED = ("choice", "yes-no", "number")
"""The types of own attributes by which a map can be coloured and filtered."""
CLASSES = 5
"""How many classes a number is shown in at most."""
STATED = ("sector", "form", "stakeholder", "standing", "freshness", "theme", "country")
"""The names of the properties of the model, in the order in which they are offered."""
AGES = ("recent", "1-year", "2-4-years", "5-years")
_WORDS = {
    NOT_RECORDED: Text("не е записано", "not recorded"),
    NO_SUCH: Text("няма такова свойство", "no such property"),
    "recent": Text("от последните 12 месеца", "of the last 12 months"),
    "1-year": Text("отпреди 1 година", "1 year old"),
    "2-4-years": Text("отпреди 2–4 години", "2–4 years old"),
    "5-years": Text("отпреди 5 години и повече", "5 years old and more"),
}


@dataclass(frozen=True)
class Value:
    """One value of a property and how many nodes of the view have it."""

    id: str
    label: Text
    count: int


@dataclass(frozen=True)
class Facet:
    """A property of nodes: its values, and which of them each node has.

    ``of`` leads from every node to numbers of ``values``, the most important first: that one
    gives the colour. ``ordered`` values rise or fall, others stand with the most frequent first;
    what is not recorded, and what has no such property, come last. With ``ramp`` the values are
    classes of a number, the lowest first.
    """

    name: str
    title: Text
    ordered: bool
    values: tuple[Value, ...]
    of: Mapping[str, tuple[int, ...]] = field(repr=False)
    ramp: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The property as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def facets(snapshot: Snapshot) -> tuple[Facet, ...]:
    """Every property by which the nodes of a snapshot can be told apart.

    Sector, form and stakeholder are those of organisations. The theme is the top one of the
    themes that a node offers, needs or works on. The country is the node's own, else that of
    the cities where it is. Freshness is the age, at the date of the snapshot, of the newest
    dated source of the node or of one of its ties. Then come the attributes that packs declare.
    """
    countries, themes = _countries(snapshot), top_themes(snapshot)
    columns: tuple[tuple[str, Text, tuple[str, ...], Callable[[Node], Iterable[str]]], ...] = (
        ("sector", property_label("sector"), (), lambda node: _of_organisation(node, "sector")),
        ("form", property_label("form"), (), lambda node: _of_organisation(node, "form")),
        (
            "stakeholder",
            property_label("stakeholder"),
            (),
            lambda node: _of_organisation(node, "stakeholder"),
        ),
        (
            "standing",
            property_label("standing"),
            tuple(STANDINGS),
            lambda node: (node.standing or NOT_RECORDED,),
        ),
        (
            "freshness",
            Text("най-ново сведение", "newest evidence"),
            AGES,
            lambda node: (_age(snapshot, node),),
        ),
        ("theme", Text("тема", "theme"), (), lambda node: themes.get(node.id) or (NOT_RECORDED,)),
        ("country", property_label("country"), (), lambda node: _country(node, countries)),
    )
    stated = (
        _facet(
            snapshot, name, title, order, {n.id: tuple(read(n)) for n in snapshot.nodes.values()}
        )
        for name, title, order, read in columns
    )
    own = of_nodes(snapshot.stated, COLOURED)
    return (
        *stated,
        *(_numbers(snapshot, o) if o.type == "number" else _own(snapshot, o) for o in own),
    )


def names(dataset: Dataset) -> tuple[str, ...]:
    """The names of all facets of a dataset."""
    return (*STATED, *(one.name for one in of_nodes(dataset, COLOURED)))


def own_numbers(dataset: Dataset) -> tuple[str, ...]:
    """The columns of own attributes of nodes that are numbers."""
    return tuple(one.name for one in of_nodes(dataset, ("number",)))


def _own(snapshot: Snapshot, own: Declared) -> Facet:
    """An own attribute with a list of words: those in the order in which they are declared."""

    def word_of(node: Node) -> str:
        value = value_of(node, own.name)
        if value is None:
            return _silence(node, own)
        return ("yes" if value else "no") if isinstance(value, bool) else _as_id(str(value))

    words = ("yes", "no") if own.type == "yes-no" else tuple(map(_as_id, own.choices))
    of = {node.id: (word_of(node),) for node in snapshot.nodes.values()}
    labels = {_as_id(one): Text(one, one) for one in own.choices}
    labels |= {"yes": YES_NO[True], "no": YES_NO[False]} if own.type == "yes-no" else {}
    return _facet(snapshot, own.name, own.label, words, of, labels)


def _as_id(choice: str) -> str:
    # Commas stand between the values of an address.
    return choice.replace(",", ";")


def _silence(node: Node, own: Declared) -> str:
    return NOT_RECORDED if node.kind in own.kinds else NO_SUCH


def _numbers(snapshot: Snapshot, own: Declared) -> Facet:
    """An own attribute that is a number, in classes of about as many nodes each."""
    known = {
        node.id: float(value)
        for node in snapshot.nodes.values()
        if (value := value_of(node, own.name)) is not None and isinstance(value, (int, float))
    }
    classes = _classes(sorted(known.values()))
    labels = {_key(low, high): both(interval, low, high) for low, high in classes}
    of = {
        node.id: (_class_of(known[node.id], classes) if node.id in known else _silence(node, own),)
        for node in snapshot.nodes.values()
    }
    return replace(
        _facet(snapshot, own.name, own.label, tuple(labels), of, labels), ordered=True, ramp=True
    )


def _classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """The lowest and highest value of each class; equal values are never parted."""
    found: list[tuple[float, float]] = []
    start = 0
    for number in range(1, CLASSES + 1):
        end = max(start, round(len(values) * number / CLASSES))
        while 0 < end < len(values) and values[end] == values[end - 1]:
            end += 1
        if end > start:
            found.append((values[start], values[end - 1]))
            start = end
    return found


def _class_of(value: float, classes: Iterable[tuple[float, float]]) -> str:
    low, high = next(one for one in classes if one[0] <= value <= one[1])
    return _key(low, high)


def _key(*ends: float) -> str:
    """The word for a class in an address; of whole numbers one that people would write."""
    return "..".join(str(int(end) if float(end).is_integer() else end) for end in ends)


def newest(snapshot: Snapshot, identity: str) -> str:
    """The newest day on which a dated source speaks of a node or of one of its ties.

    Empty where none of them is dated. A date to the year or month counts to its last day.
    """
    records: list[Record] = [snapshot.nodes[identity], *snapshot.edges_of(identity)]
    return max((_newest(snapshot, record) for record in records), default="")


def _newest(snapshot: Snapshot, record: Record) -> str:
    dataset = snapshot.dataset
    seen = [
        last_day(row.observed_on)
        for row in dataset.evidence_of(record.id)
        if isinstance(row, Evidence) and row.stance == "supports" and row.observed_on
    ]
    for entry in record.sources:
        document = dataset.nodes.get(entry.partition("#")[0])
        if isinstance(document, Source) and document.published_on:
            seen.append(last_day(document.published_on))
    return max(seen, default="")


def _age(snapshot: Snapshot, node: Node) -> str:
    day = newest(snapshot, node.id)
    if not day:
        return NOT_RECORDED
    years = months(day, snapshot.as_of) / 12
    return AGES[sum(years >= limit for limit in (1, 2, 5))]


def _of_organisation(node: Node, name: str) -> tuple[str, ...]:
    if not isinstance(node, Organisation):
        return (NO_SUCH,)
    value: str = getattr(node, name) if node.form else ""
    return (value.replace(" ", "-") or NOT_RECORDED,)


def _countries(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for edge in snapshot.edges_of_kind("LOCATED_IN"):
        country = getattr(snapshot.nodes[edge.target], "country", "")
        if country:
            found.setdefault(edge.source, []).append(country)
    return {identity: tuple(dict.fromkeys(places)) for identity, places in found.items()}


def _country(node: Node, located: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    own = getattr(node, "country", "")
    if node.kind == "Theme":
        return (NO_SUCH,)
    return (own,) if own else located.get(node.id, (NOT_RECORDED,))


def _facet(
    snapshot: Snapshot,
    name: str,
    title: Text,
    order: tuple[str, ...],
    of: Mapping[str, tuple[str, ...]],
    labels: Mapping[str, Text] = NO_LABELS,
) -> Facet:
    counts = Counter(value for values in of.values() for value in values)
    late = (NOT_RECORDED, NO_SUCH)
    ordered = sorted(
        counts,
        key=lambda one: (
            late.index(one) if one in late else -1,
            order.index(one) if one in order else -counts[one],
            one,
        ),
    )
    number = {value: place for place, value in enumerate(ordered)}
    return Facet(
        name=name,
        title=title,
        ordered=name == "freshness",
        values=tuple(
            Value(one, labels.get(one) or _label(snapshot, one), counts[one]) for one in ordered
        ),
        of={identity: tuple(number[one] for one in values) for identity, values in of.items()},
    )


def _label(snapshot: Snapshot, value: str) -> Text:
    if value.startswith("theme:"):
        return snapshot.name(value)
    return _WORDS.get(value) or word(value.replace("-", " ") if value == "civil-society" else value)
