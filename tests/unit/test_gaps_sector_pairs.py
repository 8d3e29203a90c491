"""Which sectors do not work together: published values and what is too little to tell."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.sector_pairs import SectorPairsSummary
from tests.unit.gap_town import (
    details_of,
    karate,
    local,
    one_rule,
    partners,
    view,
)


def test_the_karate_club_hardly_mixes():
    """11 ties across against about 40.1, z about -7.8: Zachary's two factions."""
    (row,) = details_of(one_rule(karate(), "G03"), SectorPairsSummary).pairs
    assert row.observed == 11
    assert row.expected == pytest.approx(40.1, abs=0.6)
    assert row.z == pytest.approx(-7.8, abs=0.6)
    assert row.p == pytest.approx(0.001)
    (gap,) = one_rule(karate(), "G03").findings
    assert gap.value == pytest.approx(11 / row.expected)
    assert "11 work ties where 40" in gap.headline.en


def test_two_small_sectors_are_too_few_to_tell():
    """Law 3: 3 and 5 among 40 with 60 ties; even zero ties between them has p about .30."""
    graph = nx.gnm_random_graph(40, 60, seed=3)
    forms = ["university"] * 3 + ["foundation"] * 5 + ["company"] * 32
    apart = nx.Graph(graph)
    apart.remove_edges_from([(a, b) for a in range(3) for b in range(3, 8)])
    people = [r for n in graph for r in local(f"{n:02d}", forms[n])]
    snapshot = view(*people, *(partners(f"{a:02d}", f"{b:02d}") for a, b in apart.edges))
    rows = {
        tuple(row.sectors): row
        for row in details_of(one_rule(snapshot, "G03"), SectorPairsSummary).pairs
    }
    row = rows["academia", "civil society"]
    assert row.observed == 0
    assert 0.15 < row.smallest_p < 0.5
    assert (row.p, row.q, row.flag, row.tells) == (None, None, False, False)
