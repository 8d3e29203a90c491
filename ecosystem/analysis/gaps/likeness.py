"""Does like work with like: Newman's coefficient over all sectors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ecosystem.analysis.gaps.chance import (
    LEVEL,
    PERMUTED,
    SEED,
    Chance,
    Real,
    Whole,
    as_sure,
    chance,
    ends_of,
    near_level,
    share,
)
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import WORK_KINDS, coverage_note, decimal, sentences
from ecosystem.analysis.gaps.results import ESTABLISHED, Gap, Rule, RuleResult, Status, answer
from ecosystem.analysis.gaps.sectored import (
    MIXING,
    Sectored,
    extent_of,
    pair_counts,
    sectored,
    without_sectors,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.gaps.tested import (
    EXPECTED,
    Tested,
    Z,
    probability,
    tested,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

RESAMPLES = 999
FEWEST_UNITS = 10

G05 = Rule(
    id="G05",
    title=Text("Работа в своя кръг", "Like works with like"),
    group="figures",
    question=Text(
        "Работят ли организациите като цяло най-вече в своя сектор?",
        "Do organisations on the whole work mostly within their own sector?",
    ),
    formula="Newman's r = (sum_s e_ss - sum_s a_s^2) / (1 - sum_s a_s^2) over the ties of W; "
    "one-sided p (high) when the sectors are dealt anew within terciles of degree, 999 times; "
    "95\u00a0% bootstrap interval over projects and single ties; "
    "a p that more draws could bring to the other side of .05 concludes nothing",
    explanation=Text(
        "Едно число за всички сектори: 1, когато всяка връзка остава в сектора, 0 при случайно "
        "смесване, под 0, когато секторите се търсят. Интервалът идва от повторни извадки на "
        "проектите, защото връзките от един проект не са независими.",
        "One number for all sectors: 1 where every tie stays within its sector, 0 under random "
        "mixing, below 0 where sectors seek each other. The interval resamples projects, because "
        "the ties of one project are not independent.",
    ),
    expected=Text("около 0 или по-малко", "about 0 or less"),
    maturity=ESTABLISHED,
    remedy=Text(
        "Вижте в G03 и G04 кои сектори стоят зад числото и започнете от тях.",
        "See in G03 and G04 which sectors are behind the number, and begin with them.",
    ),
    literature=(MIXING, PERMUTED),
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class LikenessTest(Tested):
    """The coefficient, tested, with its 95 % interval where there is enough to resample."""

    interval: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class LikenessSummary(Details):
    """The coefficient, and how many organisations have a known sector and how many none."""

    coefficient: LikenessTest
    known: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class AlikeDetails(Details):
    """Of a coefficient above chance: z, one-sided p, and how many ties stay within a sector."""

    z: float | None
    p: float
    inside: int


def does_like_work_with_like(snapshot: Snapshot) -> RuleResult:
    """One gap where the whole mixes by sector more than chance would give, none otherwise."""
    network = sectored(snapshot)
    none = without_sectors(snapshot, G05, network)
    if none:
        return none
    test = chance(assortativity(pair_counts(network)), low=False)
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if test is None:
        return answer(
            snapshot,
            G05,
            status="undefined",
            coverage=coverage,
            reason=Text(
                "Всички връзки са между организации от един сектор, затова показателят няма "
                "стойност.",
                "All ties join organisations of one sector, so the coefficient has no value.",
            ),
        )
    interval = _resampled(snapshot, network)
    close = test.can_tell and test.observed > 0 and near_level(test.p)
    above = test.can_tell and test.observed > 0 and test.p <= LEVEL and not close
    findings = [_alike(network, test, interval)] if above else []
    value, mean, extent = decimal(test.observed), decimal(test.mean), extent_of(network)
    return answer(
        snapshot,
        G05,
        coverage=coverage,
        findings=findings,
        status=_status(test, above=above, close=close),
        details=LikenessSummary(
            coefficient=tested(LikenessTest(interval=interval, close=close), test),
            known=network.n,
            unknown=network.unknown,
        ),
        reason=sentences(
            Text(
                f"{extent.bg}. r = {value.bg}; при случайно раздадени сектори средно {mean.bg}",
                f"{extent.en}. r = {value.en}; with sectors dealt at random {mean.en} on average",
            ),
            *((_border(test),) if close else ()),
        ),
    )


def _status(test: Chance, *, above: bool, close: bool) -> Status:
    if not test.can_tell:
        return "too few to tell"
    return "found" if above else "too close to tell" if close else "none found"


def _border(test: Chance) -> Text:
    p = probability(test.p)
    return Text(
        f"{p.bg} е твърде близо до границата от 0,05, затова изводът се задържа",
        f"{p.en} is too close to .05 to tell, so the conclusion is held back",
    )


def assortativity(counts: Whole) -> Real:
    """Newman's r per table of tie counts between sectors, [a, b] for a <= b.

    Not a number where there is no tie, or all ties begin and end in one sector.
    """
    k = counts.shape[1]
    both_ways = counts + counts.transpose(0, 2, 1)
    total = both_ways.sum((1, 2))
    inside = share(both_ways[:, range(k), range(k)].sum(1), total)
    ends = share(both_ways.sum(2), np.broadcast_to(total[:, None], (len(total), k)))
    by_chance: Real = (ends**2).sum(1)
    # Two numbers that should be equal may differ in their last digits.
    return share(inside - by_chance, np.where(by_chance > 1 - 1e-12, 0.0, 1 - by_chance))


def _resampled(snapshot: Snapshot, network: Sectored) -> tuple[float, float] | None:
    """95 % of the values when projects and single ties are drawn anew, with putting back.

    None with fewer than ``FEWEST_UNITS`` of them.
    """
    units = _units(snapshot, network)
    if len(units) < FEWEST_UNITS:
        return None
    holds = np.zeros((len(units), len(network.ties)), dtype=np.float32)
    for row, ties in enumerate(units):
        holds[row, ties] = 1
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(len(units), [1 / len(units)] * len(units), size=RESAMPLES)
    there = (drawn.astype(np.float32) @ holds > 0).astype(np.float32)
    k = len(network.sectors)
    one, other = (network.labels[network.ties[:, end]] for end in (0, 1))
    codes = np.minimum(one, other) * k + np.maximum(one, other)
    counts = (there @ np.eye(k * k, dtype=np.float32)[codes]).round().astype(np.int64)
    values = assortativity(counts.reshape(-1, k, k))
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    return ends_of(values)


def _units(snapshot: Snapshot, network: Sectored) -> list[list[int]]:
    """The places of the ties that each project or single statement makes, in their order."""
    place = {actor: i for i, actor in enumerate(network.actors)}
    tie_place = {tuple(tie): i for i, tie in enumerate(network.ties.tolist())}
    units: list[list[int]] = []
    parties: dict[str, set[int]] = {}
    for edge in snapshot.edges_of_kind(*WORK_KINDS):
        if edge.source not in place:
            continue
        if edge.target in place and edge.source != edge.target:
            ends = sorted((place[edge.source], place[edge.target]))
            units.append([tie_place[tuple(ends)]])
        elif edge.kind == "PARTICIPATES_IN" and edge.target.startswith("project:"):
            parties.setdefault(edge.target, set()).add(place[edge.source])
    units += [
        [tie_place[pair] for pair in combinations(sorted(party), 2)]
        for party in parties.values()
        if len(party) > 1
    ]
    return sorted(units)


def _alike(network: Sectored, test: Chance, interval: tuple[float, float] | None) -> Gap:
    sector_of = network.sector_of()
    inside = sum(sector_of[one] == sector_of[other] for one, other in network.graph.edges)
    tied = {actor for actor, degree in network.graph.degree() if degree}
    value, p = decimal(test.observed), probability(test.p)
    return Gap(
        rule="G05",
        subjects=tuple(f"sector:{sector}" for sector in network.sectors),
        key="sectors",
        status="inward",
        sentence=Text(
            f"{inside} от {len(network.ties)} работни връзки остават в един и същ сектор.",
            f"{inside} of {len(network.ties)} work ties stay within one sector.",
        ),
        step=Text(
            "Започнете от секторите, които остават без обща работа.",
            "Begin with the sectors that stay apart.",
        ),
        headline=Text(
            f"{inside} от {len(network.ties)} работни връзки остават в един сектор: r = {value.bg} "
            f"({p.bg}).",
            f"{inside} of {len(network.ties)} work ties stay within one sector: r = {value.en} "
            f"({p.en}).",
        ),
        closing=Text(
            "Започнете от двойките сектори в G03: там са посочени и организациите, които да "
            "съберете.",
            "Begin with the pairs of sectors in G03, which also names the organisations to bring "
            "together.",
        ),
        n=len(network.ties),
        value=test.observed,
        unit=Text("r на Нюман", "Newman's r"),
        expected=test.mean,
        interval=interval,
        statements=tuple(sorted(tie_statements(network.graph) | tied)),
        details=AlikeDetails(z=test.z, p=test.p, inside=inside),
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """The coefficient in one row."""
    summary = result.details
    if not isinstance(summary, LikenessSummary):
        return
    columns = (
        column("r", "r", "number"),
        EXPECTED,
        column("95\u00a0% от", "95\u00a0% from", "number"),
        column("до", "to", "number"),
        Z,
        column("p", "p", "number"),
    )
    row = summary.coefficient
    low, high = row.interval or (None, None)
    cells = (row.observed, row.expected, low, high, row.z, as_sure(row.p))
    yield Table(Text("Сходство по сектор", "Likeness by sector"), columns, (cells,))
