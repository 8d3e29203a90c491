"""Whose leaving would split the work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from ecosystem.analysis.cuts import Cuts, cuts
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    brief,
    counted,
    coverage_note,
    listed,
    offer_joint_work,
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
    title=Text("Единствена опора", "Held by one organisation"),
    group="hanging",
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
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class CutPointDetails(Details):
    """Of an articulation point: the parts left without it, and which two to introduce.

    Attributes
    ----------
    parts
        How many organisations each part holds, the largest first.
    cut_off
        Ids of those outside the largest.
    """

    parts: tuple[int, ...]
    cut_off: tuple[str, ...]
    introduce: tuple[str, str]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those who would lose touch."""
        return self.cut_off

    @property
    def introduction(self) -> tuple[str, ...]:
        """One of each of the two largest parts."""
        return self.introduce


def whose_leaving_would_split(snapshot: Snapshot) -> RuleResult:
    """The articulation points of W by impact, then id; the first hundred of them."""
    joined = work(snapshot)
    none = without_work(snapshot, G08, joined, "none found")
    if none:
        return none
    cut = cuts(joined)
    points = sorted(cut.points, key=lambda point: (-cut.impact(point), point))
    findings = [_split(snapshot, joined, cut, point) for point in points[:MOST_POINTS]]
    number = counted(
        len(points),
        ("опорна организация", "опорни организации"),
        ("organisation holds parts together", "organisations hold parts together"),
    )
    many = extent(joined)
    return answer(
        snapshot,
        G08,
        status=status_of(findings),
        findings=findings,
        total=len(points),
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=Text(f"{many.bg}: {number.bg}.", f"{many.en}: {number.en}."),
    )


def _split(snapshot: Snapshot, joined: nx.Graph, cut: Cuts, point: str) -> Gap:
    name, short = shown(snapshot, point), brief(snapshot, point)
    parts = cut.parts(point)
    pair = (
        best_connected(joined, parts[0], apart_from=point),
        best_connected(joined, parts[1], apart_from=point),
    )
    cut_off = tuple(actor for part in parts[1:] for actor in part)
    lost, many = listed(snapshot, cut_off), _losing(len(cut_off))
    first, second = (shown(snapshot, end) for end in pair)
    return Gap(
        rule="G08",
        subjects=(point,),
        status="single point",
        sentence=Text(
            f"Без {short.bg} {many.bg} връзка с останалите.",
            f"Without {short.en} {many.en} touch with the rest.",
        ),
        step=offer_joint_work(
            snapshot,
            pair,
            Text(
                f"по една от всяка страна, за да се държат и без {short.bg}",
                f"one from each side, so that they hold together without {short.en}",
            ),
        ),
        headline=sentences(
            Text(
                f"Без {name.bg} от останалите се откъсват: {lost.bg}",
                f"Without {name.en} these lose touch with the rest: {lost.en}",
            )
        ),
        closing=Text(
            f"Обща работа между {first.bg} и {second.bg}, без посредник.",
            f"Joint work between {first.en} and {second.en}, without a go-between.",
        ),
        n=len(joined),
        value=cut.impact(point),
        unit=Text("дял на двойките, които губят връзка", "share of pairs that lose touch"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(joined, joined.edges(point)))),
        details=CutPointDetails(
            parts=tuple(len(part) for part in parts), cut_off=cut_off, introduce=pair
        ),
    )


def _losing(number: int) -> Text:
    return counted(
        number,
        ("организация губи", "организации губят"),
        ("organisation would lose", "organisations would lose"),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Each point with what it holds together."""
    columns = (
        column("Организация", "Organisation", "nodes"),
        column("дял на прекъснатите двойки", "share of pairs cut off", "share", bar=True),
        column("частите след това", "the parts left"),
        column("да се запознаят", "to introduce", "nodes"),
    )
    rows = tuple(
        (gap.subjects[:1], gap.value, ", ".join(map(str, details.parts)), details.introduce)
        for gap, details in result.findings_with(CutPointDetails)
    )
    yield Table(Text("Единствените опори", "The single points"), columns, rows)
