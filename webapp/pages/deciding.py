"""The desk in the web view: what was decided, and the form that decides."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import (
    Flask,
    Response,
    flash,
    g,
    get_flashed_messages,
    render_template,
    request,
    session,
)
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

from ecosystem.acts.deciding import Decide
from ecosystem.desk import MATTERS, WITHDRAWN, Desk
from ecosystem.model import Decision
from ecosystem.questions.catalogues import OUTCOMES, gap_subject
from ecosystem.questions.deciding import DeskOf, OnTheDesk
from ecosystem.values import Text
from webapp.acts import back, form
from webapp.address import ground, link, view
from webapp.doors import Context, page
from webapp.limits import LARGEST_FILES

BETWEEN = {"match": ">", "same": "="}
"""What stands between the ids of a decision about two."""
LARGEST_FORM = 64 * 1024
LARGER: Mapping[str, int] = {
    "bringing.sent": LARGEST_FILES + LARGEST_FORM,
    # A choice for each column and each word of a file.
    "bringing.said": 8 * LARGEST_FORM,
}
"""The forms that may be larger than others."""
PLACE = secrets.token_hex(16)
"""Stands in a page for the token of whoever gets it, so that one page can be kept for all."""


def protect(app: Flask) -> None:
    """Let only forms of this application's own pages change anything.

    The key lives as long as the process: after a restart an old form asks to be sent again.
    """
    app.secret_key = secrets.token_bytes(32)
    app.config.update(
        SESSION_COOKIE_NAME="ecosystem",
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
    )
    app.before_request(_room_for_files)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _out_of_date)
    app.after_request(_own_token)
    app.context_processor(
        lambda: {
            "csrf_token": lambda: PLACE,
            "desk": desk,
            "matters": MATTERS,
            "state_name": state_name,
            "gap_subject": lambda gap: gap_subject(view().scope, gap.id),
            "told": lambda: get_flashed_messages(with_categories=True),
        }
    )


def _room_for_files() -> None:
    """Let a form be as large as what it brings; before its token is read, which reads all of it."""
    if larger := LARGER.get(request.endpoint or ""):
        request.max_content_length = larger
        request.max_form_memory_size = 8 * LARGEST_FORM


def _out_of_date(_error: CSRFError) -> tuple[str, int]:
    sentence = gettext("This form is out of date, and nothing was stored.")
    hint = gettext("Go back, reload the page and send it again.")
    return render_template(
        "failure.html", status=400, sentence=sentence, hint=hint, nearest=[]
    ), 400


def _own_token(response: Response) -> Response:
    """Put the reader's token where the page has a place for it; then it is nobody else's."""
    if response.mimetype == "text/html" and not response.direct_passthrough:
        page = response.get_data()
        if PLACE.encode() in page:
            response.set_data(page.replace(PLACE.encode(), generate_csrf().encode()))
        if session:
            response.headers.setdefault("Cache-Control", "no-store")
    return response


def desk() -> Desk:
    """Every decision, as it was when this request first asked."""
    if "desk" not in g:
        g.desk = ground().desk
    found: Desk = g.desk
    return found


def state_name(decision: Decision) -> Text:
    """The words of a decision's state."""
    return MATTERS[decision.matter].states.get(decision.state, WITHDRAWN)


@page(DeskOf, "desk.html", told_in="gaps#follow-what-was-taken-up")
def desk_page(asked: DeskOf, found: OnTheDesk) -> Context:
    """Gaps taken up with what became of them, and every other decision."""
    return {
        "followed": found.gaps,
        "outcomes": OUTCOMES,
        "today": ground().usual_view().as_of,
        "elsewhere": _elsewhere(asked.view.scope),
        "lists": [(name, _standing(name)) for name in MATTERS if name not in ("gap", "view")],
        "lost": _lost(),
    }


def _lost() -> set[str]:
    """The decisions about something that is not recorded any more."""
    there = ground().contents.records
    return {
        one.id
        for one in desk().decisions
        if any(end not in there for end in one.subject.split(BETWEEN.get(one.matter, "\n")))
    }


def _standing(matter: str) -> list[Decision]:
    return sorted(desk().standing(matter).values(), key=lambda one: one.id, reverse=True)


def _elsewhere(scope: str) -> dict[str, int]:
    """How many gaps were taken up in other scopes."""
    counts: dict[str, int] = {}
    for about in desk().standing("gap"):
        of = about.partition(" ")[0]
        if of != scope:
            counts[of] = counts.get(of, 0) + 1
    return counts


@form(Decide)
def decided(asked: Decide, made: Decision) -> str:
    """Back to the page on which it was decided; a view that is kept stands in the story."""
    flash(made.id, "decided")
    return link("story") if asked.matter == "view" else back()
