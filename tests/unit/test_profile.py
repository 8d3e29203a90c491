"""What is recorded about one thing, who said so, and what nobody knows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.claims import Citation, Claim, all_conflicts, cite, conflicts, publishers
from ecosystem.analysis.overview import overview, source_uses
from ecosystem.analysis.profile import profile, statement
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.model import Coverage, Evidence, LocatedIn, MemberOf, Owns
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text
from tests.tiny import tiny

SAID = {"pack": "more", "standing": "illustrative"}
GRANT = "FUNDS|org:council|org:firm|"
BUS = "PARTICIPATES_IN|org:uni|project:bus|"
ANN = "MEMBER_OF|person:ann|org:firm|"


def view(*more, **chosen):
    """The town with further records, as it is known on New Year's Day of 2026."""
    return Snapshot.of(
        tiny().merged(Dataset.of(more)),
        **{"as_of": "2026-01-01", "scope": "city:alpha", **chosen},
    )


def evidence(slug, **said):
    row = {"stance": "supports", "source": "source:list", "subject": GRANT}
    return Evidence(id=f"evidence:{slug}", pack="more", **{**row, **said})


# One node


def test_a_profile_shows_what_is_recorded_and_leaves_out_what_is_not():
    found = profile(view(), "project:bus")
    assert found.properties == {"budget_minor": 1_000_000, "budget_currency": "EUR"}
    assert (found.name, found.since, found.until) == (Text("", "Bus Project"), "2019", "2021")
    assert (found.standing, found.publishers) == ("documented", 1)
    assert [one.locator for one in found.citations] == ["paragraph 1"]
    assert found.citations[0].title.en == "A page"


def test_nothing_known_is_told_from_zero():
    free = Owns(source="org:council", target="org:firm", share=0.0, **SAID)
    unknown = Owns(source="org:uni", target="org:firm", **SAID)
    snapshot = view(free, unknown)
    assert statement(snapshot, free.id).properties == {"share": 0.0}
    assert statement(snapshot, unknown.id).properties == {}


def test_ties_stand_by_kind_then_start_then_id():
    found = [tie.id for tie in profile(view(), "org:council").ties]
    assert found == [
        "PARTICIPATES_IN|org:council|event:day|",
        "PARTICIPATES_IN|org:council|project:bus|",
        GRANT,
        "LOCATED_IN|org:council|city:alpha|",
    ]


def test_ties_that_began_later_are_not_shown():
    assert GRANT not in [tie.id for tie in profile(view(as_of="2020-04-30"), "org:council").ties]


@pytest.mark.parametrize(
    ("identity", "place"),
    [("org:uni", "member"), ("org:abroad", "external"), ("theme:ict", "outside")],
)
def test_a_profile_says_whether_it_belongs(identity, place):
    assert profile(view(), identity).place == place


def test_a_node_outside_the_view_shows_all_its_ties_as_they_are():
    job = MemberOf(source="person:ann", target="org:abroad", until="2012", **SAID)
    found = profile(view(job, scope="city:nowhere"), "org:abroad")
    assert found.place == "outside"
    assert {tie.id: tie.state for tie in found.ties} == {
        "PARTICIPATES_IN|org:abroad|project:bus|": "ended",
        job.id: "ended",
        "LOCATED_IN|org:abroad|city:beta|": "end unknown",
    }


def test_the_sector_is_that_of_the_form():
    assert profile(view(), "org:uni").sector == "academia"
    assert profile(view(), "city:alpha").sector == ""


@pytest.mark.parametrize("identity", ["org:counsel", "source:page", "evidence:budget-page"])
def test_only_entries_have_a_profile(identity):
    with pytest.raises(NotFoundError):
        profile(view(), identity)


def test_an_unknown_entry_names_the_nearest():
    with pytest.raises(NotFoundError) as caught:
        profile(view(), "org:counsil")
    assert caught.value.nearest[0] == "org:council"


# One tie


def test_a_statement_carries_its_ends_amounts_and_sources():
    found = statement(view(), GRANT)
    assert (found.source_name.en, found.target_name.en) == ("Alpha Council", "Firm")
    assert found.properties == {
        "amount_minor": 5_000_000,
        "amount_currency": "BGN",
        "instrument": "grant",
    }
    assert found.citations == (
        Citation(
            "source:page",
            Text("", "A page"),
            "Alpha Council",
            "https://alpha.example.org/page",
            "2018-09-12",
            "paragraph 1",
        ),
    )


@pytest.mark.parametrize(
    ("identity", "day", "state"),
    [
        (BUS, "2021-12-31", "holds"),
        (BUS, "2022-01-01", "ended"),
        (ANN, "2026-01-01", "end unknown"),
        (GRANT, "2026-01-01", "holds"),
        ("PARTICIPATES_IN|org:uni|event:day|", "2026-01-01", "holds"),
        ("ENABLES|theme:ict|theme:mobility|", "2026-01-01", "holds"),
    ],
)
def test_states_end_and_occurrences_do_not(identity, day, state):
    assert statement(view(as_of=day), identity).state == state


@pytest.mark.parametrize("scope", ["all", "city:alpha"])
def test_a_statement_is_marked_as_the_view_marks_it(scope):
    snapshot = view(LocatedIn(source="event:day", target="city:alpha", **SAID), scope=scope)
    states = {identity: statement(snapshot, identity).state for identity in snapshot.edges}
    assert {i for i, state in states.items() if state == "ended"} == snapshot.ended
    assert {i for i, state in states.items() if state == "end unknown"} == snapshot.end_unknown


def test_an_unknown_tie_is_an_error():
    with pytest.raises(NotFoundError, match="tie"):
        statement(view(), "FUNDS|org:uni|org:firm|")


# Who says so


