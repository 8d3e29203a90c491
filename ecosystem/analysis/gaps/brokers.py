"""Which broker role is missing between the sectors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement

import numpy as np

from ecosystem.analysis.gaps.chance import DISCOVERY, Whole, as_sure, chance, tallied
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    brief,
    capital,
    coverage_note,
    decimal,
    listed,
    met,
    offer_joint_work,
    sentences,
)
from ecosystem.analysis.gaps.meeting import bring_together, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    Sectored,
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
    title=Text("Липсващ посредник", "A missing go-between"),
    group="separate",
    question=Text(
        "Между кои сектори липсва посредник, и от какъв вид?",
        "Between which sectors is a broker missing, and of what sort?",
    ),
    formula="open triads x - b - y of W (x and y not tied), by role: coordinator (all of one "
    "sector), itinerant (x, y of one, b of another), gatekeeper or representative (b of the "
    "sector of x or of y), liaison (three sectors); per pair of sectors of x and y against 999 "
    "deals of the sectors within terciles of degree; one-sided p (deficit) and z only where 5 or "
    "more are expected, Benjamini-Hochberg; "
    "a p that more draws could bring to the other side of .05 concludes nothing",
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
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class RoleTest(Tested):
    """How often a role occurs between two sectors, tested.

    Attributes
    ----------
    ends
        The sectors of the two who do not work with each other.
    brokers
        The sectors of which the broker may be.
    impossible
        Whether the sectors have too few organisations for the role.
    """

    role: str
    label: Text
    ends: tuple[str, str]
    brokers: tuple[str, ...]
    impossible: bool

    @property
    def verdict(self) -> Text:
        """What the row says."""
        return Text("невъзможна", "impossible") if self.impossible else super().verdict


@dataclass(frozen=True, kw_only=True)
class MissingRoleDetails(RoleTest, Details):
    """Of a role that is missing: its test, and who has met both sides."""

    able: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BrokerRolesSummary(Details):
    """Every role tested, and how many organisations have a known sector and how many none."""

    roles: tuple[RoleTest, ...]
    known: int
    unknown: int


def which_broker_is_missing(snapshot: Snapshot) -> RuleResult:
    """Roles that occur significantly less than expected, the smallest share of it first."""
    network = sectored(snapshot)
    none = without_sectors(snapshot, G11, network)
    if none:
        return none
    counts = _role_counts(network)
    rows = [
        _row(network, counts, role, pair)
        for pair in combinations_with_replacement(HELIX, 2)
        for role in (
            ("coordinator", "itinerant") if pair[0] == pair[1] else ("gatekeeper", "liaison")
        )
    ]
    # What is impossible has no p, so flagging leaves it as it is.
    rows = flagged(rows)
    possible = [row for row in rows if not row.impossible]
    lacking = [row for row in possible if row.flag]
    lacking.sort(key=lambda row: (row.to_expected or 0, row.role, row.ends))
    findings = [_missing(snapshot, network, row) for row in lacking]
    return answer(
        snapshot,
        G11,
        status=status_of_tests(possible, findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        details=BrokerRolesSummary(roles=tuple(rows), known=network.n, unknown=network.unknown),
        reason=told(network, possible, Text("роли между сектори", "roles between sectors")),
    )


def triads(network: Sectored) -> Whole:
    """Every x - b - y of W whose ends are not tied, as places of b, x and y."""
    beside: list[set[int]] = [set() for _ in network.actors]
    for one, other in network.ties.tolist():
        beside[one].add(other)
        beside[other].add(one)
    rows = [
        (b, x, y)
        for b, around in enumerate(beside)
        for x, y in combinations(sorted(around), 2)
        if y not in beside[x]
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _role_counts(network: Sectored) -> Whole:
    """Per row of dealt labels the triads by sectors of their ends [a, b], a <= b, and by whether
    the broker is of the sector of an end [0] or not [1]."""
    broker, one, other = triads(network).T
    k = len(network.sectors)

    def codes(rows: Whole) -> Whole:
        b, x, y = rows[:, broker], rows[:, one], rows[:, other]
        apart = (b != x) & (b != y)
        code: Whole = (np.minimum(x, y) * k + np.maximum(x, y)) * 2 + apart
        return code

    return tallied(codes, network.dealt(), 2 * k * k).reshape(-1, k, k, 2)


def _row(network: Sectored, counts: Whole, role: str, pair: tuple[str, str]) -> RoleTest:
    sizes = {sector: len(network.members(sector)) for sector in HELIX}
    row = RoleTest(
        role=role,
        label=ROLES[role],
        ends=pair,
        brokers=_broker_sectors(role, pair),
        impossible=not _possible(role, pair, sizes),
    )
    if row.impossible:
        return row
    a, b = (network.sectors.index(sector) for sector in pair)
    test = chance(counts[:, a, b, int(role in ("itinerant", "liaison"))], low=True)
    row = tested(row, test)
    if test and test.mean < FEWEST_EXPECTED:
        row = replace(row, z=None, p=None, tells=False)
    return row


def _broker_sectors(role: str, pair: tuple[str, str]) -> tuple[str, ...]:
    if role in ("coordinator", "gatekeeper"):
        return tuple(sorted(set(pair)))
    return tuple(sector for sector in HELIX if sector not in pair)


def _possible(role: str, pair: tuple[str, str], sizes: dict[str, int]) -> bool:
    one, other = sizes[pair[0]], sizes[pair[1]]
    third = sum(size for sector, size in sizes.items() if sector not in pair)
    return {
        "coordinator": one > 2,
        "itinerant": one > 1 and third > 0,
        "gatekeeper": one > 0 and other > 0 and one + other > 2,
        "liaison": one > 0 and other > 0 and third > 0,
    }[role]


def _missing(snapshot: Snapshot, network: Sectored, row: RoleTest) -> Gap:
    able = candidates(snapshot, network, row)
    sector_of = network.sector_of()
    touching = [
        tie for tie in network.graph.edges if {sector_of[tie[0]], sector_of[tie[1]]} & {*row.ends}
    ]
    return Gap(
        rule="G11",
        subjects=tuple(dict.fromkeys(f"sector:{sector}" for sector in row.ends)),
        key="|".join((row.role, *row.ends)),
        status="below expectation",
        sentence=_hardly_anybody(row),
        step=_go_between(snapshot, network, row, able),
        asks=tuple(able[:1]) or _strangers(snapshot, network, row),
        headline=_headline(row),
        closing=_whom_to_ask(snapshot, network, row, able),
        n=len(network.ties),
        value=row.to_expected,
        unit=Text("случаи спрямо очакваните", "cases against those expected"),
        expected=1.0,
        statements=tuple(sorted(tie_statements(network.graph, touching))),
        details=MissingRoleDetails(**vars(row), able=tuple(able)),
    )


def _hardly_anybody(row: RoleTest) -> Text:
    first, second = (word(sector) for sector in row.ends)
    if first == second:
        return Text(
            f"Почти никой не свързва организациите от сектор „{first.bg}“.",
            f"Hardly anybody connects the organisations of the sector “{first.en}”.",
        )
    return Text(
        f"Почти никой не свързва „{first.bg}“ и „{second.bg}“.",
        f"Hardly anybody connects “{first.en}” and “{second.en}”.",
    )


def _strangers(snapshot: Snapshot, network: Sectored, row: RoleTest) -> tuple[str, ...]:
    """Two of its sectors who do not work together; none where there are no such."""
    here, there = (network.members(sector) for sector in row.ends)
    return next(iter(strangers(snapshot, here, there, limit=1)), ())


def _go_between(snapshot: Snapshot, network: Sectored, row: RoleTest, able: list[str]) -> Text:
    if able:
        who = brief(snapshot, able[0])
        return Text(
            f"Помолете {who.bg} да посредничи: среща се и с двете страни.",
            f"Ask {who.en} to be the go-between: it meets both sides.",
        )
    pair = _strangers(snapshot, network, row)
    if pair:
        return offer_joint_work(snapshot, pair)
    return Text("Запишете кой с кого работи.", "Record who works with whom.")


def _headline(row: RoleTest) -> Text:
    first, second = (word(sector) for sector in row.ends)
    observed, expected, q = row.numbers()
    mean, p = decimal(expected, 1), probability(q)
    inside = row.ends[0] == row.ends[1]
    where = Text(
        f"вътре в „{first.bg}“" if inside else f"между „{first.bg}“ и „{second.bg}“",
        f"within “{first.en}”" if inside else f"between “{first.en}” and “{second.en}”",
    )
    cases = round(observed)
    number = Text(
        f"{cases} случая" if cases != 1 else "1 случай",
        f"{cases} cases" if cases != 1 else "1 case",
    )
    return Text(
        f"{capital(row.label.bg)} {where.bg}: {number.bg} при очаквани {mean.bg} ({p.bg}).",
        f"{capital(row.label.en)} {where.en}: {number.en} where {mean.en} would be expected "
        f"({p.en}).",
    )


def _whom_to_ask(snapshot: Snapshot, network: Sectored, row: RoleTest, able: list[str]) -> Text:
    if able:
        names = listed(snapshot, able, limit=3)
        return sentences(
            Text(
                f"Възложете ролята на някого, който вече се е срещал с двете страни: {names.bg}",
                f"Assign the role to someone who has met both sides: {names.en}",
            )
        )
    here, there = (network.members(sector) for sector in row.ends)
    return bring_together(
        snapshot,
        strangers(snapshot, here, there),
        Text("Запишете кой с кого работи.", "Record who works with whom."),
    )


def candidates(snapshot: Snapshot, network: Sectored, row: RoleTest) -> list[str]:
    """Organisations of the broker's sectors who have met both sides, most meetings first."""
    meetings, sector_of = met(snapshot), network.sector_of()
    able = []
    for actor in network.members(*row.brokers):
        known = [sector_of.get(other) for other in meetings[actor]]
        sides = [known.count(end) for end in row.ends]
        if min(sides) > (row.ends[0] == row.ends[1]):
            able.append((-min(sides), -sum(sides), actor))
    return [actor for *_, actor in sorted(able)]


def tables(result: RuleResult) -> Iterable[Table]:
    """Every role with its test."""
    summary = result.details
    if not isinstance(summary, BrokerRolesSummary):
        return
    columns = (
        column("Роля", "Role"),
        OBSERVED,
        EXPECTED,
        column("между", "between"),
        RATIO,
        Z,
        ADJUSTED,
        VERDICT,
    )
    rows = tuple(
        (
            row.label,
            rounded(row.observed),
            row.expected,
            ends(*row.ends),
            row.to_expected,
            row.z,
            as_sure(row.q),
            row.verdict,
        )
        for row in summary.roles
    )
    yield Table(Text("Роли на посредници", "Roles of brokers"), columns, rows)
