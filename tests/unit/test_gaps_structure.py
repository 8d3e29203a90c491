"""Who is missing, who stands alone, what the whole hangs on: worked by hand and published."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.sectors import wilson
from ecosystem.model import Event, MemberOf, Person, Project
from tests.unit.gap_town import (
    DAY,
    SAID,
    WORK,
    by_subject,
    city,
    covers,
    drawn,
    local,
    locals_of,
    one_rule,
    partners,
    takes_part,
    view,
)


def test_the_middle_of_a_star_holds_everybody():
    result = one_rule(view(*drawn(nx.star_graph(5))), "G08")
    (gap,) = result.findings
    assert gap.subjects == ("org:00",)
    assert gap.value == 1.0
    assert gap.details.parts == (1, 1, 1, 1, 1)


def test_on_a_path_of_five_the_middle_matters_most():
    # C = 10; without the middle 2 pairs are left of 6, without its neighbour 3 of 6.
    result = one_rule(view(*drawn(nx.path_graph(5))), "G08")
    assert [(gap.subjects[0], gap.value) for gap in result.findings] == [
        ("org:02", pytest.approx(2 / 3)),
        ("org:01", pytest.approx(1 / 2)),
        ("org:03", pytest.approx(1 / 2)),
    ]


def test_the_bar_of_a_barbell_is_the_single_tie():
    snapshot = view(*drawn(nx.barbell_graph(3, 0)))
    tie = one_rule(snapshot, "G09")
    (gap,) = tie.findings
    assert gap.subjects == ("org:02", "org:03")
    assert gap.value == pytest.approx(9 / 15)
    assert gap.statements == ("PARTNERS_WITH|org:02|org:03|",)
    assert {*gap.details.introduce}.isdisjoint({"org:02", "org:03"})
    # Without an end of the bar 4 of the other 10 pairs are left.
    assert [g.value for g in one_rule(snapshot, "G08").findings] == [pytest.approx(0.6)] * 2


def test_the_karate_club_hangs_on_its_instructor_alone():
    # Without node 0 the 33 others fall into 27, 5 and 1: 361 of 528 pairs are left.
    snapshot = view(*drawn(nx.karate_club_graph()))
    (gap,) = one_rule(snapshot, "G08").findings
    assert gap.subjects == ("org:00",)
    assert gap.details.parts == (27, 5, 1)
    assert gap.value == pytest.approx(167 / 528)
    ties = one_rule(snapshot, "G09")
    assert (ties.status, ties.total, ties.details.bridges) == ("none found", 0, 1)


def test_only_bridges_with_three_on_both_sides_count():
    result = one_rule(view(*drawn(nx.path_graph(8))), "G09")
    assert [(gap.subjects, gap.value) for gap in result.findings] == [
        (("org:03", "org:04"), pytest.approx(16 / 28)),
        (("org:02", "org:03"), pytest.approx(15 / 28)),
        (("org:04", "org:05"), pytest.approx(15 / 28)),
    ]
    assert result.details.bridges == 7


def test_the_twelve_largest_bridges_are_listed_and_all_are_counted():
    result = one_rule(view(*drawn(nx.path_graph(30))), "G09")
    assert (len(result.findings), result.total) == (12, 25)
    values = [gap.value for gap in result.findings]
    assert values == sorted(values, reverse=True)


def test_one_event_joins_nobody_in_work():
    guests = ["a", "b", "c", "d"]
    event = Event(id="event:day", name_en="Day", since="2020", **SAID)
    snapshot = view(
        *locals_of(guests), event, *(takes_part(f"org:{g}", "event:day") for g in guests)
    )
    assert one_rule(snapshot, "G06").findings == ()
    assert one_rule(snapshot, "G08").status == "not recorded"
    assert one_rule(snapshot, "G09").status == "not recorded"


def test_no_work_tie_is_none_found_only_where_everything_is_covered():
    actors = locals_of("abc")
    assert one_rule(view(*actors), "G08").status == "not recorded"
    half = view(*actors, covers("FUNDS"))
    assert one_rule(half, "G08").status == "not recorded"
    full = view(*actors, *(covers(kind) for kind in WORK))
    assert one_rule(full, "G08").status == "none found"


def test_who_has_no_tie_is_listed_and_small_groups_apart():
    snapshot = view(*drawn(nx.path_graph(4)), *locals_of(["x", "y", "z"]), partners("x", "y"))
    result = one_rule(snapshot, "G06")
    assert [(gap.subjects, gap.status) for gap in result.findings] == [
        (("org:z",), "no tie recorded"),
        (("org:x", "org:y"), "small component"),
    ]
    assert result.findings[1].statements == ("PARTNERS_WITH|org:x|org:y|",)


def test_of_two_equally_large_groups_neither_is_the_main_body():
    result = one_rule(view(*locals_of("wxyz"), partners("w", "x"), partners("y", "z")), "G06")
    assert [gap.subjects for gap in result.findings] == [("org:w", "org:x"), ("org:y", "org:z")]
    assert result.findings[0].details.introduce == ("org:w", "org:y")


def test_a_project_of_its_own_is_no_tie_and_an_outsider_does_not_count():
    project = Project(id="project:p", name_en="P", **SAID)
    far = local("far", town="elsewhere")
    snapshot = view(
        *local("a"),
        project,
        takes_part("org:a", "project:p", "leads"),
        city("elsewhere"),
        *far,
        partners("a", "far"),
    )
    result = one_rule(snapshot, "G06")
    (gap,) = result.findings
    assert result.n == 1
    assert gap.details.outside == ("org:far",)
    assert "far" in gap.headline.en
    assert "PARTNERS_WITH|org:a|org:far|" in gap.statements


def test_people_are_context_and_join_no_organisations():
    ann = Person(id="person:ann", name_en="Ann", **SAID)
    members = [MemberOf(source="person:ann", target=f"org:{o}", **SAID) for o in "ab"]
    result = one_rule(view(*locals_of("ab"), ann, *members), "G06")
    assert [gap.subjects for gap in result.findings] == [("org:a",), ("org:b",)]
    assert (result.n, result.context_n) == (2, 2)


def test_alone_is_absent_only_under_full_coverage():
    snapshot = view(*local("a"), *(covers(kind) for kind in WORK))
    (gap,) = one_rule(snapshot, "G06").findings
    assert gap.status == "absent"


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(successes, n, low, high):
    assert wilson(successes, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_the_wilson_interval_stays_within_zero_and_one():
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


def test_fewer_than_ten_known_sectors_are_counted_and_not_judged():
    result = one_rule(view(*locals_of("abcdefghi"), *local("hub", "venue")), "G01")
    assert result.status == "too few to tell"
    assert result.findings == ()
    assert (result.details.known, result.details.unknown) == (9, 1)
    assert [row.count for row in result.details.sectors] == [9, 0, 0, 0]
    assert {row.ratio for row in result.details.sectors} == {None}


def test_a_sector_with_nobody_is_not_recorded_until_a_source_covers_the_place():
    actors = [
        *locals_of([f"c{i}" for i in range(10)]),
        *locals_of("gh", "public-agency"),
        *locals_of("uv", "university"),
    ]
    gap = by_subject(one_rule(view(*actors), "G01"))["civil society"]
    assert (gap.status, gap.value, gap.n) == ("not recorded", 0.0, 14)
    sure = by_subject(one_rule(view(*actors, covers("LOCATED_IN")), "G01"))["civil society"]
    assert sure.status == "absent"


def test_a_sector_is_thin_when_even_the_upper_bound_is_below_half_its_share():
    def town(n: int):
        return [
            *locals_of([f"c{i}" for i in range(n)]),
            *locals_of("gh", "public-agency"),
            *locals_of("ij", "foundation"),
            *local("u", "university"),
        ]

    # 1 of 50: at most 10.5 % at the upper bound, .42 of a quarter.
    gap = by_subject(one_rule(view(*town(45)), "G01"))["academia"]
    assert gap.status == "thin"
    assert gap.value == pytest.approx(0.08)
    assert gap.interval == (pytest.approx(4 * 0.00354, abs=1e-4), pytest.approx(0.4199, abs=1e-3))
    # 1 of 30: up to 16.7 %, .67 of a quarter, so nothing can be said.
    assert "academia" not in by_subject(one_rule(view(*town(25)), "G01"))


def test_the_stakeholders_of_mit_reap_are_told_where_the_helix_does_not():
    actors = [
        *locals_of([f"c{i}" for i in range(8)]),
        *locals_of("gh", "public-agency"),
        *locals_of("ij", "foundation"),
        *locals_of("uv", "university"),
    ]
    found = one_rule(view(*actors), "G01")
    assert sorted(gap.subjects[0] for gap in found.findings) == [
        "stakeholder:entrepreneur",
        "stakeholder:risk-capital",
    ]


def test_what_began_later_is_not_there_yet():
    early = view(
        *drawn(nx.path_graph(2)), *local("late"), partners("00", "late", since="2030"), as_of=DAY
    )
    assert [gap.subjects for gap in one_rule(early, "G06").findings] == [("org:late",)]
