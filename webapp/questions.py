"""Asking the map: the query library, the console and the search for mentors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from ecosystem.analysis.matching.board import subject
from ecosystem.errors import NotFoundError, QueryError
from ecosystem.model import Edge, Node
from ecosystem.queries import Parameter
from ecosystem.workspace import QueryResult
from webapp import address, failures, tables
from webapp.address import nodes, view, workspace
from webapp.language import by_name
from webapp.pages import LANGUAGE

blueprint = Blueprint("questions", __name__)
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


@blueprint.get(LANGUAGE + "/match")
def match() -> str:
    """Mentor candidates for one city, and the plan for all cities."""
    seen, space = view(), workspace()
    asked = request.args.get("city") or (seen.scope if seen.scope != "all" else "")
    matches = space.match(asked, seen) if asked else None
    scores = [one.score or 0.0 for one in matches.suggestions] if matches else []
    return render_template(
        "match.html",
        view=seen,
        city=nodes().get(asked),
        asked=asked,
        cities_by_need=_cities_by_need(),
        matches=matches,
        most=max(scores, default=1.0),
        top=5,
        theme=lambda identity: nodes()[identity].name,
        pair_subject=subject,
    )


def _cities_by_need() -> list[tuple[str, list[Node]]]:
    edges = workspace().dataset().of_kind("NEEDS")
    needy = {edge.source for edge in edges if isinstance(edge, Edge)}
    cities = _choices("City")
    return [
        (gettext("With recorded needs"), [city for city in cities if city.id in needy]),
        (gettext("No needs recorded"), [city for city in cities if city.id not in needy]),
    ]


@blueprint.get(LANGUAGE + "/queries")
def queries() -> str:
    """The library: what strategists ask, with the Cypher that answers."""
    return render_template("queries.html", queries=list(workspace().queries().values()))


@blueprint.get(LANGUAGE + "/queries/<name>")
def query(name: str) -> Response | tuple[str, int]:
    """One query of the library with its form and, once its parameters are given, its rows."""
    space = workspace()
    if name not in space.queries():
        raise NotFoundError("query", name, space.queries())
    chosen = space.queries()[name]
    names = [one.name for one in chosen.parameters]
    values = {one: request.args[one] for one in names if one in request.args}
    ready = bool(values) or not chosen.parameters
    result, error = _answer(lambda: space.run_query(name, values)) if ready else (None, None)
    if result is not None and address.one_of("format", ("page", "csv")) == "csv":
        return tables.as_csv(result, name)
    page = render_template(
        "query.html",
        query=chosen,
        headings={column.name: column.help for column in chosen.returns},
        values=_filled(values or chosen.examples()),
        result=result,
        error=error,
        choices=_choices,
        in_console=_in_console,
    )
    return page, 200 if error is None else failures.status_of(error)


@blueprint.get(LANGUAGE + "/console")
def console() -> Response | tuple[str, int]:
    """A reader's own query; reading only, and every run is a link.

    The address names its parameters ``p.city`` and so on.
    """
    cypher = request.args.get("cypher", "")
    given = {name[2:]: text for name, text in request.args.items() if name.startswith("p.")}
    asked = dict.fromkeys(_PARAMETER.findall(cypher), "") | given
    result, error = None, None
    if cypher.strip() and given.keys() >= asked.keys():
        values = {name: _value(text) for name, text in given.items()}
        result, error = _answer(lambda: workspace().console(cypher, values))
    if result is not None and address.one_of("format", ("page", "csv")) == "csv":
        return tables.as_csv(result, "console")
    page = render_template(
        "console.html",
        cypher=cypher,
        parameters=asked,
        result=result,
        error=error,
        settings=workspace().settings,
    )
    return page, 200 if error is None else failures.status_of(error)


def _value(text: str) -> Any:
    """A parameter as typed: a number, list or truth value in JSON, anything else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _in_console(parameters: Iterable[Parameter], values: dict[str, str]) -> dict[str, str]:
    filled = _filled({one.name: values.get(one.name) or one.default for one in parameters})
    return {f"p.{name}": text or "null" for name, text in filled.items()}


def _filled(values: dict[str, str]) -> dict[str, str]:
    today = date.today().isoformat()
    return {name: today if text == "today" else text for name, text in values.items()}


def _answer(ask: Callable[[], QueryResult]) -> tuple[QueryResult | None, QueryError | None]:
    try:
        return ask(), None
    except QueryError as error:
        return None, error


def _choices(kind: str) -> list[Node]:
    """The nodes of a kind, by name, for the list of a form."""
    return sorted((n for n in nodes().values() if n.kind == kind), key=lambda n: by_name(n.name))
