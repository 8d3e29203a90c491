"""The roadmap of a programme, or of all projects of a scope: who, on what, with what, by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ecosystem.analysis.gaps.demand import needs_of
from ecosystem.analysis.gaps.projects import YES, checks_of
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.errors import NotFoundError
from ecosystem.model import Decision, Funds, Organisation, ParticipatesIn, Programme, Project
from ecosystem.snapshot import Snapshot
from ecosystem.values import ONGOING, Period, Text, first_day, plain

PRIORITIES = ("high", "medium", "low")
FEWEST_DATED = 3
MOST_TICKS = 12

NO_PROJECT = Text(
    "В този изглед не е записан проект на програмата; в друг ден или обхват може да има.",
    "No project of the programme is recorded in this view; another day or scope may have some.",
)
ORDER = Text(
    "Ред: първо с висок, после със среден и с нисък приоритет, накрая нерешените; вътре – по "
    "зададения ред, после по начална дата, после по номер. Приоритетът и редът са решения на хора.",
    "Order: high priority first, then medium, low, and undecided; within these by the order that "
    "was set, then by start, then by id. Priority and order are decisions of people.",
)


@dataclass(frozen=True)
class Party:
    """Who takes part in a project, as what, and what it brings."""

    id: str
    name: Text
    kind: str
    sector: str
    role: str
    contribution_minor: int | None
    contribution_currency: str


@dataclass(frozen=True)
class Funding:
    """Who funds a project, and how much where a source says."""

    id: str
    name: Text
    amount_minor: int | None
    amount_currency: str
    instrument: str


@dataclass(frozen=True)
class Step:
    """One project of the roadmap; an empty field is one that no source gives.

    Attributes
    ----------
    place
        ``member``, ``external`` or ``outside`` of the scope.
    needs, answers
        The themes that the project needs, and the needs of the scope that its themes serve.
    checks
        The checks of rule G17, each ``yes``, ``no`` or ``unknown``; ``passed`` counts yes.
    priority, rank, why
        What people decided, empty or None where nobody did.
    """

    id: str
    name: Text
    place: str
    status: str
    since: str
    until: str
    budget_minor: int | None
    budget_currency: str
    programmes: tuple[str, ...]
    leaders: tuple[Party, ...]
    participants: tuple[Party, ...]
    themes: tuple[str, ...]
    needs: tuple[str, ...]
    answers: tuple[str, ...]
    resources: Text
    funding: tuple[Funding, ...]
    indicators: tuple[str, ...]
    checks: dict[str, str]
    passed: int
    statements: tuple[str, ...]
    priority: str
    rank: int | None
    why: str


@dataclass(frozen=True)
class Bar:
    """When a project runs, as parts of the strip from 0 to 1.

    ``ends`` is ``known``, ``ongoing`` or ``unknown``; what is unknown is drawn open up to the
    edge of the strip and says nothing about when the project began or ended.
    """

    id: str
    start: float
    end: float
    start_known: bool
    ends: str


@dataclass(frozen=True)
class Strip:
    """The bars of the dated projects in the order of the roadmap, and the years below them."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]
    today: float | None


