"""Where everything stands on the map: one island per territory, the outside world at the edge.

The layout is a function of the snapshot alone, with no chance in it, and it stays put: a force
layout would shift a whole island for one new tie. Here the size of an island grows in steps, its
places lie on a fixed lattice, and each node takes the free place nearest to where it wants to be.
That wish follows from its id, from whom it belongs to (employer, leader, parent) and from the
side on which its partners live, so a new tie moves its two ends and whoever they push aside.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecosystem.analysis.territories import OUTER, Group, groups_of, hosts
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

Points = NDArray[np.float64]
Point = tuple[float, float]

GROUPINGS = ("sector", "theme", "community")
CELL = np.array([112.0, 62.0])  # px from one place to the next, a label included
JITTER = np.array([22.0, 16.0])  # px by which a node may leave the middle of its cell
STEP = 1.25  # by which the room on an island grows
SPARE = 1.15  # places for each node at least
LEAN = 0.5  # of all directions, those towards the island of most partners
OVAL = np.array([1.5, 1.0])  # the shape of an island
NODE_RADIUS = 30.0  # px from a node's centre to the shore of its island
BERTH = 20.0  # px in which the room between islands grows
COLUMNS = 5  # places in a row of a group at the edge
SPREAD = 1.5  # places for each of those who stand beside another
CAPTION = 30.0
ASPECT = 1.6  # of the whole, so far as it can be had


class Wishes(NamedTuple):
    """Whom each node wants to stand beside, and towards which side (an angle) it leans."""

    anchors: Mapping[str, str]
    leanings: Mapping[str, float]


@dataclass(frozen=True)
class Territory:
    """An island: what it is called, who stands on it, its shore and where its caption goes.

    ``external`` islands stand at the edge: other cities, and what is from elsewhere. The map
    folds them until they are opened.
    """

    id: str
    caption: Text
    external: bool
    nodes: tuple[str, ...]
    hull: tuple[Point, ...]
    centre: Point
    caption_at: Point


@dataclass(frozen=True)
class Layout:
    """Positions in px, y downwards, the largest island of the scope around (0, 0).

    ``width`` and ``height`` span all nodes and a cell on each side.
    """

    group_by: str
    positions: Mapping[str, Point]
    territories: tuple[Territory, ...]
    width: float
    height: float

    def to_dict(self) -> dict[str, Any]:
        """The layout as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def layout(snapshot: Snapshot, group_by: str = "sector") -> Layout:
    """A place for every node of the snapshot.

    Parameters
    ----------
    group_by
        What an island is: ``sector``, ``theme`` (top level) or ``community`` (of all ties).
        Sectors and themes hardly change with one tie; communities may fall out otherwise.

    Raises
    ------
    NotFoundError
        For another grouping.
    """
    if group_by not in GROUPINGS:
        raise NotFoundError("grouping", group_by, GROUPINGS)
    groups = groups_of(snapshot, group_by)
    slots = {group: _slots(group, len(nodes)) for group, nodes in groups.items()}
    centres = _centres(slots)
    wishes = _wishes(snapshot, groups, centres)
    positions: dict[str, Point] = {}
    territories = []
    for group, nodes in groups.items():
        places = _settle(group, nodes, slots[group], wishes) + centres[group]
        for identity, (x, y) in zip(nodes, places, strict=True):
            positions[identity] = (round(float(x), 1), round(float(y), 1))
        territories.append(_territory(group, nodes, places))
    ordered = {identity: positions[identity] for identity in sorted(positions)}
    width, height = np.ptp(list(ordered.values()) or [(0.0, 0.0)], axis=0) + 2 * CELL
    return Layout(group_by, ordered, tuple(territories), float(width), float(height))


# What each node wants


def _wishes(
    snapshot: Snapshot, groups: Mapping[Group, tuple[str, ...]], centres: Mapping[Group, Points]
) -> Wishes:
    group_of = {identity: group for group, nodes in groups.items() for identity in nodes}
    anchors: dict[str, str] = {}
    leanings: dict[str, float] = {}
    for identity, group in group_of.items():
        beside = [one for one in hosts(snapshot, identity) if group_of[one] is group]
        if beside:
            anchors[identity] = beside[0]
        there = Counter(
            group_of[edge.target if edge.source == identity else edge.source]
            for edge in snapshot.edges_of(identity)
            if edge.kind != "LOCATED_IN"
        )
        away = [one for one in there if one is not group and not one.outer]
        if away:
            most = min(away, key=lambda one: (-there[one], one.id))
            across, down = centres[most] - centres[group]
            leanings[identity] = math.atan2(down, across)
    return Wishes(anchors, leanings)


