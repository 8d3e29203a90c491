"""Needs and offers: what nobody offers, what one offers, and whether they reach each other."""

import pytest

from ecosystem.analysis.themes import serves, serving_statements
from ecosystem.model import (
    Addresses,
    Broader,
    Enables,
    Event,
    Evidence,
    Needs,
    Person,
    Programme,
    Project,
)
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.gap_town import (
    SAID,
    WORK,
    by_subject,
    city,
    covers,
    local,
    locals_of,
    needs,
    offers,
    one_rule,
    partners,
    takes_part,
    theme,
    view,
)

TOWN = "city:town"


def broader(narrow: str, wide: str) -> Broader:
    return Broader(source=f"theme:{narrow}", target=f"theme:{wide}", **SAID)


def enables(one: str, other: str, **own: object) -> Enables:
    return Enables(source=f"theme:{one}", target=f"theme:{other}", **{**SAID, **own})


THEMES = [
    *(theme(t) for t in ("it", "web", "tram", "bus", "move", "live", "odd")),
    broader("bus", "move"),
    broader("tram", "bus"),
    broader("move", "live"),
    enables("it", "move"),
    enables("web", "it"),
]


def test_the_closure_of_a_theme_is_narrower_at_any_depth_and_enabling_in_one_step():
    snapshot = view(*THEMES)
    assert serves(snapshot, "theme:move") == {
        "theme:bus": "narrower",
        "theme:it": "enables",
        "theme:live": "broader",
        "theme:move": "same",
        "theme:tram": "narrower",
    }
    assert serving_statements(snapshot, "theme:move", "theme:tram") == (
        "BROADER|theme:bus|theme:move|",
        "BROADER|theme:tram|theme:bus|",
    )
    assert serving_statements(snapshot, "theme:move", "theme:odd") == ()


def test_a_circle_of_themes_ends():
    snapshot = view(theme("a"), theme("b"), broader("a", "b"), broader("b", "a"))
    assert serves(snapshot, "theme:a") == {"theme:a": "same", "theme:b": "narrower"}


def test_an_enabling_theme_counts_from_the_day_it_is_said():
    late = [theme("it"), theme("move"), enables("it", "move", since="2030")]
    assert serves(view(*late), "theme:move") == {"theme:move": "same"}


@pytest.mark.parametrize("offered", ["move", "bus", "tram", "it"])
def test_the_theme_a_narrower_one_and_an_enabling_one_serve_a_need(offered):
    snapshot = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", offered))
    assert one_rule(snapshot, "G12").findings == ()
    (gap,) = one_rule(snapshot, "G13").findings
    assert gap.details.offers[0].actor == "org:a"


def test_a_broader_offer_is_only_possible():
    snapshot = view(
        *THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "live"), covers("OFFERS")
    )
    (gap,) = one_rule(snapshot, "G12").findings
    assert (gap.status, gap.value) == ("possible", None)
    assert gap.reason is not None
    assert gap.statements == (
        "BROADER|theme:move|theme:live|",
        "NEEDS|city:town|theme:move|",
        "OFFERS|org:a|theme:live|",
    )
    assert one_rule(snapshot, "G13").findings == ()


def test_what_enables_an_enabling_theme_serves_nothing():
    snapshot = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "web"))
    assert [gap.subjects for gap in one_rule(snapshot, "G12").findings] == [("theme:move",)]


def test_no_offer_is_absent_only_where_a_source_covers_offers_completely():
    unsure = view(*THEMES, needs(TOWN, "move"))
    result = one_rule(unsure, "G12")
    assert (result.status, result.findings[0].status) == ("not recorded", "not recorded")
    assert result.findings[0].value is None
    partly = view(*THEMES, needs(TOWN, "move"), covers("OFFERS", complete=False))
    assert one_rule(partly, "G12").status == "not recorded"
    elsewhere = view(*THEMES, city("far"), needs(TOWN, "move"), covers("OFFERS", "city:far"))
    assert one_rule(elsewhere, "G12").status == "not recorded"
    sure = view(*THEMES, needs(TOWN, "move"), covers("OFFERS"))
    result = one_rule(sure, "G12")
    assert (result.status, result.findings[0].status) == ("found", "absent")
    assert result.findings[0].value == 0.0


