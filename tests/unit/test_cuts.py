"""Cut points and bridges: closed forms, and NetworkX on any graph."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.cuts import cuts


def named(graph):
    return nx.relabel_nodes(graph, {node: f"{node:03d}" for node in graph})


def test_a_graph_without_nodes_or_ties_comes_apart_nowhere():
    for graph in (nx.Graph(), named(nx.empty_graph(3)), named(nx.complete_graph(4))):
        found = cuts(graph)
        assert (found.points, found.bridges) == ((), ())
    assert cuts(named(nx.complete_graph(4))).pairs == 6


def test_a_long_path_needs_no_deep_stack():
    found = cuts(named(nx.path_graph(5000)))
    assert len(found.points) == 4998
    assert found.side_sizes("1000", "1001") == (1001, 3999)


def test_two_triangles_on_one_tie():
    found = cuts(named(nx.barbell_graph(3, 0)))
    assert found.points == ("002", "003")
    assert found.bridges == (("002", "003"),)
    assert found.sides("002", "003") == (("000", "001", "002"), ("003", "004", "005"))
    assert found.bridge_impact("002", "003") == pytest.approx(9 / 15)
    assert found.parts("002") == (("003", "004", "005"), ("000", "001"))
    assert found.impact("003") == pytest.approx(0.6)


@st.composite
def graphs(draw):
    n = draw(st.integers(0, 12))
    graph = nx.empty_graph(n)
    node = st.integers(0, max(0, n - 1))
    pairs = draw(st.lists(st.tuples(node, node), max_size=18)) if n else []
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    return named(graph)


def connected_pairs(graph):
    return sum(len(p) * (len(p) - 1) // 2 for p in nx.connected_components(graph))


@given(graphs())
def test_any_graph_comes_apart_as_networkx_says(graph):
    found = cuts(graph)
    pairs = connected_pairs(graph)
    assert found.pairs == pairs
    assert set(found.points) == set(nx.articulation_points(graph))
    assert set(found.bridges) == {tuple(sorted(tie)) for tie in nx.bridges(graph)}
    for point in found.points:
        component = nx.node_connected_component(graph, point)
        rest = graph.subgraph(component - {point})
        parts = {tuple(sorted(part)) for part in nx.connected_components(rest)}
        assert set(found.parts(point)) == parts
        assert found.sizes(point) == tuple(sorted(map(len, parts), reverse=True))
        without = connected_pairs(graph.subgraph(set(graph) - {point}))
        assert found.impact(point) == pytest.approx(1 - without / (pairs - len(component) + 1))
    for one, other in found.bridges:
        cut = nx.restricted_view(graph, [], [(one, other)])
        sides = tuple(tuple(sorted(nx.node_connected_component(cut, end))) for end in (one, other))
        assert found.sides(one, other) == sides
        assert found.side_sizes(one, other) == tuple(map(len, sides))
        assert found.bridge_impact(one, other) == pytest.approx(
            len(sides[0]) * len(sides[1]) / pairs
        )
