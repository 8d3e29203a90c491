"""Does like work with like: published values and closed forms."""

import networkx as nx
import numpy as np
import pytest

from ecosystem.analysis.gaps.likeness import AlikeDetails, LikenessSummary, assortativity
from tests.unit.gap_town import (
    details_of,
    karate,
    local,
    locals_of,
    one_rule,
    partners,
    view,
)


def test_the_karate_club_is_assortative_as_networkx_says():
    club = nx.karate_club_graph()
    row = details_of(one_rule(karate(), "G05"), LikenessSummary).coefficient
    assert row.observed == pytest.approx(nx.attribute_assortativity_coefficient(club, "club"))
    low, high = row.interval
    assert low < row.observed < high < 1
    (gap,) = one_rule(karate(), "G05").findings
    assert details_of(gap, AlikeDetails).inside == 67


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


def test_ties_of_one_sector_only_leave_no_coefficient():
    snapshot = view(*locals_of("abc"), *local("u", "university"), partners("a", "b"))
    assert one_rule(snapshot, "G05").status == "undefined"
