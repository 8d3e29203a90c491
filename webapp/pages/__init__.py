"""How each question is shown: its template, and what the template needs beside the answer."""

from __future__ import annotations

from webapp.pages import (
    asking,
    comparing,
    deciding,
    imagining,
    inviting,
    looking,
    mapping,
    mentoring,
    missing,
    places,
    reporting,
    roadmap,
    story,
)

BLUEPRINTS = (
    asking.blueprint,
    deciding.blueprint,
    imagining.blueprint,
    mapping.blueprint,
    roadmap.blueprint,
    story.blueprint,
)
"""The addresses that are no question's: those that decide, and plain pages."""

__all__ = [
    "BLUEPRINTS",
    "comparing",
    "inviting",
    "looking",
    "mentoring",
    "missing",
    "places",
    "reporting",
]
