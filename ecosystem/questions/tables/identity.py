"""Pairs that may be one as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ecosystem.identity.comparing import SAME, Reason
from ecosystem.model import NODE_KINDS
from ecosystem.tables import Answer, Cell, Figure, Named, Table, measured, share
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.analysis.undecided import Undecided
    from ecosystem.identity.judging import Judged, Judgement, Measures

YES, NO = Text("да", "yes"), Text("не", "no")
ALL = Text("всички", "all")
SCORE = Text("Прилика", "Likeness")
WHY = Text("Защо", "Why")


def told(reasons: Iterable[Reason]) -> Text:
    """Reasons in one line, each with its sign."""
    found = list(reasons)
    return Text(
        "; ".join(f"{one.sign} {one.told.bg}" for one in found),
        "; ".join(f"{one.sign} {one.told.en}" for one in found),
    )


def score(value: float) -> Figure:
    """A likeness as people read it."""
    return measured(value, 2)


def judged(found: Judgement) -> Answer:
    """How well the pairs of a file were told apart, and which were not; else what each is."""
    note = Text(
        f"За едно и също се броят имена с прилика от {score(SAME).text.bg} нагоре.",
        f"Names from {score(SAME).text.en} up count as names of one thing.",
    )
    if found.overall is None:
        title = Text("Двойки", "Pairs")
        return Answer(found.to_dict(), (_pairs(found.judged, title),), (note,))
    rows = [("", found.overall), *found.by_category.items()]
    measures = Table(
        (
            Text("Категория", "Category"),
            Text("Двойки", "Pairs"),
            Text("Точност", "Precision"),
            Text("Пълнота", "Recall"),
            Text("F1", "F1"),
        ),
        [_measures(name or ALL, made) for name, made in rows],
    )
    wrong = Text("Преценени другояче", "Judged otherwise")
    mistaken = [_pairs(found.mistaken, wrong)] if found.mistaken else []
    return Answer(found.to_dict(), (measures, *mistaken), (note,))


def _measures(name: Text | str, made: Measures) -> tuple[Cell, ...]:
    return name, made.n, share(made.precision), share(made.recall), share(made.f1)


def _pairs(pairs: Iterable[Judged], title: Text) -> Table:
    headers = (
        Text("Име", "Name"),
        Text("Друго име", "Other name"),
        Text("Едно и също?", "The same?"),
        SCORE,
        WHY,
    )
    rows = [
        (
            one.pair.one,
            one.pair.other,
            YES if one.same else NO,
            score(one.likeness.score),
            told(one.likeness.reasons),
        )
        for one in pairs
    ]
    return Table(headers, rows, title)


def undecided(found: Sequence[Undecided], top: int) -> Answer:
    """The pairs that wait, and how to decide about one."""
    values = [one.to_dict() for one in found]
    if not found:
        return Answer(values, (), (Text("Никоя двойка не чака решение.", "No pair waits."),))
    headers = (
        Text("Едното", "One"),
        Text("Другото", "The other"),
        Text("Вид", "Kind"),
        SCORE,
        Text("Пропуски", "Gaps"),
        WHY,
    )
    rows = [
        (
            Named(one.pair.one, one.names[0]),
            Named(one.pair.other, one.names[1]),
            NODE_KINDS[one.kind].label,
            score(one.pair.score),
            len(one.gaps),
            told(one.pair.reasons),
        )
        for one in found[:top]
    ]
    first = found[0]
    how = f"ecosystem decide same {first.subject} same --value {first.pair.one}"
    notes = [Text(f"Решава се така: {how}", f"To decide: {how}")]
    if more := len(found) - len(rows):
        notes.append(Text(f"Чакат още {more}.", f"{more} more wait."))
    return Answer(values, (Table(headers, rows),), tuple(notes))
