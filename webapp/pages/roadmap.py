"""The roadmap: projects with bars, and the order that people give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.errors import ParameterError
from ecosystem.questions.catalogues import CHECKS, PRIORITIES
from ecosystem.questions.looking import Overall
from ecosystem.questions.planning import Programmes, RoadmapOf
from ecosystem.questions.tables.roadmap import STATES
from webapp.address import ground, nodes, workspace
from webapp.doors import LANGUAGE, Context, page
from webapp.language import by_name
from webapp.pages.deciding import back_to

if TYPE_CHECKING:
    from ecosystem.analysis.roadmap import Roadmap

blueprint = Blueprint("ordering", __name__)
STEPS = {"up": -1, "down": 1}
FEW = 12


@page(RoadmapOf, "roadmap.html")
def roadmap(asked: RoadmapOf, found: Roadmap) -> Context:
    """The projects of a programme or of the scope."""
    known = ground().ask(Programmes(view=asked.view))
    choices = sorted(known, key=lambda choice: by_name(choice.name))
    here = [choice for choice in choices if choice.local]
    return {
        "programme": nodes().get(asked.programme),
        "choices": (here, [choice for choice in choices if not choice.local]),
        "steps": {step.id: step for step in found.steps},
        "checks": CHECKS,
        "states": STATES,
        "priorities": PRIORITIES,
        "few": len(found.steps) <= FEW,
        "opposite": {"up": "down", "down": "up"},
    }


@blueprint.post(LANGUAGE + "/roadmap/move")
def move() -> BaseResponse:
    """Put a project one place up or down, and go back to where it stood."""
    form = request.form
    direction = form.get("direction", "")
    if direction not in STEPS:
        raise ParameterError(f"direction: {direction!r} is neither up nor down.", "Choose one.")
    project = form.get("subject", "")
    seen = Overall.read({"scope": form.getlist("scope")}, ground()).view
    moved = workspace().move(
        seen, form.get("programme", ""), project, STEPS[direction], form.get("seen", "")
    )
    if moved:
        flash(f"{direction} {project}", "moved")
    return redirect(back_to(form.get("back", "")), 303)
