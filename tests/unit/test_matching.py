"""Scores of one pair worked out on paper, and laws that no score may break."""

from dataclasses import replace
from math import fsum, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.matching import rank_mentors, score_pair
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.model import (
    Coverage,
    Evidence,
    LocatedIn,
    Mentors,
    Offers,
    Organisation,
    Record,
    Source,
)
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.mentor_town import (
    DAY,
    FRAME,
    SAID,
    city,
    joins,
    needs,
    offers,
    view,
)


def test_a_pair_worked_out_by_hand():
    found = score_pair(
        view(
            city("helper", population=100_000),
            offers("helper", "buses", level=4),
            offers("helper", "ict"),
            joins("helper", "programme:net", "mentor", since="2018", until="2020"),
            joins("seeker", "programme:net", since="2018"),
        ),
        "city:seeker",
        "city:helper",
    )
    # transport weighs 2 of 4 and is served at 4/5 by a narrower theme; services at 1, enabled
    assert found.comp_low == pytest.approx(0.5 * 0.8 + 0.25)
    assert found.comp_high == pytest.approx(0.5 * 0.8 + 0.25 + 0.25)
    size = 0.05 * (1 - log(10) / log(100))
    # one shared programme, and the seeker works on the transport half of what is served
    assert found.context == pytest.approx(size + 0.03 * 1 / 2 + 0.02 * 0.4)
    assert found.score == pytest.approx(0.65 + 0.025 + 0.015 + 0.008)
    assert [note.theme for note in found.unknowns] == ["theme:water"]
    assert found.same_country is False
    assert found.rarity is None
    transport, services, *context = found.reasons
    assert transport.theme == "theme:transport"
    assert set(transport.statements) == {
        "NEEDS|city:seeker|theme:transport|",
        "OFFERS|city:helper|theme:buses|",
        "BROADER|theme:buses|theme:transport|",
    }
    assert transport.text.en == "Helper offers “buses”, part of “transport” (level 4 of 5)."
    assert services.text.bg == "HELPER предлага „ICT“, което дава възможност за „SERVICES“."
    assert [round(one.value, 2) for one in context] == [0.5, 0.5, 0.4]
    assert found.headline == (
        "Отговаря на 2 от 3 нужди; по източник, отчасти: 2; не е записано: 1.",
        "Serves 2 of 3 needs; sourced, in part: 2; not recorded: 1.",
    )
    assert found.history[0].text.en == "Helper was a mentor in “Net” (2018 – 2020)."
    assert found.support and found.support.publishers == ("A",)
    assert found.support.standings == {"documented": 4} and found.support.newest == "2020"


INFERRED = {"standing": "inferred", "rule": "r"}


@pytest.mark.parametrize(
    ("offer", "more", "sign", "certain"),
    [
        ("transport", {}, "documented", 0.5),
        ("transport", {"level": 4}, "documented", 0.4),
        ("buses", {}, "partial", 0),
        ("transport", INFERRED, "inferred", 0),
        ("buses", INFERRED, "inferred", 0),
    ],
)
def test_certain_is_only_what_a_source_says_of_the_theme_itself(offer, more, sign, certain):
    snapshot = view(city("helper"), offers("helper", offer, **more))
    found = score_pair(snapshot, "city:seeker", "city:helper")
    assert [one.sign for one in found.served] == [sign, "unknown", "unknown"]
    assert [one.share for one in found.served] == [0.5, 0.25, 0.25]
    assert found.comp_documented == pytest.approx(certain)
    low, high = found.comp_low, found.comp_high
    assert low is not None and high is not None and certain <= low <= high


def test_who_needs_a_theme_itself_does_not_offer_it():
    found = score_pair(
        view(city("helper"), needs("helper", "transport")), "city:seeker", "city:helper"
    )
    assert [one.sign for one in found.served] == ["none", "unknown", "unknown"]


def test_of_equal_scores_what_is_certain_comes_first():
    inferred, sourced = (
        offers("early", "transport", **INFERRED),
        offers("later", "transport"),
    )
    found = rank_mentors(view(city("early"), city("later"), inferred, sourced), "city:seeker")
    assert [one.mentor for one in found.suggestions] == ["city:later", "city:early"]
    assert [one.rank for one in found.suggestions] == [1, 1]


