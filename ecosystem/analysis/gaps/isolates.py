"""Who stands alone."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    complete,
    coverage_note,
    listed,
    met,
    organisations,
    sentences,
    shown,
    work,
)
from ecosystem.analysis.gaps.meeting import best_connected, parts_of
from ecosystem.analysis.gaps.results import (
    ESTABLISHED,
    STATUSES,
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
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

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


def who_stands_alone(snapshot: Snapshot) -> RuleResult:
    """Organisations without any tie among themselves, then small groups, larger first.

    The organisations stand in the order of ids, those with a need or an offer before the others.
    """
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G06, status="undefined", coverage=coverage, reason=NO_ACTORS)
    joined, meetings = work(snapshot), met(snapshot)
    alone = [v for v in sorted(joined) if not joined.degree(v) and not meetings.degree(v)]
    parts = parts_of(joined)
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
        (best_connected(joined, part), best_connected(joined, largest)),
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
        statements=tuple(sorted(tie_statements(joined, joined.edges(part)))),
        details={"met_outside": sorted({b for _, b in known}), "introduce": [one, other]},
    )


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("Състояние", "Status"),
        column("работи с външни", "works with outsiders", "nodes"),
        column("предлага или търси", "offers or needs", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects,
            STATUSES[gap.status],
            tuple(gap.details.get("outside", ())),
            tuple(gap.details.get("themes", ())),
        )
        for gap in result.findings
    )
    yield Table(Text("Кой стои отделно", "Who stands apart"), columns, rows)
