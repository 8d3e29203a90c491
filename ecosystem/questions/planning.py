"""What to do next: whom to invite, in which order projects come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ecosystem.errors import ParameterError
from ecosystem.questions import fields
from ecosystem.questions.gaps import SomeGaps
from ecosystem.questions.question import A, Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Language, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.inviting import Comparison, Guests, Invitation
    from ecosystem.analysis.roadmap import Choice, Roadmap
    from ecosystem.io.sheets import Sheet

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


class GuestList(Question[A]):
    """A question that makes lists of guests: how long, how balanced, who must and may not come."""

    size: int = _size()
    quotas: tuple[tuple[str, int], ...] = _quotas()
    must: tuple[str, ...] = _organisations(
        "Непременно", "Always", "Винаги в списъка.", "Always invite (repeatable)."
    )
    without: tuple[str, ...] = _organisations(
        "Без", "Never", "Никога в списъка.", "Never invite (repeatable)."
    )


class Rooms(GuestList["Comparison"]):
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
        event = min(record.id for record in ground.facts.counting.of_kind("Event"))
        return {"one": [event], "other": [event]}


class Invite(GuestList["Invitation"]):
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
