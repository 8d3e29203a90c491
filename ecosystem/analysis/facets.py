"""The properties by which the map can be coloured and filtered, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ecosystem.analysis.gaps.freshness import months
from ecosystem.analysis.territories import top_themes
from ecosystem.labels import property_label, word
from ecosystem.model import STANDINGS, Evidence, Node, Organisation, Record, Source
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, last_day, plain

NOT_RECORDED, NO_SUCH = "not-recorded", "none"
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
    what is not recorded, and what has no such property, come last.
    """

    name: str
    title: Text
    ordered: bool
    values: tuple[Value, ...]
    of: Mapping[str, tuple[int, ...]] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The property as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def facets(snapshot: Snapshot) -> tuple[Facet, ...]:
    """Every property by which the nodes of a snapshot can be told apart.

    Sector, form and stakeholder are those of organisations. The theme is the top one of the
    themes that a node offers, needs or works on. The country is the node's own, else that of
    the cities where it is. Freshness is the age, at the date of the snapshot, of the newest
    dated source of the node or of one of its ties.
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
    return tuple(
        _facet(
            snapshot, name, title, order, {n.id: tuple(read(n)) for n in snapshot.nodes.values()}
        )
        for name, title, order, read in columns
    )


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
        values=tuple(Value(one, _label(snapshot, one), counts[one]) for one in ordered),
        of={identity: tuple(number[one] for one in values) for identity, values in of.items()},
    )


def _label(snapshot: Snapshot, value: str) -> Text:
    if value.startswith("theme:"):
        return snapshot.name(value)
    return _WORDS.get(value) or word(value.replace("-", " ") if value == "civil-society" else value)
