"""What of a layout is drawn as one: groups from elsewhere, and islands where there are too many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.snapshot import Snapshot

if TYPE_CHECKING:
    from ecosystem.analysis.layout import Layout, Territory

RADIUS_GROUP = 26.0
GROUPS_BELOW, GROUP_APART = 130.0, 380.0
ROOM_ASIDE = 200.0


@dataclass(frozen=True)
class Fold:
    """Nodes that are drawn as one: a territory until a reader opens it, or the rest of one.

    Whatever comes from outside the scope and the themes, always; islands of the scope where
    there is more than can be drawn. ``opens`` is the territory, empty where only its most tied
    nodes can be drawn and this stands for all others.
    """

    territory: Territory
    x: float
    y: float
    nodes: tuple[str, ...]
    radius: float = RADIUS_GROUP
    opens: str = ""

    @property
    def chip(self) -> bool:
        """Whether it stands at the foot of the map: a folded group from elsewhere."""
        return bool(self.opens) and (self.territory.external or self.territory.id == "themes")

    @property
    def id(self) -> str:
        """The id of the node that stands for the group."""
        return f"group:{self.territory.id}" + ("" if self.opens else "/rest")


def canvas_of(layout: Layout) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a layout, with half of it as room on every side."""
    points = [
        *layout.positions.values(),
        *(point for one in layout.territories for point in one.hull),
    ] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, tall = (ROOM_ASIDE + (max(axis) - min(axis)) / 2 for axis in (xs, ys))
    return (
        math.floor(min(xs) - wide),
        math.floor(min(ys) - tall),
        math.ceil(max(xs) + wide),
        math.ceil(max(ys) + tall),
    )


def at_the_edge(layout: Layout) -> list[Territory]:
    """The territories that can be folded."""
    return [one for one in layout.territories if one.external or one.id == "themes"]


def in_a_row(layout: Layout, folded: Sequence[Territory]) -> tuple[Fold, ...]:
    """The folded territories side by side under everything else."""
    away = {node for one in folded for node in one.nodes}
    points = [point for node, point in layout.positions.items() if node not in away] or [(0.0, 0.0)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom = max(y for _, y in points) + GROUPS_BELOW
    apart = min(GROUP_APART, 0.9 * (right - left) / max(1, len(folded) - 1))
    start = (left + right) / 2 - apart * (len(folded) - 1) / 2
    return tuple(
        Fold(one, round(start + apart * place, 1), round(bottom, 1), one.nodes, opens=one.id)
        for place, one in enumerate(folded)
    )


def islands_too_many(
    snapshot: Snapshot,
    layout: Layout,
    folded: Sequence[Territory],
    wanted: set[str],
    most: int,
) -> tuple[Fold, ...]:
    """Whole islands as one node each, the largest first, until what is left can be drawn."""
    inner = sorted(
        (one for one in layout.territories if one not in folded), key=lambda one: -len(one.nodes)
    )
    left = sum(len(one.nodes) for one in inner)
    folds = []
    for one in inner:
        if left > most and one.id not in wanted and wanted.isdisjoint(one.nodes):
            folds.append(_island(one, one.nodes, opens=one.id))
            left -= len(one.nodes)
    for one in inner:
        if left > most and not any(fold.territory is one for fold in folds):
            room = max(1, most - (left - len(one.nodes)))
            ranked = sorted(
                one.nodes, key=lambda i: (i not in wanted, -len(snapshot.edges_of(i)), i)
            )
            folds.append(_island(one, tuple(ranked[room:])))
            left -= len(one.nodes) - room
    return tuple(folds)


def _island(territory: Territory, nodes: tuple[str, ...], opens: str = "") -> Fold:
    """A fold in the place of an island; the rest of an opened one stands below it."""
    ys = [y for _, y in territory.hull] or [territory.centre[1]]
    xs = [x for x, _ in territory.hull] or [territory.centre[0]]
    radius = max(RADIUS_GROUP, min(max(xs) - min(xs), max(ys) - min(ys)) / 4)
    x, y = territory.centre
    if not opens:
        radius = max(RADIUS_GROUP, radius / 3)
        y = max(ys) + 1.6 * radius
    return Fold(territory, round(x, 1), round(y, 1), nodes, round(radius, 1), opens)
