"""The desk in the web view: what was decided, and the one form that decides."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    g,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    session,
)
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.followup import OUTCOMES, subject
from ecosystem.desk import MATTERS, WITHDRAWN, Desk
from ecosystem.model import Decision
from ecosystem.values import Text
from webapp import facts, tables
from webapp.address import link, view, workspace
from webapp.language import current_language
from webapp.pages import LANGUAGE

blueprint = Blueprint("decisions", __name__)
FIELDS = ("state", "owner", "due_on", "note", "heading", "rank")
LARGEST_FORM = 64 * 1024


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
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _out_of_date)
    app.after_request(_keep_private)
    app.context_processor(
        lambda: {
            "desk": desk,
            "matters": MATTERS,
            "state_name": state_name,
            "gap_subject": lambda gap: subject(view().scope, gap.id),
            "told": lambda: get_flashed_messages(with_categories=True),
        }
    )


def _out_of_date(_error: CSRFError) -> tuple[str, int]:
    sentence = gettext("This form is out of date, and nothing was stored.")
    hint = gettext("Go back, reload the page and send it again.")
    return render_template(
        "failure.html", status=400, sentence=sentence, hint=hint, nearest=[]
    ), 400


def _keep_private(response: Response) -> Response:
    """A page with a token of its own is nobody else's."""
    if session:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def desk() -> Desk:
    """Every decision, as it was when this request first asked."""
    if "desk" not in g:
        g.desk = workspace().desk()
    found: Desk = g.desk
    return found


def state_name(decision: Decision) -> Text:
    """The words of a decision's state."""
    return MATTERS[decision.matter].states.get(decision.state, WITHDRAWN)


@blueprint.get(LANGUAGE + "/desk", endpoint="desk")
def desk_page() -> str:
    """Gaps taken up with what became of them, and every other decision."""
    seen = view()
    return render_template(
        "desk.html",
        view=seen,
        followed=workspace().follow_up(seen),
        outcomes=OUTCOMES,
        today=workspace().view().as_of,
        elsewhere=_elsewhere(seen.scope),
        lists=[(name, _standing(name)) for name in MATTERS if name not in ("gap", "view")],
    )


@blueprint.get(LANGUAGE + "/corrections.csv")
def corrections() -> Response:
    """The suggested corrections as a file, each with the statement's id, pack and sources."""
    records = workspace().facts().records
    names = ("statement", "name", "pack", "sources", "state", "note", "decided_on")
    rows = []
    for one in sorted(desk().standing("correction").values(), key=lambda made: made.id):
        record = records.get(one.subject)
        known = (record.pack, " ".join(record.sources)) if record else ("", "")
        called = facts.statement_name(one.subject).striptags() if record else ""
        rows.append((one.subject, called, *known, one.state, one.note, one.decided_on))
    return tables.csv_file(names, rows, "corrections")


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


@blueprint.post(LANGUAGE + "/decide")
def decide() -> BaseResponse:
    """Store what a form decided and go back to the page it stood on."""
    form = request.form
    values = {name: form[name] for name in FIELDS if form.get(name, "").strip()}
    made = workspace().decide(
        form.get("matter", ""), form.get("subject", ""), values, seen=form.get("seen")
    )
    flash(made.id, "decided")
    return redirect(back_to(form.get("back", "")), 303)


def back_to(asked: str) -> str:
    """The page to go back to; one of this application, whatever the form says."""
    parts = urlsplit(asked)
    ours = not parts.scheme and not parts.netloc and asked.startswith(f"/{current_language()}/")
    return asked if ours and "\\" not in asked else link("decisions.desk")
