"""What a document names and states, and what was written of it, as tables."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.documents.guests import KNOWN, MAYBE, GuestList
from ecosystem.documents.guests import NEW as NEW_GUEST
from ecosystem.documents.ingesting import Ingested
from ecosystem.documents.review import NEW
from ecosystem.documents.things import Thing
from ecosystem.figures import both, number
from ecosystem.model import EDGE_KINDS, NODE_KINDS
from ecosystem.tables import Answer, Cell, Table
from ecosystem.values import Text

NEW_ONE = Text("ново", "new")


def ingested(done: Ingested) -> Answer:
    """The candidates with their numbers, the ties between them, what changed."""
    tables = (_things(done), _ties(done))
    return Answer(done.to_dict(), tables, tuple(_notes(done)))


STANDINGS: Mapping[str, Text] = {
    KNOWN: Text("на картата", "on the map"),
    MAYBE: Text("може би", "maybe"),
    NEW_GUEST: NEW_ONE,
}
"""What is said of a name of a list beside the map."""


def guests(done: Ingested) -> Answer:
    """The lines of a guest list with who is known, what changed."""
    found = done.extraction
    assert isinstance(found, GuestList)
    headers = (
        Text("№", "No."),
        Text("Ред", "Line"),
        Text("Човек", "Person"),
        Text("На картата", "On the map"),
        Text("Организация", "Organisation"),
        Text("На картата", "On the map"),
        Text("Длъжност", "Post"),
        Text("Неизползвано", "Not used"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.number,
            found.shown(one),
            *_guest(found, done, one.person),
            *_guest(found, done, one.organisation),
            one.post,
            ", ".join(one.unused),
        )
        for one in found.guests
    ]
    table = Table(headers, rows, Text("Гости", "Guests"))
    return Answer(done.to_dict(), (table,), tuple(_notes(done)))


def _guest(found: GuestList, done: Ingested, thing: Thing | None) -> tuple[Cell, Cell]:
    """The name, and what it is on the map or may be."""
    if thing is None:
        return "", ""
    meant, standing = done.review.things[thing.number].meant, found.standing(thing)
    if meant != NEW:
        return found.name(thing), meant
    said = STANDINGS[MAYBE if standing != NEW_GUEST else NEW_GUEST]
    best = next(iter(found.matches.get(thing.number, ())), None)
    near = f" {best.id}" if best is not None else ""
    return found.name(thing), Text(f"{said.bg}{near}", f"{said.en}{near}")


def _things(done: Ingested) -> Table:
    found = done.extraction
    rows: list[tuple[Cell, ...]] = []
    for thing in found.things:
        answer = done.review.things[thing.number]
        best = next(iter(found.matches.get(thing.number, ())), None)
        meant: Cell = NEW_ONE if answer.meant == NEW else answer.meant
        if answer.meant == NEW and best is not None:
            meant = Text(f"ново, може би {best.id}", f"new, maybe {best.id}")
        place = f"{thing.first.start}-{thing.first.end}"
        rows.append(
            (
                thing.number,
                NODE_KINDS[answer.kind].label,
                found.name(thing),
                len(thing.spans),
                place,
                meant,
            )
        )
    headers = (
        Text("№", "No."),
        Text("Вид", "Kind"),
        Text("Име", "Name"),
        Text("Споменавания", "Mentions"),
        Text("Знаци", "Characters"),
        Text("На картата", "On the map"),
    )
    return Table(headers, rows, Text("Предложения", "Candidates"))


def _ties(done: Ingested) -> Table:
    found = done.extraction
    rows: list[tuple[Cell, ...]] = [
        (
            place,
            found.name(one.source),
            EDGE_KINDS[one.kind].label,
            one.role,
            found.name(one.target),
            f"{one.start}-{one.end}",
        )
        for place, one in enumerate(found.relations, 1)
    ]
    headers = (
        Text("№", "No."),
        Text("От", "From"),
        Text("Връзка", "Tie"),
        Text("Роля", "Role"),
        Text("Към", "To"),
        Text("Знаци", "Characters"),
    )
    return Table(headers, rows, Text("Връзки между тях", "Ties between them"))


def _notes(done: Ingested) -> list[Text | str]:
    notes: list[Text | str] = []
    dropped, report = done.extraction.contact_dropped, done.report
    if dropped:
        count = both(number, dropped)
        notes.append(
            Text(
                f"Имейли и телефони в текста, които не се пазят: {count.bg}.",
                f"E-mails and telephones in the text, none of which is kept: {count.en}.",
            )
        )
    if any(thing.kind == "City" for thing in done.extraction.things):
        notes.append(
            Text(
                "Места по данни на GeoNames (geonames.org), CC BY 4.0.",
                "Places are from GeoNames (geonames.org), CC BY 4.0.",
            )
        )
    if report is None:
        notes.append(
            Text(
                "Нищо не е записано. --accept или --review записва приетото.",
                "Nothing was written. --accept or --review writes what is accepted.",
            )
        )
        return notes
    counts = report.changes.to_dict()
    added, changed = counts["added"], counts["changed"]
    would = ("Проба, без запис: ", "Dry run: ") if report.dry_run else ("", "")
    notes.append(
        Text(
            f"{would[0]}{report.packs[0]}: {added} нови, {changed} променени.",
            f"{would[1]}{report.packs[0]}: {added} new, {changed} changed.",
        )
    )
    if report.change:
        notes.append(
            Text(
                f"ecosystem undo {report.change} връща всичко това.",
                f"ecosystem undo {report.change} takes all of it back.",
            )
        )
    return notes
