"""What gets no money: sectors, needed themes and projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    brief,
    complete,
    coverage_note,
    listed,
    not_ended,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.local_money import no_funding
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.labels import word
from ecosystem.model import HELIX, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G16 = Rule(
    id="G16",
    title=Text("Без финансиране", "Without money"),
    group="unmet",
    question=Text(
        "Кой сектор, коя нужда или кой проект няма записано финансиране?",
        "Which sector, which need or which project has no recorded funding?",
    ),
    formula="{sector: no organisation of it is funded or takes part in a funded project}; {needed "
    "theme: no funded project addresses it}; under complete coverage of FUNDS also {project: no "
    "FUNDS and no contribution}",
    explanation=Text(
        "„Липсва“ се казва само когато източник обхваща финансирането изцяло. Проектите без "
        "записани средства се изброяват само тогава; иначе стоят като въпрос в G17.",
        "“Absent” is said only where a source covers funding completely. Projects without recorded "
        "money are listed only then; otherwise they stand as a question in G17.",
    ),
    expected=Text("поне едно финансиране", "at least one funding"),
    maturity=OWN_RULE,
    remedy=Text(
        "Проверете регистрите на програмите за сектора и темата; ако наистина няма средства, "
        "посочете ги в следващата покана.",
        "Check the programmes' registers for the sector and theme; if there is really no money, "
        "name them in the next call.",
    ),
    literature=(
        "Reiter, R. (1978). On closed world data bases. In: Gallaire, H., Minker, J. (eds.), Logic "
        "and Data Bases, 55-76.",
    ),
    judges=("FUNDS", "PARTICIPATES_IN"),
    occurrences=True,
    whole=True,
    reads=("NEEDS", "ADDRESSES"),
)


@dataclass(frozen=True, kw_only=True)
class UnfundedSummary(Details):
    """The sectors, needed themes and projects without recorded funding."""

    without: tuple[str, ...]
    themes: tuple[str, ...]
    projects: tuple[str, ...]


def what_gets_no_money(snapshot: Snapshot) -> RuleResult:
    """Sectors, needed themes and, under coverage, projects without funding."""
    coverage = coverage_note(snapshot, "FUNDS")
    projects = sorted(
        node.id
        for node in snapshot.nodes.values()
        if node.kind == "Project" and node.id in snapshot.members
    )
    if not snapshot.actors() and not projects:
        reason = Text(
            "В обхвата няма организации и проекти, които да се финансират.",
            "The scope has no organisations or projects to be funded.",
        )
        return answer(snapshot, G16, status="undefined", coverage=coverage, reason=reason)
    funded = _funded(snapshot)
    sure = bool(complete(snapshot, "FUNDS"))
    if not funded and not sure:
        reason = no_funding(snapshot)
        return answer(snapshot, G16, status="not recorded", coverage=coverage, reason=reason)
    sectors = [sector for sector in HELIX if _unfunded_members(snapshot, sector, funded)]
    findings = [_no_money_sector(snapshot, sector, sure) for sector in sectors]
    needs = sorted(
        {tie.target for tie in not_ended(snapshot, "NEEDS") if tie.source in snapshot.members}
    )
    served = _themes_of_projects(snapshot, funded)
    dry = [theme for theme in needs if theme not in served]
    findings += [_no_money_theme(snapshot, theme, sure) for theme in dry]
    unpaid = [project for project in projects if project not in funded]
    findings += [
        _no_money_project(snapshot, project)
        for project in unpaid
        if complete(snapshot, "FUNDS", project)
    ]
    reason = Text(
        f"Без записано финансиране: {len(sectors)} сектора, {len(dry)} от {len(needs)} търсени "
        f"теми, {len(unpaid)} от {len(projects)} проекта.",
        f"Without recorded funding: {len(sectors)} sectors, {len(dry)} of {len(needs)} needed "
        f"themes, {len(unpaid)} of {len(projects)} projects.",
    )
    return answer(
        snapshot,
        G16,
        coverage=coverage,
        reason=reason,
        findings=findings,
        status="not recorded" if unpaid and not findings else status_of(findings),
        details=UnfundedSummary(without=tuple(sectors), themes=tuple(dry), projects=tuple(unpaid)),
    )


def _themes_of_projects(snapshot: Snapshot, funded: set[str]) -> set[str]:
    """What the funded projects are about; what a programme is about is not yet any project's."""
    return {
        tie.target
        for tie in snapshot.edges_of_kind("ADDRESSES")
        if tie.source in funded and tie.source.startswith("project:")
    }


def _funded(snapshot: Snapshot) -> set[str]:
    """What a funding ends at or a contribution goes to, and who takes part in such a project."""
    paid = {tie.target for tie in snapshot.edges_of_kind("FUNDS")}
    parts = [
        tie for tie in snapshot.edges_of_kind("PARTICIPATES_IN") if isinstance(tie, ParticipatesIn)
    ]
    paid |= {tie.target for tie in parts if tie.contribution_minor is not None}
    return paid | {
        tie.source for tie in parts if tie.target in paid and tie.target.startswith("project:")
    }


def _unfunded_members(snapshot: Snapshot, sector: str, funded: set[str]) -> bool:
    members = [actor.id for actor in snapshot.actors() if actor.sector == sector]
    return bool(members) and not funded & set(members)


