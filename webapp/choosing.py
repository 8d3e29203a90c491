"""Ways between two actors, and several things side by side: pages, and parts for the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from ecosystem.analysis.side_by_side import SideBySide
from ecosystem.model import Node
from ecosystem.snapshot import LENSES
from webapp import address, facts, tables
from webapp.address import ids_of, nodes, view, workspace
from webapp.language import by_name, plain
from webapp.pages import LANGUAGE

blueprint = Blueprint("choosing", __name__)
ACTORS = ("Organisation", "Person", "City", "Project", "Programme", "Event")


@blueprint.get(LANGUAGE + "/ways", endpoint="ways")
def ways() -> str:
    """The shortest ways between the two ids of ``path`` through a lens; ``part=panel`` alone."""
    ends = ids_of("path")
    if len(ends) < 2 and request.args.get("one") and request.args.get("other"):
        ends = [request.args["one"], request.args["other"]]
    found = None
    if len(ends) == 2:
        found = workspace().connecting(view(), ends[0], ends[1], address.through())
    panel = address.one_of("part", ("page", "panel")) == "panel"
    return render_template(
        "ways_panel.html" if panel else "ways.html",
        view=view(),
        found=found,
        ends=[*ends, "", ""][:2],
        lenses=LENSES,
        through=address.through(),
        name=_name,
        everyone=[] if panel else _everyone(),
        facts=facts,
    )


@blueprint.get(LANGUAGE + "/compare", endpoint="compare")
def compare() -> Response | str:
    """The things of ``select`` side by side, and what they share; ``format=csv`` as a file."""
    found = workspace().side_by_side(view(), ids_of("select"), address.lens())
    if address.one_of("format", ("page", "csv")) == "csv":
        return _csv(found)
    panel = address.one_of("part", ("page", "panel")) == "panel"
    return render_template(
        "compare_panel.html" if panel else "compare.html",
        view=view(),
        found=found,
        name=_name,
        ids=[one.id for one in found.chosen],
        facts=facts,
        kind_of=lambda identity: nodes()[identity].kind,
    )


def _name(identity: str) -> Any:
    node = nodes().get(identity)
    return node.name if node else identity


def _everyone() -> list[Node]:
    seen = workspace().snapshot(view()).nodes.values()
    return sorted((one for one in seen if one.kind in ACTORS), key=lambda one: by_name(one.name))


def _csv(found: SideBySide) -> Response:
    names = (
        "id",
        gettext("Name"),
        gettext("Kind"),
        gettext("Standing"),
        gettext("Themes"),
        gettext("Ties"),
        *(
            f"{one.measure} ({found.lens})"
            for one in (found.chosen[0].ranks if found.chosen else ())
        ),
    )
    rows = [
        (
            one.id,
            plain(one.name),
            plain(one.label),
            one.standing,
            "; ".join(plain(_name(theme)) for theme, _ in one.themes),
            one.ties,
            *("" if rank.value is None else rank.value for rank in one.ranks),
        )
        for one in found.chosen
    ]
    return tables.csv_file(names, rows, "compared")
