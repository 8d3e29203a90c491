"""What users decided, and what became of the gaps they took up."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.analysis.followup import OUTCOMES, FollowUp
from ecosystem.desk import MATTERS, WITHDRAWN, Desk, to_dict
from ecosystem.model import Decision
from ecosystem.tables import Answer, Table, date
from ecosystem.values import Text


def state(decision: Decision) -> Text:
    """The words of a decision's state, and what it sets."""
    words = MATTERS[decision.matter].states.get(decision.state, WITHDRAWN)
    if not decision.value:
        return words
    return Text(f"{words.bg}: {decision.value}", f"{words.en}: {decision.value}")


def desk(found: Desk, followed: Iterable[FollowUp], matter: str | None, history: bool) -> Answer:
    """The gaps that were taken up with their outcomes, then the decisions of every matter."""
    gaps = tuple(followed)
    matters = [matter] if matter else list(MATTERS)
    made = [
        one
        for name in matters
        for one in (
            [d for d in found.decisions if d.matter == name]
            if history
            else found.standing(name).values()
        )
    ]
    nothing = Text("Още няма решения.", "Nothing has been decided yet.")
    return Answer(
        {
            "gaps": [one.to_dict() for one in gaps],
            "decisions": [to_dict(one) for one in made],
        },
        (*([_gaps(gaps)] if gaps else []), _decisions(made)) if made else (),
        () if made else (nothing,),
    )


def _gaps(followed: Iterable[FollowUp]) -> Table:
    headers = (
        Text("Пропуск", "Gap"),
        Text("Решено", "Decided"),
        Text("Какво стана", "What became"),
        Text("Отговорник", "Owner"),
        Text("Срок", "Due"),
        Text("Какво е", "What it is"),
    )
    rows = [
        (
            one.gap_id,
            state(one.decision),
            OUTCOMES[one.outcome],
            one.decision.owner,
            date(one.decision.due_on),
            one.gap.sentence if one.gap else "",
        )
        for one in followed
    ]
    return Table(headers, rows, Text("Пропуски в работа", "Gaps taken up"))


def _decisions(made: Iterable[Decision]) -> Table:
    headers = (
        Text("Номер", "Id"),
        Text("Какво", "Matter"),
        Text("За какво", "Subject"),
        Text("Решение", "Decision"),
        Text("Кога", "When"),
        Text("Отговорник", "Owner"),
        Text("Срок", "Due"),
        Text("Бележка", "Note"),
    )
    rows = [
        (
            one.id,
            MATTERS[one.matter].title,
            f"{one.heading} {one.subject}".strip(),
            state(one),
            date(one.decided_on),
            one.owner,
            date(one.due_on),
            one.note,
        )
        for one in made
    ]
    return Table(headers, rows, Text("Решения", "Decisions"))


def decided(made: Decision) -> Answer:
    """The decision that was stored."""
    said = Text(
        f"{made.id}: {made.subject} – {state(made).bg}.",
        f"{made.id}: {made.subject} – {state(made).en}.",
    )
    return Answer(to_dict(made), (), (said,))
