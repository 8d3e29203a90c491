"""Deciding: one more decision on the desk, and the order of projects and of saved views."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qsl, urlencode

from ecosystem import same
from ecosystem.acts.act import Act
from ecosystem.desk import KEPT, LONGEST, MATTERS, pair
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import Decision
from ecosystem.questions import QUESTIONS, fields
from ecosystem.questions.deciding import Saving, Story
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.planning import RoadmapOf
from ecosystem.tables import Answer
from ecosystem.values import Text, address_parts
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.ground import StoreGround
    from ecosystem.workspace import Workspace

STATES = "; ".join(f"{name}: {', '.join(matter.states)}" for name, matter in MATTERS.items())
DIRECTIONS = {"up": -1, "down": 1}
SEEN = Text("Последното видяно решение", "The last decision seen")


class Decide(Act[Decision]):
    """Store one decision; without a state, withdraw it."""

    name = "decide"
    title = Text("Решение", "A decision")
    path = "decide"
    command = "decide"

    matter: str = fields.word(
        Text("За какво", "Matter"), tuple(MATTERS), what="matter", positional=True, required=True
    )
    subject: str = fields.line(
        Text("Предмет", "Subject"),
        help=Text(
            "Пропуск (с --scope), ГРАД>МЕНТОР, проект, твърдение или страница.",
            "A gap (with --scope), CITY>MENTOR, a project, a statement or a page.",
        ),
        longest=LONGEST["subject"],
        positional=True,
        required=True,
    )
    state: str = fields.line(
        Text("Състояние", "State"),
        help=Text(f"Състояния: {STATES}.", f"States: {STATES}."),
        longest=LONGEST["state"],
        positional=True,
    )
    owner: str = fields.line(
        Text("Кой отговаря", "Who sees to it"),
        help=Text("Кой отговаря.", "Who sees to it."),
        longest=LONGEST["owner"],
    )
    due_on: str = fields.day(
        Text("До кога", "By when"), help=Text("До кога.", "By when."), option="--due", metavar="DAY"
    )
    note: str = fields.line(
        Text("Бележка", "Note"),
        help=Text("Защо, в едно изречение.", "Why, in a sentence."),
        longest=LONGEST["note"],
    )
    heading: str = fields.line(
        Text("Име", "Heading"),
        help=Text("Как се нарича запазеният изглед.", "What a saved view is called."),
        longest=LONGEST["heading"],
    )
    rank: int | None = fields.count(
        Text("Място", "Rank"),
        help=Text("Мястото му в подредбата.", "Its place in an order."),
        low=1,
        high=1000,
    )
    value: str = fields.line(
        Text("Стойност", "Value"),
        help=Text(
            "Какво се определя: капацитет; кой номер остава.",
            "What it sets: a capacity; the id that is kept.",
        ),
        longest=LONGEST["value"],
    )
    by: str = fields.line(
        Text("Кой реши", "Who decided"),
        help=Text("Кой реши.", "Who decided."),
        longest=LONGEST["by"],
    )
    seen: str | None = fields.stamp(SEEN)
    view: View = fields.viewed()

    def perform(self, workspace: Workspace) -> Decision:
        ground = workspace.ground()
        given = {
            "state": self.state,
            "owner": self.owner,
            "due_on": self.due_on,
            "note": self.note,
            "heading": self.heading,
            "value": self.value,
            "by": self.by,
            "rank": str(self.rank or ""),
        }
        subject = self._subject(ground)
        if self.matter == same.MATTER and self.state != same.SAME:
            given["value"] = ""  # a form offers a name to keep before it knows what is decided
        if self.matter == "view" and self.state:
            if not self.heading:
                raise ParameterError("heading: it is empty.", "Give the view a name.")
            given["rank"] = str(self.rank or _place(ground, subject))
        said = {name: text for name, text in given.items() if text}
        return workspace.decide(self.matter, subject, said, seen=self.seen)

    def _subject(self, ground: StoreGround) -> str:
        """What is decided about; something that is there, or was when it was first decided."""
        if ground.desk.last(self.matter, self.subject) is not None:
            return self.subject
        match self.matter:
            case "gap":
                return _gap(ground, self.view, self.subject)
            case "match":
                return ">".join(ground.find(end.strip(), ("City",)) for end in pair(self.subject))
            case "priority":
                return ground.find(self.subject, ("Project",))
            case "capacity":
                return ground.find(self.subject, ("City",))
            case "same":
                return same.about(*(self._stored(ground, end) for end in same.pair(self.subject)))
            case "note" | "candidate":
                return self._stored(ground, self.subject)
            case "correction" if self.subject not in ground.facts.records:
                raise NotFoundError("statement", self.subject, ground.facts.records)
            case "view":
                return page_address(self.subject)
        return self.subject

    @staticmethod
    def _stored(ground: StoreGround, identity: str) -> str:
        """The id of a record that is stored, even where it is read as another one."""
        if identity.strip() not in ground.contents.records:
            raise NotFoundError("record", identity.strip(), ground.contents.records)
        return identity.strip()

    def tables(self, done: Decision) -> Answer:
        from ecosystem.questions.tables.deciding import decided

        return decided(done)


def _gap(ground: StoreGround, view: View, subject: str) -> str:
    """Scope and id of a gap that the view has, or that was taken up before."""
    from ecosystem.analysis.followup import subject as about

    scope, _, identity = subject.rpartition(" ")
    seen = replace(view, scope=scope or view.scope)
    known = [gap.id for result in ground.ask(Gaps(view=seen)) for gap in result.findings]
    found = about(seen.scope, identity)
    if identity not in known and ground.desk.last("gap", found) is None:
        raise NotFoundError("gap", identity, known)
    return found


def _place(ground: StoreGround, address: str) -> int:
    """The rank of a view that is kept: its own, or the one after the last."""
    ranks = {view.subject: view.rank or 0 for view in ground.ask(Story())}
    return ranks.get(address) or max(ranks.values(), default=0) + 1


def page_address(asked: str) -> str:
    """What is kept of the address of a page: its path and query, without language and story.

    Raises
    ------
    ParameterError
        For an address that no page of a question answers.
    """
    parts = address_parts(asked)
    path = re.sub("^/(bg|en)(?=/|$)", "", parts.path if parts else "") or "/"
    if (
        not parts
        or parts.scheme
        or parts.netloc
        or not asked
        or not any(re.fullmatch(page, path) for page in _pages())
    ):
        message = f"view: {asked[:80]!r} is no page of the map."
        raise ParameterError(message, "Save another one.")
    said = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, word) for name, word in said if name not in ("story", "part")]
    return path + (f"?{urlencode(kept)}" if kept else "")


def _pages() -> Iterable[str]:
    """The address of each question's page, without the language, as a pattern."""
    for question in QUESTIONS:
        if "page" not in question.lacks and question not in (Story, Saving):
            yield "/" + re.sub("<[^>]*>", ".+", (question.page or question.path).lstrip("/"))


