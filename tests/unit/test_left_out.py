"""What a view leaves out is told, whatever finds nothing: no ignorance is taken for absence."""

import pytest

from ecosystem.analysis.cities import city_profile
from ecosystem.analysis.comparison import compare
from ecosystem.analysis.followup import follow_up
from ecosystem.analysis.gaps import RULES, find_gaps, told_first
from ecosystem.analysis.inviting import invite
from ecosystem.analysis.matching import allocate, rank_mentors
from ecosystem.analysis.overview import overview
from ecosystem.analysis.profile import profile
from ecosystem.model import Decision, Event, Mentors, ParticipatesIn, Person, Programme
from tests.unit.gap_town import (
    DAY,
    SAID,
    city,
    covers,
    local,
    locals_of,
    needs,
    offers,
    partners,
    takes_part,
    theme,
    view,
)

NEED = needs("city:town", "light", since="2019")
LASTING = partners("c", "d", since="2018", until="ongoing")
TOWN = (
    theme("light"),
    theme("water"),
    NEED,
    *locals_of(("a", "b", "c", "d")),
    *local("office", form="municipality", role="administration"),
    partners("a", "b", since="2018"),
    LASTING,
    offers("org:a", "water"),
)


def answers(snapshot):
    return {result.rule: result for result in find_gaps(snapshot)}


def test_a_view_says_which_ties_it_leaves_out_and_why():
    begins = partners("a", "c", since="2030")
    over = partners("a", "d", until="2020")
    event = Event(id="event:day", name_en="day", since="2019", **SAID)
    came = takes_part("org:a", "event:day")
    left = view(*TOWN, begins, over, event, came, reading="in-force").left_out
    why = {tie.source + tie.target: left.why[tie.id] for tie in left.ties.values()}
    assert why["city:towntheme:light"] == "end unknown"
    assert why["org:aorg:c"] == "later"
    assert why["org:aorg:d"] == "ended"
    assert why["org:aevent:day"] == "happened"
    assert "org:corg:d" not in why
    assert left.to_dict()["end unknown"]["NEEDS"] == 1
    assert left.note(left.of_kind("NEEDS")).en == "Left out because the end is unknown: 1 need."


def test_what_is_left_out_is_of_the_scope_and_never_a_person_who_is_left_out():
    person = Person(id="person:x", name_en="x", **SAID)
    away = local("away", town="elsewhere")
    part = ParticipatesIn(source="person:x", target="event:day", since="2030", **SAID)
    event = Event(id="event:day", name_en="day", **SAID)
    far = needs("org:away", "light")
    records = (*TOWN, city("elsewhere"), *away, far, person, event, part)
    shown = view(*records, reading="in-force", people=False)
    assert far.id not in shown.left_out.ties
    assert part.id not in shown.left_out.ties
    assert part.id in view(*records, scope="all", people=True).left_out.ties
    assert part.id not in view(*records, scope="all", people=False).left_out.ties


@pytest.mark.parametrize("rule", ["G12", "G13", "G14", "G18"])
def test_needs_of_unknown_end_are_recorded_but_not_known_to_be_in_force(rule):
    found = answers(view(*TOWN, reading="in-force"))[rule]
    assert found.status == "not recorded"
    assert found.reason.en.startswith("1 need recorded, none known to be in force.")
    assert found.reason.bg.startswith("Записано: 1 нужда; не е известно да са в сила.")
    assert not found.findings


@pytest.mark.parametrize("rule", ["G12", "G13", "G14", "G18"])
def test_before_a_need_began_it_is_said_from_when_on_it_is_recorded(rule):
    found = answers(view(*TOWN, as_of="2015-01-01"))[rule]
    assert found.reason.en == "None recorded by this day; recorded from 2019 on: 1 need."


def test_needs_without_a_date_are_recorded_and_not_in_a_view_without_undated_ties():
    undated = needs("city:town", "light")
    found = answers(view(theme("light"), undated, *local("a"), undated=False))["G12"]
    assert found.reason.en.startswith("1 need recorded, none of them in this view.")
    assert found.status == "not recorded"


