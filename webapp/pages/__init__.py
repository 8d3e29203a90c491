"""How each question is shown: its template, and what the template needs beside the answer."""

from __future__ import annotations

from webapp.pages import (
    asking,
    bringing,
    comparing,
    deciding,
    handbook,
    identity,
    imagining,
    inviting,
    keeping,
    looking,
    mapping,
    mentoring,
    missing,
    places,
    reporting,
    roadmap,
    story,
    taking,
)

BLUEPRINTS = (asking.blueprint, bringing.blueprint, handbook.blueprint, mapping.blueprint)
"""The addresses that are no question's: plain pages, files that wait, the map as a picture."""

__all__ = [
    "BLUEPRINTS",
    "comparing",
    "deciding",
    "identity",
    "imagining",
    "inviting",
    "keeping",
    "looking",
    "mentoring",
    "missing",
    "places",
    "reporting",
    "roadmap",
    "story",
    "taking",
]
