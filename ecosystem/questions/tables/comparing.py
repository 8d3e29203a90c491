"""What a scenario would change, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ecosystem.analysis.comparison import HOWS, RuleChange, SnapshotComparison, YearOfGaps
from ecosystem.analysis.gaps import RULES, STATUSES
from ecosystem.figures import both, day
from ecosystem.tables import Answer, Cell, Table, rank
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.questions.imagining import Imagined

SHOWN = 8
CHANGES_SHOWN = 2


def what_if(found: Imagined) -> Answer:
    """The changes, then what they would do."""
    off = len(found.applied.carried_off)
    notes: list[Text | str] = [found.scenario.name, found.scenario.note]
    notes.append(
        Text(
            f"Въображаеми промени: {len(found.applied.ids)}. Нищо не е записано.",
            f"Imagined changes: {len(found.applied.ids)}. Nothing was stored.",
        )
    )
    if off:
        notes.append(
            Text(
                f"С премахнатото отпадат и {off} записа (връзки и свидетелства).",
                f"With what is removed go {off} records (ties and evidence).",
            )
        )
    tables, told = _tables(found.comparison)
    kept = tuple(note for note in (*notes, told) if note)
    return Answer(found.to_dict(), tables, kept)


def comparison(found: SnapshotComparison, before: View, after: View) -> Answer:
    """Which gaps opened and closed between two days, or between two datasets on one day."""
    values = {"before": before.to_dict(), "after": after.to_dict(), **found.to_dict()}
    tables, told = _tables(found)
    one, other = both(day, before.as_of), both(day, after.as_of)
    days = Text(
        f"От {one.bg} до {other.bg}, {after.scope}.",
        f"From {one.en} to {other.en}, {after.scope}.",
    )
    return Answer(values, tables, (days, told))


def _tables(found: SnapshotComparison) -> tuple[tuple[Table, ...], Text]:
    opened, closed = found.count("opened"), found.count("closed")
    gone, changed = found.count("gone"), found.count("changed")
    told = Text(
        f"Отворили се пропуски: {opened}; затворили се: {closed}; променили се: {changed}; "
        f"отпаднали заедно с онези, за които са: {gone}.",
        f"Gaps opened: {opened}; closed: {closed}; changed: {changed}; "
        f"fallen away with those whom they are about: {gone}.",
    )
    tables = [_rule(one) for one in found.rules]
    if found.whole:
        headers = (
            Text("Проекция", "Lens"),
            Text("Какво", "What"),
            Text("Преди", "Before"),
            Text("След", "After"),
        )
        rows: list[tuple[Cell, ...]] = [
            (one.lens, one.title, one.before, one.after) for one in found.whole
        ]
        tables.append(Table(headers, rows, Text("Цялото", "The whole")))
    for measure in found.measures:
        title = Text(
            f"{measure.title.bg} ({measure.lens}): промяна при {measure.total}",
            f"{measure.title.en} ({measure.lens}): {measure.total} moved",
        )
        if measure.reason:
            tables.append(Table(("",), [(measure.reason,)], title))
            continue
        moved = [
            (
                one.name,
                one.value_before,
                one.value_after,
                rank(one.rank_before),
                rank(one.rank_after),
            )
            for one in measure.moved
        ]
        headers_ = (
            Text("Име", "Name"),
            Text("Преди", "Before"),
            Text("След", "After"),
            Text("Място преди", "Rank before"),
            Text("Място след", "Rank after"),
        )
        tables.append(Table(headers_, moved, title))
    return tuple(tables), told


def _rule(change: RuleChange) -> Table:
    rule = next(one for one in RULES if one.id == change.rule)
    was, is_ = STATUSES[change.status_before], STATUSES[change.status_after]
    title = Text(
        f"{rule.id} · {rule.title.bg} · {was.bg} ({change.total_before}) → {is_.bg} "
        f"({change.total_after})",
        f"{rule.id} · {rule.title.en} · {was.en} ({change.total_before}) → {is_.en} "
        f"({change.total_after})",
    )
    clear = [one for one in change.gaps if one.how in ("opened", "closed")][:SHOWN]
    shown = [*clear, *(one for one in change.gaps if one not in clear)][
        : len(clear) + CHANGES_SHOWN
    ]
    rows = [
        (
            HOWS[one.how],
            one.gap.sentence,
            one.before.value if one.before else None,
            one.after.value if one.after else None,
            ", ".join(one.causes[:3]) + (" ..." if one.causes_n > 3 else ""),
        )
        for one in shown
    ]
    headers = (
        Text("Какво стана", "What"),
        Text("Пропуск", "Gap"),
        Text("Преди", "Before"),
        Text("След", "After"),
        Text("Чрез", "By"),
    )
    more = len(change.gaps) - len(rows)
    rest = (Text(f"И още {more}.", f"And {more} more."),) if more else ()
    return Table(headers, rows, title, (*rest, change.reason_after))


def years(found: Iterable[YearOfGaps]) -> Answer:
    """The number of gaps of each rule at the end of each year."""
    rows_of = list(found)
    headers: list[Text | str] = [Text("Правило", "Rule")]
    headers += [one.day[:4] for one in rows_of]
    rows: list[tuple[Cell, ...]] = [
        (
            Text(f"{rule.id} {rule.title.bg}", f"{rule.id} {rule.title.en}"),
            *(one.counts[rule.id] for one in rows_of),
        )
        for rule in RULES
    ]
    members: tuple[Cell, ...] = (Text("организации", "organisations"), *(one.n for one in rows_of))
    values = [{"day": one.day, "n": one.n, "counts": dict(one.counts)} for one in rows_of]
    note = Text("„–“: правилото не може да каже.", "“–”: the rule cannot tell.")
    return Answer(
        values, (Table(tuple(headers), [members, *rows], "", (note,)),) if rows_of else ()
    )
