"""What to do next: whom to invite, in which order projects come, what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ecosystem.desk import MATTERS, Desk, to_dict
from ecosystem.errors import ParameterError
from ecosystem.questions import fields
from ecosystem.questions.gaps import FollowedUp, SomeGaps
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer, Table
from ecosystem.values import Language, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.followup import FollowUp
    from ecosystem.analysis.inviting import Comparison, Guests, Invitation
    from ecosystem.analysis.roadmap import Choice, Roadmap
    from ecosystem.io.sheets import Sheet
    from ecosystem.model import Decision

USUAL_SIZE = 30
MOST_GUESTS = 500
MOST_PARTS = 1000


def _sectors() -> Collection[str]:
    from ecosystem.analysis.inviting import SECTORS_INVITED

    return SECTORS_INVITED


def _equal_shares() -> Mapping[str, int]:
    from ecosystem.analysis.inviting import EQUAL_SHARES

    return EQUAL_SHARES


def _size() -> Any:
    return fields.count(
        Text("Организации", "Organisations"),
        default=USUAL_SIZE,
        low=1,
        high=MOST_GUESTS,
        help=Text("Колко организации.", "How many organisations."),
    )


def _quotas() -> Any:
    return fields.pairs(
        Text("Дялове на секторите", "Quotas of the sectors"),
        key=fields.Word(label=Text("Сектор", "Sector"), known=_sectors),
        value=fields.Count(label=Text("Части", "Parts"), high=MOST_PARTS),
        prefix="q_",
        usual=_equal_shares,
        option="--quota",
        metavar="SECTOR=PARTS",
        help=Text(
            "Части от местата за сектор (по 1 за всеки от спиралата, 0 за друг).",
            "Parts of the places for a sector (1 for each of the helix, 0 for other).",
        ),
    )


def _organisations(bg: str, en: str, help_bg: str, help_en: str) -> Any:
    return fields.entities(
        Text(bg, en), "Organisation", joined=True, metavar="ID", help=Text(help_bg, help_en)
    )


class Rooms(Question["Comparison"]):
    """Two rooms side by side: recorded guests of events, or lists on themes."""

    name = "rooms"
    title = Text("Кой е и на двете места?", "Who is in both rooms?")
    path = "invite/compare"
    page = "invite/compare"
    command = "invite"

    view: View = fields.viewed()
    one: tuple[str, ...] = fields.entities(
        Text("Едното", "One"),
        "Theme",
        "Event",
        joined=True,
        positional=True,
        required=True,
        metavar="THEME",
        help=Text("Събитие, или теми.", "An event, or themes."),
    )
    other: tuple[str, ...] = fields.entities(
        Text("Другото", "The other"),
        "Theme",
        "Event",
        joined=True,
        required=True,
        option="--compare",
        metavar="EVENT",
        help=Text("Събитие, или теми през запетая.", "An event, or themes separated by commas."),
    )
    size: int = _size()
    quotas: tuple[tuple[str, int], ...] = _quotas()
    must: tuple[str, ...] = _organisations(
        "Непременно", "Always", "Винаги в списъка.", "Always invite (repeatable)."
    )
    without: tuple[str, ...] = _organisations(
        "Без", "Never", "Никога в списъка.", "Never invite (repeatable)."
    )

    def answer(self, ground: Ground) -> Comparison:
        from ecosystem.analysis.inviting import compare

        one, other = (self._room(what, ground) for what in (self.one, self.other))
        return compare(ground.snapshot(self.view), one, other)

    def _room(self, what: tuple[str, ...], ground: Ground) -> Guests:
        from ecosystem.analysis.inviting import guests_of, invited_guests

        events = [identity for identity in what if identity.startswith("event:")]
        if events:
            if len(what) > 1:
                raise ParameterError(
                    f"{events[0]}: an event is a room of its own.", "Name it alone."
                )
            return guests_of(ground.snapshot(replace(self.view, scope="all")), events[0])
        asked = Invite(
            view=self.view,
            themes=what,
            size=self.size,
            quotas=self.quotas,
            must=self.must,
            without=self.without,
        )
        return invited_guests(ground.ask(asked))

    def tables(self, found: Comparison, ground: Ground) -> Answer:
        from ecosystem.questions.tables.inviting import comparison

        return comparison(found)

    def sheets(self, found: Comparison, ground: Ground, lang: Language) -> Sequence[Sheet]:
        from ecosystem.questions.tables.inviting import comparison_sheets

        return comparison_sheets(found, lang)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        event = min(record.id for record in ground.facts.of_kind("Event"))
        return {"one": [event], "other": [event]}


class Invite(Question["Invitation"]):
    """Whom to invite to a workshop on themes: a list balanced by sector, with reasons."""

    name = "invite"
    title = Text("Кого да поканим?", "Whom should we invite?")
    path = "invite"
    command = "invite"

    view: View = fields.viewed()
    themes: tuple[str, ...] = fields.entities(
        Text("Теми", "Themes"),
        "Theme",
        address="theme",
        aliases=("theme_2", "theme_3"),
        joined=True,
        positional=True,
        required=True,
        metavar="THEME",
        help=Text("Темите на срещата.", "The themes of the workshop."),
    )
    size: int = _size()
    quotas: tuple[tuple[str, int], ...] = _quotas()
    must: tuple[str, ...] = _organisations(
        "Непременно", "Always", "Винаги в списъка.", "Always invite (repeatable)."
    )
    without: tuple[str, ...] = _organisations(
        "Без", "Never", "Никога в списъка.", "Never invite (repeatable)."
    )
    beside: str = fields.entity(
        Text("Сравнение със събитие", "Compared with an event"),
        "Event",
        "Theme",
        address="compare",
        looks=True,
        doors=("page",),
        default="",
    )

    def answer(self, ground: Ground) -> Invitation:
        from ecosystem.analysis.inviting import invite

        gaps = ground.ask(SomeGaps(view=self.view, rules=("G02", "G10", "G14")))
        return invite(
            ground.snapshot(self.view),
            self.themes,
            self.size,
            gaps=gaps,
            parts=dict(self.quotas),
            must=self.must,
            without=self.without,
        )

    def tables(self, found: Invitation, ground: Ground) -> Answer:
        from ecosystem.questions.tables.inviting import invitation

        return invitation(ground.snapshot(self.view), found)

    def sheets(self, found: Invitation, ground: Ground, lang: Language) -> Sequence[Sheet]:
        from ecosystem.questions.tables.inviting import invitation_sheets

        return invitation_sheets(ground.snapshot(self.view), self.view, found, lang)


class Programmes(Question["tuple[Choice, ...]"]):
    """The programmes of which a roadmap can be shown, those of the scope first."""

    name = "programmes"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> tuple[Choice, ...]:
        from ecosystem.analysis.roadmap import programmes

        everything = ground.snapshot(replace(self.view, scope="all"))
        return programmes(everything, ground.snapshot(self.view))


class RoadmapOf(Question["Roadmap"]):
    """The projects of a programme, or of the scope, in the order that people decided."""

    name = "roadmap"
    title = Text("Кой проект кога идва?", "Which project comes when?")
    path = "roadmap"
    command = "roadmap"
    rests = ("facts", "priority")

    view: View = fields.viewed()
    programme: str = fields.entity(
        Text("Програма", "Programme"),
        "Programme",
        positional=True,
        help=Text(
            "Програма или стратегия; всички проекти в обхвата.",
            "A programme or strategy; all projects of the scope.",
        ),
        default="",
    )

    def answer(self, ground: Ground) -> Roadmap:
        from ecosystem.analysis.roadmap import roadmap

        everything = ground.snapshot(replace(self.view, scope="all"))
        decided = ground.desk.standing("priority")
        return roadmap(everything, ground.snapshot(self.view), self.programme, decided)

    def tables(self, found: Roadmap, ground: Ground) -> Answer:
        from ecosystem.questions.tables.roadmap import roadmap

        return roadmap(ground.snapshot(self.view), found)

    def sheets(self, found: Roadmap, ground: Ground, lang: Language) -> Sequence[Sheet]:
        from ecosystem.questions.tables.roadmap import sheets

        everything = ground.snapshot(replace(self.view, scope="all"))
        return sheets(everything, self.view, found, lang)


# What was decided


@dataclass(frozen=True)
class OnTheDesk:
    """Every decision, and what became of the gaps that were taken up in the view's scope."""

    desk: Desk
    gaps: tuple[FollowUp, ...]

    def to_dict(self) -> dict[str, Any]:
        """The desk as plain values, decisions in the order in which they were made."""
        return {
            "gaps": [followed.to_dict() for followed in self.gaps],
            "decisions": [to_dict(decision) for decision in self.desk.decisions],
        }


