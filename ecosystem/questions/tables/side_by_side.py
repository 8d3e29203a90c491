"""Several things side by side, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.labels import word
from ecosystem.questions.wording import names_in, view_note
from ecosystem.tables import Answer, Cell, Named, Table
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.side_by_side import SideBySide
    from ecosystem.snapshot import Snapshot


def side_by_side(snapshot: Snapshot, found: SideBySide) -> Answer:
    """One row for each thing with its measures, then what at least two of them are tied to."""
    measures = [rank.measure for rank in found.chosen[0].ranks] if found.chosen else []
    headers: tuple[Text | str, ...] = (
        Text("Име", "Name"),
        Text("Вид", "Kind"),
        Text("Достоверност", "Standing"),
        Text("Теми", "Themes"),
        Text("Връзки", "Ties"),
        *(f"{measure} ({found.lens})" for measure in measures),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Named(thing.id, thing.name),
            thing.label,
            word(thing.standing),
            names_in(snapshot, tuple(theme for theme, _ in thing.themes)),
            thing.ties,
            *(rank.value for rank in thing.ranks),
        )
        for thing in found.chosen
    ]
    shared = Table(
        (Text("Общо", "Shared"), Text("На кои", "By whom")),
        [(Named(thing.id, thing.name), names_in(snapshot, thing.who)) for thing in found.shared],
        Text("Какво ги свързва", "What they share"),
    )
    tables = (Table(headers, rows), *((shared,) if found.shared else ()))
    return Answer(found.to_dict(), tables, (view_note(snapshot),))
