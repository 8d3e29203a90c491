"""The desk: what users decided about gaps, mentor pairs, priorities, corrections and views.

Decisions are only ever added. The last one about a subject counts, those before it are its
history, and an empty state means that nothing is decided any more: so nothing is lost, and
taking a decision back is a decision too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from ecosystem import same
from ecosystem.checks import check
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.errors import DataError, NotFoundError, ParameterError, StoreChangedError
from ecosystem.model import LOCAL_PACK, Decision, Mentors, columns
from ecosystem.values import ONGOING, Text, present_moment

if TYPE_CHECKING:
    from ecosystem.contents import Contents

LONGEST = {
    "subject": 2000,
    "state": 40,
    "owner": 120,
    "heading": 120,
    "note": 2000,
    "value": 2000,
    "by": 120,
}
TRIES = 5
FIELDS = (
    "id",
    "matter",
    "subject",
    "state",
    "heading",
    "rank",
    "owner",
    "due_on",
    "decided_on",
    "note",
    "value",
    "by",
    "at",
)
KEPT = ("state", "heading", "owner", "due_on", "note")
"""What a decision keeps where only its rank changes."""
OVERTAKEN = "desk: somebody else has decided about this meanwhile."


@dataclass(frozen=True)
class Matter:
    """What can be decided about one sort of subject."""

    title: Text
    subject: Text
    states: Mapping[str, Text]


MATTERS: dict[str, Matter] = {
    "gap": Matter(
        Text("Пропуск", "Gap"),
        Text("обхват и номер на пропуска, разделени с интервал", "scope and gap id, with a space"),
        {
            "open": Text("отворен", "open"),
            "planned": Text("планиран", "planned"),
            "closed": Text("затворен", "closed"),
            "not a gap": Text("не е пропуск", "not a gap"),
        },
    ),
    "match": Matter(
        Text("Двойка за менторство", "Mentor pair"),
        Text("градът, който търси, и менторът, разделени с >", "the city that looks > the mentor"),
        {
            "accepted": Text("приета", "accepted"),
            "declined": Text("отхвърлена", "declined"),
            "locked": Text("закрепена", "locked"),
        },
    ),
    "priority": Matter(
        Text("Приоритет", "Priority"),
        Text("номер на проект", "id of a project"),
        {
            "high": Text("висок", "high"),
            "medium": Text("среден", "medium"),
            "low": Text("нисък", "low"),
        },
    ),
    "correction": Matter(
        Text("Поправка", "Correction"),
        Text("номер на твърдение", "id of a statement"),
        {
            "suggested": Text("предложена", "suggested"),
            "done": Text("нанесена", "made"),
            "refused": Text("отказана", "refused"),
        },
    ),
    "same": Matter(
        Text("Едно и също", "The same"),
        Text("двата номера, разделени с =", "two ids with = between"),
        {
            "same": Text("едно и също", "the same"),
            "different": Text("различни", "different"),
            "later": Text("за по-късно", "for later"),
        },
    ),
    "capacity": Matter(
        Text("Капацитет", "Capacity"),
        Text("номер на град", "id of a city"),
        {"set": Text("определен", "set")},
    ),
    "note": Matter(
        Text("Бележка", "Note"),
        Text("номер на запис", "id of a record"),
        {"kept": Text("запазена", "kept")},
    ),
    "candidate": Matter(
        Text("Предложение", "Candidate"),
        Text("номер на предложение", "id of a candidate"),
        {
            "accepted": Text("прието", "accepted"),
            "rejected": Text("отхвърлено", "rejected"),
            "later": Text("за по-късно", "for later"),
        },
    ),
    "view": Matter(
        Text("Запазен изглед", "Saved view"),
        Text("адрес на страница без езика", "address of a page without the language"),
        {"kept": Text("запазен", "kept")},
    ),
}
"""Every matter with its states, in the order in which they are offered."""

WITHDRAWN = Text("оттеглено", "withdrawn")


@dataclass(frozen=True)
class Desk:
    """Every decision, in the order in which they were made."""

    decisions: tuple[Decision, ...] = ()
    _by_subject: dict[tuple[str, str], list[Decision]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, dataset: Dataset) -> Desk:
        """The decisions in ``dataset``."""
        found = tuple(cast("list[Decision]", dataset.of_kind("Decision")))
        by_subject: dict[tuple[str, str], list[Decision]] = {}
        for decision in found:
            by_subject.setdefault((decision.matter, decision.subject), []).append(decision)
        return cls(found, by_subject)

    def history(self, matter: str, subject: str) -> tuple[Decision, ...]:
        """What was decided about ``subject``, the oldest first."""
        return tuple(self._by_subject.get((matter, subject), ()))

    def last(self, matter: str, subject: str) -> Decision | None:
        """The last decision about ``subject``, even one that withdraws; None before the first."""
        history = self.history(matter, subject)
        return history[-1] if history else None

    def standing(self, matter: str) -> dict[str, Decision]:
        """The decisions of a matter that stand, by subject; withdrawn ones are left out."""
        last = {
            subject: counting[-1]
            for (of, subject), made in self._by_subject.items()
            if of == matter and (counting := [one for one in made if not one.deprecated])
        }
        return {subject: decision for subject, decision in last.items() if decision.state}

    def capacities(self) -> dict[str, int]:
        """How many cities each mentor takes at once, where that was decided."""
        return {city: int(made.value) for city, made in self.standing("capacity").items()}

    def next_id(self) -> str:
        """The id of the next decision; ids grow, so that their order is the order in time."""
        highest = max((int(one.id.rpartition("-")[2]) for one in self.decisions), default=0)
        return f"decision:no-{highest + 1:06d}"


def checked(decision: Decision) -> None:
    """Refuse a decision that cannot be stored.

    Raises
    ------
    NotFoundError
        For a matter or state that there is not.
    ParameterError
        For a text that is too long, or a due date that is no day.
    DataError
        For contact data in a text.
    """
    if decision.matter not in MATTERS:
        raise NotFoundError("matter", decision.matter, MATTERS)
    states = MATTERS[decision.matter].states
    if decision.state and decision.state not in states:
        raise NotFoundError(f"state of a {decision.matter}", decision.state, states)
    for name, longest in LONGEST.items():
        if len(getattr(decision, name)) > longest:
            raise ParameterError(
                f"{name}: it has {len(getattr(decision, name))} characters, more than {longest}.",
                "Shorten it.",
            )
    if decision.matter == "match" and decision.state == "declined" and not decision.note:
        raise ParameterError("note: it is empty.", "Say in a sentence why the pair is declined.")
    if decision.matter == "capacity" and decision.state and not decision.value.isdecimal():
        raise ParameterError("value: it is no whole number.", "Say how many cities, as 3.")
    one_of_two = decision.value in same.pair(decision.subject)
    if decision.matter == "same" and decision.state == same.SAME and not one_of_two:
        raise ParameterError("value: it is neither of the two.", "Say which id is kept.")
    problems = check(Dataset.of([decision]))
    if problems:
        raise DataError(problems)


def parsed(values: Mapping[str, str]) -> dict[str, Any]:
    """The texts of a form or a command as values of a Decision.

    Raises
    ------
    ParameterError
        For a field that there is not, or a text that cannot be read.
    """
    known = columns(Decision)
    found: dict[str, Any] = {}
    for name, text in values.items():
        if name not in known:
            raise ParameterError(f"{name}: a decision has no such field.", "Leave it out.")
        try:
            found[name] = known[name].parse(text.strip().replace("\r\n", "\n"))
        except ValueError as error:
            raise ParameterError(f"{name}: {error}", "Change it.") from None
    if len(found.get("due_on", "")) not in (0, 10):
        raise ParameterError(f"due_on: {found['due_on']!r} is not a day.", "Write it 2026-01-31.")
    return found


def decide(
    contents: Contents,
    matter: str,
    subject: str,
    values: Mapping[str, Any],
    *,
    seen: str | None = None,
) -> Decision:
    """Store one more decision, and with it what follows from it; returns the decision.

    An accepted mentor pair writes its MENTORS tie, any other decision about the pair removes
    it, in the same transaction.

    Parameters
    ----------
    values
        ``state``, ``owner``, ``due_on``, ``note``, ``heading``, ``rank``; what is left out is
        empty. ``themes`` are those of the MENTORS tie.
    seen
        The id of the last decision about the subject that its author knew, empty for none;
        None asks nothing.

    Raises
    ------
    StoreChangedError
        Where somebody else decided about the subject after ``seen``; nothing was stored.
    NotFoundError, ParameterError, DataError
        As ``checked`` says.
    """
    given = dict(values)
    themes = tuple(given.pop("themes", ()))
    for _ in range(TRIES - 1):
        try:
            return _decide_once(contents, matter, subject, given, themes, seen)
        except StoreChangedError as error:
            if error.message == OVERTAKEN:
                raise
    return _decide_once(contents, matter, subject, given, themes, seen)


def _decide_once(
    contents: Contents,
    matter: str,
    subject: str,
    given: Mapping[str, Any],
    themes: tuple[str, ...],
    seen: str | None,
) -> Decision:
    present = contents.present()
    desk = Desk.of(present.decisions)
    last = desk.last(matter, subject)
    if seen is not None and seen != (last.id if last else ""):
        raise StoreChangedError(OVERTAKEN, "Look at what they decided, then decide again.")
    decision = Decision(
        id=desk.next_id(),
        pack=LOCAL_PACK,
        subject=subject,
        matter=matter,
        at=present_moment(),
        **given,
    )
    checked(decision)
    if last is not None and _says_the_same(last, decision):
        return last
    changes = _with_tie(present.stated, decision, themes)
    contents.apply(changes, expected=present.revision)
    return decision


def _says_the_same(one: Decision, other: Decision) -> bool:
    return replace(one, id=other.id, at=other.at) == other


def pair(subject: str) -> tuple[str, str]:
    """The city that looks for a mentor, and the mentor, of a decision about a match."""
    mentee, _, mentor = subject.partition(">")
    return mentee, mentor


def _with_tie(facts: Dataset, decision: Decision, themes: tuple[str, ...]) -> ChangeSet:
    """The decision, and for a mentor pair the tie that it makes or ends."""
    if decision.matter != "match":
        return ChangeSet(added=(decision,))
    mentee, mentor = pair(decision.subject)
    old = tuple(
        edge
        for edge in facts.of_kind("MENTORS")
        if isinstance(edge, Mentors)
        and (edge.source, edge.target) == (mentor, mentee)
        and edge.rule.startswith("decision:")
    )
    if decision.state != "accepted":
        return ChangeSet(added=(decision,), removed=old)
    tie = Mentors(
        pack=LOCAL_PACK,
        source=mentor,
        target=mentee,
        key=decision.id.partition(":")[2],
        since=decision.decided_on,
        until=ONGOING,
        standing="inferred",
        rule=decision.id,
        themes=themes,
    )
    problems = check(Dataset.of([tie]), facts)
    if problems:
        raise DataError(problems)
    return ChangeSet(added=(decision, tie), removed=old)


def to_dict(decision: Decision) -> dict[str, Any]:
    """A decision as plain values, without what only statements of fact have."""
    return {name: getattr(decision, name) for name in FIELDS}
