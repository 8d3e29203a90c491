"""Pairs of those who need and those who offer, and how far they are from each other."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from ecosystem.analysis.gaps.details import Reach
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    administrations,
    complete,
    listed,
    met,
    work,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FARTHEST = 2


@dataclass(frozen=True)
class Side:
    """One who needs or offers, and the organisations it acts through."""

    id: str
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """How far the pairs are from each other over one graph: in sum, and each by its two ids.

    A distance is None where it is more than ``FARTHEST``.
    """

    reach: Reach
    distances: dict[tuple[str, str], int | None]


class Ground:
    """W and M of one snapshot, and who has anything recorded that could be a tie in them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.actors = {actor.id for actor in snapshot.actors()}
        self.graphs = {"work": work(snapshot), "met": met(snapshot)}
        self.sure = {
            "work": all(complete(snapshot, kind) for kind in WORK_KINDS),
            "met": bool(complete(snapshot, "PARTICIPATES_IN")),
        }

    def imagining(self, ties: Iterable[tuple[str, str]]) -> Ground:
        """The same with joint work of these as well."""
        other = copy(self)
        other.graphs = {**self.graphs, "work": nx.Graph(self.graphs["work"])}
        other.graphs["work"].add_edges_from(ties)
        work_of = self.recorded["work"].union(*ties)
        other.__dict__["recorded"] = {**self.recorded, "work": work_of}
        return other

    @cached_property
    def recorded(self) -> dict[str, set[str]]:
        """Per graph the organisations with a statement that could make a tie in it."""
        recorded: dict[str, set[str]] = {"work": set(), "met": set()}
        for edge in self.snapshot.edges_of_kind(*WORK_KINDS):
            kind = self.snapshot.nodes[edge.target].kind
            if edge.kind != "PARTICIPATES_IN" or kind == "Project":
                recorded["work"] |= {edge.source, edge.target}
            elif kind == "Event":
                recorded["met"].add(edge.source)
        return {name: ids & self.actors for name, ids in recorded.items()}

    def side(self, identity: str) -> Side | None:
        """Whom a seeker or provider acts through; None for people and projects."""
        if identity in self.actors:
            return Side(identity, (identity,))
        if identity.startswith("city:"):
            joined = self.graphs["work"]
            offices = administrations(self.snapshot, identity)
            # The office that works with most comes first: it is the one to be introduced.
            return Side(identity, tuple(sorted(offices, key=lambda i: (-joined.degree(i), i))))
        return None

    def sides(self, identities: Iterable[str]) -> tuple[Side, ...]:
        """The sides of those who can be one."""
        return tuple(side for side in map(self.side, identities) if side)

    def ways(self, name: str, one: Side, other: Side) -> list[tuple[str, ...]]:
        """Every shortest way between two sides of at most ``FARTHEST`` ties.

        The first leads from the organisation of ``one`` that works with most.
        """
        graph = self.graphs[name]
        ends = [(a, b) for a in one.actors for b in other.actors]
        direct: list[tuple[str, ...]] = [end for end in ends if graph.has_edge(*end)]
        return direct or [
            (a, common, b) for a, b in ends for common in sorted(set(graph[a]) & set(graph[b]))
        ]


def measure(ground: Ground, name: str, pairs: list[tuple[Side, Side]]) -> Measured:
    """How far ``pairs`` (at least one) are from each other in ``work`` or in ``met``."""
    recorded = ground.recorded[name]
    distances: dict[tuple[str, str], int | None] = {}
    blind = 0
    for seeker, provider in pairs:
        ways = ground.ways(name, seeker, provider)
        distances[seeker.id, provider.id] = len(ways[0]) - 1 if ways else None
        both_recorded = recorded & set(seeker.actors) and recorded & set(provider.actors)
        blind += not ways and not both_recorded
    reached = sum(1 for distance in distances.values() if distance)
    seekers = {seeker.id for seeker, _ in pairs if recorded & set(seeker.actors)}
    providers = {provider.id for _, provider in pairs if recorded & set(provider.actors)}
    value = interval = reason = None
    if ground.sure[name]:
        blind = 0
    if ground.sure[name] or (seekers and providers):
        value = (len(pairs) - reached) / len(pairs)
        interval = ((len(pairs) - reached - blind) / len(pairs), value)
    else:
        reason = _no_record(ground, name, pairs, bool(seekers), bool(providers))
    return Measured(
        Reach(
            pairs=len(pairs),
            reached=reached,
            unrecorded=blind,
            seekers_recorded=len(seekers),
            providers_recorded=len(providers),
            value=value,
            interval=interval,
            reason=reason,
        ),
        distances,
    )


def _no_record(
    ground: Ground, name: str, pairs: list[tuple[Side, Side]], seekers: bool, providers: bool
) -> Text:
    empty = sorted({side.id for pair in pairs for side in pair if not side.actors})
    if empty and not (seekers and providers):
        names = listed(ground.snapshot, empty)
        return Text(
            f"Не е записано коя организация е администрацията на: {names.bg}.",
            f"It is not recorded which organisation is the administration of {names.en}.",
        )
    what = Text("работна връзка", "work tie")
    if name == "met":
        what = Text("участие в събитие", "part in an event")
    if not seekers and not providers:
        side = Text("нито една от двете страни", "neither side")
        return Text(
            f"За {side.bg} не е записана {what.bg}."
            if name == "work"
            else f"За {side.bg} не е записано {what.bg}.",
            f"No {what.en} is recorded for either side.",
        )
    side = Text("онези, които предлагат", "those who offer it")
    if providers:
        side = Text("онези, които търсят", "those who need it")
    verb = "записана нито една" if name == "work" else "записано нито едно"
    return Text(f"За {side.bg}, не е {verb} {what.bg}.", f"No {what.en} is recorded for {side.en}.")