def test_who_has_ties_of_unknown_end_does_not_stand_alone():
    found = answers(view(*TOWN, reading="in-force"))["G06"]
    alone = {gap.subjects for gap in found.findings}
    assert ("org:a",) not in alone
    assert ("org:office",) in alone
    assert {one.subjects for one in found.apart} == {("org:a",), ("org:b",)}
    assert "1 partnership" in found.apart[0].headline.en
    assert "Without a tie in force: 1 of 5" in found.reason.en


def test_a_rule_about_the_whole_concludes_nothing_from_a_part():
    found = answers(view(*TOWN, reading="in-force"))
    assert found["G07"].status == "not recorded"
    assert not found["G07"].findings
    assert found["G07"].left_out.en == "Left out because the end is unknown: 1 partnership."
    sure = answers(view(*locals_of(("c", "d", "e")), LASTING, reading="in-force"))["G07"]
    assert sure.status == "found"
    assert sure.left_out is None


def test_what_is_known_to_be_over_leaves_no_doubt():
    over = partners("a", "b", until="2020")
    found = answers(view(*locals_of(("a", "b", "c")), over, reading="in-force"))["G06"]
    assert {gap.subjects[0] for gap in found.findings} == {"org:a", "org:b", "org:c"}
    assert not found.apart


def test_an_offer_of_unknown_end_keeps_a_theme_from_being_offered_by_nobody():
    firm = needs("city:town", "water", since="2019", until="ongoing")
    found = answers(view(*TOWN, firm, covers("OFFERS"), reading="in-force"))["G12"]
    assert not found.findings
    assert found.apart[0].subjects == ("theme:water",)
    assert found.status == "not recorded"


def test_no_rule_says_that_none_is_there_where_ties_it_reads_are_left_out():
    for records in (TOWN, (*TOWN, *(covers(kind) for kind in ("NEEDS", "OFFERS", "FUNDS")))):
        for result in find_gaps(view(*records, reading="in-force")):
            if result.left_out and "end is unknown" in result.left_out.en:
                assert result.status != "none found", result.rule


def test_nothing_listed_apart_is_told_first_or_to_be_done():
    results = find_gaps(view(*TOWN, reading="in-force"))
    apart = {one.gap for result in results for one in result.apart}
    assert apart
    assert not apart & {gap.id for gap in told_first(results, 10)}
    assert not apart & {gap.id for result in results for gap in result.findings}


def test_every_kind_that_a_rule_names_is_a_kind_of_tie():
    from ecosystem.model import EDGE_KINDS

    assert all(kind in EDGE_KINDS for rule in RULES for kind in (*rule.judges, *rule.reads))


def test_the_first_screen_tells_of_everything_recorded_before_the_view_filters_it():
    known, force = (overview(view(*TOWN, reading=one)) for one in ("known", "in-force"))
    more = " (those that the view leaves out as well)"
    assert [text.en.replace(more, "") for text in force.unknowns[1:]] == [
        text.en for text in known.unknowns
    ]
    assert [more in text.en for text in force.unknowns[1:]] == [True, True, False]
    assert force.unknowns[0].en.startswith("Left out because the end is unknown:")
    assert force.left_out["end unknown"]["NEEDS"] == 1
    assert known.left_out == {}


def test_a_city_whose_needs_are_left_out_is_not_one_without_needs():
    snapshot = view(*TOWN, scope="all", reading="in-force")
    found = rank_mentors(snapshot, "city:town")
    assert "1 need recorded, none known to be in force" in found.reason.en
    plan = allocate(snapshot)
    assert "city:town" not in plan.unmatchable
    assert "1 need recorded" in plan.unmatched[0].reason.en
    assert any("Left out" in text.en for text in plan.assumptions)


def test_needs_of_the_administration_count_for_the_city_when_left_out_too():
    own = needs("org:office", "light", since="2019")
    snapshot = view(*(one for one in TOWN if one is not NEED), own, scope="all", reading="in-force")
    assert "1 need recorded" in rank_mentors(snapshot, "city:town").reason.en


