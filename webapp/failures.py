"""How expected failures are told: a page for people, a problem document for programs."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, json, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from ecosystem.errors import (
    EcosystemError,
    NotFoundError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreLockedError,
    StoreUnavailableError,
    WriteRefusedError,
)
from webapp.address import workspace

STATUS: tuple[tuple[type[EcosystemError], int], ...] = (
    (NotFoundError, 404),
    (WriteRefusedError, 403),
    (QueryTimeoutError, 504),
    (QueryError, 400),
    (StoreUnavailableError, 503),
    (StoreLockedError, 503),
    (EcosystemError, 500),
)


def explain(app: Flask) -> None:
    """Answer every expected failure of ``app`` by what it says and what to do."""
    app.register_error_handler(EcosystemError, _told)
    app.register_error_handler(HTTPException, _refused)


def status_of(error: EcosystemError) -> int:
    """The HTTP status of a failure."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem(error: EcosystemError) -> dict[str, Any]:
    """The failure as a problem document (RFC 9457), with its hint and nearest names."""
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": type(error).__name__.removesuffix("Error"),
        "status": status_of(error),
        "detail": error.message,
        "hint": error.hint,
    }
    if isinstance(error, NotFoundError):
        found["nearest"] = list(error.nearest)
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
    nearest = _nearest(error) if isinstance(error, NotFoundError) else []
    page = render_template("failure.html", error=error, status=status_of(error), nearest=nearest)
    return page, status_of(error)


def _nearest(error: NotFoundError) -> list[Any]:
    nodes = workspace().dataset().nodes
    return [nodes[identity] for identity in error.nearest if identity in nodes]


def _refused(error: HTTPException) -> Response | tuple[str, int]:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect of the router
    sentence = gettext("There is no page at this address.") if status == 404 else str(error.name)
    if _for_programs():
        return _document(
            {"type": "about:blank", "title": error.name, "status": status, "detail": sentence}
        )
    told = EcosystemError(sentence)
    return render_template("failure.html", error=told, status=status, nearest=[]), status
