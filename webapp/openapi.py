"""The JSON interface described by OpenAPI 3.1, from the questions and the classes of answers."""

from __future__ import annotations

import ast
import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ecosystem import __version__
from ecosystem.questions import QUESTIONS
from ecosystem.questions.asking import Console, RunQuery
from ecosystem.questions.catalogues import Details
from ecosystem.questions.imagining import WhatIf
from ecosystem.questions.parameters import YES_OR_NO, Count, Pairs, Parameter, Switch, Word
from ecosystem.questions.question import Question
from ecosystem.values import LANGUAGES, Text

Schema = dict[str, Any]

TEXT: Schema = {
    "type": "object",
    "description": "A text in Bulgarian and English; either may be empty, never both.",
    "properties": {"bg": {"type": "string"}, "en": {"type": "string"}},
    "required": ["bg", "en"],
}
NOTHING_MORE: Schema = {
    "type": "object",
    "description": "A rule that tells nothing more.",
    "maxProperties": 0,
}
PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string", "description": "What to do."},
        "nearest": {"type": "array", "items": {"type": "string"}},
        "errors": {
            "type": "array",
            "description": "Every field that cannot be read, with what may have been meant.",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                    "nearest": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["parameter", "detail", "nearest"],
            },
        },
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
    "required": ["type", "title", "status", "detail"],
}


def _own(name: str, description: str, schema: Schema) -> Schema:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": False,
        "allowEmptyValue": True,
        "schema": schema,
    }


PAGE, LARGEST_PAGE = 100, 1000
OFFSET = Count(label=Text("Отместване", "Offset"), default=0)
LIMIT = Count(label=Text("Най-много", "At most"), low=1, high=LARGEST_PAGE, default=PAGE)
SPOKEN = Word(label=Text("Език", "Language"), known=LANGUAGES)
PAGES = (
    _own("offset", "How many to pass over.", OFFSET.schema()),
    _own("limit", "How many to give.", LIMIT.schema()),
)
LANG = _own("lang", "Language of names that are shown in one.", SPOKEN.schema())
REFUSED: Mapping[str, str] = {
    "400": "A parameter cannot be read.",
    "401": "A password is needed.",
    "403": "Only reading is allowed, and only to programs and to the application's own pages.",
    "404": "Something asked for is not there.",
    "503": "The database gives no answer.",
}
ALSO_REFUSED: Mapping[type[Question[Any]], Mapping[str, str]] = {
    WhatIf: {"422": "What is imagined does not fit what is recorded."},
    Console: {"504": "The query was stopped at its time limit."},
    RunQuery: {"504": "The query was stopped at its time limit."},
}


def specification(root: str = "") -> Schema:
    """The description of every twin, from the fields of questions and the classes of answers.

    ``root`` is where a proxy has put the application.
    """
    schemas: dict[str, Schema] = {"Problem": PROBLEM, "Text": TEXT}
    paths = {}
    for question in sorted(QUESTIONS, key=lambda one: one.path):
        if "twin" not in question.lacks:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/api/{question.path}")
            paths[path] = {"get": _operation(question, schemas)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stakeholder-ecosystem mapper",
            "version": __version__,
            "description": (
                "The answers of the pages for programs. Every answer carries an ETag that changes "
                "with the store; send it back in If-None-Match. Undefined numbers are null with a "
                "stated reason, never zero."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/", "description": "The server that gave this document."}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(question: type[Question[Any]], schemas: dict[str, Schema]) -> Schema:
    summary, _, rest = (question.__doc__ or "").strip().partition("\n")
    inside = re.findall(r"<(?:\w+:)?(\w+)>", question.path)
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": _described(question.parameters()[name]),
            "schema": _in_address(question.parameters()[name]),
        }
        for name in inside
    ]
    parameters += [
        _parameter(name, one)
        for name, one in question.parameters().items()
        if name not in inside and one.doors in ((), ("twin",))
    ]
    parameters += [LANG, *(PAGES if question.paged else ())]
    result = _result(question, schemas)
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": question.name,
        "summary": summary.replace("``", "'"),
        **({"description": " ".join(rest.replace("``", "'").split())} if rest.strip() else {}),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {
                    "application/json": {"schema": _page(result) if question.paged else result}
                },
            },
            "304": {"description": "The caller has the present answer already."},
            **{
                status: {"description": why, "content": refused}
                for status, why in {**REFUSED, **ALSO_REFUSED.get(question, {})}.items()
            },
        },
    }


