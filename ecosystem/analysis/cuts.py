"""Where a graph comes apart: cut points and bridges with what they cut off, in linear time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain

import networkx as nx

Span = tuple[int, int]


@dataclass(frozen=True)
class Cuts:
    """The cut points and bridges of a graph.

    Attributes
    ----------
    pairs
        C: how many unordered pairs of nodes can reach each other.
    points
        Articulation points, in the order of ids.
    bridges
        Ties whose loss splits their component, the lower id first, in the order of ids.
    """

    pairs: int
    points: tuple[str, ...]
    bridges: tuple[tuple[str, str], ...]
    # A depth-first order puts whatever hangs on a node or tie next to each other.
    _order: tuple[str, ...] = field(repr=False)
    _component: Mapping[str, Span] = field(repr=False)
    _hanging: Mapping[str, tuple[Span, ...]] = field(repr=False)
    _below: Mapping[tuple[str, str], Span] = field(repr=False)
    _place: Mapping[str, int] = field(repr=False)

    def sizes(self, point: str, apart: Collection[str] = ()) -> tuple[int, ...]:
        """The sizes of the parts that the leaving of a cut point leaves, largest first.

        Those ``apart``, of the component of ``point``, are in no size; nor is a part of them alone.
        """
        places = sorted(self._place[one] for one in apart)
        hanging = [
            end - start - (bisect_left(places, end) - bisect_left(places, start))
            for start, end in self._hanging[point]
        ]
        start, end = self._component[point]
        rest = end - start - 1 - len(places) - sum(hanging)
        return tuple(sorted((size for size in (*hanging, rest) if size), reverse=True))

    def parts(self, point: str) -> tuple[tuple[str, ...], ...]:
        """The parts that the leaving of a cut point leaves, larger first, then by first id."""
        spans = sorted(self._hanging[point])
        parts = [tuple(sorted(self._order[start:end])) for start, end in spans]
        start, end = self._component[point]
        edges = [start, *chain.from_iterable(spans), end]
        rest = chain.from_iterable(
            self._order[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)
        )
        others = tuple(sorted(node for node in rest if node != point))
        return tuple(sorted((*parts, others) if others else parts, key=lambda p: (-len(p), p)))

    def impact(self, point: str, apart: Collection[str] = ()) -> float:
        """1 - C(G - v) / (C(G) - (c - 1)), with c the size of the component of ``v``.

        The share of the other connected pairs that lose each other, between 0 and 1. Pairs with
        one of those ``apart``, of the same component, count in neither.
        """
        start, end = self._component[point]
        size = end - start
        elsewhere = self.pairs - _pairs(size)
        left = elsewhere + sum(map(_pairs, self.sizes(point, apart)))
        return 1 - left / (elsewhere + _pairs(size - 1 - len(apart)))

    def sides(self, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nodes on the side of each end of a bridge, in the order of ids."""
        low, high = self._below[one, other]
        start, end = self._component[one]
        below = tuple(sorted(self._order[low:high]))
        above = tuple(sorted(self._order[start:low] + self._order[high:end]))
        return (below, above) if low <= self._place[one] < high else (above, below)

    def side_sizes(self, one: str, other: str) -> tuple[int, int]:
        """How many nodes stand on the side of each end of a bridge."""
        low, high = self._below[one, other]
        start, end = self._component[one]
        below, above = high - low, end - start - (high - low)
        return (below, above) if low <= self._place[one] < high else (above, below)

    def bridge_impact(self, one: str, other: str, beside: tuple[int, int] = (0, 0)) -> float:
        """ab / C(G): the share of connected pairs that reach each other over the bridge alone.

        ``beside`` are so many on each side that do not count.
        """
        a, b = self.side_sizes(one, other)
        left_a, left_b = a - beside[0], b - beside[1]
        return left_a * left_b / (self.pairs - _pairs(a + b) + _pairs(left_a + left_b))


def cuts(graph: nx.Graph) -> Cuts:
    """The cut points and bridges of an undirected graph without loops or parallel ties.

    One depth-first walk [1]_; a graph without nodes has none of either.

    References
    ----------
    .. [1] R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
    """
    order: list[str] = []
    place: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, Span] = {}
    hanging: dict[str, list[Span]] = {}
    below: dict[tuple[str, str], Span] = {}
    points: list[str] = []

    def enter(node: str) -> None:
        place[node] = low[node] = len(order)
        order.append(node)

    def leave(node: str, parent: str) -> None:
        span = (place[node], len(order))
        low[parent] = min(low[parent], low[node])
        if low[node] >= place[parent]:
            hanging.setdefault(parent, []).append(span)
        if low[node] > place[parent]:
            below[min(node, parent), max(node, parent)] = span

    for root in sorted(graph):
        if root in place:
            continue
        start = len(order)
        enter(root)
        ahead = [(root, "", iter(graph[root]))]
        while ahead:
            node, parent, rest = ahead[-1]
            for other in rest:
                if other not in place:
                    enter(other)
                    ahead.append((other, node, iter(graph[other])))
                    break
                if other != parent:
                    low[node] = min(low[node], place[other])
            else:
                ahead.pop()
                if ahead:
                    leave(node, parent)
        component.update(dict.fromkeys(order[start:], (start, len(order))))
        points += [v for v in order[start:] if len(hanging.get(v, ())) > (v == root)]
    return Cuts(
        pairs=sum(_pairs(end - start) for start, end in set(component.values())),
        points=tuple(sorted(points)),
        bridges=tuple(sorted(below)),
        _order=tuple(order),
        _component=component,
        _hanging={node: tuple(spans) for node, spans in hanging.items()},
        _below=below,
        _place=place,
    )


def _pairs(size: int) -> int:
    return size * (size - 1) // 2
