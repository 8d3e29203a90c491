"""A frozen graph at a date and for a place, and its projections through lenses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import networkx as nx

from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.left_out import NOTHING_LEFT_OUT, LeftOut, Why
from ecosystem.lenses import LENSES, Lens
from ecosystem.model import Edge, Entity, Organisation, RelatedTo
from ecosystem.values import Period, Text

Tie = tuple[str, str, float, tuple[str, ...]]
"""Two ends, a strength and the statements it rests on."""

TIMELESS = ("BROADER", "ENABLES")
ALL = "all"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What is known about a scope at a date; never changes.

    Attributes
    ----------
    nodes, edges
        The entities and ties of the view by id, in the order of ids.
    members
        Ids that belong to the scope and are counted (everything but themes where the scope is
        ``all``); the readings differ only in those that are over.
    external
        Ids from elsewhere that tie to members: shown, never counted. Themes are neither.
    ended
        Ids of states that had ended by the date.
    end_unknown
        Ids of states of which nobody says whether they ended; with the reading ``in-force``
        they are not among ``edges``.
    undated
        Ids of ties that carry no date at all.
    left_out
        The recorded ties of the scope that are not among ``edges``, each with the reason.
    goes_on
        Whether anything is recorded, here or elsewhere, that begins after the day.
    """

    stated: Dataset = field(repr=False)
    dataset: Dataset = field(repr=False)
    revision: int
    as_of: str
    scope: str
    reading: str
    people: bool
    nodes: Mapping[str, Entity] = field(repr=False)
    edges: Mapping[str, Edge] = field(repr=False)
    members: frozenset[str] = field(repr=False)
    external: frozenset[str] = field(repr=False)
    ended: frozenset[str] = field(repr=False)
    end_unknown: frozenset[str] = field(repr=False)
    undated: frozenset[str] = field(repr=False)
    left_out: LeftOut = field(default=NOTHING_LEFT_OUT, repr=False)
    goes_on: bool = False
    _graphs: dict[str, nx.Graph] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        *,
        revision: int = 0,
        as_of: str = "9999-12-31",
        scope: str = ALL,
        reading: str = "known",
        undated: bool = True,
        people: bool = True,
    ) -> Snapshot:
        """The view of ``dataset`` at ``as_of``.

        Parameters
        ----------
        as_of
            A full day. What began later is not there.
        scope
            ``all`` or the id of a city, for the ecosystem of that place.
        reading
            ``known``: occurrences accumulate, states that have ended stay and are marked.
            ``in-force``: only nodes that are not known to be over, and only states that are
            known to hold on the day.
        undated
            Whether ties without any date count; locations and the order of themes always do.
        people
            Whether persons and their ties are there at all.
        """
        stated, dataset = dataset, dataset.counting
        entities = {
            node.id: node
            for node in dataset.nodes.values()
            if isinstance(node, Entity) and (people or node.kind != "Person")
        }
        nodes = {i: node for i, node in entities.items() if node.period.started_by(as_of)}
        begun: dict[str, Edge] = {}
        later: list[Edge] = []
        for edge in dataset.edges.values():
            if edge.source in nodes and edge.target in nodes:
                started = period(dataset, edge).started_by(as_of)
            elif edge.source in entities and edge.target in entities:
                started = False
            else:
                continue
            if started:
                begun[edge.id] = edge
            else:
                later.append(edge)
        goes_on = bool(later) or len(nodes) < len(entities)
        members = _members(nodes, begun.values(), dataset, as_of, scope)
        if scope != ALL:
            begun = {i: e for i, e in begun.items() if _touches(e, members)}
            later = [edge for edge in later if _touches(edge, members)]
        times = _Times(dataset, as_of, begun.values())
        in_force = reading != "known"
        if in_force:
            nodes = {i: n for i, n in nodes.items() if not n.period.ended_by(as_of)}
        absent = {
            edge.id: why
            for edge in begun.values()
            if (why := times.why_left_out(edge, nodes, undated=undated, in_force=in_force))
        }
        chosen = {i: edge for i, edge in begun.items() if i not in absent}
        left_out = LeftOut.of(
            (*((begun[i], why) for i, why in absent.items()), *((e, "later") for e in later)),
            in_force=in_force,
        )
        if scope != ALL:
            near = {end for edge in chosen.values() for end in (edge.source, edge.target)}
            nodes = {i: n for i, n in nodes.items() if i in members or i in near}
        external = frozenset(i for i, n in nodes.items() if i not in members and n.kind != "Theme")
        return cls(
            stated=stated,
            dataset=dataset,
            revision=revision,
            as_of=as_of,
            scope=scope,
            reading=reading,
            people=people,
            nodes=MappingProxyType(nodes),
            edges=MappingProxyType(chosen),
            members=frozenset(members & nodes.keys()),
            external=external,
            ended=times.ended & chosen.keys(),
            end_unknown=times.end_unknown & (chosen if reading == "known" else begun).keys(),
            undated=times.undated & chosen.keys(),
            left_out=left_out,
            goes_on=goes_on,
        )

    def recorded(self, *kinds: str) -> tuple[Edge, ...]:
        """The ties of the view, and those left out of it that may count; of these kinds if any.

        What is known to be over, or still to come, on the day is not among those left out.
        """
        out = self.left_out
        if kinds:
            return (*self.edges_of_kind(*kinds), *out.may_count(out.of_kind(*kinds)))
        return (*self.edges.values(), *out.may_count(out.ties.values()))

    def name(self, identity: str) -> Text:
        """The names of a node, even of one that counts no longer; else its id in both languages."""
        node = self.stated.nodes.get(identity)
        return node.name if node else Text(identity, identity)

    def actors(self) -> tuple[Organisation, ...]:
        """A: the organisations of the scope, in the order of ids."""
        return self._actors

    @cached_property
    def _actors(self) -> tuple[Organisation, ...]:
        return tuple(
            node
            for node in self.nodes.values()
            if isinstance(node, Organisation) and node.id in self.members
        )

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Edge, ...]]:
        kinds: dict[str, list[Edge]] = {}
        for edge in self.edges.values():
            kinds.setdefault(edge.kind, []).append(edge)
        return {kind: tuple(edges) for kind, edges in kinds.items()}

    def edges_of_kind(self, *kinds: str) -> tuple[Edge, ...]:
        """The ties of the view of these kinds, each kind in the order of ids."""
        return tuple(edge for kind in kinds for edge in self._by_kind.get(kind, ()))

    @cached_property
    def _by_end(self) -> dict[str, tuple[Edge, ...]]:
        ends: dict[str, list[Edge]] = {}
        for edge in self.edges.values():
            ends.setdefault(edge.source, []).append(edge)
            ends.setdefault(edge.target, []).append(edge)
        return {identity: tuple(edges) for identity, edges in ends.items()}

    def edges_of(self, identity: str) -> tuple[Edge, ...]:
        """The ties of the view that begin or end at a node, in the order of ids."""
        return self._by_end.get(identity, ())

    def graph(self, lens: str) -> nx.Graph:
        """The frozen projection through a lens; a DiGraph where the lens is directed.

        Raises
        ------
        NotFoundError
            For a lens that is not in ``LENSES``.
        """
        if lens not in LENSES:
            raise NotFoundError("lens", lens, LENSES)
        if lens not in self._graphs:
            self._graphs[lens] = project(self, LENSES[lens])
        return self._graphs[lens]


