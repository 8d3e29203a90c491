"""Do sectors work together: the karate club, published coefficients, and what cannot be told."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps.chance import adjusted, chance
from ecosystem.analysis.gaps.likeness import assortativity
from ecosystem.analysis.gaps.sectored import nameless_order, pair_counts, sectored
from ecosystem.model import Event, Project
from tests.unit.gap_town import (
    SAID,
    by_subject,
    covers,
    drawn,
    local,
    locals_of,
    one_rule,
    partners,
    takes_part,
    view,
)

SIDES = {"Mr. Hi": "company", "Officer": "university"}


def karate():
    club = nx.karate_club_graph()
    sides = nx.get_node_attributes(club, "club")
    people = [r for n in club for r in local(f"{n:02d}", SIDES[sides[n]])]
    return view(*people, *(partners(f"{a:02d}", f"{b:02d}") for a, b in club.edges))


def test_the_karate_club_hardly_mixes():
    """11 ties across against about 40.1, z about -7.8: Zachary's two factions."""
    (row,) = one_rule(karate(), "G03").details.pairs
    assert row.observed == 11
    assert row.expected == pytest.approx(40.1, abs=0.6)
    assert row.z == pytest.approx(-7.8, abs=0.6)
    assert row.p == pytest.approx(0.001)
    (gap,) = one_rule(karate(), "G03").findings
    assert gap.value == pytest.approx(11 / row.expected)
    assert "11 work ties where 40" in gap.headline.en


def test_plain_dealing_gives_the_closed_form():
    found = sectored(karate())
    one, other = found.ties.T
    dealt = found.dealt(within_terciles=False)[1:]
    across = (dealt[:, one] != dealt[:, other]).sum(1)
    assert across.mean() == pytest.approx(78 * 2 * 17 * 17 / (34 * 33), rel=0.01)


def test_the_karate_club_is_assortative_as_networkx_says():
    club = nx.karate_club_graph()
    row = one_rule(karate(), "G05").details.coefficient
    assert row.observed == pytest.approx(nx.attribute_assortativity_coefficient(club, "club"))
    low, high = row.interval
    assert low < row.observed < high < 1
    (gap,) = one_rule(karate(), "G05").findings
    assert gap.details.inside == 67


def test_both_factions_look_inward():
    gaps = by_subject(one_rule(karate(), "G04"))
    rows = {row.sector: row for row in one_rule(karate(), "G04").details.by_sector}
    assert set(gaps) == {"industry", "academia"}
    assert rows["industry"].observed == pytest.approx((11 - 35) / 46)
    assert gaps["industry"].value < -0.5


def test_newmans_own_table_of_couples():
    """Newman 2003, table I: partnerships by race in San Francisco, r = .621."""
    shares = np.array(
        [
            [0.258, 0.016, 0.035, 0.013],
            [0.012, 0.157, 0.058, 0.019],
            [0.013, 0.023, 0.306, 0.035],
            [0.005, 0.007, 0.024, 0.016],
        ]
    )
    counts = np.triu(shares + shares.T - np.diag(np.diag(shares))) * 1000
    # The ends are told apart in the published table, and are not here.
    assert assortativity(counts.round().astype(int)[None])[0] == pytest.approx(0.621, abs=0.005)


def test_a_coefficient_without_ties_or_with_one_sector_has_no_value():
    assert np.isnan(assortativity(np.zeros((1, 2, 2), dtype=int)))[0]
    assert np.isnan(assortativity(np.array([[[5, 0], [0, 0]]])))[0]


def test_two_small_sectors_are_too_few_to_tell():
    """Law 3: 3 and 5 among 40 with 60 ties; even zero ties between them has p about .30."""
    graph = nx.gnm_random_graph(40, 60, seed=3)
    forms = ["university"] * 3 + ["foundation"] * 5 + ["company"] * 32
    apart = nx.Graph(graph)
    apart.remove_edges_from([(a, b) for a in range(3) for b in range(3, 8)])
    people = [r for n in graph for r in local(f"{n:02d}", forms[n])]
    snapshot = view(*people, *(partners(f"{a:02d}", f"{b:02d}") for a, b in apart.edges))
    rows = {tuple(row.sectors): row for row in one_rule(snapshot, "G03").details.pairs}
    row = rows["academia", "civil society"]
    assert row.observed == 0
    assert 0.15 < row.smallest_p < 0.5
    assert (row.p, row.q, row.flag, row.tells) == (None, None, False, False)


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


def test_ties_of_one_sector_only_leave_no_coefficient():
    snapshot = view(*locals_of("abc"), *local("u", "university"), partners("a", "b"))
    assert one_rule(snapshot, "G05").status == "undefined"


def in_projects(*parts):
    projects = {target for _, target in parts}
    return [
        *(Project(id=f"project:{one}", name_en=one, **SAID) for one in sorted(projects)),
        *(takes_part(f"org:{who}", f"project:{target}") for who, target in parts),
    ]


FIRMS, HALLS = [f"f{i:02d}" for i in range(12)], [f"u{i:02d}" for i in range(12)]
EACH_ITS_OWN = [(firm, f"p{i}") for firm in FIRMS for i in range(3)]


def test_a_sector_that_meets_and_never_works_is_named():
    event = Event(id="event:e", name_en="E", **SAID)
    ties = [takes_part(f"org:{hall}", "event:e") for hall in HALLS[:4]]
    rest = [(HALLS[0], "p0"), (HALLS[1], "p1")]
    snapshot = view(
        *locals_of(FIRMS),
        *locals_of(HALLS, "university"),
        event,
        *ties,
        *in_projects(*EACH_ITS_OWN, *rest),
    )
    (gap,) = one_rule(snapshot, "G02").findings
    assert gap.subjects == ("sector:academia",)
    assert gap.value == pytest.approx((2 / 38) / (12 / 24))
    assert gap.details.events == 4
    assert "org:u02" in gap.details.idle[:2]
    assert one_rule(snapshot, "G02").details.roles == {
        "participant": {"industry": 36, "academia": 2}
    }


def test_no_participation_at_all_is_no_ratio():
    records = [*locals_of(FIRMS), *locals_of(HALLS, "university"), *in_projects(*EACH_ITS_OWN)]
    (gap,) = one_rule(view(*records), "G02").findings
    assert (gap.status, gap.value) == ("not recorded", None)
    (gap,) = one_rule(view(*records, covers("PARTICIPATES_IN")), "G02").findings
    assert (gap.status, gap.value) == ("absent", None)
    assert gap.reason.en.startswith("There is no participation")


def test_as_many_participations_as_its_size_is_no_gap():
    parts = [(one, f"p{i}") for i, one in enumerate((*FIRMS, *HALLS))]
    snapshot = view(*locals_of(FIRMS), *locals_of(HALLS, "university"), *in_projects(*parts))
    assert one_rule(snapshot, "G02").findings == ()
    assert [row.ratio for row in one_rule(snapshot, "G02").details.by_sector] == [1, 1]


def test_adjusted_values_are_those_of_benjamini_and_hochberg():
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert adjusted([]) == []
    assert adjusted([0.9, 0.8]) == pytest.approx([0.9, 0.9])


def test_a_test_against_nothing_has_no_answer():
    assert chance([float("nan"), 1.0], low=True) is None
    assert chance([1.0, float("nan")], low=True) is None
    same = chance([2, 2, 2], low=True)
    assert (same.z, same.p, same.smallest) == (None, 1.0, 1.0)
    assert chance([5, *range(10)], low=False).p == pytest.approx(6 / 11)


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
