"""Rankings of mentors: ranks that are shared, the runner-up, what would change the first place."""

from dataclasses import replace

import pytest

from ecosystem.analysis.matching import allocate, rank_mentors
from ecosystem.analysis.matching.ranking import _answer
from ecosystem.errors import NotFoundError
from ecosystem.model import (
    LocatedIn,
    Offers,
    Organisation,
)
from tests.unit.mentor_town import SAID, city, joins, needs, offers, view


def test_equal_scores_share_a_rank_and_the_next_rank_is_left_out():
    found = rank_mentors(
        view(
            city("a"),
            city("b"),
            city("c"),
            offers("a", "transport"),
            offers("b", "transport"),
            offers("c", "water"),
        ),
        "city:seeker",
    )
    assert [(m.mentor, m.rank) for m in found.suggestions] == [
        ("city:a", 1),
        ("city:b", 1),
        ("city:c", 3),
    ]
    assert found.answer and found.answer.en == "First place is shared by A, B (score 0.50)."
    assert found.runner_up is None
    assert found.flip and found.flip.en == (
        "The smallest change that would put A ahead: a source that it offers “services” or "
        "“water” (level 1 of 5 is enough)."
    )


def test_what_could_be_reached_orders_equal_scores():
    found = rank_mentors(
        view(
            city("a"),
            city("b"),
            offers("a", "transport"),
            offers("b", "transport"),
            needs("a", "water"),
        ),
        "city:seeker",
    )
    assert [(m.mentor, m.rank) for m in found.suggestions] == [("city:b", 1), ("city:a", 1)]


def test_without_a_headline_the_answer_has_no_gap_in_it():
    found = rank_mentors(view(city("a"), offers("a", "transport")), "city:seeker")
    bare = [replace(match, headline=None) for match in found.suggestions]
    said = _answer(bare)
    assert said.en.startswith("First place: A (score 0.50). It is first because")
    assert "  " not in said.en and "  " not in said.bg


def test_the_runner_up_and_the_smallest_change():
    found = rank_mentors(
        view(city("a"), city("b"), offers("a", "transport"), offers("b", "water")), "city:seeker"
    )
    assert found.answer and found.answer.en == (
        "First place: A (score 0.50). Serves 1 of 3 needs; sourced: 1; not recorded: 2. It is "
        "first because it serves 50\xa0% of the needs. The next serves 25\xa0% of them."
    )
    assert found.runner_up and found.runner_up.en == "Next: B, 0.250 behind."
    # b needs more than .25: transport (weight .5) at level 3 gives .3
    assert found.flip and found.flip.en == (
        "The smallest change that would put B ahead: a source that it offers “transport” "
        "(level 3 of 5 is enough)."
    )
    assert [note.theme for note in found.deciding] == ["theme:services"]


def test_the_change_that_is_told_does_change_the_first_place():
    cities = [city("a"), city("b")]
    told = [offers("a", "transport"), offers("b", "water")]
    after = rank_mentors(view(*cities, *told, offers("b", "transport", level=3)), "city:seeker")
    assert after.suggestions[0].mentor == "city:b"
    close = rank_mentors(view(*cities, *told, offers("b", "transport", level=2)), "city:seeker")
    assert close.suggestions[0].mentor == "city:a"


def test_where_nothing_fits_the_answer_names_the_facts_that_would_decide():
    found = rank_mentors(
        view(
            city("a"),
            city("b"),
            city("home", "BG"),
            joins("a", "programme:net", "mentor"),
            joins("b", "programme:net", "mentor"),
            joins("home", "programme:net", "mentor"),
        ),
        "city:seeker",
    )
    assert found.suggestions == ()
    assert found.answer and found.answer.en.startswith("No supported suggestion")
    assert [note.text.en for note in found.deciding] == [
        "Whether one of these offers “transport”: A, B.",
        "Whether one of these offers “services”: A, B.",
        "Whether one of these offers “water”: A, B.",
    ]
    assert [m.mentor for m in found.excluded] == ["city:home"]
    assert {m.mentor for m in found.unsupported} == {"city:a", "city:b"}


def test_the_country_rule_can_be_switched_off():
    snapshot = view(city("home", "BG"), offers("home", "transport"))
    assert rank_mentors(snapshot, "city:seeker").suggestions == ()
    anywhere = rank_mentors(snapshot, "city:seeker", other_country=False)
    assert [m.mentor for m in anywhere.suggestions] == ["city:home"]
    assert anywhere.assumptions[1].en == "A mentor may be from the same country."


def test_organisations_are_candidates_only_when_asked_for():
    firm = Organisation(id="org:firm", name_en="Firm", form="company", **SAID)
    seat = LocatedIn(source="org:firm", target="city:a", address_role="seat", **SAID)
    offer = Offers(source="org:firm", target="theme:ict", **SAID)
    snapshot = view(city("a", population=5), firm, seat, offer)
    assert rank_mentors(snapshot, "city:seeker").suggestions == ()
    found = rank_mentors(snapshot, "city:seeker", organisations=True).suggestions
    assert [m.mentor for m in found] == ["org:firm"]


def test_a_mentee_without_needs_gets_a_reason_and_no_ranking():
    found = rank_mentors(view(city("idle"), city("a"), offers("a", "water")), "city:idle")
    assert found.reason == found.answer and found.reason is not None
    assert not found.suggestions and not found.unsupported
    with pytest.raises(NotFoundError, match="city:seekr"):
        rank_mentors(view(), "city:seekr")


def test_results_are_plain_values():
    found = rank_mentors(view(city("a"), offers("a", "water")), "city:seeker").to_dict()
    assert found["suggestions"][0]["reasons"][0]["theme"] == "theme:water"
    plan = allocate(view(city("a"), offers("a", "water"))).to_dict()
    assert plan["pairs"][0]["match"]["mentor"] == "city:a"
