"""How far apart the organisations are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from ecosystem import figures
from ecosystem.analysis.breadth import steps_between
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    as_a_whole,
    coverage_note,
    decimal,
    organisations,
    percent,
    work,
)
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.tables import (
    Cell,
    Table,
    column,
)
from ecosystem.analysis.gaps.working import tie_statements, without_work
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FEWEST_FOR_DISTANCE = 10


G22 = Rule(
    id="G22",
    title=Text("Път между организациите", "Distance between organisations"),
    group="figures",
    question=Text(
        "През колко стъпки обща работа стигат организациите една до друга?",
        "Over how many steps of joint work do the organisations reach each other?",
    ),
    formula="global efficiency of W = sum_(i != j) 1/d(i, j) / (n (n - 1)); beside it the mean "
    "d(i, j) in the largest component and that component's share of n",
    explanation=Text(
        "Средната обратна стойност на разстоянието между всички двойки: 1, когато всеки работи с "
        "всеки, 0, когато никой не работи с никого; недостижимите тежат 0. Средният път се дава "
        "само за най-голямата свързана част, затова до него стои нейният дял.",
        "The mean inverse distance over all pairs: 1 where everybody works with everybody, 0 where "
        "nobody works with anybody; those out of reach count 0. The mean path is that of the "
        "largest connected part alone, so the share of that part stands beside it.",
    ),
    expected=Text(
        "няма норма; сравнявайте с друга дата или друг град",
        "no norm; compare with another date or another city",
    ),
    maturity=ESTABLISHED,
    remedy=Text(
        "Вижте в G10 кои запознанства скъсяват най-много пътища.",
        "See in G10 which introductions shorten most ways.",
    ),
    literature=(
        "Latora, V., Marchiori, M. (2001). Efficient behavior of small-world networks. Physical "
        "Review Letters 87, 198701.",
    ),
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class DistanceDetails(Details):
    """The mean path of the largest connected part, and how many organisations it holds."""

    mean_path: float
    largest: int


def how_far_apart(snapshot: Snapshot) -> RuleResult:
    """One gap that holds the efficiency, with no judgement of it; too few below ten."""
    joined = work(snapshot)
    none = without_work(snapshot, G22, joined)
    if none:
        return none
    coverage = coverage_note(snapshot, *WORK_KINDS)
    many = organisations(len(joined))
    if len(joined) < FEWEST_FOR_DISTANCE:
        reason = Text(
            f"{many.bg}; трябват поне {FEWEST_FOR_DISTANCE}.",
            f"{many.en}; at least {FEWEST_FOR_DISTANCE} are needed.",
        )
        return answer(snapshot, G22, status="too few to tell", coverage=coverage, reason=reason)
    efficiency, mean, size = distances(joined)
    measured = _measured(snapshot, joined, efficiency, mean, size)
    return answer(
        snapshot,
        G22,
        status="found",
        coverage=coverage,
        findings=[measured],
        reason=Text(
            f"Измерено върху {many.bg}. Числото няма норма: служи за сравнение.",
            f"Measured on {many.en}. The number has no norm: it serves to compare.",
        ),
    )


def _measured(
    snapshot: Snapshot, joined: nx.Graph, efficiency: float, mean: float, size: int
) -> Gap:
    many, share = organisations(len(joined)), percent(size / len(joined))
    value, steps = figures.both(figures.number, efficiency, digits=2), decimal(mean, 1)
    subjects, key = as_a_whole(snapshot)
    return Gap(
        rule="G22",
        subjects=subjects,
        key=key,
        status="measured",
        sentence=Text(
            f"В най-голямата свързана част пътят между две организации е средно {steps.bg} стъпки.",
            f"In the largest connected part two organisations are {steps.en} steps apart on "
            "average.",
        ),
        step=Text(
            "Направете запознанствата, които скъсяват най-много пътища.",
            "Make the introductions that shorten most ways.",
        ),
        headline=Text(
            f"Глобална ефективност {value.bg}. В най-голямата свързана част ({size} от {many.bg}, "
            f"{share.bg}) пътят е средно {steps.bg} стъпки.",
            f"Global efficiency {value.en}. In the largest connected part ({size} of {many.en}, "
            f"{share.en}) the way is {steps.en} steps on average.",
        ),
        closing=G22.remedy,
        n=len(joined),
        value=efficiency,
        unit=Text("глобална ефективност", "global efficiency"),
        statements=tuple(sorted(tie_statements(joined))),
        details=DistanceDetails(mean_path=mean, largest=size),
    )


def distances(graph: nx.Graph) -> tuple[float, float, int]:
    """Efficiency, mean path of the largest part, and that part's size, for a graph with a tie.

    Where several parts are the largest, the mean is that of all their pairs.
    """
    n = len(graph)
    parts = [sorted(part) for part in nx.connected_components(graph)]
    largest = max(map(len, parts))
    main = [node for part in parts if len(part) == largest for node in part]
    rest = [node for part in parts if 1 < len(part) < largest for node in part]
    within, elsewhere = steps_between(graph, main), steps_between(graph, rest)
    inverse = math.fsum(c / steps for found in (within, elsewhere) for steps, c in found.items())
    mean = sum(steps * c for steps, c in within.items()) / sum(within.values())
    return inverse / (n * (n - 1)), mean, largest


def tables(result: RuleResult) -> Iterable[Table]:
    """The measures one below the other."""
    columns = (column("Мярка", "Measure"), column("стойност", "value", "number"))
    for gap, details in result.findings_with(DistanceDetails):
        rows: tuple[tuple[Cell, ...], ...] = (
            (Text("обща ефективност", "global efficiency"), gap.value),
            (
                Text("среден път в най-голямата част", "mean path in the largest part"),
                details.mean_path,
            ),
            (Text("организации в нея", "organisations in it"), details.largest),
            (Text("всички организации", "all organisations"), gap.n),
        )
        yield Table(Text("Разстояния", "Distances"), columns, rows)
