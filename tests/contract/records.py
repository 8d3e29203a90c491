"""Datasets of every kind with every sort of value, for the laws of the store."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ecosystem.columns import Column
from ecosystem.dataset import Dataset
from ecosystem.model import (
    EDGE_KINDS,
    NODE_KINDS,
    Edge,
    Entity,
    Node,
    Organisation,
    PartnersWith,
    Record,
    columns,
)

SLUGS = ("a", "b", "c-1", "d-2")
PACKS = ("one", "two")
DATES = ("", "2018", "2018-09", "2018-09-10")
HOSTILE = (
    "'",
    '"',
    "`",
    "\\",
    "\\u0027",
    "$pack",
    "{id: 1}",
    "}) DETACH DELETE n //",
    "*/",
    "a\x00b",
    "\n\r\t",
    " blanks around ",
    "Ѝйи́ й",
    "\u202eabc\u2066",
    "🦊🏳️‍🌈",
    "null",
    "NaN",
    "-0",
    "1e999",
)

texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def _values(column: Column) -> st.SearchStrategy[Any]:
    if column.choices:
        return st.sampled_from(sorted(column.choices))
    if column.what == "whole number":
        return st.integers(int(column.low or 0), int(column.high or 2**63 - 1))
    if column.what == "number":
        return st.floats(column.low, column.high, allow_nan=False)
    if column.what == "yes or no":
        return st.booleans()
    return st.sampled_from(DATES) if column.what == "date" else texts


@st.composite
def records(draw: st.DrawFn, kind: type[Node] | type[Edge], **identity: Any) -> Record:
    """A record of a kind with any of its fields filled."""
    for name, column in columns(kind).items():
        if draw(st.booleans()) and name != "id":
            values = _values(column)
            identity[name] = draw(
                st.lists(values, max_size=3).map(tuple) if column.many else values
            )
    if issubclass(kind, (Entity, Edge)) and draw(st.booleans()):
        own = draw(st.dictionaries(st.sampled_from(("size", "site")), texts | st.booleans()))
        identity["own"] = tuple(sorted(one for one in own.items() if one[1] != ""))
    return kind(pack=draw(st.sampled_from(PACKS)), **identity)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Up to four nodes of each of some kinds, and edges between them."""
    found: list[Record] = []
    for kind in draw(st.sets(st.sampled_from(sorted(NODE_KINDS)), min_size=1, max_size=6)):
        cls = NODE_KINDS[kind]
        for slug in sorted(draw(st.sets(st.sampled_from(SLUGS), min_size=1))):
            found.append(draw(records(cls, id=f"{cls.prefix}:{slug}")))
    nodes = {name: [one for one in found if one.kind == name] for name in NODE_KINDS}
    ways = [
        (edge, pair)
        for edge in EDGE_KINDS.values()
        for pair in edge.ends
        if nodes[pair[0]] and nodes[pair[1]]
    ]
    if ways:
        for edge, (source, target) in draw(st.lists(st.sampled_from(ways), max_size=15)):
            ends = {
                "source": draw(st.sampled_from(nodes[source])).id,
                "target": draw(st.sampled_from(nodes[target])).id,
            }
            found.append(draw(records(edge, **ends)))
    return Dataset.of(found)


def many(count: int, note: str = "") -> Dataset:
    """``count`` organisations in a ring of partnerships, each with ``note``."""
    ids = [f"org:o-{number:06}" for number in range(count)]
    return Dataset.of(
        [Organisation(id=one, pack="many", name_en=one, description_en=note) for one in ids]
        + [
            PartnersWith(pack="many", source=one, target=other, rule=note)
            for one, other in pairwise(ids)
        ]
    )
