"""How well past pairs were placed by the year in which they began."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from ecosystem.pairs import ALWAYS, Fact

SAME = 1e-9
"""Gains closer to 0 than this are none."""


@dataclass(frozen=True)
class Placed:
    """One pair that was scored: the expected rank of its mentor among the candidates."""

    line: int
    pair: str
    network: str
    year: int
    mentor: str
    mentee: str
    rank: float
    candidates: int
    reciprocal_rank: float


@dataclass(frozen=True)
class YearOfPairs:
    """The pairs that began in one year, by the context.

    Attributes
    ----------
    gain
        Mean difference of the expected reciprocal rank from what chance gives.
    below_chance
        How many of the pairs did worse than chance.
    newest_fact
        The last year of the dated facts that these pairs could see; None without any.
    """

    year: int
    n_pairs: int
    gain: float
    below_chance: int
    newest_fact: int | None


def by_chance(candidates: int) -> float:
    """The mean reciprocal rank of a random order: H_m / m."""
    return fsum(1 / place for place in range(1, candidates + 1)) / candidates


def by_start_year(pairs: Iterable[Placed], facts: Iterable[Fact]) -> tuple[YearOfPairs, ...]:
    """The pairs of each start year, in order."""
    gains: dict[int, list[float]] = {}
    for pair in pairs:
        gain = pair.reciprocal_rank - by_chance(pair.candidates)
        gains.setdefault(pair.year, []).append(gain)
    dated = {fact.known_from for fact in facts if fact.known_from not in (None, ALWAYS)}
    return tuple(
        YearOfPairs(
            year,
            len(own),
            fsum(own) / len(own),
            sum(gain < -SAME for gain in own),
            max((one for one in dated if one is not None and one < year), default=None),
        )
        for year, own in sorted(gains.items())
    )
