"""The map in the formats of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosystem.dataset import Dataset
from ecosystem.export import FORMS, written
from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer, Table
from ecosystem.values import Language, Text
from ecosystem.view import View


@dataclass(frozen=True)
class Taken:
    """How many entities and ties a view has."""

    nodes: int
    ties: int


class TakeAlong(Question[Taken]):
    """The entities and ties of the scope as a file for another program."""

    name = "take_along"
    title = Text("С какво се продължава другаде?", "How does one go on elsewhere?")
    path = "take-along"
    forms = tuple(FORMS)
    keys = ("nodes", "ties", "formats")
    lacks = {
        "command": "the command export writes these formats, and the whole store without loss",
        "tool": "an assistant reads answers, and cannot keep a file",
    }

    view: View = fields.viewed()

    def answer(self, ground: Ground) -> Taken:
        snapshot = ground.snapshot(self.view)
        return Taken(len(snapshot.nodes), len(snapshot.edges))

    def values(self, found: Taken) -> Any:
        formats = [
            {"name": one.name, "ending": one.ending, "title": one.title._asdict()}
            for one in FORMS.values()
        ]
        return {"nodes": found.nodes, "ties": found.ties, "formats": formats}

    def tables(self, found: Taken, ground: Ground) -> Answer:
        rows = [(one.title, one.name, one.ending) for one in FORMS.values()]
        headers = (Text("За какво", "For what"), Text("Формат", "Format"), Text("Край", "Ending"))
        return Answer(self.values(found), (Table(headers, rows),))

    def made(self, found: Taken, form: str, ground: Ground, lang: Language) -> str | bytes:
        snapshot = ground.snapshot(self.view)
        # Their own records say what sources are called, and attributes of packs.
        apart = snapshot.dataset.of_kinds(("Source", "Pack"))
        taken = Dataset.of([*snapshot.nodes.values(), *snapshot.edges.values(), *apart])
        return written(taken, FORMS[form], lang, self.view.day).content

    def file_name(self) -> str:
        scope = self.view.scope.partition(":")[2] or self.view.scope
        return f"{scope}-{self.view.as_of}"
