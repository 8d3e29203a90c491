"""Which single tie holds parts together, worked by hand."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.bridges import BridgesSummary
from tests.unit.gap_town import (
    details_of,
    drawn,
    one_rule,
    view,
)


def test_the_bar_of_a_barbell_is_the_single_tie():
    snapshot = view(*drawn(nx.barbell_graph(3, 0)))
    tie = one_rule(snapshot, "G09")
    (gap,) = tie.findings
    assert gap.subjects == ("org:02", "org:03")
    assert gap.value == pytest.approx(9 / 15)
    assert gap.statements == ("PARTNERS_WITH|org:02|org:03|",)
    assert {*gap.ties[0]}.isdisjoint({"org:02", "org:03"})
    # Without an end of the bar 4 of the other 10 pairs are left.
    assert [g.value for g in one_rule(snapshot, "G08").findings] == [pytest.approx(0.6)] * 2


def test_only_bridges_with_three_on_both_sides_count():
    result = one_rule(view(*drawn(nx.path_graph(8))), "G09")
    assert [(gap.subjects, gap.value) for gap in result.findings] == [
        (("org:03", "org:04"), pytest.approx(16 / 28)),
        (("org:02", "org:03"), pytest.approx(15 / 28)),
        (("org:04", "org:05"), pytest.approx(15 / 28)),
    ]
    assert details_of(result, BridgesSummary).bridges == 7


def test_the_twelve_largest_bridges_are_listed_and_all_are_counted():
    result = one_rule(view(*drawn(nx.path_graph(30))), "G09")
    assert (len(result.findings), result.total) == (12, 25)
    values = [gap.value for gap in result.findings]
    assert values == sorted(values, reverse=True)
