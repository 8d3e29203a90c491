"""The small map of one node: itself in the middle, its neighbours around it, as a still picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from ecosystem.model import ENTITY_KINDS
from ecosystem.snapshot import Snapshot
from webapp.language import plain

MOST = 40
APART = 34.0
LETTERS = 30


@dataclass(frozen=True)
class Neighbour:
    """One neighbour: where it stands, how its name is anchored, the kinds of its ties."""

    id: str
    kind: str
    hollow: bool
    x: float
    y: float
    label: str
    anchor: str
    ties: tuple[str, ...]


@dataclass(frozen=True)
class SmallMap:
    """The neighbours that are drawn, kind by kind, how many are not, and half its height."""

    neighbours: tuple[Neighbour, ...]
    more: int
    height: float


def around(snapshot: Snapshot, identity: str) -> SmallMap | None:
    """The picture of a node's own ties in the view; None where it has none there."""
    ties: dict[str, set[str]] = {}
    for edge in snapshot.edges_of(identity):
        other = edge.target if edge.source == identity else edge.source
        if other in snapshot.nodes:
            ties.setdefault(other, set()).add(edge.kind)
    if not ties:
        return None
    ranked = sorted(ties, key=lambda one: (-len(snapshot.edges_of(one)), one))[:MOST]
    kinds = list(ENTITY_KINDS)
    # Kinds side by side, so that a reader sees what the node is tied to.
    ordered = sorted(ranked, key=lambda one: (kinds.index(snapshot.nodes[one].kind), one))
    half = (len(ordered) + 1) // 2
    height = max(half, 4) * APART / 2
    drawn = [
        _neighbour(snapshot, one, ties[one], side, place, len(ids), height)
        for side, ids in ((1, ordered[:half]), (-1, ordered[half:]))
        for place, one in enumerate(ids)
    ]
    return SmallMap(tuple(drawn), len(ties) - len(ranked), height)


def _neighbour(
    snapshot: Snapshot,
    identity: str,
    ties: set[str],
    side: int,
    place: int,
    of: int,
    height: float,
) -> Neighbour:
    """A neighbour on an arc to the right or left, so that every name has a line of its own."""
    node = snapshot.nodes[identity]
    y = (place - (of - 1) / 2) * APART
    x = side * (110 + 110 * sqrt(max(0.0, 1 - (y / (height + APART)) ** 2)))
    name = plain(node.name)
    label = name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"
    anchor = "start" if side > 0 else "end"
    hollow = node.standing in ("inferred", "illustrative")
    return Neighbour(
        identity, node.kind, hollow, round(x, 1), round(y, 1), label, anchor, tuple(sorted(ties))
    )
