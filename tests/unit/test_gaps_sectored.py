"""The organisations of known sector, in an order that no name decides, and deals of them."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps.sectored import nameless_order, pair_counts, sectored
from tests.unit.gap_town import (
    covers,
    drawn,
    karate,
    locals_of,
    one_rule,
    partners,
    view,
)


def test_plain_dealing_gives_the_closed_form():
    found = sectored(karate())
    one, other = found.ties.T
    dealt = found.dealt(within_terciles=False)[1:]
    across = (dealt[:, one] != dealt[:, other]).sum(1)
    assert across.mean() == pytest.approx(78 * 2 * 17 * 17 / (34 * 33), rel=0.01)


def test_a_complete_graph_can_tell_nothing():
    snapshot = view(
        *locals_of("abc"),
        *locals_of("xyz", "university"),
        *(partners(a, b) for a, b in nx.complete_graph("abcxyz").edges),
    )
    for rule in ("G03", "G04", "G05"):
        result = one_rule(snapshot, rule)
        assert (result.status, result.findings) == ("too few to tell", ())


def test_one_sector_nobody_or_no_tie_each_has_its_reason():
    for rule in ("G02", "G03", "G04", "G05", "G10", "G11"):
        assert one_rule(view(), rule).status == "undefined"
        assert one_rule(view(*drawn(nx.path_graph(4))), rule).status == "undefined"
    mixed = [*locals_of("ab"), *locals_of("xy", "university")]
    for rule in ("G03", "G04", "G05", "G10", "G11"):
        assert one_rule(view(*mixed), rule).status == "not recorded"
    assert one_rule(view(*mixed), "G02").status == "not recorded"
    assert one_rule(view(*mixed, covers("PARTICIPATES_IN")), "G02").status == "undefined"


@given(st.integers(0, 9), st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_names_do_not_change_the_order(n, seed, random):
    graph = nx.gnp_random_graph(n, 0.3, seed=seed)
    marks = {node: ("ab"[node % 2], 0) for node in graph}
    names = random.sample(range(n), n)
    new = nx.relabel_nodes(graph, {node: f"{names[node]}" for node in graph})
    old = nx.relabel_nodes(graph, {node: f"{node}" for node in graph})

    def drawn_as(graph, marks):
        place = {node: i for i, node in enumerate(nameless_order(graph, marks))}
        ties = sorted(sorted((place[a], place[b])) for a, b in graph.edges)
        return [marks[node] for node in place], ties

    before = drawn_as(old, {f"{node}": mark for node, mark in marks.items()})
    after = drawn_as(new, {f"{names[node]}": mark for node, mark in marks.items()})
    assert before == after


def test_every_row_of_draws_has_the_same_ties():
    counts = pair_counts(sectored(karate()))
    assert set(counts.sum((1, 2)).tolist()) == {78}
    assert (counts[0] == [[35, 11], [0, 32]]).all()
