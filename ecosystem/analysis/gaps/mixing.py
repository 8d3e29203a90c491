"""Do the sectors work together: pair by pair, and each by itself."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ecosystem.analysis.gaps.chance import chance, share
from ecosystem.analysis.gaps.laws import WORK_KINDS, counted, coverage_note, decimal
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
    tie_statements,
    told,
    without_sectors,
)
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MIXING = "Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126."
PERMUTED = (
    "Good, P. (2005). Permutation, Parametric, and Bootstrap Tests of Hypotheses, 3rd ed. Springer."
)
DISCOVERY = (
    "Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the "
    "Royal Statistical Society B 57(1), 289-300."
)

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
