"""What a rule is and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ecosystem.analysis.gaps.details import NO_DETAILS, Details
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

D = TypeVar("D", bound=Details)
Status = Literal["found", "none found", "not recorded", "too few to tell", "undefined"]

STATUSES: dict[str, Text] = {
    # of a rule
    "found": Text("намерени", "found"),
    "none found": Text("няма намерени", "none found"),
    "too few to tell": Text("твърде малко данни за извод", "too few to tell"),
    "undefined": Text("няма стойност", "undefined"),
    # of a rule or a gap
    "not recorded": Text("не е записано", "not recorded"),
    # of a gap
    "absent": Text("липсва", "absent"),
    "possible": Text("възможно", "possible"),
    "single provider": Text("един доставчик", "single provider"),
    "thin": Text("слабо застъпен", "thin"),
    "no tie recorded": Text("няма записана връзка", "no tie recorded"),
    "small component": Text("отделна група", "separate group"),
    "single point": Text("единствена опора", "single point"),
    "single tie": Text("единствена връзка", "single tie"),
    "not reached": Text("не се достига", "not reached"),
    "incomplete": Text("непълен", "incomplete"),
    "unsourced": Text("без източник", "unsourced"),
    "single source": Text("един източник", "single source"),
    "conflict": Text("противоречие", "conflict"),
    "faded": Text("избледняло", "faded"),
    "unsure place": Text("несигурно място", "unsure place"),
    "below expectation": Text("под очакваното", "below expectation"),
    "inward": Text("затворен", "inward-looking"),
    "fragmented": Text("разпокъсано", "fragmented"),
    "introduction": Text("запознанство", "introduction"),
    "merge": Text("свързване на части", "joins two parts"),
    "concentrated": Text("съсредоточено", "concentrated"),
    "same few": Text("едни и същи", "the same few"),
    "falling": Text("спад", "falling"),
    "measured": Text("измерено", "measured"),
}
"""The words of every status, of a rule and of a single gap."""

ESTABLISHED = Text("утвърден метод", "established method")
CONVENTION = Text("по уговорка", "convention")
OWN_RULE = Text("собствено правило", "own rule")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a rule asks, how it measures, what it is measured against and what helps."""

    id: str
    title: Text
    question: Text
    formula: str
    explanation: Text
    expected: Text
    maturity: Text
    remedy: Text
    literature: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The rule as plain values."""
        values: dict[str, Any] = plain(self)
        return values


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One finding of a rule.

    Attributes
    ----------
    subjects
        What it is about: ids of nodes, or ``sector:industry`` and ``stakeholder:risk-capital``.
    key
        What makes the gap's id where its subjects do not.
    value, unit
        The measure, and in words what it measures; None where ``reason`` says why.
    interval
        Lowest and highest value: a 95 % interval, or what unrecorded ties could make of it.
    n
        How many things the value was measured on.
    statements
        Ids of the nodes and ties it rests on, sorted.
    details
        What the rule tells beside it, typed by the rule.
    """

    rule: str
    subjects: tuple[str, ...]
    status: str
    headline: Text
    closing: Text
    n: int
    unit: Text
    key: str = ""
    value: float | None = None
    expected: float | None = None
    interval: tuple[float, float] | None = None
    reason: Text | None = None
    statements: tuple[str, ...] = ()
    details: Details = NO_DETAILS

    @property
    def id(self) -> str:
        """Rule and subjects; the same at every date and in every scope."""
        return f"{self.rule}|{self.key or '|'.join(self.subjects)}"

    def to_dict(self) -> dict[str, Any]:
        """The gap as plain values."""
        return {"id": self.id, **plain(self)}


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """The answer of a rule for one snapshot.

    Attributes
    ----------
    n, context_n
        Organisations of the scope, and the other actors that are shown but never counted.
    coverage
        What is known completely, and so whether absence can be told.
    reason
        One sentence that says why the status is what it is.
    total
        How many gaps there are; ``findings`` may hold only the first of them.
    """

    rule: str
    n: int
    context_n: int
    status: Status
    coverage: Text
    reason: Text
    findings: tuple[Gap, ...] = ()
    total: int = 0
    details: Details = NO_DETAILS

    def findings_with(self, kind: type[D]) -> Iterator[tuple[Gap, D]]:
        """The findings whose details are of one kind, each with them."""
        for gap in self.findings:
            if isinstance(gap.details, kind):
                yield gap, gap.details

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        return {**plain(self), "findings": [gap.to_dict() for gap in self.findings]}


def answer(
    snapshot: Snapshot,
    rule: Rule,
    *,
    status: Status,
    coverage: Text,
    reason: Text,
    findings: Iterable[Gap] = (),
    total: int | None = None,
    details: Details = NO_DETAILS,
) -> RuleResult:
    """The result of ``rule`` with the two numbers that stand above every result."""
    gaps = tuple(findings)
    n = len(snapshot.actors())
    everyone = sum(
        node.kind in ("Organisation", "Person", "City") for node in snapshot.nodes.values()
    )
    return RuleResult(
        rule=rule.id,
        n=n,
        context_n=everyone - n,
        status=status,
        coverage=coverage,
        reason=reason,
        findings=gaps,
        total=len(gaps) if total is None else total,
        details=details,
    )


def status_of(findings: Iterable[Gap]) -> Status:
    """``not recorded`` where that is all the gaps say, ``none found`` where there are none."""
    kinds = {gap.status for gap in findings}
    if not kinds:
        return "none found"
    return "not recorded" if kinds == {"not recorded"} else "found"
