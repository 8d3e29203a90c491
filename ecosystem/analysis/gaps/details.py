"""What a rule may tell beside the numbers of a gap, and what readers may ask of any rule.

Each rule types its own details as a dataclass over ``Details``; JSON shows their fields. Readers
that serve every rule alike - the map, the pages, the terminal, the report - know the properties
below and no single rule; a rule gives its own where it has something to say there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ecosystem.analysis.claims import Claim
from ecosystem.values import Text

Look = Literal["tint", "ring", "tie", "ghost", "band"]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many of the pairs of those who need and those who offer reach each other.

    ``value`` is the share that does not, and None where ``reason`` says why; ``unrecorded`` are
    the unreached pairs of which one side has nothing recorded, left out at the low end of
    ``interval``.
    """

    pairs: int
    reached: int
    unrecorded: int
    seekers_recorded: int
    providers_recorded: int
    value: float | None
    interval: tuple[float, float] | None
    reason: Text | None

    @property
    def share(self) -> float | None:
        """The share of the pairs that reach each other; None where there is no pair."""
        return self.reached / self.pairs if self.pairs else None


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a rule tells beside the numbers that every gap has; nothing of itself.

    Attributes
    ----------
    look
        How a gap is marked on the map, where that does not follow from its subjects. Tint: an
        island. Ring: a node. Tie: between two nodes. Ghost: a theme that nobody offers. Band:
        between who needs and who offers.
    """

    look: ClassVar[Look | None] = None

    @property
    def spoken(self) -> tuple[str, ...]:
        """Ids of those of whom the sentence of the gap speaks, beside its subjects."""
        return ()

    @property
    def band(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of those who need and of those who offer."""
        return (), ()

    @property
    def supporting(self) -> tuple[str, ...]:
        """Ids of those among them who offer only what supports the theme, not the theme."""
        return ()

    @property
    def reach(self) -> tuple[tuple[Literal["met", "work"], Reach], ...]:
        """How far they reach each other, once per lens."""
        return ()

    @property
    def quoted(self) -> tuple[Claim, ...]:
        """What sources say on the matter in their own words."""
        return ()

    @property
    def checklist(self) -> tuple[tuple[Text, str], ...]:
        """Checks in words, each with ``yes``, ``no`` or ``unknown``."""
        return ()


NO_DETAILS = Details()
