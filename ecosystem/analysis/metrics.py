"""Centralities of a lens: for each node a value, or a stated reason why there is none.

Every measure is NetworkX's by definition; nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ecosystem.analysis.betweenness import betweenness
from ecosystem.errors import NotFoundError
from ecosystem.own import Declared, of_nodes, value_of
from ecosystem.snapshot import Snapshot, among, undirected
from ecosystem.values import Text, plain

Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Definition:
    """What a measure says, how it is computed and who described it.

    Rank 1 is the highest value, with ``low_first`` the lowest. ``undefined`` says of which nodes
    there is no value; without it every node has one.
    """

    name: str
    title: Text
    meaning: Text
    formula: str
    literature: str
    low_first: bool = False
    undefined: Text | None = None


@dataclass(frozen=True)
class Measure:
    """One measure of one lens.

    ``n`` counts the nodes of the lens that are not external, ``context_n`` the external ones.
    ``values`` holds every node of the graph in the order of ids; None where it is undefined for
    that node, for the reason in ``definition.undefined``. ``ranks`` holds the mid-rank (1 is
    best) of each member with a value among the members of its kind, and ``ranked`` how many
    there are of each kind. With a ``reason`` all three are empty.
    """

    definition: Definition
    lens: str
    n: int
    context_n: int
    values: Values
    ranks: Mapping[str, float] = field(default_factory=dict)
    ranked: Mapping[str, int] = field(default_factory=dict)
    reason: Text | None = None

    @property
    def name(self) -> str:
        """The name of the measure."""
        return self.definition.name

    def to_dict(self) -> dict[str, Any]:
        """The measure as plain values."""
        found: dict[str, Any] = plain(self)
        return found


class _Undefined(Exception):
    def __init__(self, bg: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(bg, en)


def measures(snapshot: Snapshot, lens: str) -> tuple[Measure, ...]:
    """Every measure of ``DEFINITIONS`` for one lens, in that order.

    Path measures read ``distance``, flow measures and constraint ``strength``, degree, effective
    size and core neither. On a directed lens all but degree, betweenness and PageRank read ties
    both ways.

    Raises
    ------
    NotFoundError
        For an unknown lens.
    """
    return tuple(measure(snapshot, lens, name) for name in MEASURES)


def measure(snapshot: Snapshot, lens: str, name: str) -> Measure:
    """One measure of ``DEFINITIONS`` for one lens, or a number that packs declare of their own.

    Raises
    ------
    NotFoundError
        For an unknown lens or measure.
    """
    if own := next((o for o in of_nodes(snapshot.stated, ("number",)) if o.name == name), None):
        return _recorded(snapshot, lens, own)
    definition = next((one for one in DEFINITIONS if one.name == name), None)
    if definition is None:
        raise NotFoundError("measure", name, MEASURES)
    return _measure(snapshot, snapshot.graph(lens), lens, definition)


def _recorded(snapshot: Snapshot, lens: str, own: Declared) -> Measure:
    """A number that is recorded of each node; who has none has no value, which is not zero."""
    definition = Definition(
        name=own.name,
        title=own.label,
        meaning=Text("Стойността, както е записана.", "The value as it is recorded."),
        formula=own.name,
        literature="",
        undefined=Text("не е записано", "not recorded"),
    )
    values = {
        node.id: float(value)
        if isinstance(value := value_of(node, own.name), (int, float))
        else None
        for node in sorted(snapshot.nodes.values(), key=lambda node: node.id)
        if node.kind in own.kinds
    }
    known = [identity for identity, value in values.items() if value is not None]
    context = sum(identity in snapshot.external for identity in known)
    ranks, ranked = _ranks(snapshot, values, 1)
    return Measure(definition, lens, len(known) - context, context, values, ranks, ranked)


def _measure(snapshot: Snapshot, graph: nx.Graph, lens: str, definition: Definition) -> Measure:
    context = sum(1 for identity in graph if identity in snapshot.external)
    n = len(graph) - context
    try:
        if not len(graph):
            raise _Undefined("Няма участници в тази проекция.", "The lens has no actors.")
        if not graph.number_of_edges():
            raise _Undefined("Няма връзки в тази проекция.", "The lens has no ties.")
        values = dict(sorted(_COMPUTE[definition.name](graph).items()))
    except _Undefined as undefined:
        return Measure(definition, lens, n, context, {}, reason=undefined.reason)
    ranks, ranked = _ranks(snapshot, values, -1 if definition.low_first else 1)
    return Measure(definition, lens, n, context, values, ranks, ranked)


def _ranks(
    snapshot: Snapshot, values: Values, sign: int
) -> tuple[dict[str, float], dict[str, int]]:
    kinds: dict[str, list[tuple[float, str]]] = {}
    for identity, value in values.items():
        if value is not None and identity in snapshot.members:
            # Equal up to rounding is equal: sums over paths differ in their last digits.
            kinds.setdefault(snapshot.nodes[identity].kind, []).append(
                (sign * round(value, 10), identity)
            )
    ranks: dict[str, float] = {}
    for rows in kinds.values():
        rows.sort(key=lambda row: (-row[0], row[1]))
        start = 0
        while start < len(rows):
            end = start
            while end < len(rows) and rows[end][0] == rows[start][0]:
                end += 1
            for _, identity in rows[start:end]:
                ranks[identity] = (start + 1 + end) / 2
            start = end
    return dict(sorted(ranks.items())), {kind: len(rows) for kind, rows in sorted(kinds.items())}


def _degree(graph: nx.Graph) -> Values:
    return {identity: float(degree) for identity, degree in graph.degree()}


# Distances are rounded to this share of a tie of strength 1, so that ways of equal length are
# equal whatever the order in which their parts are added.
GRAIN = 2.0**-20


def _betweenness(graph: nx.Graph) -> Values:
    if len(graph) < 3:
        raise _Undefined("Нужни са поне трима участници.", "At least three actors are needed.")
    return {**betweenness(_grained(graph))}


def _grained(graph: nx.Graph) -> nx.Graph:
    grained: nx.Graph = graph.__class__()
    grained.add_nodes_from(graph)
    grained.add_edges_from(
        (one, other, {"distance": max(1, round(distance / GRAIN))})
        for one, other, distance in graph.edges(data="distance")
    )
    return grained


def _distances(graph: nx.Graph) -> Iterator[tuple[NDArray[np.float64], NDArray[np.bool_]]]:
    """In blocks of rows, from each node in turn: how far all others are, and which it reaches."""
    from scipy.sparse.csgraph import dijkstra  # half a second that most commands do not need

    matrix = nx.to_scipy_sparse_array(undirected(graph), weight="distance", format="csr")
    for start in range(0, len(graph), 256):
        sources = range(start, min(start + 256, len(graph)))
        far = dijkstra(matrix, directed=False, indices=sources)
        yield far, (far > 0) & np.isfinite(far)


def _closeness(graph: nx.Graph) -> Values:
    found: list[float] = []
    for far, reached in _distances(graph):
        count, total = reached.sum(axis=1), np.where(reached, far, 0).sum(axis=1)
        share = count / (len(graph) - 1)
        found += np.divide(share * count, total, out=np.zeros(len(far)), where=count > 0).tolist()
    return dict(zip(graph, found, strict=True))


def _harmonic(graph: nx.Graph) -> Values:
    found: list[float] = []
    for far, reached in _distances(graph):
        inverse = np.divide(1, far, out=np.zeros_like(far), where=reached)
        found += (inverse.sum(axis=1) / (len(graph) - 1)).tolist()
    return dict(zip(graph, found, strict=True))


def _eigenvector(graph: nx.Graph) -> Values:
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    both_ways = undirected(graph)
    parts = sorted(nx.connected_components(both_ways), key=len)
    if len(parts) > 1 and len(parts[-2]) == len(parts[-1]):
        raise _Undefined(
            "Няма най-голяма свързана част: две са еднакво големи.",
            "There is no largest connected part: two are equally large.",
        )
    part = among(both_ways, parts[-1])
    matrix = nx.to_scipy_sparse_array(part, weight="strength", dtype=float)
    try:
        # A start of its own, else the last digits differ from run to run.
        _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(len(part)))
    except ArpackNoConvergence:
        raise _Undefined("Изчислението не се сходи.", "The computation did not converge.") from None
    found = dict(zip(part, np.abs(vectors[:, 0]).tolist(), strict=True))
    return {identity: found.get(identity) for identity in graph}


def _pagerank(graph: nx.Graph) -> Values:
    found: Values = nx.pagerank(graph, weight="strength", tol=1e-12 / len(graph), max_iter=1000)
    return found


def _constraint(graph: nx.Graph) -> Values:
    both_ways = undirected(graph)
    tied = among(both_ways, (one for one, degree in both_ways.degree() if degree))
    found = nx.constraint(tied, weight="strength")
    return {identity: found.get(identity) for identity in graph}


def _effective_size(graph: nx.Graph) -> Values:
    both_ways = undirected(graph)
    found: dict[str, float | None] = {}
    for identity in both_ways:
        circle = set(both_ways[identity])
        if not circle:
            found[identity] = None
            continue
        ties = both_ways.subgraph(circle).number_of_edges()
        found[identity] = len(circle) - 2 * ties / len(circle)
    return found


def _core(graph: nx.Graph) -> Values:
    return {i: float(k) for i, k in nx.core_number(undirected(graph)).items()}


_COMPUTE: Mapping[str, Callable[[nx.Graph], Values]] = {
    "degree": _degree,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "harmonic": _harmonic,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "constraint": _constraint,
    "effective-size": _effective_size,
    "core": _core,
}

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "degree",
        Text("брой връзки", "number of ties"),
        Text("С колко други е свързан.", "With how many others there is a tie."),
        "deg(v)",
        "Freeman 1978",
    ),
    Definition(
        "betweenness",
        Text("посредничество", "betweenness"),
        Text(
            "Каква част от най-кратките пътища между другите минава през него.",
            "Which share of the shortest ways between others leads through it.",
        ),
        "sum over s,t of sigma(s,t|v)/sigma(s,t), divided by (n-1)(n-2)/2 (directed: (n-1)(n-2))",
        "Freeman 1977; Brandes 2001",
    ),
    Definition(
        "closeness",
        Text("близост", "closeness"),
        Text(
            "Колко близо са останалите, до които стига.", "How near the others are that it reaches."
        ),
        "(r-1)/(n-1) * (r-1)/sum of distances, r nodes in its component",
        "Wasserman & Faust 1994",
    ),
    Definition(
        "harmonic",
        Text("хармонична близост", "harmonic closeness"),
        Text(
            "Средната обратна стойност на разстоянието до всички останали; недостижимите тежат 0.",
            "The mean inverse distance to all others; those out of reach count 0.",
        ),
        "sum over u of 1/d(u,v), divided by n-1",
        "Marchiori & Latora 2000",
    ),
    Definition(
        "eigenvector",
        Text("собствен вектор", "eigenvector"),
        Text(
            "Свързан ли е с добре свързани.", "Whether those tied to it are well tied themselves."
        ),
        "leading eigenvector of the strengths in the largest connected part, length 1",
        "Bonacich 1972",
        undefined=Text(
            "Извън най-голямата свързана част не е определен.",
            "Undefined outside the largest connected part.",
        ),
    ),
    Definition(
        "pagerank",
        Text("PageRank", "PageRank"),
        Text(
            "Колко често случаен пътник по връзките би се озовавал тук.",
            "How often a random walker along the ties would be here.",
        ),
        "damping .85, by strength; sums to 1",
        "Brin & Page 1998",
    ),
    Definition(
        "constraint",
        Text("ограничение", "constraint"),
        Text(
            "Доколко връзките му водят все до същите хора; ниското значи достъп до различни среди.",
            "How far its ties lead back to the same people; low means access to different circles.",
        ),
        "sum over j of (p_ij + sum_q p_iq p_qj)^2",
        "Burt 1992",
        low_first=True,
        undefined=Text("Не е определено без нито една връзка.", "Undefined without a single tie."),
    ),
    Definition(
        "effective-size",
        Text("ефективен размер", "effective size"),
        Text(
            "Броят връзки без повторенията между тях (без тегла).",
            "The number of ties less those that repeat each other (without weights).",
        ),
        "n - 2t/n, t ties among the n neighbours",
        "Burt 1992; Borgatti 1997",
        undefined=Text("Не е определен без нито една връзка.", "Undefined without a single tie."),
    ),
    Definition(
        "core",
        Text("ядро", "core"),
        Text(
            "Най-голямото k, при което остава в мрежа, където всеки има поне k връзки.",
            "The largest k for which it stays in a network where everybody has at least k ties.",
        ),
        "k-core number",
        "Seidman 1983",
    ),
)
MEASURES = tuple(one.name for one in DEFINITIONS)
