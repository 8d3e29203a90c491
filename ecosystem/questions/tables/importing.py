"""What an import brings, leaves out and changes, as tables."""

from __future__ import annotations

from ecosystem.intake import remarks
from ecosystem.intake.imported import Imported, ImportedFile
from ecosystem.model import KINDS
from ecosystem.tables import Answer, Cell, Table, measured
from ecosystem.values import Text

MOST_TOLD = 20


def imported(done: Imported) -> Answer:
    """Each file: what it makes, what is left out, what is worth knowing, what changes."""
    tables: list[Table] = []
    notes: list[Text | str] = []
    for part in done.parts:
        tables += _tables(part)
        notes += _notes(part)
    return Answer(done.to_dict(), tuple(tables), tuple(notes))


def _tables(part: ImportedFile) -> list[Table]:
    files = ", ".join(part.files)
    title = Text(
        f"{files} ({part.format}): {part.nodes} възела, {part.ties} връзки",
        f"{files} ({part.format}): {part.nodes} nodes, {part.ties} ties",
    )
    kinds: list[tuple[Cell, ...]] = [
        (KINDS[kind].label, number) for kind, number in part.by_kind.items()
    ]
    found = [Table((Text("Вид", "Kind"), Text("На картата", "On the map")), kinds, title)]
    if part.left_out:
        lost = [(one.loss.what, one.count, one.loss.why) for one in part.left_out]
        headers = (Text("Какво", "What"), Text("Колко", "How many"), Text("Защо", "Why"))
        found.append(Table(headers, lost, Text("Изпуснато", "Left out")))
    meanings = [
        (name, column, meaning)
        for name, table in part.mapping.get("tables", {}).items()
        for column, meaning in table["columns"].items()
    ]
    headers = (Text("Таблица", "Table"), Text("Колона", "Column"), Text("Значение", "Meaning"))
    found.append(Table(headers, meanings, Text("Значение на колоните", "What columns mean")))
    if part.look_alikes:
        pairs = [
            (one.name, one.other, measured(one.score, 2), one.why)
            for one in part.look_alikes[:MOST_TOLD]
        ]
        compared = (
            Text("Във файла", "In the file"),
            Text("Прилича на", "Like"),
            Text("Колко", "How much"),
            Text("Защо", "Why"),
        )
        found.append(Table(compared, pairs, Text("Прилики", "Look-alikes")))
    if part.told:
        rows = [(remarks.at(one.place), one.message) for one in part.told[:MOST_TOLD]]
        found.append(
            Table(
                (Text("Място", "Place"), Text("Бележка", "Remark")),
                rows,
                Text("Забележки", "Remarks"),
            )
        )
    return found


def alike(count: int) -> Text:
    """How many new names may be those of something known, and where that is decided."""
    return Text(
        f"{count} от новите имена може би са на нещо познато: ecosystem identity ги показва, "
        "когато са на картата.",
        f"{count} of the new names may be those of something known: ecosystem identity lists them "
        "once they are on the map.",
    )


def _notes(part: ImportedFile) -> list[Text | str]:
    notes: list[Text | str] = []
    if part.places.get("found"):
        notes.append(
            Text(
                "Местата са по данни на GeoNames (geonames.org), CC BY 4.0.",
                "Places are from GeoNames (geonames.org), CC BY 4.0.",
            )
        )
    if part.look_alikes:
        notes.append(alike(len(part.look_alikes)))
    if part.changes is not None:
        would = ("Проба, без запис: ", "Dry run: ") if part.dry_run else ("", "")
        added, changed, removed = (part.changes[one] for one in ("added", "changed", "removed"))
        notes.append(
            Text(
                f"{would[0]}{part.pack}: {added} нови, {changed} променени, {removed} премахнати.",
                f"{would[1]}{part.pack}: {added} new, {changed} changed, {removed} removed.",
            )
        )
    if part.change:
        notes.append(
            Text(
                f"ecosystem undo {part.change} връща всичко това.",
                f"ecosystem undo {part.change} takes all of it back.",
            )
        )
    return notes
