"""The roadmap: projects with bars, and the order that people give them."""

from __future__ import annotations

from dataclasses import replace

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.analysis.gaps.projects import CHECKS
from ecosystem.analysis.roadmap import PRIORITIES
from ecosystem.answers import roadmap as answers
from ecosystem.errors import ParameterError
from webapp import decisions, downloads
from webapp.address import nodes, one_of, view, workspace
from webapp.language import by_name, current_language
from webapp.pages import LANGUAGE, in_own_language

blueprint = Blueprint("roadmap", __name__)
blueprint.add_url_rule("/roadmap", view_func=in_own_language, endpoint="in_own_language")
STEPS = {"up": -1, "down": 1}
FEW = 12


@blueprint.get(LANGUAGE + "/roadmap", endpoint="show")
def roadmap() -> BaseResponse | str:
    """The projects of a programme or of the scope, as a page or a file."""
    seen, space = view(), workspace()
    programme = request.args.get("programme", "")
    found = space.roadmap(seen, programme)
    form = one_of("format", downloads.FORMATS)
    if form == "json":
        return jsonify(found.to_dict())
    if form != "page":
        everything = space.snapshot(replace(seen, scope="all"))
        sheets = answers.sheets(everything, seen, found, current_language())
        return downloads.file(sheets, form, "roadmap", seen.as_of)
    choices = sorted(space.programmes(seen), key=lambda one: by_name(one.name))
    return render_template(
        "roadmap.html",
        view=seen,
        found=found,
        programme=nodes().get(programme),
        choices=([one for one in choices if one.local], [one for one in choices if not one.local]),
        steps={step.id: step for step in found.steps},
        checks=CHECKS,
        states=answers.STATES,
        priorities=PRIORITIES,
        few=len(found.steps) <= FEW,
        opposite={"up": "down", "down": "up"},
    )


@blueprint.post(LANGUAGE + "/roadmap/move")
def move() -> BaseResponse:
    """Put a project one place up or down, and go back to where it stood."""
    form = request.form
    direction = form.get("direction", "")
    if direction not in STEPS:
        raise ParameterError(f"direction: {direction!r} is neither up nor down.", "Choose one.")
    project = form.get("subject", "")
    seen = workspace().view(form.get("scope") or None)
    if workspace().move(
        seen, form.get("programme", ""), project, STEPS[direction], form.get("seen", "")
    ):
        flash(f"{direction} {project}", "moved")
    return redirect(decisions.back_to(form.get("back", "")), 303)
