"""Whose leaving would split the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecosystem.analysis.gaps.apart import Apart
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    brief,
    counted,
    coverage_note,
    listed,
    offer_joint_work,
    organisations,
    sentences,
    shown,
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
from ecosystem.analysis.gaps.working import Holding, extent, tie_statements, without_work
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_POINTS = 100
MOST_TIES = 3


G08 = Rule(
    id="G08",
    title=Text("Единствена опора", "Held by one organisation"),
    group="hanging",
    question=Text(
        "Коя организация държи заедно части, които без нея не работят помежду си?",
        "Which organisation holds together parts that do not work with each other without it?",
    ),
    formula="for each articulation point v of W+, W with the PART_OF ties among A: 1 - C(W+ - v) "
    "/ C(W+); C counts connected pairs of organisations that are not v and of no institution "
    "(PART_OF) with v; apart: v without which only bodies of its own institution are cut off",
    explanation=Text(
        "Дял на двойките организации, които биха престанали да се свързват в работата, ако тази "
        "се оттегли. Двойките на самата нея и на другите звена на нейната институция не се броят. "
        "0 значи, че никой не губи връзка, 1 – че всички я губят.",
        "Share of the pairs of organisations that would no longer be connected in work if this one "
        "left. Its own pairs and those of other bodies of its institution do not count. 0 means "
        "nobody loses touch, 1 that everybody does.",
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
    reads=("PART_OF",),
)


@dataclass(frozen=True, kw_only=True)
class CutPointDetails(Details):
    """Of an articulation point: the parts left without it.

    Attributes
    ----------
    parts
        How many organisations each part holds, the largest first; those of its institution apart.
    cut_off
        Ids of those outside the largest.
    own
        Ids of the bodies of its own institution that hang on it as well.
    """

    parts: tuple[int, ...]
    cut_off: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those who would lose touch."""
        return self.cut_off


def whose_leaving_would_split(snapshot: Snapshot) -> RuleResult:
    """The articulation points of W+ by impact, then id; the first hundred of them."""
    holding = Holding(snapshot)
    none = without_work(snapshot, G08, holding.work, "none found")
    if none:
        return none
    cut = holding.cuts
    bodies = {point: holding.bodies(point) for point in cut.points}
    points = [point for point in cut.points if len(cut.sizes(point, bodies[point])) > 1]
    points.sort(key=lambda point: (-cut.impact(point, bodies[point]), point))
    findings = [_split(snapshot, holding, point) for point in points[:MOST_POINTS]]
    own = [point for point in cut.points if point not in set(points)]
    number = counted(
        len(points),
        ("опорна организация", "опорни организации"),
        ("organisation holds parts together", "organisations hold parts together"),
    )
    many = extent(holding.work)
    return answer(
        snapshot,
        G08,
        status=status_of(findings),
        findings=findings,
        total=len(points),
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=Text(f"{many.bg}: {number.bg}.", f"{many.en}: {number.en}."),
        aside=[_of_its_own(snapshot, holding, point) for point in own[:MOST_POINTS]],
    )


def _of_its_own(snapshot: Snapshot, holding: Holding, point: str) -> Apart:
    """A point without which only bodies of its institution, or nobody, would lose touch."""
    name, own = shown(snapshot, point), listed(snapshot, _cut_off(holding, point)[1])
    ties = holding.work.edges(point)
    return Apart(
        gap=f"G08|{point}",
        subjects=(point,),
        headline=Text(
            f"На {name.bg} се държат само звена на същата институция: {own.bg}",
            f"Only bodies of its own institution hang on {name.en}: {own.en}",
        ),
        statements=tuple(sorted(tie_statements(holding.work, ties))),
        doubtful=False,
    )


def _cut_off(holding: Holding, point: str) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The parts without a point, of others only and the largest first, and its own bodies.

    Of the bodies those that are not in the part with most of the others.
    """
    bodies, whole = holding.bodies(point), holding.cuts.parts(point)
    parts = [(tuple(actor for actor in part if actor not in bodies), part) for part in whole]
    parts.sort(key=lambda pair: (-len(pair[0]), pair))
    own = (actor for _, part in parts[1:] for actor in part if actor in bodies)
    return [others for others, _ in parts if others], tuple(sorted(own))


def _split(snapshot: Snapshot, holding: Holding, point: str) -> Gap:
    name, short = shown(snapshot, point), brief(snapshot, point)
    parts, own = _cut_off(holding, point)
    main, *lesser = (best_connected(holding.work, part, apart_from=point) for part in parts)
    pairs = tuple((main, other) for other in lesser[:MOST_TIES])
    cut_off = tuple(actor for part in parts[1:] for actor in part)
    lost, many = listed(snapshot, cut_off), _losing(len(cut_off))
    beside = listed(snapshot, own)
    headline = [
        Text(
            f"Без {name.bg} от останалите се откъсват: {lost.bg}",
            f"Without {name.en} these lose touch with the rest: {lost.en}",
        )
    ]
    if own:
        headline.append(
            Text(
                f"На нея се държат и звена на същата институция, които не се броят: {beside.bg}",
                f"Bodies of its own institution hang on it as well and do not count: {beside.en}",
            )
        )
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
            pairs[0],
            Text(
                f"по една от всяка страна, за да се държат и без {short.bg}",
                f"one from each side, so that they hold together without {short.en}",
            ),
        ),
        headline=sentences(*headline),
        closing=_closing(snapshot, parts, pairs),
        n=len(holding.work),
        value=holding.cuts.impact(point, holding.bodies(point)),
        unit=Text("дял на двойките, които губят връзка", "share of pairs that lose touch"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(holding.work, holding.work.edges(point)))),
        details=CutPointDetails(parts=tuple(len(part) for part in parts), cut_off=cut_off, own=own),
        ties=pairs,
        closes=len(lesser) <= MOST_TIES,
    )


def _closing(
    snapshot: Snapshot, parts: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]
) -> Text:
    """The joint works that make the parts one, and who is cut off all the same."""
    named = [(shown(snapshot, one), shown(snapshot, other)) for one, other in pairs]
    first = Text(
        "Обща работа без посредник: " + "; ".join(f"{a.bg} – {b.bg}" for a, b in named),
        "Joint work without a go-between: " + "; ".join(f"{a.en} – {b.en}" for a, b in named),
    )
    left = sum(len(part) for part in parts[len(pairs) + 1 :])
    if not left:
        return sentences(first)
    many = organisations(sum(len(part) for part in parts[1:]))
    return sentences(
        first,
        Text(
            f"Така от {many.bg}, които губят връзка, остават {left}",
            f"Of {many.en} that would lose touch that leaves {left}",
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
        column("звена на същата институция", "bodies of its own institution", "nodes"),
    )
    rows = tuple(
        (gap.subjects[:1], gap.value, ", ".join(map(str, details.parts)), gap.ties[0], details.own)
        for gap, details in result.findings_with(CutPointDetails)
    )
    yield Table(Text("На кого се държат другите", "On whom others hang"), columns, rows)
