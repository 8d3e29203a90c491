"""How far apart the organisations are, by closed forms and published values."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.distance import DistanceDetails, distances
from tests.unit.gap_town import (
    details_of,
    drawn,
    locals_of,
    one_rule,
    partners,
    view,
)


def named(graph):
    return nx.relabel_nodes(graph, {node: f"{node:02d}" for node in graph})


def test_efficiency_has_closed_forms():
    assert distances(nx.complete_graph(6)) == (1.0, 1.0, 6)
    n = 12
    star, mean, size = distances(nx.star_graph(n - 1))
    assert star == pytest.approx((n + 2) / (2 * n))
    assert (mean, size) == (pytest.approx(2 * (n - 1) / n), n)
    path = distances(nx.path_graph(n))
    assert path[0] == pytest.approx(sum(2 * (n - d) / d for d in range(1, n)) / (n * (n - 1)))
    assert path[1] == pytest.approx((n + 1) / 3)


def test_the_florentine_families():
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    names = {name: name.lower() for name in graph}
    ties = [partners(names[a], names[b]) for a, b in graph.edges]
    (gap,) = one_rule(view(*locals_of(names.values()), *ties), "G22").findings
    assert gap.value == pytest.approx(nx.global_efficiency(graph))
    whole = graph.subgraph(set(graph) - {"Pucci"})
    assert details_of(gap, DistanceDetails).mean_path == pytest.approx(
        nx.average_shortest_path_length(whole)
    )
    assert details_of(gap, DistanceDetails).mean_path == pytest.approx(2.4857, abs=1e-4)
    assert (gap.n, details_of(gap, DistanceDetails).largest) == (16, 15)


def test_nine_organisations_are_too_few_for_a_distance():
    assert one_rule(view(*drawn(nx.path_graph(9))), "G22").status == "too few to tell"
    assert one_rule(view(*drawn(nx.path_graph(10))), "G22").status == "found"
