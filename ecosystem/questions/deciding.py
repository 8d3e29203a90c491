"""What was decided, what became of it, what should be corrected, which story is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.desk import LONGEST, MATTERS, Desk, to_dict
from ecosystem.questions import fields
from ecosystem.questions.gaps import FollowedUp
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer, Table
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.followup import FollowUp
    from ecosystem.model import Decision


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


class Saving(Question["Decision | None"]):
    """What is kept of a page in the story so far; its page is the form that keeps it."""

    name = "save_view"
    title = Text("Какво запазваме от тази страница?", "What do we keep of this page?")
    path = ""
    page = "story/save"
    rests = ("view",)
    forms = ()
    lacks = {
        "command": "decide view keeps one, story lists them",
        "twin": "story lists every view that is kept",
        "tool": "it leads to a form that changes what is kept; story lists the views",
    }

    place: str = fields.line(
        Text("Страница", "Page"), address="view", required=True, longest=LONGEST["subject"]
    )
    called: str = fields.line(Text("Име", "Name"), longest=LONGEST["heading"], default="")

    def answer(self, ground: Ground) -> Decision | None:
        return ground.desk.standing("view").get(self.place)

    @classmethod
    def example(cls, ground: Ground) -> fields.Words:
        return {"view": ["/map"]}


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
