"""Mentor suggestions, the plan and the backtest."""

from __future__ import annotations

from collections.abc import Sequence

from ecosystem.analysis.matching import Board, Matches
from ecosystem.analysis.matching.backtest import CAVEAT, TOO_GOOD, Backtest, LeftOut
from ecosystem.figures import both, decimal, interval, number, percent
from ecosystem.questions.tables.deciding import state
from ecosystem.snapshot import Snapshot
from ecosystem.tables import Answer, Cell, Figure, Table, date
from ecosystem.values import Text


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
        title = Text(
            f"{match.rank}. {match.name.bg} · {score.bg} (нужди {served.bg})",
            f"{match.rank}. {match.name.en} · {score.en} (needs {served.en})",
        )
        rows = [(r.name, r.value, r.weight, r.contribution, r.text) for r in match.reasons]
        below: tuple[Text | str, ...] = (
            *((match.headline,) if match.headline else ()),
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


def board(snapshot: Snapshot, found: Board) -> Answer:
    """The pairs decided about, the plan around them, who stays without, the load."""
    plan = found.plan
    total, first_come = both(number, plan.total), both(number, plan.first_come_total)

    def name(identity: str) -> Text:
        return snapshot.name(identity)

    pairs = Table(
        (
            Text("Град", "City"),
            Text("Ментор", "Mentor"),
            Text("Оценка", "Score"),
            Text("Защо", "Why"),
        ),
        [
            (name(pair.mentee), name(pair.mentor), pair.match.score, pair.match.headline)
            for pair in plan.pairs
        ],
        Text("План", "Plan"),
        (
            Text(
                f"Сбор от оценките {total.bg}; при раздаване по ред {first_come.bg}.",
                f"Sum of scores {total.en}; first come, first served {first_come.en}.",
            ),
        ),
    )
    without = Table(
        (Text("Град", "City"), Text("Защо", "Why")),
        [(one.name, one.reason) for one in plan.unmatched],
        Text("Без ментор в този план", "Without a mentor in this plan"),
    )
    loads = Table(
        (
            Text("Ментор", "Mentor"),
            Text("Капацитет", "Capacity"),
            Text("Записан", "Recorded"),
            Text("Зает", "Busy"),
            Text("Нови", "New"),
            Text("Над капацитета", "Overload"),
        ),
        [
            (one.name, one.capacity, one.recorded, one.busy, one.assigned, one.overload or "")
            for one in plan.loads
            if one.busy or one.assigned or one.chosen
        ],
        Text("Натоварване", "Load"),
    )
    moved = Table(
        (Text("Град", "City"), Text("Преди", "Before"), Text("Сега", "Now")),
        [
            (name(one.mentee), *(name(m) if m else "–" for m in (one.before, one.after)))
            for one in plan.moved
        ],
        Text("Кои други двойки се промениха", "Which other pairs moved"),
    )
    missing = Text(
        f"Без записани нужди и затова без предложение: {len(plan.unmatchable)} града.",
        f"Without recorded needs, and so without a suggestion: {len(plan.unmatchable)} cities.",
    )
    reviewed = [*found.accepted, *found.locked, *found.declined]
    decided = Table(
        (
            Text("Град", "City"),
            Text("Ментор", "Mentor"),
            Text("Решение", "Decision"),
            Text("Бележка", "Note"),
            Text("Кога", "When"),
        ),
        [
            (
                name(one.mentee),
                name(one.mentor),
                state(one.decision),
                one.decision.note,
                date(one.decision.decided_on),
            )
            for one in reviewed
        ],
        Text("Решени двойки", "Pairs decided about"),
    )
    tables = [
        *([decided] if reviewed else []),
        pairs,
        *([without] if plan.unmatched else []),
        *([moved] if plan.moved else []),
        loads,
    ]
    return Answer(found.to_dict(), tuple(tables), (*plan.assumptions, missing))


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
            *(
                Figure(value, both(decimal, value, places=3))
                for value in (
                    r.mrr,
                    r.random_mrr,
                    r.gain,
                    r.gain_low,
                    r.gain_high,
                    r.hit_1,
                    r.hit_3,
                )
            ),
            r.formula,
        )
        for r in (found.context, *found.baselines, found.blind)
    ]
    n_pairs, n_networks = found.context.n_pairs, found.context.n_networks
    head = Text(
        f"Оценени двойки: {n_pairs}, мрежи: {n_networks}. Интервалът е 95\u00a0%, по мрежи.",
        f"{n_pairs} pairs of {n_networks} networks. The interval is 95\u00a0%, by network.",
    )
    return Answer(found.to_dict(), (Table(headers, rows),), (head, *backtest_notes(found)))


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
