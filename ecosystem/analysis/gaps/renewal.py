"""Do the same few run everything, and is the ecosystem renewing."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from ecosystem.analysis.gaps.cohesion import whole
from ecosystem.analysis.gaps.laws import (
    NO_ABSENCE_RULE,
    NO_ACTORS,
    WORK_KINDS,
    complete,
    counted,
    coverage_note,
    listed,
    organisations,
    percent,
    sentences,
)
from ecosystem.analysis.gaps.results import (
    ESTABLISHED,
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    Status,
    answer,
)
from ecosystem.snapshot import Snapshot, period
from ecosystem.values import OPEN_END, Text

FEWEST_PROJECTS = 10
SAME_FEW = 0.5
SPAN = 3

G19 = Rule(
    id="G19",
    title=Text("Едни и същи ли вършат всичко", "Do the same few run everything"),
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
)

G20 = Rule(
    id="G20",
    title=Text("Обновява ли се екосистемата", "Is it renewing"),
    question=Text(
        "Идват ли нови организации, или работят все същите?",
        "Do new organisations come, or is it always the same ones?",
    ),
    formula="organisations whose first dated tie falls in the last three full years / all with a "
    "dated tie by then, against the three years before; undated ones are left out and counted",
    explanation=Text(
        "Организация е нова в годината на първата си датирана връзка: проект, събитие, "
        "финансиране, партньорство, членство. Спад значи затваряне, но само ако източниците "
        "обхващат и последните години; иначе значи, че никой не ги е записал.",
        "An organisation is new in the year of its first dated tie: a project, event, funding, "
        "partnership, membership. A fall means closure, but only where the sources cover the last "
        "years too; otherwise it means that nobody recorded them.",
    ),
    expected=Text("колкото през предишните три години", "as in the three years before"),
    maturity=OWN_RULE,
    remedy=Text(
        "Отворете следващата покана за организации, които още не са участвали.",
        "Open the next call to organisations that have not taken part yet.",
    ),
    literature=(
        "Guimera, R., Uzzi, B., Spiro, J., Amaral, L. A. N. (2005). Team assembly mechanisms "
        "determine collaboration network structure and team performance. Science 308, 697-702.",
    ),
)


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
    core = sorted(v for v in joined if levels[v] == k and not v.startswith("project:"))
    carried = {project for actor in core for project in joined[actor]}
    busy = len(joined) - len(projects)
    share = len(carried) / len(projects)
    narrow = k > 1 and 2 * len(core) <= busy and share >= SAME_FEW
    part, names = percent(share), listed(snapshot, core)
    many = organisations(len(core))
    reason = Text(
        f"Ядро при k = {k}: {many.bg} от {busy} с проект; участват в {part.bg} от {len(projects)} "
        "проекта. Много от това се дължи на различния брой проекти на всяка.",
        f"Core at k = {k}: {many.en} of {busy} with a project; they are in {part.en} of "
        f"{len(projects)} projects. Much of that follows from how many projects each has.",
    )
    if k == 1:
        reason = Text(
            f"{busy} организации в {len(projects)} проекта, без ядро: никъде две организации не "
            "делят два проекта.",
            f"{busy} organisations in {len(projects)} projects without a core: nowhere do two "
            "organisations share two projects.",
        )
    findings = []
    if narrow:
        findings = [
            _same_few(
                snapshot,
                joined,
                core,
                carried,
                Text(
                    f"{many.bg} ({names.bg}) участват в {part.bg} от {len(projects)} проекта.",
                    f"{many.en} ({names.en}) take part in {part.en} of {len(projects)} projects.",
                ),
            )
        ]
    return answer(
        snapshot,
        G19,
        status="found" if findings else "none found",
        coverage=NO_ABSENCE_RULE,
        reason=reason,
        findings=findings,
        details={"k": k, "core": core, "share": share, "projects": len(projects)},
    )


def _projects_and_actors(snapshot: Snapshot) -> nx.Graph:
    actors = {actor.id for actor in snapshot.actors()}
    joined = nx.Graph()
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if tie.source in actors and tie.target.startswith("project:"):
            joined.add_edge(tie.source, tie.target)
    return joined


def _same_few(
    snapshot: Snapshot, joined: nx.Graph, core: list[str], carried: set[str], headline: Text
) -> Gap:
    projects = sum(1 for node in joined if node.startswith("project:"))
    ties = snapshot.edges_of_kind("PARTICIPATES_IN")
    inner = set(core)
    rest = [v for v in joined if v not in inner and not v.startswith("project:")]
    rest.sort(key=lambda v: (-joined.degree(v), v))
    next_ones = listed(snapshot, rest, limit=3)
    return Gap(
        rule="G19",
        subjects=tuple(core),
        key="core",
        status="same few",
        headline=headline,
        closing=sentences(
            Text(
                f"Предложете да водят следващия проект: {next_ones.bg}",
                f"Offer the lead of the next project to {next_ones.en}",
            )
        ),
        n=projects,
        value=len(carried) / projects,
        unit=Text("дял на проектите с участник от ядрото", "share of projects with a core actor"),
        expected=SAME_FEW,
        statements=tuple(sorted(t.id for t in ties if t.source in inner and t.target in carried)),
        details={"core": core, "projects": sorted(carried)},
    )


def is_it_renewing(snapshot: Snapshot) -> RuleResult:
    """One gap where fewer new organisations came in the last three full years than before."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G20, status="undefined", coverage=coverage, reason=NO_ACTORS)
    first = first_years(snapshot)
    undated = len(snapshot.actors()) - len(first)
    if not first or snapshot.as_of == OPEN_END:
        reason = Text(
            "Нито една организация няма датирана връзка."
            if not first
            else "Не е избрана дата, до която да се броят годините.",
            "No organisation has a dated tie."
            if not first
            else "No date is chosen up to which to count the years.",
        )
        return answer(
            snapshot,
            G20,
            status="undefined" if first else "not recorded",
            coverage=coverage,
            reason=reason,
        )
    last = int(snapshot.as_of[:4]) - (snapshot.as_of[5:] != "12-31")
    years = Counter(year for year, _ in first.values())
    spans = [(last - SPAN + 1, last), (last - 2 * SPAN + 1, last - SPAN)]
    new, before = (sum(years[y] for y in range(low, high + 1)) for low, high in spans)
    then, earlier = (sum(n for y, n in years.items() if y <= high) for _, high in spans)
    note = Text(f"{undated} без датирана връзка", f"{undated} without a dated tie")
    reason = Text(
        f"Нови през {spans[0][0]}–{spans[0][1]}: {new} от {then}; през "
        f"{spans[1][0]}–{spans[1][1]}: {before} от {earlier}. Извън сметката: {note.bg}.",
        f"New in {spans[0][0]}–{spans[0][1]}: {new} of {then}; in {spans[1][0]}–{spans[1][1]}: "
        f"{before} of {earlier}. Left out: {note.en}.",
    )
    details = {
        "years": {str(y): n for y, n in sorted(years.items())},
        "undated": undated,
        "new": new,
        "before": before,
    }
    if not earlier:
        return answer(
            snapshot,
            G20,
            status="too few to tell",
            coverage=coverage,
            reason=reason,
            details=details,
        )
    falling = new / then < before / earlier
    findings = [_closing_in(snapshot, first, spans, (new, then, before, earlier))]
    status: Status = "found" if findings[0].status == "falling" else "not recorded"
    return answer(
        snapshot,
        G20,
        status=status if falling else "none found",
        coverage=coverage,
        reason=reason,
        findings=findings if falling else (),
        details=details,
    )


