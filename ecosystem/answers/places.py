"""The profile of a city as a table."""

from __future__ import annotations

from ecosystem.analysis.cities import STATES, Cell, CityProfile
from ecosystem.terminal import Answer, Table
from ecosystem.values import Text


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
