"""Does supply reach demand, worked by hand."""

import pytest

from ecosystem.analysis.gaps.reach import ReachDetails
from ecosystem.model import (
    Addresses,
    Event,
    Evidence,
    Needs,
    Person,
    Programme,
    Project,
)
from tests.unit.gap_town import (
    SAID,
    THEMES,
    WORK,
    by_subject,
    covers,
    details_of,
    local,
    locals_of,
    needs,
    offers,
    one_rule,
    partners,
    takes_part,
    view,
)

TOWN = "city:town"


def seminar(*extra):
    """The council needs and four firms offer; all met, one firm works for the council."""
    firms = ["f1", "f2", "f3", "f4"]
    return [
        *THEMES,
        *local("council", "public-authority", "administration"),
        *locals_of(firms),
        needs(TOWN, "move"),
        *(offers(f"org:{firm}", "it") for firm in firms),
        Event(id="event:day", name_en="Day", since="2018", **SAID),
        *(takes_part(f"org:{o}", "event:day") for o in ("council", *firms)),
        Project(id="project:p", name_en="P", **SAID),
        takes_part("org:council", "project:p", "leads"),
        takes_part("org:f1", "project:p"),
        *extra,
    ]


def test_they_talk_but_do_not_work_together():
    # Four pairs: all met; in work the council reaches f1 alone.
    (gap,) = one_rule(view(*seminar()), "G14").findings
    assert details_of(gap, ReachDetails).met.value == 0.0
    assert gap.value == pytest.approx(3 / 4)
    assert gap.n == 4
    # Of f2, f3, f4 nothing is recorded, so all three may be due to missing records.
    assert gap.interval == (0.0, pytest.approx(3 / 4))
    assert gap.status == "not reached"
    assert [one.provider for one in details_of(gap, ReachDetails).introductions] == [
        "org:f2",
        "org:f3",
        "org:f4",
    ]
    assert {one.seeker for one in details_of(gap, ReachDetails).introductions} == {"org:council"}
    assert details_of(gap, ReachDetails).introductions[0].events == ("event:day",)
    assert "LOCATED_IN|org:council|city:town|" in gap.statements


def test_two_steps_reach_and_three_do_not():
    snapshot = view(*seminar(partners("f1", "f2"), partners("f2", "f3")))
    (gap,) = one_rule(snapshot, "G14").findings
    distances = {row.provider: row.work for row in details_of(gap, ReachDetails).pairs}
    assert distances == {"org:f1": 1, "org:f2": 2, "org:f3": None, "org:f4": None}
    assert gap.value == pytest.approx(1 / 2)
    # f3 has a tie recorded and still is out of reach; f4 has none.
    assert gap.interval == (pytest.approx(1 / 4), pytest.approx(1 / 2))


def test_full_coverage_leaves_no_room_for_missing_records():
    (gap,) = one_rule(view(*seminar(*(covers(kind) for kind in WORK))), "G14").findings
    assert gap.interval == (pytest.approx(3 / 4), pytest.approx(3 / 4))


def test_work_of_neither_side_on_record_is_not_recorded_however_often_they_met():
    records = [r for r in seminar() if "project:p" not in r.id]
    result = one_rule(view(*records), "G14")
    (gap,) = result.findings
    assert (result.status, gap.status, gap.value) == ("not recorded", "not recorded", None)
    assert gap.reason is not None
    assert details_of(gap, ReachDetails).met.value == 0.0
    one_side = [r for r in seminar() if r.id != "PARTICIPATES_IN|org:f1|project:p|"]
    (gap,) = one_rule(view(*one_side), "G14").findings
    assert gap.value is None
    assert "those who offer" in gap.reason.en


def test_a_city_without_an_administration_on_record_has_no_distance():
    records = [
        *THEMES,
        *locals_of("ab"),
        needs(TOWN, "move"),
        offers("org:a", "it"),
        partners("a", "b"),
    ]
    (gap,) = one_rule(view(*records), "G14").findings
    assert gap.value is None
    assert "administration" in gap.reason.en
    assert details_of(gap, ReachDetails).introductions == ()


