"""Do the same few run everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ABSENCE_RULE,
    NO_ACTORS,
    brief,
    counted,
    listed,
    organisations,
    percent,
    sentences,
)
from ecosystem.analysis.gaps.results import (
    ESTABLISHED,
    Gap,
    Rule,
    RuleResult,
    answer,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_PROJECTS = 10

SAME_FEW = 0.5


G19 = Rule(
    id="G19",
    title=Text("Едни и същи", "The same few"),
    group="hanging",
    question=Text(
        "Каква част от проектите минава през едно и също тясно ядро от организации?",
        "Which share of the projects goes through one narrow core of organisations?",
    ),
    formula="share of the projects with a participant in the innermost k-core of the graph of "
    "organisations and projects; flagged where k >= 2, the core holds at most half of the "
    "organisations with a project, and its share of the projects is at least 1/2",
    explanation=Text(
        "Ядрото са организациите и проектите, останали, след като многократно се махат всички с "
        "по-малко от k връзки, при най-голямото възможно k. Това е предупреждение, не присъда: "
        "много проекти на един участник сами правят такова ядро.",
        "The core is what stays of organisations and projects when all with fewer than k ties are "
        "taken away again and again, at the largest possible k. It is a warning and no verdict: a "
        "participant with very many projects makes such a core by itself.",
    ),
    expected=Text("под половината от проектите", "less than half of the projects"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Нека следващият проект се води от организация извън ядрото, с партньор от него.",
        "Let an organisation from outside the core lead the next project, with a partner from it.",
    ),
    literature=(
        "Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), "
        "269-287.",
        "Borgatti, S. P., Everett, M. G. (1999). Models of core/periphery structures. Social "
        "Networks 21, 375-395.",
    ),
    judges=("PARTICIPATES_IN",),
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class SameFewDetails(Details):
    """The organisations of the core, and the projects in which they take part."""

    core: tuple[str, ...]
    projects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CoreSummary(Details):
    """The innermost core at ``k``, its share of the projects, and how many projects there are."""

    k: int
    core: tuple[str, ...]
    share: float
    projects: int


def do_the_same_few_run_everything(snapshot: Snapshot) -> RuleResult:
    """One gap where a narrow core carries half of the projects or more."""
    if not snapshot.actors():
        return answer(snapshot, G19, status="undefined", coverage=NO_ABSENCE_RULE, reason=NO_ACTORS)
    joined = _projects_and_actors(snapshot)
    projects = [node for node in joined if node.startswith("project:")]
    if len(projects) < FEWEST_PROJECTS:
        many = counted(len(projects), ("проект", "проекта"), ("project", "projects"))
        reason = Text(
            f"{many.bg} с местен участник; трябват поне {FEWEST_PROJECTS}.",
            f"{many.en} with a local participant; at least {FEWEST_PROJECTS} are needed.",
        )
        return answer(
            snapshot, G19, status="too few to tell", coverage=NO_ABSENCE_RULE, reason=reason
        )
    levels = nx.core_number(joined)
    k = max(levels.values())
    core = tuple(
        sorted(node for node in joined if levels[node] == k and not node.startswith("project:"))
    )
    carried = {project for actor in core for project in joined[actor]}
    busy = len(joined) - len(projects)
    share = len(carried) / len(projects)
    summary = CoreSummary(k=k, core=core, share=share, projects=len(projects))
    narrow = k > 1 and 2 * len(core) <= busy and share >= SAME_FEW
    findings = [_same_few(snapshot, joined, summary, carried)] if narrow else []
    return answer(
        snapshot,
        G19,
        status="found" if findings else "none found",
        coverage=NO_ABSENCE_RULE,
        reason=_reason(summary, busy),
        findings=findings,
        details=summary,
    )


def _reason(summary: CoreSummary, busy: int) -> Text:
    if summary.k == 1:
        return Text(
            f"{busy} организации в {summary.projects} проекта, без ядро: никъде две организации не "
            "делят два проекта.",
            f"{busy} organisations in {summary.projects} projects without a core: nowhere do two "
            "organisations share two projects.",
        )
    many, part = organisations(len(summary.core)), percent(summary.share)
    return Text(
        f"Ядро при k = {summary.k}: {many.bg} от {busy} с проект; участват в {part.bg} от "
        f"{summary.projects} проекта. Много от това се дължи на различния брой проекти на всяка.",
        f"Core at k = {summary.k}: {many.en} of {busy} with a project; they are in {part.en} of "
        f"{summary.projects} projects. Much of that follows from how many projects each has.",
    )


def _projects_and_actors(snapshot: Snapshot) -> nx.Graph:
    actors = {actor.id for actor in snapshot.actors()}
    joined = nx.Graph()
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if tie.source in actors and tie.target.startswith("project:"):
            joined.add_edge(tie.source, tie.target)
    return joined


def _same_few(snapshot: Snapshot, joined: nx.Graph, summary: CoreSummary, carried: set[str]) -> Gap:
    many, names = organisations(len(summary.core)), listed(snapshot, summary.core)
    part = percent(summary.share)
    ties = snapshot.edges_of_kind("PARTICIPATES_IN")
    inner = set(summary.core)
    rest = [node for node in joined if node not in inner and not node.startswith("project:")]
    rest.sort(key=lambda actor: (-joined.degree(actor), actor))
    next_ones = listed(snapshot, rest, limit=3)
    return Gap(
        rule="G19",
        subjects=summary.core,
        key="core",
        status="same few",
        sentence=Text(
            f"Едни и същи {many.bg} участват в {part.bg} от проектите.",
            f"The same {many.en} take part in {part.en} of the projects.",
        ),
        step=_next_leader(snapshot, rest),
        asks=tuple(rest[:1]),
        headline=Text(
            f"{many.bg} ({names.bg}) участват в {part.bg} от {summary.projects} проекта.",
            f"{many.en} ({names.en}) take part in {part.en} of {summary.projects} projects.",
        ),
        closing=sentences(
            Text(
                f"Предложете да водят следващия проект: {next_ones.bg}",
                f"Offer the lead of the next project to {next_ones.en}",
            )
        ),
        n=summary.projects,
        value=summary.share,
        unit=Text("дял на проектите с участник от ядрото", "share of projects with a core actor"),
        expected=SAME_FEW,
        statements=tuple(
            sorted(tie.id for tie in ties if tie.source in inner and tie.target in carried)
        ),
        details=SameFewDetails(core=summary.core, projects=tuple(sorted(carried))),
    )


def _next_leader(snapshot: Snapshot, rest: Sequence[str]) -> Text:
    if not rest:
        return Text(
            "Поканете нови организации в проект.", "Invite new organisations into a project."
        )
    name = brief(snapshot, rest[0])
    return Text(
        f"Предложете на {name.bg} да води следващия проект.",
        f"Offer {name.en} the lead of the next project.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """The organisations of the core."""
    summary = result.details
    if not isinstance(summary, CoreSummary):
        return
    share = percent(summary.share)
    yield Table(
        Text(f"Ядрото (k = {summary.k})", f"The core (k = {summary.k})"),
        (column("Организация", "Organisation", "nodes"),),
        tuple(((actor,),) for actor in summary.core),
        Text(
            f"Дял на проектите с участник от ядрото: {share.bg}.",
            f"Share of projects with an actor of the core: {share.en}.",
        ),
    )
