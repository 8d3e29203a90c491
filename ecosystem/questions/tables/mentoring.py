"""Mentor suggestions, the plan and the backtest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ecosystem.analysis.matching import Allocation, Board, Matches
from ecosystem.analysis.matching.allocation import BASES
from ecosystem.analysis.matching.backtest import CAVEAT, TOO_GOOD, Backtest, LeftOut
from ecosystem.analysis.matching.board import Reviewed
from ecosystem.analysis.matching.start_years import YearOfPairs
from ecosystem.figures import both, decimal, interval, number, percent
from ecosystem.questions.tables.deciding import state
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer, Cell, Figure, Table, date
from ecosystem.values import Text

CITY, MENTOR, WHY = Text("Град", "City"), Text("Ментор", "Mentor"), Text("Защо", "Why")
OLD_FACTS = 1
"""Facts are old for pairs that began more than so many years after the newest."""
PLAN, LOAD = Text("План", "Plan"), Text("Натоварване", "Load")


def matches(found: Matches, top: int) -> Answer:
    """Ranked suggestions for one city, each with the parts of its score."""
    tables = []
    headers = (
        Text("Част", "Part"),
        Text("Стойност", "Value"),
        Text("Тежест", "Weight"),
        Text("Принос", "Contribution"),
        Text("Защо", "Why"),
    )
    for match in found.suggestions[:top]:
        score = both(number, match.score)
        served = both(interval, match.comp_low, match.comp_high, write=percent)
        certain = both(percent, match.comp_documented or 0.0)
        needs = Text(
            f"нужди {served.bg}, по източник {certain.bg}",
            f"needs {served.en}, by a source {certain.en}",
        )
        title = Text(
            f"{match.rank}. {match.name.bg} · {score.bg} ({needs.bg})",
            f"{match.rank}. {match.name.en} · {score.en} ({needs.en})",
        )
        rows = [(r.name, r.value, r.weight, r.contribution, r.text) for r in match.reasons]
        below: tuple[Text | str, ...] = (
            *((match.headline,) if match.headline else ()),
            *decided_capacity(match.capacity),
            *(note.text for note in (*match.unknowns, *match.history)),
        )
        tables.append(Table(headers, rows, title, below))
    more = len(found.suggestions) - top
    if more > 0:
        rest = Text(
            f"Още {more} с по-ниска оценка (--top).", f"{more} more with lower scores (--top)."
        )
        tables.append(Table((), (), rest))
    said = [found.answer, found.runner_up, found.flip, *(note.text for note in found.deciding)]
    return Answer(
        found.to_dict(),
        tuple(tables),
        (found.name, *(note for note in said if note), *found.assumptions),
    )


def decided_capacity(decided: int | None) -> tuple[Text, ...]:
    """How many a mentor was decided to advise at once; nothing where nobody decided."""
    if decided is None:
        return ()
    return (
        Text(
            f"Капацитет по решение: {decided} наведнъж.",
            f"Capacity by decision: {decided} at once.",
        ),
    )


def board(snapshot: Snapshot, found: Board, first: str) -> Answer:
    """The pairs decided about, the plan (``first`` before all), who stays without, the load."""
    plan = found.plan
    missing = Text(
        f"Без записани нужди и затова без предложение: {len(plan.unmatchable)} града.",
        f"Without recorded needs, and so without a suggestion: {len(plan.unmatchable)} cities.",
    )
    without = Table(
        (CITY, WHY),
        [(one.name, one.reason) for one in plan.unmatched],
        Text("Без ментор в този план", "Without a mentor in this plan"),
    )
    tables = (
        _decided(snapshot, [*found.accepted, *found.locked, *found.declined]),
        _planned(snapshot, plan, first),
        without,
        _moved(snapshot, plan),
        _loads(plan),
    )
    shown = tuple(table for table in tables if table.rows or table.title in (PLAN, LOAD))
    return Answer(found.to_dict(), shown, (*plan.assumptions, missing))


def _planned(snapshot: Snapshot, plan: Allocation, first: str) -> Table:
    total, first_come = both(number, plan.total), both(number, plan.first_come_total)
    sums = Text(
        f"Сбор от оценките {total.bg}; при раздаване по ред {first_come.bg}.",
        f"Sum of scores {total.en}; first come, first served {first_come.en}.",
    )
    rows = [
        (
            snapshot.name(pair.mentee),
            snapshot.name(pair.mentor),
            pair.match.score,
            pair.match.headline,
        )
        for pair in plan.pairs_from(first)
    ]
    return Table((CITY, MENTOR, Text("Оценка", "Score"), WHY), rows, PLAN, (sums,))


def _loads(plan: Allocation) -> Table:
    headers = (
        MENTOR,
        Text("Капацитет", "Capacity"),
        Text("Откъде се знае", "Known from"),
        Text("Вече съветва", "Advises already"),
        Text("Нови", "New"),
        Text("Над капацитета", "Overload"),
    )
    rows = [
        (
            load.name,
            load.capacity,
            BASES[load.basis],
            load.advises,
            load.assigned,
            load.overload or "",
        )
        for load in plan.loads
        if load.busy or load.perhaps or load.assigned or load.basis in ("tried", "decided")
    ]
    return Table(headers, rows, LOAD, (plan.carried_by,) if plan.carried_by else ())


def _moved(snapshot: Snapshot, plan: Allocation) -> Table:
    rows = [
        (
            snapshot.name(pair.mentee),
            *(snapshot.name(end) if end else "–" for end in (pair.before, pair.after)),
        )
        for pair in plan.moved
    ]
    headers = (CITY, Text("Преди", "Before"), Text("Сега", "Now"))
    return Table(headers, rows, Text("Кои други двойки се промениха", "Which other pairs moved"))


def _decided(snapshot: Snapshot, reviewed: Iterable[Reviewed]) -> Table:
    headers = (
        CITY,
        MENTOR,
        Text("Решение", "Decision"),
        Text("Бележка", "Note"),
        Text("Кога", "When"),
    )
    rows = [
        (
            snapshot.name(pair.mentee),
            snapshot.name(pair.mentor),
            state(pair.decision),
            pair.decision.note,
            date(pair.decision.decided_on),
        )
        for pair in reviewed
    ]
    return Table(headers, rows, Text("Решени двойки", "Pairs decided about"))


def backtest(found: Backtest) -> Answer:
    """How well each score found the mentors of past pairs, the context first."""
    headers = (
        Text("Подредба", "Ranking"),
        "MRR",
        Text("при случаен ред", "by chance"),
        Text("разлика", "gain"),
        Text("от", "from"),
        Text("до", "to"),
        "hit@1",
        "hit@3",
        Text("Как", "How"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            r.name,
            *(_thousandths(value) for value in (r.mrr, r.random_mrr, r.gain)),
            # The ends of an interval already have the digits that they can.
            *(Figure(value, both(number, value)) for value in (r.gain_low, r.gain_high)),
            *(_thousandths(value) for value in (r.hit_1, r.hit_3)),
            r.formula,
        )
        for r in (found.context, *found.baselines, found.blind)
    ]
    n_pairs, n_networks = found.context.n_pairs, found.context.n_networks
    head = Text(
        f"Оценени двойки: {n_pairs}, мрежи: {n_networks}. Интервалът е 95\u00a0%, по мрежи.",
        f"{n_pairs} pairs of {n_networks} networks. The interval is 95\u00a0%, by network.",
    )
    tables = (Table(headers, rows), _by_year(found))
    return Answer(found.to_dict(), tables, (head, *backtest_notes(found)))


def _thousandths(value: float | None) -> Figure:
    return Figure(value, both(decimal, value, places=3))


def _by_year(found: Backtest) -> Table:
    """The gain of the context by the year in which the pairs began."""
    headers = (
        Text("Начало", "Start"),
        Text("двойки", "pairs"),
        Text("разлика", "gain"),
        Text("под случайното", "below chance"),
        Text("най-нов факт от", "newest fact of"),
    )
    rows = [
        (
            str(one.year),
            one.n_pairs,
            Figure(one.gain, both(decimal, one.gain, places=3)),
            one.below_chance,
            str(one.newest_fact) if one.newest_fact else "–",
        )
        for one in found.years
    ]
    note = _age_of_facts(found.years)
    title = Text("Контекстът по начална година", "The context by start year")
    return Table(headers, rows, title, (note,) if note else ())


def _age_of_facts(years: Sequence[YearOfPairs]) -> Text | None:
    """From which start year on the facts are old, and how the pairs since then did."""
    newest = max((one.newest_fact for one in years if one.newest_fact), default=None)
    old = [one for one in years if newest and one.year - newest > OLD_FACTS]
    if not old:
        return None
    pairs, below = sum(one.n_pairs for one in old), sum(one.below_chance for one in old)
    gain = both(decimal, sum(one.gain * one.n_pairs for one in old) / pairs, places=3)
    return Text(
        f"Датираните факти свършват с {newest} г.; за двойките от {old[0].year} г. нататък те са "
        f"стари. Разликата при тези {pairs} двойки е {gain.bg}; под случайното са {below}.",
        f"The dated facts end with {newest}; for pairs from {old[0].year} on they are old. The "
        f"gain of these {pairs} pairs is {gain.en}; {below} are below chance.",
    )


def backtest_notes(found: Backtest) -> tuple[Text, ...]:
    """What a backtest can show, what was left out and why."""
    notes = [CAVEAT, TOO_GOOD, *([found.context.reason] if found.context.reason else [])]
    notes += _left_out(found.skipped, Text("Пропуснати двойки", "Pairs skipped"))
    notes += _left_out(found.refused, Text("Отказани редове", "Rows refused"))
    if found.held_back:
        notes.append(
            Text(
                f"Още {found.held_back} реда не се виждат от двойките, започнали преди тях.",
                f"{found.held_back} further rows are kept from the pairs that began before them.",
            )
        )
    if found.unknown_cities:
        names = ", ".join(found.unknown_cities)
        notes.append(
            Text(f"Градове без използваем ред: {names}.", f"Cities without a usable row: {names}.")
        )
    return tuple(notes)


def _left_out(items: Sequence[LeftOut], name: Text) -> list[Text]:
    """One sentence per reason: how many, and the lines of the first ones."""
    lines: dict[Text, list[str]] = {}
    for item in items:
        lines.setdefault(item.reason, []).append(str(item.line))
    found = []
    for why, where in lines.items():
        few = ", ".join(where[:5]) + (" ..." if len(where) > 5 else "")
        bg = f"{name.bg}: {len(where)}, {why.bg} (ред {few})."
        found.append(Text(bg, f"{name.en}: {len(where)}, {why.en} (line {few})."))
    return found
