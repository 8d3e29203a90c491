"""What a scenario would change, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ecosystem.analysis.comparison import HOWS, RuleChange, SnapshotComparison, YearOfGaps
from ecosystem.analysis.gaps import RULES, STATUSES
from ecosystem.figures import both, day
from ecosystem.questions.wording import names_in
from ecosystem.tables import Answer, Cell, Table, rank
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.analysis.leaving import Losses
    from ecosystem.questions.imagining import Imagined
    from ecosystem.snapshot import Snapshot

SHOWN = 8
CHANGES_SHOWN = 2


def what_if(found: Imagined, before: Snapshot) -> Answer:
    """The changes, who would lose what by them, then the gaps."""
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
    lost = (_lost(found.lost, before),) if found.lost else ()
    return Answer(found.to_dict(), (*lost, *tables), kept)


def _lost(lost: Losses, before: Snapshot) -> Table:
    """Who counts no more, who loses whom, and what nobody here has any more."""
    rows: list[tuple[Cell, ...]] = []
    if lost.out:
        rows.append((Text("вече не се броят", "count no more"), names_in(before, lost.out)))
    for other, who in lost.partners.items():
        name = names_in(before, (other,))
        loses = Text(f"губят {name.bg} като партньор", f"lose {name.en} as a partner")
        rows.append((loses, names_in(before, who)))
    for themes, none, less in (
        (
            lost.offers,
            Text("вече никой тук не предлага", "nobody here offers any more"),
            Text("предлага се от по-малко", "offered by fewer"),
        ),
        (
            lost.needs,
            Text("вече никой тук не търси", "nobody here needs any more"),
            Text("търси се от по-малко", "needed by fewer"),
        ),
    ):
        for still, words in ((False, none), (True, less)):
            those = [theme for theme, left in themes.items() if left is still]
            if those:
                rows.append((words, names_in(before, those)))
    if lost.vanished:
        rows.append(
            (Text("не се виждат повече", "are shown no more"), names_in(before, lost.vanished))
        )
    return Table(
        (Text("Какво се губи", "What is lost"), Text("Кой или какво", "Who or what")),
        rows,
        Text("Кой какво губи", "Who would lose what"),
    )


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
        f"Отворили се пропуски на екосистемата: {opened}; затворили се: {closed}; променили се: "
        f"{changed}; отпаднали заедно с онези, за които са: {gone}.",
        f"Gaps of the ecosystem opened: {opened}; closed: {closed}; changed: {changed}; "
        f"fallen away with those whom they are about: {gone}.",
    )
    tables = [_rule(one) for one in (*found.of_ecosystem, *found.beside)]
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
