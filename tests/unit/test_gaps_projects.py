"""Projects by their checks, needs of cities by their mentors."""

import pytest

from ecosystem.model import Addresses, Funds, Mentors, Organisation, Programme, Project
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.gap_town import (
    SAID,
    by_subject,
    city,
    covers,
    local,
    needs,
    offers,
    one_rule,
    takes_part,
    theme,
    view,
)

TOWN = "city:town"


def project(**own):
    return Project(id="project:p", name_en="P", **{**SAID, **own})


FULL = [
    project(since="2020", until="2022", indicators=("riders",)),
    *local("a"),
    *local("u", "university"),
    *local("g", "public-agency"),
    takes_part("org:a", "project:p", "leads"),
    takes_part("org:u", "project:p", "partner"),
    takes_part("org:g", "project:p", "partner"),
    Funds(source="org:g", target="project:p", **SAID),
    theme("t"),
    Addresses(source="project:p", target="theme:t", **SAID),
]


def checks(*records):
    (gap,) = one_rule(view(*records), "G17").findings
    return gap.details.checks


def test_a_complete_project_is_no_gap():
    result = one_rule(view(*FULL), "G17")
    assert (result.status, result.findings) == ("none found", ())
    assert result.details.checks["sectors"] == {"yes": 1, "no": 0, "unknown": 0}


def test_two_leaders_are_fine():
    second = takes_part("org:u", "project:p", "leads", key="2")
    assert one_rule(view(*FULL, second), "G17").findings == ()


def test_without_coverage_nothing_is_missing_only_unknown():
    found = checks(*local("a"), project(), takes_part("org:a", "project:p", "partner"))
    assert set(found.values()) == {"unknown"}
    result = one_rule(view(*local("a"), project(), takes_part("org:a", "project:p")), "G17")
    assert result.status == "not recorded"
    assert result.findings[0].value == 0.0


def test_coverage_of_the_project_turns_unknown_into_no():
    records = [*local("a"), project(), takes_part("org:a", "project:p", "partner")]
    kinds = ("PARTICIPATES_IN", "FUNDS", "ADDRESSES", "Project")
    sure = checks(*records, *(covers(kind, "project:p") for kind in kinds))
    assert set(sure.values()) == {"no"}
    scope = checks(*records, covers("FUNDS"))
    assert {name for name, state in scope.items() if state == "no"} == {"funding"}


def test_a_participant_of_unknown_sector_could_be_the_third():
    records = [r for r in FULL if r.id not in ("org:u", "LOCATED_IN|org:u|city:town|")]
    unknown = Organisation(id="org:u", name_en="u", **SAID)
    found = checks(*records, unknown, covers("PARTICIPATES_IN", "project:p"))
    assert found["sectors"] == "unknown"
    company = Organisation(id="org:u", name_en="u", form="company", **SAID)
    found = checks(*records, company, covers("PARTICIPATES_IN", "project:p"))
    assert found["sectors"] == "no"


def test_a_budget_without_a_funder_is_not_funding_and_a_contribution_is():
    records = [r for r in FULL if r.kind not in ("FUNDS", "Project")]
    poor = project(
        since="2020", until="2022", indicators=("x",), budget_minor=100, budget_currency="EUR"
    )
    assert checks(*records, poor)["funding"] == "unknown"
    paid = takes_part(
        "org:u", "project:p", "partner", contribution_minor=100, contribution_currency="EUR"
    )
    assert one_rule(view(*records, poor, paid), "G17").findings == ()


def test_no_project_is_not_recorded():
    assert one_rule(view(*local("a")), "G17").status == "not recorded"


def mentors(who="city:far", target=TOWN, themes=("theme:t",), **own):
    return Mentors(source=who, target=target, themes=themes, **{**SAID, **own})


BASE = [theme("t"), theme("v"), city("far"), needs(TOWN, "t")]


def test_mentoring_on_the_theme_closes_the_need_and_names_that_it_ended():
    result = one_rule(view(*BASE, mentors(since="2018", until="2019")), "G18")
    assert (result.status, result.findings) == ("none found", ())
    assert "ended" in result.reason.en
    (row,) = result.details.mentored[0].mentoring
    assert row.state.en == "ended, until 2019"
    unknown = one_rule(view(*BASE, mentors(since="2018")), "G18")
    assert unknown.details.mentored[0].mentoring[0].state.en == "end unknown"


