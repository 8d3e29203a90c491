"""Needs of cities by their mentors, and the load of the mentors."""

import pytest

from ecosystem.analysis.gaps.mentoring import LoadSummary, MentoringSummary
from ecosystem.model import Mentors, Programme
from tests.unit.gap_town import (
    SAID,
    city,
    covers,
    details_of,
    local,
    needs,
    offers,
    one_rule,
    takes_part,
    theme,
    view,
)

TOWN = "city:town"


def mentors(who="city:far", target=TOWN, themes=("theme:t",), **own):
    return Mentors(source=who, target=target, themes=themes, **{**SAID, **own})


BASE = [theme("t"), theme("v"), city("far"), needs(TOWN, "t")]


def test_mentoring_on_the_theme_closes_the_need_and_names_that_it_ended():
    result = one_rule(view(*BASE, mentors(since="2018", until="2019")), "G18")
    assert (result.status, result.findings) == ("none found", ())
    assert "ended" in result.reason.en
    (row,) = details_of(result, MentoringSummary).mentored[0].mentoring
    assert row.state.en == "ended, until 2019"
    unknown = one_rule(view(*BASE, mentors(since="2018")), "G18")
    assert details_of(unknown, MentoringSummary).mentored[0].mentoring[0].state.en == "end unknown"


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
    load = details_of(one_rule(view(*records, scope="all"), "G18"), LoadSummary).load
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
    (row,) = details_of(one_rule(view(*records, scope="all"), "G18"), LoadSummary).load.mentors
    assert (row.mentees, row.in_force, row.capacity, row.unused) == (2, 1, 3, 2)


def test_a_single_mentor_has_no_gini():
    load = details_of(one_rule(view(*BASE, mentors()), "G18"), LoadSummary).load
    assert load.gini is None
    assert load.reason is not None
