"""How expected failures are told: a page for people, a problem document for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from flask import Flask, Response, json, render_template, request
from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from ecosystem.errors import (
    DataError,
    EcosystemError,
    FieldsError,
    NotFoundError,
    ParameterError,
    Problem,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreChangedError,
    StoreError,
    UndoRefusedError,
    WriteRefusedError,
    told,
)
from ecosystem.model import Node
from ecosystem.values import Text
from webapp import wrong
from webapp.address import nodes
from webapp.language import current_language, show

_NOTHING = Markup("")

STATUS: tuple[tuple[type[EcosystemError], int], ...] = (
    (NotFoundError, 404),
    (FieldsError, 400),
    (WriteRefusedError, 403),
    (QueryTimeoutError, 504),
    (QueryError, 400),
    (StoreChangedError, 409),
    (UndoRefusedError, 409),
    (StoreError, 503),
    (DataError, 422),
    (EcosystemError, 500),
)


def explain(app: Flask) -> None:
    """Answer every expected failure of ``app`` by what it says and what to do."""
    app.register_error_handler(EcosystemError, _told)
    app.register_error_handler(HTTPException, _refused)


def status_of(error: EcosystemError) -> int:
    """The HTTP status of a failure."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def _title(error: EcosystemError) -> str:
    kind = ParameterError if isinstance(error, FieldsError) else type(error)
    return kind.__name__.removesuffix("Error")


def problem(error: EcosystemError) -> dict[str, Any]:
    """The failure as a problem document (RFC 9457), with its hint and nearest names."""
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": _title(error),
        "status": status_of(error),
        "detail": error.message,
        "hint": error.hint,
    }
    if isinstance(error, NotFoundError):
        found["nearest"] = list(error.nearest)
    if isinstance(error, FieldsError):
        found["errors"] = [
            {"parameter": one.name, "detail": one.why.en, "nearest": list(one.nearest)}
            for one in error.wrong
        ]
    if isinstance(error, QuerySyntaxError) and error.line:
        found |= {"line": error.line, "column": error.column}
    return found


def _for_programs() -> bool:
    return request.path.startswith("/api/")


def _document(document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False)
    return Response(text, document["status"], content_type="application/problem+json")


def _told(error: EcosystemError) -> Response | tuple[str, int]:
    if _for_programs():
        return _document(problem(error))
    if isinstance(error, FieldsError):
        return wrong.page(error, 400), 400
    cause = error.__cause__
    if isinstance(cause, FieldsError) and cause.wrong[0].name not in (request.view_args or {}):
        return wrong.page(cause, status_of(error)), status_of(error)
    return _page(status_of(error), _sentence(error), _hint(error), _nearest(error))


def _page(
    status: int, sentence: Markup, hint: Markup = _NOTHING, nearest: Iterable[Node] = ()
) -> tuple[str, int]:
    page = render_template(
        "failure.html", status=status, sentence=sentence, hint=hint, nearest=list(nearest)
    )
    return page, status


def _sentence(error: EcosystemError) -> Markup:
    if isinstance(error, NotFoundError):
        return escape(gettext("Nothing with the id “%(name)s” is recorded.", name=error.name))
    if isinstance(error, StoreChangedError):
        return escape(gettext("Somebody else has changed this meanwhile, and nothing was stored."))
    if isinstance(error, DataError):
        return Markup(" ").join(map(_problem, error.problems))
    if isinstance(error, StoreError):
        words = gettext("The pages are here, but the database behind them gives no answer:")
        return escape(words) + " " + show(error.both[0])
    return show(error.both[0])


def _problem(one: Problem) -> Markup:
    if one.said is None:
        return in_english(str(one))
    return escape(" ".join(told([one], current_language())))


def _hint(error: EcosystemError) -> Markup:
    if isinstance(error, StoreChangedError):
        return escape(gettext("Go back, reload the page and look at what stands there now."))
    hintless = isinstance(error, (NotFoundError, DataError)) or not error.hint
    return _NOTHING if hintless else show(error.both[1])


def in_english(words: str) -> Markup:
    """A message of the program, which speaks English, marked as such on a Bulgarian page."""
    return show(Text("", words)) if words else _NOTHING


def _nearest(error: EcosystemError) -> list[Node]:
    if not isinstance(error, NotFoundError):
        return []
    return [nodes()[identity] for identity in error.nearest if identity in nodes()]


def _refused(error: HTTPException) -> Response | tuple[str, int]:
    status = error.code or 500
    if error.response is not None or status < 400:
        return cast(Response, error.get_response())
    if _for_programs():
        return _document(
            {
                "type": "about:blank",
                "title": error.name,
                "status": status,
                "detail": error.description or error.name,
            }
        )
    if status == 404:
        return _page(status, escape(gettext("There is no page at this address.")))
    return _page(status, in_english(error.description or error.name))
