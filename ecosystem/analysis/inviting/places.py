"""How many places each sector has, one place after the other."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ecosystem.errors import ParameterError
from ecosystem.model import HELIX

SECTORS_INVITED: tuple[str, ...] = (*HELIX, "other")
EQUAL_SHARES: Mapping[str, int] = {**dict.fromkeys(HELIX, 1), "other": 0}
"""Equal places for the four sectors of the helix; who fits none gets what these leave."""
MOST_PARTS = 1000


def shares(parts: Mapping[str, int] | None) -> dict[str, Fraction]:
    """The share of each sector, of one, from whole parts; what is not named keeps one part.

    Raises
    ------
    ParameterError
        For an unknown sector, a number below 0 or above ``MOST_PARTS``, or no part at all.
    """
    chosen = {**EQUAL_SHARES, **(parts or {})}
    for sector, number in chosen.items():
        if sector not in SECTORS_INVITED:
            known = ", ".join(SECTORS_INVITED)
            raise ParameterError(f"quota: {sector!r} is not one of {known}.", "Choose one of them.")
        if not 0 <= number <= MOST_PARTS:
            message = f"quota of {sector}: {number} is not from 0 to {MOST_PARTS}."
            raise ParameterError(message, "Write how many parts of the whole it gets.")
    whole = sum(chosen.values())
    if not whole:
        raise ParameterError("quotas: every sector has 0.", "Give at least one a part.")
    return {sector: Fraction(chosen[sector], whole) for sector in SECTORS_INVITED}


def in_turn(
    share: Mapping[str, Fraction],
    waiting: Mapping[str, Sequence[float]],
    seated: Mapping[str, int],
) -> Iterator[str]:
    """The sectors in the order in which they get the next place, until nobody waits.

    Each place goes to the sector with the largest share / (2 * places + 1) of those with
    somebody waiting (Webster and Sainte-Laguë [1]_); of equal ones to that whose next has most
    points, then in the order of the helix. The order does not depend on how many places there
    are: a longer list keeps whoever stood on a shorter one. A sector with share 0 comes after
    all others; several of them take turns.

    Parameters
    ----------
    waiting
        Of each sector the points of those who wait, most first.

    References
    ----------
    .. [1] M. L. Balinski, H. P. Young, "Fair Representation", Yale University Press (1982).
    """
    queues = {sector: deque(waiting.get(sector, ())) for sector in SECTORS_INVITED}
    places = Counter(dict(seated))
    while any(queues.values()):
        open_ = [sector for sector in SECTORS_INVITED if queues[sector]]
        wanted = [sector for sector in open_ if share[sector]] or open_
        # Where only sectors without a share are left, their parts are equal.
        part = {sector: share[sector] or Fraction(1) for sector in wanted}
        next_ = max(wanted, key=lambda s: (part[s] / (2 * places[s] + 1), queues[s][0]))
        yield next_
        queues[next_].popleft()
        places[next_] += 1


def ideal(
    share: Mapping[str, Fraction],
    size: int,
    waiting: Mapping[str, Sequence[float]] | None = None,
) -> Counter[str]:
    """The places of each sector where nobody is lacking and nobody is set.

    ``waiting`` holds the points by which equal sectors are told apart, as in ``in_turn``; in
    each sector as many more as are needed are thought to wait behind them.
    """
    real = waiting or {}
    filled = {sector: [*real.get(sector, ()), *[-1.0] * size] for sector in share}
    order = in_turn(share, filled, {})
    return Counter(sector for sector, _ in zip(order, range(size), strict=False))
