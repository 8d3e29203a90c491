"""How the work hangs together: how fragmented it is, and how far apart its organisations are."""

from __future__ import annotations

import math

import networkx as nx

from ecosystem.analysis.breadth import steps_between
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    coverage_note,
    decimal,
    organisations,
    percent,
    work,
)
from ecosystem.analysis.gaps.meeting import bring_together, parts_of, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import tie_statements, without_ground
from ecosystem.snapshot import ALL, Snapshot
from ecosystem.values import Text

FEWEST_FOR_DISTANCE = 10

G07 = Rule(
    id="G07",
    title=Text("На колко части е разпокъсана работата", "How fragmented is the work"),
    question=Text(
        "Каква част от двойките организации не могат да стигнат една до друга през обща работа?",
        "Which share of the pairs of organisations cannot reach each other through joint work?",
    ),
    formula="F = 1 - sum_c n_c (n_c - 1) / (n (n - 1)) over the components c of W",
    explanation=Text(
        "Дял на двойките организации, между които няма никакъв път през записана обща работа. 0 е "
        "една свързана мрежа, 1 – всяка организация е остров. Незаписаните връзки го завишават.",
        "Share of the pairs of organisations between which no way leads through recorded joint "
        "work. 0 is one connected network, 1 means that each organisation is an island. Ties that "
        "nobody recorded make it too high.",
    ),
    expected=Text("0: една свързана мрежа", "0: one connected network"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Свържете най-големите части с по един общ проект; островите са изброени в G06.",
        "Join the largest parts by one joint project each; the islands are listed in G06.",
    ),
    literature=(
        "Borgatti, S. P. (2006). Identifying sets of key players in a social network. "
        "Computational and Mathematical Organization Theory 12, 21-34.",
        "Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In: "
        "Carley, K., Prietula, M. (eds.), Computational Organization Theory, 89-111.",
    ),
)

G22 = Rule(
    id="G22",
    title=Text("Колко далеч са една от друга", "How far apart are they"),
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
)


def whole(snapshot: Snapshot) -> tuple[tuple[str, ...], str]:
    """Subjects and key of a gap that is about the scope as a whole."""
    return ((), ALL) if snapshot.scope == ALL else ((snapshot.scope,), "")


def how_fragmented(snapshot: Snapshot) -> RuleResult:
    """One gap with F where the work falls into parts, none where it is connected."""
    joined = work(snapshot)
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if len(joined) < 2:
        one = Text(
            "Записана е само една организация, а F се мери върху двойки.",
            "Only one organisation is recorded, and F is measured on pairs.",
        )
        return answer(
            snapshot,
            G07,
            status="undefined",
            coverage=coverage,
            reason=one if joined else NO_ACTORS,
        )
    none = without_ground(snapshot, G07, joined)
    if none:
        return none
    parts = parts_of(joined)
    sizes = [len(part) for part in parts]
    islands = sizes.count(1)
    many = organisations(len(joined))
    reason = Text(
        f"{many.bg} в {len(parts)} части: най-голямата е от {sizes[0]}, без нито една работна "
        f"връзка са {islands}.",
        f"{many.en} in {len(parts)} parts: the largest has {sizes[0]}, and {islands} have no work "
        "tie at all.",
    )
    if len(parts) == 1:
        reason = Text(
            f"{many.bg} в една свързана мрежа: F = 0.",
            f"{many.en} in one connected network: F = 0.",
        )
    findings = [_fragmented(snapshot, joined, parts)] if len(parts) > 1 else []
    return answer(
        snapshot,
        G07,
        status="found" if findings else "none found",
        coverage=coverage,
        reason=reason,
        findings=findings,
        details={"fragmentation": fragmentation(sizes), "sizes": sizes},
    )


def fragmentation(sizes: list[int]) -> float:
    """F of parts of these sizes, which have two nodes or more in all."""
    n = sum(sizes)
    return 1 - sum(size * (size - 1) for size in sizes) / (n * (n - 1))


def _fragmented(snapshot: Snapshot, joined: nx.Graph, parts: list[tuple[str, ...]]) -> Gap:
    subjects, key = whole(snapshot)
    sizes = [len(part) for part in parts]
    value = fragmentation(sizes)
    after = fragmentation([sizes[0] + sizes[1], *sizes[2:]])
    share, less = percent(value), percent(after)
    pairs = strangers(snapshot, parts[0], parts[1], limit=1)
    step = bring_together(snapshot, pairs, Text("", ""))
    return Gap(
        rule="G07",
        subjects=subjects,
        key=key,
        status="fragmented",
        headline=Text(
            f"{share.bg} от двойките организации не се достигат през обща работа: "
            f"{len(parts)} части, най-голямата от {sizes[0]}.",
            f"{share.en} of the pairs of organisations do not reach each other through joint work: "
            f"{len(parts)} parts, the largest of {sizes[0]}.",
        ),
        closing=Text(
            f"{step.bg} Така двете най-големи части ({sizes[0]} и {sizes[1]}) се свързват и делът "
            f"става {less.bg}.",
            f"{step.en} That joins the two largest parts ({sizes[0]} and {sizes[1]}) and makes the "
            f"share {less.en}.",
        ),
        n=len(joined),
        value=value,
        unit=Text("дял на двойките без път", "share of pairs without a way"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(joined))),
        details={"sizes": sizes, "after": after, "introduce": list(pairs[0])},
    )


def how_far_apart(snapshot: Snapshot) -> RuleResult:
    """One gap that holds the efficiency, with no judgement of it; too few below ten."""
    joined = work(snapshot)
    none = without_ground(snapshot, G22, joined)
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
    share = percent(size / len(joined))
    value, steps = decimal(efficiency), decimal(mean, 1)
    subjects, key = whole(snapshot)
    found = Gap(
        rule="G22",
        subjects=subjects,
        key=key,
        status="measured",
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
        details={"mean_path": mean, "largest": size},
    )
    return answer(
        snapshot,
        G22,
        status="found",
        coverage=coverage,
        findings=[found],
        reason=Text(
            f"Измерено върху {many.bg}. Числото няма норма: служи за сравнение.",
            f"Measured on {many.en}. The number has no norm: it serves to compare.",
        ),
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