def _described(one: Parameter) -> str:
    return one.help.en or f"{one.label.en}."


def _parameter(name: str, one: Parameter) -> Schema:
    """A field as a parameter of the address."""
    if isinstance(one, Pairs):
        # Each pair is a parameter of its own, under the prefix and its name.
        return {
            "name": name,
            "in": "query",
            "description": f"{_described(one)} Each as {one.prefix}NAME=VALUE.",
            "required": False,
            "style": "form",
            "explode": True,
            "schema": one.schema(),
        }
    return {
        "name": one.address or name,
        "in": "query",
        "description": _described(one),
        "required": one.required,
        # A form sends all of its fields: an empty one says nothing.
        **({} if one.required else {"allowEmptyValue": True}),
        "schema": _in_address(one),
        **({"style": "form", "explode": not one.joined} if one.many else {}),
    }


def _in_address(one: Parameter) -> Schema:
    """The schema of a field in an address, where a truth value is a word and blanks say nothing."""
    if isinstance(one, Switch):
        return {"type": "string", "enum": list(YES_OR_NO)}
    found = one.schema()
    said = found["items"] if one.many else found
    if one.required and said.get("type") == "string" and "enum" not in said:
        said["pattern"] = r"\S"
    return found


def _result(question: type[Question[Any]], schemas: dict[str, Schema]) -> Schema:
    """What a twin answers with: the keys that the question names, else its answer's class."""
    if question.keys:
        return {"type": "object", "required": list(question.keys)}
    kind = answer_type(question)
    item = get_args(kind)[0] if question.paged else kind
    return schema_of(item, schemas)


def answer_type(question: type[Question[Any]]) -> Any:
    """The class of a question's answer.

    Modules of questions import the classes of answers for the type checker alone, so that a
    command starts without all of the analysis; those imports are carried out here.
    """
    module = import_module(question.__module__)
    names = dict(vars(module))
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            for line in statement.body:
                if isinstance(line, ast.ImportFrom):
                    there = import_module(str(line.module))
                    names |= {
                        one.asname or one.name: getattr(there, one.name) for one in line.names
                    }
    return get_type_hints(question.answer, globalns=names)["return"]


def _page(item: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": item},
            "total": {"type": "integer"},
            "offset": {"type": "integer"},
            "limit": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "The address of the next page."},
        },
        "required": ["items", "total", "offset", "limit", "next"],
    }


def schema_of(kind: Any, schemas: dict[str, Schema]) -> Schema:
    """The schema of what ``plain`` makes of a value of type ``kind``.

    Dataclasses are added to ``schemas`` by their names and referred to.
    """
    if kind is Text:
        return {"$ref": "#/components/schemas/Text"}
    if kind is Details:
        return {"anyOf": [NOTHING_MORE, *(schema_of(one, schemas) for one in _all_below(Details))]}
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in schemas:
            schemas[kind.__name__] = {}
            hints = get_type_hints(kind)
            names = [one.name for one in fields(kind)]
            schemas[kind.__name__] = {
                "type": "object",
                "description": (kind.__doc__ or "").strip().partition("\n")[0],
                "properties": {name: schema_of(hints[name], schemas) for name in names},
                "required": names,
            }
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    return _plain_schema(kind, schemas)


def _all_below(kind: type[Details]) -> list[type[Details]]:
    """The kinds of details that rules declare, by name."""
    below = {deeper for one in kind.__subclasses__() for deeper in (one, *_all_below(one))}
    return sorted(below, key=lambda one: one.__name__)


def _plain_schema(kind: Any, schemas: dict[str, Schema]) -> Schema:
    simple = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    if kind in simple:
        return {"type": simple[kind]}
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one, schemas) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(origin, type) and issubclass(origin, (tuple, list, frozenset, set)):
        return _array(origin, inner, schemas)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1], schemas)}
    return {}


def _array(origin: Any, inner: tuple[Any, ...], schemas: dict[str, Schema]) -> Schema:
    if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
        items = [schema_of(one, schemas) for one in inner]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    return {"type": "array", "items": schema_of(inner[0], schemas)}
