"""Asking the store: the query library, the console, and what programs can ask."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template

from ecosystem.errors import QueryError
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, KINDS, NODE_KINDS, Edge, Entity, Node, columns
from ecosystem.queries import Parameter, Query, QueryResult
from ecosystem.questions.asking import Console, Library, RunQuery, cut_short
from ecosystem.questions.catalogues import DEFINITIONS, LENSES
from ecosystem.questions.fields import VIEW
from ecosystem.questions.question import Question
from ecosystem.spelling import STORED
from ecosystem.store.callables import FUNCTIONS, PROCEDURES
from webapp import facts, failures, wording
from webapp.address import ground, nodes, workspace
from webapp.doors import LANGUAGE, Context, in_own_language, page
from webapp.elsewhere import unasked
from webapp.handbook import told_in
from webapp.language import named
from webapp.openapi import specification
from webapp.security import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

blueprint = Blueprint("reading", __name__)
CYPHER = (
    "MATCH OPTIONAL WHERE RETURN WITH UNWIND ORDER BY SKIP LIMIT DISTINCT AS AND OR NOT IN IS NULL "
    "STARTS ENDS CONTAINS CASE WHEN THEN ELSE END UNION count sum avg min max collect size "
    "coalesce toLower labels type head last range split exists"
).split()
MOST_SELECTED = 300
"""How many things the map puts into the light at once, as its scripts have it."""
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


@page(Library, "queries.html", told_in="sureness#ask-the-map-yourself")
def queries(asked: Library, found: Sequence[Query]) -> Context:
    """The library: what strategists ask, found by words and by subject."""
    tags = sorted(
        {tag for query in ground().queries.values() for tag in query.tags}, key=wording.tag
    )
    return {"queries": found, "words": asked.words, "chosen": asked.tag, "tags": tags}


@page(RunQuery, "query.html", told_in="sureness#ask-the-map-yourself", asks=False)
def query(asked: RunQuery, _found: None) -> Context:
    """One query of the library with its form and, once its parameters are given, its rows."""
    chosen = asked.named(ground())
    values = asked.said(chosen)
    # A day that the address carries along asks nothing by itself.
    own = values.keys() - VIEW.keys()
    ready = bool(own) or all(
        not one.required or one.default or one.name in values for one in chosen.parameters
    )
    result, error = _answer(asked) if ready else (None, None)
    return {
        "status": 200 if error is None else failures.status_of(error),
        "query": chosen,
        "headings": {column.name: column.help for column in chosen.returns},
        "values": _filled(values if own else {**chosen.examples(), **values}),
        "result": result,
        "error": error,
        "cut_short": cut_short,
        "choices": named,
        "in_console": _in_console,
        "on_map": on_map,
        "most_on_map": MOST_SELECTED,
    }


@page(Console, "console.html", told_in="sureness#ask-the-map-yourself", asks=False)
def console(asked: Console, _found: None) -> Context:
    """A reader's own query; reading only, and every run is a link.

    The address names its parameters ``p.city`` and so on.
    """
    nonce, given = secrets.token_urlsafe(16), dict(asked.given)
    parameters = dict.fromkeys(_PARAMETER.findall(asked.cypher), "") | given
    result, error = None, None
    waiting = asked.complete and unasked(Console)
    if asked.complete and not waiting and given.keys() >= parameters.keys():
        result, error = _answer(asked)
    # The editor writes a style element of its own.
    policy = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return {
        "status": 200 if error is None else failures.status_of(error),
        "headers": {"Content-Security-Policy": policy},
        "cypher": asked.cypher,
        "parameters": parameters,
        "result": result,
        "error": error,
        "waiting": waiting,
        "cut_short": cut_short,
        "on_map": on_map,
        "most_on_map": MOST_SELECTED,
        "settings": workspace().settings,
        "nonce": nonce,
        "model": _model(parameters),
        "sheet": _sheet(),
        "functions": FUNCTIONS,
        "procedures": PROCEDURES,
    }


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


def _own(kind: type[Node], common: Collection[str]) -> list[str]:
    """The properties of a kind beside those of all; of the apparatus, all that it has."""
    known = columns(kind)
    return [name for name in known if name not in common or not issubclass(kind, Entity)]


def _sheet() -> list[tuple[str, str]]:
    """Each kind with its own properties, ties with what they join as well."""
    common = set(columns(Entity)) | set(columns(Edge))
    rows = [("(:*)", ", ".join((*STORED, *columns(Entity))))]
    for name, node in NODE_KINDS.items():
        rows.append((f"(:{name})", ", ".join(_own(node, common))))
    rows.append(("-[:*]->", ", ".join(columns(Edge))))
    for name, edge in EDGE_KINDS.items():
        ends = "; ".join(f"{one} → {other}" for one, other in edge.ends)
        own = ", ".join(one for one in columns(edge) if one not in common)
        rows.append((f"-[:{name}]->", f"{ends}{': ' if own else ''}{own}"))
    return rows


def on_map(things: Sequence[str]) -> list[str]:
    """Those of the things that the map draws, the first of them: ties with their ends before."""
    ends = ([*one.split("|")[1:3], one] if one in ground().facts.edges else [one] for one in things)
    drawn = (one for several in ends for one in several if _is_drawn(one))
    return list(dict.fromkeys(drawn))[:MOST_SELECTED]


def _is_drawn(identity: str) -> bool:
    return "|" in identity or (identity in nodes() and nodes()[identity].kind in ENTITY_KINDS)


def _in_console(parameters: Iterable[Parameter], values: dict[str, str]) -> dict[str, str]:
    filled = _filled({one.name: values.get(one.name) or one.default for one in parameters})
    return {f"p.{name}": text or "null" for name, text in filled.items()}


def _filled(values: dict[str, str]) -> dict[str, str]:
    today = date.today().isoformat()
    return {name: today if text == "today" else text for name, text in values.items()}


def _answer(asked: Question[QueryResult]) -> tuple[QueryResult | None, QueryError | None]:
    try:
        return ground().ask(asked), None
    except QueryError as error:
        return None, error


@blueprint.get(LANGUAGE + "/api")
@told_in("sureness#ask-the-map-yourself")
def programs() -> str:
    """What programs can ask: every address of the JSON interface with its parameters."""
    return render_template("api.html", spec=specification())


@blueprint.get(LANGUAGE + "/about")
@told_in("sureness#follow-a-source")
def about() -> str:
    """How to read the map: the model, standing, dates, lenses and measures."""
    return render_template(
        "about.html",
        lenses=LENSES,
        definitions=DEFINITIONS,
        node_kinds=NODE_KINDS,
        own_columns=facts.own_columns,
        engine=workspace().store.engine(),
    )


@blueprint.get("/about")
def unspoken() -> Any:
    """To the page in the language that the browser prefers."""
    return in_own_language()