class DeskOf(Question[OnTheDesk]):
    """Gaps taken up and what became of them; every decision."""

    name = "desk"
    title = Text("Какво решихме и какво стана?", "What did we decide, and what became of it?")
    path = "desk"
    keys = ("gaps", "decisions")
    command = "desk"
    rests = ("facts", *MATTERS)

    view: View = fields.viewed()
    matter: str = fields.word(
        Text("Какво", "Matter"),
        tuple(MATTERS),
        help=Text("Само тези решения.", "Only decisions of this matter."),
        positional=True,
        looks=True,
        doors=fields.SHOWN,
        default="",
    )
    history: bool = fields.switch(
        Text("И предишните", "Earlier ones too"),
        help=Text("И предишните решения.", "Earlier decisions too."),
        looks=True,
        doors=fields.SHOWN,
        default=False,
    )

    def answer(self, ground: Ground) -> OnTheDesk:
        return OnTheDesk(ground.desk, ground.ask(FollowedUp(view=self.view)))

    def tables(self, found: OnTheDesk, ground: Ground) -> Answer:
        from ecosystem.questions.tables.deciding import desk

        followed = found.gaps if self.matter in ("", "gap") else ()
        return desk(found.desk, followed, self.matter or None, self.history)


class Story(Question["tuple[Decision, ...]"]):
    """The saved views in their order, each with its sentence."""

    name = "story"
    title = Text("Какъв разказ показваме?", "Which story do we show?")
    path = "story"
    keys = ("id", "matter", "subject", "state", "heading")
    command = "story"
    rests = ("view",)
    paged = True

    def answer(self, ground: Ground) -> tuple[Decision, ...]:
        found = ground.desk.standing("view").values()
        return tuple(sorted(found, key=lambda view: (view.rank or 0, view.id)))

    def item(self, one: Decision) -> Any:
        return to_dict(one)

    def tables(self, found: tuple[Decision, ...], ground: Ground) -> Answer:
        table = Table(
            (Text("Име", "Name"), Text("Изречение", "Sentence"), Text("Адрес", "Address")),
            [(view.heading, view.note, view.subject) for view in found],
        )
        nothing = Text("Още няма запазен изглед.", "No view is saved yet.")
        return Answer(self.values(found), (table,) if found else (), () if found else (nothing,))


