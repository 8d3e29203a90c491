"""Answers as tables, JSON or CSV for a terminal, in either language."""

from __future__ import annotations

import csv
import json
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from ecosystem.labels import property_label, word
from ecosystem.values import Language, Text

if TYPE_CHECKING:
    from ecosystem.analysis.gaps import RuleResult
    from ecosystem.analysis.matching import Allocation, Matches
    from ecosystem.analysis.metrics import Measure
    from ecosystem.analysis.profile import Profile
    from ecosystem.analysis.structure import Structure
    from ecosystem.doctor import Finding
    from ecosystem.queries import Query
    from ecosystem.snapshot import Snapshot
    from ecosystem.workspace import LoadReport, QueryResult

Cell = Text | str | int | float | bool | None
NO_VALUE = Text("няма данни", "no data")


@dataclass(frozen=True)
class Table:
    """Rows under headers, with an optional title above and notes below."""

    headers: tuple[Text | str, ...]
    rows: Sequence[Sequence[Cell]]
    title: Text | str = ""
    notes: tuple[Text | str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answer in its three forms: plain values for JSON, tables for people and CSV."""

    values: Any
    tables: tuple[Table, ...]
    notes: tuple[Text | str, ...] = field(default=())


def write(stream: TextIO, answer: Answer, form: str, lang: Language) -> None:
    """Print ``answer`` as ``json``, ``csv`` (its tables, a blank line between) or ``table``."""
    if form == "json":
        json.dump(answer.values, stream, ensure_ascii=False, indent=2, allow_nan=False)
        stream.write("\n")
    elif form == "csv":
        _write_csv(stream, answer, lang)
    else:
        _write_tables(stream, answer, lang)


def _write_csv(stream: TextIO, answer: Answer, lang: Language) -> None:
    out = csv.writer(stream, lineterminator="\n")
    for number, table in enumerate(answer.tables):
        if number:
            stream.write("\n")
        out.writerow(_say(header, lang) for header in table.headers)
        out.writerows(
            [_safe("" if c is None else _say(c, lang)) for c in row] for row in table.rows
        )


def _safe(cell: str) -> str:
    # A spreadsheet runs a cell that begins like a formula.
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t") and not _number(cell) else cell


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _write_tables(stream: TextIO, answer: Answer, lang: Language) -> None:
    width = max(60, shutil.get_terminal_size((110, 40)).columns)
    for note in answer.notes:
        stream.write(textwrap.fill(_say(note, lang), width) + "\n")
    for number, table in enumerate(answer.tables):
        if number or answer.notes:
            stream.write("\n")
        if table.title:
            stream.write(textwrap.fill(_say(table.title, lang), width) + "\n")
        stream.writelines(_lines(table, lang, width))
        for note in table.notes:
            stream.write(
                textwrap.fill(_say(note, lang), width, initial_indent="  ", subsequent_indent="  ")
                + "\n"
            )


def _lines(table: Table, lang: Language, width: int) -> Iterable[str]:
    rows = [[_say(cell, lang) for cell in row] for row in table.rows]
    if not rows:
        return
    headers = [_say(header, lang) for header in table.headers]
    grid = [headers, *rows] if any(headers) else rows
    widths = [max(_width(row[i]) for row in grid) for i in range(len(headers))]
    spare = width - sum(widths) - 2 * (len(widths) - 1)
    while spare < 0 and max(widths) > 12:
        widest = widths.index(max(widths))
        cut = min(-spare, widths[widest] - 12)
        second = sorted(widths)[-2] if len(widths) > 1 else 12
        cut = max(1, min(cut, widths[widest] - second)) if widths[widest] > second else 1
        widths[widest] -= cut
        spare += cut
    right = [
        all(isinstance(row[i], (int, float)) or row[i] is None for row in table.rows)
        for i in range(len(headers))
    ]
    for number, row in enumerate(grid):
        yield from _wrapped(row, widths, right)
        if number == 0 and any(headers):
            yield "  ".join("─" * one for one in widths) + "\n"


def _wrapped(row: list[str], widths: list[int], right: list[bool]) -> Iterable[str]:
    cells = [
        textwrap.wrap(cell, wide, break_long_words=True) or [""]
        for cell, wide in zip(row, widths, strict=True)
    ]
    for line in range(max(map(len, cells))):
        parts = []
        for cell, wide, flush in zip(cells, widths, right, strict=True):
            text = cell[line] if line < len(cell) else ""
            pad = " " * (wide - _width(text))
            parts.append(pad + text if flush else text + pad)
        yield "  ".join(parts).rstrip() + "\n"


def _width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text
    )


def _say(cell: Cell, lang: Language) -> str:
    if isinstance(cell, Text):
        return cell.show(lang)[0]
    if cell is None:
        return NO_VALUE.show(lang)[0]
    if isinstance(cell, bool):
        return Text("да", "yes").show(lang)[0] if cell else Text("не", "no").show(lang)[0]
    if isinstance(cell, float):
        return f"{cell:.3f}"
    # Control characters in data must not reach a terminal.
    return "".join(c if c.isprintable() else " " for c in str(cell))


def money(minor: int, currency: str, lang: Language = "en") -> str:
    """An amount in major units: ``12 000 000 EUR``; minor digits only where there are some."""
    whole, part = divmod(minor, 100)
    grouped = f"{whole:,}".replace(",", "\u00a0") if whole >= 10_000 else str(whole)
    point = "," if lang == "bg" else "."
    return f"{grouped}{point}{part:02d} {currency}" if part else f"{grouped} {currency}"


def _view_note(snapshot: Snapshot) -> Text:
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    members, external = len(snapshot.members), len(snapshot.external)
    return Text(
        f"{name.show('bg')[0]}, към {snapshot.as_of}: {members} в обхвата, {external} външни.",
        f"{name.show('en')[0]}, as of {snapshot.as_of}: {members} in scope, {external} external.",
    )


def load_report(report: LoadReport) -> Answer:
    """What was loaded."""
    changes = report.changes.to_dict()
    packs = ", ".join(report.packs)
    would = Text("Проверка без запис: ", "Dry run: ") if report.dry_run else Text("", "")
    notes: list[Text | str] = [
        Text(
            f"{would.bg}{packs}: добавени {changes['added']}, променени {changes['changed']}, "
            f"премахнати {changes['removed']} (редакция {report.revision}).",
            f"{would.en}{packs}: {changes['added']} added, {changes['changed']} changed, "
            f"{changes['removed']} removed (revision {report.revision}).",
        )
    ]
    if report.kept:
        notes.append(
            Text(
                f"{report.kept} записа вече не са в пакета и остават; --prune ги премахва.",
                f"{report.kept} records are no longer in the packs and stay; --prune removes them.",
            )
        )
    rows = [(kind, number) for kind, number in report.counts.items()]
    table = Table((Text("Вид", "Kind"), Text("В пакетите", "In the packs")), rows)
    return Answer(report.to_dict(), (table,), tuple(notes))


def rows(result: QueryResult) -> Answer:
    """The rows of a query."""
    cells = [[_flat(value) for value in row] for row in result.rows]
    notes: tuple[Text, ...] = ()
    if result.truncated:
        notes = (
            Text(
                f"Показани са първите {result.row_limit} реда; има още.",
                f"Only the first {result.row_limit} rows are shown; there are more.",
            ),
        )
    if not cells:
        notes = (Text("Няма редове.", "No rows."),)
    return Answer(result.to_dict(), (Table(result.columns, cells),), notes)


def _flat(value: Any) -> Cell:
    if isinstance(value, (str, int, float)):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def library(queries: Iterable[Query]) -> Answer:
    """The query library: name, title, parameters."""
    found = list(queries)
    headers = (Text("Име", "Name"), Text("Въпрос", "Question"), Text("Параметри", "Parameters"))
    table = Table(
        headers,
        [(query.name, query.title, ", ".join(p.name for p in query.parameters)) for query in found],
    )
    return Answer([query.to_dict() for query in found], (table,))


def doctor(findings: Sequence[Finding]) -> Answer:
    """What the doctor saw."""
    signs = {"good": "✓", "note": "·", "wrong": "✗"}
    cells = [(signs[one.state], one.name, f"{one.seen} {one.advice}".strip()) for one in findings]
    return Answer([one.to_dict() for one in findings], (Table(("", "", ""), cells),))


def profile(found: Profile) -> Answer:
    """One node: properties, ties, conflicting claims, sources."""
    head = Text(
        f"{found.name.show('bg')[0]} · {found.label.bg} · {word(found.place).bg} · {found.id}",
        f"{found.name.show('en')[0]} · {found.label.en} · {word(found.place).en} · {found.id}",
    )
    values: list[tuple[Cell, ...]] = [
        (property_label("name_bg"), found.name.bg or None),
        (property_label("name_en"), found.name.en or None),
        (property_label("standing"), word(found.standing)),
    ]
    if found.sector:
        values.append((property_label("sector"), word(found.sector)))
    for name, value in found.properties.items():
        if name.endswith("_minor"):
            currency = found.properties.get(name.removesuffix("_minor") + "_currency", "")
            values.append((property_label(name), money(value, currency)))
        elif not name.endswith("_currency"):
            shown = word(value) if isinstance(value, str) else _flat(value)
            values.append((property_label(name), shown))
    ties = [
        (
            tie.label,
            tie.target_name if tie.source == found.id else tie.source_name,
            "→" if tie.source == found.id else "←",
            word(tie.properties.get("role", "")) if "role" in tie.properties else "",
            "–".join(filter(None, (tie.since, tie.until))),
            word(tie.standing),
        )
        for tie in found.ties
    ]
    claims = [
        (property_label(claim.property), claim.value, claim.citation.publisher, claim.citation.url)
        for group in found.conflicts
        for claim in group
    ]
    tables = [
        Table((Text("Свойство", "Property"), Text("Стойност", "Value")), values),
        Table(
            (Text("Връзка", "Tie"), Text("С кого", "With"), "", Text("Роля", "Role"),
             Text("Кога", "When"), Text("Достоверност", "Standing")),
            ties,
            Text(f"Връзки: {len(ties)}", f"Ties: {len(ties)}"),
        ),
    ]  # fmt: skip
    if claims:
        headers = ("", Text("Стойност", "Value"), Text("Според", "Says"), Text("Адрес", "Address"))
        tables.append(
            Table(headers, claims, Text("Източниците си противоречат", "Sources disagree"))
        )
    cited = [(c.publisher, c.title, c.locator, c.url) for c in found.citations]
    headers = (Text("Издател", "Publisher"), Text("Документ", "Document"),
               Text("Място", "Where"), Text("Адрес", "Address"))  # fmt: skip
    tables.append(Table(headers, cited, Text("Източници", "Sources")))
    return Answer(found.to_dict(), tuple(tables), (head,))
