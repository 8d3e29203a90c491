"""Measures against closed forms, published values and what must hold of any graph."""

import json
from math import sqrt

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.metrics import DEFINITIONS, MEASURES, measure, measures
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.lenses import LENSES
from ecosystem.model import Organisation, ParticipatesIn, Person, Project
from ecosystem.snapshot import Snapshot
from tests.graphs import SAID, drawn, org, organisations, partners, snapshot_of
from tests.tiny import tiny

HERE = {"scope": "city:alpha", "as_of": "2026-01-01"}


def values(graph: nx.Graph, name: str, lens: str = "work") -> dict[object, float | None]:
    """A measure of a graph from a book, by the graph's own nodes."""
    found = measure(snapshot_of(graph), lens, name).values
    return {node: found[org(node)] for node in graph}


def everywhere(graph: nx.Graph, value: float) -> dict[object, object]:
    return dict.fromkeys(graph, pytest.approx(value))


# Closed forms

PATH, STAR, FULL = nx.path_graph(5), nx.star_graph(5), nx.complete_graph(6)


@pytest.mark.parametrize(
    ("name", "middle", "rim"),
    [
        ("degree", 5, 1),
        ("betweenness", 1, 0),
        ("closeness", 1, 5 / 9),
        ("harmonic", 1, (1 + 4 / 2) / 5),
        ("eigenvector", 1 / sqrt(2), 1 / sqrt(10)),
        ("pagerank", (0.15 / 6 + 0.85) / 1.85, (1 - (0.15 / 6 + 0.85) / 1.85) / 5),
        ("constraint", 1 / 5, 1),
        ("effective-size", 5, 1),
        ("core", 1, 1),
    ],
)
def test_on_a_star_of_five_rays(name, middle, rim):
    found = values(STAR, name)
    assert found == {0: pytest.approx(middle)} | {n: pytest.approx(rim) for n in range(1, 6)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("degree", 5),
        ("betweenness", 0),
        ("closeness", 1),
        ("harmonic", 1),
        ("eigenvector", 1 / sqrt(6)),
        ("pagerank", 1 / 6),
        ("constraint", 9**2 / 5**3),
        ("effective-size", 1),
        ("core", 5),
    ],
)
def test_where_all_are_tied_all_are_equal(name, value):
    assert values(FULL, name) == everywhere(FULL, value)


@pytest.mark.parametrize(
    ("name", "along"),
    [
        ("betweenness", [0, 3 / 6, 4 / 6, 3 / 6, 0]),
        ("closeness", [4 / 10, 4 / 7, 4 / 6, 4 / 7, 4 / 10]),
        ("eigenvector", [1 / sqrt(12), 1 / 2, 1 / sqrt(3), 1 / 2, 1 / sqrt(12)]),
        ("constraint", [1, 1 / 2, 1 / 2, 1 / 2, 1]),
        ("effective-size", [1, 2, 2, 2, 1]),
    ],
)
def test_on_a_path_of_five(name, along):
    assert list(values(PATH, name).values()) == [pytest.approx(value) for value in along]


# Published values


def test_the_medici_stand_between_the_families_of_florence():
    # Newman, Networks (2010); Jackson, Social and Economic Networks (2008): .522.
    families = nx.florentine_families_graph()
    found = values(families, "betweenness")
    assert found["Medici"] == pytest.approx(0.522, abs=5e-4)
    assert found["Strozzi"] == pytest.approx(0.103, abs=5e-4)
    assert max(found, key=found.get) == "Medici"
    assert values(families, "eigenvector")["Medici"] == pytest.approx(0.430, abs=5e-4)


def test_the_core_of_the_karate_club():
    club = nx.karate_club_graph()
    core = {member for member, k in values(club, "core").items() if k == 4}
    assert core == {0, 1, 2, 3, 7, 8, 13, 30, 32, 33}
    assert values(club, "betweenness")[0] == pytest.approx(0.4376, abs=5e-5)
    assert values(club, "closeness")[0] == pytest.approx(0.5690, abs=5e-5)


def test_the_holes_around_g():
    # Borgatti, "Structural Holes: Unpacking Burt's Redundancy Measures", Connections 20 (1997).
    burt = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    assert values(burt, "effective-size")["G"] == pytest.approx(4.67, abs=5e-3)
    assert values(burt, "effective-size")["A"] == pytest.approx(2.5)
    constraint = values(burt, "constraint")
    assert constraint["G"] == pytest.approx(0.400, abs=5e-4)
    assert constraint["A"] == pytest.approx(0.595, abs=5e-4)
    assert constraint["C"] == pytest.approx(1)


# Weights


