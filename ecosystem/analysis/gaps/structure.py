"""Who stands alone, and whom and what the whole hangs on."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ecosystem.analysis.cuts import Cuts, cuts
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    complete,
    counted,
    coverage_note,
    listed,
    met,
    organisations,
    sentences,
    shown,
    work,
)
from ecosystem.analysis.gaps.results import (
    ESTABLISHED,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

SMALLEST_SIDE = 3
MOST_BRIDGES = 12
MOST_POINTS = 100

NO_WORK = Text(
    "Между организациите от обхвата не е записана нито една работна връзка.",
    "No work tie among the organisations of the scope is recorded.",
)

G06 = Rule(
    id="G06",
    title=Text("Кой стои сам", "Who stands alone"),
    question=Text(
        "Кои организации нямат записана връзка с никоя друга?",
        "Which organisations have no recorded tie with any other?",
    ),
    formula="{v in A: deg_W(v) = 0 and deg_M(v) = 0}; apart: components of W with 2 or more "
    "actors, the largest left out",
    explanation=Text(
        "Организации от обхвата без нито една работна връзка и без нито една обща среща с друга "
        "организация от обхвата. Отделно се изброяват малките групи, които работят само помежду "
        "си.",
        "Organisations of the scope with no work tie and no shared event with another organisation "
        "of the scope. Small groups that work only among themselves are listed apart.",
    ),
    expected=Text("нито една", "none"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Първо проверете дали връзката липсва, или просто никой не я е записал. После поканете "
        "организацията на следващата среща по нейна тема.",
        "First find out whether the tie is missing or merely unrecorded. Then invite the "
        "organisation to the next meeting on a theme of its own.",
    ),
    literature=(
        "Smith, J. A., Moody, J. (2013). Structural effects of network sampling coverage I: Nodes "
        "missing at random. Social Networks 35(4), 652-668.",
    ),
)

G08 = Rule(
    id="G08",
    title=Text("Чие оттегляне би разделило мрежата", "Whose leaving would split it"),
    question=Text(
        "Коя организация държи заедно части, които без нея не работят помежду си?",
        "Which organisation holds together parts that do not work with each other without it?",
    ),
    formula="for each articulation point v of W: 1 - C(W - v) / (C(W) - (c_v - 1)); C counts "
    "connected pairs, c_v is the size of v's component",
    explanation=Text(
        "Дял на двойките организации, които биха престанали да се свързват в работата, ако тази "
        "се оттегли. Двойките на самата нея не се броят. 0 значи, че никой не губи връзка, 1 – че "
        "всички я губят.",
        "Share of the pairs of organisations that would no longer be connected in work if this one "
        "left. Its own pairs do not count. 0 means nobody loses touch, 1 that everybody does.",
    ),
    expected=Text("0: има и друг път", "0: there is another way round"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Създайте втори път: обща работа между частите, които тази организация свързва.",
        "Build a second way: joint work between the parts that this organisation connects.",
    ),
    literature=(
        "Borgatti, S. P. (2006). Identifying sets of key players in a social network. "
        "Computational and Mathematical Organization Theory 12, 21-34.",
        "Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on "
        "Computing 1(2), 146-160.",
    ),
)

G09 = Rule(
    id="G09",
    title=Text("Коя единствена връзка държи частите", "Which single tie holds parts together"),
    question=Text(
        "Коя връзка е единствената между две групи от поне три организации?",
        "Which tie is the only one between two groups of at least three organisations?",
    ),
    formula="for each bridge of W with a >= 3 and b >= 3 actors on its sides: ab / C(W); "
    "the 12 largest are listed",
    explanation=Text(
        "Дял на свързаните двойки организации, чийто път минава през тази единствена връзка.",
        "Share of the connected pairs of organisations whose way leads over this single tie.",
    ),
    expected=Text("няма такава връзка", "no such tie"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Потърсете втора връзка между двете страни.", "Ask for a second tie between the two sides."
    ),
    literature=(
        "Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology "
        "78(6), 1360-1380.",
    ),
)


def who_stands_alone(snapshot: Snapshot) -> RuleResult:
    """Organisations without any tie among themselves, then small groups, larger first.

    The organisations stand in the order of ids, those with a need or an offer before the others.
    """
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G06, status="undefined", coverage=coverage, reason=NO_ACTORS)
    joined, meetings = work(snapshot), met(snapshot)
    alone = [v for v in sorted(joined) if not joined.degree(v) and not meetings.degree(v)]
    parts = _components(joined)
    # Where several are the largest none of them is the main body, and each is listed.
    single_largest = len(parts) < 2 or len(parts[0]) > len(parts[1])
    groups = [part for part in parts[single_largest:] if len(part) > 1]
    findings = [_isolate(snapshot, identity) for identity in alone]
    findings.sort(key=lambda gap: not gap.details["themes"])
    findings += [
        _group(snapshot, joined, meetings, part, parts[part == parts[0]]) for part in groups
    ]
    reason = Text(
        f"Без записана връзка: {len(alone)} от {organisations(len(joined)).bg}; "
        f"отделни групи: {len(groups)}.",
        f"Without a recorded tie: {len(alone)} of {organisations(len(joined)).en}; "
        f"separate groups: {len(groups)}.",
    )
    return answer(
        snapshot,
        G06,
        status=status_of(findings),
        coverage=coverage,
        reason=reason,
        findings=findings,
    )


def _isolate(snapshot: Snapshot, identity: str) -> Gap:
    name = shown(snapshot, identity)
    sure = all(complete(snapshot, kind, identity) for kind in WORK_KINDS)
    ties = [edge for edge in snapshot.edges_of(identity) if edge.kind in WORK_KINDS]
    ends = {edge.target if edge.source == identity else edge.source for edge in ties}
    joint = sorted(i for i in ends if snapshot.nodes[i].kind in ("Project", "Event"))
    known = {i for i in ends if snapshot.nodes[i].kind in ("Organisation", "City")}
    for shared in joint:
        parts = (e for e in snapshot.edges_of(shared) if e.kind == "PARTICIPATES_IN")
        known |= {edge.source for edge in parts if edge.target == shared}
    outside = sorted(known - {identity})
    themes = sorted(
        edge.target for edge in snapshot.edges_of(identity) if edge.kind in ("OFFERS", "NEEDS")
    )
    seen = listed(snapshot, outside)
    headline = Text(
        f"{name.bg}: няма записана връзка с друга организация",
        f"{name.en}: no tie recorded with another organisation",
    )
    if outside:
        headline = Text(
            f"{name.bg}: няма записана връзка с организация от обхвата, а само с: {seen.bg}",
            f"{name.en}: no tie recorded with an organisation of the scope, only with {seen.en}",
        )
    return Gap(
        rule="G06",
        subjects=(identity,),
        status="absent" if sure else "no tie recorded",
        headline=sentences(headline),
        closing=_approach(snapshot, name, [] if outside else joint, themes),
        n=len(snapshot.actors()),
        value=0.0,
        unit=Text("връзки с организации от обхвата", "ties with organisations of the scope"),
        statements=tuple(sorted((identity, *(edge.id for edge in ties)))),
        details={"outside": outside, "joint": joint, "themes": themes},
    )


def _approach(snapshot: Snapshot, name: Text, joint: list[str], themes: list[str]) -> Text:
    where, subject = listed(snapshot, joint), listed(snapshot, themes)
    first = Text(
        f"Попитайте {name.bg} с кого и по какво работи, и го запишете с източник",
        f"Ask {name.en} with whom it works on what, and record that with a source",
    )
    if joint:
        first = Text(
            f"Запишете кой още участва в: {where.bg}", f"Record who else takes part in {where.en}"
        )
    if not themes:
        return sentences(first)
    meeting = Text(f"Поканете на среща по: {subject.bg}", f"Invite to a meeting on {subject.en}")
    return sentences(first, meeting)


def _group(
    snapshot: Snapshot,
    joined: nx.Graph,
    meetings: nx.Graph,
    part: tuple[str, ...],
    largest: tuple[str, ...],
) -> Gap:
    names = listed(snapshot, part)
    known = sorted(
        (one, other) for one in part for other in meetings[one] if other not in set(part)
    )
    main = set(largest)
    one, other = next(
        ((a, b) for a, b in known if b in main),
        (_best_connected(joined, part), _best_connected(joined, largest)),
    )
    first, second = shown(snapshot, one), shown(snapshot, other)
    met_before = Text("", "")
    if (one, other) in known:
        met_before = Text(" (вече са се срещали)", " (they have met before)")
    return Gap(
        rule="G06",
        subjects=part,
        status="small component",
        headline=sentences(
            Text(f"Работят само помежду си: {names.bg}", f"Work only with each other: {names.en}")
        ),
        closing=sentences(
            Text(
                f"Обща работа между {first.bg} и {second.bg}{met_before.bg}",
                f"Joint work between {first.en} and {second.en}{met_before.en}",
            )
        ),
        n=len(joined),
        value=float(len(part)),
        unit=Text("организации в групата", "organisations in the group"),
        statements=_tie_statements(joined, joined.edges(part)),
        details={"met_outside": sorted({b for _, b in known}), "introduce": [one, other]},
    )


def whose_leaving_would_split(snapshot: Snapshot) -> RuleResult:
    """The articulation points of W by impact, then id; the first hundred of them."""
    joined = work(snapshot)
    none = _without_work(snapshot, G08, joined)
    if none:
        return none
    found = cuts(joined)
    points = sorted(found.points, key=lambda point: (-found.impact(point), point))
    findings = [_split(snapshot, joined, found, point) for point in points[:MOST_POINTS]]
    number = counted(
        len(points),
        ("опорна организация", "опорни организации"),
        ("organisation holds parts together", "organisations hold parts together"),
    )
    return answer(
        snapshot,
        G08,
        status=status_of(findings),
        findings=findings,
        total=len(points),
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=Text(f"{_extent(joined).bg}: {number.bg}.", f"{_extent(joined).en}: {number.en}."),
    )


def _split(snapshot: Snapshot, joined: nx.Graph, found: Cuts, point: str) -> Gap:
    name = shown(snapshot, point)
    parts = found.parts(point)
    first = _best_connected(joined, parts[0], apart_from=point)
    second = _best_connected(joined, parts[1], apart_from=point)
    cut_off = [identity for part in parts[1:] for identity in part]
    lost = listed(snapshot, cut_off)
    one, other = shown(snapshot, first), shown(snapshot, second)
    return Gap(
        rule="G08",
        subjects=(point,),
        status="single point",
        headline=sentences(
            Text(
                f"Без {name.bg} от останалите се откъсват: {lost.bg}",
                f"Without {name.en} these lose touch with the rest: {lost.en}",
            )
        ),
        closing=Text(
            f"Обща работа между {one.bg} и {other.bg}, без посредник.",
            f"Joint work between {one.en} and {other.en}, without a go-between.",
        ),
        n=len(joined),
        value=found.impact(point),
        unit=Text("дял на двойките, които губят връзка", "share of pairs that lose touch"),
        expected=0.0,
        statements=_tie_statements(joined, joined.edges(point)),
        details={
            "parts": [len(part) for part in parts],
            "cut_off": cut_off,
            "introduce": [first, second],
        },
    )


def which_single_tie_holds(snapshot: Snapshot) -> RuleResult:
    """The bridges of W with three or more actors on both sides, by impact; the first twelve."""
    joined = work(snapshot)
    none = _without_work(snapshot, G09, joined)
    if none:
        return none
    found = cuts(joined)
    holding = [tie for tie in found.bridges if min(found.side_sizes(*tie)) >= SMALLEST_SIDE]
    holding.sort(key=lambda tie: (-found.bridge_impact(*tie), tie))
    findings = [_single_tie(snapshot, joined, found, tie) for tie in holding[:MOST_BRIDGES]]
    extent = _extent(joined)
    return answer(
        snapshot,
        G09,
        status=status_of(findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        total=len(holding),
        details={"bridges": len(found.bridges)},
        reason=Text(
            f"{extent.bg}: мостове с поне трима от всяка страна – {len(holding)} "
            f"(всички мостове – {len(found.bridges)}).",
            f"{extent.en}: bridges with three or more on both sides – {len(holding)} "
            f"(all bridges – {len(found.bridges)}).",
        ),
    )


def _single_tie(snapshot: Snapshot, joined: nx.Graph, found: Cuts, tie: tuple[str, str]) -> Gap:
    one, other = (shown(snapshot, end) for end in tie)
    here, there = found.sides(*tie)
    first = _best_connected(joined, here, apart_from=tie[0])
    second = _best_connected(joined, there, apart_from=tie[1])
    a, b = shown(snapshot, first), shown(snapshot, second)
    return Gap(
        rule="G09",
        subjects=tie,
        status="single tie",
        headline=Text(
            f"Само връзката {one.bg} – {other.bg} свързва група от {len(here)} с група "
            f"от {len(there)}.",
            f"Only the tie {one.en} – {other.en} joins a group of {len(here)} with a group "
            f"of {len(there)}.",
        ),
        closing=sentences(
            Text(
                f"Втора връзка, например между {a.bg} и {b.bg}",
                f"A second tie, for example between {a.en} and {b.en}",
            )
        ),
        n=len(joined),
        value=found.bridge_impact(*tie),
        unit=Text("дял на двойките през тази връзка", "share of pairs over this tie"),
        expected=0.0,
        statements=_tie_statements(joined, [tie]),
        details={"sizes": [len(here), len(there)], "introduce": [first, second]},
    )


def _without_work(snapshot: Snapshot, rule: Rule, joined: nx.Graph) -> RuleResult | None:
    if not joined:
        return answer(
            snapshot,
            rule,
            status="undefined",
            coverage=coverage_note(snapshot, *WORK_KINDS),
            reason=NO_ACTORS,
        )
    if joined.number_of_edges():
        return None
    coverage = coverage_note(snapshot, *WORK_KINDS)
    sure = all(complete(snapshot, kind) for kind in WORK_KINDS)
    return answer(
        snapshot,
        rule,
        status="none found" if sure else "not recorded",
        coverage=coverage,
        reason=NO_WORK,
    )


def _extent(joined: nx.Graph) -> Text:
    tied = sum(1 for _, degree in joined.degree() if degree)
    return Text(
        f"{tied} от {organisations(len(joined)).bg} имат записани работни връзки",
        f"{tied} of {organisations(len(joined)).en} have recorded work ties",
    )


def _components(graph: nx.Graph) -> list[tuple[str, ...]]:
    parts = (tuple(sorted(part)) for part in nx.connected_components(graph))
    return sorted(parts, key=lambda part: (-len(part), part))


def _best_connected(graph: nx.Graph, among: Iterable[str], apart_from: str = "") -> str:
    # Someone without a tie to ``apart_from`` gives the more independent second way.
    # ``apart_from`` itself comes last.
    return min(
        among,
        key=lambda v: (v == apart_from, graph.has_edge(v, apart_from), -graph.degree(v), v),
    )


def _tie_statements(graph: nx.Graph, ties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({s for tie in ties for s in graph.edges[tie].get("statements", ())}))
