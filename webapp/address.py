"""The state of a page lives in its address: how it is read and how links carry it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

from flask import current_app, g, request, url_for

from ecosystem.errors import ParameterError
from ecosystem.model import Node
from ecosystem.snapshot import LENSES
from ecosystem.view import View
from ecosystem.workspace import Workspace

VIEW_PARAMETERS = ("scope", "as_of", "reading", "undated", "people")
# As parameters of an address these (and _scheme and the like) would be orders to url_for.
NOT_OURS = frozenset({"endpoint", "lang"})


def workspace() -> Workspace:
    """The workspace that this application looks at."""
    found: Workspace = current_app.extensions["workspace"]
    return found


def nodes() -> Mapping[str, Node]:
    """Every node of the store, as it was when this request first asked."""
    if "nodes" not in g:
        g.nodes = workspace().dataset().nodes
    return cast(Mapping[str, Node], g.nodes)


def view() -> View:
    """The view that the address asks for; today and the default scope where it says nothing.

    Raises
    ------
    NotFoundError, ParameterError
        For an unknown scope, or a value that cannot be read.
    """
    if "view" not in g:
        said = request.args
        g.view = workspace().view(
            said.get("scope") or None,
            said.get("as_of") or None,
            said.get("reading") or None,
            undated=switch("undated", True),
            people=switch("people", True),
        )
    return cast(View, g.view)


def switch(name: str, default: bool) -> bool:
    """The switch ``name`` of the address: ``1`` is on, ``0`` off.

    A form may send ``0`` from a hidden field before the ``1`` of a ticked box; the last counts.
    """
    said = [value for value in request.args.getlist(name) if value]
    if not said:
        return default
    if said[-1] not in ("0", "1"):
        raise ParameterError(f"{name}: {said[-1]!r} is neither 0 nor 1.", "Write one of them.")
    return said[-1] == "1"


def whole(name: str, default: int, low: int, high: int) -> int:
    """The whole number ``name`` of the address, which must lie between ``low`` and ``high``."""
    said = request.args.get(name)
    if not said:
        return default
    digits = said.isascii() and said.isdigit() and len(said) <= len(str(high))
    if not (digits and low <= int(said) <= high):
        message = f"{name}: {said[:40]!r} is not a whole number from {low} to {high}."
        raise ParameterError(message, "Change it in the address.")
    return int(said)


def one_of(name: str, known: tuple[str, ...]) -> str:
    """The word ``name`` of the address, one of ``known``; the first where nothing is said."""
    said = request.args.get(name) or known[0]
    if said not in known:
        message = f"{name}: {said[:40]!r} is not one of {', '.join(known)}."
        raise ParameterError(message, "Choose one of them.")
    return said


def ids_of(name: str) -> list[str]:
    """The ids that the address gives under ``name``, joined by commas; the id of a tie is one."""
    said = request.args.get(name, "")
    if "|" in said:
        return [said]
    return list(dict.fromkeys(one for one in said.split(",") if one))


def lens() -> str:
    """The lens of the measures; that of all ties where the address says nothing."""
    return one_of("lens", ("all", *(name for name in LENSES if name != "all")))


def through() -> str:
    """The lens of the ways between two; that of work where the address says nothing."""
    return one_of("through", tuple(LENSES))


def link(endpoint: str, **values: Any) -> str:
    """The address of another page that keeps the view of this one."""
    kept = {name: request.args[name] for name in VIEW_PARAMETERS if request.args.get(name)}
    return url_for(endpoint, **{**kept, **values})


def here(**changes: Any) -> str:
    """This page's own address with some parameters changed; None removes one."""
    own = (name for name in request.args if name not in NOT_OURS and not name.startswith("_"))
    kept: dict[str, Any] = {name: request.args.getlist(name)[-1] for name in own}
    values = {**kept, **(request.view_args or {}), **changes}
    return url_for(
        str(request.endpoint),
        **{name: value for name, value in values.items() if value is not None},
    )


def entity_link(identity: str) -> str:
    """The address of a node's or tie's page, as ``link`` gives it; quick for long tables."""
    if "entity_link" not in g:
        g.entity_link = link("pages.entity", identity="id").partition("/id")
    before, _, after = g.entity_link
    return f"{before}/{quote(identity, safe=':')}{after}"
