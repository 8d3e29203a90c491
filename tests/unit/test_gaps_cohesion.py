"""Fragmentation and distance by closed forms, and introductions by what they add."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.gaps.distance import distances
from ecosystem.analysis.gaps.efficiency import Ground
from ecosystem.analysis.gaps.fragmentation import fragmentation
from ecosystem.model import Enables, Event
from tests.unit.gap_town import (
    SAID,
    by_subject,
    covers,
    drawn,
    local,
    locals_of,
    offers,
    one_rule,
    partners,
    takes_part,
    theme,
    view,
)
from tests.unit.gap_town import WORK as WORK_TIES


def named(graph):
    return nx.relabel_nodes(graph, {node: f"{node:02d}" for node in graph})


def test_fragmentation_has_closed_forms():
    assert fragmentation([5]) == 0
    assert fragmentation([1] * 5) == 1
    assert fragmentation([5, 5]) == pytest.approx(5 / 9)
    assert fragmentation([3, 2, 1]) == pytest.approx(1 - 8 / 30)


def test_two_pairs_fall_apart_and_one_step_joins_them():
    snapshot = view(*locals_of("abcd"), partners("a", "b"), partners("c", "d"))
    (gap,) = one_rule(snapshot, "G07").findings
    assert gap.subjects == ("city:town",)
    assert gap.value == pytest.approx(1 - 4 / 12)
    assert gap.details.after == 0
    assert "makes the share 0%" in gap.closing.en


def test_a_connected_network_is_not_fragmented():
    result = one_rule(view(*drawn(nx.path_graph(4))), "G07")
    assert (result.status, result.details.fragmentation) == ("none found", 0)


def test_one_organisation_has_no_pairs():
    assert one_rule(view(), "G07").status == "undefined"
    assert one_rule(view(*local("a")), "G07").status == "undefined"


def test_islands_without_any_record_are_not_called_islands():
    assert one_rule(view(*locals_of("abc")), "G07").status == "not recorded"
    sure = [covers(kind) for kind in WORK_TIES]
    assert one_rule(view(*locals_of("abc"), *sure), "G07").status == "undefined"


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
    assert gap.details.mean_path == pytest.approx(nx.average_shortest_path_length(whole))
    assert gap.details.mean_path == pytest.approx(2.4857, abs=1e-4)
    assert (gap.n, gap.details.largest) == (16, 15)


def test_nine_organisations_are_too_few_for_a_distance():
    assert one_rule(view(*drawn(nx.path_graph(9))), "G22").status == "too few to tell"
    assert one_rule(view(*drawn(nx.path_graph(10))), "G22").status == "found"


@st.composite
def graphs(draw):
    n = draw(st.integers(2, 10))
    node = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(node, node), max_size=15))
    graph = nx.empty_graph(n)
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    return named(graph)


@given(graphs())
@settings(deadline=None)
def test_a_gain_is_what_networkx_finds_after_the_tie(graph):
    ground = Ground(graph)
    before = nx.global_efficiency(graph)
    assert ground.efficiency() == pytest.approx(before)
    for one, other in nx.non_edges(graph):
        more = nx.Graph(graph)
        more.add_edge(one, other)
        assert ground.gain(one, other) == pytest.approx(nx.global_efficiency(more) - before)


def chain(*ties, themes=("t",), **extra):
    """Firms a, b, c and universities x, y, all with the themes, and the ties."""
    people = [*locals_of("abc"), *locals_of("xy", "university")]
    of = extra.get("of", "abcxy")
    return view(
        *people,
        *(theme(one) for one in themes),
        *extra.get("records", ()),
        *(offers(f"org:{who}", one) for who in of for one in themes),
        *(partners(*tie) for tie in ties),
    )


def test_the_ends_of_a_path_gain_most_and_the_way_is_told():
    result = one_rule(chain("ab", "bc", "cx", "xy"), "G10")
    gaps = {gap.subjects: gap for gap in result.findings}
    ends = gaps["org:a", "org:y"]
    before, after = (nx.global_efficiency(g) for g in (nx.path_graph(5), nx.cycle_graph(5)))
    assert ends.value == pytest.approx(after - before)
    assert ends.details.way == tuple(f"org:{one}" for one in "abcxy")
    assert ends.details.ask == ("org:b", "org:x")
    assert {gap.status for gap in result.findings} == {"introduction"}


def test_a_common_contact_is_asked():
    (gap,) = one_rule(chain("ab", "bc", "cx", "xy", of="ac"), "G10").findings
    assert gap.details.ask == ("org:b",)
    assert gap.closing.en == "Ask b, which works with both."


def test_without_a_common_theme_nobody_is_introduced():
    result = one_rule(chain("ab", "bc", "cx", "xy", of=""), "G10")
    assert (result.status, result.findings) == ("none found", ())


def test_a_theme_that_enables_the_other_is_in_common():
    enables = Enables(source="theme:t", target="theme:v", **SAID)
    records = [theme("v"), enables, offers("org:y", "v")]
    result = one_rule(chain("ab", "bc", "cx", "xy", of="a", records=records), "G10")
    (gap,) = result.findings
    assert gap.subjects == ("org:a", "org:y")
    assert gap.details.themes == ("theme:t", "theme:v")


def test_parts_apart_come_after_and_those_who_met_are_reminded():
    event = Event(id="event:e", name_en="Day", **SAID)
    records = [event, takes_part("org:b", "event:e"), takes_part("org:x", "event:e")]
    result = one_rule(chain("ab", "bc", "xy", records=records), "G10")
    statuses = [gap.status for gap in result.findings]
    assert statuses == sorted(statuses)
    first = next(gap for gap in result.findings if gap.status == "merge")
    # b in the middle of three; of two equal ends of the other part the one it has met.
    assert first.subjects == ("org:b", "org:x")
    assert "They have met at Day" in first.closing.en


def test_nobody_is_introduced_to_everybody():
    names = [f"{i:02d}" for i in range(30)]
    people = [*locals_of(names[:15]), *locals_of(names[15:], "university")]
    ties = [partners(a, b) for a, b in named(nx.path_graph(30)).edges]
    known = [offers(f"org:{name}", "t") for name in names]
    result = one_rule(view(*people, theme("t"), *known, *ties), "G10")
    assert result.total == 30 * 29 // 2 - 29
    gains = [gap.value for gap in result.findings]
    assert gains == sorted(gains, reverse=True)
    assert 12 <= len(gains) <= 16
    assert by_subject(result)