@pytest.mark.parametrize(
    ("offer", "level", "value"),
    [("transport", None, 1), ("transport", 2, 0.4), ("buses", None, 1), ("buses", 5, 1)],
)
def test_the_strength_of_an_offer_is_its_level_where_one_is_stated(offer, level, value):
    found = score_pair(
        view(city("helper"), offers("helper", offer, level=level)), "city:seeker", "city:helper"
    )
    assert found.comp_low == pytest.approx(0.5 * value)


def test_a_broader_offer_counts_half_and_the_best_offer_counts():
    seeker = [city("rider"), needs("rider", "buses")]
    broad = offers("helper", "transport")
    found = score_pair(view(city("helper"), *seeker, broad), "city:rider", "city:helper")
    assert found.comp_low == 0.5
    assert "counted as half" in found.reasons[0].text.en
    assert found.headline and found.headline.en == (
        "Serves the only recorded need; sourced, in part: 1."
    )
    exact = offers("helper", "buses", level=4)
    found = score_pair(view(city("helper"), *seeker, broad, exact), "city:rider", "city:helper")
    assert found.comp_low == pytest.approx(0.8)


def test_a_need_of_its_own_or_a_complete_list_of_offers_makes_a_strength_zero():
    plain = score_pair(view(city("helper")), "city:seeker", "city:helper")
    assert (plain.comp_low, plain.comp_high) == (0, 1)
    needy = score_pair(
        view(city("helper"), needs("helper", "transport")), "city:seeker", "city:helper"
    )
    assert (needy.comp_low, needy.comp_high) == (0, 0.5)
    assert needy.reasons[0].text.en == "Helper looks for help with “transport” too."
    listed = Coverage(
        id="coverage:list",
        pack="trial",
        source="source:page",
        covers="OFFERS",
        scope="city:helper",
        complete=True,
    )
    covered = score_pair(view(city("helper"), listed), "city:seeker", "city:helper")
    assert (covered.comp_low, covered.comp_high) == (0, 0)
    wide = replace(listed, scope="programme:net")
    inside = view(city("helper"), wide, joins("helper", "programme:net", "mentor"))
    assert score_pair(inside, "city:seeker", "city:helper").comp_high == 0
    half = replace(listed, complete=False)
    assert score_pair(view(city("helper"), half), "city:seeker", "city:helper").comp_high == 1


def test_without_needs_there_is_no_score_but_a_reason():
    found = score_pair(view(city("idle"), city("helper")), "city:idle", "city:helper")
    assert found.score is None and found.comp_low is None
    assert found.reason and found.reason.en.startswith("No mentor can be chosen: no needs of Idle")
    with pytest.raises(NotFoundError):
        score_pair(view(), "city:seeker", "city:nowhere")


def test_context_counts_only_where_something_fits():
    found = score_pair(
        view(
            city("helper", population=1_000_000),
            joins("helper", "programme:net", "mentor"),
            joins("seeker", "programme:net"),
        ),
        "city:seeker",
        "city:helper",
    )
    assert (found.score, found.context, found.reasons) == (0, 0, ())
    assert not found.supported


def test_what_has_ended_is_neither_needed_nor_offered():
    old = offers("helper", "transport", until="2020")
    found = score_pair(view(city("helper"), old), "city:seeker", "city:helper")
    assert (found.comp_low, found.comp_high) == (0, 1)
    gone = score_pair(
        view(city("rider"), needs("rider", "buses", until="2019"), city("helper")),
        "city:rider",
        "city:helper",
    )
    assert gone.score is None


def test_a_city_speaks_for_its_administration():
    office = Organisation(id="org:office", name_en="Office", form="public-authority", **SAID)
    seat = LocatedIn(
        source="org:office", target="city:helper", address_role="administration", **SAID
    )
    offer = Offers(source="org:office", target="theme:transport", **SAID)
    found = score_pair(view(city("helper"), office, seat, offer), "city:seeker", "city:helper")
    assert found.comp_low == 0.5
    venue = replace(seat, address_role="seat")
    other = score_pair(view(city("helper"), office, venue, offer), "city:seeker", "city:helper")
    assert other.comp_low == 0


def test_earlier_mentoring_between_the_two_is_told_and_adds_nothing():
    offer = offers("helper", "transport")
    tie = Mentors(
        source="city:helper",
        target="city:seeker",
        themes=("theme:buses",),
        since="2018-05-16",
        until="2018-05-17",
        **SAID,
    )
    bare = score_pair(view(city("helper"), offer), "city:seeker", "city:helper")
    told = score_pair(view(city("helper"), offer, tie), "city:seeker", "city:helper")
    assert told.score == bare.score and not bare.history
    assert told.history[0].text.en == (
        "Helper has advised Seeker before on buses (16 May 2018 – 17 May 2018)."
    )


