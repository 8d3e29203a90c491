"""Who stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from ecosystem.analysis.gaps.apart import Apart
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    brief,
    complete,
    coverage_note,
    few,
    institutions,
    listed,
    met,
    offer_joint_work,
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
    judged,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G06 = Rule(
    id="G06",
    title=Text("Организации без връзки", "Standing alone"),
    group="missing",
    question=Text(
        "Кои организации нямат записана връзка с никоя друга?",
        "Which organisations have no recorded tie with any other?",
    ),
    formula="{v in A: deg_W(v) = 0 and deg_M(v) = 0}, and components of W with 2 or more actors, "
    "the largest left out; apart: v that is PART_OF another in A or has one as its part, and "
    "components that belong with the largest to one institution so",
    explanation=Text(
        "Организации от обхвата без нито една работна връзка и без нито една обща среща с друга "
        "организация от обхвата. Отделно се изброяват малките групи, които работят само помежду "
        "си. Части на една институция не стоят сами и са настрана.",
        "Organisations of the scope with no work tie and no shared event with another organisation "
        "of the scope. Small groups that work only among themselves follow. Parts of one "
        "institution do not stand alone; they are listed apart.",
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
    judges=WORK_KINDS,
    occurrences=True,
)


@dataclass(frozen=True, kw_only=True)
class NoTieDetails(Details):
    """Of an organisation alone: with whom from elsewhere it is tied, and what could bring it in.

    Attributes
    ----------
    joint
        Projects and events in which it takes part.
    themes
        What it offers or needs.
    """

    outside: tuple[str, ...]
    joint: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SmallGroupDetails(Details):
    """Of a group apart: whom of the others it has met."""

    met_outside: tuple[str, ...]


def who_stands_alone(snapshot: Snapshot) -> RuleResult:
    """Organisations without any tie among themselves, then small groups, larger first.

    The organisations stand in the order of ids, those with a need or an offer before the others.
    """
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G06, status="undefined", coverage=coverage, reason=NO_ACTORS)
    joined, meetings = work(snapshot), met(snapshot)
    alone = [
        actor for actor in sorted(joined) if not joined.degree(actor) and not meetings.degree(actor)
    ]
    parts = parts_of(joined)
    # Where several are the largest none of them is the main body, and each is listed.
    single_largest = len(parts) < 2 or len(parts[0]) > len(parts[1])
    groups = [part for part in parts[single_largest:] if len(part) > 1]
    details_of = {actor: _no_tie(snapshot, actor) for actor in alone}
    alone.sort(key=lambda actor: not details_of[actor].themes)
    isolates = [_isolate(snapshot, actor, details_of[actor]) for actor in alone]
    small = [_group(snapshot, joined, meetings, part, parts[part == parts[0]]) for part in groups]
    others, kin = _of_institutions(snapshot, (*isolates, *small), parts[0])
    findings, aside = judged(snapshot, G06, others)
    apart = sum(gap.status == "small component" for gap in findings)
    none = Text("Без записана връзка", "Without a recorded tie")
    if snapshot.left_out.in_force:
        none = Text("Без връзка в сила", "Without a tie in force")
    reason = Text(
        f"{none.bg}: {len(findings) - apart} от {organisations(len(joined)).bg}; "
        f"отделни групи: {apart}; части на институция, настрана: {len(kin)}.",
        f"{none.en}: {len(findings) - apart} of {organisations(len(joined)).en}; "
        f"separate groups: {apart}; parts of an institution, listed apart: {len(kin)}.",
    )
    return answer(
        snapshot,
        G06,
        status=status_of(findings),
        coverage=coverage,
        reason=reason,
        findings=findings,
        aside=(*kin, *aside),
    )


def _of_institutions(
    snapshot: Snapshot, gaps: Iterable[Gap], largest: tuple[str, ...]
) -> tuple[list[Gap], list[Apart]]:
    """The gaps that are none of an institution's parts, and the others, set apart."""
    kin, main = institutions(snapshot), set(largest)
    others: list[Gap] = []
    parts: list[Apart] = []
    for gap in gaps:
        group = set(gap.subjects)
        ties = [
            (one, other)
            for one in sorted(group)
            for other in sorted(kin[one])
            if other not in group and (len(group) == 1 or other in main)
        ]
        if ties:
            parts.append(_part(snapshot, gap, ties, tie_statements(kin, ties)))
        else:
            others.append(gap)
    return others, parts


def _part(
    snapshot: Snapshot, gap: Gap, ties: Sequence[tuple[str, str]], statements: Iterable[str]
) -> Apart:
    named, own = listed(snapshot, gap.subjects), listed(snapshot, dict.fromkeys(a for a, _ in ties))
    others = listed(snapshot, dict.fromkeys(b for _, b in ties))
    if len(gap.subjects) > 1:
        named = Text(f"{named.bg}: {own.bg}", f"{named.en}: {own.en}")
    return Apart(
        gap=gap.id,
        subjects=gap.subjects,
        headline=Text(
            f"{named.bg} – от една институция с {others.bg}",
            f"{named.en} – of one institution with {others.en}",
        ),
        statements=tuple(sorted(statements)),
        doubtful=False,
    )


def _ties(snapshot: Snapshot, actor: str) -> list[Edge]:
    return [tie for tie in snapshot.edges_of(actor) if tie.kind in WORK_KINDS]


