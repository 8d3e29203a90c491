"""Betweenness of all nodes at once, for rankings that are made again hundreds of times."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
from numpy.typing import NDArray

CELLS = 4_000_000

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


def betweenness(graph: nx.Graph) -> dict[str, float]:
    """The share of the shortest ways between others that lead through each node.

    Brandes' two sweeps [1]_ run for many sources at a time as products with sparse matrices.
    Every tie of ``graph`` has a ``distance`` that is a whole number above 0, so that ways of equal
    length are equal. Normalised as in the definition; needs three nodes or more.

    References
    ----------
    .. [1] U. Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25 (2001).
    """
    n = len(graph)
    place = {node: i for i, node in enumerate(graph)}
    rows = [(place[one], place[other], far) for one, other, far in graph.edges(data="distance")]
    ties = np.array(rows, dtype=np.int64).reshape(-1, 3)
    if not graph.is_directed():
        ties = np.concatenate((ties, ties[:, [1, 0, 2]]))
    through = np.zeros(n)
    for sources, far in _distances(n, ties):
        through += _dependencies(n, ties, sources, far)
    return dict(zip(graph, (through / ((n - 1) * (n - 2))).tolist(), strict=True))


def _distances(n: int, ties: Whole) -> Iterator[tuple[Whole, Real]]:
    """Sources in blocks, with their distances to every node; -1 where there is no way."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra  # half a second that most commands do not need

    one, other, length = ties.T
    matrix = csr_array((length.astype(float), (one, other)), shape=(n, n))
    leading = np.unique(one)
    step = max(1, CELLS // max(n, len(ties)))
    for start in range(0, len(leading), step):
        sources = leading[start : start + step]
        far = dijkstra(matrix, indices=sources)
        far[~np.isfinite(far)] = -1
        yield sources, far


def _dependencies(n: int, ties: Whole, sources: Whole, far: Real) -> Real:
    """What the ways from these sources add to each node."""
    from scipy.sparse import csr_array

    one, other, length = ties.T
    # A pair of source and node that it reaches is one row; a tie on a shortest way joins two.
    reached = far >= 0
    row: Whole = np.cumsum(reached).reshape(reached.shape) - 1
    source, tie = np.nonzero((far[:, one] + length == far[:, other]) & reached[:, one])
    before, after = row[source, one[tie]], row[source, other[tie]]
    size = int(reached.sum())
    onward = csr_array((np.ones(len(tie)), (after, before)), shape=(size, size))
    backward = onward.T.tocsr()
    start = np.zeros(size)
    start[row[np.arange(len(sources)), sources]] = 1
    ways = _summed(onward, start)
    # With g = (1 + dependency) / ways, g is 1 / ways here plus the g of whatever comes next.
    share = 1 / ways
    depends = ways * (_summed(backward, share) - share)
    depends[start == 1] = 0
    return np.bincount(np.nonzero(reached)[1], weights=depends, minlength=n).astype(float)


def _summed(matrix: object, start: Real) -> Real:
    """start + M start + M^2 start + ..., which ends since M has no cycles."""
    total, step = start.copy(), start
    while step.any():
        step = matrix @ step  # type: ignore[operator]  # a sparse matrix
        total += step
    return total
