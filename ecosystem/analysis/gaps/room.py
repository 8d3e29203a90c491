"""In the room, not in the work: sectors with fewer project participations than their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from ecosystem.analysis.gaps.chance import DISCOVERY, PERMUTED, chance
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    complete,
    counted,
    coverage_note,
    listed,
    organisations,
    percent,
    sentences,
)
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    Sectored,
    adjust,
    probability,
    row_of,
    sectored,
    status_of_tests,
)
from ecosystem.analysis.gaps.tables import (
    ADJUSTED,
    EXPECTED,
    OBSERVED,
    TOLD,
    Column,
    Table,
    column,
    rounded,
    verdict,
)
from ecosystem.labels import word
from ecosystem.model import HELIX, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_IN_A_ROLE = 10
THIN = 0.5

G02 = Rule(
    id="G02",
    title=Text("В залата, но не и в работата", "In the room, not in the work"),
    question=Text(
        "Кой сектор е на картата, но почти не участва в проекти?",
        "Which sector is on the map and hardly in its projects?",
    ),
    formula="(sector's share of the participations in projects) / (n_s / n); one-sided p (low) "
    "when the sectors are dealt anew over the organisations, 999 times, Benjamini-Hochberg over "
    "the sectors; flagged below 1/2. Per role only with 10 participations in it",
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
)


def who_is_in_the_room_only(snapshot: Snapshot) -> RuleResult:
    """Sectors with less than half of the participations their number would give, lowest first."""
    coverage = coverage_note(snapshot, "PARTICIPATES_IN")
    if not snapshot.actors():
        return answer(snapshot, G02, status="undefined", coverage=coverage, reason=NO_ACTORS)
    parts = _participations(snapshot)
    number = Counter(actor for actor, _ in parts)
    found = sectored(snapshot, number)
    none = _without_parts(snapshot, found, len(parts))
    if none:
        return none
    rows = _rows(snapshot, found, number)
    adjust(rows)
    for row in rows:
        row["flag"] = row["flag"] and row["ratio"] < THIN
    low = sorted((r for r in rows if r["flag"]), key=lambda r: (r["ratio"], r["sector"]))
    findings = [_absent_from_work(snapshot, found, row, parts) for row in low]
    silent = sum(not row["tells"] for row in rows)
    return answer(
        snapshot,
        G02,
        status=status_of_tests(rows, findings),
        coverage=coverage,
        findings=findings,
        details={"by_sector": rows, "roles": _roles(snapshot, found), "unknown": found.unknown},
        reason=Text(
            f"{_many(len(parts)).bg} в проекти на {organisations(found.n).bg} с известен сектор. "
            f"Сектори под половината от очакваното: {len(findings)}; твърде малко данни: {silent}.",
            f"{_many(len(parts)).en} in projects of {organisations(found.n).en} with a known "
            f"sector. Sectors below half of what is expected: {len(findings)}; too few to tell: "
            f"{silent}.",
        ),
    )


def _many(number: int) -> Text:
    return counted(number, ("участие", "участия"), ("participation", "participations"))


def _participations(snapshot: Snapshot, kind: str = "Project") -> dict[tuple[str, str], list[str]]:
    """Ids of the ties by organisation of known sector and project (or event)."""
    known = {actor.id for actor in snapshot.actors() if actor.sector in HELIX}
    found: dict[tuple[str, str], list[str]] = {}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if tie.source in known and snapshot.nodes[tie.target].kind == kind:
            found.setdefault((tie.source, tie.target), []).append(tie.id)
    return found


def _without_parts(snapshot: Snapshot, found: Sectored, parts: int) -> RuleResult | None:
    coverage = coverage_note(snapshot, "PARTICIPATES_IN")
    if len(found.sectors) < 2:
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
    reason = Text(
        "Не е записано нито едно участие в проект.", "No participation in a project is recorded."
    )
    return answer(
        snapshot,
        G02,
        status="undefined" if sure else "not recorded",
        coverage=coverage,
        reason=reason,
    )


def _rows(snapshot: Snapshot, found: Sectored, number: Counter[str]) -> list[dict[str, Any]]:
    weights = np.array([number[actor] for actor in found.actors], dtype=np.int64)
    dealt, total = found.dealt(within_terciles=False), int(weights.sum())
    events = Counter(actor for actor, _ in _participations(snapshot, "Event"))
    rows = []
    for place, sector in enumerate(found.sectors):
        members = found.members(sector)
        test = chance((dealt == place) @ weights, low=True)
        row = row_of(test, sector=sector, label=word(sector), members=len(members))
        mine = sum(number[member] for member in members)
        row |= {
            "participations": mine,
            "events": sum(events[member] for member in members),
            "share": mine / total,
            "ratio": mine / total / (len(members) / found.n),
        }
        rows.append(row)
    return rows


def _roles(snapshot: Snapshot, found: Sectored) -> dict[str, dict[str, int]]:
    """Participations in projects by role and sector, for roles with ten of them."""
    sector = found.sector_of()
    table: dict[str, Counter[str]] = {}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if not isinstance(tie, ParticipatesIn) or not tie.target.startswith("project:"):
            continue
        if tie.role and tie.source in sector:
            table.setdefault(tie.role, Counter())[sector[tie.source]] += 1
    return {
        role: {one: counts[one] for one in found.sectors}
        for role, counts in sorted(table.items())
        if counts.total() >= FEWEST_IN_A_ROLE
    }


def _absent_from_work(
    snapshot: Snapshot,
    found: Sectored,
    row: dict[str, Any],
    parts: dict[tuple[str, str], list[str]],
) -> Gap:
    name, members = word(row["sector"]), found.members(row["sector"])
    sure = bool(complete(snapshot, "PARTICIPATES_IN"))
    share, size, p = percent(row["share"]), percent(row["members"] / found.n), probability(row["q"])
    statements = {i for (actor, _), ids in parts.items() if actor in members for i in ids}
    idle = [member for member in members if not any(actor == member for actor, _ in parts)]
    met_often = Counter(actor for actor, _ in _participations(snapshot, "Event"))
    idle.sort(key=lambda member: (-met_often[member], member))
    who = listed(snapshot, idle or members)
    events = counted(
        row["events"],
        ("участие в събитие", "участия в събития"),
        ("participation in an event", "participations in events"),
    )
    empty = Text(
        "Няма нито едно участие, затова отношението няма стойност.",
        "There is no participation at all, so the ratio has no value.",
    )
    if not sure:
        empty = Text(
            "Не е записано нито едно участие, затова отношението няма стойност.",
            "No participation at all is recorded, so the ratio has no value.",
        )
    nothing = not row["participations"]
    status = ("absent" if sure else "not recorded") if nothing else "thin"
    return Gap(
        rule="G02",
        subjects=(f"sector:{row['sector']}",),
        status=status,
        headline=Text(
            f"„{name.bg}“: {size.bg} от организациите, {share.bg} от участията в проекти ({p.bg}); "
            f"{events.bg}.",
            f"“{name.en}”: {size.en} of the organisations, {share.en} of the participations in "
            f"projects ({p.en}); {events.en}.",
        ),
        closing=sentences(
            Text(
                f"Попитайте ги за какъв проект биха се включили: {who.bg}",
                f"Ask them what project they would join: {who.en}",
            )
        ),
        n=sum(map(len, parts.values())),
        value=None if nothing else row["ratio"],
        unit=Text("дял в проектите спрямо дял на картата", "share in projects against share"),
        expected=1.0,
        reason=empty if nothing else None,
        statements=tuple(sorted(statements.union(members))),
        details={**row, "idle": idle},
    )


def tables(result: RuleResult) -> Iterable[Table]:
    rows = result.details.get("by_sector", ())
    columns = (
        column("Сектор", "Sector"),
        OBSERVED,
        EXPECTED,
        column("организации", "organisations", "count"),
        column("по събития", "at events", "count"),
        column("дял към очаквания", "share to expected", "number"),
        ADJUSTED,
        TOLD,
    )
    yield Table(
        Text("Участия в проекти по сектори", "Participations in projects by sector"),
        columns,
        tuple(
            (
                row["label"],
                rounded(row["observed"]),
                row["expected"],
                row["members"],
                row["events"],
                row["ratio"],
                row["q"],
                verdict(row),
            )
            for row in rows
        ),
    )
    roles = result.details.get("roles", {})
    sectors = [row["sector"] for row in rows]
    yield Table(
        Text("Участията по роли", "The participations by role"),
        (column("Роля", "Role"), *(Column(word(sector), "count") for sector in sectors)),
        tuple(
            (word(role), *(counts.get(sector, 0) for sector in sectors))
            for role, counts in roles.items()
        ),
    )
