"""Is each project complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import brief, complete, coverage_note, sentences, shown
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    judged,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.model import HELIX, Edge, Organisation, ParticipatesIn, Project
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

YES, NO, UNKNOWN = "yes", "no", "unknown"
FEWEST_PARTICIPANTS = 2
FEWEST_SECTORS = 3

CHECKS: dict[str, tuple[Text, str]] = {
    "leader": (Text("водещ", "leader"), "PARTICIPATES_IN"),
    "funding": (Text("финансиране", "funding"), "FUNDS"),
    "participants": (Text("поне двама участници", "two participants"), "PARTICIPATES_IN"),
    "sectors": (Text("три сектора", "three sectors"), "PARTICIPATES_IN"),
    "dates": (Text("срокове", "dates"), "Project"),
    "theme": (Text("тема", "theme"), "ADDRESSES"),
    "indicator": (Text("показател", "indicator"), "Project"),
}
"""Each check with its words and the kind of record whose complete coverage makes it a "no"."""

_CARRYING = ("PARTICIPATES_IN", "FUNDS", "ADDRESSES")

G17 = Rule(
    id="G17",
    title=Text("Непълни данни за проект", "Incomplete project records"),
    group="sureness",
    question=Text(
        "Кой проект е без водещ, средства, партньори, срокове, тема или показател?",
        "Which project lacks a leader, money, partners, dates, a theme or an indicator?",
    ),
    formula="yes / no / unknown for: leader >= 1; funding; participants >= 2; helix sectors >= 3 "
    "among known participants; dates; theme; indicator. The value counts yes, of 7",
    explanation=Text(
        "Седем проверки за всеки проект в обхвата. „Не“ се казва само когато източник обхваща "
        "изцяло този вид сведения; иначе е „неизвестно“. Двама водещи не са грешка. Бюджет без "
        "посочен финансиращ не е финансиране.",
        "Seven checks for every project of the scope. “No” is said only where a source covers that "
        "kind of statement completely, else it is “unknown”. Two leaders are fine. A budget "
        "without a named funder is not funding.",
    ),
    expected=Text("7 от 7", "7 of 7"),
    maturity=OWN_RULE,
    remedy=Text(
        "Питайте водещия за неизвестното; за липсващото определете кой отговаря и до кога.",
        "Ask the leader for what is unknown; for what is missing, agree who provides it and when.",
    ),
    literature=(
        "Carayannis, E. G., Campbell, D. F. J. (2009). 'Mode 3' and 'Quadruple Helix'. "
        "International Journal of Technology Management 46(3/4), 201-234.",
    ),
    judges=("PARTICIPATES_IN", "FUNDS", "ADDRESSES"),
    occurrences=True,
)


@dataclass(frozen=True, kw_only=True)
class ProjectDetails(Details):
    """Of a project: its checks by name, and what is recorded of its dates and budget."""

    checks: Mapping[str, str]
    since: str
    until: str
    budget_minor: int | None
    budget_currency: str

    @property
    def checklist(self) -> tuple[tuple[Text, str], ...]:
        """The checks in words."""
        return tuple((CHECKS[check][0], state) for check, state in self.checks.items())


@dataclass(frozen=True, kw_only=True)
class ProjectsSummary(Details):
    """How many projects there are, and how many per check and state."""

    projects: int
    checks: Mapping[str, Mapping[str, int]]


def is_each_project_complete(snapshot: Snapshot) -> RuleResult:
    """Projects of the scope that fail a check, those with a plain "no" and fewest "yes" first."""
    coverage = coverage_note(snapshot, "PARTICIPATES_IN", "FUNDS", "ADDRESSES")
    projects = [
        node
        for node in snapshot.nodes.values()
        if isinstance(node, Project) and node.id in snapshot.members
    ]
    if not projects:
        sure = complete(snapshot, "PARTICIPATES_IN")
        return answer(
            snapshot,
            G17,
            status="none found" if sure else "not recorded",
            coverage=coverage,
            reason=Text(
                "В обхвата не е записан нито един проект.",
                "No project is recorded in the scope.",
            ),
        )
    checked = [(project, checks_of(snapshot, project)) for project in projects]
    lacking = [
        _incomplete(snapshot, project, checks)
        for project, checks in checked
        if set(checks.values()) != {YES}
    ]
    lacking.sort(key=lambda gap: (gap.status == "not recorded", gap.value or 0, gap.subjects))
    findings, aside = judged(snapshot, G17, lacking)
    tally = {
        name: {
            state: sum(checks[name] == state for _, checks in checked)
            for state in (YES, NO, UNKNOWN)
        }
        for name in CHECKS
    }
    full, known = len(projects) - len(lacking), len(projects) - len(aside)
    reason = Text(
        f"Пълни по всички проверки: {full} от общо {known}.",
        f"Complete by every check: {full} of {known} projects.",
    )
    return answer(
        snapshot,
        G17,
        status=status_of(findings),
        coverage=coverage,
        reason=reason,
        findings=findings,
        aside=aside,
        details=ProjectsSummary(projects=len(projects), checks=tally),
    )


def checks_of(snapshot: Snapshot, project: Project) -> dict[str, str]:
    """Each check with ``yes``, ``no`` (a source covers it and there is none) or ``unknown``."""
    ties = snapshot.edges_of(project.id)
    parts = [tie for tie in ties if isinstance(tie, ParticipatesIn) and tie.target == project.id]
    people = {tie.source for tie in parts}
    known = [
        node.sector
        for node in map(snapshot.nodes.get, sorted(people))
        if isinstance(node, Organisation)
    ]
    paid = any(tie.kind == "FUNDS" and tie.target == project.id for tie in ties)
    seen = {
        "leader": any(tie.role == "leads" for tie in parts),
        "funding": paid or any(tie.contribution_minor is not None for tie in parts),
        "participants": len(people) >= FEWEST_PARTICIPANTS,
        "sectors": len(set(known) & set(HELIX)) >= FEWEST_SECTORS,
        "dates": bool(project.since and project.until),
        "theme": any(tie.kind == "ADDRESSES" for tie in ties),
        "indicator": bool(project.indicators),
    }
    states = {}
    for name, there in seen.items():
        sure = complete(snapshot, CHECKS[name][1], project.id)
        if name == "sectors" and sum(sector in HELIX for sector in known) < len(people):
            # A participant of unknown sector could be the third.
            sure = ()
        if name == "leader" and any(not tie.role for tie in parts):
            sure = ()
        states[name] = YES if there else NO if sure else UNKNOWN
    return states


def _incomplete(snapshot: Snapshot, project: Project, checks: dict[str, str]) -> Gap:
    name = shown(snapshot, project.id)
    lacking = _words(check for check, state in checks.items() if state == NO)
    unknown = _words(check for check, state in checks.items() if state == UNKNOWN)
    passed = sum(state == YES for state in checks.values())
    bg, en = [f"{name.bg}: {passed} от {len(checks)}"], [f"{name.en}: {passed} of {len(checks)}"]
    if lacking.bg:
        bg.append(f"липсва: {lacking.bg}")
        en.append(f"missing: {lacking.en}")
    if unknown.bg:
        bg.append(f"не е записано: {unknown.bg}")
        en.append(f"not recorded: {unknown.en}")
    ties = [tie for tie in snapshot.edges_of(project.id) if tie.kind in _CARRYING]
    whom = _whom(snapshot, project, ties)
    return Gap(
        rule="G17",
        subjects=(project.id,),
        status="incomplete" if lacking.bg else "not recorded",
        sentence=_lacks(snapshot, project, checks),
        step=_ask(snapshot, whom),
        asks=whom[:1] if whom else (),
        headline=Text("; ".join(bg) + ".", "; ".join(en) + "."),
        closing=_ask(snapshot, whom),
        n=len(checks),
        value=float(passed),
        unit=Text("изпълнени проверки от 7", "checks passed of 7"),
        expected=float(len(checks)),
        statements=tuple(sorted((project.id, *(tie.id for tie in ties)))),
        details=ProjectDetails(
            checks=checks,
            since=project.since,
            until=project.until,
            budget_minor=project.budget_minor,
            budget_currency=project.budget_currency,
        ),
    )


def _lacks(snapshot: Snapshot, project: Project, checks: dict[str, str]) -> Text:
    name, states = brief(snapshot, project.id), list(checks.values())
    lacking, unknown, of = states.count(NO), states.count(UNKNOWN), len(states)
    if lacking:
        return Text(
            f"На „{name.bg}“ липсват {lacking} от {of} неща, нужни на един проект.",
            f"“{name.en}” lacks {lacking} of the {of} things that a project needs.",
        )
    return Text(
        f"За „{name.bg}“ не са записани {unknown} от {of} основни данни.",
        f"Of “{name.en}” {unknown} of {of} basic facts are not recorded.",
    )


def _words(checks: Iterable[str]) -> Text:
    words = [CHECKS[check][0] for check in checks]
    return Text(", ".join(word.bg for word in words), ", ".join(word.en for word in words))


def _whom(snapshot: Snapshot, project: Project, ties: list[Edge]) -> tuple[str, Text] | None:
    """Who can tell of the project, and in which role; its leader first."""
    parts = [tie for tie in ties if isinstance(tie, ParticipatesIn)]
    leaders = [part.source for part in parts if part.role == "leads"]
    funders = [tie.source for tie in ties if tie.kind == "FUNDS" and tie.target == project.id]
    others = [part.source for part in parts if part.target == project.id]
    others.sort(key=lambda actor: (actor not in snapshot.members, actor))
    for actors, role in (
        (leaders, Text("водещия", "the leader")),
        (others, Text("участника", "the participant")),
        (funders, Text("финансиращия", "the funder")),
    ):
        if actors:
            return actors[0], role
    return None


def _ask(snapshot: Snapshot, whom: tuple[str, Text] | None) -> Text:
    if whom is None:
        return Text(
            "Намерете документ, който казва кой води проекта, и го запишете.",
            "Find a document that says who leads the project, and record it.",
        )
    who, role = brief(snapshot, whom[0], 80), whom[1]
    return sentences(Text(f"Попитайте {role.bg}: {who.bg}", f"Ask {role.en}, {who.en}"))


def tables(result: RuleResult) -> Iterable[Table]:
    """Each check with how many projects pass it."""
    summary = result.details
    if not isinstance(summary, ProjectsSummary):
        return
    columns = (
        column("Проверка", "Check"),
        column("да", "yes", "count"),
        column("не", "no", "count"),
        column("не е записано", "not recorded", "count"),
        column("дял „да“", "share of yes", "share", bar=True),
    )
    rows = tuple(
        (CHECKS[check][0], tally[YES], tally[NO], tally[UNKNOWN], tally[YES] / summary.projects)
        for check, tally in summary.checks.items()
    )
    yield Table(Text("Проверките на проектите", "The checks of the projects"), columns, rows)
