"""Each rule with what it found."""

from __future__ import annotations

from collections.abc import Sequence

from ecosystem.analysis.gaps import (
    GROUPS,
    RULES,
    STATUSES,
    Gap,
    Rule,
    RuleResult,
    tables_of,
    told_first,
)
from ecosystem.analysis.gaps.laws import listed
from ecosystem.analysis.gaps.tables import Cell as RuleCell
from ecosystem.analysis.gaps.tables import Column
from ecosystem.analysis.gaps.tables import Table as RuleTable
from ecosystem.questions.wording import view_note
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer, Cell, Named, Table, amount, share
from ecosystem.values import Money, Text

ROWS_AT_LEAST = 15
FIRST = Text("Най-напред", "First of all")
PLAIN_HEADERS: tuple[Text | str, ...] = (
    Text("Състояние", "Status"),
    Text("Пропуск", "Gap"),
    Text("Следваща стъпка", "Next step"),
)
LISTED: tuple[Text | str, ...] = (
    Text("Група", "Group"),
    Text("Правило", "Rule"),
    Text("Въпросът", "Matter"),
    *PLAIN_HEADERS,
    Text("Стойност", "Value"),
    Text("Какво е стойността", "Unit"),
    "n",
    Text("Както е измерено", "As it was measured"),
    Text("Какво би помогнало", "What would help"),
    Text("За кого", "About"),
)
ASKED: tuple[Text | str, ...] = (
    Text("Правило", "Rule"),
    Text("Въпросът", "Matter"),
    Text("Какво се пита", "Question"),
    Text("Отговор", "Answer"),
    Text("Намерени", "Found"),
    Text("Обяснение", "Why"),
)
MEASURED_HEADERS: tuple[Text | str, ...] = (
    Text("Пропуск", "Gap"),
    Text("Стойност", "Value"),
    "n",
    Text("Какво би помогнало", "What would help"),
)


def gaps(
    snapshot: Snapshot, results: Sequence[RuleResult], top: int, tables_too: bool = False
) -> Answer:
    """Each rule with its question, status and findings; JSON carries every detail.

    What matters most stands before all of them, as on the first screen. Of rules that were asked
    for, ``tables_too`` gives the numbers behind them as well, in their first rows.
    """
    catalogue = {rule.id: rule for rule in RULES}
    first = [] if tables_too else told_first(results)
    tables = [Table(PLAIN_HEADERS, list(map(_told, first)), FIRST)] if first else []
    for result in results:
        rule = catalogue[result.rule]
        title = _title(rule, result)
        rows = [_told(gap) for gap in result.findings[:top]]
        more = result.total - len(rows)
        rest = Text(f"И още {more} (--top).", f"And {more} more (--top).")
        out = (result.left_out,) if result.left_out else ()
        notes = (*((rest,) if more else ()), result.reason, *out, result.coverage)
        tables.append(Table(PLAIN_HEADERS, rows, title, notes))
        tables += _aside(result, top)
        tables += _words(result)
        if tables_too:
            tables += _measured(result, top)
            tables += [
                _drawn(snapshot, table, max(top, ROWS_AT_LEAST)) for table in tables_of(result)
            ]
    values = {
        "scope": snapshot.scope,
        "as_of": snapshot.as_of,
        "revision": snapshot.revision,
        "left_out": snapshot.left_out.to_dict(),
        "first": [gap.id for gap in first],
        "rules": [{**catalogue[result.rule].to_dict(), **result.to_dict()} for result in results],
    }
    return Answer(values, tuple(tables), (view_note(snapshot),))


def listed_whole(snapshot: Snapshot, results: Sequence[RuleResult], tables_too: bool) -> Answer:
    """For a file: every finding of every rule in one table, what each rule asked in another.

    With ``tables_too`` the numbers behind the rules follow, whole.
    """
    catalogue = {rule.id: rule for rule in RULES}
    findings: list[tuple[Cell, ...]] = [
        (
            GROUPS[catalogue[gap.rule].group],
            gap.rule,
            catalogue[gap.rule].title,
            *_told(gap),
            gap.value,
            gap.unit,
            gap.n,
            gap.headline,
            gap.closing,
            " ".join(gap.subjects),
        )
        for result in results
        for gap in result.findings
    ]
    asked = [
        (one.rule, rule.title, rule.question, STATUSES[one.status], one.total, one.reason)
        for one in results
        for rule in (catalogue[one.rule],)
    ]
    tables = [Table(LISTED, findings), Table(ASKED, asked, Text("Правила", "Rules"))]
    if tables_too:
        drawn = [table for result in results for table in tables_of(result)]
        tables += [_drawn(snapshot, table, len(table.rows)) for table in drawn]
    return Answer({}, tuple(tables))


def _told(gap: Gap) -> tuple[Text, Text, Text]:
    return STATUSES[gap.status], gap.sentence, gap.step


def _measured(result: RuleResult, top: int) -> list[Table]:
    """The findings as they were measured, and all that would close them."""
    rows = [(gap.headline, gap.value, gap.n, gap.closing) for gap in result.findings[:top]]
    title = Text(f"{result.rule} · както е измерено", f"{result.rule} · as it was measured")
    return [Table(MEASURED_HEADERS, rows, title)] if rows else []


def _title(rule: Rule, result: RuleResult) -> Text:
    return Text(
        f"{rule.id} · {rule.title.bg} · {STATUSES[result.status].bg} ({result.total})",
        f"{rule.id} · {rule.title.en} · {STATUSES[result.status].en} ({result.total})",
    )


def _drawn(snapshot: Snapshot, table: RuleTable, top: int) -> Table:
    shown = len(table.rows) if table.series else max(top, ROWS_AT_LEAST)
    rows = [
        [_cell(snapshot, cell, column) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows[:shown]
    ]
    more = len(table.rows) - len(rows)
    rest = Text(f"И още {more} реда (--top).", f"And {more} more rows (--top).")
    notes = (*((rest,) if more else ()), *((table.note,) if table.note else ()))
    return Table(tuple(column.heading for column in table.columns), rows, table.title, notes)


def _cell(snapshot: Snapshot, cell: RuleCell, column: Column) -> Cell:
    if isinstance(cell, tuple) and not isinstance(cell, Text):
        if len(cell) == 1:
            return Named(cell[0], snapshot.name(cell[0]))
        return listed(snapshot, cell, limit=len(cell))
    if isinstance(cell, Money):
        return amount(cell.minor, cell.currency)
    if isinstance(cell, (int, float)) and column.form == "share":
        return share(cell)
    return cell


def _aside(result: RuleResult, top: int) -> list[Table]:
    """What would be a gap, were it not for ties that the view leaves out."""
    title = Text(
        f"{result.rule} · настрана ({len(result.apart)})",
        f"{result.rule} · listed apart ({len(result.apart)})",
    )
    rows = [(one.headline,) for one in result.apart[:top]]
    more = len(result.apart) - len(rows)
    rest = Text(f"И още {more} (--top).", f"And {more} more (--top).")
    headers = (Text("Какво е записано", "What is recorded"),)
    return [Table(headers, rows, title, (rest,) if more else ())] if rows else []


def _words(result: RuleResult) -> list[Table]:
    """What the sources themselves say on the subject of a rule, each statement once."""
    said = {
        (claim.value, claim.citation.publisher, claim.citation.locator, claim.citation.url)
        for gap in result.findings
        for claim in gap.details.quoted
    }
    headers = (
        Text("Какво казват източниците", "What the sources say"),
        Text("Издател", "Publisher"),
        Text("Място", "Where"),
        Text("Адрес", "Address"),
    )
    return [Table(headers, sorted(said))] if said else []
