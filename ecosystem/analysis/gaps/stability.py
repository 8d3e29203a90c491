"""Does a ranking hold: it is made again, many times, without some of the sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem import figures
from ecosystem.analysis.gaps.laws import (
    percent,
)
from ecosystem.analysis.metrics import measure
from ecosystem.lenses import LENSES
from ecosystem.model import Evidence
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

DRAWS = 200

LEFT_OUT = 0.15

SEED = 1

TOP = 5

FEWEST_RANKED = 10

FEWEST_SOURCES = 7

SURE = 0.8


@dataclass(frozen=True)
class RankedPlace:
    """How one place of a ranking holds.

    Attributes
    ----------
    rank
        Mid-rank with all sources; 1 is first.
    top
        In which share of the draws it stands among the first ``k``; a draw in which the measure
        is undefined for it counts as not.
    low, high
        Between which mid-ranks 95 % of the draws lie in which it has one; None where none has.
    """

    id: str
    rank: float
    top: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Stability:
    """How the ranking of one kind of node by one measure of one lens holds.

    ``places`` stand by rank, then id; empty where ``reason`` says why.
    """

    lens: str
    measure: str
    kind: str
    k: int
    draws: int
    sources: int
    ranked: int
    places: tuple[RankedPlace, ...] = ()
    reason: Text | None = None

    def told(self, identity: str) -> Text:
        """How the place of one node holds: *top 5 in 91 % of trials; rank 1-3*."""
        place = next((place for place in self.places if place.id == identity), None)
        if place is None:
            return Text("без място в подредбата", "not ranked")
        share = percent(place.top)
        first = Text(
            f"сред първите {self.k} в {share.bg} от пробите",
            f"top {self.k} in {share.en} of trials",
        )
        if place.low is None or place.high is None:
            return first
        ends = [rank_told(end) for end in dict.fromkeys((place.low, place.high))]
        return Text(
            f"{first.bg}; място {'–'.join(end.bg for end in ends)}",
            f"{first.en}; rank {'–'.join(end.en for end in ends)}",
        )

    @property
    def summary(self) -> Text:
        """How many of the first places hold, or why that is not known."""
        if self.reason is not None:
            return self.reason
        first = [place for place in self.places if place.rank <= self.k]
        sure = sum(place.top >= SURE for place in first)
        return Text(
            f"На първите {self.k} места: {len(first)}; сигурни: {sure}.",
            f"In the first {self.k} places: {len(first)}; sure: {sure}.",
        )

    def to_dict(self) -> dict[str, Any]:
        """The stability as plain values."""
        values: dict[str, Any] = plain(self)
        return values


def rank_stability(
    snapshot: Snapshot,
    lens: str,
    name: str,
    *,
    kind: str = "Organisation",
    k: int = TOP,
    tell: Callable[[int, int], None] | None = None,
) -> Stability:
    """The ranking made again ``DRAWS`` times without ``LEFT_OUT`` of the sources of its ties.

    These are the sources of the statements on which the ties of the lens rest, and no others. A
    statement falls with the last of its sources, its supporting evidence among them; one
    without any stays. Members of the scope stay members. ``degree`` on a lens that joins by
    shared projects or events is counted in one go; every other measure is computed anew for each
    draw, and ``tell`` hears how many draws of all are done.

    Raises
    ------
    NotFoundError
        For an unknown lens or measure.
    """
    full = measure(snapshot, lens, name)
    ranks = {node: rank for node, rank in full.ranks.items() if snapshot.nodes[node].kind == kind}
    fates = _Fates.of(snapshot, lens)
    stability = Stability(lens, name, kind, k, DRAWS, len(fates.sources), len(ranks))
    reason = full.reason or _too_few(len(ranks), len(fates.sources))
    if reason is not None:
        return replace(stability, reason=reason)
    order = sorted(ranks, key=lambda node: (ranks[node], node))
    if name == "degree" and not LENSES[lens].directed:
        table = _degree_ranks(snapshot, fates, lens, order)
    else:
        table = _any_ranks(snapshot, fates, lens, name, order, tell)
    places = tuple(
        _place(node, ranks[node], column, k) for node, column in zip(order, table.T, strict=True)
    )
    return replace(stability, places=places)


def _too_few(ranked: int, sources: int) -> Text | None:
    if ranked < FEWEST_RANKED:
        return Text(
            f"Подредени са само {ranked}; трябват поне {FEWEST_RANKED}.",
            f"Only {ranked} are ranked; at least {FEWEST_RANKED} are needed.",
        )
    if sources < FEWEST_SOURCES:
        return Text(
            f"Връзките стъпват само на {sources} източника; трябват поне {FEWEST_SOURCES}.",
            f"The ties rest on {sources} sources only; at least {FEWEST_SOURCES} are needed.",
        )
    return None


def _place(identity: str, rank: float, drawn: NDArray[np.float64], k: int) -> RankedPlace:
    known = drawn[np.isfinite(drawn)]
    top = float((known <= k).sum() / len(drawn))
    if not len(known):
        return RankedPlace(identity, rank, top, None, None)
    low, high = np.quantile(known, (0.025, 0.975), method="inverted_cdf").tolist()
    return RankedPlace(identity, rank, top, low, high)


@dataclass(frozen=True)
class _Fates:
    """Which statements of a lens survive which draw."""

    sources: tuple[str, ...]
    statements: dict[str, int]
    survive: NDArray[np.bool_] = field(repr=False)

    @classmethod
    def of(cls, snapshot: Snapshot, lens: str) -> _Fates:
        ties = snapshot.edges_of_kind(*kinds_of(lens))
        backing = {
            tie.id: {entry.partition("#")[0] for entry in tie.sources}
            | {
                row.source
                for row in snapshot.dataset.evidence_of(tie.id)
                if isinstance(row, Evidence) and row.stance == "supports" and not row.property
            }
            for tie in ties
        }
        own = own_statements(snapshot, lens)
        sources = tuple(sorted(set().union(*(backing[tie] for tie in own))))
        place = {source: i for i, source in enumerate(sources)}
        holds = np.zeros((len(sources), len(ties)), dtype=np.float32)
        stays = np.zeros(len(ties), dtype=np.bool_)
        for column, names in enumerate(backing.values()):
            holds[[place[name] for name in names if name in place], column] = 1
            stays[column] = not names <= place.keys() or not names
        dropped = int(figures.rounded(LEFT_OUT * len(sources)))
        generator = np.random.default_rng(SEED)
        order = generator.permuted(np.tile(np.arange(len(sources)), (DRAWS, 1)), axis=1)
        kept = (order >= dropped).astype(np.float32)
        survive = (kept @ holds > 0) | stays
        return cls(sources, {tie: i for i, tie in enumerate(backing)}, survive)


def own_statements(snapshot: Snapshot, lens: str) -> frozenset[str]:
    """The ids of the statements on which the ties of a lens rest."""
    ties = snapshot.graph(lens).edges(data="statements")
    return frozenset(one for _, _, statements in ties for one in statements)


def kinds_of(lens: str) -> tuple[str, ...]:
    """The kinds of ties of which a lens makes its graph."""
    edges = LENSES[lens].edges
    return ("PARTICIPATES_IN", *edges) if LENSES[lens].shared else edges


def _any_ranks(
    snapshot: Snapshot,
    fates: _Fates,
    lens: str,
    name: str,
    order: list[str],
    tell: Callable[[int, int], None] | None = None,
) -> NDArray[np.float64]:
    """Per draw the mid-rank of everybody in ``order``, not a number where there is none."""
    table = np.full((DRAWS, len(order)), np.nan)
    for row, survive in enumerate(fates.survive):
        edges = {i: snapshot.edges[i] for i, place in fates.statements.items() if survive[place]}
        less = replace(snapshot, edges=MappingProxyType(edges), _graphs={})
        ranks = measure(less, lens, name).ranks
        table[row] = [ranks.get(node, np.nan) for node in order]
        if tell:
            tell(row + 1, DRAWS)
    return table


def _degree_ranks(
    snapshot: Snapshot, fates: _Fates, lens: str, order: list[str]
) -> NDArray[np.float64]:
    """What ``_any_ranks`` gives for ``degree``, without a graph for each draw."""
    actors = list(snapshot.graph(lens))
    place = {actor: i for i, actor in enumerate(actors)}
    columns: list[list[int]] = []
    supports: list[tuple[int, int, int, int]] = []
    parties: dict[str, dict[str, int]] = {}
    for tie in snapshot.edges_of_kind(*kinds_of(lens)):
        own = fates.statements[tie.id]
        if LENSES[lens].shared and tie.kind == "PARTICIPATES_IN":
            if snapshot.nodes[tie.target].kind == LENSES[lens].shared and tie.source in place:
                party = parties.setdefault(tie.target, {})
                if tie.source in party:
                    columns[party[tie.source]].append(own)
                else:
                    party[tie.source] = len(columns)
                    columns.append([own])
        elif tie.source in place and tie.target in place and tie.source != tie.target:
            one, other = sorted((place[tie.source], place[tie.target]))
            supports.append((one, other, len(columns), len(columns)))
            columns.append([own])
    for party in parties.values():
        for (actor, here), (partner, there) in combinations(party.items(), 2):
            one, other = sorted((place[actor], place[partner]))
            supports.append((one, other, here, there))
    alive = np.stack([fates.survive[:, own].any(axis=1) for own in columns], axis=1)
    supports.sort()
    low, high, first, second = np.array(supports, dtype=np.int64).T
    starts = np.flatnonzero(np.diff(low * len(actors) + high, prepend=-1))
    joined = np.logical_or.reduceat(alive[:, first] & alive[:, second], starts, axis=1)
    ranked = np.array([place[node] for node in order])
    table = np.full((DRAWS, len(order)), np.nan)
    for row, tied in enumerate(joined):
        if tied.any():
            ends = np.concatenate((low[starts][tied], high[starts][tied]))
            table[row] = _mid_ranks(np.bincount(ends, minlength=len(actors))[ranked])
    return table


def _mid_ranks(values: NDArray[np.int64]) -> NDArray[np.float64]:
    """The mid-rank of each value, 1 for the highest."""
    order = np.sort(-values)
    before, upto = (np.searchsorted(order, -values, side) for side in ("left", "right"))
    ranks: NDArray[np.float64] = (before + 1 + upto) / 2
    return ranks


def rank_told(rank: float) -> Text:
    """A mid-rank: whole where it is, else with one digit."""
    return figures.both(figures.rank, rank)
