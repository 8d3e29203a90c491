"""In the room, not in the work: sectors with fewer project participations than their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, as_sure, chance
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    complete,
    counted,
    coverage_note,
    first_named,
    listed,
    organisations,
    percent,
    sentences,
)
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    Sectored,
    at_border,
    sectored,
)
from ecosystem.analysis.gaps.tables import (
    Column,
    Table,
    column,
    rounded,
)
from ecosystem.analysis.gaps.tested import (
    ADJUSTED,
    EXPECTED,
    OBSERVED,
    VERDICT,
    Tested,
    flagged,
    probability,
    status_of_tests,
    tested,
)
from ecosystem.labels import word
from ecosystem.model import HELIX, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_IN_A_ROLE = 10
THIN = 0.5

G02 = Rule(
    id="G02",
    title=Text("Само в залата", "In the room only"),
    group="missing",
    question=Text(
        "Кой сектор е на картата, но почти не участва в проекти?",
        "Which sector is on the map and hardly in its projects?",
    ),
    formula="(sector's share of the participations in projects) / (n_s / n); one-sided p (low) "
    "when the sectors are dealt anew over the organisations, 999 times, Benjamini-Hochberg over "
    "the sectors; flagged below 1/2. Per role only with 10 participations in it; "
    "a p that more draws could bring to the other side of .05 concludes nothing",
    explanation=Text(
        "Делът на сектора в участията в проекти спрямо дела му сред организациите с известен "
        "сектор. 1 значи, че участва колкото е голям; под 1/2 – че присъства, но не работи. До "
        "него стоят участията в събития. Един-двама много дейни могат да изместят числото, затова "
        "то се сверява със случайно раздадени сектори.",
        "The sector's share of participations in projects against its share of the organisations "
        "with a known sector. 1 means it takes part as much as its size; below 1/2 that it is "
        "present and does not work. Participations in events stand beside it. One or two very "
        "busy ones can shift the number, so it is checked against sectors dealt at random.",
    ),
    expected=Text("около 1; под 1/2 е малко", "about 1; below 1/2 is little"),
    maturity=OWN_RULE,
    remedy=Text(
        "Попитайте сектора какво му пречи да участва, и променете условията на следващия проект.",
        "Ask the sector what keeps it out, and change the terms of the next project.",
    ),
    literature=(
        PERMUTED,
        DISCOVERY,
        "Carayannis, E. G., Campbell, D. F. J. (2009). 'Mode 3' and 'Quadruple Helix'. "
        "International Journal of Technology Management 46(3/4), 201-234.",
    ),
    judges=("PARTICIPATES_IN",),
    occurrences=True,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class ParticipationTest(Tested):
    """The participations of a sector in projects, tested.

    Attributes
    ----------
    members
        How many organisations it has.
    participations, events
        Participations in projects and in events.
    share
        Of all participations in projects.
    ratio
        That share to the sector's share of the organisations.
    """

    sector: str
    label: Text
    members: int
    participations: int
    events: int
    share: float
    ratio: float


@dataclass(frozen=True, kw_only=True)
class HardlyInWorkDetails(ParticipationTest, Details):
    """Of a sector that hardly works: its test, and its organisations without any project.

    ``idle`` begins with those who have met others most often.
    """

    idle: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ParticipationsSummary(Details):
    """Every sector tested, participations by role and sector, and who has no known sector."""

    by_sector: tuple[ParticipationTest, ...]
    roles: Mapping[str, Mapping[str, int]]
    unknown: int


def who_is_in_the_room_only(snapshot: Snapshot) -> RuleResult:
    """Sectors with less than half of the participations their number would give, lowest first."""
    coverage = coverage_note(snapshot, "PARTICIPATES_IN")
    if not snapshot.actors():
        return answer(snapshot, G02, status="undefined", coverage=coverage, reason=NO_ACTORS)
    parts = _participations(snapshot)
    number = Counter(actor for actor, _ in parts)
    network = sectored(snapshot, number)
    none = _without_parts(snapshot, network, len(parts))
    if none:
        return none
    rows = [
        replace(row, flag=row.flag and row.ratio < THIN, close=row.close and row.ratio < THIN)
        for row in flagged(_rows(snapshot, network, number))
    ]
    low = sorted((row for row in rows if row.flag), key=lambda row: (row.ratio, row.sector))
    findings = [_absent_from_work(snapshot, network, row, parts) for row in low]
    silent = sum(not row.tells for row in rows)
    many, actors, border = _many(len(parts)), organisations(network.n), at_border(rows)
    return answer(
        snapshot,
        G02,
        status=status_of_tests(rows, findings),
        coverage=coverage,
        findings=findings,
        details=ParticipationsSummary(
            by_sector=tuple(rows), roles=_roles(snapshot, network), unknown=network.unknown
        ),
        reason=Text(
            f"{many.bg} в проекти на {actors.bg} с известен сектор. "
            f"Сектори под половината от очакваното: {len(findings)}; твърде малко данни: {silent}"
            f"{border.bg}.",
            f"{many.en} in projects of {actors.en} with a known "
            f"sector. Sectors below half of what is expected: {len(findings)}; too few to tell: "
            f"{silent}{border.en}.",
        ),
    )


def _many(number: int) -> Text:
    return counted(number, ("участие", "участия"), ("participation", "participations"))


Participations = dict[tuple[str, str], list[str]]


def _participations(snapshot: Snapshot, kind: str = "Project") -> Participations:
    """Ids of the ties by organisation of known sector and project (or event)."""
    known = {actor.id for actor in snapshot.actors() if actor.sector in HELIX}
    parts: Participations = {}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if tie.source in known and snapshot.nodes[tie.target].kind == kind:
            parts.setdefault((tie.source, tie.target), []).append(tie.id)
    return parts


def _without_parts(snapshot: Snapshot, network: Sectored, parts: int) -> RuleResult | None:
    coverage = coverage_note(snapshot, "PARTICIPATES_IN")
    if len(network.sectors) < 2:
        reason = Text(
            "В обхвата няма организации от поне два известни сектора, затова няма какво да се "
            "сравни.",
            "The scope has no organisations of at least two known sectors, so there is nothing "
            "to compare.",
        )
        return answer(snapshot, G02, status="undefined", coverage=coverage, reason=reason)
    if parts:
        return None
    sure = bool(complete(snapshot, "PARTICIPATES_IN"))
    reason = snapshot.left_out.none_of(
        snapshot.left_out.of_kind("PARTICIPATES_IN"),
        Text(
            "Не е записано нито едно участие в проект.",
            "No participation in a project is recorded.",
        ),
    )
    return answer(
        snapshot,
        G02,
        status="undefined" if sure else "not recorded",
        coverage=coverage,
        reason=reason,
    )


def _rows(snapshot: Snapshot, network: Sectored, number: Counter[str]) -> list[ParticipationTest]:
    weights = np.array([number[actor] for actor in network.actors], dtype=np.int64)
    dealt, total = network.dealt(within_terciles=False), int(weights.sum())
    events = Counter(actor for actor, _ in _participations(snapshot, "Event"))
    rows = []
    for place, sector in enumerate(network.sectors):
        members = network.members(sector)
        mine = sum(number[member] for member in members)
        row = ParticipationTest(
            sector=sector,
            label=word(sector),
            members=len(members),
            participations=mine,
            events=sum(events[member] for member in members),
            share=mine / total,
            ratio=mine / total / (len(members) / network.n),
        )
        rows.append(tested(row, chance((dealt == place) @ weights, low=True)))
    return rows


def _roles(snapshot: Snapshot, network: Sectored) -> dict[str, dict[str, int]]:
    """Participations in projects by role and sector, for roles with ten of them."""
    sector_of = network.sector_of()
    table: dict[str, Counter[str]] = {}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if not isinstance(tie, ParticipatesIn) or not tie.target.startswith("project:"):
            continue
        if tie.role and tie.source in sector_of:
            table.setdefault(tie.role, Counter())[sector_of[tie.source]] += 1
    return {
        role: {sector: counts[sector] for sector in network.sectors}
        for role, counts in sorted(table.items())
        if counts.total() >= FEWEST_IN_A_ROLE
    }


def _absent_from_work(
    snapshot: Snapshot, network: Sectored, row: ParticipationTest, parts: Participations
) -> Gap:
    members = network.members(row.sector)
    sure = bool(complete(snapshot, "PARTICIPATES_IN"))
    statements = {tie for (actor, _), ties in parts.items() if actor in members for tie in ties}
    idle = [member for member in members if not any(actor == member for actor, _ in parts)]
    met_often = Counter(actor for actor, _ in _participations(snapshot, "Event"))
    idle.sort(key=lambda member: (-met_often[member], member))
    who, whom = listed(snapshot, idle or members), listed(snapshot, idle or members, limit=2)
    nothing = not row.participations
    status = ("absent" if sure else "not recorded") if nothing else "thin"
    return Gap(
        rule="G02",
        subjects=(f"sector:{row.sector}",),
        status=status,
        sentence=_idle(row, sure=sure),
        step=Text(
            f"Попитайте {whom.bg} в какъв проект биха се включили.",
            f"Ask {whom.en} which project they would join.",
        ),
        asks=first_named(idle or members, 2),
        headline=_headline(row, network.n),
        closing=sentences(
            Text(
                f"Попитайте ги за какъв проект биха се включили: {who.bg}",
                f"Ask them what project they would join: {who.en}",
            )
        ),
        n=sum(map(len, parts.values())),
        value=None if nothing else row.ratio,
        unit=Text("дял в проектите спрямо дял на картата", "share in projects against share"),
        expected=1.0,
        reason=_no_ratio(sure) if nothing else None,
        statements=tuple(sorted(statements.union(members))),
        details=HardlyInWorkDetails(**vars(row), idle=tuple(idle)),
    )


def _idle(row: ParticipationTest, *, sure: bool) -> Text:
    """Present and hardly at work; seen at events only where an event is recorded."""
    name = row.label
    seen = Text("идва на събития, но", "comes to events, but") if row.events else Text("", "")
    if row.participations:
        how = Text("почти не участва в проекти", "hardly takes part in projects")
    elif sure:
        how = Text("не участва в нито един проект", "takes part in no project")
    else:
        how = Text("няма записан проект с него", "no project with it is recorded")
    return Text(
        " ".join(f"Сектор „{name.bg}“ {seen.bg} {how.bg}.".split()),
        " ".join(f"The sector “{name.en}” {seen.en} {how.en}.".split()),
    )


def _headline(row: ParticipationTest, everybody: int) -> Text:
    share, size, p = percent(row.share), percent(row.members / everybody), row.numbers()[2]
    sure = probability(p)
    events = counted(
        row.events,
        ("участие в събитие", "участия в събития"),
        ("participation in an event", "participations in events"),
    )
    return Text(
        f"„{row.label.bg}“: {size.bg} от организациите, {share.bg} от участията в проекти "
        f"({sure.bg}); {events.bg}.",
        f"“{row.label.en}”: {size.en} of the organisations, {share.en} of the participations in "
        f"projects ({sure.en}); {events.en}.",
    )


def _no_ratio(sure: bool) -> Text:
    if sure:
        return Text(
            "Няма нито едно участие, затова отношението няма стойност.",
            "There is no participation at all, so the ratio has no value.",
        )
    return Text(
        "Не е записано нито едно участие, затова отношението няма стойност.",
        "No participation at all is recorded, so the ratio has no value.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Every sector with its test, and its participations by role."""
    summary = result.details
    if not isinstance(summary, ParticipationsSummary):
        return
    columns = (
        column("Сектор", "Sector"),
        OBSERVED,
        EXPECTED,
        column("организации", "organisations", "count"),
        column("по събития", "at events", "count"),
        column("дял към очаквания", "share to expected", "number"),
        ADJUSTED,
        VERDICT,
    )
    yield Table(
        Text("Участия в проекти по сектори", "Participations in projects by sector"),
        columns,
        tuple(
            (
                row.label,
                rounded(row.observed),
                row.expected,
                row.members,
                row.events,
                row.ratio,
                as_sure(row.q),
                row.verdict,
            )
            for row in summary.by_sector
        ),
    )
    yield Table(
        Text("Участията по роли", "The participations by role"),
        (column("Роля", "Role"), *(Column(row.label, "count") for row in summary.by_sector)),
        tuple(
            (word(role), *(counts.get(row.sector, 0) for row in summary.by_sector))
            for role, counts in summary.roles.items()
        ),
    )