def test_the_administration_is_not_its_own_provider():
    records = [
        *THEMES,
        *local("council", "public-authority", "administration"),
        needs(TOWN, "move"),
        offers("org:council", "move"),
    ]
    assert one_rule(view(*records), "G14").status == "undefined"


def test_the_nearest_administration_counts():
    records = [
        *THEMES,
        *local("hall", "public-authority", "administration"),
        *local("agency", "public-agency", "administration"),
        *local("a"),
        needs(TOWN, "move"),
        offers("org:a", "it"),
        partners("a", "agency"),
    ]
    result = one_rule(view(*records), "G14")
    assert (result.status, result.findings) == ("none found", ())


def test_people_and_projects_are_counted_apart():
    records = seminar(
        Person(id="person:ann", name_en="Ann", **SAID),
        takes_part("person:ann", "project:p"),
        offers("person:ann", "it"),
        Needs(source="project:p", target="theme:move", **SAID),
    )
    (gap,) = one_rule(view(*records), "G14").findings
    assert gap.n == 4
    assert details_of(gap, ReachDetails).not_organisations == 1 + (
        "person:ann" in details_of(gap, ReachDetails).providers
    )


def test_needs_without_any_offer_have_no_pairs():
    assert one_rule(view(*THEMES, needs(TOWN, "move")), "G14").status == "undefined"


def test_the_words_of_the_sources_stand_beside_the_measure():
    plan = Programme(id="programme:plan", name_en="Plan", **SAID)
    words = Evidence(
        id="evidence:words",
        pack="town",
        subject="programme:plan",
        property="statement",
        value="Firms export and make nothing for the town.",
        stance="supports",
        source="source:paper",
        locator="page 3",
    )
    value = Evidence(
        id="evidence:value",
        pack="town",
        subject="programme:plan",
        property="cities_count",
        value="3",
        stance="supports",
        source="source:paper",
    )
    records = seminar(
        plan,
        words,
        value,
        takes_part("org:council", "programme:plan", "leads"),
        Addresses(source="programme:plan", target="theme:it", **SAID),
    )
    (gap,) = one_rule(view(*records), "G14").findings
    (row,) = details_of(gap, ReachDetails).words
    assert row.value == words.value
    assert row.citation.publisher == "The Paper"


def test_every_theme_is_told_once():
    records = seminar(needs(TOWN, "it"))
    assert sorted(by_subject(one_rule(view(*records), "G14"))) == ["it", "move"]


def sentence_of(*records):
    (gap,) = one_rule(view(*records), "G14").findings
    return gap.sentence.en, gap.step.en


def test_who_only_supports_a_theme_is_never_said_to_offer_it():
    said, step = sentence_of(*(r for r in seminar(partners("f2", "f3")) if r.id != "org:f1"))
    assert said.startswith("town needs “move”, which nobody here is known to offer")
    assert "those who support it with “it”" in said and "those who offer" not in said
    assert step.startswith("Propose a joint project on “move” to ")
    assert step.endswith(": one needs it, the other can support it with “it”.")


def test_who_offers_the_theme_itself_is_spoken_of_first():
    tram = [*local("rails"), offers("org:rails", "tram"), partners("rails", "f4")]
    said, step = sentence_of(*seminar(*tram))
    assert said == (
        "town needs “move”; neither meetings nor joint work with those who offer it are recorded."
    )
    assert "council and rails: one needs it, the other offers it." in step
    # Once they work together, those who support it remain.
    said, step = sentence_of(*seminar(*tram, partners("council", "rails")))
    assert said == (
        "town needs “move”; joint work, direct or through another, is recorded with only some of "
        "those who support it with “it”."
    )
    assert step.endswith("the other can support it with “it”.")


def test_it_has_met_only_some_of_them():
    away = "PARTICIPATES_IN|org:f3|event:day|"
    rest = [r for r in seminar(partners("f2", "f3")) if r.id != away]
    alone = [r for r in rest if r.id != "PARTICIPATES_IN|org:f1|project:p|"]
    said, _ = sentence_of(*alone)
    assert "It has met some of those who support it with “it”, but no joint work" in said
