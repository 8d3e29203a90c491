"""Introductions by what they add to the efficiency of the whole."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.gaps.efficiency import Ground
from ecosystem.analysis.gaps.introductions import IntroductionDetails, IntroductionsSummary
from ecosystem.model import Enables, Event
from tests.unit.gap_town import (
    SAID,
    by_subject,
    details_of,
    locals_of,
    offers,
    one_rule,
    partners,
    takes_part,
    theme,
    view,
)


def named(graph):
    return nx.relabel_nodes(graph, {node: f"{node:02d}" for node in graph})


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
    assert details_of(ends, IntroductionDetails).way == tuple(f"org:{one}" for one in "abcxy")
    assert details_of(ends, IntroductionDetails).ask == ("org:b", "org:x")
    assert {gap.status for gap in result.findings} == {"introduction"}


def test_a_common_contact_is_asked():
    (gap,) = one_rule(chain("ab", "bc", "cx", "xy", of="ac"), "G10").findings
    assert details_of(gap, IntroductionDetails).ask == ("org:b",)
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
    assert details_of(gap, IntroductionDetails).themes == ("theme:t", "theme:v")


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
    assert details_of(result, IntroductionsSummary).inside == 30 * 29 // 2 - 29
    gains = [gap.value for gap in result.findings]
    assert gains == sorted(gains, reverse=True)
    assert 8 <= len(gains) == result.total <= 12
    assert by_subject(result)