def test_only_themes_that_somebody_in_the_scope_needs_count():
    far = city("far")
    snapshot = view(
        *THEMES,
        *local("a"),
        far,
        needs("city:far", "bus"),
        needs("org:a", "it"),
        offers("org:a", "odd"),
    )
    assert [gap.subjects for gap in one_rule(snapshot, "G12").findings] == [("theme:it",)]


def test_an_offer_from_elsewhere_closes_nothing_and_is_named():
    snapshot = view(*THEMES, city("far"), needs(TOWN, "move"), offers("city:far", "bus"))
    (gap,) = one_rule(snapshot, "G12").findings
    assert [row.actor for row in gap.details.outside] == ["city:far"]
    assert "far" in gap.closing.en


def test_needs_and_offers_that_have_ended_are_left_out():
    gone = view(*THEMES, *local("a"), needs(TOWN, "move"), offers("org:a", "move", until="2019"))
    assert [gap.subjects for gap in one_rule(gone, "G12").findings] == [("theme:move",)]
    met = view(*THEMES, needs(TOWN, "move", until="2019"))
    assert one_rule(met, "G12").status == "not recorded"


def test_no_need_at_all_is_not_recorded_until_needs_are_covered():
    for rule in ("G12", "G13", "G14", "G18"):
        assert one_rule(view(*THEMES), rule).status == "not recorded"
        assert one_rule(view(*THEMES, covers("NEEDS")), rule).status == "none found"


def test_one_provider_is_a_gap_and_two_are_none():
    one = [
        *THEMES,
        *locals_of("ab"),
        needs(TOWN, "move"),
        offers("org:a", "move"),
        offers("org:a", "bus"),
    ]
    (gap,) = one_rule(view(*one), "G13").findings
    assert (gap.status, gap.value) == ("not recorded", 1.0)
    (gap,) = one_rule(view(*one, covers("OFFERS")), "G13").findings
    assert gap.status == "single provider"
    assert one_rule(view(*one, offers("org:b", "it")), "G13").findings == ()


def test_who_works_on_the_theme_is_asked_first():
    snapshot = view(
        *THEMES,
        *local("a"),
        needs(TOWN, "move"),
        Project(id="project:p", name_en="P", **SAID),
        Addresses(source="project:p", target="theme:bus", **SAID),
        takes_part("org:a", "project:p"),
    )
    (gap,) = one_rule(snapshot, "G12").findings
    assert gap.details.candidates == ("org:a",)
    assert "a" in gap.closing.en


def test_in_tiny_the_one_provider_is_the_firm_through_ict():
    snapshot = Snapshot.of(tiny(), as_of="2024-01-01", scope="city:alpha")
    (gap,) = one_rule(snapshot, "G13").findings
    assert gap.statements == (
        "ENABLES|theme:ict|theme:mobility|",
        "NEEDS|city:alpha|theme:mobility|",
        "OFFERS|org:firm|theme:ict|",
    )
    assert one_rule(snapshot, "G14").status == "none found"


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
    assert gap.details.met.value == 0.0
    assert gap.value == pytest.approx(3 / 4)
    assert gap.n == 4
    # Of f2, f3, f4 nothing is recorded, so all three may be due to missing records.
    assert gap.interval == (0.0, pytest.approx(3 / 4))
    assert gap.status == "not reached"
    assert [one.provider for one in gap.details.introductions] == [
        "org:f2",
        "org:f3",
        "org:f4",
    ]
    assert {one.seeker for one in gap.details.introductions} == {"org:council"}
    assert gap.details.introductions[0].events == ("event:day",)
    assert "LOCATED_IN|org:council|city:town|" in gap.statements


def test_two_steps_reach_and_three_do_not():
    snapshot = view(*seminar(partners("f1", "f2"), partners("f2", "f3")))
    (gap,) = one_rule(snapshot, "G14").findings
    distances = {row.provider: row.work for row in gap.details.pairs}
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
    assert gap.details.met.value == 0.0
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
    assert gap.details.introductions == ()


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
    assert gap.details.not_organisations == 1 + ("person:ann" in gap.details.providers)


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
    (row,) = gap.details.words
    assert row.value == words.value
    assert row.citation.publisher == "The Paper"


def test_every_theme_is_told_once():
    records = seminar(needs(TOWN, "it"))
    assert sorted(by_subject(one_rule(view(*records), "G14"))) == ["it", "move"]
