"""Rank stability: whole sources fall, the fast count equals the slow one."""

import networkx as nx
import numpy as np
import pytest

from ecosystem.analysis.gaps import ranking, stability
from ecosystem.analysis.gaps.stability import rank_stability
from ecosystem.analysis.metrics import measure
from ecosystem.errors import NotFoundError
from ecosystem.model import Event, Evidence, Project, Source
from tests.unit.gap_town import SAID, drawn, locals_of, one_rule, partners, takes_part, view

NAMES = [f"{i:02d}" for i in range(14)]


def page(number):
    return Source(id=f"source:s{number}", pack="town", name_en=f"s{number}", publisher=f"P{number}")


def said_by(number):
    return {"sources": (f"source:s{number}#1",)}


def mixed():
    """Partnerships of many sources, projects, a doubled participation, evidence, no source."""
    graph = nx.gnm_random_graph(14, 20, seed=4)
    ties = [partners(NAMES[a], NAMES[b], **said_by(i % 9)) for i, (a, b) in enumerate(graph.edges)]
    projects = [Project(id=f"project:p{i}", name_en=f"p{i}", **SAID) for i in range(4)]
    parts = [
        takes_part(f"org:{NAMES[(3 * i + j) % 14]}", f"project:p{i}", **said_by((i + j) % 9))
        for i in range(4)
        for j in range(4)
    ]
    again = takes_part("org:00", "project:p0", key="again", **said_by(8))
    made_up = partners("00", "13", key="x", sources=(), standing="illustrative")
    backing = Evidence(
        id="evidence:e", pack="town", subject=ties[0].id, stance="supports", source="source:s8"
    )
    return view(
        *locals_of(NAMES), *map(page, range(9)), *ties, *projects, *parts, again, made_up, backing
    )


@pytest.mark.parametrize("lens", ["work", "met", "all"])
def test_the_fast_count_equals_the_slow_one(lens):
    event = Event(id="event:e", name_en="E", **SAID)
    guests = [
        takes_part(f"org:{name}", "event:e", **said_by(i % 8)) for i, name in enumerate(NAMES[:9])
    ]
    records = mixed().dataset.records.values()
    snapshot = view(*records, event, *guests)
    fates = stability._Fates.of(snapshot, lens)
    order = sorted(measure(snapshot, lens, "degree").ranks)
    order = [one for one in order if one.startswith("org:")]
    fast = stability._degree_ranks(snapshot, fates, lens, order)
    slow = stability._any_ranks(snapshot, fates, lens, "degree", order)
    np.testing.assert_array_equal(fast, slow)
    assert len(np.unique(fast, axis=0)) == len(fates.sources)


def test_guests_of_one_event_fall_together():
    event = Event(id="event:e", name_en="E", **SAID)
    guests = [takes_part(f"org:{name}", "event:e", **said_by(0)) for name in NAMES[:6]]
    others = [Event(id=f"event:o{i}", name_en=f"o{i}", **SAID) for i in range(8)]
    pairs = [
        takes_part(f"org:{NAMES[6 + i // 2 + j]}", f"event:o{i}", **said_by(1 + i))
        for i in range(8)
        for j in (0, 1)
    ]
    snapshot = view(*locals_of(NAMES), *map(page, range(9)), event, *guests, *others, *pairs)
    found = rank_stability(snapshot, "met", "degree")
    tops = {place.id: place.top for place in found.places}
    # All six stand or fall with one source of nine, of which one is left out each time.
    assert len({tops[f"org:{name}"] for name in NAMES[:6]}) == 1
    assert tops["org:00"] == pytest.approx(8 / 9, abs=0.06)


def test_a_place_that_rests_on_nothing_that_can_fall_is_sure():
    hub = [partners("00", name, sources=(), standing="illustrative") for name in NAMES[1:]]
    ring = [partners(NAMES[i], NAMES[i + 1], key="r", **said_by(i % 9)) for i in range(1, 13)]
    snapshot = view(*locals_of(NAMES), *map(page, range(9)), *hub, *ring)
    first = rank_stability(snapshot, "work", "degree").places[0]
    assert (first.id, first.top, first.low, first.high) == ("org:00", 1.0, 1.0, 1.0)


