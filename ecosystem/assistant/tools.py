"""Questions as tools: their names, the schema of their arguments and of their answers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from ecosystem.errors import FieldsError, NotFoundError, WrongField, nearest
from ecosystem.questions import QUESTIONS
from ecosystem.questions.asking import Console
from ecosystem.questions.fields import VIEW
from ecosystem.questions.parameters import Count, Entity, Pairs, Parameter, Switch, Unreadable
from ecosystem.questions.question import Ground, Question
from ecosystem.values import Language, Text

Asked = type[Question[Any]]
Schema = dict[str, Any]
Arguments = Mapping[str, Any]

PAGE, MOST_AT_ONCE = 100, 1000
PAGES: Mapping[str, Parameter] = MappingProxyType(
    {
        "offset": Count(
            label=Text("Отместване", "Offset"),
            help=Text("Колко да се прескочат.", "How many items to pass over."),
            default=0,
        ),
        "limit": Count(
            label=Text("Най-много", "At most"),
            help=Text("Колко да се дадат.", "How many items to give."),
            low=1,
            high=MOST_AT_ONCE,
            default=PAGE,
        ),
    }
)
"""What a tool whose answer is a list takes besides the fields of its question."""

UNSEEN: Collection[Asked] = (Console,)
"""Questions that read the store itself, from whose answers nobody can be left out."""


def offered(people: bool = True) -> Mapping[str, Asked]:
    """The questions that are tools, by name; without ``people`` those that can do without."""
    return {
        question.name: question
        for question in QUESTIONS
        if "tool" not in question.lacks and (people or question not in UNSEEN)
    }


def arguments(question: Asked, people: bool = True) -> Mapping[str, Parameter]:
    """What the tool of a question takes, by name; without ``people`` none can be asked for."""
    found = {
        name: one
        for name, one in question.parameters().items()
        if (not one.doors or "tool" in one.doors) and (people or one is not VIEW["people"])
    }
    return {**found, **(PAGES if question.paged else {})}


# What a tool says of itself


def description(question: Asked) -> str:
    """What the tool is for: the description of the question's class."""
    return " ".join((question.__doc__ or "").replace("``", "'").split())


def input_schema(question: Asked, people: bool = True, lang: Language = "en") -> Schema:
    """The arguments as JSON Schema describes them."""
    taken = arguments(question, people)
    return {
        "type": "object",
        "properties": {name: _argument_schema(one, lang) for name, one in taken.items()},
        "required": [name for name, one in taken.items() if one.required],
        "additionalProperties": False,
    }


def _argument_schema(one: Parameter, lang: Language) -> Schema:
    schema = one.schema()
    schema["title"] = one.label.show(lang)[0]
    schema["description"] = " ".join(filter(None, (_about(one), schema.get("description", ""))))
    if one.default not in (None, "", ()):
        schema["default"] = list(one.default) if one.many else one.default
    return schema


def _about(one: Parameter) -> str:
    if isinstance(one, Switch) and one.default:
        # Its help tells what the option that turns it off does.
        return " ".join(
            filter(None, (f"{one.label.en}.", one.help.en and f"If not: {one.help.en}"))
        )
    return one.help.en or f"{one.label.en}."


def output_schema(question: Asked) -> Schema:
    """The structured answer as JSON Schema describes it."""
    answer: Schema = {"type": "object", "required": list(question.keys)}
    if question.paged:
        item = answer if question.keys else {}
        number = {"type": "integer", "minimum": 0}
        answer = {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": item},
                "total": number,
                "offset": number,
                "limit": number,
                "next_offset": {"type": ["integer", "null"]},
            },
            "required": ["items", "total", "offset", "limit", "next_offset"],
        }
    return {
        "type": "object",
        "properties": {
            "view": {"type": "object"},
            "answer": answer,
            "sources": {
                "type": "array",
                "items": {"type": "object", "required": ["id", "standing", "citations"]},
            },
            "sources_left": {"type": "integer"},
            "truncated": {"type": ["object", "null"], "required": ["left", "how"]},
        },
        "required": ["answer", "sources", "sources_left", "truncated"],
    }


# What a tool is told


def read(
    question: type[Question[Any]], said: Arguments, ground: Ground, people: bool = True
) -> tuple[Question[Any], int, int]:
    """The question that arguments ask, and which page of its answer: offset and limit.

    Raises
    ------
    FieldsError
        With every argument that is wrong, missing or unknown.
    NotFoundError
        Where the only thing wrong is a name that nothing has, or that several things have.
    """
    taken = arguments(question, people)
    words: dict[str, list[str]] = {}
    wrong: list[WrongField] = []
    for name, value in said.items():
        if name not in taken:
            why = Text("няма такъв аргумент", "there is no such argument")
            wrong.append(WrongField(name, Text(name, name), "", why, nearest(name, taken)))
            continue
        one = taken[name]
        try:
            found = [_whole_name(one, word, ground) for word in _words(one, value)]
        except Unreadable as error:
            wrong.append(WrongField(name, one.label, "", error.why))
        else:
            # Pairs are read under the field's own name, everything else as in an address.
            words[name if isinstance(one, Pairs) else one.address or name] = found
    page = {name: _number(name, one, words, ground, wrong) for name, one in PAGES.items()}
    if question.view_field() and not people:
        words["people"] = ["0"]
    try:
        asked = question.read(words, ground, tuple(PAGES))
    except FieldsError as error:
        named = {one.name for one in wrong}
        wrong += [one for one in error.wrong if one.name not in named]
    except NotFoundError as error:
        if not wrong:
            raise
        wrong.append(_not_found(error, taken, said))
    if wrong:
        raise FieldsError(question.name, wrong)
    return asked, page["offset"], page["limit"]


def _words(one: Parameter, value: Any) -> list[str]:
    """A JSON value as the words of an address.

    Raises
    ------
    Unreadable
        Where the value has not the shape of the field.
    """
    if value is None:
        return []
    if isinstance(one, Pairs):
        if not isinstance(value, Mapping):
            raise Unreadable(
                Text("не е обект от имена и стойности", "is no object of values by name")
            )
        return [f"{name}={_word(one.value, part)}" for name, part in value.items()]
    if isinstance(value, (list, tuple)):
        if not one.many:
            raise Unreadable(
                Text("само една стойност, не списък", "is a list, where one value is meant")
            )
        return [_word(one, part) for part in value]
    return [_word(one, value)]


def _word(one: Parameter, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(int(value)) if isinstance(one, Switch) else json.dumps(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (int, float)):
        return str(value)
    raise Unreadable(Text("не е текст, число или да/не", "is no text, number or truth value"))


def _whole_name(one: Parameter, word: str, ground: Ground) -> str:
    """The id of what a name with a comma in it names, where commas would part the word."""
    if isinstance(one, Entity) and one.joined and "," in word:
        with suppress(NotFoundError):
            return ground.find(word, one.kinds)
    return word


def _number(
    name: str,
    one: Parameter,
    words: Mapping[str, Sequence[str]],
    ground: Ground,
    wrong: list[WrongField],
) -> int:
    try:
        return int(one.read(name, words, ground))
    except Unreadable as error:
        wrong.append(WrongField(name, one.label, "", error.why))
        return 0


def _not_found(error: NotFoundError, taken: Mapping[str, Parameter], said: Arguments) -> WrongField:
    """The argument that names what is not there."""
    name = next(
        (name for name in taken if error.name in json.dumps(said.get(name), ensure_ascii=False)), ""
    )
    label = taken[name].label if name else Text("", "")
    return WrongField(name, label, error.name, error.told, error.nearest)
