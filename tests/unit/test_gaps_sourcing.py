"""What hangs on one source, and where sources disagree."""

from dataclasses import replace

from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.gaps.sourcing import (
    ConflictDetails,
    SinglePublisherDetails,
    SourcingSummary,
)
from ecosystem.model import Evidence
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny
from tests.unit.gap_town import (
    PAGE,
    PAPER,
    SAID,
    details_of,
    local,
    locals_of,
    one_rule,
    partners,
    view,
)

ALPHA = {"as_of": "2024-01-01", "scope": "city:alpha"}


def test_tiny_rests_mostly_on_the_council_itself():
    result = one_rule(Snapshot.of(tiny(), **ALPHA), "G24")
    assert (
        sum(details_of(result, SourcingSummary).publishers.values())
        == details_of(result, SourcingSummary).statements
    )
    first = result.findings[0]
    assert (first.status, first.key) == ("single source", "Alpha Council")
    assert "MEMBER_OF|person:ann|org:firm|" not in first.statements
    conflict = next(gap for gap in result.findings if gap.status == "conflict")
    assert conflict.id == "G24|project:bus|budget_minor"
    assert "10,000\u00a0EUR" in conflict.headline.en
    assert "10\u00a0000\u00a0EUR" in conflict.headline.bg
    assert {claim.value for claim in details_of(conflict, ConflictDetails).claims} == {
        "1000000",
        "1200000",
    }


def test_two_sources_of_one_publisher_are_one():
    same = replace(PAPER, id="source:page-2", publisher=PAGE.publisher)
    both = {**SAID, "sources": ("source:page#1", "source:page-2#1")}
    third = {**SAID, "sources": ("source:page#1", "source:paper#1")}
    snapshot = view(
        *locals_of("abcd"),
        same,
        replace(partners("a", "b"), **both),
        replace(partners("b", "c"), **third),
    )
    gaps = {gap.key: gap for gap in one_rule(snapshot, "G24").findings}
    assert "PARTNERS_WITH|org:a|org:b|" in gaps["The Page"].statements
    assert "PARTNERS_WITH|org:b|org:c|" not in gaps["The Page"].statements


def test_evidence_of_another_publisher_makes_a_statement_independent():
    backing = Evidence(
        id="evidence:e",
        pack="town",
        subject="PARTNERS_WITH|org:a|org:b|",
        stance="supports",
        source="source:paper",
    )
    against = replace(backing, stance="contradicts")
    ties = [*locals_of("abc"), partners("a", "b"), partners("b", "c")]
    supported = details_of(one_rule(view(*ties, backing), "G24"), SourcingSummary).publishers
    assert supported["2+"] == 1
    assert details_of(one_rule(view(*ties, against), "G24"), SourcingSummary).publishers["2+"] == 0


def test_a_finding_that_falls_with_its_source_is_named():
    result = one_rule(view(*locals_of("abc"), partners("a", "b"), partners("b", "c")), "G24")
    (gap,) = result.findings
    assert details_of(gap, SinglePublisherDetails).wholly == ("G08|org:b",)
    assert gap.value == 1.0


def test_unsourced_statements_come_first():
    made_up = {"pack": "town", "standing": "illustrative", "sources": ()}
    ties = [replace(partners("a", "b"), **made_up), partners("b", "c")]
    result = one_rule(view(*locals_of("abc"), *ties), "G24")
    assert result.findings[0].status == "unsourced"
    assert result.findings[0].statements == ("PARTNERS_WITH|org:a|org:b|",)
    assert details_of(result, SourcingSummary).publishers == {"0": 1, "1": 1, "2+": 0}


def test_a_top_rank_is_carried_by_the_ties_of_the_actor():
    snapshot = view(*locals_of("ab"), partners("a", "b"))
    assert find_gaps(snapshot, ["G24"])[0].findings == ()
    (gap,) = find_gaps(snapshot, ["G24"], top=["org:a"])[0].findings
    (row,) = details_of(gap, SinglePublisherDetails).rows
    assert (row.statement, row.carries) == ("PARTNERS_WITH|org:a|org:b|", ("rank|org:a",))


def test_equal_values_written_differently_do_not_conflict():
    def claim(number, value, stance="supports"):
        return Evidence(
            id=f"evidence:{number}",
            pack="town",
            subject="org:a",
            property="website",
            value=value,
            stance=stance,
            source="source:page",
        )

    calm = view(
        *local("a"),
        claim(1, "Main  street"),
        claim(2, "main street"),
        claim(3, "elsewhere", "contradicts"),
    )
    assert details_of(one_rule(calm, "G24"), SourcingSummary).conflicts == 0
    torn = view(*local("a"), claim(1, "Main street"), claim(2, "Side street"))
    assert details_of(one_rule(torn, "G24"), SourcingSummary).conflicts == 1


def test_what_a_person_decided_is_sourced_as_that_decision():
    decided = partners("a", "b", standing="inferred", rule="decision:no-000001", sources=())
    ties = [partners("b", "c"), decided]
    assert (
        details_of(one_rule(view(*locals_of("abc"), *ties), "G24"), SourcingSummary).publishers["0"]
        == 0
    )
