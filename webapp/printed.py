"""Pages as kept answers: what was written for one reader is not written anew for the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from flask import Response, current_app, g, request, session

from ecosystem.contents import REVISION
from ecosystem.desk import MATTERS
from ecosystem.kept import Failed, Passing, Ready, Stale, Working
from ecosystem.questions.question import Question
from webapp.address import ground
from webapp.language import current_language

A = TypeVar("A")


def printed(write: Callable[[], Response]) -> Response:
    """The page of this address, written once for a revision, a day and a language.

    Kept is what says all there is to say: no failure, and no page that shows an answer which is
    still being worked out. Who is told on the page what he has just done gets one of his own.
    While one reader has a page written because the facts have changed, the others get the one
    before; a decision is seen by all at once.
    """
    if "_flashes" in session:
        return write()

    def whole(_tell: object) -> Any:
        page = write()
        found = page.get_data(as_text=True), page.status_code, list(page.headers)
        last = page.status_code == 200 and page.mimetype == "text/html" and "unsettled" not in g
        return found if last else Passing(found)

    here = ground()
    asks = current_app.extensions["gate"] is not None
    address = request.script_root + request.full_path
    key = ("page", address, current_language(), date.today(), asks)
    stamp = here.present.stamp(REVISION, *MATTERS)
    before = here.kept.earlier(key, stamp)
    if before is not None and before[0][1 : len(stamp)] == stamp[1:]:
        found = before[1]
    else:
        found = here.kept.ask(key, stamp, whole)
    if isinstance(found, Passing):
        found = found.answer
        if found[1] == 200:
            # Good enough for who comes while it is written again, and for nobody else.
            here.kept.ask(key, (*stamp, ("unsettled", 0)), lambda _tell: found)
    text, status, headers = found
    return Response(text, status, headers)


def peek(question: Question[A]) -> Ready[A] | Stale[A] | Working | Failed:
    """What there is of an answer; a page that shows less than all of it is written again."""
    found = ground().peek(question)
    if not isinstance(found, Ready):
        g.unsettled = True
    return found


def ready(question: Question[A]) -> bool:
    """Whether the answer is there; a page that goes without it is written again."""
    found = ground().ready(question)
    if not found:
        g.unsettled = True
    return found