def test_a_city_shows_what_is_recorded_but_not_counted():
    found = city_profile(view(*TOWN, scope="all", reading="in-force"), "city:town")
    assert found.rows[0].theme == "theme:light"
    assert found.rows[0].cells[0].state == "aside"
    assert found.rows[0].cells[0].statements == (NEED.id,)
    assert found.notes[0].en.startswith("1 need recorded, none known to be in force.")


def test_a_complete_list_denies_nothing_that_it_has_with_an_unknown_end():
    mentor = (
        city("mentor"),
        Programme(id="programme:p", name_en="p", **SAID),
        ParticipatesIn(
            source="city:mentor", target="programme:p", role="mentor", until="ongoing", **SAID
        ),
        offers("city:mentor", "light"),
        covers("OFFERS", "city:mentor"),
        needs("city:town", "light", until="ongoing"),
        theme("light"),
    )
    found = rank_mentors(view(*mentor, scope="all", reading="in-force"), "city:town")
    (match,) = (*found.suggestions, *found.unsupported, *found.excluded)
    assert match.comp_high == 1


def test_a_thing_says_which_of_its_ties_the_view_leaves_out():
    found = profile(view(*TOWN, reading="in-force"), "city:town")
    assert found.left_out.en == "Left out because the end is unknown: 6 ties."
    assert profile(view(*TOWN), "city:town").left_out is None


def test_a_gap_taken_up_is_not_gone_because_the_view_leaves_ties_out():
    lone = view(*locals_of(("a", "b")), as_of=DAY)
    gap = next(gap for gap in answers(lone)["G06"].findings if gap.subjects == ("org:a",))
    decision = Decision(
        id="decision:1",
        pack="local",
        matter="gap",
        subject=f"city:town {gap.id}",
        state="open",
        at=DAY,
    )
    tied = view(*locals_of(("a", "b")), partners("a", "b"), reading="in-force")
    (one,) = follow_up(find_gaps(tied), {f"city:town {gap.id}": decision}, "city:town")
    assert one.outcome == "left out"


def test_a_gap_neither_opens_nor_closes_by_what_one_view_leaves_out():
    records = (*locals_of(("a", "b", "c")), partners("a", "b"))
    known, force = (view(*records, reading=one) for one in ("known", "in-force"))
    found = compare(known, force, find_gaps(known), find_gaps(force))
    changes = {one.gap_id: one.how for rule in found.rules for one in rule.gaps}
    assert "opened" not in {how for gap, how in changes.items() if gap.startswith("G06|org:a")}
    assert {how for gap, how in changes.items() if gap.startswith("G07")} <= {"untold"}


def test_advice_on_another_theme_leaves_no_doubt_about_a_need():
    firm = needs("city:town", "water", until="ongoing")
    other, same, blank = (
        Mentors(source="city:m", target="city:town", themes=themes, **SAID)
        for themes in (("theme:light",), ("theme:water",), ())
    )
    base = (theme("light"), theme("water"), city("m"), firm, *local("a"))
    for advice, aside in ((other, 0), (same, 1), (blank, 1)):
        found = answers(view(*base, advice, reading="in-force"))["G18"]
        assert len(found.apart) == aside


def test_who_offers_the_theme_with_an_unknown_end_is_not_without_a_link():
    records = (*TOWN, theme("air"), offers("org:b", "air", until="ongoing"))
    found = invite(view(*records, reading="in-force"), ["theme:water"], 3)
    (why,) = (one.reason for one in found.left_out if one.id == "org:a")
    assert why.en.startswith("1 offer recorded, none known to be in force.")
    (other,) = (one.reason for one in found.left_out if one.id == "org:b")
    assert other.en == "no link to the theme is recorded"


def test_a_city_whose_participations_are_left_out_is_not_one_without_any():
    joins = ParticipatesIn(source="city:town", target="programme:p", role="fellow", **SAID)
    other = ParticipatesIn(source="city:m", target="programme:p", role="fellow", **SAID)
    programme = Programme(id="programme:p", name_en="p", **SAID)
    snapshot = view(programme, joins, other, city("m"), scope="all", reading="in-force")
    notes = city_profile(snapshot, "city:town").notes
    assert any("1 participation recorded, none known to be in force" in note.en for note in notes)
