"""How fragmented the work is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    as_a_whole,
    coverage_note,
    institutions,
    offer_joint_work,
    organisations,
    percent,
    sentences,
    work,
)
from ecosystem.analysis.gaps.meeting import bring_together, parts_of, strangers
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.gaps.working import tie_statements, without_work
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G07 = Rule(
    id="G07",
    title=Text("Разпокъсана работа", "Work in pieces"),
    group="figures",
    question=Text(
        "Каква част от двойките организации не могат да стигнат една до друга през обща работа?",
        "Which share of the pairs of organisations cannot reach each other through joint work?",
    ),
    formula="F = 1 - sum_c n_c (n_c - 1) / (n (n - 1)) over the components c of W; apart: the "
    "number of components of W with the PART_OF ties among A",
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
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class FragmentsDetails(Details):
    """Of the parts of W: their sizes, and F once two are joined."""

    sizes: tuple[int, ...]
    after: float


@dataclass(frozen=True, kw_only=True)
class FragmentationSummary(Details):
    """F, and the sizes of the parts, the largest first.

    ``institutions`` are the organisations of one institution (PART_OF) that stand in several
    parts; ``together`` is how many parts there are once each institution counts as one.
    """

    fragmentation: float
    sizes: tuple[int, ...]
    institutions: tuple[tuple[str, ...], ...]
    together: int


def how_fragmented(snapshot: Snapshot) -> RuleResult:
    """One gap with F where the work falls into parts, none where it is connected."""
    joined = work(snapshot)
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if len(joined) < 2:
        alone = Text(
            "Записана е само една организация, а F се мери върху двойки.",
            "Only one organisation is recorded, and F is measured on pairs.",
        )
        reason = alone if joined else NO_ACTORS
        return answer(snapshot, G07, status="undefined", coverage=coverage, reason=reason)
    none = without_work(snapshot, G07, joined)
    if none:
        return none
    parts = parts_of(joined)
    sizes = tuple(len(part) for part in parts)
    kin = institutions(snapshot)
    wider = parts_of(nx.compose(joined, kin))
    split = tuple(
        group
        for group in parts_of(kin)
        if len(group) > 1 and not any(set(group) <= set(part) for part in parts)
    )
    findings = [_fragmented(snapshot, joined, parts, wider)] if len(wider) > 1 else []
    return answer(
        snapshot,
        G07,
        status="found" if findings else "none found",
        coverage=coverage,
        reason=_reason(sizes, len(wider) if split else None),
        findings=findings,
        details=FragmentationSummary(
            fragmentation=fragmentation(sizes),
            sizes=sizes,
            institutions=split,
            together=len(wider),
        ),
    )


def _reason(sizes: Sequence[int], together: int | None) -> Text:
    """How many parts there are, and how many with the parts of each institution as one."""
    many, islands = organisations(sum(sizes)), sizes.count(1)
    if len(sizes) == 1:
        return Text(
            f"{many.bg} в една свързана мрежа: F = 0.",
            f"{many.en} in one connected network: F = 0.",
        )
    reason = Text(
        f"{many.bg} в {len(sizes)} части: най-голямата е от {sizes[0]}, без нито една работна "
        f"връзка са {islands}.",
        f"{many.en} in {len(sizes)} parts: the largest has {sizes[0]}, and {islands} have no work "
        "tie at all.",
    )
    if together is None:
        return reason
    return sentences(
        reason,
        Text(
            f"Ако частите на всяка институция се броят заедно, частите са {together}",
            f"With the parts of each institution taken together there are {together} parts",
        ),
    )


def fragmentation(sizes: Sequence[int]) -> float:
    """F of parts of these sizes, which have two nodes or more in all."""
    n = sum(sizes)
    return 1 - sum(size * (size - 1) for size in sizes) / (n * (n - 1))


_ACROSS = Text("по една от две от най-големите части", "one from each of two of the largest parts")


def _fragmented(
    snapshot: Snapshot,
    joined: nx.Graph,
    parts: list[tuple[str, ...]],
    wider: list[tuple[str, ...]],
) -> Gap:
    subjects, key = as_a_whole(snapshot)
    sizes = tuple(len(part) for part in parts)
    value = fragmentation(sizes)
    # Two parts of one institution need nobody to introduce them.
    home = next(set(part) for part in wider if parts[0][0] in part)
    next_ = next(place for place, part in enumerate(parts) if part[0] not in home)
    others = [size for place, size in enumerate(sizes) if place not in (0, next_)]
    after = fragmentation([sizes[0] + sizes[next_], *others])
    share, less, most = percent(value), percent(after), organisations(sizes[0])
    pairs = strangers(snapshot, parts[0], parts[next_], limit=1)
    step = bring_together(snapshot, pairs, Text("", ""))
    return Gap(
        rule="G07",
        subjects=subjects,
        key=key,
        status="fragmented",
        sentence=Text(
            f"Общата работа е на {len(parts)} отделни части; най-голямата е от {most.bg}.",
            f"Joint work falls into {len(parts)} separate parts; the largest has {most.en}.",
        ),
        step=offer_joint_work(snapshot, pairs[0], _ACROSS),
        headline=Text(
            f"{share.bg} от двойките организации не се достигат през обща работа: "
            f"{len(parts)} части, най-голямата от {sizes[0]}.",
            f"{share.en} of the pairs of organisations do not reach each other through joint work: "
            f"{len(parts)} parts, the largest of {sizes[0]}.",
        ),
        closing=Text(
            f"{step.bg} Така се свързват части от {sizes[0]} и {sizes[next_]} и делът става "
            f"{less.bg} вместо {share.bg}.",
            f"{step.en} That joins parts of {sizes[0]} and {sizes[next_]} and makes the share "
            f"{less.en} instead of {share.en}.",
        ),
        n=len(joined),
        value=value,
        unit=Text("дял на двойките без път", "share of pairs without a way"),
        expected=0.0,
        statements=tuple(sorted(tie_statements(joined))),
        details=FragmentsDetails(sizes=sizes, after=after),
        ties=(pairs[0],),
        closes=len(wider) == 2,
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """How many parts there are of each size; institutions that stand in several of them."""
    summary = result.details
    if not isinstance(summary, FragmentationSummary):
        return
    sizes = Counter(summary.sizes)
    total = sum(summary.sizes)
    columns = (
        column("организации в частта", "organisations in the part", "count"),
        column("такива части", "such parts", "count"),
        column("дял на организациите", "share of organisations", "share", bar=True),
    )
    rows = tuple((size, sizes[size], size * sizes[size] / total) for size in sorted(sizes)[::-1])
    yield Table(Text("Свързаните части", "The connected parts"), columns, rows)
    yield Table(
        Text("Институции в няколко части", "Institutions in several parts"),
        (column("Организации на една институция", "Organisations of one institution", "nodes"),),
        tuple((group,) for group in summary.institutions),
    )
