"""The shortest ways between two actors: by hand, by closed forms, and on any graph."""

from math import comb

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.connecting import MOST_WAYS, connecting
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.model import Event, ParticipatesIn, Project
from ecosystem.snapshot import Snapshot
from tests.graphs import SAID, org, organisations, snapshot_of
from tests.tiny import tiny


@pytest.fixture
def town():
    return Snapshot.of(tiny(), scope="city:alpha", as_of="2026-01-01")


def test_the_way_through_the_tiny_town_by_hand(town):
    found = connecting(town, "person:ann", "org:uni", "work")
    (way,) = found.ways
    assert found.total == 1
    assert way.stops == ("person:ann", "org:firm", "org:council", "org:uni")
    # A membership 1, a grant 1, a project of three 2.
    assert [step.distance for step in way.steps] == [1, 1, 2]
    assert way.distance == 4
    member, grant, project = way.steps
    assert member.statements == ("MEMBER_OF|person:ann|org:firm|",)
    assert grant.statements == ("FUNDS|org:council|org:firm|",)
    assert project.through == ("project:bus",)
    assert project.statements == (
        "PARTICIPATES_IN|org:council|project:bus|",
        "PARTICIPATES_IN|org:uni|project:bus|",
    )
    assert "project:bus" in found.nodes and len(found.statements) == 4


def test_the_way_back_is_the_same_way(town):
    there = connecting(town, "person:ann", "org:uni", "work").ways[0]
    back = connecting(town, "org:uni", "person:ann", "work").ways[0]
    assert back.stops == there.stops[::-1]
    assert back.distance == there.distance


def test_without_a_way_both_parts_are_named(town):
    found = connecting(town, "org:uni", "org:loner", "work")
    assert found.ways == () and found.total == 0
    assert [(part.id, part.size) for part in found.parts] == [("org:uni", 4), ("org:loner", 1)]
    assert found.parts[0].members == ("org:council", "org:firm", "person:ann")
    assert found.parts[1].members == ()
    assert "no tie joins" in found.reason.en


@pytest.mark.parametrize(
    ("other", "lens", "words"),
    [
        ("theme:ict", "work", "does not take part in the lens “Work”"),
        ("org:abroad", "work", "does not take part"),
        ("org:firm", "work", "Both ends are the same."),
    ],
)
def test_what_is_not_in_the_lens_is_said(town, other, lens, words):
    found = connecting(town, "org:firm", other, lens)
    assert found.ways == () and words in found.reason.en
    assert [part.id for part in found.parts] == ["org:firm"]


def test_unknown_ids_and_lenses_are_refused(town):
    for ends in (("org:firm", "org:nobody"), ("org:nobody", "org:firm"), ("source:page",) * 2):
        with pytest.raises(NotFoundError):
            connecting(town, *ends, "work")
    with pytest.raises(NotFoundError):
        connecting(town, "org:firm", "org:uni", "rose")


def test_a_project_is_nearer_than_an_event_of_as_many():
    joined = [
        ParticipatesIn(source=org(one), target=target, **SAID)
        for one in (1, 2)
        for target in ("event:fair", "project:tram")
    ]
    records = [
        *organisations([1, 2]),
        Event(id="event:fair", name_en="Fair", **SAID),
        Project(id="project:tram", name_en="Tram", **SAID),
        *joined,
    ]
    found = connecting(Snapshot.of(Dataset.of(records)), org(1), org(2), "all")
    assert [way.stops for way in found.ways] == [(org(1), "project:tram", org(2))]


def test_a_grid_has_as_many_ways_as_the_binomial_says():
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 4))
    found = connecting(snapshot_of(grid), org(0), org(15), "work")
    assert found.total == comb(6, 3)
    assert len(found.ways) == MOST_WAYS
    assert [way.stops for way in found.ways] == sorted(way.stops for way in found.ways)


def test_who_is_tied_to_both_ends_is_told_beside_the_direct_way():
    # Of a complete graph of five, with one more at org:02: two ends, three between them.
    graph = nx.complete_graph(5)
    graph.add_edge(2, 5)
    found = connecting(snapshot_of(graph), org(0), org(1), "work")
    assert [len(way.steps) for way in found.ways] == [1]
    assert found.between == (org(2), org(3), org(4))


def test_a_long_way_is_walked():
    found = connecting(snapshot_of(nx.path_graph(2000)), org(0), org(1999), "work")
    assert (found.total, found.ways[0].distance) == (1, 1999)


@given(st.integers(2, 14), st.integers(0, 40), st.integers(0, 10_000))
def test_any_graph_gives_the_ways_of_networkx(n, m, seed):
    graph = nx.gnm_random_graph(n, m, seed=seed)
    found = connecting(snapshot_of(graph), org(0), org(n - 1), "work")
    if not nx.has_path(graph, 0, n - 1):
        assert found.ways == ()
        sizes = [len(nx.node_connected_component(graph, one)) for one in (0, n - 1)]
        assert [part.size for part in found.parts] == sizes
        return
    known = sorted(tuple(map(org, way)) for way in nx.all_shortest_paths(graph, 0, n - 1))
    assert found.total == len(known)
    assert [way.stops for way in found.ways] == known[:MOST_WAYS]
    assert set(found.between) == set(map(org, nx.common_neighbors(graph, 0, n - 1)))
    for way in found.ways:
        for step in way.steps:
            assert step.statements
            assert all({step.source, step.target} <= set(one.split("|")) for one in step.statements)
