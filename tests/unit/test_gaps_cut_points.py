"""Whose leaving would split the work: worked by hand and published."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.bridges import BridgesSummary
from ecosystem.analysis.gaps.cut_points import CutPointDetails
from ecosystem.model import Event
from tests.unit.gap_town import (
    DAY,
    SAID,
    WORK,
    covers,
    details_of,
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
    assert details_of(gap, CutPointDetails).parts == (1, 1, 1, 1, 1)


def test_the_next_step_says_why_these_two():
    snapshot = view(*drawn(nx.path_graph(7)))
    middle = one_rule(snapshot, "G08").findings[0]
    name = snapshot.nodes["org:03"].name_en
    assert middle.step.en.endswith(
        f": one from each side, so that they hold together without {name}."
    )
    (tie, *_) = one_rule(snapshot, "G09").findings
    assert tie.step.en.endswith(": one from each side, so that not all hangs on one tie.")


def test_on_a_path_of_five_the_middle_matters_most():
    # C = 10; without the middle 2 pairs are left of 6, without its neighbour 3 of 6.
    result = one_rule(view(*drawn(nx.path_graph(5))), "G08")
    assert [(gap.subjects[0], gap.value) for gap in result.findings] == [
        ("org:02", pytest.approx(2 / 3)),
        ("org:01", pytest.approx(1 / 2)),
        ("org:03", pytest.approx(1 / 2)),
    ]


def test_the_karate_club_hangs_on_its_instructor_alone():
    # Without node 0 the 33 others fall into 27, 5 and 1: 361 of 528 pairs are left.
    snapshot = view(*drawn(nx.karate_club_graph()))
    (gap,) = one_rule(snapshot, "G08").findings
    assert gap.subjects == ("org:00",)
    assert details_of(gap, CutPointDetails).parts == (27, 5, 1)
    assert gap.value == pytest.approx(167 / 528)
    ties = one_rule(snapshot, "G09")
    assert (ties.status, ties.total, details_of(ties, BridgesSummary).bridges) == (
        "none found",
        0,
        1,
    )


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


def test_what_began_later_is_not_there_yet():
    early = view(
        *drawn(nx.path_graph(2)), *local("late"), partners("00", "late", since="2030"), as_of=DAY
    )
    assert [gap.subjects for gap in one_rule(early, "G06").findings] == [("org:late",)]
