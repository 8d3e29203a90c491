"""Betweenness against NetworkX and closed forms."""

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis import betweenness as module
from ecosystem.analysis.betweenness import betweenness


@given(
    st.integers(3, 12),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 4)), max_size=40),
)
def test_it_is_what_networkx_finds(n, directed, ties):
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(
        [(one % n, other % n, far) for one, other, far in ties if one % n != other % n],
        weight="distance",
    )
    expected = nx.betweenness_centrality(graph, weight="distance")
    assert betweenness(graph) == pytest.approx(expected, abs=1e-12)


def test_blocks_of_sources_add_up(monkeypatch):
    graph = nx.karate_club_graph()
    nx.set_edge_attributes(graph, 1, "distance")
    whole: dict[Any, float] = betweenness(graph)
    monkeypatch.setattr(module, "CELLS", 1)
    assert betweenness(graph) == pytest.approx(whole, abs=1e-12)
    assert max(whole, key=whole.__getitem__) == 0
    # Mr. Hi's club, as published with Freeman's measure.
    assert whole[0] == pytest.approx(0.4376, abs=5e-5)


def test_a_grid_has_many_equal_ways():
    graph = nx.grid_2d_graph(7, 7)
    nx.set_edge_attributes(graph, 3, "distance")
    expected = nx.betweenness_centrality(graph)
    found = betweenness(graph)
    assert np.allclose([found[v] for v in graph], [expected[v] for v in graph])
