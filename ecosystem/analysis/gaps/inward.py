"""Which sector works mostly within itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, as_sure, chance, share
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import WORK_KINDS, coverage_note, decimal, offer_joint_work
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
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
)
from ecosystem.analysis.gaps.tested import (
    ADJUSTED,
    EXPECTED,
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

G04 = Rule(
    id="G04",
    title=Text("Затворен сектор", "An inward-looking sector"),
    group="separate",
    question=Text(
        "Кой сектор работи предимно вътре в себе си?", "Which sector works mostly within itself?"
    ),
    formula="(E - I) / (E + I) minus its mean when the sectors are dealt anew within terciles of "
    "degree, 999 times; E ties of the sector to others, I ties inside it; one-sided p (low), "
    "Benjamini-Hochberg over the sectors; "
    "a p that more draws could bring to the other side of .05 concludes nothing",
    explanation=Text(
        "Индексът на Кракхард – външните минус вътрешните връзки, делено на всичките – без онова, "
        "което би дала случайността. Суровият индекс мери най-вече големината на сектора, затова "
        "не се показва сам. Под 0 значи затворен.",
        "Krackhardt's index – external less internal ties, over all – less what chance would give. "
        "The raw index mostly measures the size of a sector, so it is not shown alone. Below 0 "
        "means inward.",
    ),
    expected=Text("около 0", "about 0"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Нека партньор от друг сектор бъде условие за общите проекти на този сектор.",
        "Make a partner from another sector a condition of this sector's joint projects.",
    ),
    literature=(
        "Krackhardt, D., Stern, R. N. (1988). Informal networks and organizational crises. Social "
        "Psychology Quarterly 51(2), 123-140.",
        PERMUTED,
        DISCOVERY,
    ),
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class InwardTest(Tested):
    """The E-I index of a sector, tested, with its ties inside and to others."""

    sector: str
    label: Text
    inside: int
    outside: int


@dataclass(frozen=True, kw_only=True)
class InwardSectorDetails(InwardTest, Details):
    """Of an inward-looking sector: its test, and which organisations to introduce."""

    introduce: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class InwardSummary(Details):
    """Every sector tested, and how many organisations have a known sector and how many none."""

    by_sector: tuple[InwardTest, ...]
    known: int
    unknown: int


def which_sector_is_inward_looking(snapshot: Snapshot) -> RuleResult:
    """Sectors that work within themselves more than chance would give, most inward first."""
    network = sectored(snapshot)
    none = without_sectors(snapshot, G04, network)
    if none:
        return none
    counts = pair_counts(network)
    tests = []
    for a, sector in enumerate(network.sectors):
        inside = counts[:, a, a]
        outside = counts[:, a, :].sum(1) + counts[:, :, a].sum(1) - 2 * inside
        row = InwardTest(
            sector=sector, label=word(sector), inside=int(inside[0]), outside=int(outside[0])
        )
        index = share(outside - inside, outside + inside)
        tests.append(tested(row, chance(index, low=True)))
    rows = flagged(tests)
    inward = [row for row in rows if row.flag]
    inward.sort(key=lambda row: (_against_chance(row), row.sector))
    findings = [_inward(snapshot, network, row) for row in inward]
    return answer(
        snapshot,
        G04,
        status=status_of_tests(rows, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details=InwardSummary(by_sector=tuple(rows), known=network.n, unknown=network.unknown),
        reason=told(network, rows, Text("сектори", "sectors"), Text("затворени", "inward-looking")),
    )


def _against_chance(row: InwardTest) -> float:
    observed, expected, _ = row.numbers()
    return observed - expected


def _inward(snapshot: Snapshot, network: Sectored, row: InwardTest) -> Gap:
    name, own = row.label, network.members(row.sector)
    others = network.members(*(sector for sector in network.sectors if sector != row.sector))
    _, expected, q = row.numbers()
    p, ties = probability(q), row.inside + row.outside
    # What chance would give, told as ties: of I + E ties a share of (1 - index) / 2 is inside.
    usual = decimal(ties * (1 - expected) / 2, 1)
    pairs = strangers(snapshot, own, others)
    touching = [tie for tie in network.graph.edges if set(own) & set(tie)]
    return Gap(
        rule="G04",
        subjects=(f"sector:{row.sector}",),
        status="inward",
        sentence=Text(
            f"Сектор „{name.bg}“ работи предимно в своя кръг.",
            f"The sector “{name.en}” works mostly within its own circle.",
        ),
        step=offer_joint_work(snapshot, pairs[0]) if pairs else RECORD_ACROSS,
        asks=pairs[0] if pairs else (),
        headline=Text(
            f"„{name.bg}“: {row.inside} от {ties} работни връзки остават в сектора при очаквани "
            f"{usual.bg} ({p.bg}).",
            f"“{name.en}”: {row.inside} of {ties} work ties stay within the sector where "
            f"{usual.en} would be expected ({p.en}).",
        ),
        closing=bring_together(snapshot, pairs, RECORD_ACROSS),
        n=ties,
        value=_against_chance(row),
        unit=Text("индекс E-I спрямо случайността", "E-I index against chance"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(network.graph, touching).union(own))),
        details=InwardSectorDetails(**vars(row), introduce=tuple(pairs)),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Every sector with its ties and its test."""
    summary = result.details
    if not isinstance(summary, InwardSummary):
        return
    columns = (
        column("Сектор", "Sector"),
        column("връзки вътре", "ties inside", "count"),
        column("връзки навън", "ties outside", "count"),
        column("индекс E-I", "E-I index", "number"),
        EXPECTED,
        Z,
        ADJUSTED,
        VERDICT,
    )
    yield Table(
        Text("Връзки вътре и навън", "Ties inside and outside"),
        columns,
        tuple(
            (
                row.label,
                row.inside,
                row.outside,
                row.observed,
                row.expected,
                row.z,
                as_sure(row.q),
                row.verdict,
            )
            for row in summary.by_sector
        ),
    )
