"""The last sheet of a workbook: what it holds, of which place and day, and what it rests on."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from ecosystem import __version__
from ecosystem.io.sheets import Sheet, Value, say
from ecosystem.model import Record
from ecosystem.values import Language, Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.questions.question import Ground, Question

TITLE = Text("За файла", "About")
EVERYTHING = Text("Всичко записано", "Everything recorded")
YES, NO = Text("да", "yes"), Text("не", "no")
OF_THE_VIEW = ("scope", "as_of")


def about(question: Question[Any], view: View, ground: Ground, lang: Language) -> Sheet:
    """What a workbook holds, as a sheet of its own."""
    said: list[tuple[Text, Value]] = [
        (Text("Какво е това", "What it is"), say(question.title, lang))
    ]
    if question.view_field():
        place = EVERYTHING if view.scope == "all" else _name(view.scope, ground)
        said += [
            (Text("Място", "Place"), say(place, lang)),
            (Text("Към ден", "As of"), view.day),
        ]
    said += _filters(question, view, ground, lang)
    if "page" not in question.lacks:
        said.append((Text("Страница", "Page"), _address(question, ground, lang)))
    if question.view_field() and question.stored:
        used = Text("Източници на картата с този обхват", "Sources of the map of this scope")
        said.append((used, _sources(view, ground)))
    said.append((Text("Направено с", "Made with"), f"ecosystem-mapper {__version__}"))
    rows = [(say(label, lang), value) for label, value in said]
    return Sheet(say(TITLE, lang), ("", ""), rows)


def _name(identity: str, ground: Ground) -> Text | str:
    found = ground.facts.nodes.get(identity)
    return found.name if found else identity


def _filters(
    question: Question[Any], view: View, ground: Ground, lang: Language
) -> list[tuple[Text, Value]]:
    """Every field of the question that is not as usual, by its label."""
    usual, found = ground.usual_view(), []
    for name, parameter in question.parameters().items():
        of_view = hasattr(usual, name)
        value = getattr(view if of_view else question, name)
        default = getattr(usual, name) if of_view else parameter.default
        if name not in OF_THE_VIEW and value != default and value not in ("", None):
            found.append((parameter.label, _written(value, ground, lang)))
    return found


def _written(value: Any, ground: Ground, lang: Language) -> Value:
    if isinstance(value, bool):
        return say(YES if value else NO, lang)
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        return say(_name(value, ground), lang)
    if isinstance(value, PurePath):
        return value.name
    return "; ".join(str(_written(one, ground, lang)) for one in value)


def _address(question: Question[Any], ground: Ground, lang: Language) -> str:
    """The page of the question, after the address at which the application answers."""
    words = question.keeps(ground.usual_view())
    path = question.page or question.path
    for name in re.findall(r"<(\w+)>", path):
        words.pop(name, None)
        path = path.replace(f"<{name}>", quote(str(getattr(question, name)), safe=":"))
    query = urlencode(words, doseq=True, safe=":,")
    return f"/{lang}/{path.lstrip('/')}" + (f"?{query}" if query else "")


def _sources(view: View, ground: Ground) -> int:
    """How many sources the things and ties of the view name."""
    snapshot = ground.snapshot(view)
    records: tuple[Record, ...] = (*snapshot.nodes.values(), *snapshot.edges.values())
    return len({entry.partition("#")[0] for record in records for entry in record.sources})