def _no_tie(snapshot: Snapshot, actor: str) -> NoTieDetails:
    ends = {tie.target if tie.source == actor else tie.source for tie in _ties(snapshot, actor)}
    joint = sorted(end for end in ends if snapshot.nodes[end].kind in ("Project", "Event"))
    known = {end for end in ends if snapshot.nodes[end].kind in ("Organisation", "City")}
    for shared in joint:
        parts = (tie for tie in snapshot.edges_of(shared) if tie.kind == "PARTICIPATES_IN")
        known |= {part.source for part in parts if part.target == shared}
    themes = sorted(
        tie.target for tie in snapshot.edges_of(actor) if tie.kind in ("OFFERS", "NEEDS")
    )
    return NoTieDetails(
        outside=tuple(sorted(known - {actor})), joint=tuple(joint), themes=tuple(themes)
    )


def _isolate(snapshot: Snapshot, actor: str, details: NoTieDetails) -> Gap:
    name = shown(snapshot, actor)
    sure = all(complete(snapshot, kind, actor) for kind in WORK_KINDS)
    seen = listed(snapshot, details.outside)
    none = Text("няма записана връзка", "no tie recorded")
    if snapshot.left_out.in_force:
        none = Text("няма връзка в сила", "no tie in force")
    headline = Text(
        f"{name.bg}: {none.bg} с друга организация",
        f"{name.en}: {none.en} with another organisation",
    )
    if details.outside:
        headline = Text(
            f"{name.bg}: {none.bg} с организация от обхвата, а само с: {seen.bg}",
            f"{name.en}: {none.en} with an organisation of the scope, only with {seen.en}",
        )
    joint = () if details.outside else details.joint
    return Gap(
        rule="G06",
        subjects=(actor,),
        status="absent" if sure else "no tie recorded",
        sentence=_by_itself(snapshot, actor, sure=sure),
        step=_first_step(snapshot, actor, joint, details.themes),
        headline=sentences(headline),
        closing=_approach(snapshot, name, joint, details.themes),
        n=len(snapshot.actors()),
        value=0.0,
        unit=Text("връзки с организации от обхвата", "ties with organisations of the scope"),
        statements=tuple(sorted((actor, *(tie.id for tie in _ties(snapshot, actor))))),
        details=details,
        asks=(joint or details.themes)[:1],
    )


def _by_itself(snapshot: Snapshot, actor: str, *, sure: bool) -> Text:
    name = brief(snapshot, actor)
    if sure:
        return Text(f"{name.bg} не работи с никого тук.", f"{name.en} works with nobody here.")
    if snapshot.left_out.in_force:
        return Text(
            f"{name.bg}: за нито една обща работа тук не се знае да е в сила.",
            f"{name.en}: no joint work here is known to be in force.",
        )
    return Text(
        f"{name.bg}: тук не е записана обща работа с никого.",
        f"{name.en}: no joint work with anybody here is recorded.",
    )


def _first_step(
    snapshot: Snapshot, actor: str, joint: Sequence[str], themes: Sequence[str]
) -> Text:
    name = brief(snapshot, actor)
    if joint:
        where = brief(snapshot, joint[0])
        return Text(
            f"Запишете кой още участва в „{where.bg}“.",
            f"Record who else takes part in “{where.en}”.",
        )
    if themes:
        theme = brief(snapshot, themes[0])
        return Text(
            f"Поканете {name.bg} на среща по „{theme.bg}“.",
            f"Invite {name.en} to a meeting on “{theme.en}”.",
        )
    return Text(
        f"Попитайте {name.bg} с кого работи и по какво.",
        f"Ask {name.en} with whom it works and on what.",
    )


def _approach(snapshot: Snapshot, name: Text, joint: Sequence[str], themes: Sequence[str]) -> Text:
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
    names, group = listed(snapshot, part), few(snapshot, part)
    known = sorted(
        (inner, outer) for inner in part for outer in meetings[inner] if outer not in set(part)
    )
    main = set(largest)
    pair = next(
        ((inner, outer) for inner, outer in known if outer in main),
        (best_connected(joined, part), best_connected(joined, largest)),
    )
    first, second = (shown(snapshot, end) for end in pair)
    met_before = Text("", "")
    why = Text("най-свързаните от двете страни", "the best connected of either side")
    if pair in known:
        why = Text("вече са се срещали", "they have met before")
        met_before = Text(f" ({why.bg})", f" ({why.en})")
    return Gap(
        rule="G06",
        subjects=part,
        status="small component",
        sentence=Text(
            f"{group.bg} работят само помежду си.", f"{group.en} work only with each other."
        ),
        step=offer_joint_work(snapshot, pair, why),
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
        details=SmallGroupDetails(met_outside=tuple(sorted({outer for _, outer in known}))),
        ties=(pair,),
        closes=True,
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Everybody who stands apart; a group has no cells of its own."""
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("Състояние", "Status"),
        column("работи с външни", "works with outsiders", "nodes"),
        column("предлага или търси", "offers or needs", "nodes"),
    )
    details_of = {gap.id: details for gap, details in result.findings_with(NoTieDetails)}
    rows = []
    for gap in result.findings:
        details = details_of.get(gap.id)
        ends = (details.outside, details.themes) if details else ((), ())
        rows.append((gap.subjects, STATUSES[gap.status], *ends))
    yield Table(Text("Кой стои отделно", "Who stands apart"), columns, tuple(rows))
