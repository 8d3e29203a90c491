"""The roadmap for a terminal, and as sheets for a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from ecosystem.analysis.gaps.projects import CHECKS, NO, UNKNOWN, YES
from ecosystem.analysis.roadmap import Funding, Party, Roadmap, Step
from ecosystem.desk import MATTERS
from ecosystem.figures import money
from ecosystem.io.sheets import Sheet, Value, say
from ecosystem.labels import word
from ecosystem.questions.tables.inviting import assumed, cited, source_rows, typed_day, view_rows
from ecosystem.questions.wording import view_note
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer, Cell, Named, Table, period
from ecosystem.values import Language, Money, Text
from ecosystem.view import View

STATES: dict[str, Text] = {
    YES: Text("да", "yes"),
    NO: Text("не", "no"),
    UNKNOWN: Text("не е записано", "not recorded"),
}


def priority(step: Step) -> Text:
    """The words of the priority that was decided; empty where none was."""
    return MATTERS["priority"].states.get(step.priority, Text("", ""))


def roadmap(snapshot: Snapshot, found: Roadmap) -> Answer:
    """One row per project; JSON carries every field and the bars."""
    headers = (
        Text("Проект", "Project"),
        Text("Приоритет", "Priority"),
        Text("Кога", "When"),
        Text("Състояние", "Status"),
        Text("Водещ", "Leader"),
        Text("Теми", "Themes"),
        Text("Финансиране", "Funding"),
        Text("Пълнота", "Complete"),
    )
    rows = [
        (
            Named(step.id, step.name),
            priority(step),
            _when(step),
            word(step.status),
            _both(partial(_names, step.leaders)),
            _both(partial(_themes, snapshot, step.themes)),
            _both(partial(_money, step.funding)),
            f"{step.passed}/{len(step.checks)}",
        )
        for step in found.steps
    ]
    nothing = Text("Не е записан нито един проект.", "No project is recorded.")
    title = Text("Пътна карта", "Roadmap")
    if found.programme:
        name = snapshot.name(found.programme)
        title = Text(f"Пътна карта: {name.show('bg')[0]}", f"Roadmap: {name.show('en')[0]}")
    return Answer(
        {"revision": snapshot.revision, **found.to_dict()},
        (Table(headers, rows, title, found.notes),) if rows else (),
        (view_note(snapshot), *(() if rows else (nothing,))),
    )


def _when(step: Step) -> Cell:
    if not step.since and not step.until:
        return Text("не е записано", "not recorded")
    return period(step.since, step.until)


def _both(words: Callable[[Language], str]) -> Text:
    return Text(words("bg"), words("en"))


def _names(parties: Iterable[Party], lang: Language) -> str:
    return "; ".join(party.name.show(lang)[0] for party in parties)


def _themes(snapshot: Snapshot, themes: Iterable[str], lang: Language) -> str:
    return "; ".join(snapshot.name(theme).show(lang)[0] for theme in themes)


def _money(funding: Iterable[Funding], lang: Language) -> str:
    parts = []
    for one in funding:
        name = one.name.show(lang)[0]
        if one.amount_minor is not None:
            name += f" ({money(one.amount_minor, one.amount_currency, lang)})"
        parts.append(name)
    return "; ".join(parts)


COLUMNS = (
    Text("Проект", "Project"),
    Text("Номер", "Id"),
    Text("Приоритет", "Priority"),
    Text("Защо", "Why"),
    Text("Място в обхвата", "Place in the scope"),
    Text("Състояние", "Status"),
    Text("От", "From"),
    Text("До", "Until"),
    Text("Програми", "Programmes"),
    Text("Водещ", "Leader"),
    Text("Участници", "Participants"),
    Text("Теми", "Themes"),
    Text("Нужди", "Needs"),
    Text("Отговаря на нужди", "Answers needs"),
    Text("Ресурси", "Resources"),
    Text("Бюджет", "Budget"),
    Text("Валута", "Currency"),
    Text("Финансиране", "Funding"),
    Text("Показатели", "Indicators"),
)
"""The columns of a roadmap's sheet between its number and its checks."""


def sheets(snapshot: Snapshot, view: View, found: Roadmap, lang: Language) -> tuple[Sheet, ...]:
    """The projects; the assumptions with the sources."""
    named = [source for step in found.steps for source in cited(snapshot, step.statements)]
    numbers = {source: number for number, source in enumerate(dict.fromkeys(named), 1)}
    headers = (
        *COLUMNS,
        *(check[0] for check in CHECKS.values()),
        Text("Изпълнени проверки", "Checks passed"),
        Text("Източници", "Sources"),
    )
    projects = Sheet(
        say(Text("Пътна карта", "Roadmap"), lang),
        ("№", *(say(header, lang) for header in headers)),
        [
            _sheet_row(snapshot, place, step, numbers, lang)
            for place, step in enumerate(found.steps, 1)
        ],
    )
    rows: list[tuple[Text, Value]] = [
        *view_rows(view),
        *((Text("Бележка", "Note"), say(note, lang)) for note in found.notes),
    ]
    if found.programme:
        rows.insert(0, (Text("Програма", "Programme"), _themes(snapshot, [found.programme], lang)))
    return projects, assumed(
        [
            *((say(name, lang), value, None) for name, value in rows),
            *source_rows(snapshot, numbers, lang),
        ],
        lang,
    )


def _sheet_row(
    snapshot: Snapshot, place: int, step: Step, numbers: Mapping[str, int], lang: Language
) -> tuple[Value, ...]:
    return (
        place,
        step.name.show(lang)[0],
        step.id,
        priority(step).show(lang)[0],
        step.why,
        word(step.place).show(lang)[0],
        word(step.status).show(lang)[0],
        _day(step.since, lang),
        _day(step.until, lang),
        _themes(snapshot, step.programmes, lang),
        _names(step.leaders, lang),
        _names(step.participants, lang),
        _themes(snapshot, step.themes, lang),
        _themes(snapshot, step.needs, lang),
        _themes(snapshot, step.answers, lang),
        step.resources.show(lang)[0],
        _major(step.budget_minor, step.budget_currency),
        step.budget_currency,
        _money(step.funding, lang),
        "; ".join(step.indicators),
        *(STATES[state].show(lang)[0] for state in step.checks.values()),
        step.passed,
        ", ".join(str(numbers[one]) for one in cited(snapshot, step.statements)),
    )


def _major(minor: int | None, currency: str) -> float | None:
    return None if minor is None else float(Money(minor, currency).major)


def _day(day: str, lang: Language) -> Value:
    return typed_day(day, lang) if day else None