def test_every_measure_has_a_stability():
    for name in ("betweenness", "constraint", "pagerank"):
        found = rank_stability(mixed(), "work", name)
        assert len(found.places) == found.ranked == 14
        assert all(0 <= place.top <= 1 for place in found.places)
        assert [place.rank for place in found.places] == sorted(p.rank for p in found.places)
        found.to_dict()


def test_too_few_ranked_or_sources_and_no_ties_each_have_a_reason():
    nine = view(*drawn(nx.path_graph(9)))
    assert "Only 9 are ranked" in rank_stability(nine, "work", "degree").reason.en
    alone = view(*drawn(nx.path_graph(12)))
    assert "rest on 1 sources" in rank_stability(alone, "work", "degree").reason.en
    assert rank_stability(view(*locals_of(NAMES)), "work", "degree").reason.en
    for snapshot in (nine, alone, view(*locals_of(NAMES)), view()):
        result = one_rule(snapshot, "G25")
        assert (result.status, result.findings) == ("too few to tell", ())


def test_an_unknown_measure_is_refused():
    with pytest.raises(NotFoundError, match="degree"):
        rank_stability(mixed(), "work", "degre")


def test_a_place_is_told_in_words_and_so_is_the_whole():
    place = stability.RankedPlace("org:a", 1.5, 0.905, 1.0, 3.5)
    lost = stability.RankedPlace("org:b", 1.5, 0.0, None, None)
    found = stability.Stability("work", "degree", "Organisation", 5, 200, 9, 12, (place, lost))
    assert found.told("org:a").en == "top 5 in 91\u00a0% of trials; rank 1–3.5"
    assert found.told("org:a").bg == "сред първите 5 в 91\u00a0% от пробите; място 1–3,5"
    assert found.told("org:b").en == "top 5 in 0\u00a0% of trials"
    assert found.told("org:c").en == "not ranked"
    assert found.summary.en == "In the first 5 places: 2; sure: 1."


def test_progress_is_heard_to_its_end():
    heard = []
    snapshot = mixed()
    stability.rank_stability(snapshot, "work", "core", tell=lambda *far: heard.append(far))
    assert heard == [(done, stability.DRAWS) for done in range(1, stability.DRAWS + 1)]


def test_only_sources_of_the_ties_of_the_lens_are_drawn_and_counted():
    """Programmes, events and projects of one make no tie of W: their sources say nothing of it."""
    base = mixed().dataset.records.values()
    others = [page(number) for number in range(20, 60)]
    noise = [
        record
        for number in range(20, 60)
        for record in (
            Project(id=f"project:n{number}", name_en="n", **SAID),
            takes_part(f"org:{NAMES[number % 14]}", f"project:n{number}", **said_by(number)),
        )
    ]
    snapshot, more = view(*base), view(*base, *others, *noise)
    before, after = (rank_stability(one, "work", "degree") for one in (snapshot, more))
    assert before.sources == after.sources == 9
    assert before.places == after.places


def test_a_statement_with_a_source_that_is_not_drawn_stays():
    graph = nx.gnm_random_graph(14, 20, seed=4)
    ties = [partners(NAMES[a], NAMES[b], **said_by(i % 9)) for i, (a, b) in enumerate(graph.edges)]
    lone = Project(id="project:lone", name_en="lone", **SAID)
    part = takes_part("org:00", "project:lone", sources=("source:s0#1", "source:s9#1"))
    snapshot = view(*locals_of(NAMES), *map(page, range(10)), *ties, lone, part)
    fates = stability._Fates.of(snapshot, "work")
    assert "source:s9" not in fates.sources
    assert fates.survive[:, fates.statements[part.id]].all()


def test_a_place_whose_share_more_draws_could_turn_is_held_back(monkeypatch):
    def told(top):
        place = stability.RankedPlace("org:00", 1.0, top, 1.0, 9.0)
        found = stability.Stability("work", "degree", "Organisation", 5, 200, 9, 14, (place,))
        monkeypatch.setattr(ranking, "rank_stability", lambda *_: found)
        return one_rule(mixed(), "G25")

    for top, status, gaps in (
        (0.70, "found", 1),
        (0.78, "too close to tell", 0),
        (0.82, "too close to tell", 0),
        (0.9, "none found", 0),
    ):
        result = told(top)
        assert (result.status, len(result.findings)) == (status, gaps)
        held = "Too close to .8 to tell, the conclusion held back: 1." in result.reason.en
        assert held == (status == "too close to tell")