def test_two_pages_of_one_publisher_are_one_voice():
    dataset = tiny()
    assert publishers(dataset, dataset.edges[GRANT]) == 1
    assert publishers(dataset, dataset.edges[BUS]) == 2


@pytest.mark.parametrize(
    ("said", "voices"),
    [
        ({}, 2),
        ({"source": "source:page"}, 1),
        ({"stance": "contradicts"}, 1),
        ({"property": "amount_minor", "value": "5000000"}, 1),
    ],
)
def test_evidence_is_a_voice_where_it_supports_the_whole_statement(said, voices):
    dataset = view(evidence("grant", **said)).dataset
    assert publishers(dataset, dataset.edges[GRANT]) == voices


def test_what_nobody_carries_has_no_publisher():
    alone = Owns(source="org:council", target="org:firm", **SAID)
    assert publishers(view(alone).dataset, alone) == 0


def test_a_document_outside_the_dataset_is_cited_by_its_id():
    unknown = Citation("source:lost", Text("source:lost", "source:lost"), "", "", "", "p. 3")
    assert cite(tiny(), "source:lost", "p. 3") == unknown


def test_sources_stand_by_use_and_count_what_rests_on_them_alone():
    page, paper = source_uses(tiny())
    assert (page.id, paper.id) == ("source:page", "source:list")
    # The paper carries the loner's seat and the firm's offer, and together with the page the
    # university's part in the project.
    assert (paper.statements, paper.alone) == (3, 2)
    assert page.statements - page.alone == 1


def test_a_source_that_nothing_rests_on_is_listed():
    unused = Dataset.of([tiny().nodes["source:page"]])
    assert [(use.statements, use.alone) for use in source_uses(unused)] == [(0, 0)]


# Who contradicts whom


def test_two_values_of_one_property_are_a_conflict():
    (conflict,) = profile(view(), "project:bus").conflicts
    assert [(claim.value, claim.citation.publisher) for claim in conflict] == [
        ("1000000", "Alpha Council"),
        ("1200000", "The Paper"),
    ]
    assert all_conflicts(tiny()) == (conflict,)


def claim(value, prop="budget", stance="supports", subject="project:bus"):
    return Claim(subject, prop, value, stance, cite(tiny(), "source:page", ""), "")


@pytest.mark.parametrize(
    "rows",
    [
        [claim("Big  Bus"), claim("big bus ")],
        [claim("1"), claim("2", stance="contradicts")],
        [claim("1"), claim("2", prop="name")],
        [claim("1"), claim("2", subject="project:tram")],
        [claim("1", prop=""), claim("2", prop="")],
        [claim("1")],
    ],
    ids=["spelling", "stance", "property", "subject", "whole statement", "alone"],
)
def test_no_conflict(rows):
    assert conflicts(rows) == ()


@given(st.permutations([claim("1"), claim("2"), claim("1", "name"), claim("3", "name")]))
def test_conflicts_are_grouped_whatever_the_order(rows):
    found = [{(one.property, one.value) for one in group} for group in conflicts(rows)]
    assert found == [{("budget", "1"), ("budget", "2")}, {("name", "1"), ("name", "3")}]


# The first screen


def test_the_overview_counts_the_scope():
    found = overview(view())
    assert found.members == {"Organisation": 4, "Person": 1, "City": 1, "Project": 1, "Event": 1}
    assert list(found.members) == ["Organisation", "Person", "City", "Project", "Event"]
    assert (found.external, found.sources) == (2, 2)
    assert found.ties == len(view().edges) == 15


def test_the_overview_says_what_nobody_knows():
    single, lasting, covered = (text.en for text in overview(view()).unknowns)
    assert single == "14 of 15 ties rest on a single publisher, or on none."
    # Four seats, three parts in the project, ann's job and the mentoring; nobody says when the
    # seats and the job end.
    assert lasting.startswith("For 5 of 9 lasting ties")
    assert covered.startswith("Not completely covered: needs, offers, funding, mentoring.")


def test_a_tie_from_an_event_is_no_lasting_one():
    venue = LocatedIn(source="event:day", target="city:alpha", **SAID)
    assert overview(view(venue)).unknowns[1] == overview(view()).unknowns[1]


def covers(kind, **said):
    row = {"source": "source:page", "scope": "city:alpha", "complete": True}
    return Coverage(id=f"coverage:{kind.lower()}", pack="more", covers=kind, **{**row, **said})


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "offers, funding, mentoring"),
        ({"complete": False}, "needs, offers, funding, mentoring"),
        ({"complete": None}, "needs, offers, funding, mentoring"),
        ({"scope": "city:beta"}, "needs, offers, funding, mentoring"),
    ],
)
def test_only_complete_coverage_of_this_place_covers(said, missing):
    text = overview(view(covers("NEEDS", **said))).unknowns[2]
    assert text.en.startswith(f"Not completely covered: {missing}.")


def test_where_all_is_covered_it_says_so():
    rows = [covers(kind) for kind in ("NEEDS", "OFFERS", "FUNDS", "MENTORS")]
    assert "completely covered." in overview(view(*rows)).unknowns[2].en


def test_an_empty_place_has_an_overview():
    found = overview(view(scope="city:nowhere"))
    assert (found.members, found.external, found.ties, found.sources) == ({}, 0, 0, 0)
    assert found.unknowns[0].en.startswith("0 of 0 ties")


def test_results_are_plain_values():
    snapshot = view()
    results: list[Any] = [
        overview(snapshot),
        statement(snapshot, GRANT),
        *source_uses(snapshot.dataset),
    ]
    for found in [*results, *(profile(snapshot, i) for i in snapshot.nodes)]:
        assert json.loads(json.dumps(found.to_dict(), allow_nan=False)) == found.to_dict()
