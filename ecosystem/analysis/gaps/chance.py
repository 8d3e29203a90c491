"""What chance alone would do: one-sided tests against numbers that were drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from ecosystem import figures

DRAWS = 999
SEED = 1
LEVEL = 0.05
MOST_CELLS = 4_000_000
MOST_PLACES = 3
Z95 = 1.959964

PERMUTED = (
    "Good, P. (2005). Permutation, Parametric, and Bootstrap Tests of Hypotheses, 3rd ed. Springer."
)
DISCOVERY = (
    "Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the "
    "Royal Statistical Society B 57(1), 289-300."
)

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


def tallied(codes: Callable[[Whole], Whole], rows: Whole, kinds: int) -> Whole:
    """Per row how often each of ``kinds`` codes occurs; as many rows at a time as memory takes.

    Parameters
    ----------
    codes
        Gives for rows of labels as many rows of codes from 0 to ``kinds`` - 1.
    """
    width = max(1, codes(rows[:1]).shape[1])
    step = max(1, MOST_CELLS // width)
    parts = []
    for start in range(0, len(rows), step):
        chunk = codes(rows[start : start + step])
        offset = np.arange(len(chunk), dtype=np.int64)[:, None] * kinds
        parts.append(np.bincount((chunk + offset).ravel(), minlength=len(chunk) * kinds))
    return np.concatenate(parts).reshape(len(rows), kinds)


@dataclass(frozen=True)
class Chance:
    """An observed number beside what the draws gave.

    Attributes
    ----------
    mean
        Of the draws in which the number is defined.
    z
        None where the draws do not differ.
    p
        One-sided: the share of draws, the observed one among them, at least as extreme.
    smallest
        The smallest p that these draws allow; above ``LEVEL`` nothing can be told.
    """

    observed: float
    mean: float
    z: float | None
    p: float
    smallest: float

    @property
    def can_tell(self) -> bool:
        """Whether the test could have found anything at all."""
        return self.smallest <= LEVEL


def chance(values: Sequence[float] | Real | Whole, *, low: bool) -> Chance | None:
    """The first value against the others; None where it or all others are undefined.

    Parameters
    ----------
    low
        Whether low values are extreme, else high ones.
    """
    # Equal up to rounding is equal: the same ties may be added up in another order.
    numbers = np.round(np.asarray(values, dtype=float), 10)
    observed, drawn = numbers[0], numbers[1:]
    drawn = drawn[np.isfinite(drawn)]
    if not np.isfinite(observed) or not len(drawn):
        return None
    sign = 1 if low else -1
    extreme = min(sign * observed, (sign * drawn).min())
    spread = float(drawn.std(ddof=1)) if len(drawn) > 1 else 0.0
    mean = float(drawn.mean())
    return Chance(
        observed=float(observed),
        mean=mean,
        z=float((observed - mean) / spread) if spread > 1e-12 else None,
        p=float((1 + (sign * drawn <= sign * observed).sum()) / (len(drawn) + 1)),
        smallest=float((1 + (sign * drawn <= extreme).sum()) / (len(drawn) + 1)),
    )


def between(p: float, draws: int = DRAWS) -> tuple[float, float]:
    """Where the p of endlessly many draws lies with 95 % confidence (Wilson's interval).

    A p below which no draw can come is taken as it is: nothing was as extreme as what is there.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", J. Am.
    Stat. Assoc. 22 (1927); P. Good, as above, on the number of draws.
    """
    n = draws + 1
    if p * n <= 1:
        return p, p
    middle, half = p + Z95**2 / (2 * n), Z95 * (p * (1 - p) / n + Z95**2 / (4 * n * n)) ** 0.5
    whole = 1 + Z95**2 / n
    return (middle - half) / whole, (middle + half) / whole


def near_level(p: float, factor: float = 1.0, draws: int = DRAWS) -> bool:
    """Whether more draws could bring ``p``, times ``factor``, to the other side of ``LEVEL``."""
    low, high = between(p, draws)
    return low * factor <= LEVEL < high * factor


def as_sure(p: float | None) -> float | None:
    """A p with the digits that so many draws can give: two places, three below a hundredth."""
    return None if p is None else float(figures.rounded(p, 2 if p >= 0.01 else 3))


def ends_of(values: Real, share_within: float = 0.95) -> tuple[float, float]:
    """Between which two numbers that share of resampled values lies, with the digits they can.

    How far an end would move from one set of resamples to the next follows from the values at
    the ranks one standard error of the binomial below and above it; the end is rounded to the
    place that this leaves sure, at most three.
    """
    ordered = np.sort(values)
    tail = (1 - share_within) / 2
    low, high = (_end(ordered, part) for part in (tail, 1 - tail))
    return low, high


def _end(ordered: Real, part: float) -> float:
    n = len(ordered)
    step = (n * part * (1 - part)) ** 0.5
    ranks = np.clip([round(n * part - step), round(n * part + step)], 0, n - 1).astype(int)
    below, above = ordered[ranks]
    wide = float(above - below) / 2
    places = MOST_PLACES if wide <= 0 else min(MOST_PLACES, max(0, floor(-log10(wide))))
    return float(figures.rounded(float(np.quantile(ordered, part)), places))


def adjusted(values: Sequence[float]) -> list[float]:
    """The p-values adjusted so that a share of .05 of what is flagged is false, in their order.

    References
    ----------
    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", J. R. Stat. Soc. B 57
    (1995).
    """
    order = sorted(range(len(values)), key=lambda i: -values[i])
    adjusted_values = [0.0] * len(values)
    least = 1.0
    for place, i in enumerate(order):
        least = min(least, values[i] * len(values) / (len(values) - place))
        adjusted_values[i] = least
    return adjusted_values


def share(parts: Real | Whole, wholes: Real | Whole) -> Real:
    """Part by whole; not a number where the whole is 0, for ``chance`` to leave out."""
    whole = np.asarray(wholes, dtype=float)
    shares: Real = np.full(whole.shape, np.nan)
    np.divide(parts, whole, out=shares, where=whole != 0)
    return shares
