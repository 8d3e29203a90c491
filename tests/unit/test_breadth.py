"""Steps between nodes, counted for many sources at once, are those of a search from each."""

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis import breadth
from ecosystem.analysis.breadth import steps_between


def one_by_one(graph):
    found: Counter[int] = Counter()
    for _, steps in nx.all_pairs_shortest_path_length(graph):
        found.update(number for number in steps.values() if number)
    return dict(sorted(found.items()))


@given(st.integers(1, 90), st.floats(0, 0.2), st.integers(0, 1000))
def test_every_pair_is_counted_at_its_distance(count, density, seed):
    graph = nx.gnp_random_graph(count, density, seed)
    assert steps_between(graph, list(graph)) == one_by_one(graph)


@pytest.mark.parametrize("words", [1, 700])
def test_any_number_of_blocks_gives_the_same(words, monkeypatch):
    graph = nx.path_graph(200)
    monkeypatch.setattr(breadth, "GATHERED", words)
    # On a way of n nodes 2 (n - k) pairs are k steps apart.
    assert steps_between(graph, list(graph)) == {k: 2 * (200 - k) for k in range(1, 200)}


def test_without_a_tie_there_is_nothing_to_count():
    graph = nx.empty_graph(3)
    assert steps_between(graph, list(graph)) == {}
    assert steps_between(nx.path_graph(3), []) == {}
