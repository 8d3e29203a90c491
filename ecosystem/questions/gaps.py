"""What is missing, what becomes of it, and how surely it is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ecosystem.questions import fields
from ecosystem.questions.measuring import MeasuredBy
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Language, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.followup import FollowUp
    from ecosystem.analysis.gaps import RuleResult
    from ecosystem.io.sheets import Sheet

MOST_TIED = 5


def _rules() -> Collection[str]:
    from ecosystem.analysis.gaps import RULES

    return tuple(rule.id for rule in RULES)


class Gaps(Question["tuple[RuleResult, ...]"]):
    """What is missing, rule by rule, with formulas, evidence and what would close it.

    The rules about the map itself come before those about the ecosystem.
    """

    name = "gaps"
    title = Text("Какво липсва?", "What is missing?")
    path = "gaps"
    command = "gaps"
    paged = True

    view: View = fields.viewed()
    rules: tuple[str, ...] = fields.words(
        Text("Правила", "Rules"),
        _rules,
        address="rule",
        help=Text(
            "Например G12, с неговите таблици; всички.", "For example G12, with its tables; all."
        ),
        metavar="RULE",
        positional=True,
        what="gap rule",
        looks=True,
        default=(),
    )
    top: int = fields.count(
        Text("Редове", "Rows"),
        default=5,
        help=Text("Намереното по всяко правило.", "Findings shown per rule."),
        looks=True,
        doors=fields.SHOWN,
    )

    def answer(self, ground: Ground) -> tuple[RuleResult, ...]:
        from ecosystem.analysis.gaps import find_gaps

        return find_gaps(ground.snapshot(self.view), top=most_tied(self.view, ground))

    def narrowed(self, found: tuple[RuleResult, ...]) -> tuple[RuleResult, ...]:
        return tuple(one for one in found if not self.rules or one.rule in self.rules)

    def tables(self, found: tuple[RuleResult, ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables.gaps import gaps

        return gaps(ground.snapshot(self.view), found, self.top, tables_too=bool(self.rules))

    def sheets(
        self, found: tuple[RuleResult, ...], ground: Ground, lang: Language
    ) -> Sequence[Sheet]:
        from ecosystem.io.sheets import as_sheets
        from ecosystem.questions.tables.gaps import listed_whole

        snapshot = ground.snapshot(self.view)
        return as_sheets(listed_whole(snapshot, found, bool(self.rules)), self.title, lang)


class SomeGaps(Question["tuple[RuleResult, ...]"]):
    """The gaps of a few rules, for a list that rests on these alone."""

    name = "some gaps"

    view: View = fields.viewed()
    rules: tuple[str, ...] = fields.words(Text("Правила", "Rules"), _rules, default=())

    def answer(self, ground: Ground) -> tuple[RuleResult, ...]:
        from ecosystem.analysis.gaps import find_gaps

        return find_gaps(ground.snapshot(self.view), self.rules)


class FollowedUp(Question["tuple[FollowUp, ...]"]):
    """The gaps that were taken up in the view's scope, and what has become of them."""

    name = "follow-up"
    rests = ("facts", "gap")

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[FollowUp, ...]:
        from ecosystem.analysis.followup import follow_up

        found = ground.ask(Gaps(view=self.view))
        return follow_up(found, ground.desk.standing("gap"), self.view.scope)


def most_tied(view: View, ground: Ground) -> list[str]:
    """Who stands at the top of the ranking that the map shows first."""
    degree = ground.ask(MeasuredBy(view=view))
    return sorted(degree.ranks, key=lambda member: (degree.ranks[member], member))[:MOST_TIED]
