"""Which single tie holds parts together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ecosystem.analysis.gaps.details import Details, Look
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    brief,
    coverage_note,
    offer_joint_work,
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

SMALLEST_SIDE = 3

MOST_BRIDGES = 12


G09 = Rule(
    id="G09",
    title=Text("Единствена връзка", "Held by one tie"),
    group="hanging",
    question=Text(
        "Коя връзка е единствената между две групи от поне три организации?",
        "Which tie is the only one between two groups of at least three organisations?",
    ),
    formula="for each tie of W between two institutions (PART_OF) that is a bridge of W+, W with "
    "the PART_OF ties among A, with a >= 3 and b >= 3 actors on its sides: ab / C(W+); other "
    "bodies of the institutions of its two ends count in none; the 12 largest are listed",
    explanation=Text(
        "Дял на свързаните двойки организации, чийто път минава през тази единствена връзка. "
        "Звената на една институция не се губят едно друго; другите звена на двете организации "
        "не се броят.",
        "Share of the connected pairs of organisations whose way leads over this single tie. "
        "Bodies of one institution do not lose each other; other bodies of the two ends do not "
        "count.",
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
    judges=WORK_KINDS,
    whole=True,
    reads=("PART_OF",),
)


@dataclass(frozen=True, kw_only=True)
class BridgeDetails(Details):
    """Of a bridge: how many stand on its sides, and the bodies of its ends that do not count."""

    look: ClassVar[Look | None] = "tie"

    sizes: tuple[int, int]
    own: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BridgesSummary(Details):
    """How many bridges W+ has, those with a small side and within an institution among them."""

    bridges: int


def which_single_tie_holds(snapshot: Snapshot) -> RuleResult:
    """The bridges of W with three or more actors on both sides, by impact; the first twelve."""
    held = Holding(snapshot)
    none = without_work(snapshot, G09, held.work, "none found")
    if none:
        return none
    cut = held.cuts
    impact = {
        tie: cut.bridge_impact(*tie, _beside(held, tie))
        for tie in cut.bridges
        if min(_sizes(held, tie)) >= SMALLEST_SIDE and not held.of_one(*tie)
    }
    holding = sorted(impact, key=lambda tie: (-impact[tie], tie))
    findings = [_single_tie(snapshot, held, tie, impact[tie]) for tie in holding[:MOST_BRIDGES]]
    many = extent(held.work)
    return answer(
        snapshot,
        G09,
        status=status_of(findings),
        findings=findings,
        coverage=coverage_note(snapshot, *WORK_KINDS),
        total=len(holding),
        details=BridgesSummary(bridges=len(cut.bridges)),
        reason=Text(
            f"{many.bg}: мостове с поне трима от всяка страна – {len(holding)} "
            f"(всички мостове – {len(cut.bridges)}).",
            f"{many.en}: bridges with three or more on both sides – {len(holding)} "
            f"(all bridges – {len(cut.bridges)}).",
        ),
    )


def _beside(held: Holding, tie: tuple[str, str]) -> tuple[int, int]:
    """How many bodies of its ends' institutions do not count; each is on the side of its end."""
    return len(held.bodies(tie[0])), len(held.bodies(tie[1]))


def _sizes(held: Holding, tie: tuple[str, str]) -> tuple[int, int]:
    a, b = held.cuts.side_sizes(*tie)
    beside = _beside(held, tie)
    return a - beside[0], b - beside[1]


def _single_tie(snapshot: Snapshot, held: Holding, tie: tuple[str, str], impact: float) -> Gap:
    one, other = (shown(snapshot, end) for end in tie)
    own, joined = held.bodies(tie[0]) | held.bodies(tie[1]), held.work
    here, there = ([a for a in side if a not in own] for side in held.cuts.sides(*tie))
    pair = (
        best_connected(joined, here, apart_from=tie[0]),
        best_connected(joined, there, apart_from=tie[1]),
    )
    first, second = (shown(snapshot, end) for end in pair)
    return Gap(
        rule="G09",
        subjects=tie,
        status="single tie",
        sentence=_alone(snapshot, tie),
        step=offer_joint_work(
            snapshot,
            pair,
            Text(
                "по една от всяка страна, за да не зависят от една връзка",
                "one from each side, so that not all hangs on one tie",
            ),
        ),
        headline=Text(
            f"Само връзката {one.bg} – {other.bg} свързва група от {len(here)} с група "
            f"от {len(there)}.",
            f"Only the tie {one.en} – {other.en} joins a group of {len(here)} with a group "
            f"of {len(there)}.",
        ),
        closing=sentences(
            Text(
                f"Втора връзка, например между {first.bg} и {second.bg}",
                f"A second tie, for example between {first.en} and {second.en}",
            )
        ),
        n=len(joined),
        value=impact,
        unit=Text("дял на двойките през тази връзка", "share of pairs over this tie"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(joined, [tie]))),
        details=BridgeDetails(sizes=(len(here), len(there)), own=tuple(sorted(own))),
        ties=(pair,),
        closes=True,
    )


def _alone(snapshot: Snapshot, tie: tuple[str, str]) -> Text:
    one, other = (brief(snapshot, end) for end in tie)
    return Text(
        f"Само връзката {one.bg} – {other.bg} държи две групи заедно.",
        f"Only the tie {one.en} – {other.en} holds two groups together.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Each tie with its sides and a second way."""
    columns = (
        column("Връзка между", "Tie between", "nodes"),
        column("от двете страни", "on either side"),
        column("дял на прекъснатите двойки", "share of pairs cut off", "share", bar=True),
        column("втора връзка чрез", "a second tie by", "nodes"),
    )
    rows = tuple(
        (gap.subjects, " + ".join(map(str, details.sizes)), gap.value, gap.ties[0])
        for gap, details in result.findings_with(BridgeDetails)
    )
    yield Table(Text("Единствените връзки", "The single ties"), columns, rows)
