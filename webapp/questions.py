"""Asking the map: the query library, the console and the search for mentors."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from ecosystem.analysis.matching.board import subject
from ecosystem.errors import NotFoundError, QueryError
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, KINDS, NODE_KINDS, Edge, Node, columns
from ecosystem.queries import STORED, Parameter, Query
from ecosystem.workspace import QueryResult
from webapp import address, failures, tables, wording
from webapp.address import nodes, view, workspace
from webapp.language import by_name
from webapp.openapi import specification
from webapp.pages import LANGUAGE
from webapp.security import CONTENT_SECURITY_POLICY

blueprint = Blueprint("questions", __name__)
CYPHER = (
    "MATCH OPTIONAL WHERE RETURN WITH UNWIND ORDER BY SKIP LIMIT DISTINCT AS AND OR NOT IN IS NULL "
    "STARTS ENDS CONTAINS CASE WHEN THEN ELSE END UNION count sum avg min max collect size "
    "coalesce toLower labels type head last range split exists"
).split()
MOST_SELECTED = 40
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
    """The library: what strategists ask, found by words ``q`` and by ``tag``."""
    known = list(workspace().queries().values())
    words, chosen = request.args.get("q", "")[:200], request.args.get("tag", "")
    found = [one for one in known if (not chosen or chosen in one.tags) and _speaks_of(one, words)]
    tags = sorted({tag for one in known for tag in one.tags}, key=wording.tag)
    return render_template("queries.html", queries=found, words=words, chosen=chosen, tags=tags)


def _speaks_of(query: Query, words: str) -> bool:
    texts = (query.name, *query.title, *(query.description or ()), query.cypher)
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())


@blueprint.get(LANGUAGE + "/queries/<name>")
def query(name: str) -> Response | tuple[str, int]:
    """One query of the library with its form and, once its parameters are given, its rows."""
    space = workspace()
    if name not in space.queries():
        raise NotFoundError("query", name, space.queries())
    chosen = space.queries()[name]
    names = [one.name for one in chosen.parameters]
    values = {one: request.args[one] for one in names if one in request.args}
    ready = bool(values) or all(not one.required or one.default for one in chosen.parameters)
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
        on_map=_on_map(result),
    )
    return page, 200 if error is None else failures.status_of(error)


@blueprint.get(LANGUAGE + "/console")
def console() -> Response | tuple[str, int]:
    """A reader's own query; reading only, and every run is a link.

    The address names its parameters ``p.city`` and so on.
    """
    cypher, nonce = request.args.get("cypher", ""), secrets.token_urlsafe(16)
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
        nonce=nonce,
        model=_model(asked),
        sheet=_sheet(),
    )
    status = 200 if error is None else failures.status_of(error)
    reply = Response(page, status)
    # The editor writes a style element of its own.
    reply.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return reply


def _model(parameters: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """What the editor offers: words of Cypher, kinds, properties and parameters."""
    properties = {name for kind in KINDS.values() for name in columns(kind)} | set(STORED)
    offered = {
        "words": [(word, "keyword") for word in CYPHER],
        "kinds": [(kind, "type") for kind in KINDS],
        "properties": [(name, "property") for name in sorted(properties)],
        "parameters": [(name, "variable") for name in parameters],
    }
    return {
        sort: [{"label": name, "type": kind} for name, kind in names]
        for sort, names in offered.items()
    }


def _sheet() -> list[tuple[str, str]]:
    """Each kind with its own properties, ties with what they join as well."""
    common = set(columns(Node)) | set(columns(Edge))
    rows = [("(:*)", ", ".join((*STORED, *columns(Node))))]
    for name, node in NODE_KINDS.items():
        rows.append((f"(:{name})", ", ".join(one for one in columns(node) if one not in common)))
    rows.append(("-[:*]->", ", ".join(columns(Edge))))
    for name, edge in EDGE_KINDS.items():
        ends = "; ".join(f"{one} → {other}" for one, other in edge.ends)
        own = ", ".join(one for one in columns(edge) if one not in common)
        rows.append((f"-[:{name}]->", f"{ends}{': ' if own else ''}{own}"))
    return rows


def _value(text: str) -> Any:
    """A parameter as typed: a number, list or truth value in JSON, anything else as text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _on_map(result: QueryResult | None) -> list[str]:
    """The nodes that the rows name, the first of them, for the map."""
    if result is None:
        return []
    cells = (cell for row in result.rows for cell in row)
    values = (
        one for cell in cells for one in (cell if isinstance(cell, (list, tuple)) else (cell,))
    )
    found = dict.fromkeys(one for one in values if isinstance(one, str) and one in nodes())
    return [one for one in found if nodes()[one].kind in ENTITY_KINDS][:MOST_SELECTED]


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


@blueprint.get(LANGUAGE + "/api")
def programs() -> str:
    """What programs can ask: every address of the JSON interface with its parameters."""
    return render_template("api.html", spec=specification(current_app))
