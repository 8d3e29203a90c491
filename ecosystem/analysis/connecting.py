"""How two actors hang together through a lens: the shortest ways, and what each step rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx

from ecosystem.analysis.metrics import GRAIN
from ecosystem.errors import NotFoundError
from ecosystem.lenses import LENSES
from ecosystem.model import ENTITY_KINDS
from ecosystem.snapshot import Snapshot, undirected
from ecosystem.values import Text, plain

MOST_WAYS = 5
MEMBERS_NAMED = 5
# More events than any way can pass: an event less only ever decides between equal distances.
_MORE_THAN_EVENTS = 2**20


@dataclass(frozen=True)
class Passage:
    """From one actor to the next: the ``statements`` that make the tie, sorted.

    ``through`` are the projects and events that the two share, where the tie rests on any.
    """

    source: str
    target: str
    distance: float
    through: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """A shortest way, step by step; its ``distance`` is the sum of those of its steps."""

    steps: tuple[Passage, ...]
    distance: float

    @property
    def stops(self) -> tuple[str, ...]:
        """The actors along the way, both ends included."""
        return (*(step.source for step in self.steps), *(step.target for step in self.steps[-1:]))


@dataclass(frozen=True)
class ConnectedPart:
    """The connected part in which one end stands; ``members`` are the best tied of it."""

    id: str
    size: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Connection:
    """The ways between two actors, or why there is none.

    ``total`` counts all equally short ways, ``ways`` holds the first of them. Without a way
    ``reason`` says why, and ``parts`` names the connected part of each end that is in the lens.
    ``between`` are those tied to both ends, the best tied first: of two that are tied to each
    other no shortest way tells them.
    """

    source: str
    target: str
    lens: str
    ways: tuple[Way, ...]
    total: int
    parts: tuple[ConnectedPart, ...]
    reason: Text | None = None
    between: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[str, ...]:
        """Everything that the ways pass, sorted: actors, and what they share; both ends."""
        passed = {self.source, self.target}
        for way in self.ways:
            for step in way.steps:
                passed |= {step.source, step.target, *step.through}
        return tuple(sorted(passed))

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of all ties that the ways rest on, sorted."""
        steps = [step for way in self.ways for step in way.steps]
        return tuple(sorted({one for step in steps for one in step.statements}))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def connecting(snapshot: Snapshot, source: str, target: str, lens: str) -> Connection:
    """The shortest ways from ``source`` to ``target`` through a lens, ties read both ways.

    Short is a small sum of the lens's distances: a project of d participants is as far as
    d - 1, a direct statement 1. Between ways of equal distance those that pass fewer events
    count as shorter. Of equally short ways the first ``MOST_WAYS`` are given, in the order of
    the ids of their stops.

    Raises
    ------
    NotFoundError
        For an unknown lens, or an id that the dataset does not have.
    """
    for identity in (source, target):
        node = snapshot.dataset.nodes.get(identity)
        if node is None or node.kind not in ENTITY_KINDS:
            known = [i for i, n in snapshot.dataset.nodes.items() if n.kind in ENTITY_KINDS]
            raise NotFoundError("entry", identity, known)
    graph = undirected(snapshot.graph(lens))
    outside = [one for one in (source, target) if one not in graph]
    inside = [one for one in dict.fromkeys((source, target)) if one in graph]
    if outside or source == target:
        reason = _absent(snapshot, outside[0], lens) if outside else _same()
        parts = tuple(_part(graph, one) for one in inside)
        return Connection(source, target, lens, (), 0, parts, reason)
    shortest = _shortest(graph, source, target)
    if shortest is None:
        parts = tuple(_part(graph, one) for one in inside)
        return Connection(source, target, lens, (), 0, parts, _apart())
    ways = []
    for stops in shortest.first(MOST_WAYS):
        steps = tuple(_step(graph, *ends) for ends in pairwise(stops))
        ways.append(Way(steps, sum(step.distance for step in steps)))
    both = {*graph[source]} & {*graph[target]}
    between = tuple(sorted(both, key=lambda one: (-graph.degree(one), one)))
    return Connection(source, target, lens, tuple(ways), shortest.total, (), between=between)


class _Ways(NamedTuple):
    """The equally short ways as a graph without circles: who may come after whom."""

    source: str
    target: str
    onward: Mapping[str, tuple[str, ...]]
    total: int

    def first(self, most: int) -> list[list[str]]:
        """The first ``most`` ways in the order of the ids of their stops."""
        found: list[list[str]] = []
        open_ways = [[self.source]]
        while open_ways and len(found) < most:
            way = open_ways.pop()
            if way[-1] == self.target:
                found.append(way)
            open_ways += [[*way, after] for after in reversed(self.onward[way[-1]])]
        return found


def _shortest(graph: nx.Graph, source: str, target: str) -> _Ways | None:
    def cost(one: str, other: str, tie: Mapping[str, Any]) -> int:
        events = one.startswith("event:") or other.startswith("event:")
        length: float = tie["distance"]
        return max(1, round(length / GRAIN)) * _MORE_THAN_EVENTS + events

    before, far = nx.dijkstra_predecessor_and_distance(graph, source, weight=cost)
    if target not in far:
        return None
    onward: dict[str, set[str]] = {target: set()}
    left = [target]
    while left:
        stop = left.pop()
        for earlier in before[stop]:
            if earlier not in onward:
                left.append(earlier)
            onward.setdefault(earlier, set()).add(stop)
    many = {source: 1}
    for stop in sorted(onward.keys() - {source}, key=lambda one: far[one]):
        many[stop] = sum(many[earlier] for earlier in before[stop])
    ordered = {stop: tuple(sorted(after)) for stop, after in onward.items()}
    return _Ways(source, target, ordered, many[target])


def _step(graph: nx.Graph, one: str, other: str) -> Passage:
    tie = graph.edges[one, other]
    ends = {end for identity in tie["statements"] for end in identity.split("|")[1:3]}
    through = tuple(sorted(ends - {one, other}))
    return Passage(one, other, float(tie["distance"]), through, tuple(tie["statements"]))


def _part(graph: nx.Graph, identity: str) -> ConnectedPart:
    part = nx.node_connected_component(graph, identity)
    best = sorted(part - {identity}, key=lambda one: (-graph.degree(one), one))
    return ConnectedPart(identity, len(part), tuple(best[:MEMBERS_NAMED]))


def _absent(snapshot: Snapshot, identity: str, lens: str) -> Text:
    bg, en = (snapshot.name(identity).show(lang)[0] for lang in ("bg", "en"))
    title = LENSES[lens].title
    if identity not in snapshot.nodes:
        return Text(
            f"„{bg}“ не е в показаното място към тази дата.",
            f"“{en}” is not in the place shown at this date.",
        )
    return Text(
        f"„{bg}“ не участва в проекцията „{title.bg}“.",
        f"“{en}” does not take part in the lens “{title.en}”.",
    )


def _same() -> Text:
    return Text("Това е един и същ участник.", "Both ends are the same.")


def _apart() -> Text:
    return Text(
        "Няма път: двамата са в несвързани помежду си части.",
        "There is no way: the two stand in parts that no tie joins.",
    )
