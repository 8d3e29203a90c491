"""Records that cannot all be right: ties beyond the life of their ends, lists said to be complete.

None of them is wrong by itself, so none is refused: they are told at load and shown as
conflicts until somebody mends one side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ecosystem.dataset import EMPTY, Dataset, Place
from ecosystem.errors import Problem
from ecosystem.figures import day
from ecosystem.lenses import ACTOR_KINDS
from ecosystem.model import EDGE_KINDS, Coverage, Edge, Node, Record
from ecosystem.values import ONGOING, Period, Text, first_day, last_day, plain


@dataclass(frozen=True)
class Contradiction:
    """Two records that cannot both be right.

    ``record`` is the one where to look first, ``other`` the one it contradicts; ``column`` is
    the property of the first that does.
    """

    record: str
    other: str
    column: str
    text: Text

    def to_dict(self) -> dict[str, Any]:
        """The contradiction as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def contradictions(dataset: Dataset, context: Dataset = EMPTY) -> tuple[Contradiction, ...]:
    """What contradicts each other in ``dataset``: in time, then by coverage, each by ids.

    Parameters
    ----------
    context
        What else is known; a pair with one side here is found, one wholly there is not.

    What is deprecated contradicts nothing.
    """
    dataset, context = dataset.counting, context.counting
    nodes = {**context.nodes, **dataset.nodes}
    fresh = dataset.records.keys()
    edges = [*context.edges.values(), *dataset.edges.values()]
    in_time = (
        found
        for edge in sorted(edges, key=lambda edge: edge.id)
        for end in dict.fromkeys((edge.source, edge.target))
        if end in nodes and (edge.id in fresh or end in fresh)
        for found in _in_time(edge, nodes[end])
    )
    return (*in_time, *_of_coverage(dataset, context, edges))


def warnings(dataset: Dataset, context: Dataset = EMPTY) -> list[Problem]:
    """The contradictions as what a load warns of, ordered by place; they stop nothing."""

    def place(one: Contradiction) -> Place:
        known = dataset.places.get(one.record) or dataset.places.get(one.other)
        return known or Place(one.record, 0)

    return sorted(
        Problem(place(one).file, place(one).line, one.column, one.text.en, "Mend one of the two.")
        for one in contradictions(dataset, context)
    )


def _in_time(edge: Edge, end: Node) -> Iterator[Contradiction]:
    """Where a tie holds while one of its ends is not there, by what is certain of both.

    Money may be given before a project begins and after it ended: there only the actors count.
    """
    if edge.occurrence and end.kind not in ACTOR_KINDS:
        return
    tie, life = edge.period, end.period
    name = Text(*(end.name.show(lang)[0] for lang in ("bg", "en")))
    if tie.since and life.since and last_day(tie.since) < first_day(life.since):
        yield _clash(
            edge,
            end,
            "since",
            Text(
                f"започва ({day(tie.since, 'bg')}), преди „{name.bg}“ да съществува (от "
                f"{day(life.since, 'bg')})",
                f"begins ({day(tie.since, 'en')}) before “{name.en}” exists (from "
                f"{day(life.since, 'en')})",
            ),
        )
    over = life.until if life.until and life.until != ONGOING else ""
    if over and tie.since and first_day(tie.since) > last_day(over):
        yield _clash(
            edge,
            end,
            "since",
            Text(
                f"започва ({day(tie.since, 'bg')}), след като „{name.bg}“ е приключило "
                f"({day(over, 'bg')})",
                f"begins ({day(tie.since, 'en')}) after “{name.en}” has ended ({day(over, 'en')})",
            ),
        )
    elif over and _outlasts(tie, over):
        yield _clash(
            edge,
            end,
            "until",
            Text(
                f"трае ({day(tie.until, 'bg')}), след като „{name.bg}“ е приключило "
                f"({day(over, 'bg')})",
                f"lasts ({day(tie.until, 'en')}) after “{name.en}” has ended ({day(over, 'en')})",
            ),
        )


def _outlasts(tie: Period, over: str) -> bool:
    return tie.until == ONGOING or bool(tie.until and first_day(tie.until) > last_day(over))


def _clash(edge: Edge, end: Node, column: str, said: Text) -> Contradiction:
    text = Text(f"Връзката {said.bg}.", f"The tie {said.en}.")
    return Contradiction(edge.id, end.id, column, text)


def _of_coverage(
    dataset: Dataset, context: Dataset, edges: Iterable[Edge]
) -> Iterator[Contradiction]:
    """Who is named where a list that is said to be complete stands, and is not on it."""
    records = [*context.records.values(), *dataset.records.values()]
    lists = [
        one
        for one in records
        if isinstance(one, Coverage) and one.complete and one.covers in EDGE_KINDS
    ]
    cited = _by_entry(records) if lists else {}
    ties = list(edges)
    for coverage in sorted(lists, key=lambda one: one.id):
        of = [tie for tie in ties if tie.kind == coverage.covers and tie.target == coverage.scope]
        places = {entry for tie in of for entry in tie.sources if _source(entry) == coverage.source}
        there = {tie.source for tie in of}
        named = {one for entry in places for one in cited.get(entry, ())} - there
        for one in sorted(named):
            if {one, coverage.id, coverage.scope} & dataset.records.keys():
                yield _not_listed(coverage, one, {**context.nodes, **dataset.nodes})


def _source(entry: str) -> str:
    return entry.partition("#")[0]


def _by_entry(records: Iterable[Record]) -> dict[str, set[str]]:
    """The people and organisations that each place in a source is cited for."""
    found: dict[str, set[str]] = {}
    for record in records:
        if record.kind in ("Organisation", "Person"):
            for entry in record.sources:
                found.setdefault(entry, set()).add(record.id)
    return found


def _not_listed(coverage: Coverage, identity: str, nodes: dict[str, Node]) -> Contradiction:
    names = [
        [nodes[one].name.show(lang)[0] if one in nodes else one for lang in ("bg", "en")]
        for one in (identity, coverage.scope)
    ]
    (who_bg, who_en), (scope_bg, scope_en) = names
    kind = EDGE_KINDS[coverage.covers].label
    text = Text(
        f"„{who_bg}“ стои на същото място в документа, както записаните за „{scope_bg}“ "
        f"({kind.bg.lower()}), но сам не е записан така, а списъкът е обявен за пълен.",
        f"“{who_en}” stands at the same place in the document as those recorded for “{scope_en}” "
        f"({kind.en.lower()}), but is not recorded so, while the list is said to be complete.",
    )
    return Contradiction(identity, coverage.id, "sources", text)
