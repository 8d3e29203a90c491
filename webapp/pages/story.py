"""Saved views in an order with a sentence each: what a strategist walks the mayor through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.errors import ParameterError
from ecosystem.model import Decision
from ecosystem.questions.deciding import Story
from webapp.address import ground, link, rooted, unrooted, workspace
from webapp.doors import LANGUAGE, Context, page
from webapp.language import current_language
from webapp.pages.deciding import desk

blueprint = Blueprint("telling", __name__)
STEP = "story"
MATTER = "view"


@dataclass(frozen=True)
class Step:
    """One saved view as shown: its place in the story, and where the neighbours are."""

    number: int
    of: int
    view: Decision
    before: str | None
    after: str | None


def saved() -> list[Decision]:
    """The saved views in their order."""
    found = ground().ask(Story())
    return list(found)


def address_of(view: Decision, step: int | None = None) -> str:
    """The address of a saved view in the reader's language; with ``step``, as part of a story."""
    path, _, query = view.subject.partition("?")
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != STEP]
    if step is not None:
        pairs.append((STEP, str(step)))
    return rooted(f"/{current_language()}{path}" + (f"?{urlencode(pairs)}" if pairs else ""))


def present() -> Step | None:
    """The step of the story that this page is, None where it is just itself."""
    said = request.args.get(STEP, "")
    views = saved() if said.isascii() and said.isdigit() and len(said) < 5 else []
    number = int(said) if views else 0
    if not 1 <= number <= len(views):
        return None
    view = views[number - 1]
    return Step(
        number,
        len(views),
        view,
        address_of(views[number - 2], number - 1) if number > 1 else None,
        address_of(views[number], number + 1) if number < len(views) else None,
    )


def subject(asked: str) -> str:
    """What is saved of an address of this application: its path and query without the language.

    Raises
    ------
    ParameterError
        For an address that no page answers.
    """
    parts = urlsplit(asked)
    path = unrooted(parts.path)
    for lang in ("bg", "en"):
        if path == f"/{lang}" or path.startswith(f"/{lang}/"):
            path = path[3:] or "/"
            break
    try:
        endpoint, _ = current_app.url_map.bind("").match(f"/{current_language()}{path}")
    except HTTPException:
        endpoint = ""
    if not endpoint or endpoint.startswith(("api.", "story", "telling.", "static")):
        raise ParameterError(f"view: {asked[:80]!r} is no page of the map.", "Save another one.")
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0] not in (STEP, "part")]
    return path + (f"?{urlencode(pairs)}" if pairs else "")


@blueprint.app_context_processor
def _everywhere() -> dict[str, object]:
    return {"present": present}


@page(Story, "story.html")
def story(_asked: Story, found: Sequence[Decision]) -> Context:
    """The saved views in their order, each with its sentence, to show, change or print."""
    return {"views": found, "address_of": address_of}


@blueprint.get(LANGUAGE + "/story/print")
def paper() -> str:
    """The story as a document: a picture of each map, and each sentence."""
    return render_template(
        "story_print.html", views=saved(), address_of=address_of, picture_of=_picture_of
    )


def _picture_of(view: Decision) -> str:
    """The address of a saved map as a still picture; empty for a view that is no map."""
    path, _, query = view.subject.partition("?")
    kept = [pair for pair in parse_qsl(query) if pair[0] not in (STEP, "show")]
    return rooted(f"/{current_language()}/map.svg?{urlencode(kept)}") if path == "/map" else ""


@blueprint.get(LANGUAGE + "/story/save")
def ask() -> str:
    """The form that saves a view."""
    about = subject(request.args.get("view", ""))
    return render_template(
        "story_save.html",
        about=about,
        known=desk().standing(MATTER).get(about),
        called=request.args.get("called", "")[:120],
    )


@blueprint.post(LANGUAGE + "/story/save")
def save() -> BaseResponse:
    """Keep the view at the end of the story, or where it stands if it is kept already."""
    form = request.form
    heading = form.get("heading", "").strip()
    if not heading:
        raise ParameterError("heading: it is empty.", "Give the view a name.")
    about = subject(form.get("view", ""))
    known = desk().standing(MATTER).get(about)
    last = max((one.rank or 0 for one in saved()), default=0)
    rank = known.rank if known and known.rank else last + 1
    values = {"state": "kept", "heading": heading, "note": form.get("note", ""), "rank": str(rank)}
    made = workspace().decide(MATTER, about, values, seen=form.get("seen"))
    flash(made.id, "decided")
    return redirect(link("story"), 303)


@blueprint.post(LANGUAGE + "/story/move")
def move() -> BaseResponse:
    """Let a view change places with the one before it, or with ``way=down`` the one after."""
    about, way = request.form.get("subject", ""), request.form.get("way", "up")
    views = saved()
    at = next((place for place, one in enumerate(views) if one.subject == about), None)
    to = None if at is None else at + (1 if way == "down" else -1)
    if at is not None and to is not None and 0 <= to < len(views):
        views[at], views[to] = views[to], views[at]
        for rank, one in enumerate(views, 1):
            if one.rank != rank:
                kept = {"state": "kept", "heading": one.heading, "note": one.note}
                workspace().decide(MATTER, one.subject, {**kept, "rank": str(rank)})
    return redirect(link("story") + f"#v-{(to if to is not None else 0) + 1}", 303)
