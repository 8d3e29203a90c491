"""Forms from acts: each act at its address, read by its own fields, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from ecosystem.acts import ACTS, Act
from ecosystem.questions.fields import VIEW
from ecosystem.values import address_parts
from webapp.address import ground, link, rooted, view_said, workspace
from webapp.doors import LANGUAGE
from webapp.language import current_language

OURS = ("csrf_token", "back")
"""What the web view itself reads in a form, beside the fields of an act."""

Then = Callable[[Any, Any], str]
After = TypeVar("After", bound=Then)
AFTERWARDS: dict[type[Act[Any]], Then] = {}


def form(act: type[Act[Any]]) -> Callable[[After], After]:
    """Take forms for ``act``; the decorated function tells what was done and where to go on."""

    def added(then: After) -> After:
        AFTERWARDS[act] = then
        return then

    return added


def open_forms(app: Flask) -> None:
    """Give ``app`` an address for every act that has a form.

    Raises
    ------
    KeyError
        For an act that says it has a form, and nothing says what comes afterwards.
    """
    for act in ACTS:
        if "form" not in act.lacks:
            done = _done(act, AFTERWARDS[act])
            app.add_url_rule(f"{LANGUAGE}/{act.path}", act.name, done, methods=["POST"])


def _done(act: type[Act[Any]], then: Then) -> Callable[..., BaseResponse]:
    def performed(**_path: str) -> BaseResponse:
        sent = {name: request.form.getlist(name) for name in request.form}
        said = {name: [word] for name, word in view_said().items()}
        own = OURS if act.view_field() else (*OURS, *VIEW)
        asked = act.read({**said, **sent}, ground(), own)
        done = asked.perform(workspace())
        # What comes next is about the store as it is now.
        g.pop("ground", None)
        return redirect(then(asked, done), 303)

    return performed


def back() -> str:
    """The page that the form stood on; one of this application, whatever the form says."""
    asked = request.form.get("back", "")
    parts = address_parts(asked)
    here = rooted(f"/{current_language()}/")
    ours = parts and not parts.scheme and not parts.netloc and asked.startswith(here)
    return asked if ours and "\\" not in asked else link("desk")
