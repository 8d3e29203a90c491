"""The JSON interface described by OpenAPI 3.1, from the routes and the classes they answer with.

A route says in ``described`` what it answers with and which parameters it reads; paths, summaries
and the schemas of results follow from the route and the result's dataclass.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from flask import Flask

from ecosystem import __version__
from ecosystem.analysis.gaps.details import Details
from ecosystem.model import ENTITY_KINDS
from ecosystem.values import Text
from ecosystem.view import READINGS

Route = TypeVar("Route", bound=Callable[..., Any])
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
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
    "required": ["type", "title", "status", "detail"],
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address; a list of ``choices`` where it is one of them."""

    name: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    kind: Literal["string", "integer", "number", "boolean"] = "string"
    many: bool = False

    def to_dict(self) -> Schema:
        """The parameter as OpenAPI writes it."""
        schema: Schema = {"type": self.kind}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.many:
            schema = {"type": "array", "items": schema}
        return {
            "name": self.name,
            "in": "query",
            "description": self.description,
            "required": self.required,
            "schema": schema,
        }


@dataclass(frozen=True)
class Description:
    """What a route answers with: a dataclass or the keys of an object; ``paged`` in pages."""

    result: type | tuple[str, ...]
    parameters: tuple[Parameter, ...]
    paged: bool
    viewed: bool


VIEW = (
    Parameter("scope", "Whose ecosystem: a city's id, or all."),
    Parameter("as_of", "The day looked at, written 2026-01-31; today where nothing is said."),
    Parameter("reading", "Which statements count that day.", choices=READINGS),
    Parameter("undated", "Whether undated ties count.", choices=("0", "1")),
    Parameter("people", "Whether persons are shown.", choices=("0", "1")),
)
PAGES = (
    Parameter("offset", "How many to pass over.", kind="integer"),
    Parameter("limit", "How many to give, at most 1000.", kind="integer"),
)
LANG = Parameter("lang", "Language of names that are shown in one.", choices=("bg", "en"))
KIND = Parameter("kind", "One kind of node.", choices=ENTITY_KINDS)


def described(
    result: type | tuple[str, ...],
    *parameters: Parameter,
    paged: bool = False,
    viewed: bool = True,
) -> Callable[[Route], Route]:
    """Say what a route answers with, beside the route."""

    def mark(route: Route) -> Route:
        route.described = Description(result, parameters, paged, viewed)  # type: ignore[attr-defined]
        return route

    return mark


def specification(app: Flask) -> Schema:
    """The description of every route under ``/api``.

    Raises
    ------
    KeyError
        For a route that does not say what it answers with.
    """
    schemas: dict[str, Schema] = {"Problem": PROBLEM, "Text": TEXT}
    paths: dict[str, Schema] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.rule.startswith("/api/") and rule.endpoint != "api.openapi":
            function = app.view_functions[rule.endpoint]
            found: Description = vars(function)["described"]
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            paths[path] = {"get": _operation(rule, function, found, schemas)}
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
        "servers": [{"url": "/", "description": "The server that gave this document."}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(
    rule: Any, function: Callable[..., Any], found: Description, schemas: dict[str, Schema]
) -> Schema:
    summary, _, rest = (function.__doc__ or "").strip().partition("\n")
    asked = [*found.parameters, LANG]
    asked += [*(VIEW if found.viewed else ()), *(PAGES if found.paged else ())]
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in sorted(rule.arguments)
    ]
    result = _result(found.result, schemas)
    body = _page(result) if found.paged else result
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": rule.endpoint.partition(".")[2],
        "summary": summary.replace("``", "'"),
        **({"description": " ".join(rest.replace("``", "'").split())} if rest.strip() else {}),
        "parameters": [*inside, *(one.to_dict() for one in asked)],
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": body}},
            },
            "304": {"description": "The caller has the present answer already."},
            "400": {"description": "A parameter cannot be read.", "content": refused},
            "404": {"description": "Something asked for is not there.", "content": refused},
            "503": {"description": "The database gives no answer.", "content": refused},
        },
    }


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


def _result(result: type | tuple[str, ...], schemas: dict[str, Schema]) -> Schema:
    if isinstance(result, tuple):
        return {"type": "object", "required": list(result)}
    return schema_of(result, schemas)


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
    if origin in (tuple, list, frozenset, set):
        return _array(origin, inner, schemas)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1], schemas)}
    return {}


def _array(origin: Any, inner: tuple[Any, ...], schemas: dict[str, Schema]) -> Schema:
    if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
        items = [schema_of(one, schemas) for one in inner]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    return {"type": "array", "items": schema_of(inner[0], schemas)}
