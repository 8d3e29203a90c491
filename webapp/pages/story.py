"""Saved views in an order with a sentence each: what a strategist walks the mayor through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import Flask, request

from ecosystem.acts.deciding import MoveView, page_address
from ecosystem.model import Decision
from ecosystem.questions.deciding import Saving, Story
from webapp import address
from webapp.acts import form
from webapp.address import ground, link, rooted, unrooted
from webapp.doors import Context, page
from webapp.language import current_language

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


def tell(app: Flask) -> None:
    """Let every page of ``app`` know whether it is a step of the story."""
    app.context_processor(lambda: {"present": present})


@page(Story, "story.html", told_in="report#show-a-story")
def story(_asked: Story, found: Sequence[Decision]) -> Context:
    """The saved views in their order, each with its sentence, to show, change or print.

    ``part=print`` is the story as a document: a picture of each map, and each sentence.
    """
    paper = address.one_of("part", ("page", "print")) == "print"
    return {
        "template": "story_print.html" if paper else "story.html",
        "views": found,
        "address_of": address_of,
        "picture_of": _picture_of,
    }


def _picture_of(view: Decision) -> str:
    """The address of a saved map as a still picture; empty for a view that is no map."""
    path, _, query = view.subject.partition("?")
    kept = [pair for pair in parse_qsl(query) if pair[0] not in (STEP, "show")]
    return rooted(f"/{current_language()}/map.svg?{urlencode(kept)}") if path == "/map" else ""


@page(Saving, "story_save.html", told_in="report#show-a-story", asks=False)
def save(asked: Saving, _found: None) -> Context:
    """The form that saves a view, filled with what is kept of it."""
    about = page_address(unrooted(asked.place))
    known = ground().ask(replace(asked, place=about))
    return {"about": about, "known": known, "called": asked.called}


@form(MoveView)
def moved(_asked: MoveView, place: int) -> str:
    """To the place of the view in the story."""
    return link("story") + f"#v-{max(place, 1)}"
