"""Whose leaving would split the work."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ecosystem.analysis.cuts import Cuts, cuts
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    counted,
    coverage_note,
    listed,
    sentences,
    shown,
    work,
)
from ecosystem.analysis.gaps.meeting import best_connected
from ecosystem.analysis.gaps.results import (
    ESTABLISHED,
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
from ecosystem.analysis.gaps.working import extent, tie_statements, without_work
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_POINTS = 100


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


def whose_leaving_would_split(snapshot: Snapshot) -> RuleResult:
    """The articulation points of W by impact, then id; the first hundred of them."""
    joined = work(snapshot)
    none = without_work(snapshot, G08, joined, "none found")
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
        reason=Text(f"{extent(joined).bg}: {number.bg}.", f"{extent(joined).en}: {number.en}."),
    )


def _split(snapshot: Snapshot, joined: nx.Graph, found: Cuts, point: str) -> Gap:
    name = shown(snapshot, point)
    parts = found.parts(point)
    first = best_connected(joined, parts[0], apart_from=point)
    second = best_connected(joined, parts[1], apart_from=point)
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
        statements=tuple(sorted(tie_statements(joined, joined.edges(point)))),
        details={
            "parts": [len(part) for part in parts],
            "cut_off": cut_off,
            "introduce": [first, second],
        },
    )


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("дял на прекъснатите двойки", "share of pairs cut off", "share", bar=True),
        column("частите след това", "the parts left"),
        column("да се запознаят", "to introduce", "nodes"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            gap.value,
            ", ".join(map(str, gap.details["parts"])),
            tuple(gap.details["introduce"] or ()),
        )
        for gap in result.findings
    )
    yield Table(Text("Единствените опори", "The single points"), columns, rows)
