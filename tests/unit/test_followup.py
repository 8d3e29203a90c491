"""What has become of a gap that somebody took up."""

from dataclasses import replace

import pytest

from ecosystem.analysis.followup import OUTCOMES, follow_up, subject
from ecosystem.analysis.gaps import find_gaps
from ecosystem.model import Decision
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

SCOPE = "city:alpha"
ALONE = "G06|org:loner"


@pytest.fixture(scope="module")
def results():
    """Every rule on the tiny town, where one foundation stands alone."""
    return find_gaps(Snapshot.of(tiny(), as_of="2026-01-31", scope=SCOPE))


def taken(state, gap=ALONE, scope=SCOPE):
    """One decision about a gap, by its subject."""
    about = subject(scope, gap)
    one = Decision(id="decision:no-000001", pack="local", matter="gap", subject=about, state=state)
    return {about: one}


def without(results, rule, **changes):
    """The results with one rule changed."""
    return [replace(one, **changes) if one.rule == rule else one for one in results]


@pytest.mark.parametrize(
    ("state", "there", "gone"),
    [
        ("open", "there", "gone"),
        ("planned", "there", "gone"),
        ("closed", "back", "settled"),
        ("not a gap", "set aside", "set aside"),
    ],
)
def test_a_gap_is_still_there_gone_back_or_settled(results, state, there, gone):
    (found,) = follow_up(results, taken(state), SCOPE)
    assert found.outcome == there and found.gap.id == ALONE
    nobody = without(results, "G06", findings=(), total=0, status="none found")
    (found,) = follow_up(nobody, taken(state), SCOPE)
    assert found.outcome == gone and found.gap is None


def test_a_gap_beyond_the_listed_findings_cannot_be_told(results):
    longer = without(results, "G06", findings=(), total=40)
    assert follow_up(longer, taken("open"), SCOPE)[0].outcome == "unseen"


@pytest.mark.parametrize("status", ["too few to tell", "undefined"])
def test_a_rule_without_a_value_closes_nothing(results, status):
    silent = without(results, "G06", findings=(), total=0, status=status)
    assert follow_up(silent, taken("open"), SCOPE)[0].outcome == "untold"


def test_a_rule_that_is_no_more_closes_nothing(results):
    assert follow_up(results, taken("open", gap="G99|x"), SCOPE)[0].outcome == "untold"


def test_gaps_of_another_scope_are_not_judged(results):
    assert follow_up(results, taken("open", scope="all"), SCOPE) == ()


def test_outcomes_come_in_the_order_of_the_rules(results):
    decisions = {**taken("open", gap="G12|theme:x"), **taken("open"), **taken("open", gap="G24|y")}
    assert [one.rule for one in follow_up(results, decisions, SCOPE)] == ["G06", "G12", "G24"]


def test_every_outcome_has_both_languages():
    assert all(text.bg and text.en for text in OUTCOMES.values())


def test_a_gap_that_was_closed_and_never_left_did_not_come_back(results):
    (found,) = follow_up(results, taken("closed"), SCOPE)
    assert OUTCOMES[found.outcome].en == "decided closed, and still found"