def test_unknown_populations_and_countries_are_said():
    found = score_pair(
        view(city("helper", country=""), offers("helper", "water")), "city:seeker", "city:helper"
    )
    assert [note.name.en for note in found.unknowns] == [
        "services",
        "transport",
        "Similar size",
        "Country",
    ]
    assert found.same_country is None


def test_rarity_counts_only_cities_whose_offers_are_completely_recorded():
    def covered(slug: str) -> Coverage:
        return Coverage(
            id=f"coverage:{slug}",
            pack="trial",
            source="source:page",
            covers="OFFERS",
            scope=f"city:{slug}",
            complete=True,
        )

    cities = [city(slug) for slug in ("one", "two", "open")]
    said = [offers("one", "water"), offers("one", "services"), offers("two", "services")]
    snapshot = view(*cities, *said, offers("open", "water"), covered("one"), covered("two"))
    found = score_pair(snapshot, "city:seeker", "city:one")
    # of two covered cities one serves water and both serve services
    assert found.rarity == pytest.approx(0.25 * log(3 / 2) + 0.25 * log(3 / 3))


def test_the_town_on_paper():
    found = score_pair(Snapshot.of(tiny(), as_of=DAY), "city:alpha", "city:beta")
    size = 1 - log(2) / log(100)
    assert found.comp_low == found.comp_high == 0.8
    assert found.score == pytest.approx(0.8 + 0.05 * size)
    back = score_pair(Snapshot.of(tiny(), as_of=DAY), "city:beta", "city:alpha")
    assert back.score is None


def test_evidence_is_shown_and_never_counted():
    bare = [city("helper"), offers("helper", "water", standing="reported")]
    row = Evidence(
        id="evidence:one",
        pack="trial",
        subject="OFFERS|city:helper|theme:water|",
        stance="supports",
        source="source:other",
        observed_on="2023-04",
    )
    other = Source(id="source:other", pack="trial", name_en="Other", publisher="B")
    plain = score_pair(view(*bare), "city:seeker", "city:helper")
    cited = score_pair(view(*bare, other, row), "city:seeker", "city:helper")
    assert plain.score == cited.score and plain.support and cited.support
    assert plain.support.publishers == ("A",) and cited.support.publishers == ("A", "B")
    assert plain.support.newest == "2020" and cited.support.newest == "2023-04"
    assert cited.support.standings == {"documented": 1, "reported": 1}


# Laws


THEMES = ("transport", "buses", "services", "ict", "water")
MENTORS = ("m-one", "m-two", "m-three")
said_offers = st.lists(
    st.tuples(
        st.sampled_from(MENTORS),
        st.sampled_from(THEMES),
        st.sampled_from([None, 1, 3, 5]),
        st.booleans(),
    ),
    max_size=8,
)
said_needs = st.lists(
    st.tuples(st.sampled_from(("seeker", *MENTORS)), st.sampled_from(THEMES), st.integers(1, 5)),
    max_size=5,
)


def records(offered, needed) -> list[Record]:
    unsourced = {"standing": "illustrative", "sources": ()}
    populations = dict(zip(MENTORS, (50_000, 900_000, None), strict=True))
    return [
        *(city(slug, population=populations[slug]) for slug in MENTORS),
        *(
            offers(*pair, level=level, key=str(n), **({} if sourced else unsourced))
            for n, (*pair, level, sourced) in enumerate(offered)
        ),
        *(
            needs(*pair, priority=priority, key=f"more-{n}")
            for n, (*pair, priority) in enumerate(needed)
        ),
        joins("m-one", "programme:net", "mentor"),
        joins("seeker", "programme:net"),
    ]


@given(said_offers, said_needs)
def test_reasons_add_up_to_the_score_and_lead_to_statements(offered, needed):
    snapshot = view(*records(offered, needed))
    known = snapshot.dataset.records
    for slug in MENTORS:
        found = score_pair(snapshot, "city:seeker", f"city:{slug}")
        assert fsum(reason.contribution for reason in found.reasons) == found.score
        assert all(r.contribution == r.value * r.weight for r in found.reasons)
        assert all(i in known for r in found.reasons for i in r.statements)
        assert all(r.statements for r in found.reasons if r.contribution)
        assert 0 <= found.comp_low <= found.comp_high <= 1 + 1e-12
        assert 0 <= found.context <= 0.1 and found.score >= found.comp_low


