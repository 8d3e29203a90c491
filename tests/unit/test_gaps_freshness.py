"""What has gone stale: the newest confirmation counts, and the past does not age."""

from dataclasses import replace

import pytest

from ecosystem.analysis.gaps.freshness import StatesSummary, confirmed, months, open_states
from ecosystem.model import Event, Evidence, MemberOf, Project
from tests.unit.gap_town import (
    PAGE,
    PAPER,
    SAID,
    locals_of,
    one_rule,
    partners,
    takes_part,
    view,
)

# The day of every view is 2024-01-01.
OLD, NEW = replace(PAGE, published_on="2018"), replace(PAPER, published_on="2023-06")
BY_NEW = {"sources": ("source:paper#1",)}
TIE = "PARTNERS_WITH|org:a|org:b|"


def town(*records, sources=(OLD, NEW)):
    return view(*sources, *records)


def seats(slugs):
    """Organisations whose seats a recent document confirms."""
    return [replace(r, **BY_NEW) if hasattr(r, "target") else r for r in locals_of(slugs)]


def stale_in(*records, **chosen):
    return one_rule(town(*seats("ab"), *records, **chosen), "G21")


def test_an_old_document_fades_what_it_alone_confirms():
    result = stale_in(partners("a", "b"))
    (gap,) = result.findings
    assert gap.subjects == ("source:page",)
    assert gap.statements == (TIE,)
    # A year counts to its last day, so that nothing is called older than it may be.
    assert gap.value == pytest.approx(60, abs=0.1)
    assert result.details == StatesSummary(
        states=3, faded=1, recent=2, unknown=0, years={"0": 2, "5": 1}
    )
    assert "last confirmed 5.0 years ago" in gap.headline.en


def test_a_second_newer_document_keeps_it_fresh():
    both = partners("a", "b", sources=("source:page#1", "source:paper#1"))
    assert stale_in(both).status == "none found"


def test_what_was_seen_counts_before_what_was_published():
    seen = Evidence(
        id="evidence:e",
        pack="town",
        subject=TIE,
        stance="supports",
        source="source:page",
        observed_on="2023-12-01",
    )
    assert stale_in(partners("a", "b"), seen).status == "none found"
    denied = replace(seen, stance="contradicts")
    assert stale_in(partners("a", "b"), denied).details.faded == 1
    before = replace(seen, observed_on="2017-01-01")
    recent = partners("a", "b", **BY_NEW)
    assert stale_in(recent, before).details.faded == 1


def test_an_undated_document_is_of_unknown_age_and_not_old():
    result = stale_in(partners("a", "b"), sources=(PAGE, NEW))
    (gap,) = result.findings
    assert (result.status, gap.status, gap.value) == ("not recorded", "not recorded", None)
    assert gap.reason.en == "The sources are undated."


def test_what_is_over_or_happened_cannot_go_stale():
    past = Project(id="project:past", name_en="Past", until="2019", **SAID)
    event = Event(id="event:e", name_en="E", since="2018", **SAID)
    over = [
        past,
        takes_part("org:a", "project:past"),
        event,
        takes_part("org:a", "event:e"),
        partners("a", "b", since="2015", until="2017"),
    ]
    assert stale_in(*over).details.states == 2
    now = Project(id="project:now", name_en="Now", until="ongoing", **SAID)
    assert stale_in(now, takes_part("org:a", "project:now")).details.faded == 1


def test_a_stated_end_ahead_is_no_open_state():
    ahead = partners("a", "b", since="2018", until="2030")
    assert stale_in(ahead).details.states == 2
    assert stale_in(replace(ahead, until="ongoing")).details.faded == 1


def test_documents_that_carry_more_come_first():
    older = replace(PAGE, id="source:older", publisher="The Older", published_on="2010")
    member = MemberOf(source="org:a", target="org:b", **{**SAID, "sources": ("source:older#1",)})
    more = [partners("a", "c"), partners("b", "c")]
    snapshot = town(*seats("abc"), *more, member, older)
    assert [gap.subjects for gap in one_rule(snapshot, "G21").findings] == [
        ("source:page",),
        ("source:older",),
    ]


def test_later_documents_are_fresh_and_no_date_is_no_age():
    snapshot = town(*seats("ab"), partners("a", "b", **BY_NEW))
    (tie,) = (state for state in open_states(snapshot) if state.kind == "PARTNERS_WITH")
    assert confirmed(snapshot, tie) == ("2023-06-30", "source:paper")
    assert months("2023-06-30", "2020-01-01") == 0
    forever = view(*locals_of("ab"), partners("a", "b"), as_of="9999-12-31")
    assert one_rule(forever, "G21").status == "undefined"
    assert one_rule(view(), "G21").status == "none found"
