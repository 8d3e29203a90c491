"""Which sectors do not work together, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, as_sure, chance
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    counted,
    coverage_note,
    decimal,
    offer_joint_work,
)
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    MIXING,
    RECORD_ACROSS,
    Sectored,
    pair_counts,
    sectored,
    told,
    without_sectors,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
    ends,
    rounded,
)
from ecosystem.analysis.gaps.tested import (
    ADJUSTED,
    EXPECTED,
    OBSERVED,
    RATIO,
    VERDICT,
    Tested,
    Z,
    flagged,
    probability,
    status_of_tests,
    tested,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G03 = Rule(
    id="G03",
    title=Text("Сектори без обща работа", "Sectors that stay apart"),
    group="separate",
    question=Text(
        "Между кои сектори има по-малко обща работа, отколкото би дала случайността?",
        "Between which sectors is there less joint work than chance would give?",
    ),
    formula="O_ab / E_ab; O_ab ties of W between sectors a and b, E_ab their mean when the sectors "
    "are dealt anew within terciles of degree, 999 times; one-sided p (deficit), "
    "Benjamini-Hochberg over the pairs; "
    "a p that more draws could bring to the other side of .05 concludes nothing",
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
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class PairTest(Tested):
    """The ties between two sectors, tested."""

    sectors: tuple[str, str]
    label: Text


@dataclass(frozen=True, kw_only=True)
class PairDeficitDetails(PairTest, Details):
    """Of a pair with too few ties: its test, and which organisations to introduce."""

    introduce: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SectorPairsSummary(Details):
    """Every pair tested, and how many organisations have a known sector and how many none."""

    pairs: tuple[PairTest, ...]
    known: int
    unknown: int


def which_sectors_do_not_work_together(snapshot: Snapshot) -> RuleResult:
    """Pairs of sectors with significantly fewer ties than expected, the smallest ratio first."""
    network = sectored(snapshot)
    none = without_sectors(snapshot, G03, network)
    if none:
        return none
    counts = pair_counts(network)
    rows = flagged(
        tested(
            PairTest(sectors=(one, other), label=ends(one, other)),
            chance(counts[:, a, b], low=True),
        )
        for (a, one), (b, other) in combinations(enumerate(network.sectors), 2)
    )
    deficits = [row for row in rows if row.flag]
    deficits.sort(key=lambda row: (row.to_expected or 0, row.sectors))
    findings = [_deficit(snapshot, network, row) for row in deficits]
    return answer(
        snapshot,
        G03,
        status=status_of_tests(rows, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details=SectorPairsSummary(pairs=tuple(rows), known=network.n, unknown=network.unknown),
        reason=told(network, rows, Text("двойки сектори", "pairs of sectors")),
    )


def _deficit(snapshot: Snapshot, network: Sectored, row: PairTest) -> Gap:
    first, second = (word(sector) for sector in row.sectors)
    here, there = (network.members(sector) for sector in row.sectors)
    sector_of = network.sector_of()
    between = [
        tie
        for tie in network.graph.edges
        if {sector_of[tie[0]], sector_of[tie[1]]} == set(row.sectors)
    ]
    observed, expected, q = row.numbers()
    number = counted(
        round(observed), ("работна връзка", "работни връзки"), ("work tie", "work ties")
    )
    mean, p = decimal(expected, 1), probability(q)
    pairs = strangers(snapshot, here, there)
    return Gap(
        rule="G03",
        subjects=tuple(f"sector:{sector}" for sector in row.sectors),
        status="below expectation",
        sentence=Text(
            f"„{first.bg}“ и „{second.bg}“ работят заедно по-рядко, отколкото би било случайно.",
            f"“{first.en}” and “{second.en}” work together less than chance would have it.",
        ),
        step=offer_joint_work(snapshot, pairs[0]) if pairs else RECORD_ACROSS,
        asks=pairs[0] if pairs else (),
        headline=Text(
            f"„{first.bg}“ и „{second.bg}“: {number.bg} при очаквани {mean.bg} ({p.bg}).",
            f"“{first.en}” and “{second.en}”: {number.en} where {mean.en} would be expected "
            f"({p.en}).",
        ),
        closing=bring_together(snapshot, pairs, RECORD_ACROSS),
        n=len(network.ties),
        value=row.to_expected,
        unit=Text("връзки спрямо очакваните", "ties against those expected"),
        expected=1.0,
        statements=tuple(sorted(tie_statements(network.graph, between).union(here, there))),
        details=PairDeficitDetails(**vars(row), introduce=tuple(pairs)),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Every pair with its test."""
    summary = result.details
    if not isinstance(summary, SectorPairsSummary):
        return
    yield Table(
        Text("Работни връзки между секторите", "Work ties between the sectors"),
        (column("Сектори", "Sectors"), OBSERVED, EXPECTED, RATIO, Z, ADJUSTED, VERDICT),
        tuple(
            (
                row.label,
                rounded(row.observed),
                row.expected,
                row.to_expected,
                row.z,
                as_sure(row.q),
                row.verdict,
            )
            for row in summary.pairs
        ),
    )
