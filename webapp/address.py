"""The state of a page lives in its address: how it is read and how links carry it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

from flask import current_app, g, request, url_for

from ecosystem.errors import ParameterError, WrongField
from ecosystem.ground import StoreGround
from ecosystem.model import Node
from ecosystem.questions.fields import VIEW
from ecosystem.questions.looking import Overall
from ecosystem.questions.parameters import Unreadable
from ecosystem.questions.question import Question
from ecosystem.view import View
from ecosystem.workspace import Workspace

OURS = ("lang", "format", "part", "story", "download", "offset", "limit")
"""What the web view itself reads in an address, beside the fields of a question."""
# As parameters of an address these (and _scheme and the like) would be orders to url_for.
NOT_OURS = frozenset({"endpoint", "lang"})


def workspace() -> Workspace:
    """The workspace that this application looks at."""
    found: Workspace = current_app.extensions["workspace"]
    return found


def ground() -> StoreGround:
    """The store at one revision, the same for everything that this request asks.

    Where the address leaves people out, nobody is there, whatever is asked.
    """
    if "ground" not in g:
        g.ground = workspace().ground(waits=request.method == "POST", people=_shows_people())
    return cast(StoreGround, g.ground)


def _shows_people() -> bool:
    """Whether the address leaves people in, read as the field of a view is.

    Where that cannot be read they are left out: the page that says so needs nobody.
    """
    said = {"people": request.values.getlist("people")}
    try:
        # A switch looks at nothing that is recorded.
        return bool(VIEW["people"].read("people", said, cast(Any, None)))
    except Unreadable:
        return False


def nodes() -> Mapping[str, Node]:
    """Every node of the store, as it was when this request first asked."""
    if "nodes" not in g:
        g.nodes = ground().facts.nodes
    return cast(Mapping[str, Node], g.nodes)


def words() -> dict[str, list[str]]:
    """What the address says, its path as well."""
    said = {name: request.args.getlist(name) for name in request.args}
    path = {name: [str(value)] for name, value in (request.view_args or {}).items()}
    return {**said, **path}


def question() -> Question[Any] | None:
    """The question that this page answers; None on a page that answers none."""
    found: Question[Any] | None = g.get("question")
    return found


def view() -> View:
    """The view that the address asks for; today and the default scope where it says nothing.

    Raises
    ------
    FieldsError, NotFoundError
        For an unknown scope, or a value that cannot be read.
    """
    if "view" not in g:
        asked = question()
        if asked is not None and asked.view_field():
            g.view = getattr(asked, asked.view_field())
        else:
            said = {name: values for name, values in words().items() if name in VIEW}
            g.view = Overall.read(said, ground()).view
    return cast(View, g.view)


def rooted(path: str) -> str:
    """A path of this application as the address under which a proxy may have put it."""
    return request.script_root + path


def unrooted(asked: str) -> str:
    """An address of this application without where a proxy may have put it."""
    return asked.removeprefix(request.script_root)


def one_of(name: str, known: tuple[str, ...]) -> str:
    """The word ``name`` of the address, one of ``known``; the first where nothing is said."""
    said = request.args.get(name) or known[0]
    if said not in known:
        message = f"{name}: {said[:40]!r} is not one of {', '.join(known)}."
        raise ParameterError(message, "Choose one of them.")
    return said


def view_said() -> dict[str, str]:
    """The view as this address says it: a day that it names stays that day tomorrow."""
    said = ((name, request.args.getlist(name)) for name in VIEW)
    return {name: values[-1] for name, values in said if values and values[-1]}


def link(endpoint: str, **values: Any) -> str:
    """The address of another page that keeps the view of this one."""
    return url_for(endpoint, **{**view_said(), **values})


def kept() -> dict[str, str | list[str]]:
    """The words of this page's own address: what its question keeps, and the view as said.

    What the page filled in is not among them: a city that follows the place follows the next one.
    """
    asked = g.get("unfilled") or question()
    if asked is None:
        own = (name for name in request.args if name not in NOT_OURS and not name.startswith("_"))
        return {name: request.args.getlist(name) for name in own}
    said = {name: request.args[name] for name in ("story", "part") if request.args.get(name)}
    return {**asked.keeps(), **view_said(), **said}


def leave_out(field: WrongField) -> None:
    """Note what this address names and this page does without, because it is there no longer."""
    gone().append(field)


def gone() -> list[WrongField]:
    """What this address names and is recorded no longer; the page is shown without it."""
    if "gone" not in g:
        g.gone = []
    return cast("list[WrongField]", g.gone)


def here(**changes: Any) -> str:
    """This page's own address with some parameters changed; None removes one."""
    values: dict[str, Any] = {**kept(), **(request.view_args or {}), **changes}
    return url_for(
        str(request.endpoint),
        **{name: value for name, value in values.items() if value is not None},
    )


def hidden(*shown: str) -> list[tuple[str, str]]:
    """The words of this address for the hidden fields of a form, but those that it shows.

    Words of the path stand in the form's own address. A name that ends in a dot stands for all
    that begin with it.
    """
    own = {*shown, *(request.view_args or {}), "part", "story"}
    prefixes = tuple(name for name in shown if name.endswith((".", "_")))
    return [
        (name, value)
        for name, said in kept().items()
        if name not in own and not (prefixes and name.startswith(prefixes))
        for value in ([said] if isinstance(said, str) else said)
    ]


def twin() -> str:
    """The address of this page's answer for programs; empty where there is none."""
    asked = question()
    if asked is None or not asked.complete or "twin" in asked.lacks:
        return ""
    said: dict[str, Any] = {
        name: value
        for name, value in kept().items()
        if name not in ("part", "story") and (asked.view_field() or name not in VIEW)
    }
    return url_for(f"api.{asked.name}", **{**said, **_in_path(asked)})


def files() -> tuple[str, ...]:
    """The forms in which a spreadsheet takes this page's answer."""
    asked = question()
    if asked is None or not asked.complete:
        return ()
    return tuple(form for form in ("xlsx", "csv") if form in asked.forms)


def _in_path(asked: Question[Any]) -> dict[str, str]:
    """The words of the twin's own path."""
    inside = (name for name in asked.parameters() if f"{name}>" in asked.path)
    return {name: str(getattr(asked, name)) for name in inside}


def entity_link(identity: str) -> str:
    """The address of a node's or tie's page, as ``link`` gives it; quick for long tables."""
    if "entity_link" not in g:
        g.entity_link = link("entity", identity="id").partition("/id")
    before, _, after = g.entity_link
    return f"{before}/{quote(identity, safe=':')}{after}"