def _kept(decision: Decision) -> dict[str, str]:
    """What a decision says beside its rank."""
    return {name: str(value) for name in KEPT if (value := getattr(decision, name))}


class MoveProject(Act[bool]):
    """Put a project one place up or down among those of its priority."""

    name = "move_project"
    title = Text("Подреждане на проекти", "Order projects")
    path = "roadmap/move"
    lacks: ClassVar = {"command": "decide priority with --rank says the place at once"}

    subject: str = fields.entity(Text("Проект", "Project"), "Project", required=True)
    programme: str = fields.entity(Text("Програма", "Programme"), "Programme")
    direction: str = fields.word(
        Text("Посока", "Direction"), tuple(DIRECTIONS), required=True, default=""
    )
    seen: str | None = fields.stamp(SEEN)
    view: View = fields.viewed()

    def perform(self, workspace: Workspace) -> bool:
        """Whether anything moved; at the end of the order, and without a priority, nothing does.

        Each changed rank is a decision that keeps the priority and the reason.
        """
        from ecosystem.analysis.roadmap import moved

        ground = workspace.ground()
        roadmap = ground.ask(RoadmapOf(view=self.view, programme=self.programme))
        ranks = moved(roadmap.steps, self.subject, DIRECTIONS[self.direction])
        standing = ground.desk.standing("priority")
        # The project itself comes first: it is the one that may have been overtaken.
        for step in sorted(ranks, key=lambda ranked: ranked != self.subject):
            expected = self.seen if step == self.subject else None
            given = {**_kept(standing[step]), "rank": str(ranks[step])}
            workspace.decide("priority", step, given, seen=expected)
        return bool(ranks)


class MoveView(Act[int]):
    """Let a saved view change places with the one before or after it."""

    name = "move_view"
    title = Text("Подреждане на разказа", "Order the story")
    path = "story/move"
    lacks: ClassVar = {"command": "decide view with --rank says the place at once"}

    subject: str = fields.line(Text("Изглед", "View"), longest=LONGEST["subject"], required=True)
    direction: str = fields.word(
        Text("Посока", "Direction"), tuple(DIRECTIONS), required=True, default=""
    )

    def perform(self, workspace: Workspace) -> int:
        """The place of the view in the story, from 1; 0 where it is not kept."""
        views = [*workspace.ask(Story())]
        at = next((place for place, view in enumerate(views) if view.subject == self.subject), None)
        if at is None:
            return 0
        to = at + DIRECTIONS[self.direction]
        if not 0 <= to < len(views):
            return at + 1
        views[at], views[to] = views[to], views[at]
        for rank, view in enumerate(views, 1):
            if view.rank != rank:
                workspace.decide("view", view.subject, {**_kept(view), "rank": str(rank)})
        return to + 1
