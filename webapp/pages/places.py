"""Cities: where they are and who advises whom, and the profile of one beside its peers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from ecosystem.labels import word
from ecosystem.questions.catalogues import CITY_STATES, MOST_PEERS
from ecosystem.questions.comparing import City, Places
from webapp.address import entity_link, ground, link, nodes
from webapp.doors import Context, page
from webapp.language import by_name, plain
from webapp.security import WITHOUT_TRUSTED_TYPES
from webapp.wording import counted

if TYPE_CHECKING:
    from ecosystem.analysis.cities import Cell, CityProfile
    from ecosystem.analysis.geography import Geography

FILTERS = ("programme", "role", "theme", "country")


@page(City, "city.html", told_in="mentors#see-a-city-as-a-whole")
def city(asked: City, found: CityProfile) -> Context:
    """Needs and strengths of a city by theme, as a picture and as a table."""
    return {
        "profile": found,
        "city": nodes()[asked.identity],
        "states": CITY_STATES,
        "words": words,
        "asked": asked.peers,
        "most": MOST_PEERS,
        "theme": lambda identity: nodes()[identity].name,
    }


@page(Places, "places.html", told_in="map#see-the-cities")
def places(asked: Places, found: Geography) -> Context:
    """The cities where they are with the advice between them; the address filters."""
    everything = ground().ask(Places(view=asked.view))
    return {
        "found": found,
        "chosen": {name: getattr(asked, name) for name in FILTERS},
        "name": lambda identity: nodes()[identity].name,
        "drawing": _drawing(found),
        "headers": {"Content-Security-Policy": WITHOUT_TRUSTED_TYPES},
        **_choices(everything, asked),
    }


def _choices(found: Geography, asked: Places) -> dict[str, list[tuple[str, str]]]:
    """What the filters can be set to: whatever some city has, and what they are set to."""
    roles = {role for one in found.places for held in one.roles.values() for role in held}
    themes = {theme for one in found.places for theme in (*one.needs, *one.strengths)}
    countries = {one.country for one in found.places} | {asked.country}
    return {
        "programmes": _named({of for one in found.places for of in one.roles} | {asked.programme}),
        "roles": [(role, plain(word(role))) for role in sorted({*roles, asked.role} - {""})],
        "themes": _named(themes | {asked.theme}),
        "countries": [(one, one) for one in sorted(countries - {""})],
    }


def _named(ids: Iterable[str]) -> list[tuple[str, str]]:
    known = [(one, nodes()[one].name) for one in ids if one in nodes()]
    return [(one, plain(name)) for one, name in sorted(known, key=lambda row: by_name(row[1]))]


def _drawing(found: Geography) -> dict[str, Any]:
    """What the script draws: texts ready to be shown, and only cities whose place is recorded."""
    names = {one.id: plain(one.name) for one in found.places}
    on_map = {one.id for one in found.places if None not in (one.latitude, one.longitude)}
    places = [
        {
            "id": one.id,
            "name": names[one.id],
            "latitude": one.latitude,
            "longitude": one.longitude,
            "organisations": one.organisations,
            "lines": [counted("Organisation", one.organisations)],
            "links": [
                (gettext("Everything about it"), entity_link(one.id)),
                (gettext("Needs and strengths"), link("city", identity=one.id)),
                (gettext("Show on the map"), link("map", select=one.id, scope="all")),
                (gettext("Who can help us?"), link("match", city=one.id)),
            ],
        }
        for one in found.places
        if one.id in on_map
    ]
    arcs = [
        {
            "mentor": one.mentor,
            "mentee": one.mentee,
            "state": one.state,
            "standing": one.standing,
            "name": f"{names[one.mentor]} → {names[one.mentee]}",
            "lines": [
                ", ".join(plain(nodes()[theme].name) for theme in one.themes if theme in nodes())
                or gettext("not recorded"),
                *([] if one.state == "holds" else [plain(word(one.state))]),
            ],
            "links": [(gettext("The whole statement"), entity_link(one.statement))],
        }
        for one in found.arcs
        if {one.mentor, one.mentee} <= on_map
    ]
    return {"places": places, "arcs": arcs, "words": {"label": gettext("Map of the cities")}}


def words(cell: Cell) -> str:
    """What a cell says, with the levels that are recorded."""
    said = plain(CITY_STATES[cell.state])
    levels = []
    if cell.need_level:
        levels.append(gettext("need %(level)s of 5", level=cell.need_level))
    if cell.strength_level:
        levels.append(gettext("strength %(level)s of 5", level=cell.strength_level))
    return f"{said} ({', '.join(levels)})" if levels else said