def first_years(snapshot: Snapshot) -> dict[str, tuple[int, str]]:
    """Per organisation of the scope the year and id of its first dated tie of work or meeting."""
    actors = {actor.id for actor in snapshot.actors()}
    found: dict[str, tuple[int, str]] = {}
    for tie in snapshot.edges_of_kind(*WORK_KINDS):
        since = period(snapshot.dataset, tie).since
        if tie.target.startswith("project:"):
            since = since or snapshot.nodes[tie.target].period.since
        if not since or tie.source.startswith("person:"):
            continue
        for end in (tie.source, tie.target):
            if end in actors:
                found[end] = min(found.get(end, (9999, "")), (int(since[:4]), tie.id))
    return dict(sorted(found.items()))


def _closing_in(
    snapshot: Snapshot,
    first: dict[str, tuple[int, str]],
    spans: list[tuple[int, int]],
    numbers: tuple[int, int, int, int],
) -> Gap:
    new, then, before, earlier = numbers
    sure = all(complete(snapshot, kind) for kind in WORK_KINDS)
    subjects, key = whole(snapshot)
    now, past = percent(new / then), percent(before / earlier)
    closing = Text(
        "Поканете в следващия проект организации, които още не са участвали (вж. G06).",
        "Invite organisations into the next project that have not taken part yet (see G06).",
    )
    if not sure:
        closing = Text(
            f"Първо запишете проектите и събитията от {spans[0][0]} г. насам; ако спадът остане, "
            "поканете нови организации.",
            f"First record the projects and events since {spans[0][0]}; if the fall remains, "
            "invite new organisations.",
        )
    return Gap(
        rule="G20",
        subjects=subjects,
        key=key,
        status="falling" if sure else "not recorded",
        headline=Text(
            f"Новите през {spans[0][0]}–{spans[0][1]} са {now.bg} от всички, през "
            f"{spans[1][0]}–{spans[1][1]} – {past.bg}.",
            f"New ones are {now.en} of all in {spans[0][0]}–{spans[0][1]}, and {past.en} in "
            f"{spans[1][0]}–{spans[1][1]}.",
        ),
        closing=closing,
        n=len(first),
        value=new / then,
        unit=Text("дял на новите за три години", "share of new ones in three years"),
        expected=before / earlier,
        reason=None
        if sure
        else Text(
            "Никой източник не обхваща изцяло последните години, затова спадът може да е липса на "
            "записи.",
            "No source covers the last years completely, so the fall may be a lack of records.",
        ),
        statements=tuple(sorted({identity for _, identity in first.values()})),
    )
