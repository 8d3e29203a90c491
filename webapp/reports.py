"""The cited report: in the frame of the site, and as files."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.address import view, workspace
from webapp.language import current_language
from webapp.pages import LANGUAGE, in_own_language

blueprint = Blueprint("reports", __name__)
FORMS = {
    "pdf": ("pdf", "application/pdf"),
    "html": ("html", "text/html; charset=utf-8"),
    "md": ("markdown", "text/markdown; charset=utf-8"),
}


@blueprint.get("/report")
def unspoken() -> BaseResponse:
    """To the report in the language that the browser prefers."""
    return in_own_language()


@blueprint.get(LANGUAGE + "/report")
def report() -> str:
    """The report of the view, to read here or to take along."""
    seen = view()
    made = str(workspace().report(seen, current_language(), "page"))
    # Every name in it is escaped where it is written.
    return render_template("report.html", view=seen, report=Markup(made))  # noqa: S704


@blueprint.get(LANGUAGE + "/report.<any(pdf, html, md):ending>")
def file(ending: str) -> Response:
    """The report of the view as a file: it carries its own fonts, styles and pictures."""
    form, kind = FORMS[ending]
    seen = view()
    answer = Response(workspace().report(seen, current_language(), form), content_type=kind)
    name = f"{seen.scope.partition(':')[2] or seen.scope}-{seen.as_of}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
