"""What people decided and noted, and what became of the store: never part of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem.columns import choice, day, integer, moment, reference, text
from ecosystem.model.record import Node
from ecosystem.values import LONGEST_CELL, Text

BY = Text("кой", "who")
AT = Text("кога", "when")


@dataclass(frozen=True, kw_only=True)
class Decision(Node):
    """What a user decided about a subject.

    ``heading`` is what its author calls the subject, ``rank`` its place in an order of theirs,
    ``value`` what a decision sets, such as a capacity.
    """

    prefix: ClassVar[str] = "decision"
    label: ClassVar[Text] = Text("Решение", "Decision")

    subject: str = text(Text("предмет", "subject"), required=True)
    matter: str = text(Text("за какво", "matter"), required=True)
    state: str = text(Text("състояние", "state"))
    value: str = text(Text("стойност", "value"), longest=LONGEST_CELL)
    heading: str = text(Text("име", "heading"))
    rank: int | None = integer(Text("място", "rank"), low=1, high=1000)
    owner: str = text(Text("кой отговаря", "who sees to it"))
    due_on: str = day(Text("до кога", "by when"))
    note: str = text(Text("бележка", "note"))
    by: str = text(BY)
    at: str = moment(AT)

    @property
    def decided_on(self) -> str:
        """The day of the decision."""
        return self.at[:10]


@dataclass(frozen=True, kw_only=True)
class Candidate(Node):
    """A record that a text, a file or an actor suggests and that waits for review.

    ``payload`` is the record as a line of JSON; ``start`` and ``end`` are places in the text of
    its origin, counted in characters from 0.
    """

    prefix: ClassVar[str] = "candidate"
    label: ClassVar[Text] = Text("Предложение", "Candidate")

    payload: str = text(Text("съдържание", "payload"), required=True, longest=LONGEST_CELL)
    origin: str = text(Text("произход", "origin"), required=True)
    locator: str = text(Text("място в източника", "locator"))
    rule: str = text(Text("правило", "rule"))
    start: int | None = integer(Text("начало на цитата", "start of the quote"), low=0)
    end: int | None = integer(Text("край на цитата", "end of the quote"), low=0)
    state: str = choice(
        Text("състояние", "state"),
        {
            "waiting": Text("чака", "waiting"),
            "accepted": Text("приета", "accepted"),
            "rejected": Text("отхвърлена", "rejected"),
        },
        required=True,
    )
    at: str = moment(AT)


@dataclass(frozen=True, kw_only=True)
class Change(Node):
    """One change of the store: who made it, when, why, what it did.

    ``before`` and ``after`` are revisions; ``undoes`` is the change that it takes back. ``kinds``
    are entries ``Kind added changed removed``. ``parts`` pieces of ``size`` signs hold what is
    needed to take it back: none where that is not kept, or no longer. ``decided`` is the number
    of the last decision before it, by which both stand in one order.
    """

    prefix: ClassVar[str] = "change"
    label: ClassVar[Text] = Text("Промяна", "Change")

    at: str = moment(AT)
    by: str = text(BY)
    what: str = choice(
        Text("какво", "what"),
        {
            "load": Text("зареждане", "load"),
            "import": Text("внасяне", "import"),
            "undo": Text("връщане", "taken back"),
            "restore": Text("възстановяване", "restore"),
            "forget": Text("забравен човек", "a person forgotten"),
        },
        required=True,
    )
    why: str = text(Text("защо", "why"))
    packs: tuple[str, ...] = text(Text("пакети", "packs"), many=True)
    added: int | None = integer(Text("добавени", "added"), low=0)
    changed: int | None = integer(Text("променени", "changed"), low=0)
    removed: int | None = integer(Text("премахнати", "removed"), low=0)
    kinds: tuple[str, ...] = text(Text("по видове", "by kind"), many=True)
    before: int | None = integer(Text("от редакция", "from revision"), low=0)
    after: int | None = integer(Text("до редакция", "to revision"), low=0)
    undoes: str = text(Text("връща", "takes back"))
    parts: int | None = integer(Text("части", "pieces"), low=0)
    size: int | None = integer(Text("размер", "size"), low=0)
    decided: int | None = integer(Text("решения преди това", "decisions before"), low=0)

    @property
    def number(self) -> int:
        """Its place among the changes, from 1."""
        return int(self.id.removeprefix("change:").removeprefix("no-"))


@dataclass(frozen=True, kw_only=True)
class ChangePart(Node):
    """A piece of what is needed to take a change back, compressed.

    Its ``ids`` say which records the change touched, its ``records`` what those that it changed
    or removed were before.
    """

    prefix: ClassVar[str] = "part"
    label: ClassVar[Text] = Text("Част от промяна", "Part of a change")

    change: str = text(Text("промяна", "change"), required=True)
    number: int | None = integer(Text("номер", "number"), low=0)
    holds: str = choice(
        Text("какво съдържа", "what it holds"),
        {
            "ids": Text("номера", "ids"),
            "records": Text("записи", "records"),
        },
    )
    content: str = text(Text("съдържание", "content"), longest=LONGEST_CELL)


@dataclass(frozen=True, kw_only=True)
class Forgotten(Node):
    """That somebody was forgotten: whoever knows the id finds it so, and nobody finds the id."""

    prefix: ClassVar[str] = "forgotten"
    label: ClassVar[Text] = Text("Забравен човек", "A person forgotten")

    salt: str = text(Text("сол", "salt"), required=True)
    digest: str = text(Text("отпечатък", "digest"), required=True)
    at: str = moment(AT)


@dataclass(frozen=True, kw_only=True)
class Assessment(Node):
    """How somebody judges a stakeholder, from 1 (least) to 5."""

    prefix: ClassVar[str] = "assessment"
    label: ClassVar[Text] = Text("Оценка", "Assessment")

    subject: str = reference(Text("предмет", "subject"), required=True)
    matter: str = text(Text("за какво", "matter"))
    power: int | None = integer(Text("влияние", "power"), low=1, high=5)
    interest: int | None = integer(Text("интерес", "interest"), low=1, high=5)
    attitude: int | None = integer(Text("нагласа", "attitude"), low=1, high=5)
    by: str = text(BY)
    on: str = day(AT)


@dataclass(frozen=True, kw_only=True)
class Meeting(Node):
    """A meeting of a city and its mentor, what came of it, and what comes next."""

    prefix: ClassVar[str] = "meeting"
    label: ClassVar[Text] = Text("Среща", "Meeting")

    pair: str = text(Text("двойка", "pair"), required=True)
    on: str = day(AT)
    topics: tuple[str, ...] = text(Text("теми", "topics"), many=True)
    outcome: str = text(Text("резултат", "outcome"))
    next_step: str = text(Text("следваща стъпка", "next step"))
