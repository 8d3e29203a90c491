"""How a lens hangs together: parts, communities, and what holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from ecosystem.analysis.cuts import cuts
from ecosystem.snapshot import Snapshot, among, undirected
from ecosystem.values import Text, plain

SEED = 20180910


@dataclass(frozen=True)
class CutPoint:
    """An actor whose leaving splits its component; ``impact`` is between 0 and 1."""

    id: str
    impact: float
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Bridge:
    """A tie whose end splits its component into sides of ``sizes`` actors."""

    source: str
    target: str
    sizes: tuple[int, int]
    impact: float
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Structure:
    """Parts of a lens, largest first; communities only where there are ties.

    ``modularity`` is None with a ``reason`` where the lens has no tie.
    """

    lens: str
    n: int
    ties: int
    components: tuple[tuple[str, ...], ...]
    isolates: tuple[str, ...]
    communities: tuple[tuple[str, ...], ...]
    modularity: float | None
    cut_points: tuple[CutPoint, ...]
    bridges: tuple[Bridge, ...]
    reason: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """The structure as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def structure(snapshot: Snapshot, lens: str) -> Structure:
    """The structure of one lens, ties read both ways.

    Raises
    ------
    NotFoundError
        For an unknown lens.
    """
    graph = undirected(snapshot.graph(lens))
    components = _ordered(nx.connected_components(graph))
    found = communities(graph)
    modularity, reason = None, None
    if found:
        loners = [part for part in components if len(part) == 1]
        # Rounded, since it is summed in the order of sets.
        whole = nx.community.modularity(graph, [*found, *loners], weight="strength")
        modularity = round(float(whole), 12)
    else:
        reason = Text("Няма връзки в тази проекция.", "The lens has no ties.")
    return Structure(
        lens=lens,
        n=len(graph),
        ties=graph.number_of_edges(),
        components=tuple(part for part in components if len(part) > 1),
        isolates=tuple(part[0] for part in components if len(part) == 1),
        communities=found,
        modularity=modularity,
        cut_points=cut_points(graph),
        bridges=bridges(graph),
        reason=reason,
    )


def communities(graph: nx.Graph) -> tuple[tuple[str, ...], ...]:
    """Louvain's communities [1]_ by strength, largest first, then by first id.

    Nodes without a tie belong to none. The seed is fixed: one graph gives one answer.

    References
    ----------
    .. [1] V. D. Blondel et al., "Fast unfolding of communities in large networks", J. Stat.
       Mech. (2008) P10008.
    """
    tied = among(graph, (identity for identity, degree in graph.degree() if degree))
    if not len(tied):
        return ()
    return _ordered(nx.community.louvain_communities(tied, weight="strength", seed=SEED))


def _ordered(parts: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(sorted(part)) for part in parts), key=lambda p: (-len(p), p)))


def cut_points(graph: nx.Graph) -> tuple[CutPoint, ...]:
    """The articulation points by impact, then id.

    Impact is 1 - C(G - v) / (C(G) - (c - 1)): the share of the other connected pairs that lose
    each other, where C counts connected pairs and c is the size of v's component.
    """
    found = cuts(graph)
    points = [CutPoint(one, found.impact(one), found.sizes(one)) for one in found.points]
    return tuple(sorted(points, key=lambda point: (-round(point.impact, 12), point.id)))


def bridges(graph: nx.Graph) -> tuple[Bridge, ...]:
    """The ties that alone join two parts, by impact, then ends; the lower end first.

    Impact is ab / C(G): the share of connected pairs that the tie alone joins.
    """
    found = cuts(graph)
    ties = [
        Bridge(
            one,
            other,
            found.side_sizes(one, other),
            found.bridge_impact(one, other),
            tuple(graph.edges[one, other].get("statements", ())),
        )
        for one, other in found.bridges
    ]
    return tuple(sorted(ties, key=lambda b: (-round(b.impact, 12), b.source, b.target)))
