"""The roadmap: projects with bars, and the order that people give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash

from ecosystem.acts.deciding import MoveProject
from ecosystem.questions.catalogues import CHECKS, PRIORITIES
from ecosystem.questions.planning import Programmes, RoadmapOf
from ecosystem.questions.tables.roadmap import STATES
from webapp.acts import back, form
from webapp.address import ground, nodes
from webapp.doors import Context, page
from webapp.language import by_name

if TYPE_CHECKING:
    from ecosystem.analysis.roadmap import Roadmap

FEW = 12


@page(RoadmapOf, "roadmap.html", told_in="report#put-projects-in-order")
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


@form(MoveProject)
def moved(asked: MoveProject, done: bool) -> str:
    """Back to where the project stands now."""
    if done:
        flash(f"{asked.direction} {asked.subject}", "moved")
    return back()