def _hash(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big")


def _share(identity: str, purpose: str) -> float:
    """A number from 0 to 1 that follows from the id, evenly spread over ids."""
    return _hash(f"{purpose} {identity}") / 2**64


def _jitter(identity: str) -> Points:
    shares = np.array([_share(identity, "across"), _share(identity, "down")])
    return np.asarray((shares - 0.5) * JITTER, dtype=np.float64)


# One island


def _rings(count: float) -> int:
    return math.ceil(math.log(count * SPARE, STEP)) if count > 1 else 0


def _room(count: int) -> int:
    """How many places an island of ``count`` nodes has: a step of a ladder, so seldom another."""
    return math.ceil(STEP ** _rings(count))


@lru_cache(maxsize=512)
def _lattice(room: int) -> Points:
    """The first places of an oval lattice from its middle outwards, every other row shifted."""
    reach = math.ceil(2 * math.sqrt(room)) + 2
    columns, rows = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    places = np.stack([columns + rows % 2 / 2, rows], axis=-1).reshape(-1, 2) * CELL
    away = np.round(np.hypot(*(places / OVAL).T), 6)
    order = np.lexsort((places[:, 0], places[:, 1], away))
    return np.asarray(places[order[:room]], dtype=np.float64)


@lru_cache(maxsize=512)
def _column(room: int) -> Points:
    """The first places of a column of ``COLUMNS`` to a row, downwards from its top."""
    numbers = np.arange(room)
    across = numbers % COLUMNS - (COLUMNS - 1) / 2
    return np.asarray(np.stack([across, numbers // COLUMNS], axis=-1) * CELL, dtype=np.float64)


def _slots(group: Group, count: int) -> Points:
    return (_column if group.outer else _lattice)(_room(count))


def _settle(group: Group, nodes: tuple[str, ...], slots: Points, wishes: Wishes) -> Points:
    """A place for each of ``nodes``, in their order: whoever is nearest to a place gets it."""
    here = set(nodes)
    anchors = {one: wishes.anchors[one] for one in nodes if wishes.anchors.get(one) in here}
    crowd = Counter(anchors.values())
    wished: dict[str, Points] = {}
    for identity in sorted(nodes, key=lambda one: _depth(one, anchors)):
        anchor = anchors.get(identity, "")
        if anchor in wished:
            wish = wished[anchor] + _polar(identity, _number(identity, SPREAD * crowd[anchor]))
        elif group.outer:
            wish = slots[int(_number(identity, len(nodes)))]
        else:
            wish = _polar(identity, _number(identity, len(nodes)), wishes.leanings.get(identity))
        wished[identity] = wish
    ways = (np.array([wished[one] for one in nodes])[:, None, :] - slots[None, :, :]) / CELL
    far = np.hypot(ways[..., 0], ways[..., 1])
    places = np.zeros((len(nodes), 2))
    for _ in nodes:
        row, column = np.unravel_index(np.argmin(far), far.shape)
        places[row] = slots[column] + _jitter(nodes[row])
        far[row, :] = far[:, column] = np.inf
    return places


def _number(identity: str, count: float) -> float:
    """Which place of those for ``count`` nodes one wants, counted from the first.

    Places grow by rings. Where a ring is added, only those who belong there go, so that most
    keep their places.
    """
    ring = _rings(count)
    while ring > 0 and _share(identity, f"ring {ring}") > 1 - 1 / STEP:
        ring -= 1
    inner = STEP ** (ring - 1) if ring else 0.0
    return inner + _share(identity, "place") * (STEP**ring - inner)


def _polar(identity: str, number: float, leaning: float | None = None) -> Points:
    """About where an oval has its place of that number, in a direction that follows from the id."""
    turn = _share(identity, "angle")
    angle = math.tau * turn if leaning is None else leaning + LEAN * math.tau * (turn - 0.5)
    radius = math.sqrt(number * CELL.prod() / math.pi / OVAL.prod())
    return np.asarray(radius * OVAL * [math.cos(angle), math.sin(angle)], dtype=np.float64)


def _depth(identity: str, anchors: Mapping[str, str]) -> tuple[int, str]:
    """Whoever others stand beside comes before them."""
    chain = [identity]
    while (above := anchors.get(chain[-1])) and above not in chain:
        chain.append(above)
    return len(chain), identity


# The sea


def _centres(slots: Mapping[Group, Points]) -> dict[Group, Points]:
    """Where each island's middle lies, and the top of each column under them."""
    radii = {group: _radius(places) for group, places in slots.items() if not group.outer}
    taken: list[tuple[Points, float]] = []
    found: dict[Group, Points] = {}
    for group in sorted(radii, key=lambda one: (-radii[one], one.id)):
        found[group] = _nearest_room(radii[group], taken)
        taken.append((found[group], radii[group]))
    below = np.zeros(2)
    if taken:
        low = np.min([centre - radius * OVAL for centre, radius in taken], axis=0)
        high = np.max([centre + radius * OVAL for centre, radius in taken], axis=0)
        below = np.array([(low[0] + high[0]) / 2, high[1] + CAPTION + CELL[1]])
    outer = sorted((group for group in slots if group.outer), key=lambda g: OUTER.index(g.outer))
    for number, group in enumerate(outer):
        across = (number - (len(outer) - 1) / 2) * (COLUMNS * CELL[0] + CAPTION)
        found[group] = below + np.array([across, 0.0])
    return found


def _radius(places: Points) -> float:
    """The reach of an island, captions included, where its oval is a circle: its half height."""
    reach = float(np.hypot(*(places / OVAL).T).max()) + NODE_RADIUS + CAPTION
    return math.ceil(reach / BERTH) * BERTH


def _nearest_room(radius: float, taken: list[tuple[Points, float]]) -> Points:
    """The free spot beside an island that keeps the whole smallest, then nearest to its middle."""
    if not taken:
        return np.zeros(2)
    turns = np.linspace(0, math.tau, 48, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1) * OVAL
    spots = np.concatenate([centre + ways * (other + radius) for centre, other in taken])
    low = np.min([centre - other * OVAL for centre, other in taken], axis=0)
    high = np.max([centre + other * OVAL for centre, other in taken], axis=0)
    sides = np.maximum(high, spots + radius * OVAL) - np.minimum(low, spots - radius * OVAL)
    size = np.round((sides / [ASPECT, 1.0]).max(axis=1), 3)
    away = np.round(np.hypot(*((spots - (low + high) / 2) / [ASPECT, 1.0]).T), 3)
    order = np.lexsort((spots[:, 0], spots[:, 1], away, size))
    return next(spots[number] for number in order if _free(spots[number], radius, taken))


def _free(spot: Points, radius: float, taken: list[tuple[Points, float]]) -> bool:
    return all(np.hypot(*((spot - c) / OVAL)) > radius + other - 1e-6 for c, other in taken)


def _territory(group: Group, nodes: tuple[str, ...], places: Points) -> Territory:
    turns = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    shore = NODE_RADIUS * np.stack([1.5 * np.cos(turns), np.sin(turns)], axis=1)
    hull = _hull((places[:, None, :] + shore[None, :, :]).reshape(-1, 2))
    top = min(y for _, y in hull)
    centre = (round(float(places[:, 0].mean()), 1), round(float(places[:, 1].mean()), 1))
    return Territory(
        group.id,
        group.caption,
        bool(group.outer),
        nodes,
        hull,
        centre,
        (centre[0], round(top - 12, 1)),
    )


def _hull(points: Points) -> tuple[Point, ...]:
    """The convex hull, counter-clockwise in screen coordinates (monotone chain)."""
    ordered = sorted({(round(float(x), 1), round(float(y), 1)) for x, y in points})

    def chain(rows: Iterable[Point]) -> list[Point]:
        kept: list[Point] = []
        for x, y in rows:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return tuple(chain(ordered) + chain(reversed(ordered)))
