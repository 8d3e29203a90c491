"""Two rules computed a second time from nothing but their printed text."""

from itertools import combinations

import networkx as nx
import pytest

from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.gaps.introductions import G10, IntroductionsSummary
from ecosystem.analysis.gaps.laws import WORK_KINDS, work
from ecosystem.analysis.gaps.renewal import G20, YearsSummary
from ecosystem.io import seeds
from ecosystem.model import Addresses, Event, MemberOf, PartOf, Person, Project
from ecosystem.paths import shipped_packs
from ecosystem.snapshot import Snapshot
from tests.unit.gap_town import (
    SAID,
    details_of,
    locals_of,
    needs,
    offers,
    one_rule,
    partners,
    programme,
    takes_part,
    theme,
    view,
)

G10_SAYS = (
    "for organisations u, v of known sector, not tied in W and not parts of one institution "
    "(PART_OF), with a theme in common or one that ENABLES the other's (themes of v: what v OFFERS "
    "or NEEDS and is not known to have ceased to, and what a project v takes part in ADDRESSES): "
    "gain = E(W + uv) - E(W), E global efficiency; pairs inside one component before merges of "
    "components; beside it O/E of the two sectors as in G03"
)
G20_SAYS = (
    "organisations whose first dated tie falls in the last three full years / all with a dated "
    "tie by then, against the three years before; a participation without a date has that of its "
    "event or the beginning of its project, ties of persons do not count; organisations without a "
    "dated tie are left out and counted; too few to tell where fewer than five have one by the end "
    "of the years before"
)


@pytest.fixture(scope="module")
def sofia():
    return Snapshot.of(seeds.read(shipped_packs()), as_of="2026-06-30", scope="city:sofia")


def town():
    """Themes of a programme and of an event, dates of projects, and a person who belongs."""
    topics = [theme(name) for name in ("a", "b", "c", "d")]
    project = Project(id="project:p", name_en="p", since="2021-03", **SAID)
    event = Event(id="event:e", name_en="e", since="2020-05-01", **SAID)
    return view(
        *locals_of(("u", "v", "w", "x", "y"), "company"),
        *locals_of(("m", "n"), "public-authority"),
        *topics,
        project,
        event,
        programme("all", since="2014", until="2020"),
        Addresses(source="project:p", target="theme:a", **SAID),
        Addresses(source="programme:all", target="theme:b", **SAID),
        *(takes_part(f"org:{o}", "programme:all") for o in "uvwxy"),
        *(takes_part(f"org:{o}", "event:e") for o in "uw"),
        takes_part("org:u", "project:p"),
        offers("org:v", "a"),
        needs("org:m", "d", since="2015", until="2016"),
        offers("org:n", "d"),
        partners("u", "w", since="2019"),
        partners("w", "x"),
        partners("m", "v", since="2022"),
        offers("org:y", "a"),
        PartOf(source="org:y", target="org:u", **SAID),
        Person(id="person:z", name_en="z", **SAID),
        MemberOf(source="person:z", target="org:y", since="2010", **SAID),
        as_of="2024-01-01",
    )


def pairs_as_printed(snapshot):
    """G10, word by word: each candidate pair with the gain of its tie."""
    known = [actor.id for actor in snapshot.actors() if actor.sector != "other" and actor.form]
    themes: dict[str, set[str]] = {one: set() for one in known}
    for tie in snapshot.edges.values():
        if tie.source not in themes:
            continue
        if tie.kind in ("OFFERS", "NEEDS") and tie.id not in snapshot.ended:
            themes[tie.source].add(tie.target)
        if tie.kind == "PARTICIPATES_IN" and snapshot.nodes[tie.target].kind == "Project":
            themes[tie.source] |= {
                about.target
                for about in snapshot.edges.values()
                if about.kind == "ADDRESSES" and about.source == tie.target
            }
    enables = {(tie.source, tie.target) for tie in snapshot.dataset.of_kind("ENABLES")}
    network = nx.Graph(work(snapshot).edges)
    network.add_nodes_from(actor.id for actor in snapshot.actors())
    before = nx.global_efficiency(network)
    institutions = nx.Graph(
        (tie.source, tie.target)
        for tie in snapshot.edges.values()
        if tie.kind == "PART_OF" and tie.source in network and tie.target in network
    )
    institutions.add_nodes_from(network)
    found = {}
    for u, v in combinations(sorted(known), 2):
        near = themes[u] & themes[v] or any(
            (a, b) in enables or (b, a) in enables for a in themes[u] for b in themes[v]
        )
        if near and not network.has_edge(u, v) and not nx.has_path(institutions, u, v):
            found[u, v] = (network, before)
    return found


def gain(network, before, pair):
    more = network.copy()
    more.add_edge(*pair)
    return nx.global_efficiency(more) - before


def years_as_printed(snapshot):
    """G20, word by word: new and all in each of the two spans, and who has no date."""
    actors = {actor.id for actor in snapshot.actors()}
    first: dict[str, int] = {}
    for tie in snapshot.edges.values():
        if tie.kind not in WORK_KINDS or tie.source.startswith("person:"):
            continue
        dates = [tie.since] if tie.since or tie.until else []
        if not any(dates) and tie.target.startswith(("event:", "project:")):
            dates = [snapshot.nodes[tie.target].since]
        for year in (int(date[:4]) for date in dates if date):
            for end in {tie.source, tie.target} & actors:
                first[end] = min(first.get(end, year), year)
    last = int(snapshot.as_of[:4]) - (0 if snapshot.as_of.endswith("12-31") else 1)
    spans = [
        (
            sum(end - 2 <= year <= end for year in first.values()),
            sum(year <= end for year in first.values()),
        )
        for end in (last, last - 3)
    ]
    return spans, len(actors) - len(first)


def test_the_rules_print_what_is_computed_here():
    assert (G10.formula, G20.formula) == (G10_SAYS, G20_SAYS)


@pytest.mark.parametrize("which", ["town", "sofia"])
def test_introductions_are_those_that_the_printed_rule_gives(which, sofia):
    snapshot = sofia if which == "sofia" else town()
    expected = pairs_as_printed(snapshot)
    (result,) = find_gaps(snapshot, ["G10"])
    summary = details_of(result, IntroductionsSummary)
    assert summary.inside + summary.across == len(expected)
    for gap in result.findings[:12]:
        network, before = expected[gap.subjects]
        assert gap.value == pytest.approx(gain(network, before, gap.subjects))


def test_what_a_programme_is_about_joins_none_of_its_participants():
    pairs = set(pairs_as_printed(town()))
    assert pairs == {("org:u", "org:v"), ("org:v", "org:y")}
    assert {gap.subjects for gap in one_rule(town(), "G10").findings} == pairs


@pytest.mark.parametrize("which", ["town", "sofia"])
def test_renewal_is_what_the_printed_rule_gives(which, sofia):
    snapshot = sofia if which == "sofia" else town()
    ((new, everybody), (before, earlier)), undated = years_as_printed(snapshot)
    result = one_rule(snapshot, "G20")
    summary = details_of(result, YearsSummary)
    assert (summary.new, summary.before, summary.undated) == (new, before, undated)
    assert f"{new} of {everybody}; in" in result.reason.en
    assert f"{before} of {earlier}." in result.reason.en


def test_a_person_who_belongs_makes_no_organisation_known_earlier():
    ((new, everybody), _), undated = years_as_printed(town())
    # v and m by their partnership of 2022, u and w by 2019; w-x has no date, nor have y and n.
    assert (new, everybody, undated) == (2, 4, 3)
