"""Who is in both of two rooms, who in one only, and how the sectors are balanced in each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.gaps.laws import shown
from ecosystem.analysis.inviting.guests import sector_of
from ecosystem.analysis.inviting.places import SECTORS_INVITED
from ecosystem.errors import NotFoundError
from ecosystem.labels import word
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain


@dataclass(frozen=True)
class Guests:
    """A named set of organisations; ``beside`` counts other recorded guests by kind."""

    label: Text
    ids: tuple[str, ...]
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Guest:
    """One organisation of a room."""

    id: str
    name: Text
    sector: str


@dataclass(frozen=True)
class Balance:
    """A sector in both rooms; a share is None where a room has nobody."""

    sector: str
    label: Text
    one: int
    one_share: float | None
    other: int
    other_share: float | None


@dataclass(frozen=True)
class Comparison:
    """Two rooms side by side, the guests in the order of ids."""

    one: Guests
    other: Guests
    both: tuple[Guest, ...]
    only_one: tuple[Guest, ...]
    only_other: tuple[Guest, ...]
    balance: tuple[Balance, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def guests_of(snapshot: Snapshot, event: str) -> Guests:
    """The organisations recorded at an event, wherever they come from.

    Raises
    ------
    NotFoundError
        Where the dataset has no such event.
    """
    nodes = snapshot.dataset.nodes
    if event not in nodes or nodes[event].kind != "Event":
        known = [node.id for node in nodes.values() if node.kind == "Event"]
        raise NotFoundError("event", event, known)
    came = {
        tie.source
        for tie in snapshot.edges_of(event)
        if tie.kind == "PARTICIPATES_IN" and tie.target == event
    }
    kinds = Counter(nodes[identity].kind for identity in came)
    organisations = tuple(sorted(i for i in came if nodes[i].kind == "Organisation"))
    beside = tuple(sorted((k, n) for k, n in kinds.items() if k != "Organisation"))
    return Guests(shown(snapshot, event), organisations, beside)


def compare(snapshot: Snapshot, one: Guests, other: Guests) -> Comparison:
    """The two rooms side by side; shares are of all organisations of a room."""

    def named(ids: set[str]) -> tuple[Guest, ...]:
        return tuple(
            Guest(identity, snapshot.name(identity), sector_of(snapshot, identity))
            for identity in sorted(ids)
        )

    first, second = set(one.ids), set(other.ids)
    counts = [Counter(sector_of(snapshot, i) for i in ids) for ids in (first, second)]
    return Comparison(
        one=one,
        other=other,
        both=named(first & second),
        only_one=named(first - second),
        only_other=named(second - first),
        balance=tuple(
            Balance(
                sector,
                word(sector),
                counts[0][sector],
                counts[0][sector] / len(first) if first else None,
                counts[1][sector],
                counts[1][sector] / len(second) if second else None,
            )
            for sector in SECTORS_INVITED
        ),
    )