def weighted(ties: dict[tuple[str, str], int]) -> Snapshot:
    """Organisations with that many partnerships between them."""
    names = sorted({end for ends in ties for end in ends})
    edges = [partners(*ends, key=str(k)) for ends, times in ties.items() for k in range(times)]
    return Snapshot.of(Dataset.of([*organisations(names), *edges]), as_of="2024-01-01")


def test_ways_are_measured_by_distance_and_flow_by_strength():
    # One long and strong way round, one short and weak: 1/4 + 1/4 is nearer than 1.
    town = weighted({("a", "b"): 4, ("b", "c"): 4, ("a", "c"): 1})
    assert measure(town, "work", "betweenness").values["org:b"] == pytest.approx(1)
    assert measure(town, "work", "closeness").values["org:a"] == pytest.approx(2 / (1 / 4 + 1 / 2))
    assert measure(town, "work", "harmonic").values["org:a"] == pytest.approx((4 + 2) / 2)
    assert measure(town, "work", "effective-size").values["org:b"] == pytest.approx(1)
    rank = measure(town, "work", "pagerank").values
    assert rank["org:b"] > rank["org:a"] == pytest.approx(rank["org:c"])


def test_ways_of_equal_length_are_equal_to_the_last_bit():
    assert 1 / 2 + 1 / 12 != 1 / 3 + 1 / 4
    town = weighted({("s", "a"): 2, ("a", "t"): 12, ("s", "b"): 3, ("b", "t"): 4})
    found = measure(town, "work", "betweenness").values
    assert found["org:a"] == found["org:b"] == pytest.approx(1 / 2 / 3)


@pytest.mark.parametrize("name", ["betweenness", "closeness", "harmonic", "pagerank", "constraint"])
def test_values_are_those_of_networkx(name):
    graph = Snapshot.of(tiny(), as_of="2026-01-01").graph("all")
    reference = {
        "betweenness": lambda: nx.betweenness_centrality(graph, weight="distance"),
        "closeness": lambda: nx.closeness_centrality(graph, distance="distance"),
        "harmonic": lambda: {
            one: value / (len(graph) - 1)
            for one, value in nx.harmonic_centrality(graph, distance="distance").items()
        },
        "pagerank": lambda: nx.pagerank(graph, tol=1e-14, max_iter=1000, weight="strength"),
        "constraint": lambda: nx.constraint(graph, nodes=list(graph), weight="strength"),
    }[name]()
    found = measure(Snapshot.of(tiny(), as_of="2026-01-01"), "all", name).values
    for identity, value in found.items():
        if value is None:
            assert graph.degree(identity) == 0
        else:
            assert value == pytest.approx(reference[identity], abs=1e-9)


# A value or a reason


def test_every_measure_of_a_lens_without_ties_says_why_it_has_no_value():
    for found in measures(Snapshot.of(Dataset.of(organisations("abc"))), "work"):
        assert found.reason.bg
        assert found.reason.en == "The lens has no ties."
        assert not found.values
        assert not found.ranks


def test_a_lens_without_actors_says_so():
    reasons = {m.reason.en for m in measures(Snapshot.of(Dataset.of([])), "met")}
    assert reasons == {"The lens has no actors."}


def test_two_actors_have_nobody_to_stand_between():
    pair = nx.path_graph(2)
    assert measure(snapshot_of(pair), "work", "betweenness").reason.en.startswith("At least three")
    assert values(pair, "eigenvector") == everywhere(pair, 1 / sqrt(2))


def test_two_parts_of_one_size_have_no_eigenvector():
    parts = nx.disjoint_union(nx.complete_graph(3), nx.path_graph(3))
    assert "two are equally large" in measure(snapshot_of(parts), "work", "eigenvector").reason.en


def test_each_missing_value_has_its_stated_reason():
    graph = nx.disjoint_union(nx.star_graph(3), nx.empty_graph(1))
    for definition in DEFINITIONS:
        missing = [node for node, value in values(graph, definition.name).items() if value is None]
        assert missing == ([4] if definition.undefined else [])
    assert [d.name for d in DEFINITIONS if d.undefined] == [
        "eigenvector",
        "constraint",
        "effective-size",
    ]


def test_whoever_stands_alone_reaches_nobody():
    graph = nx.disjoint_union(nx.path_graph(2), nx.empty_graph(1))
    assert values(graph, "closeness") == {0: 0.5, 1: 0.5, 2: 0}
    assert values(graph, "harmonic") == {0: 0.5, 1: 0.5, 2: 0}


def test_unknown_names_are_errors():
    with pytest.raises(NotFoundError, match="betweeness"):
        measure(snapshot_of(STAR), "work", "betweeness")
    with pytest.raises(NotFoundError, match="wrok"):
        measures(snapshot_of(STAR), "wrok")


# Ranks


