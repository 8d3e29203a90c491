"""The JSON twins of the pages, for programs: each question of the catalogue under ``/api``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from flask import Flask, Response, abort, g, jsonify, request

from ecosystem import __version__
from ecosystem.errors import FieldsError, WrongField
from ecosystem.model import Node, deprecation
from ecosystem.questions import QUESTIONS
from ecosystem.questions.asking import Search
from ecosystem.questions.measuring import HowSurely
from ecosystem.questions.parameters import Parameter, Unreadable
from ecosystem.questions.question import Question
from webapp import address
from webapp.address import OURS, ground, here, link, workspace
from webapp.elsewhere import unasked
from webapp.language import current_language
from webapp.openapi import LIMIT, OFFSET, SPOKEN, specification
from webapp.sureness import stability


def _suggestion(node: Node) -> dict[str, Any]:
    """What the search box shows of a node, and where it leads."""
    lang = current_language()
    shown, really = node.name.show(lang)
    ended = deprecation(node)
    return {
        **({"no_longer": ended.told.show(lang)[0]} if ended else {}),
        "kind_name": node.label.show(lang)[0],
        "shown": shown,
        "lang": really,
        "href": link("entity", identity=node.id),
    }


ALSO: Mapping[type[Question[Any]], Callable[[Any], dict[str, Any]]] = {Search: _suggestion}
"""What the items of a twin hold besides, for the pages of this application."""


def open_twins(app: Flask) -> None:
    """Give ``app`` a twin for every question that has one, and their description."""
    for question in QUESTIONS:
        if "twin" not in question.lacks:
            view = stability if question is HowSurely else _answered(question)
            app.add_url_rule(f"/api/{question.path}", f"api.{question.name}", view)
    app.add_url_rule(
        "/api/openapi.json", "api.openapi", lambda: jsonify(specification(request.script_root))
    )
    app.before_request(_not_modified)
    app.after_request(_tagged)


def _answered(question: type[Question[Any]]) -> Callable[..., Response]:
    def view(**_path: str) -> Response:
        if unasked(question):
            abort(403, "Another page led here: open the query in the console and run it there.")
        asked = g.question = question.read(address.words(), ground(), OURS)
        found = ground().ask(asked)
        return _page_of(asked, found) if question.paged else jsonify(asked.values(found))

    return view


def _page_of(asked: Question[Any], found: Sequence[Any]) -> Response:
    """One page of a list, how many there are and where the next page is."""
    offset = int(_read(asked.name, "offset", OFFSET))
    end = offset + int(_read(asked.name, "limit", LIMIT))
    also = ALSO.get(type(asked))
    items = [asked.item(one) for one in found[offset:end]]
    if also is not None:
        items = [{**item, **also(one)} for item, one in zip(items, found[offset:end], strict=True)]
    after = here(offset=end, limit=end - offset) if end < len(found) else None
    answer = jsonify(items=items, total=len(found), offset=offset, limit=end - offset, next=after)
    if after:
        answer.headers["Link"] = f'<{after}>; rel="next"'
    return answer


def _read(question: str, name: str, field: Parameter) -> Any:
    """What the address says to a field of the twins' own."""
    try:
        return field.read(name, address.words(), ground())
    except Unreadable as error:
        said = request.args.get(name, "")
        wrong = WrongField(name, field.label, said, error.why, error.nearest)
        raise FieldsError(question, [wrong]) from None


def _for_programs() -> bool:
    return bool(request.endpoint) and str(request.endpoint).startswith("api.")


def _not_modified() -> Response | None:
    """An empty answer where the caller has the present one already."""
    if _for_programs():
        _read(str(request.endpoint), "lang", SPOKEN)
    if _for_programs() and request.if_none_match.contains_weak(_tag()):
        answer = Response(status=304)
        answer.set_etag(_tag(), weak=True)
        return answer
    return None


def _tagged(answer: Response) -> Response:
    """``answer`` with a tag that changes with the store, the address and the day."""
    if _for_programs() and answer.status_code == 200:
        # Weak: the same answer travels in more than one form.
        answer.set_etag(_tag(), weak=True)
    return answer


def _tag() -> str:
    parts = (
        __version__,
        workspace().store.revision(),
        request.full_path,
        date.today(),
        current_language(),
    )
    return sha256(repr(parts).encode()).hexdigest()[:24]
