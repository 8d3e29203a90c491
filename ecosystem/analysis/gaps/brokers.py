"""Which broker role is missing between the sectors."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np

from ecosystem.analysis.gaps.chance import DISCOVERY, Whole, chance, tallied
from ecosystem.analysis.gaps.laws import WORK_KINDS, coverage_note, decimal, listed, met, sentences
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    Sectored,
    adjust,
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
    ends,
    ratio,
    rounded,
    verdict,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.model import HELIX
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_EXPECTED = 5.0
ROLES = {
    "coordinator": Text("координатор", "coordinator"),
    "itinerant": Text("външен посредник", "itinerant broker"),
    "gatekeeper": Text("вратар или представител", "gatekeeper or representative"),
    "liaison": Text("свръзка", "liaison"),
}

G11 = Rule(
    id="G11",
    title=Text("Кой посредник липсва", "Which broker role is missing"),
    question=Text(
        "Между кои сектори липсва посредник, и от какъв вид?",
        "Between which sectors is a broker missing, and of what sort?",
    ),
    formula="open triads x - b - y of W (x and y not tied), by role: coordinator (all of one "
    "sector), itinerant (x, y of one, b of another), gatekeeper or representative (b of the "
    "sector of x or of y), liaison (three sectors); per pair of sectors of x and y against 999 "
    "deals of the sectors within terciles of degree; one-sided p (deficit) and z only where 5 or "
    "more are expected, Benjamini-Hochberg",
    explanation=Text(
        "Посредник е организация, която работи с две други, които не работят помежду си. Ролята "
        "зависи от секторите на тримата. Броят се сравнява с онова, което би дала случайността; "
        "където очакваните са под 5, извод няма. „Невъзможно“ значи, че в сектора няма достатъчно "
        "организации за такава роля.",
        "A broker is an organisation that works with two others who do not work with each other. "
        "The role depends on the sectors of the three. The number is compared with what chance "
        "would give; where fewer than 5 are expected nothing is concluded. “Impossible” means that "
        "the sector has too few organisations for the role.",
    ),
    expected=Text("колкото би дала случайността", "as many as chance would give"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Възложете ролята: дайте на посочената организация мандат и средства да свързва двата "
        "сектора.",
        "Assign the role: give the named organisation a mandate and the means to join the two "
        "sectors.",
    ),
    literature=(
        "Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: A formal approach to "
        "brokerage in transaction networks. Sociological Methodology 19, 89-126.",
        "Burt, R. S. (1992). Structural Holes. Harvard University Press.",
        DISCOVERY,
    ),
)


def which_broker_is_missing(snapshot: Snapshot) -> RuleResult:
    """Roles that occur significantly less than expected, the smallest share of it first."""
    found = sectored(snapshot)
    none = without_sectors(snapshot, G11, found)
    if none:
        return none
    counts = _role_counts(found)
    rows = [
        _row(found, counts, role, pair)
        for pair in combinations_with_replacement(HELIX, 2)
        for role in (
            ("coordinator", "itinerant") if pair[0] == pair[1] else ("gatekeeper", "liaison")
        )
    ]
    possible = [row for row in rows if not row["impossible"]]
    adjust(possible)
    lacking = [row for row in possible if row["flag"]]
    lacking.sort(key=lambda row: (row["observed"] / row["expected"], row["role"], row["ends"]))
    findings = [_missing(snapshot, found, row) for row in lacking]
    return answer(
        snapshot,
        G11,
        status=status_of_tests(possible, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details={"roles": rows, "known": found.n, "unknown": found.unknown},
        reason=told(found, possible, Text("роли между сектори", "roles between sectors")),
    )


def triads(found: Sectored) -> Whole:
    """Every x - b - y of W whose ends are not tied, as places of b, x and y."""
    beside: list[set[int]] = [set() for _ in found.actors]
    for one, other in found.ties.tolist():
        beside[one].add(other)
        beside[other].add(one)
    rows = [
        (b, x, y)
        for b, around in enumerate(beside)
        for x, y in combinations(sorted(around), 2)
        if y not in beside[x]
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _role_counts(found: Sectored) -> Whole:
    """Per row of dealt labels the triads by sectors of their ends [a, b], a <= b, and by whether
    the broker is of the sector of an end [0] or not [1]."""
    broker, one, other = triads(found).T
    k = len(found.sectors)

    def codes(rows: Whole) -> Whole:
        b, x, y = rows[:, broker], rows[:, one], rows[:, other]
        apart = (b != x) & (b != y)
        found: Whole = (np.minimum(x, y) * k + np.maximum(x, y)) * 2 + apart
        return found

    return tallied(codes, found.dealt(), 2 * k * k).reshape(-1, k, k, 2)


def _row(found: Sectored, counts: Whole, role: str, pair: tuple[str, str]) -> dict[str, Any]:
    brokers = _broker_sectors(role, pair)
    sizes = {sector: len(found.members(sector)) for sector in HELIX}
    row = row_of(None, role=role, label=ROLES[role], ends=list(pair), brokers=brokers)
    row["impossible"] = not _possible(role, pair, sizes)
    if row["impossible"]:
        return row
    a, b = (found.sectors.index(sector) for sector in pair)
    test = chance(counts[:, a, b, int(role in ("itinerant", "liaison"))], low=True)
    row |= row_of(test)
    if test and test.mean < FEWEST_EXPECTED:
        row |= {"z": None, "p": None, "tells": False}
    return row


def _broker_sectors(role: str, pair: tuple[str, str]) -> list[str]:
    if role in ("coordinator", "gatekeeper"):
        return sorted(set(pair))
    return [sector for sector in HELIX if sector not in pair]


def _possible(role: str, pair: tuple[str, str], sizes: dict[str, int]) -> bool:
    one, other = sizes[pair[0]], sizes[pair[1]]
    third = sum(size for sector, size in sizes.items() if sector not in pair)
    return {
        "coordinator": one > 2,
        "itinerant": one > 1 and third > 0,
        "gatekeeper": one > 0 and other > 0 and one + other > 2,
        "liaison": one > 0 and other > 0 and third > 0,
    }[role]


def _missing(snapshot: Snapshot, found: Sectored, row: dict[str, Any]) -> Gap:
    one, other = row["ends"]
    first, second, role = word(one), word(other), ROLES[row["role"]]
    mean, p = decimal(row["expected"], 1), probability(row["q"])
    where = Text(
        f"вътре в „{first.bg}“" if one == other else f"между „{first.bg}“ и „{second.bg}“",
        f"within “{first.en}”" if one == other else f"between “{first.en}” and “{second.en}”",
    )
    seen = round(row["observed"])
    number = Text(
        f"{seen} случая" if seen != 1 else "1 случай", f"{seen} cases" if seen != 1 else "1 case"
    )
    able = candidates(snapshot, found, row)
    pairs = strangers(snapshot, found.members(one), found.members(other))
    closing = bring_together(
        snapshot, pairs, Text("Запишете кой с кого работи.", "Record who works with whom.")
    )
    if able:
        names = listed(snapshot, able, limit=3)
        closing = sentences(
            Text(
                f"Възложете ролята на някого, който вече се е срещал с двете страни: {names.bg}",
                f"Assign the role to someone who has met both sides: {names.en}",
            )
        )
    sector = found.sector_of()
    touching = [t for t in found.graph.edges if {sector[t[0]], sector[t[1]]} & {one, other}]
    return Gap(
        rule="G11",
        subjects=tuple(dict.fromkeys((f"sector:{one}", f"sector:{other}"))),
        key=f"{row['role']}|{one}|{other}",
        status="below expectation",
        headline=Text(
            f"{_capital(role.bg)} {where.bg}: {number.bg} при очаквани {mean.bg} ({p.bg}).",
            f"{_capital(role.en)} {where.en}: {number.en} where {mean.en} would be expected "
            f"({p.en}).",
        ),
        closing=closing,
        n=len(found.ties),
        value=row["observed"] / row["expected"],
        unit=Text("случаи спрямо очакваните", "cases against those expected"),
        expected=1.0,
        statements=tuple(sorted(tie_statements(found.graph, touching))),
        details={**row, "able": able},
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def candidates(snapshot: Snapshot, found: Sectored, row: dict[str, Any]) -> list[str]:
    """Organisations of the broker's sectors who have met both sides, most meetings first."""
    meetings, sector = met(snapshot), found.sector_of()
    able = []
    for actor in found.members(*row["brokers"]):
        known = [sector.get(other) for other in meetings[actor]]
        sides = [known.count(end) for end in row["ends"]]
        if min(sides) > (row["ends"][0] == row["ends"][1]):
            able.append((-min(sides), -sum(sides), actor))
    return [actor for *_, actor in sorted(able)]


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Роля", "Role"),
        OBSERVED,
        EXPECTED,
        column("между", "between"),
        RATIO,
        Z,
        ADJUSTED,
        TOLD,
    )
    rows = tuple(
        (
            row["label"],
            rounded(row["observed"]),
            row["expected"],
            ends(*row["ends"]),
            ratio(row),
            row["z"],
            row["q"],
            verdict(row),
        )
        for row in result.details.get("roles", ())
    )
    yield Table(Text("Роли на посредници", "Roles of brokers"), columns, rows)