@dataclass(frozen=True)
class Correction:
    """A note that a statement should be corrected: who keeps it, and on what it rests."""

    statement: str
    name: Text
    pack: str
    sources: tuple[str, ...]
    state: str
    note: str
    decided_on: str


class Corrections(Question[tuple[Correction, ...]]):
    """Suggested corrections, each with the statement's id, pack and sources."""

    name = "corrections"
    title = Text("Кое трябва да се поправи?", "What should be corrected?")
    path = "corrections"
    command = "corrections"
    rests = ("facts", "correction")
    paged = True
    lacks = {"page": "they stand on the desk"}

    def answer(self, ground: Ground) -> tuple[Correction, ...]:
        records = ground.facts.records
        found = []
        for made in ground.desk.standing("correction").values():
            record = records.get(made.subject)
            name = getattr(record, "name", Text(made.subject, made.subject))
            pack, sources = (record.pack, record.sources) if record else ("", ())
            found.append(
                Correction(
                    made.subject, name, pack, sources, made.state, made.note, made.decided_on
                )
            )
        return tuple(sorted(found, key=lambda correction: correction.statement))

    def tables(self, found: tuple[Correction, ...], ground: Ground) -> Answer:
        headers = ("statement", "name", "pack", "sources", "state", "note", "decided_on")
        rows = [
            (
                one.statement,
                one.name,
                one.pack,
                " ".join(one.sources),
                one.state,
                one.note,
                one.decided_on,
            )
            for one in found
        ]
        return Answer(self.values(found), (Table(headers, rows),))
