"""Who stands alone, worked by hand."""

import networkx as nx

from ecosystem.analysis.gaps.isolates import NoTieDetails
from ecosystem.model import MemberOf, PartOf, Person, Project
from tests.unit.gap_town import (
    SAID,
    WORK,
    city,
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
    assert result.findings[0].ties == (("org:w", "org:y"),)


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
    assert details_of(gap, NoTieDetails).outside == ("org:far",)
    assert "far" in gap.headline.en
    assert "PARTNERS_WITH|org:a|org:far|" in gap.statements


def test_people_of_the_scope_are_no_context_and_join_no_organisations():
    ann = Person(id="person:ann", name_en="Ann", **SAID)
    members = [MemberOf(source="person:ann", target=f"org:{o}", **SAID) for o in "ab"]
    result = one_rule(view(*locals_of("ab"), ann, *members), "G06")
    assert [gap.subjects for gap in result.findings] == [("org:a",), ("org:b",)]
    assert (result.n, result.context_n) == (2, 0)


def test_alone_is_absent_only_under_full_coverage():
    snapshot = view(*local("a"), *(covers(kind) for kind in WORK))
    (gap,) = one_rule(snapshot, "G06").findings
    assert gap.status == "absent"


def part_of(one, whole, **own):
    return PartOf(source=f"org:{one}", target=f"org:{whole}", **{**SAID, **own})


def test_a_part_of_an_institution_does_not_stand_alone():
    base = (*locals_of("abcd"), partners("a", "b"))
    assert {gap.subjects for gap in one_rule(view(*base), "G06").findings} == {
        ("org:c",),
        ("org:d",),
    }
    result = one_rule(view(*base, part_of("c", "a")), "G06")
    assert [gap.subjects for gap in result.findings] == [("org:d",)]
    (aside,) = result.apart
    assert aside.headline.en == "c – of one institution with a"
    assert "Without a recorded tie: 1 of 4" in result.reason.en
    assert "parts of an institution, listed apart: 1" in result.reason.en
    assert not result.leaves_open(aside.gap)
    over = one_rule(view(*base, part_of("c", "a", until="2020")), "G06")
    assert len(over.findings) == 2


def test_a_group_that_belongs_to_the_institution_of_the_largest_part_is_not_apart():
    base = (*locals_of("abcdefg"), partners("a", "b"), partners("b", "c"), partners("d", "e"))
    base = (*base, partners("f", "g"))
    result = one_rule(view(*base, part_of("d", "a")), "G06")
    assert [gap.subjects for gap in result.findings] == [("org:f", "org:g")]
    assert result.apart[0].headline.en == "d and e: d – of one institution with a"
