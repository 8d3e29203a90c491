"""A test against chance as a row of a table: what is recorded, what is expected, the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ecosystem import figures
from ecosystem.analysis.gaps.chance import LEVEL, Chance, adjusted, near_level
from ecosystem.analysis.gaps.results import STATUSES, Gap, Status
from ecosystem.analysis.gaps.tables import Column
from ecosystem.values import Text

OBSERVED = Column(Text("записани", "recorded"), "count", bar=True, tick=2)
EXPECTED = Column(Text("очаквани", "expected"), "number")
RATIO = Column(Text("записани към очаквани", "recorded to expected"), "number")
Z = Column(Text("z", "z"), "number")
ADJUSTED = Column(Text("p кориг.", "adj. p"), "number")
VERDICT = Column(Text("извод", "verdict"))


@dataclass(frozen=True, kw_only=True)
class Tested:
    """What a test gave; a rule adds what was tested.

    Attributes
    ----------
    observed, expected, z
        As ``Chance`` has them; None where the test has no answer.
    p, q
        One-sided p, and p adjusted over the rows that can speak; None where this one cannot.
    smallest_p
        The smallest p that the draws allow.
    tells, flag
        Whether the test could have found anything, and whether it did.
    close
        Whether more draws could change the verdict; such a row is not flagged.
    """

    observed: float | None = None
    expected: float | None = None
    z: float | None = None
    p: float | None = None
    smallest_p: float | None = None
    q: float | None = None
    tells: bool = False
    flag: bool = False
    close: bool = False

    @property
    def to_expected(self) -> float | None:
        """Observed to expected; None where nothing is expected."""
        return (
            self.observed / self.expected if self.observed is not None and self.expected else None
        )

    @property
    def verdict(self) -> Text:
        """What the row says."""
        if not self.tells:
            return Text("малко данни", "too few")
        if self.close:
            return STATUSES["too close to tell"]
        if self.flag:
            return STATUSES["below expectation"]
        return Text("не се отличава", "as by chance")

    def numbers(self) -> tuple[float, float, float]:
        """What a flagged row has observed and expects, and its q.

        Raises
        ------
        ValueError
            For a row that cannot tell, which is never flagged.
        """
        if self.observed is None or self.expected is None or self.q is None:
            raise ValueError("a row that cannot tell has no numbers")
        return self.observed, self.expected, self.q


Row = TypeVar("Row", bound=Tested)


def tested(row: Row, test: Chance | None) -> Row:
    """The row with the numbers of its test; p is left out where the test cannot speak."""
    if test is None:
        return row
    return replace(
        row,
        observed=test.observed,
        expected=test.mean,
        z=test.z,
        p=test.p if test.can_tell else None,
        smallest_p=test.smallest,
        tells=test.can_tell,
    )


def flagged(rows: Iterable[Row]) -> list[Row]:
    """The rows with q, p adjusted over those that can speak, flagged where at most ``LEVEL``.

    Where more draws could bring q to the other side of ``LEVEL`` a row is close and no flag.
    """
    ordered = list(rows)
    values = iter(adjusted([row.p for row in ordered if row.p is not None]))
    judged = []
    for row in ordered:
        if row.p is not None:
            q = next(values)
            close = near_level(row.p, q / row.p)
            row = replace(row, q=q, flag=q <= LEVEL and not close, close=close)
        judged.append(row)
    return judged


def status_of_tests(rows: Sequence[Tested], findings: Sequence[Gap]) -> Status:
    """``too close to tell`` where a row is at the border, ``too few`` where no row can speak."""
    if findings:
        return "found"
    if any(row.close for row in rows):
        return "too close to tell"
    return "none found" if any(row.tells for row in rows) else "too few to tell"


def probability(p: float) -> Text:
    """``p = 0.03``, or that it is below a hundredth."""
    return figures.both(figures.probability, p)
