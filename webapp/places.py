"""Cities: the profile of one beside its mentors and peers."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from ecosystem.analysis.cities import MOST_PEERS, STATES, Cell, CityProfile
from webapp import address, tables
from webapp.address import nodes, view, workspace
from webapp.language import plain
from webapp.pages import LANGUAGE

blueprint = Blueprint("places", __name__)


@blueprint.get(LANGUAGE + "/city/<identity>")
def city(identity: str) -> Response | str:
    """Needs and strengths of a city by theme, as a picture and as a table; ``format=csv``."""
    asked = [one for one in request.args.getlist("peer") if one]
    found = workspace().city(identity, view(), asked or None)
    if address.one_of("format", ("page", "csv")) == "csv":
        return _csv(found)
    return render_template(
        "city.html",
        view=view(),
        profile=found,
        city=nodes()[identity],
        states=STATES,
        words=words,
        asked=asked,
        most=MOST_PEERS,
        theme=lambda one: nodes()[one].name,
    )


def words(cell: Cell) -> str:
    """What a cell says, with the levels that are recorded."""
    said = plain(STATES[cell.state])
    levels = []
    if cell.need_level:
        levels.append(gettext("need %(level)s of 5", level=cell.need_level))
    if cell.strength_level:
        levels.append(gettext("strength %(level)s of 5", level=cell.strength_level))
    return f"{said} ({', '.join(levels)})" if levels else said


def _csv(found: CityProfile) -> Response:
    names = ("theme", "name", *(one.id for one in found.columns))
    rows = [(row.theme, plain(row.name), *map(words, row.cells)) for row in found.rows]
    return tables.csv_file(names, rows, found.city.replace(":", "-"))
