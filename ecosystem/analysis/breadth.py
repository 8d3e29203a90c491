"""How many steps lie between the nodes of a graph, counted for many nodes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import networkx as nx
import numpy as np

WORD = 64
GATHERED = 4_000_000
"""Words of 64 bits that one sweep looks up: 32 MB."""


def steps_between(graph: nx.Graph, nodes: Sequence[str]) -> dict[int, int]:
    """How many others each of ``nodes`` has at 1, 2, ... steps, added up; empty without a tie.

    ``nodes`` are closed under the ties of ``graph``, which has no directions: whole parts. The
    search in breadth runs for many nodes at a time, a bit for each [1]_, so that neither pairs
    nor distances are listed.

    References
    ----------
    .. [1] M. Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal",
       Proc. VLDB Endowment 8 (2014).
    """
    tied = [node for node in nodes if graph.degree(node)]
    found: Counter[int] = Counter()
    if not tied:
        return found
    ties = nx.to_scipy_sparse_array(graph, nodelist=tied, weight=None, format="csr")
    words = max(1, min(GATHERED // ties.nnz, -(-len(tied) // WORD)))
    for start in range(0, len(tied), words * WORD):
        sources = np.arange(start, min(start + words * WORD, len(tied)))
        word, bit = np.divmod(sources - start, WORD)
        front = np.zeros((len(tied), words), dtype=np.uint64)
        front[sources, word] = np.left_shift(np.uint64(1), bit.astype(np.uint64))
        seen, steps = front.copy(), 0
        while front.any():
            front = np.bitwise_or.reduceat(front[ties.indices], ties.indptr[:-1], axis=0) & ~seen
            seen |= front
            steps += 1
            found[steps] += int(np.bitwise_count(front).sum())
    return {steps: count for steps, count in sorted(found.items()) if count}
