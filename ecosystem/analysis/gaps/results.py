"""What a rule is and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ecosystem.analysis.gaps.apart import Apart, apart, doubt
from ecosystem.analysis.gaps.details import NO_DETAILS, Details
from ecosystem.lenses import ACTOR_KINDS
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

D = TypeVar("D", bound=Details)
Status = Literal[
    "found", "none found", "not recorded", "too few to tell", "too close to tell", "undefined"
]

STATUSES: dict[str, Text] = {
    # of a rule
    "found": Text("намерени", "found"),
    "none found": Text("няма намерени", "none found"),
    "too few to tell": Text("твърде малко данни за извод", "too few to tell"),
    "too close to tell": Text("на границата, не може да се каже", "too close to tell"),
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
    "single point": Text("държи се на една", "hangs on one"),
    "single tie": Text("само една връзка", "one tie only"),
    "not reached": Text("малко обща работа", "little joint work"),
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

UNJUDGED = Text(
    "Без извод: връзки, от които правилото съди, са оставени настрана.",
    "No conclusion: ties from which the rule judges are left out.",
)

SILENT: tuple[Status, ...] = ("too few to tell", "too close to tell", "undefined")
"""What a rule answers that says nothing of any gap."""

ESTABLISHED = Text("утвърден метод", "established method")
CONVENTION = Text("по уговорка", "convention")
OWN_RULE = Text("собствено правило", "own rule")


GROUPS: dict[str, Text] = {
    "missing": Text("Кой липсва", "Who is missing"),
    "separate": Text("Кой не работи с кого", "Who does not work together"),
    "hanging": Text("Какво се държи на един", "What hangs on one"),
    "unmet": Text("Какво се търси и не се среща", "What is needed and not met"),
    "figures": Text("Мрежата в числа", "The network in figures"),
    "sureness": Text("Колко сигурна е картата", "How sure is the map"),
}
"""What the rules are about, in the words of who reads them; gaps of the ecosystem come first."""

OF_ECOSYSTEM = ("missing", "separate", "hanging", "unmet")
"""The groups whose findings are gaps of the ecosystem; the others only tell how to read them."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a rule asks, how it measures, what it is measured against and what helps.

    Attributes
    ----------
    title
        What is missing, in two to four words.
    group
        The word in ``GROUPS`` for what it is about.
    judges
        The kinds of ties from whose absence it concludes. Where the view leaves some of them
        out that may hold, it concludes nothing about their ends.
    occurrences
        Whether it judges by what happened once, too: meetings and awards of money.
    whole
        Whether it concludes from all of them together, so that one left out is enough.
    reads
        Further kinds of ties that it looks at.
    """

    id: str
    title: Text
    group: str
    question: Text
    formula: str
    explanation: Text
    expected: Text
    maturity: Text
    remedy: Text
    literature: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    occurrences: bool = False
    whole: bool = False
    reads: tuple[str, ...] = ()

    def doubts(self, snapshot: Snapshot) -> tuple[Edge, ...]:
        """The ties from whose absence it would conclude, were they not left out of the view."""
        return doubt(snapshot, self.judges, occurrences=self.occurrences)

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
    sentence, step
        What is missing and who does what next, to be read at a glance: at most 120 signs, no
        brackets, no measure. They follow from the same details as ``headline`` and ``closing``.
    headline, closing
        The finding as it was measured, and all that would close it or make it smaller.
    ties, closes
        Pairs whose joint work would do that, the first the one of ``step``; none where no joint
        work would. Whether these together close it.
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
    asks
        Ids of those whom or what ``step`` names beside the first of ``ties`` and the subjects.
    """

    rule: str
    subjects: tuple[str, ...]
    status: str
    sentence: Text
    step: Text
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
    ties: tuple[tuple[str, str], ...] = ()
    closes: bool = False
    asks: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of all of whom its sentence and its step speak, each once."""
        need, offer = self.details.band
        acting = (*(end for pair in self.ties[:1] for end in pair), *self.asks)
        return tuple(dict.fromkeys((*self.subjects, *need, *offer, *self.details.spoken, *acting)))

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
        Organisations of the scope, and the actors from elsewhere that are shown, never counted.
    coverage
        What is known completely, and so whether absence can be told.
    reason
        One sentence that says why the status is what it is.
    total
        How many gaps there are; ``findings`` may hold only the first of them.
    apart
        What would be a gap, were it not for ties that the view leaves out, or for a tie by which
        it is none; never counted.
    left_out
        Which of the ties that the rule reads the view leaves out, and why; None for none, and
        where the reason says it.
    unjudged
        Whether the rule concludes nothing at all, because of what is left out.
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
    apart: tuple[Apart, ...] = ()
    left_out: Text | None = None
    unjudged: bool = False

    def leaves_open(self, gap_id: str) -> bool:
        """Whether it cannot say that a gap is gone, because of what the view leaves out."""
        return self.unjudged or any(one.gap == gap_id and one.doubtful for one in self.apart)

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
    aside: Iterable[Apart] = (),
) -> RuleResult:
    """The result of ``rule`` with the numbers that stand above every result.

    Nothing is concluded from ties that the view leaves out, and nothing is said not to be there.

    Parameters
    ----------
    aside
        What ``judged`` sets apart of the findings.
    """
    gaps, kept_apart = tuple(findings), tuple(aside)
    left_out = snapshot.left_out.of_kind(*rule.judges, *rule.reads)
    note = snapshot.left_out.note(left_out)
    unsure = snapshot.left_out.may_count(left_out)
    unjudged = rule.whole and bool(snapshot.actors()) and bool(rule.doubts(snapshot))
    if unjudged:
        reason = reason if status == "not recorded" and not gaps else UNJUDGED
        status, gaps, total, details = "not recorded", (), 0, NO_DETAILS
    elif not gaps and (
        any(one.doubtful for one in kept_apart) or (status == "none found" and unsure)
    ):
        status = "not recorded"
    return RuleResult(
        rule=rule.id,
        n=len(snapshot.actors()),
        context_n=sum(snapshot.nodes[one].kind in ACTOR_KINDS for one in snapshot.external),
        status=status,
        coverage=coverage,
        reason=reason,
        findings=gaps,
        total=len(gaps) if total is None else total,
        details=details,
        apart=kept_apart,
        left_out=note if note and note.en not in reason.en else None,
        unjudged=unjudged,
    )


def judged(
    snapshot: Snapshot, rule: Rule, findings: Iterable[Gap]
) -> tuple[tuple[Gap, ...], tuple[Apart, ...]]:
    """The findings that hold whatever the view leaves out, and the others, set apart."""
    kept: list[Gap] = []
    aside: list[Apart] = []
    doubts = rule.doubts(snapshot)
    for gap in findings:
        other = apart(snapshot, doubts, gap.id, gap.subjects) if doubts else None
        if other is None:
            kept.append(gap)
        else:
            aside.append(other)
    return tuple(kept), tuple(aside)


def status_of(findings: Iterable[Gap]) -> Status:
    """``not recorded`` where that is all the gaps say, ``none found`` where there are none."""
    kinds = {gap.status for gap in findings}
    if not kinds:
        return "none found"
    return "not recorded" if kinds == {"not recorded"} else "found"