def period(dataset: Dataset, edge: Edge) -> Period:
    """When a tie holds: its own dates, else those of the event it leads to or from."""
    if edge.period.dated:
        return edge.period
    for end in (edge.target, edge.source):
        if end.startswith("event:") and end in dataset.nodes:
            return dataset.nodes[end].period
    return edge.period


def is_occurrence(edge: Edge) -> bool:
    """Whether the tie happened rather than lasted: funding, and taking part in an event."""
    return edge.occurrence or edge.target.startswith("event:") or edge.source.startswith("event:")


class _Times:
    def __init__(self, dataset: Dataset, as_of: str, edges: Iterable[Edge]) -> None:
        ended, unknown, undated = set(), set(), set()
        for edge in edges:
            when = period(dataset, edge)
            if edge.kind in TIMELESS:
                continue
            if not when.dated:
                undated.add(edge.id)
            if is_occurrence(edge):
                continue
            if when.ended_by(as_of):
                ended.add(edge.id)
            elif when.end_unknown:
                unknown.add(edge.id)
        self.ended, self.end_unknown = frozenset(ended), frozenset(unknown)
        self.undated = frozenset(undated)

    def why_left_out(
        self, edge: Edge, nodes: Mapping[str, Entity], *, undated: bool, in_force: bool
    ) -> Why | None:
        """Why a tie that has begun is left out; None where the view counts it.

        ``nodes`` are those of the view; in force is a state that is known to hold on the day.
        """
        if not undated and edge.id in self.undated and edge.kind != "LOCATED_IN":
            return "undated"
        if not in_force or (
            edge.kind in TIMELESS and edge.source in nodes and edge.target in nodes
        ):
            return None
        if is_occurrence(edge):
            return "happened"
        if edge.id in self.ended or edge.source not in nodes or edge.target not in nodes:
            return "ended"
        return "end unknown" if edge.id in self.end_unknown else None


def _members(
    nodes: Mapping[str, Entity], edges: Iterable[Edge], dataset: Dataset, as_of: str, scope: str
) -> set[str]:
    if scope == ALL:
        return {i for i, node in nodes.items() if node.kind != "Theme"}
    if scope not in nodes:
        return set()
    edges = list(edges)
    belonging = [
        e
        for e in edges
        if e.kind in ("LOCATED_IN", "MEMBER_OF") and not period(dataset, e).ended_by(as_of)
    ]
    seats = [e for e in belonging if e.kind == "LOCATED_IN"]
    members = {scope}
    while True:
        found = {e.source for e in seats if e.target in members} - members
        if not found:
            break
        members |= found
    members |= {
        e.source
        for e in belonging
        if e.kind == "MEMBER_OF" and e.target in members and nodes[e.source].kind == "Person"
    }
    joined = [e for e in edges if e.kind == "PARTICIPATES_IN"]
    members |= {e.target for e in joined if e.source in members}
    return members