def test_equals_share_the_middle_of_their_ranks():
    found = measure(snapshot_of(STAR), "work", "degree")
    assert found.ranks == {"org:00": 1} | {f"org:0{n}": 4 for n in range(1, 6)}
    assert found.ranked == {"Organisation": 6}


def test_least_constrained_comes_first():
    ranks = measure(snapshot_of(STAR), "work", "constraint").ranks
    assert ranks["org:00"] == 1


def test_kinds_are_ranked_apart_and_the_outside_is_not_ranked():
    found = measure(Snapshot.of(tiny(), **HERE), "all", "degree")
    assert (found.n, found.context_n) == (8, 2)
    assert found.ranked == {"City": 1, "Event": 1, "Organisation": 4, "Person": 1, "Project": 1}
    assert found.values["org:abroad"] == 1
    assert not {"org:abroad", "city:beta"} & found.ranks.keys()
    # council 3 (project, event, grant), firm 3 (event, grant, ann), uni 2, loner 0.
    assert found.ranks["org:council"] == found.ranks["org:firm"] == 1.5
    assert found.ranks["org:loner"] == 4
    assert found.ranks["person:ann"] == 1


def test_the_tiny_town_by_hand():
    # firm - council at 1, council - uni at 2; ann at 1 from firm; alpha and loner apart.
    snapshot = Snapshot.of(tiny(), **HERE)
    between = measure(snapshot, "work", "betweenness").values
    assert between["org:council"] == pytest.approx(2 / 10)
    assert between["org:firm"] == pytest.approx(2 / 10)
    closeness = measure(snapshot, "work", "closeness").values
    assert closeness["org:council"] == pytest.approx(3 / 5 * 3 / (1 + 2 + 2))
    assert closeness["org:loner"] == 0
    met = measure(snapshot, "met", "constraint").values
    assert met["org:uni"] == pytest.approx(9 / 8)
    assert met["org:loner"] is None


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("scope", ["all", "city:alpha", "city:beta"])
def test_results_are_plain_values(lens, scope):
    for found in measures(Snapshot.of(tiny(), as_of="2026-01-01", scope=scope), lens):
        plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert plain["definition"]["name"] in MEASURES
        assert (found.reason is None) == bool(found.values)
        assert list(found.values) == sorted(found.values)


# What holds of any graph


@st.composite
def towns(draw):
    """Organisations that share projects and partnerships, in any order."""
    names = [f"o{n}" for n in range(draw(st.integers(3, 7)))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names))
    records = [*organisations(names), Person(id="person:p", name_en="P", **SAID)]
    records += [
        partners(*p, key=str(k))
        for k, p in enumerate(draw(st.lists(pairs, max_size=9)))
        if p[0] != p[1]
    ]
    for number in range(draw(st.integers(0, 3))):
        who = draw(st.lists(st.sampled_from(names), max_size=5, unique=True))
        records.append(Project(id=f"project:p{number}", name_en="P", **SAID))
        records += [
            ParticipatesIn(source=org(one), target=f"project:p{number}", **SAID) for one in who
        ]
    return records


def measured(records):
    snapshot = Snapshot.of(Dataset.of(records), as_of="2024-01-01")
    return {found.name: found for found in measures(snapshot, "work")}


@settings(deadline=None, max_examples=40)
@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(records, random):
    assert measured(records) == measured(random.sample(records, len(records)))


@settings(deadline=None, max_examples=40)
@given(towns(), st.randoms(use_true_random=False))
def test_other_names_change_no_value_and_no_rank(records, random):
    old = [r.id for r in records if isinstance(r, Organisation)]
    new = dict(zip(old, random.sample(old, len(old)), strict=True))
    again = measured([renamed(record, new) for record in records])
    for name, found in measured(records).items():
        assert found.reason == again[name].reason
        for identity, value in found.values.items():
            other = again[name].values[new.get(identity, identity)]
            assert value == other or value == pytest.approx(other, abs=1e-9)
        for identity, rank in found.ranks.items():
            assert rank == again[name].ranks[new.get(identity, identity)]


def renamed(record, new):
    if isinstance(record, Organisation):
        return organisations([new[record.id].removeprefix("org:")])[0]
    if isinstance(record, ParticipatesIn):
        return ParticipatesIn(source=new[record.source], target=record.target, **SAID)
    if record.kind == "PARTNERS_WITH":
        ends = (new[end].removeprefix("org:") for end in (record.source, record.target))
        return partners(*ends, key=record.key)
    return record


def test_a_drawn_graph_is_its_own_lens():
    club = nx.karate_club_graph()
    graph = Snapshot.of(Dataset.of(drawn(club))).graph("work")
    assert nx.is_isomorphic(graph, club)
    assert {strength for *_, strength in graph.edges(data="strength")} == {1}
