"""What has become of the gaps that somebody took up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.gaps import Gap, RuleResult
from ecosystem.analysis.gaps.results import SILENT
from ecosystem.model import Decision
from ecosystem.values import Text

SPLIT = " "

OUTCOMES: dict[str, Text] = {
    "there": Text("още го има", "still there"),
    "gone": Text("вече не се открива: затворил се е сам", "no longer found: it closed by itself"),
    "back": Text("решен като затворен, но още се открива", "decided closed, and still found"),
    "settled": Text("затворен и вече не се открива", "closed and no longer found"),
    "unseen": Text(
        "не може да се каже: показват се само първите находки на правилото",
        "cannot be told: only the first findings of the rule are listed",
    ),
    "untold": Text(
        "не може да се каже: правилото вече няма стойност",
        "cannot be told: the rule has no value any more",
    ),
    "left out": Text(
        "не може да се каже: връзки, от които правилото съди, са извън този изглед",
        "cannot be told: ties from which the rule judges are left out of this view",
    ),
    "set aside": Text("отбелязан, че не е пропуск", "set aside as not a gap"),
}
"""What a gap that was taken up has come to, by what the map says today."""


@dataclass(frozen=True)
class FollowUp:
    """One gap that was taken up: the decision that stands, the gap if it is found, the outcome.

    ``rule`` and ``gap_id`` are of the decision; ``gap`` is None where it is not found now.
    """

    decision: Decision
    rule: str
    gap_id: str
    gap: Gap | None
    outcome: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "rule": self.rule,
            "gap": self.gap_id,
            "outcome": self.outcome,
            "found": self.gap is not None,
            "state": self.decision.state,
            "owner": self.decision.owner,
            "due_on": self.decision.due_on,
            "decided_on": self.decision.decided_on,
            "note": self.decision.note,
            "decision": self.decision.id,
        }


def subject(scope: str, gap_id: str) -> str:
    """What a decision about a gap is about: the gap as seen in ``scope``."""
    return f"{scope}{SPLIT}{gap_id}"


def follow_up(
    results: Iterable[RuleResult], decisions: Mapping[str, Decision], scope: str
) -> tuple[FollowUp, ...]:
    """The gaps of ``scope`` that were taken up, in the order of rules, then of their ids.

    Parameters
    ----------
    results
        The answers of every rule in the scope.
    decisions
        The decisions about gaps that stand, by subject; those of other scopes are left out.
    """
    by_rule = {result.rule: result for result in results}
    order = {rule: place for place, rule in enumerate(by_rule)}
    found = []
    for about, decision in decisions.items():
        of, _, gap_id = about.partition(SPLIT)
        if of == scope:
            found.append(_one(by_rule, decision, gap_id))
    return tuple(sorted(found, key=lambda one: (order.get(one.rule, len(order)), one.gap_id)))


def _one(by_rule: Mapping[str, RuleResult], decision: Decision, gap_id: str) -> FollowUp:
    rule = gap_id.partition("|")[0]
    result = by_rule.get(rule)
    gap = next((g for g in result.findings if g.id == gap_id), None) if result else None
    return FollowUp(decision, rule, gap_id, gap, _outcome(decision.state, gap_id, result, gap))


def _outcome(state: str, gap_id: str, result: RuleResult | None, gap: Gap | None) -> str:
    if state == "not a gap":
        return "set aside"
    if gap is not None:
        return "back" if state == "closed" else "there"
    if result is None or result.status in SILENT:
        return "untold"
    if result.leaves_open(gap_id):
        return "left out"
    if result.total > len(result.findings):
        return "unseen"
    return "settled" if state == "closed" else "gone"