def _touches(edge: Edge, members: set[str]) -> bool:
    if edge.kind in TIMELESS:
        return False
    return edge.source in members or edge.target in members


def project(snapshot: Snapshot, lens: Lens) -> nx.Graph:
    """The frozen graph of ``snapshot`` through ``lens``.

    Each tie has ``strength`` (its statements count 1 each; a shared project or event counts
    1 / (d - 1) for each pair, where d is the number of all its participants, whoever of them is
    in the graph [1]_), ``distance`` = 1 / strength, and ``statements``, the sorted ids of the
    edges it rests on. A shared project or event with one participant adds no tie. LOCATED_IN
    never counts. Nodes stand in the order of ids.

    References
    ----------
    .. [1] M. E. J. Newman, "Scientific collaboration networks. II", Phys. Rev. E 64 (2001).
    """
    graph: nx.Graph = nx.DiGraph() if lens.directed else nx.Graph()
    graph.add_nodes_from(
        (node.id, {"kind": node.kind, "external": node.id in snapshot.external})
        for node in snapshot.nodes.values()
        if node.kind in lens.nodes and (lens.context or node.id in snapshot.members)
    )
    if lens.context:
        graph.remove_nodes_from(
            [i for i in graph if i in snapshot.external and not _has_tie(snapshot, i, lens)]
        )
    return _joined(graph, _ties(snapshot, lens, graph))


def _ties(snapshot: Snapshot, lens: Lens, among: nx.Graph) -> Iterator[Tie]:
    """What joins the nodes of a lens, each statement or shared project for itself."""
    for edge in (*snapshot.edges_of_kind(*lens.edges), *_joint(snapshot, lens)):
        if edge.source in among and edge.target in among:
            yield edge.source, edge.target, 1.0, (edge.id,)
    if lens.shared:
        for parties in _shared(snapshot, lens).values():
            share = 1.0 / (len(parties) - 1) if len(parties) > 1 else 0.0
            present = sorted(actor for actor in parties if actor in among)
            for one, other in combinations(present, 2):
                yield one, other, share, parties[one] + parties[other]


def _joint(snapshot: Snapshot, lens: Lens) -> Iterator[Edge]:
    """Ties of other kinds that are joint work, where the lens counts it."""
    if lens.joint:
        for edge in snapshot.edges_of_kind("RELATED_TO"):
            if isinstance(edge, RelatedTo) and edge.joint:
                yield edge


def _joined(graph: nx.Graph, ties: Iterable[Tie]) -> nx.Graph:
    """The graph with the ties added up per pair, frozen."""
    directed = graph.is_directed()
    found: dict[tuple[str, str], tuple[str, str]] = {}
    strengths: dict[tuple[str, str], float] = {}
    statements: dict[tuple[str, str], tuple[str, ...]] = {}
    for source, target, strength, said in ties:
        pair = (source, target) if directed or source < target else (target, source)
        if pair in found:
            strengths[pair] += strength
            statements[pair] += said
        else:
            found[pair], strengths[pair], statements[pair] = (source, target), strength, said
    graph.add_edges_from(
        (
            *ends,
            {
                "strength": strengths[pair],
                "statements": tuple(sorted(set(statements[pair]))),
                "distance": 1.0 / strengths[pair],
            },
        )
        for pair, ends in found.items()
    )
    return nx.freeze(graph)


def undirected(graph: nx.Graph) -> nx.Graph:
    """A projection with its ties read both ways; two that run opposite ways add up."""
    if not graph.is_directed():
        return graph
    joined = nx.Graph()
    joined.add_nodes_from(graph.nodes(data=True))
    return _joined(
        joined,
        (
            (source, target, tie["strength"], tie["statements"])
            for source, target, tie in graph.edges(data=True)
        ),
    )


def among(graph: nx.Graph, identities: Iterable[str]) -> nx.Graph:
    """A copy of the part of a graph that ``identities`` span, in the graph's own order.

    NetworkX's own subgraphs list their nodes in the order of a set: another one in each run.
    """
    wanted = set(identities)
    part = graph.__class__()
    part.add_nodes_from(node for node in graph.nodes(data=True) if node[0] in wanted)
    part.add_edges_from(
        tie for tie in graph.edges(data=True) if tie[0] in wanted and tie[1] in wanted
    )
    return part


def _has_tie(snapshot: Snapshot, identity: str, lens: Lens) -> bool:
    return any(edge.kind in lens.edges for edge in snapshot.edges_of(identity))


def _shared(snapshot: Snapshot, lens: Lens) -> dict[str, dict[str, tuple[str, ...]]]:
    """Per shared project or event, each participant with the ids of its participations."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for edge in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if (
            snapshot.nodes[edge.target].kind == lens.shared
            and snapshot.nodes[edge.source].kind in lens.nodes
        ):
            parties = found.setdefault(edge.target, {})
            parties[edge.source] = (*parties.get(edge.source, ()), edge.id)
    return found
