"""Pages from questions: each question of the catalogue at its address, shown by its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.errors import ParameterError
from ecosystem.questions import QUESTIONS
from ecosystem.questions.asking import Console, RunQuery
from ecosystem.questions.fields import VIEW
from ecosystem.questions.keeping import Changes
from ecosystem.questions.parameters import Pairs
from ecosystem.questions.question import FORMS, Question
from ecosystem.values import LANGUAGES
from webapp import address
from webapp.address import OURS, ground
from webapp.elsewhere import unasked
from webapp.handbook import told_in
from webapp.language import current_language, preferred_language
from webapp.printed import printed

LANGUAGE = f"/<any({', '.join(LANGUAGES)}):lang>"

RUN: tuple[type[Question[Any]], ...] = (Console, RunQuery, Changes)
"""Questions that ask the store at the moment: their pages are never those of before."""

Context = Mapping[str, Any] | BaseResponse
Show = TypeVar("Show", bound=Callable[..., Context])


@dataclass(frozen=True)
class Page:
    """How a question is shown.

    Attributes
    ----------
    context
        What the template needs beside question, answer and view, from these two; it may name
        another ``template``, a ``status`` and ``headers``, or be a whole response.
    fill
        Says what the address left open, such as the city of the view.
    asks
        Whether the answer is asked for before ``context``; else that does it itself.
    ours
        Words of the address that are the page's own.
    told_in
        The chapter and heading of the handbook that speak of the page.
    """

    template: str
    context: Callable[[Any, Any], Context]
    fill: Callable[[Any], Any] | None
    asks: bool
    ours: tuple[str, ...]
    told_in: str


PAGES: dict[type[Question[Any]], Page] = {}


def page(
    question: type[Question[Any]],
    template: str,
    *,
    told_in: str,
    fill: Callable[[Any], Any] | None = None,
    asks: bool = True,
    ours: tuple[str, ...] = (),
) -> Callable[[Show], Show]:
    """Show ``question`` with ``template`` and what the decorated function gives it."""

    def added(context: Show) -> Show:
        PAGES[question] = Page(template, context, fill, asks, ours, told_in)
        return context

    return added


def open_pages(app: Flask) -> None:
    """Give ``app`` a page for every question that has one.

    Raises
    ------
    KeyError
        For a question that says it has a page, and none shows it.
    """
    for question in QUESTIONS:
        path = "/" + (question.page or question.path).lstrip("/")
        if "page" not in question.lacks:
            shown = told_in(PAGES[question].told_in)(_shown(question, PAGES[question]))
            app.add_url_rule(LANGUAGE + path, question.name, shown)
            app.add_url_rule(path, f"{question.name}.unspoken", in_own_language)
        if question.from_file:
            opened = _opened(question)
            where = f"{LANGUAGE}{path}/open"
            app.add_url_rule(where, f"{question.name}.open", opened, methods=["POST"])
        if question.stored and question.forms and "<" not in path and path != "/":
            endings = f".<any({', '.join(map(repr, question.forms))}):ending>"
            app.add_url_rule(LANGUAGE + path + endings, f"{question.name}.file", _filed(question))


def in_own_language(**_rest: str) -> BaseResponse:
    """To the same page in the language that the browser prefers."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(address.rooted(f"/{preferred_language()}{request.path}{query}"))


def carried(question: type[Question[Any]]) -> tuple[str, ...]:
    """The words of an address that are not the question's: the view is carried through all pages.

    A question whose fields may have any name takes them all.
    """
    open_names = any(
        isinstance(one, Pairs) and not one.prefix for one in question.parameters().values()
    )
    return OURS if question.view_field() or open_names else (*OURS, *VIEW)


def _shown(question: type[Question[Any]], shown: Page) -> Callable[..., Any]:
    def view(**path: str) -> Any:
        if not all(word.strip() for word in path.values()):
            abort(404)  # a page about nothing in particular is none
        if question in RUN or "format" in request.args:
            return write()
        return printed(write)

    def write() -> Any:
        said = address.words()
        ours = (*carried(question), *shown.ours)
        g.gone = []
        asked = question.read(said, ground(), ours, partly=True, gone=g.gone)
        g.unfilled = asked
        if shown.fill is not None:
            asked = shown.fill(asked)
        g.question = asked
        found = ground().ask(asked) if shown.asks and asked.complete else None
        form = request.args.get("format", "page")
        if form != "page" and asked.complete:
            if unasked(question):
                return redirect(address.here())
            return file(asked, found if shown.asks else ground().ask(asked), form)
        context = shown.context(asked, found)
        if isinstance(context, BaseResponse):
            return context
        given = dict(context)
        status = given.pop("status", 200)
        template = given.pop("template", shown.template)
        page = render_template(
            template, **{"view": address.view(), "question": asked, "found": found, **given}
        )
        answer = Response(page, status)
        answer.headers.update(given.get("headers", {}))
        return answer

    return view


def _filed(question: type[Question[Any]]) -> Callable[..., Any]:
    def view(ending: str) -> Any:
        said = {name: values for name, values in address.words().items() if name != "ending"}
        asked = g.question = question.read(said, ground(), carried(question))
        if unasked(question):
            there: dict[str, Any] = {**address.kept()}
            return redirect(url_for(question.name, **there))
        return file(asked, ground().ask(asked), ending)

    return view


def _opened(question: type[Question[Any]]) -> Callable[[], BaseResponse]:
    """Takes a file that asks the question, and leads to the page; nothing of it is stored."""

    def view() -> BaseResponse:
        sent = request.files.get("file")
        name = (sent.filename if sent else "") or question.name
        try:
            text = (sent.read() if sent else b"").decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ParameterError(f"{name}: the file is not UTF-8 text.", "Save it again.") from None
        seen = {key: [word] for key, word in address.view_said().items()}
        asked = question.read({**seen, **question.words_in(text, name)}, ground())
        return redirect(address.link(question.name, **asked.keeps()), 303)

    return view


def file(asked: Question[Any], found: Any, form: str) -> Response:
    """An answer as a file of one of the question's forms, or as JSON.

    Raises
    ------
    ParameterError
        For a form that the question has not.
    """
    if form == "json":
        return jsonify(asked.values(found))
    if form not in asked.forms:
        message = f"format: {form[:40]!r} is not one of {', '.join((*asked.forms, 'json'))}."
        raise ParameterError(message, "Choose one of them.")
    made = asked.made(found, form, ground(), current_language())
    answer = Response(made, content_type=FORMS[form].media_type)
    name = f"{asked.file_name()}.{FORMS[form].ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
