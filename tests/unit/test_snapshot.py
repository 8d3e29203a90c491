"""What a snapshot holds at a date and for a place, and what its lenses make of it."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.lenses import LENSES
from ecosystem.model import (
    Edge,
    Enables,
    Funds,
    LocatedIn,
    MemberOf,
    Mentors,
    Organisation,
    ParticipatesIn,
    Person,
    Project,
)
from ecosystem.snapshot import Snapshot, period, undirected
from ecosystem.values import Text
from tests.tiny import tiny

SAID = {"pack": "more", "standing": "illustrative"}
HERE = {"scope": "city:alpha", "as_of": "2026-01-01"}
GRANT = "FUNDS|org:council|org:firm|"
BUS = "PARTICIPATES_IN|org:uni|project:bus|"
DAY = "PARTICIPATES_IN|org:uni|event:day|"
ANN = "MEMBER_OF|person:ann|org:firm|"
DAYS = st.dates(date(2017, 1, 1), date(2023, 1, 1)).map(str)


def view(*more, **chosen):
    return Snapshot.of(tiny().merged(Dataset.of(more)), **{**HERE, **chosen})


def tie(snapshot, one, other, lens="work"):
    return snapshot.graph(lens).edges[one, other]


# Who belongs


def test_the_ecosystem_of_a_place_is_what_is_there_and_what_that_takes_part_in():
    snapshot = view()
    assert snapshot.members == {
        "city:alpha",
        "org:council",
        "org:uni",
        "org:firm",
        "org:loner",
        "person:ann",
        "project:bus",
        "event:day",
    }
    assert snapshot.external == {"org:abroad", "city:beta"}
    assert {"theme:mobility", "theme:ict"} <= snapshot.nodes.keys()
    assert [actor.id for actor in snapshot.actors()] == [
        "org:council",
        "org:firm",
        "org:loner",
        "org:uni",
    ]


def test_everything_but_themes_belongs_to_the_whole():
    snapshot = view(scope="all")
    assert len(snapshot.nodes) == 12
    assert snapshot.nodes.keys() - snapshot.members == {"theme:ict", "theme:mobility"}
    assert snapshot.external == frozenset()


def test_sources_and_evidence_stand_apart():
    assert not {"source:page", "evidence:budget-page"} & view(scope="all").nodes.keys()


def test_a_place_that_nobody_recorded_is_empty():
    snapshot = view(scope="city:nowhere")
    assert (len(snapshot.nodes), len(snapshot.edges), snapshot.actors()) == (0, 0, ())


def test_a_tenant_of_a_local_organisation_is_local():
    lab = Organisation(id="org:lab", name_en="Lab", **SAID)
    assert "org:lab" in view(lab, LocatedIn(source="org:lab", target="org:uni", **SAID)).members


def test_who_moved_away_or_left_is_no_member():
    mover = Organisation(id="org:mover", name_en="Mover", **SAID)
    seat = LocatedIn(source="org:mover", target="city:alpha", until="2020", **SAID)
    bob = Person(id="person:bob", name_en="Bob", **SAID)
    job = MemberOf(source="person:bob", target="org:firm", until="2020", **SAID)
    before, after = (view(mover, seat, bob, job, as_of=f"{year}-06-01") for year in (2020, 2021))
    assert {"org:mover", "person:bob"} <= before.members
    assert {"org:mover", "person:bob"} <= after.external
    assert {seat.id, job.id} <= after.ended


def test_without_people_no_person_and_no_tie_of_one_is_left():
    bob = Person(id="person:bob", name_en="Bob", **SAID)
    took_part = ParticipatesIn(source="person:bob", target="project:bus", **SAID)
    snapshot = view(bob, took_part, people=False)
    assert not any(node.kind == "Person" for node in snapshot.nodes.values())
    assert not any("person:" in identity for identity in snapshot.edges)
    assert tie(snapshot, "org:council", "org:uni")["strength"] == pytest.approx(1 / 2)
    with_bob = view(bob, took_part)
    assert tie(with_bob, "org:council", "org:uni")["strength"] == pytest.approx(1 / 3)


# When


@pytest.mark.parametrize(("day", "there"), [("2020-04-30", False), ("2020-05-01", True)])
def test_a_month_begins_on_its_first_day(day, there):
    assert (GRANT in view(as_of=day).edges) is there


@pytest.mark.parametrize(("day", "ended"), [("2021-12-31", False), ("2022-01-01", True)])
def test_a_year_ends_on_its_last_day_and_what_ended_stays_marked(day, ended):
    snapshot = view(as_of=day)
    assert BUS in snapshot.edges
    assert (BUS in snapshot.ended) is ended


def test_ties_to_an_event_take_its_dates_and_never_end():
    assert DAY not in view(as_of="2018-09-09").edges
    later = view()
    assert DAY in later.edges
    assert DAY not in later.ended | later.end_unknown | later.undated


def test_in_force_are_states_that_are_known_to_hold():
    during = view(as_of="2020-06-01", reading="in-force")
    assert BUS in during.edges
    assert not {GRANT, DAY, ANN} & during.edges.keys()
    assert ANN in during.end_unknown
    assert not {GRANT, DAY} & during.end_unknown


def test_what_is_over_is_not_in_force():
    after = view(reading="in-force")
    assert BUS not in after.edges
    assert not {"project:bus", "event:day"} & after.nodes.keys()
    assert {"org:council", "org:firm", "person:ann"} <= after.members


def test_ongoing_is_in_force_and_no_open_end():
    job = MemberOf(source="person:ann", target="org:uni", since="2019", until="ongoing", **SAID)
    snapshot = view(job, reading="in-force")
    assert job.id in snapshot.edges
    assert job.id not in snapshot.end_unknown


def test_what_is_in_force_elsewhere_is_not_listed_here():
    far = LocatedIn(source="org:abroad", target="city:beta", address_role="seat", **SAID)
    assert far.id not in view(reading="in-force").end_unknown
    assert far.id in view(reading="in-force", scope="all").end_unknown


def test_undated_ties_are_counted_and_can_be_left_out():
    offer = "OFFERS|org:firm|theme:ict|"
    seat = "LOCATED_IN|org:firm|city:alpha|"
    assert {offer, seat} <= view().undated
    without = view(undated=False)
    assert offer not in without.edges
    assert {seat, BUS, GRANT, DAY} <= without.edges.keys()
    assert without.members == view().members


def test_the_order_of_themes_has_no_date_and_never_ends():
    order = Enables(source="theme:ict", target="theme:mobility", **SAID).id
    snapshot = view(scope="all", reading="in-force", undated=False)
    assert order in snapshot.edges
    assert order not in snapshot.undated | snapshot.end_unknown


# Through a lens


def test_a_shared_project_weighs_one_over_the_others_who_take_part():
    # Three take part; the one from abroad counts, though it is not in the graph.
    found = tie(view(), "org:council", "org:uni")
    assert found["strength"] == pytest.approx(1 / 2)
    assert found["distance"] == pytest.approx(2)
    assert found["statements"] == ("PARTICIPATES_IN|org:council|project:bus|", BUS)
    assert "org:abroad" not in view().graph("work")


def test_strengths_add_up_and_carry_every_statement():
    more = Project(id="project:more", name_en="More", **SAID)
    both = [
        ParticipatesIn(source=f"org:{one}", target="project:more", **SAID)
        for one in ("council", "uni")
    ]
    loan = Funds(source="org:uni", target="org:council", instrument="loan", **SAID)
    found = tie(view(more, *both, loan), "org:uni", "org:council")
    assert found["strength"] == pytest.approx(1 / 2 + 1 + 1)
    assert {loan.id, both[0].id, BUS} <= set(found["statements"])
    assert list(found["statements"]) == sorted(found["statements"])


def test_two_roles_in_one_project_are_one_participant():
    again = ParticipatesIn(source="org:uni", target="project:bus", role="leads", key="2", **SAID)
    found = tie(view(again), "org:council", "org:uni")
    assert found["strength"] == pytest.approx(1 / 2)
    assert {again.id, BUS} <= set(found["statements"])


def test_who_takes_part_alone_gets_no_tie():
    alone = Project(id="project:alone", name_en="Alone", **SAID)
    joined = ParticipatesIn(source="org:loner", target="project:alone", **SAID)
    graph = view(alone, joined).graph("work")
    assert graph.degree("org:loner") == 0


def test_each_lens_has_its_own_ties():
    snapshot = view()

    def ties(lens):
        return sorted(tuple(sorted(ends)) for ends in snapshot.graph(lens).edges())

    assert ties("work") == [
        ("org:council", "org:firm"),
        ("org:council", "org:uni"),
        ("org:firm", "person:ann"),
    ]
    assert ties("met") == [
        ("org:council", "org:firm"),
        ("org:council", "org:uni"),
        ("org:firm", "org:uni"),
    ]
    assert list(snapshot.graph("funding").edges()) == [("org:council", "org:firm")]
    assert list(snapshot.graph("mentoring").edges()) == [("city:beta", "city:alpha")]
    # What somebody elsewhere offers is no tie of this place.
    assert ties("capability") == [("city:alpha", "theme:mobility"), ("org:firm", "theme:ict")]
    assert ("org:abroad", "project:bus") in ties("all")


@pytest.mark.parametrize("lens", LENSES)
def test_a_place_is_no_tie_in_any_lens(lens):
    graph = view(scope="all").graph(lens)
    rests_on = {s for _, _, found in graph.edges(data=True) for s in found["statements"]}
    assert not {s for s in rests_on if s.startswith("LOCATED_IN")}
    assert list(graph) == sorted(graph)
    assert nx.is_frozen(graph)


@pytest.mark.parametrize("lens", LENSES.values(), ids=lambda lens: lens.name)
def test_each_lens_says_in_both_languages_what_it_is(lens):
    for text in (lens.title, lens.description, lens.weighting):
        assert text.bg
        assert text.en
    assert ("d" in lens.weighting.en.split()) is bool(lens.shared)


def test_the_same_projection_is_made_once():
    snapshot = view()
    assert snapshot.graph("work") is snapshot.graph("work")


def test_opposite_ties_read_both_ways_add_up():
    there = Mentors(source="org:council", target="org:uni", **SAID)
    back = Mentors(source="org:uni", target="org:council", **SAID)
    twice = Mentors(source="org:uni", target="org:council", key="2", **SAID)
    graph = undirected(view(there, back, twice).graph("mentoring"))
    found = graph.edges["org:council", "org:uni"]
    assert (found["strength"], found["distance"]) == (3, pytest.approx(1 / 3))
    assert set(found["statements"]) == {there.id, back.id, twice.id}


def test_an_unknown_lens_names_the_nearest():
    with pytest.raises(NotFoundError, match="wrok") as caught:
        view().graph("wrok")
    assert "work" in caught.value.hint


# What it answers


def test_ties_are_found_by_end_and_by_kind():
    snapshot = view()
    assert [edge.id for edge in snapshot.edges_of("person:ann")] == [ANN]
    assert snapshot.edges_of("org:nobody") == ()
    kinds = [edge.kind for edge in snapshot.edges_of_kind("FUNDS", "MENTORS")]
    assert kinds == ["FUNDS", "MENTORS"]


def test_names_are_known_beyond_the_view():
    snapshot = view(scope="city:beta")
    assert "theme:ict" not in snapshot.nodes
    assert snapshot.name("theme:ict") == Text("ИКТ", "ICT")
    assert snapshot.name("org:nobody") == Text("org:nobody", "org:nobody")


@settings(deadline=None)
@given(st.permutations(list(tiny().records.values())), st.sampled_from(["all", "city:alpha"]))
def test_the_order_of_rows_does_not_matter(records, scope):
    one = Snapshot.of(tiny(), scope=scope, as_of="2020-06-01")
    other = Snapshot.of(Dataset.of(records), scope=scope, as_of="2020-06-01")
    assert list(one.nodes.items()) == list(other.nodes.items())
    assert list(one.edges.items()) == list(other.edges.items())
    for lens in LENSES:
        ours, theirs = one.graph(lens), other.graph(lens)
        assert list(ours.edges(data=True)) == list(theirs.edges(data=True))


@settings(deadline=None)
@given(DAYS, st.sampled_from(["all", "city:alpha"]), st.sampled_from(["known", "in-force"]))
def test_what_begins_later_changes_nothing(day, scope, reading):
    whole = tiny()
    until = Dataset.of(
        record
        for record in whole.records.values()
        if (period(whole, record) if isinstance(record, Edge) else record.period).started_by(day)
    )
    ours, theirs = (
        Snapshot.of(some, as_of=day, scope=scope, reading=reading) for some in (whole, until)
    )
    for what in ("nodes", "edges", "members", "external", "ended", "end_unknown", "undated"):
        assert getattr(ours, what) == getattr(theirs, what)
    for lens in LENSES:
        edges = [list(one.graph(lens).edges(data=True)) for one in (ours, theirs)]
        assert edges[0] == edges[1]


@settings(deadline=None)
@given(DAYS, DAYS)
def test_what_was_known_stays_known(one, other):
    early, late = sorted((one, other))
    known = [set(Snapshot.of(tiny(), as_of=day).edges) for day in (early, late)]
    assert known[0] <= known[1]


@settings(deadline=None)
@given(DAYS, st.sampled_from(["all", "city:alpha", "city:beta"]))
def test_in_force_is_a_part_of_what_is_known(day, scope):
    known = Snapshot.of(tiny(), as_of=day, scope=scope)
    holds = Snapshot.of(tiny(), as_of=day, scope=scope, reading="in-force")
    assert holds.edges.keys() <= known.edges.keys()
    assert holds.members <= known.members
    assert not holds.edges.keys() & (known.ended | known.end_unknown)