@given(said_offers, said_needs, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(offered, needed, random):
    rows = [*FRAME, *records(offered, needed)]
    straight = rank_mentors(Snapshot.of(Dataset.of(rows), as_of=DAY), "city:seeker")
    random.shuffle(rows)
    assert rank_mentors(Snapshot.of(Dataset.of(rows), as_of=DAY), "city:seeker") == straight


def relabelled(record: Record, names: dict[str, str]) -> Record:
    changed = {
        column: names[value]
        for column in ("id", "source", "target", "scope")
        if (value := getattr(record, column, "")) in names and column in vars(record)
    }
    return replace(record, **changed)


@given(said_offers, said_needs, st.permutations(THEMES), st.permutations(MENTORS))
def test_other_ids_change_no_score(offered, needed, themes, mentors):
    names = {f"theme:{a}": f"theme:x-{b}" for a, b in zip(THEMES, themes, strict=True)}
    names |= {f"city:{a}": f"city:{b}" for a, b in zip(MENTORS, mentors, strict=True)}
    rows = [*FRAME, *records(offered, needed)]
    before = Snapshot.of(Dataset.of(rows), as_of=DAY)
    after = Snapshot.of(Dataset.of(relabelled(row, names) for row in rows), as_of=DAY)
    for slug in MENTORS:
        old = score_pair(before, "city:seeker", f"city:{slug}")
        new = score_pair(after, "city:seeker", names[f"city:{slug}"])
        assert (new.score, new.comp_low, new.context) == (old.score, old.comp_low, old.context)
    ranks = {m.mentor: m.rank for m in rank_mentors(before, "city:seeker").suggestions}
    moved = {m.mentor: m.rank for m in rank_mentors(after, "city:seeker").suggestions}
    assert moved == {names[mentor]: rank for mentor, rank in ranks.items()}


def standing_of(snapshot: Snapshot, mentor: str) -> tuple[float, float]:
    found = score_pair(snapshot, "city:seeker", f"city:{mentor}")
    return found.score or 0.0, found.comp_high or 0.0


@given(
    said_offers,
    said_needs,
    st.sampled_from(MENTORS),
    st.sampled_from(THEMES),
    st.sampled_from([None, 1, 4]),
)
def test_one_more_offer_never_lowers_a_mentor(offered, needed, mentor, what, level):
    rows = records(offered, needed)
    before = rank_mentors(view(*rows), "city:seeker").suggestions
    more = [*rows, offers(mentor, what, level=level, key="added")]
    after = rank_mentors(view(*more), "city:seeker").suggestions
    assert standing_of(view(*more), mentor)[0] >= standing_of(view(*rows), mentor)[0] - 1e-12
    old = [m.rank for m in before if m.mentor == f"city:{mentor}"]
    new = [m.rank for m in after if m.mentor == f"city:{mentor}"]
    assert not old or new[0] <= old[0]


@given(
    said_offers,
    said_needs,
    st.sampled_from(MENTORS),
    st.sampled_from(THEMES),
    st.sampled_from(["offer", "need", "network"]),
)
def test_an_unsourced_fact_is_never_worse_than_none(offered, needed, mentor, what, kind):
    rows = records(offered, needed)
    unsourced = {"standing": "illustrative", "sources": (), "key": "added"}
    fact = {
        "offer": offers(mentor, what, **unsourced),
        "need": needs(mentor, what, **unsourced),
        "network": joins(mentor, "programme:net", "partner", **unsourced),
    }[kind]
    (score, high), (later, reach) = (
        standing_of(view(*more), mentor) for more in (rows, [*rows, fact])
    )
    assert later >= score - 1e-12
    assert reach >= high - 1e-12 or kind == "offer"


@given(said_offers, said_needs, said_offers, st.sampled_from(["2024-07", "2025", "2024-07-01"]))
def test_what_begins_later_changes_nothing(offered, needed, later, since):
    rows = records(offered, needed)
    future = [
        offers(who, what, key=f"later-{n}", level=level, since=since)
        for n, (who, what, level, _) in enumerate(later)
    ]
    hereafter = [
        needs("seeker", "ict", since="2024-12"),
        city("m-four"),
        offers("m-four", "transport", since="2030"),
    ]
    plain = rank_mentors(view(*rows), "city:seeker")
    assert rank_mentors(view(*rows, *future, *hereafter), "city:seeker") == plain
