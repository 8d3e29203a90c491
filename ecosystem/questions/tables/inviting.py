"""Lists of guests and rooms side by side, for a terminal and as sheets for a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ecosystem import figures
from ecosystem.analysis.claims import citations
from ecosystem.analysis.inviting import Candidate, Comparison, Invitation
from ecosystem.analysis.inviting.reasons import LINKS
from ecosystem.io.sheets import Sheet, Value, say
from ecosystem.labels import word
from ecosystem.questions.wording import view_note
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer, Cell, Named, Table, measured, share
from ecosystem.values import Language, Text
from ecosystem.view import View

NOT_RECORDED = Text("не е записано", "not recorded")
LEFT_OUT_SHOWN = 12

WHY: dict[str, Text] = {
    "enough": Text("местата на сектора са заети", "enough from its sector"),
    "unwanted": Text("по желание", "asked to be left out"),
    "external": Text("извън обхвата", "external"),
    "over": Text("вече не съществува", "no longer exists"),
    "no link": Text("няма записана връзка с темата", "no recorded link to the theme"),
}
"""Why somebody is not on a list, in the order in which they are told."""

INVITED = Text("Покани", "Invitations")
MAYBE = Text("Може би: само подкрепят темата", "Maybe: they only support the theme")
_NAME = Text("Организация", "Organisation")
_SECTOR = Text("Сектор", "Sector")
_POINTS = Text("Точки", "Points")
_WHY = Text("Защо", "Why")
_LAST = Text("Последен контакт", "Last contact")
_LAST_EVENTS = Text("От последните събития", "Of the last events")


def invitation(snapshot: Snapshot, found: Invitation) -> Answer:
    """The list with its quotas, runners-up and who is left out."""
    headers = (_NAME, _SECTOR, _POINTS, _WHY, _LAST, _LAST_EVENTS)
    quotas = Table(
        (
            _SECTOR,
            Text("Дял", "Share"),
            Text("Места", "Places"),
            Text("Кандидати", "Candidates"),
            Text("Поканени", "Invited"),
            "",
        ),
        [
            (word(q.sector), share(q.share), q.places, q.candidates, q.invited, q.note)
            for q in found.quotas
        ],
        Text("Дялове", "Quotas"),
        found.assumptions,
    )
    guests = [
        Table(
            headers,
            [_row(found, one) for one in those],
            Text(f"{title.bg} ({len(those)})", f"{title.en} ({len(those)})"),
        )
        for title, those in ((INVITED, found.sure), (MAYBE, found.perhaps))
    ]
    after = Table(
        (_NAME, _SECTOR, _POINTS, _LAST),
        [
            (Named(one.id, one.name), word(one.sector), measured(one.score, 4), last_contact(one))
            for one in found.runners_up[:LEFT_OUT_SHOWN]
        ],
        Text("Следващи по ред", "Runners-up, in order"),
    )
    tables = (quotas, *guests, after, _left_out(found))
    return Answer(
        {"revision": snapshot.revision, **found.to_dict()},
        tuple(table for table in tables if table.rows),
        (view_note(snapshot), *found.notes),
    )


def _left_out(found: Invitation) -> Table:
    """The first of those left out who do not wait for a place, and how many for each reason."""
    left = [one for one in found.left_out if one.why != "enough"]
    counts = {why: sum(one.why == why for one in found.left_out) for why in WHY}
    notes = [
        Text(
            "; ".join(f"{WHY[why].bg}: {n}" for why, n in counts.items() if n) + ".",
            "; ".join(f"{WHY[why].en}: {n}" for why, n in counts.items() if n) + ".",
        )
    ]
    rest = len(left) - LEFT_OUT_SHOWN
    if rest > 0:
        notes.append(Text(f"И още {rest} (--format json).", f"And {rest} more (--format json)."))
    rows = [
        (Named(one.id, one.name), word(one.sector), one.reason) for one in left[:LEFT_OUT_SHOWN]
    ]
    return Table((_NAME, _SECTOR, _WHY), rows, Text("Извън списъка", "Left out"), tuple(notes))


def _row(found: Invitation, one: Candidate) -> tuple[Cell, ...]:
    return (
        Named(one.id, one.name),
        word(one.sector),
        measured(one.score, 4),
        _in_short(one),
        last_contact(one),
        f"{len(one.repeated)}/{len(found.last_events)}",
    )


def _in_short(one: Candidate) -> Text:
    """What links the organisation to the themes, and the ids of the gaps."""
    links = [part for part in one.parts if part.name in LINKS]
    gaps = ", ".join(part.name for part in one.parts if part.name.startswith("G"))
    bg, en = [part.text.bg for part in links], [part.text.en for part in links]
    if one.set:
        bg.insert(0, "по желание")
        en.insert(0, "asked for")
    more = [gaps] if gaps else []
    return Text("; ".join([*bg, *more]), "; ".join([*en, *more]))


def because(one: Candidate) -> Text:
    """Every part of the score with its points, in one line."""
    bg = [f"{part.text.bg} ({_points(part.points, 'bg')})" for part in one.parts]
    en = [f"{part.text.en} ({_points(part.points, 'en')})" for part in one.parts]
    if one.set:
        bg.insert(0, "по желание")
        en.insert(0, "asked for")
    if one.maybe:
        bg.insert(0, "може би, само подкрепя темата")
        en.insert(0, "maybe, it only supports the theme")
    if one.external:
        bg.append("извън обхвата")
        en.append("external")
    return Text("; ".join(bg), "; ".join(en))


def _points(points: float | None, lang: Language) -> str:
    if points is None:
        return Text("няма данни", "no data").show(lang)[0]
    return f"+{figures.number(points, lang, digits=4)}"


def last_contact(one: Candidate) -> Text:
    """When and where the latest recorded part was."""
    if one.last is None:
        return NOT_RECORDED
    day = figures.both(figures.day, one.last.day)
    if not one.last.day:
        day = Text("без дата", "undated")
    name = one.last.name
    return Text(f"{day.bg}: {name.show('bg')[0]}", f"{day.en}: {name.show('en')[0]}")


def comparison(found: Comparison) -> Answer:
    """Two rooms: the balance of each, then who is in both and who in one only."""
    one, other = found.one.label, found.other.label
    balance = Table(
        (_SECTOR, one, "%", other, "%"),
        [
            (row.label, row.one, share(row.one_share), row.other, share(row.other_share))
            for row in found.balance
        ],
        Text("Сектори", "Sectors"),
    )
    groups = (
        (Text("И в двете", "In both"), found.both),
        (Text(f"Само: {one.bg}", f"Only: {one.en}"), found.only_one),
        (Text(f"Само: {other.bg}", f"Only: {other.en}"), found.only_other),
    )
    tables = [
        Table(
            (_NAME, _SECTOR),
            [(Named(guest.id, guest.name), word(guest.sector)) for guest in guests],
            Text(f"{title.bg} ({len(guests)})", f"{title.en} ({len(guests)})"),
        )
        for title, guests in groups
    ]
    return Answer(found.to_dict(), (balance, *(table for table in tables if table.rows)))


def _percent(share: float | None) -> int | None:
    """Whole per cent for a sheet, which reckons with them."""
    return None if share is None else int(100 * figures.rounded(share, 2))


COLUMNS = (
    Text("Организация", "Organisation"),
    Text("Номер", "Id"),
    Text("Сектор", "Sector"),
    Text("Точки", "Points"),
    Text("Защо", "Why"),
    Text("Лица за контакт", "Contact persons"),
    Text("Последен контакт", "Last contact"),
    Text("На", "On"),
    Text("Брой от последните събития", "Of the last events"),
    Text("Познава от списъка", "Has met on this list"),
    Text("Без записана среща с", "No recorded meeting with"),
    Text("Източници", "Sources"),
)
"""The columns of a list of guests after its number."""


def invitation_sheets(
    snapshot: Snapshot, view: View, found: Invitation, lang: Language
) -> tuple[Sheet, ...]:
    """The list; the assumptions with the sources; who is left out."""
    numbers = _numbered(snapshot, ordered := (*found.sure, *found.perhaps))
    guests = Sheet(
        say(INVITED, lang),
        ("№", *(say(column, lang) for column in COLUMNS)),
        [_guest_row(snapshot, place, one, numbers, lang) for place, one in enumerate(ordered, 1)],
    )
    second = assumed([*_assumed(view, found, lang), *source_rows(snapshot, numbers, lang)], lang)
    left = [
        (say(one.name, lang), one.id, say(word(one.sector), lang), say(one.reason, lang))
        for one in found.left_out
    ]
    headers = (_NAME, Text("Номер", "Id"), _SECTOR, _WHY)
    third = Sheet(
        say(Text("Извън списъка", "Left out"), lang),
        tuple(say(header, lang) for header in headers),
        left,
    )
    return guests, second, third


def assumed(rows: Sequence[tuple[Value, ...]], lang: Language) -> Sheet:
    """The sheet on what a list rests: assumptions and sources."""
    headers = (Text("Какво", "What"), Text("Стойност", "Value"), Text("Адрес", "Address"))
    title = Text("Допускания и източници", "Assumptions and sources")
    return Sheet(say(title, lang), tuple(say(header, lang) for header in headers), rows)


def _guest_row(
    snapshot: Snapshot, place: int, one: Candidate, numbers: dict[str, int], lang: Language
) -> tuple[Value, ...]:
    return (
        place,
        one.name.show(lang)[0],
        one.id,
        word(one.sector).show(lang)[0],
        one.score,
        because(one).show(lang)[0],
        _contacts(one, lang),
        one.last.name.show(lang)[0] if one.last else NOT_RECORDED.show(lang)[0],
        typed_day(one.last.day, lang) if one.last else None,
        len(one.repeated),
        len(one.met) if _told(one) else None,
        len(one.strangers) if _told(one) else None,
        ", ".join(str(numbers[source]) for source in _sources(snapshot, one)),
    )


def _told(one: Candidate) -> bool:
    return any(part.name == "new" and part.points is not None for part in one.parts)


def _contacts(one: Candidate, lang: Language) -> str:
    """Names and roles, nothing by which a person could be reached."""
    named = (
        ", ".join(filter(None, (person.name.show(lang)[0], person.role))) for person in one.contacts
    )
    return "; ".join(named)


def typed_day(day: str, lang: Language) -> Value:
    """A full day as a date, a partial one as text."""
    if len(day) == 10:
        return date.fromisoformat(day)
    return word(day).show(lang)[0] if day else Text("без дата", "undated").show(lang)[0]


def _sources(snapshot: Snapshot, one: Candidate) -> list[str]:
    ids = [i for part in one.parts if part.name in LINKS for i in part.statements]
    ids += [one.last.statement] if one.last else []
    ids += [person.statement for person in one.contacts]
    return cited(snapshot, ids)


def cited(snapshot: Snapshot, statements: Iterable[str]) -> list[str]:
    """The documents that the statements rest on, in the order of ids."""
    records = snapshot.dataset.records
    found = {
        citation.source
        for identity in statements
        if identity in records
        for citation in citations(snapshot.dataset, records[identity])
    }
    return sorted(found)


def _numbered(snapshot: Snapshot, guests: Iterable[Candidate]) -> dict[str, int]:
    named = [source for one in guests for source in _sources(snapshot, one)]
    return {source: number for number, source in enumerate(dict.fromkeys(named), 1)}


def source_rows(
    snapshot: Snapshot, numbers: dict[str, int], lang: Language
) -> list[tuple[Value, ...]]:
    """Each source with the number by which the first sheet names it."""
    rows: list[tuple[Value, ...]] = []
    for source, number in numbers.items():
        node = snapshot.dataset.nodes.get(source)
        if node is None:
            rows.append((f"[{number}]", source, None))
            continue
        parts = (
            node.name.show(lang)[0],
            getattr(node, "publisher", ""),
            getattr(node, "published_on", ""),
        )
        rows.append((f"[{number}]", ", ".join(filter(None, parts)), getattr(node, "url", "")))
    return rows


def _assumed(view: View, found: Invitation, lang: Language) -> list[tuple[Value, ...]]:
    themes = "; ".join(name.show(lang)[0] for name in found.theme_names)
    rows: list[tuple[Text, Value]] = [
        (Text("Теми", "Themes"), themes),
        (Text("Искани места", "Places asked for"), found.size),
        (Text("Поканени", "Invited"), len(found.guests)),
        *view_rows(view),
    ]
    rows += [
        (
            Text(f"Сектор: {word(q.sector).bg}", f"Sector: {word(q.sector).en}"),
            Text(
                f"дял {figures.percent(q.share, 'bg')}, места {q.places}, кандидати "
                f"{q.candidates}, поканени {q.invited}" + (f"; {q.note.bg}" if q.note.bg else ""),
                f"share {figures.percent(q.share, 'en')}, places {q.places}, candidates "
                f"{q.candidates}, invited {q.invited}" + (f"; {q.note.en}" if q.note.en else ""),
            ).show(lang)[0],
        )
        for q in found.quotas
    ]
    rows += [
        (Text("Бележка", "Note"), note.show(lang)[0]) for note in (*found.notes, *found.assumptions)
    ]
    return [(name.show(lang)[0], value, None) for name, value in rows]


def view_rows(view: View) -> list[tuple[Text, Value]]:
    """Which part of the map a sheet was made from."""
    return [
        (Text("Обхват", "Scope"), view.scope),
        (Text("Към дата", "As of"), date.fromisoformat(view.as_of)),
        (Text("Прочит", "Reading"), view.reading),
    ]


def comparison_sheets(found: Comparison, lang: Language) -> tuple[Sheet, ...]:
    """Every guest of the two rooms with where it is, and the balance of the sectors."""

    def say(bg: str, en: str) -> str:
        return bg if lang == "bg" else en

    one, other = found.one.label.show(lang)[0], found.other.label.show(lang)[0]
    places = (
        (found.both, True, True),
        (found.only_one, True, False),
        (found.only_other, False, True),
    )
    return (
        Sheet(
            say("Сравнение", "Comparison"),
            (
                say("Организация", "Organisation"),
                say("Номер", "Id"),
                say("Сектор", "Sector"),
                one,
                other,
            ),
            [
                (guest.name.show(lang)[0], guest.id, word(guest.sector).show(lang)[0], here, there)
                for guests, here, there in places
                for guest in guests
            ],
        ),
        Sheet(
            say("Сектори", "Sectors"),
            (say("Сектор", "Sector"), one, f"{one}, %", other, f"{other}, %"),
            [
                (
                    row.label.show(lang)[0],
                    row.one,
                    _percent(row.one_share),
                    row.other,
                    _percent(row.other_share),
                )
                for row in found.balance
            ],
        ),
    )
