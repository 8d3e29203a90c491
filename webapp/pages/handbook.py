"""The handbook as pages, and the place in it that speaks of the page one is on."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for

from ecosystem.paths import handbook_folder
from webapp import handbook
from webapp.address import link, rooted, view_said
from webapp.doors import LANGUAGE, in_own_language
from webapp.handbook import APPLICATION, START
from webapp.language import current_language

blueprint = Blueprint("handbook", __name__)


@blueprint.get(LANGUAGE + "/handbook")
@blueprint.get(LANGUAGE + "/handbook/<chapter>")
def read(chapter: str = START) -> str:
    """A chapter; without a name the first one, which lists the others."""
    lang, all_ = current_language(), (START, *handbook.order())
    if chapter not in all_:
        abort(404)
    here = all_.index(chapter)
    shown = handbook.chapter(chapter, lang)
    return render_template(
        "handbook.html",
        chapter=shown,
        chapters=[handbook.chapter(name, lang) for name in all_],
        before=handbook.chapter(all_[here - 1], lang) if here else None,
        after=handbook.chapter(all_[here + 1], lang) if here + 1 < len(all_) else None,
        html=shown.html(_address, _picture),
        place=_place,
    )


@blueprint.get("/handbook")
@blueprint.get("/handbook/<chapter>")
def unspoken(**_rest: str) -> Any:
    """To the page in the language that the browser prefers."""
    return in_own_language()


@blueprint.get("/handbook/pictures/<name>")
def picture(name: str) -> Response:
    """A picture of a chapter."""
    files = {one.name: one for one in handbook_folder().glob("*.webp")}
    if name not in files:
        abort(404)
    answer = Response(files[name].read_bytes(), mimetype="image/webp")
    answer.add_etag()
    return answer


@blueprint.app_context_processor
def _everywhere() -> dict[str, Any]:
    return {"help_here": help_here}


def help_here() -> tuple[str, str]:
    """The address in the handbook that speaks of this page, and the words of the heading there."""
    asked = (
        current_app.view_functions.get(request.endpoint or ""),
        current_app.blueprints.get(request.blueprint or ""),
    )
    said = (vars(one).get("told_in", "") for one in asked if one)
    name, _, anchor = next(filter(None, said), START).partition("#")
    told = handbook.chapter(name, current_language())
    words = {heading.anchor: heading.words for heading in told.headings}
    return _place(name, anchor), words.get(anchor, told.title)


def _place(name: str, anchor: str = "") -> str:
    """The address of a chapter, or of a heading in it."""
    return link("handbook.read", chapter=None if name == START else name, _anchor=anchor or None)


def _address(target: str) -> str:
    """Where a link of a chapter leads: another chapter, or a page with the view of this one."""
    if name := handbook.named(target):
        return _place(name)
    path, _, query = target.removeprefix(APPLICATION).partition("?")
    said = urlencode([*parse_qsl(query), *view_said().items()])
    return rooted(path) + (f"?{said}" if said else "")


def _picture(name: str) -> str:
    return url_for("handbook.picture", name=name)