def _gap(
    sure: bool,
    subject: str,
    n: int,
    statements: Iterable[str],
    *,
    sentence: Text,
    step: Text,
    headline: Text,
    closing: Text,
    asks: tuple[str, ...] = (),
) -> Gap:
    not_sure = Text(
        "Никой източник не обхваща финансирането изцяло.", "No source covers funding completely."
    )
    return Gap(
        rule="G16",
        subjects=(subject,),
        status="absent" if sure else "not recorded",
        sentence=sentence,
        step=step,
        asks=asks,
        headline=headline,
        closing=closing,
        n=n,
        value=0.0 if sure else None,
        unit=Text("записани финансирания", "recorded fundings"),
        expected=1.0,
        reason=None if sure else not_sure,
        statements=tuple(sorted(statements)),
    )


def _no_money_sector(snapshot: Snapshot, sector: str, sure: bool) -> Gap:
    name = word(sector)
    members = [actor.id for actor in snapshot.actors() if actor.sector == sector]
    said = Text("няма", "has no") if sure else Text("няма записано", "has no recorded")
    who, first = listed(snapshot, members, limit=3), brief(snapshot, members[0])
    return _gap(
        sure,
        f"sector:{sector}",
        len(members),
        members,
        sentence=Text(
            f"Сектор „{name.bg}“ {said.bg} финансиране.",
            f"The sector “{name.en}” {said.en} funding.",
        ),
        step=Text(
            f"Попитайте {first.bg} с какви средства работи.",
            f"Ask {first.en} on what money it works.",
        ),
        asks=(members[0],),
        headline=Text(
            f"Секторът „{name.bg}“ ({len(members)}) {said.bg} финансиране, пряко или през проект.",
            f"The sector “{name.en}” ({len(members)}) {said.en} funding, directly or by a project.",
        ),
        closing=sentences(
            Text(
                f"Попитайте с какви средства работят: {who.bg}",
                f"Ask on what money they work: {who.en}",
            )
        ),
    )


def _no_money_theme(snapshot: Snapshot, theme: str, sure: bool) -> Gap:
    name, short = shown(snapshot, theme), brief(snapshot, theme)
    needs = [
        tie
        for tie in snapshot.edges_of_kind("NEEDS")
        if tie.target == theme and tie.source in snapshot.members
    ]
    who = listed(snapshot, sorted({tie.source for tie in needs}))
    projects = [tie for tie in snapshot.edges_of_kind("ADDRESSES") if tie.target == theme]
    closing = Text(
        f"Намерете покана за финансиране по „{name.bg}“ и кандидатствайте",
        f"Find a call for funding on “{name.en}” and apply",
    )
    if projects:
        names = listed(snapshot, sorted({tie.source for tie in projects}))
        closing = Text(
            f"Запишете с какви средства се изпълняват: {names.bg}",
            f"Record on what money these run: {names.en}",
        )
    said = Text("няма", "there is no") if sure else Text("не е записан", "no")
    tail = Text("финансиран проект", "funded project" if sure else "funded project is recorded")
    return _gap(
        sure,
        theme,
        len(needs),
        (tie.id for tie in (*needs, *projects)),
        sentence=Text(
            f"„{short.bg}“ се търси, но {said.bg} {tail.bg} по темата.",
            f"“{short.en}” is needed, but {said.en} {tail.en} on the theme.",
        ),
        step=Text(
            f"Намерете покана за финансиране по „{short.bg}“ и кандидатствайте.",
            f"Find a call for funding on “{short.en}” and apply.",
        ),
        headline=Text(
            f"„{name.bg}“ се търси ({who.bg}), но {said.bg} {tail.bg} по темата.",
            f"“{name.en}” is needed ({who.en}), but {said.en} {tail.en} on the theme.",
        ),
        closing=sentences(closing),
    )


def _no_money_project(snapshot: Snapshot, project: str) -> Gap:
    name, short = shown(snapshot, project), brief(snapshot, project)
    return _gap(
        True,
        project,
        1,
        (project,),
        sentence=Text(
            f"Проектът „{short.bg}“ няма финансиране.", f"The project “{short.en}” has no money."
        ),
        step=Text(
            "Определете с водещия откъде ще дойдат средствата.",
            "Agree with the leader where the money will come from.",
        ),
        headline=sentences(
            Text(f"Проектът „{name.bg}“ няма финансиране", f"The project “{name.en}” has no money")
        ),
        closing=Text(
            "Определете с водещия откъде ще дойдат средствата.",
            "Agree with the leader where the money will come from.",
        ),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Sectors, themes and projects without recorded funding."""
    summary = result.details
    if not isinstance(summary, UnfundedSummary):
        return
    yield Table(
        Text("Сектори без записано финансиране", "Sectors without recorded funding"),
        (column("Сектор", "Sector"),),
        tuple((word(sector),) for sector in summary.without),
    )
    yield Table(
        Text("Теми без записано финансиране", "Themes without recorded funding"),
        (column("Тема", "Theme", "nodes"),),
        tuple(((theme,),) for theme in summary.themes),
    )
    yield Table(
        Text("Проекти без записано финансиране", "Projects without recorded funding"),
        (column("Проект", "Project", "nodes"),),
        tuple(((project,),) for project in summary.projects),
    )
