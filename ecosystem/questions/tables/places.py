"""The profile of a city as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.analysis.cities import STATES, Cell, CityProfile
from ecosystem.questions.wording import names_in
from ecosystem.tables import Answer, Named, Table
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.geography import Geography
    from ecosystem.snapshot import Snapshot


def city(found: CityProfile) -> Answer:
    """Themes in rows, the city, its mentors and its peers in columns."""
    headers = (Text("Тема", "Theme"), *(one.name for one in found.columns))
    rows = [(row.name, *map(_cell, row.cells)) for row in found.rows]
    beside = Table(
        (Text("Град", "City"), Text("Защо е тук", "Why it is here")),
        [(one.name, one.why) for one in found.columns[1:]],
    )
    nothing = Text("Нищо не е записано за тези градове.", "Nothing is recorded of these cities.")
    table = (Table(headers, rows),) if rows else ()
    notes = (*found.notes, *(() if rows else (nothing,)))
    return Answer(found.to_dict(), (*table, beside), notes)


def _cell(cell: Cell) -> Text:
    said = STATES[cell.state]
    levels = [
        (bg.format(level), en.format(level))
        for level, bg, en in (
            (cell.need_level, "нужда {} от 5", "need {} of 5"),
            (cell.strength_level, "сила {} от 5", "strength {} of 5"),
        )
        if level
    ]
    if not levels:
        return said
    return Text(
        f"{said.bg} ({', '.join(bg for bg, _ in levels)})",
        f"{said.en} ({', '.join(en for _, en in levels)})",
    )


def places(snapshot: Snapshot, found: Geography) -> Answer:
    """The cities with what is recorded of them, then the advice between them."""
    cities = Table(
        (
            Text("Град", "City"),
            Text("Държава", "Country"),
            Text("Организации", "Organisations"),
            Text("Нужди", "Needs"),
            Text("Силни страни", "Strengths"),
        ),
        [
            (
                Named(place.id, place.name),
                place.country,
                place.organisations,
                len(place.needs),
                len(place.strengths),
            )
            for place in found.places
        ],
        Text(f"Градове ({len(found.places)})", f"Cities ({len(found.places)})"),
    )
    advice = Table(
        (Text("Ментор", "Mentor"), Text("Град", "City"), Text("Теми", "Themes")),
        [
            (
                snapshot.name(arc.mentor),
                snapshot.name(arc.mentee),
                names_in(snapshot, arc.themes),
            )
            for arc in found.arcs
        ],
        Text(f"Менторство ({len(found.arcs)})", f"Advice ({len(found.arcs)})"),
    )
    return Answer(found.to_dict(), (cities, *((advice,) if found.arcs else ())))
