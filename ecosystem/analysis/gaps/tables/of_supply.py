"""The tables of the rules about the map itself, about needs, money, projects and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ecosystem.analysis.gaps.laws import decimal, percent
from ecosystem.analysis.gaps.projects import CHECKS
from ecosystem.analysis.gaps.results import RuleResult
from ecosystem.analysis.gaps.tables.table import (
    Cell,
    Table,
    column,
    most_first,
)
from ecosystem.labels import word
from ecosystem.model import EDGE_KINDS
from ecosystem.values import Money, Text


def publishers(result: RuleResult) -> Iterable[Table]:
    found = result.details.get("publishers", {})
    counts = found if any(found.values()) else {}
    words = {
        "0": Text("без източник", "without a source"),
        "1": Text("един издател", "one publisher"),
        "2+": Text("двама или повече", "two or more"),
    }
    columns = (
        column("Опора", "Support"),
        column("твърдения под показаното", "statements under what is shown", "count", bar=True),
    )
    yield Table(
        Text("На колко издатели стъпват твърденията", "On how many publishers the statements rest"),
        columns,
        tuple((words[name], number) for name, number in counts.items()),
    )


def ages(result: RuleResult) -> Iterable[Table]:
    years = result.details.get("years", {})
    rows: list[tuple[Cell, ...]] = []
    for year in range(max(map(int, years), default=-1) + 1):
        name = Text("под 1 г.", "below 1") if year == 0 else Text(f"{year}", f"{year}")
        rows.append((name, years.get(str(year), 0)))
    columns = (
        column("Пълни години", "Full years"),
        column("открити състояния", "open states", "count", bar=True),
    )
    unknown = result.details.get("unknown", 0)
    note = Text(f"С неизвестна възраст: {unknown}.", f"Of unknown age: {unknown}.")
    title = Text("Години от последното потвърждение", "Years since the last confirmation")
    yield Table(title, columns, tuple(rows), note if unknown else None, series=True)


def places(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("място", "rank", "number"),
        column("Организация", "Organisation", "nodes"),
        column("сред първите пет", "in the top five", "share", bar=True),
        column("най-напред", "at best", "number"),
        column("най-назад", "at worst", "number"),
    )
    rows = tuple(
        (place["rank"], (place["id"],), place["top"], place["low"], place["high"])
        for place in result.details.get("places", ())
        if place["rank"] <= 12
    )
    yield Table(
        Text(
            "Местата в 200 проби без част от източниците",
            "The places in 200 draws without some of the sources",
        ),
        columns,
        rows,
    )


def needs(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Тема", "Theme", "nodes"),
        column("търси се от", "needed by", "nodes"),
        column("предлага се от", "offered by", "nodes"),
        column("по-широко от", "more broadly by", "nodes"),
        column("отвън от", "from outside by", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            tuple(gap.details["seekers"]),
            *(_actors(gap.details[side]) for side in ("offers", "broader", "outside")),
        )
        for gap in result.findings
    )
    yield Table(Text("Нужди и предлагане", "Needs and offers"), columns, rows)


def _actors(offers: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({offer["actor"] for offer in offers}))


def reach(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Тема", "Theme", "nodes"),
        column("двойки", "pairs", "count"),
        column("достигат се на срещи", "in reach at meetings", "share", bar=True),
        column("достигат се в работата", "in reach in work", "share", bar=True),
        column("без записи за едната страна", "nothing on record for one side", "count"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            gap.details["work"]["pairs"],
            _reached(gap.details["met"]),
            _reached(gap.details["work"]),
            gap.details["work"]["unrecorded"],
        )
        for gap in result.findings
    )
    yield Table(
        Text("Достига ли предлагането търсенето", "Does supply reach demand"), columns, rows
    )


def _reached(side: Mapping[str, Any]) -> float | None:
    return side["reached"] / side["pairs"] if side["pairs"] else None


def money(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Кой финансира", "Who funds", "nodes"),
        column("сума", "amount", "money"),
        column("дял", "share", "share", bar=True),
    )
    for gap in result.findings:
        first, last = gap.details["period"]
        currency, sums = gap.details["currency"], gap.details["sums"]
        total = sum(sums.values())
        gini, silent = gap.details["gini"], gap.details["without_amount"]
        shown = decimal(gini) if gini is not None else None
        note = Text(
            (f"Джини: {shown.bg}. " if shown else "") + f"Без сума: {silent}.",
            (f"Gini: {shown.en}. " if shown else "") + f"Without an amount: {silent}.",
        )
        yield Table(
            Text(
                f"Парите за {first}–{last} в {currency}", f"Money of {first}–{last} in {currency}"
            ),
            columns,
            tuple(((who,), Money(minor, currency), minor / total) for who, minor in sums.items()),
            note,
        )


def unfunded(result: RuleResult) -> Iterable[Table]:
    details = result.details
    named = (
        (
            "themes",
            Text("Теми без записано финансиране", "Themes without recorded funding"),
            column("Тема", "Theme", "nodes"),
        ),
        (
            "projects",
            Text("Проекти без записано финансиране", "Projects without recorded funding"),
            column("Проект", "Project", "nodes"),
        ),
    )
    sectors = tuple((word(name),) for name in details.get("without", ()))
    yield Table(
        Text("Сектори без записано финансиране", "Sectors without recorded funding"),
        (column("Сектор", "Sector"),),
        sectors,
    )
    for name, title, one_column in named:
        yield Table(title, (one_column,), tuple(((one,),) for one in details.get(name, ())))


def checks(result: RuleResult) -> Iterable[Table]:
    projects = result.details.get("projects", 0)
    columns = (
        column("Проверка", "Check"),
        column("да", "yes", "count"),
        column("не", "no", "count"),
        column("не е записано", "not recorded", "count"),
        column("дял „да“", "share of yes", "share", bar=True),
    )
    rows = tuple(
        (CHECKS[name][0], tally["yes"], tally["no"], tally["unknown"], tally["yes"] / projects)
        for name, tally in result.details.get("checks", {}).items()
        if projects
    )
    yield Table(Text("Проверките на проектите", "The checks of the projects"), columns, rows)


def mentors(result: RuleResult) -> Iterable[Table]:
    details = result.details
    rows = tuple(
        ((one["city"],), (one["theme"],), tuple(tie["mentor"] for tie in one["mentoring"]))
        for one in details.get("mentored", ())
    )
    columns = (
        column("Град", "City", "nodes"),
        column("нужда", "need", "nodes"),
        column("ментори", "mentors", "nodes"),
    )
    yield Table(Text("Нужди с ментор", "Needs with a mentor"), columns, rows)
    load = details.get("load", {}).get("mentors", ())
    busy = sorted(load, key=lambda one: (-one["mentees"], one["mentor"]))
    loads = (
        column("Ментор", "Mentor", "nodes"),
        column("съветвани", "mentees", "count", bar=True),
        column("от тях сега", "of these now", "count"),
        column("капацитет", "capacity", "count"),
    )
    yield Table(
        Text("Натоварване на менторите", "Load of the mentors"),
        loads,
        tuple(((one["mentor"],), one["mentees"], one["in_force"], one["capacity"]) for one in busy),
    )


def core(result: RuleResult) -> Iterable[Table]:
    columns = (column("Организация", "Organisation", "nodes"),)
    k = result.details.get("k")
    title = Text(f"Ядрото (k = {k})", f"The core (k = {k})")
    rows = tuple(((one,),) for one in result.details.get("core", ()))
    share = percent(result.details.get("share", 0.0))
    note = Text(
        f"Дял на проектите с участник от ядрото: {share.bg}.",
        f"Share of projects with an actor of the core: {share.en}.",
    )
    yield Table(title, columns, rows, note)


def years(result: RuleResult) -> Iterable[Table]:
    years = result.details.get("years", {})
    span = range(min(map(int, years)), max(map(int, years)) + 1) if years else ()
    columns = (
        column("Година", "Year"),
        column("нови организации", "new organisations", "count", bar=True),
    )
    undated = result.details.get("undated", 0)
    note = Text(f"Без дата: {undated}.", f"Undated: {undated}.") if undated else None
    yield Table(
        Text("Нови организации по години", "New organisations by year"),
        columns,
        tuple((str(year), years.get(str(year), 0)) for year in span),
        note,
        series=True,
    )


def outside(result: RuleResult) -> Iterable[Table]:
    details = result.details
    pairs = column("двойки с обща работа", "pairs with joint work", "count", bar=True)
    cities = details.get("cities", {})
    rows = tuple(
        ((city,) if city.startswith("city:") else Text("градът не е известен", "city unknown"), n)
        for city, n in cities.items()
    )
    yield Table(Text("По град", "By city"), (column("Град", "City", "nodes"), pairs), rows)
    kinds: Mapping[str, int] = details.get("kinds", {})
    yield Table(
        Text("По вид връзка", "By kind of tie"),
        (column("Вид", "Kind"), pairs),
        tuple((_kind(kind), n) for kind, n in most_first(kinds)),
    )
    yield Table(
        Text("По тема на общия проект", "By theme of the shared project"),
        (column("Тема", "Theme", "nodes"), pairs),
        tuple(((theme,), n) for theme, n in most_first(details.get("themes", {}))),
    )


def _kind(kind: str) -> Text:
    return (
        Text("общ проект", "shared project")
        if kind == "PARTICIPATES_IN"
        else EDGE_KINDS[kind].label
    )
