"""The cited report of a scope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ecosystem.questions import fields
from ecosystem.questions.gaps import FollowedUp, Gaps
from ecosystem.questions.looking import Overall
from ecosystem.questions.mapping import Placed
from ecosystem.questions.measuring import HowSurely, MeasuredBy
from ecosystem.questions.mentoring import Match, MatchBoard
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Language, Text, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.report import Material

REPORTED = ("degree", "betweenness")


class Report(Question["Material"]):
    """A cited report of the scope to read or print."""

    name = "report"
    title = Text("Какво да занесем на кмета?", "What do we take to the mayor?")
    path = "report"
    keys = ("bg", "en")
    command = "report"
    rests = ("facts", "gap", "match", "capacity")
    forms = ("pdf", "html", "md")
    prose = "md"

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> Material:
        from ecosystem.report import Material

        view = self.view
        gaps = ground.ask(Gaps(view=view))
        board = ground.ask(MatchBoard(view=view))
        return Material(
            snapshot=ground.snapshot(view),
            overview=ground.ask(Overall(view=view)),
            gaps=gaps,
            measures=[ground.ask(MeasuredBy(view=view, measure=name)) for name in REPORTED],
            layout=ground.ask(Placed(view=view)),
            matches=(
                None if view.scope == "all" else ground.ask(Match(view=view, city=view.scope))
            ),
            plan=board.plan,
            decided={
                one.mentor: one.decision.state
                for one in (*board.declined, *board.locked, *board.accepted)
                if one.mentee == view.scope
            },
            stability={
                name: ground.ask(HowSurely(view=view, lens="work", measure=name))
                for name in REPORTED
            },
            followed=[
                # Who looks after a gap is a person, and a note may name one.
                followed
                if view.people
                else replace(followed, decision=replace(followed.decision, owner="", note=""))
                for followed in ground.ask(FollowedUp(view=view))
            ],
        )

    def values(self, found: Material) -> Any:
        from ecosystem.report import report

        return {lang: plain(report(found, lang)) for lang in ("bg", "en")}

    def tables(self, found: Material, ground: Ground) -> Answer:
        from ecosystem.report import as_markdown

        text = Text(as_markdown(found, "bg"), as_markdown(found, "en"))
        return Answer(self.values(found), (), (text,))

    def made(self, found: Material, form: str, ground: Ground, lang: Language) -> str | bytes:
        from ecosystem.report import FORMS

        return FORMS[form](found, lang)

    def file_name(self) -> str:
        return f"{self.view.scope.partition(':')[2] or self.view.scope}-{self.view.as_of}"

    def inside_a_page(self, found: Material, lang: Language) -> str:
        """The report as HTML to stand inside another page."""
        from ecosystem.report import as_page

        return as_page(found, lang)