def test_read_as_in_force_mentoring_that_ended_closes_nothing():
    records = [*BASE[:3], needs(TOWN, "t", since="2018", until="ongoing")]
    ended = view(*records, mentors(since="2018", until="2019"), reading="in-force")
    assert len(one_rule(ended, "G18").findings) == 1
    holds = view(*records, mentors(since="2018", until="ongoing"), reading="in-force")
    assert one_rule(holds, "G18").findings == ()


def test_mentoring_on_another_theme_closes_nothing():
    (gap,) = one_rule(view(*BASE, mentors(themes=("theme:v",))), "G18").findings
    assert (gap.subjects, gap.status) == ((TOWN, "theme:t"), "not recorded")


def test_mentoring_without_a_theme_closes_nothing_and_says_so():
    (gap,) = one_rule(view(*BASE, mentors(themes=()), covers("MENTORS")), "G18").findings
    assert gap.status == "not recorded"
    assert "mentored, theme not recorded" in gap.headline.en
    assert "има ментор, темата не е записана" in gap.headline.bg


def test_no_mentor_is_absent_under_coverage():
    assert one_rule(view(*BASE), "G18").status == "not recorded"
    (gap,) = one_rule(view(*BASE, covers("MENTORS")), "G18").findings
    assert (gap.status, gap.value) == ("absent", 0.0)


def test_mentoring_later_than_the_day_is_not_known_yet():
    late = mentors(since="2030")
    assert len(one_rule(view(*BASE, late), "G18").findings) == 1


def test_mentoring_of_the_administration_is_mentoring_of_the_city():
    hall = local("hall", "public-authority", "administration")
    assert one_rule(view(*BASE, *hall, mentors(target="org:hall")), "G18").findings == ()


def test_cities_that_offer_the_theme_are_named():
    (gap,) = one_rule(view(*BASE, offers("city:far", "t")), "G18").findings
    assert "far" in gap.closing.en


def test_only_needs_of_cities_count():
    records = [theme("t"), *local("a"), needs("org:a", "t")]
    assert one_rule(view(*records), "G18").status == "not recorded"


def test_idle_mentors_count_in_the_load():
    # Loads 2, 0, 0: the sum of differences is 8, so 8 / (2 * 9 * 2/3) = 2/3.
    names = ("m1", "m2", "m3", "x")
    programme = Programme(id="programme:n", name_en="N", **SAID)
    records = [
        *BASE,
        programme,
        *(city(name) for name in names),
        *(takes_part(f"city:{name}", "programme:n", "mentor") for name in names[:3]),
        mentors("city:m1", since="2020", until="ongoing"),
        mentors("city:m1", "city:x", since="2020"),
    ]
    load = one_rule(view(*records, scope="all"), "G18").details.load
    assert load.gini == pytest.approx(2 / 3)
    assert load.idle == 2
    assert {row.mentor: row.mentees for row in load.mentors}["city:m1"] == 2
    assert {row.unused for row in load.mentors} == {None}


def test_unused_capacity_only_where_capacity_is_recorded():
    # One tie in force uses one place; the one of unknown end uses none.
    programme = Programme(id="programme:n", name_en="N", **SAID)
    records = [
        *BASE,
        programme,
        city("x"),
        takes_part("city:far", "programme:n", "mentor", capacity=3),
        mentors(since="2020", until="ongoing"),
        mentors(target="city:x", since="2020"),
    ]
    (row,) = one_rule(view(*records, scope="all"), "G18").details.load.mentors
    assert (row.mentees, row.in_force, row.capacity, row.unused) == (2, 1, 3, 2)


def test_a_single_mentor_has_no_gini():
    load = one_rule(view(*BASE, mentors()), "G18").details.load
    assert load.gini is None
    assert load.reason is not None


def test_in_tiny_the_bus_lacks_records_and_the_need_is_mentored():
    snapshot = Snapshot.of(tiny(), as_of="2024-01-01", scope="city:alpha")
    gap = by_subject(one_rule(snapshot, "G17"))["bus"]
    assert gap.value == 4.0
    assert {c for c, s in gap.details.checks.items() if s == "unknown"} == {
        "funding",
        "theme",
        "indicator",
    }
    assert one_rule(snapshot, "G18").status == "none found"
