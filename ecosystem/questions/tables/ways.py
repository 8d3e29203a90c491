"""The shortest ways between two actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem import figures
from ecosystem.analysis.connecting import MEMBERS_NAMED
from ecosystem.lenses import LENSES
from ecosystem.model import Source
from ecosystem.questions.wording import names_in, view_note
from ecosystem.tables import Answer, Cell, Table
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.connecting import ConnectedPart, Connection, Way
    from ecosystem.snapshot import Snapshot


def connection(snapshot: Snapshot, found: Connection) -> Answer:
    """Each way as a table of its steps; without a way the part in which each end stands."""
    lens = LENSES[found.lens]
    ends = [snapshot.name(one) for one in (found.source, found.target)]
    (one_bg, other_bg), (one_en, other_en) = (
        [end.show(lang)[0] for end in ends] for lang in ("bg", "en")
    )
    head = Text(
        f"{one_bg} – {other_bg} · „{lens.title.bg}“: {lens.description.bg}",
        f"{one_en} – {other_en} · “{lens.title.en}”: {lens.description.en}",
    )
    notes: list[Text | str] = [view_note(snapshot), head]
    if found.reason:
        notes.append(found.reason)
    if found.total > len(found.ways):
        notes.append(
            Text(
                f"Еднакво къси са {found.total} пътя; показани са първите {len(found.ways)}.",
                f"{found.total} ways are equally short; the first {len(found.ways)} are shown.",
            )
        )
    if found.between:
        notes.append(_between(snapshot, found))
    tables = [_way(snapshot, way, number) for number, way in enumerate(found.ways, 1)]
    if found.parts:
        tables.append(_parts(snapshot, found.parts))
    return Answer(found.to_dict(), tuple(tables), tuple(notes))


def _between(snapshot: Snapshot, found: Connection) -> Text:
    first = names_in(snapshot, found.between[:MEMBERS_NAMED])
    more = len(found.between) - MEMBERS_NAMED
    rest = Text(f" и още {more}", f" and {more} more") if more > 0 else Text("", "")
    return Text(
        f"Свързани и с двата края ({len(found.between)}): {first.bg}{rest.bg}.",
        f"Tied to both ends ({len(found.between)}): {first.en}{rest.en}.",
    )


def _way(snapshot: Snapshot, way: Way, number: int) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            snapshot.name(step.source),
            snapshot.name(step.target),
            names_in(snapshot, step.through),
            step.distance,
            _statements(snapshot, step.statements),
        )
        for step in way.steps
    ]
    headers = (
        Text("От", "From"),
        Text("До", "To"),
        Text("Чрез", "Through"),
        Text("Разстояние", "Distance"),
        Text("Твърдения", "Statements"),
    )
    far = figures.both(figures.number, way.distance)
    title = Text(f"Път {number}, разстояние {far.bg}", f"Way {number}, distance {far.en}")
    return Table(headers, rows, title)


def _statements(snapshot: Snapshot, ids: tuple[str, ...]) -> Text:
    """What is stated, each with its days and who says so; the ids stand in the values."""
    told = [_told(snapshot, one) for one in ids]
    return Text("; ".join(one.bg for one in told), "; ".join(one.en for one in told))


def _told(snapshot: Snapshot, identity: str) -> Text:
    edge = snapshot.edges.get(identity)
    if edge is None:
        return Text(identity, identity)
    when = figures.both(figures.span, edge.since, edge.until)
    sources = (snapshot.dataset.nodes.get(one.partition("#")[0]) for one in edge.sources)
    said = ", ".join(dict.fromkeys(one.publisher for one in sources if isinstance(one, Source)))
    return Text(
        ", ".join(filter(None, (edge.label.bg, when.bg, said and f"според {said}"))),
        ", ".join(filter(None, (edge.label.en, when.en, said and f"according to {said}"))),
    )


def _parts(snapshot: Snapshot, parts: tuple[ConnectedPart, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (snapshot.name(part.id), part.size, names_in(snapshot, part.members)) for part in parts
    ]
    headers = (
        Text("Участник", "Actor"),
        Text("Участници в неговата част", "Actors in its part"),
        Text("Сред тях", "Among them"),
    )
    return Table(headers, rows)