@dataclass(frozen=True)
class Roadmap:
    """The projects in their order; ``strip`` is None where ``reason`` says why."""

    programme: str
    scope: str
    as_of: str
    steps: tuple[Step, ...]
    strip: Strip | None
    reason: Text | None
    undated: tuple[str, ...]
    notes: tuple[Text, ...]

    def to_dict(self) -> dict[str, Any]:
        """The roadmap as plain values."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True)
class Choice:
    """A programme with a project that can be shown as a roadmap."""

    id: str
    name: Text
    projects: int
    local: bool


def programmes(everything: Snapshot, seen: Snapshot) -> tuple[Choice, ...]:
    """Programmes with a project, those in which the scope takes part first, then by id."""
    counts: dict[str, int] = {}
    for tie in everything.edges_of_kind("PART_OF"):
        if isinstance(everything.nodes[tie.source], Project):
            counts[tie.target] = counts.get(tie.target, 0) + 1
    found = [
        Choice(identity, everything.name(identity), number, identity in seen.members)
        for identity, number in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.local, one.id)))


def roadmap(
    everything: Snapshot,
    seen: Snapshot,
    programme: str = "",
    decided: Mapping[str, Decision] | None = None,
) -> Roadmap:
    """The projects of ``programme`` by PART_OF, wherever they are, or all of the scope.

    Parameters
    ----------
    everything, seen
        The same view of everything recorded, and of the scope.
    decided
        The decisions about priority that stand, by project.

    Raises
    ------
    NotFoundError
        For a programme that is not recorded. Of one that has no project in the view, such as on
        a day before it began, the roadmap is empty and says so.
    """
    if programme:
        node = everything.dataset.nodes.get(programme)
        if not isinstance(node, Programme):
            known = [choice.id for choice in programmes(everything, seen)]
            raise NotFoundError("programme", programme, known)
        wanted = {t.source for t in everything.edges_of_kind("PART_OF") if t.target == programme}
    else:
        wanted = set(seen.members)
    needed = tuple(need.theme for need in needs_of(seen))
    standing = decided or {}
    steps = [
        # A project of the scope is judged by what is covered for the scope.
        _step(
            seen if node.id in seen.members else everything,
            seen,
            node,
            needed,
            standing.get(node.id),
        )
        for node in everything.nodes.values()
        if isinstance(node, Project) and node.id in wanted
    ]
    steps.sort(key=_place_in_order)
    dated = [step for step in steps if step.since or step.until]
    strip = _strip(dated, seen.as_of) if len(dated) >= FEWEST_DATED else None
    return Roadmap(
        programme=programme,
        scope=seen.scope,
        as_of=seen.as_of,
        steps=tuple(steps),
        strip=strip,
        reason=None
        if strip
        else Text(
            f"С дата са само {len(dated)} проекта; за лента трябват поне {FEWEST_DATED}.",
            f"Only {len(dated)} projects have a date; a strip needs at least {FEWEST_DATED}.",
        ),
        undated=tuple(step.id for step in steps if step not in dated),
        notes=_notes(steps, programme),
    )


def _step(
    snapshot: Snapshot,
    seen: Snapshot,
    project: Project,
    needed: Iterable[str],
    decision: Decision | None,
) -> Step:
    ties = snapshot.edges_of(project.id)
    into = [tie for tie in ties if tie.target == project.id]
    out = [tie for tie in ties if tie.source == project.id]
    parties = [_party(snapshot, tie) for tie in into if isinstance(tie, ParticipatesIn)]
    parties.sort(key=lambda party: (party.id not in seen.members, party.id))
    themes = tuple(sorted({tie.target for tie in out if tie.kind == "ADDRESSES"}))
    checks = checks_of(snapshot, project)
    place = "member" if project.id in seen.members else "outside"
    if project.id in seen.external:
        place = "external"
    return Step(
        id=project.id,
        name=project.name,
        place=place,
        status=project.status,
        since=project.since,
        until=project.until,
        budget_minor=project.budget_minor,
        budget_currency=project.budget_currency,
        programmes=tuple(sorted(tie.target for tie in out if tie.kind == "PART_OF")),
        leaders=tuple(party for party in parties if party.role == "leads"),
        participants=tuple(party for party in parties if party.role != "leads"),
        themes=themes,
        needs=tuple(sorted({tie.target for tie in out if tie.kind == "NEEDS"})),
        answers=tuple(need for need in needed if _serves(snapshot, need, themes)),
        resources=Text(project.resources_bg, project.resources_en),
        funding=tuple(_funding(snapshot, tie) for tie in into if isinstance(tie, Funds)),
        indicators=project.indicators,
        checks=checks,
        passed=sum(state == YES for state in checks.values()),
        statements=tuple(sorted((project.id, *(tie.id for tie in (*into, *out))))),
        priority=decision.state if decision else "",
        rank=decision.rank if decision else None,
        why=decision.note if decision else "",
    )


def _serves(snapshot: Snapshot, need: str, themes: Iterable[str]) -> bool:
    related = serves(snapshot, need)
    return any(related.get(theme) in SERVING for theme in themes)


def _party(snapshot: Snapshot, tie: ParticipatesIn) -> Party:
    node = snapshot.nodes[tie.source]
    sector = node.sector if isinstance(node, Organisation) else ""
    return Party(
        node.id,
        node.name,
        node.kind,
        sector,
        tie.role,
        tie.contribution_minor,
        tie.contribution_currency,
    )


def _funding(snapshot: Snapshot, tie: Funds) -> Funding:
    return Funding(
        tie.source, snapshot.name(tie.source), tie.amount_minor, tie.amount_currency, tie.instrument
    )


def _place_in_order(step: Step) -> tuple[Any, ...]:
    level = PRIORITIES.index(step.priority) if step.priority in PRIORITIES else len(PRIORITIES)
    return (level, step.rank is None, step.rank or 0, step.since or "9999", step.id)


def moved(steps: Iterable[Step], project: str, by: int) -> dict[str, int]:
    """The ranks that change where ``project`` goes up (``by`` -1) or down (1) in its priority.

    Nothing where it has no priority or nobody stands there. Where the ranks of its priority do
    not tell the order yet, all of them are numbered from 1.
    """
    everyone = list(steps)
    mine = next((step for step in everyone if step.id == project), None)
    group = [step for step in everyone if mine and step.priority == mine.priority]
    here = next((place for place, step in enumerate(group) if step.id == project), 0)
    there = here + by
    if mine is None or mine.priority not in PRIORITIES or not 0 <= there < len(group):
        return {}
    ranks = [step.rank or 0 for step in group]
    if any(one >= other for one, other in zip([0, *ranks], ranks, strict=False)):
        ranks = list(range(1, len(group) + 1))
    group[here], group[there] = group[there], group[here]
    return {step.id: rank for step, rank in zip(group, ranks, strict=True) if step.rank != rank}


def _strip(steps: Iterable[Step], as_of: str) -> Strip:
    found = [(step.id, Period(step.since, step.until)) for step in steps]
    today = date.fromisoformat(as_of).toordinal()
    edges = [_days(period, as_of) for _, period in found]
    years = [date.fromordinal(day).year for ends in edges for day in ends if day is not None]
    if any(end is None for _, end in edges) or any(p.until == ONGOING for _, p in found):
        years.append(date.fromordinal(today).year)
    first, last = min(years), max(years)
    low = date(first, 1, 1).toordinal()
    # The last day of the last year; the calendar itself ends with 9999.
    high = date(last, 12, 31).toordinal() + 1

    def part(day: int) -> float:
        return round(min(max((day - low) / (high - low), 0.0), 1.0), 4)

    bars = tuple(
        Bar(
            identity,
            part(start) if start is not None else 0.0,
            part(end + 1) if end is not None else 1.0,
            start is not None,
            "ongoing" if period.until == ONGOING else "unknown" if end is None else "known",
        )
        for (identity, period), (start, end) in zip(found, edges, strict=True)
    )
    step = max(1, -(-(last - first + 1) // MOST_TICKS))
    ticks = tuple(
        (year, part(date(year, 1, 1).toordinal())) for year in range(first, last + 1, step)
    )
    return Strip(bars, ticks, part(today) if low <= today < high else None)


def _days(period: Period, as_of: str) -> tuple[int | None, int | None]:
    start = date.fromisoformat(first_day(period.since)).toordinal() if period.since else None
    if period.until == ONGOING:
        # Under way on the day looked at, or begun after it.
        return start, max(date.fromisoformat(as_of).toordinal(), start or 0)
    return start, date.fromisoformat(period.valid_to).toordinal() if period.until else None


def _notes(steps: list[Step], programme: str) -> tuple[Text, ...]:
    if programme and not steps:
        return (NO_PROJECT,)
    notes = [ORDER]
    away = sum(step.place != "member" for step in steps)
    if programme and away:
        notes.append(
            Text(
                f"Проекти извън обхвата: {away} от {len(steps)}; за тях не е записан местен "
                f"участник "
                "или място.",
                f"Projects outside the scope: {away} of {len(steps)}; no local participant or "
                f"place "
                "is recorded for them.",
            )
        )
    unknown = sum(not step.until for step in steps)
    if unknown:
        notes.append(
            Text(
                f"За {unknown} от {len(steps)} никой източник не казва кога свършват; чертаят се "
                "отворени.",
                f"For {unknown} of {len(steps)} no source says when they end; they are drawn open.",
            )
        )
    return tuple(notes)
