"""Which sectors do not work together, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, chance
from ecosystem.analysis.gaps.laws import WORK_KINDS, counted, coverage_note, decimal
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    MIXING,
    Sectored,
    adjust,
    pair_counts,
    probability,
    row_of,
    sectored,
    status_of_tests,
    told,
    without_sectors,
)
from ecosystem.analysis.gaps.tables import (
    ADJUSTED,
    EXPECTED,
    OBSERVED,
    RATIO,
    TOLD,
    Table,
    Z,
    column,
    ratio,
    rounded,
    verdict,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G03 = Rule(
    id="G03",
    title=Text("Кои сектори не работят заедно", "Which sectors do not work together"),
    question=Text(
        "Между кои сектори има по-малко обща работа, отколкото би дала случайността?",
        "Between which sectors is there less joint work than chance would give?",
    ),
    formula="O_ab / E_ab; O_ab ties of W between sectors a and b, E_ab their mean when the sectors "
    "are dealt anew within terciles of degree, 999 times; one-sided p (deficit), "
    "Benjamini-Hochberg over the pairs",
    explanation=Text(
        "Записаните работни връзки между два сектора спрямо очакваните, ако същите организации "
        "със същия брой връзки бяха от случайно раздадени сектори. Под 1 значи, че двата сектора "
        "работят заедно по-рядко от случайното. Двойка, при която дори нула връзки не биха "
        "изненадали, е „твърде малко данни“.",
        "The recorded work ties between two sectors, against those expected if the same "
        "organisations with as many ties had their sectors dealt at random. Below 1 means that "
        "the two work together less than chance would give. A pair for which not even zero ties "
        "would be a surprise is “too few to tell”.",
    ),
    expected=Text("около 1: колкото би дала случайността", "about 1: what chance would give"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Дайте на двата сектора обща задача с обща отговорност: съвместна заявка, пилотен проект, "
        "обществена поръчка за иновации.",
        "Give the two sectors a joint task with shared responsibility: a joint bid, a pilot, an "
        "innovation procurement.",
    ),
    literature=(MIXING, PERMUTED, DISCOVERY),
)


_RECORD = Text(
    "Запишете с източник кой с кого работи между секторите.",
    "Record with a source who works with whom across the sectors.",
)


def which_sectors_do_not_work_together(snapshot: Snapshot) -> RuleResult:
    """Pairs of sectors with significantly fewer ties than expected, the smallest ratio first."""
    found = sectored(snapshot)
    none = without_sectors(snapshot, G03, found)
    if none:
        return none
    counts = pair_counts(found)
    rows = [
        row_of(chance(counts[:, a, b], low=True), sectors=[one, other], label=_pair(one, other))
        for (a, one), (b, other) in combinations(enumerate(found.sectors), 2)
    ]
    adjust(rows)
    deficits = [row for row in rows if row["flag"]]
    deficits.sort(key=lambda row: (row["observed"] / row["expected"], row["sectors"]))
    findings = [_deficit(snapshot, found, row) for row in deficits]
    return answer(
        snapshot,
        G03,
        status=status_of_tests(rows, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details={"pairs": rows, "known": found.n, "unknown": found.unknown},
        reason=told(found, rows, Text("двойки сектори", "pairs of sectors")),
    )


def _pair(one: str, other: str) -> Text:
    first, second = word(one), word(other)
    return Text(f"{first.bg} – {second.bg}", f"{first.en} – {second.en}")


def _deficit(snapshot: Snapshot, found: Sectored, row: dict[str, Any]) -> Gap:
    one, other = row["sectors"]
    first, second = word(one), word(other)
    sides = found.members(one), found.members(other)
    sector = found.sector_of()
    between = [tie for tie in found.graph.edges if {sector[tie[0]], sector[tie[1]]} == {one, other}]
    number = counted(
        round(row["observed"]), ("работна връзка", "работни връзки"), ("work tie", "work ties")
    )
    mean, p = decimal(row["expected"], 1), probability(row["q"])
    pairs = strangers(snapshot, *sides)
    return Gap(
        rule="G03",
        subjects=(f"sector:{one}", f"sector:{other}"),
        status="below expectation",
        headline=Text(
            f"„{first.bg}“ и „{second.bg}“: {number.bg} при очаквани {mean.bg} ({p.bg}).",
            f"“{first.en}” and “{second.en}”: {number.en} where {mean.en} would be expected "
            f"({p.en}).",
        ),
        closing=bring_together(snapshot, pairs, _RECORD),
        n=len(found.ties),
        value=row["observed"] / row["expected"],
        unit=Text("връзки спрямо очакваните", "ties against those expected"),
        expected=1.0,
        statements=tuple(sorted(tie_statements(found.graph, between) | {*sides[0], *sides[1]})),
        details={**row, "introduce": [list(pair) for pair in pairs]},
    )


def tables(result: RuleResult) -> Iterable[Table]:
    yield Table(
        Text("Работни връзки между секторите", "Work ties between the sectors"),
        (column("Сектори", "Sectors"), OBSERVED, EXPECTED, RATIO, Z, ADJUSTED, TOLD),
        tuple(
            (
                row["label"],
                rounded(row["observed"]),
                row["expected"],
                ratio(row),
                row["z"],
                row["q"],
                verdict(row),
            )
            for row in result.details.get("pairs", ())
        ),
    )
