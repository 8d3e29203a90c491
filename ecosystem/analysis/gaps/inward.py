"""Which sector works mostly within itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, chance, share
from ecosystem.analysis.gaps.laws import WORK_KINDS, coverage_note, decimal
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
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
    TOLD,
    Table,
    Z,
    column,
    verdict,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G04 = Rule(
    id="G04",
    title=Text("Кой сектор е затворен в себе си", "Which sector is inward-looking"),
    question=Text(
        "Кой сектор работи предимно вътре в себе си?", "Which sector works mostly within itself?"
    ),
    formula="(E - I) / (E + I) minus its mean when the sectors are dealt anew within terciles of "
    "degree, 999 times; E ties of the sector to others, I ties inside it; one-sided p (low), "
    "Benjamini-Hochberg over the sectors",
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
)


_RECORD = Text(
    "Запишете с източник кой с кого работи между секторите.",
    "Record with a source who works with whom across the sectors.",
)


def which_sector_is_inward_looking(snapshot: Snapshot) -> RuleResult:
    """Sectors that work within themselves more than chance would give, most inward first."""
    found = sectored(snapshot)
    none = without_sectors(snapshot, G04, found)
    if none:
        return none
    counts = pair_counts(found)
    rows = []
    for a, sector in enumerate(found.sectors):
        inside = counts[:, a, a]
        outside = counts[:, a, :].sum(1) + counts[:, :, a].sum(1) - 2 * inside
        test = chance(share(outside - inside, outside + inside), low=True)
        row = row_of(test, sector=sector, label=word(sector))
        rows.append({**row, "inside": int(inside[0]), "outside": int(outside[0])})
    adjust(rows)
    inward = [row for row in rows if row["flag"]]
    inward.sort(key=lambda row: (row["observed"] - row["expected"], row["sector"]))
    findings = [_inward(snapshot, found, row) for row in inward]
    return answer(
        snapshot,
        G04,
        status=status_of_tests(rows, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details={"by_sector": rows, "known": found.n, "unknown": found.unknown},
        reason=told(found, rows, Text("сектори", "sectors"), Text("затворени", "inward-looking")),
    )


def _inward(snapshot: Snapshot, found: Sectored, row: dict[str, Any]) -> Gap:
    name, own = word(row["sector"]), found.members(row["sector"])
    others = found.members(*(one for one in found.sectors if one != row["sector"]))
    p, ties = probability(row["q"]), row["inside"] + row["outside"]
    # What chance would give, told as ties: of I + E ties a share of (1 - index) / 2 is inside.
    usual = decimal(ties * (1 - row["expected"]) / 2, 1)
    pairs = strangers(snapshot, own, others)
    touching = [tie for tie in found.graph.edges if set(own) & set(tie)]
    return Gap(
        rule="G04",
        subjects=(f"sector:{row['sector']}",),
        status="inward",
        headline=Text(
            f"„{name.bg}“: {row['inside']} от {ties} работни връзки остават в сектора при очаквани "
            f"{usual.bg} ({p.bg}).",
            f"“{name.en}”: {row['inside']} of {ties} work ties stay within the sector where "
            f"{usual.en} would be expected ({p.en}).",
        ),
        closing=bring_together(snapshot, pairs, _RECORD),
        n=ties,
        value=row["observed"] - row["expected"],
        unit=Text("индекс E-I спрямо случайността", "E-I index against chance"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(found.graph, touching).union(own))),
        details={**row, "introduce": [list(pair) for pair in pairs]},
    )


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Сектор", "Sector"),
        column("връзки вътре", "ties inside", "count"),
        column("връзки навън", "ties outside", "count"),
        column("индекс E-I", "E-I index", "number"),
        EXPECTED,
        Z,
        ADJUSTED,
        TOLD,
    )
    yield Table(
        Text("Връзки вътре и навън", "Ties inside and outside"),
        columns,
        tuple(
            (
                row["label"],
                row["inside"],
                row["outside"],
                row["observed"],
                row["expected"],
                row["z"],
                row["q"],
                verdict(row),
            )
            for row in result.details.get("by_sector", ())
        ),
    )
