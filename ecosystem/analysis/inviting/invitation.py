"""What a list of guests holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.inviting.guests import Contact, LastContact
from ecosystem.analysis.inviting.reasons import Part
from ecosystem.values import Text, plain


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be invited.

    Attributes
    ----------
    score
        The sum of the points of ``parts``.
    contacts, last
        Who is recorded there, and its latest recorded part in the scope; None where none is.
    repeated
        The last events of the scope in which it took part, newest first.
    set
        Whether the reader put it on the list.
    maybe
        Whether nothing links it to the themes themselves, only to what enables them.
    external
        Whether it does not belong to the scope.
    met, strangers
        Of the other guests, those met at a recorded event, and those met at none; both empty
        where no part in an event is recorded, and for whom is not on the list.
    """

    id: str
    name: Text
    sector: str
    score: float
    parts: tuple[Part, ...]
    contacts: tuple[Contact, ...]
    last: LastContact | None
    repeated: tuple[str, ...]
    set: bool = False
    maybe: bool = False
    external: bool = False
    met: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """An organisation that is not on the list, and why.

    ``why`` is one of ``enough``, ``no link``, ``external``, ``unwanted`` and ``over``.
    """

    id: str
    name: Text
    sector: str
    why: str
    reason: Text


@dataclass(frozen=True)
class Quota:
    """The places of one sector: its share, what that makes of the size, and who filled them."""

    sector: str
    share: float
    places: int
    candidates: int
    invited: int
    note: Text


@dataclass(frozen=True)
class Invitation:
    """A list of guests; these and ``runners_up`` in the order in which the list takes them."""

    scope: str
    as_of: str
    themes: tuple[str, ...]
    theme_names: tuple[Text, ...]
    size: int
    quotas: tuple[Quota, ...]
    guests: tuple[Candidate, ...]
    runners_up: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    last_events: tuple[str, ...]
    notes: tuple[Text, ...]
    assumptions: tuple[Text, ...]

    @property
    def sure(self) -> tuple[Candidate, ...]:
        """The guests whom the themes themselves concern: those who are set, then by points."""
        return tuple(one for one in self._by_points() if not one.maybe)

    @property
    def perhaps(self) -> tuple[Candidate, ...]:
        """The guests linked only to what enables the themes, by points."""
        return tuple(one for one in self._by_points() if one.maybe)

    def _by_points(self) -> list[Candidate]:
        return sorted(self.guests, key=lambda one: (not one.set, -one.score))

    def to_dict(self) -> dict[str, Any]:
        """The list as plain values."""
        found: dict[str, Any] = plain(self)
        return found
