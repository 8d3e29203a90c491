"""Where everything stands on the map: one island per territory, the outside world below.

The layout is a function of the snapshot alone, with no chance in it, and it stays put: a force
layout would shift a whole island for one new tie. Here the places of an island lie on a fixed
lattice, and each node gets a place near to where it wants to be. That wish follows from its id,
from whom it belongs to (employer, leader, parent) and from the side on which most of its partners
live, so a new tie moves its two ends, those who stand beside them and whom they push aside.
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

from ecosystem.analysis.territories import OUTER, SHELF, Group, groups_of, hosts
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

Points = NDArray[np.float64]
Point = tuple[float, float]

GROUPINGS = ("sector", "theme", "community")
CELL = np.array([112.0, 62.0])  # px from one place to the next, a label included
JITTER = np.array([22.0, 16.0])  # px by which a node may leave the middle of its cell
SPARE = 1.2  # places for each node
LEAN = 0.5  # of all directions, those towards the island of most partners
OVAL = np.array([1.5, 1.0])  # the shape of an island
NODE_RADIUS = 30.0  # px from a node's centre to the shore of its island
NEAR = 32  # how many of the nearest places a node looks at in one turn
COLUMNS = 5  # places in a row of a group at the edge
SHELF_COLUMNS = 9
CAPTION = 30.0
GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle from one island to the next
FIRST = ("government", "industry", "academia", "civil society", "other")
LAST = ("unknown", "place")


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
    centres = _centres(groups)
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


def _room(count: int) -> int:
    """How many places an island of ``count`` nodes has; the spare ones keep moves short."""
    return math.ceil(count * SPARE) if count > 1 else count


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
def _rows(room: int, columns: int, down: int) -> Points:
    """The first places in rows of so many columns, downwards (1) or upwards (-1)."""
    numbers = np.arange(room)
    across = numbers % columns - (columns - 1) / 2
    places = np.stack([across, down * (numbers // columns)], axis=-1)
    return np.asarray(places * CELL, dtype=np.float64)


def _slots(group: Group, count: int) -> Points:
    if group.outer == SHELF:
        return _rows(_room(count), SHELF_COLUMNS, -1)
    return _rows(_room(count), COLUMNS, 1) if group.outer else _lattice(_room(count))


def _settle(group: Group, nodes: tuple[str, ...], slots: Points, wishes: Wishes) -> Points:
    """A place for each of ``nodes``, in their order: whoever is nearest to a place gets it."""
    here = set(nodes)
    anchors = {one: wishes.anchors[one] for one in nodes if wishes.anchors.get(one) in here}
    crowd = Counter(anchors.values())
    wished: dict[str, Points] = {}
    for identity in sorted(nodes, key=lambda one: _depth(one, anchors)):
        anchor = anchors.get(identity, "")
        if anchor in wished:
            wish = wished[anchor] + _polar(identity, _number(identity, 2 * crowd[anchor]))
        elif group.outer:
            wish = slots[int(_number(identity, len(nodes)))]
        else:
            wish = _polar(identity, _number(identity, len(nodes)), wishes.leanings.get(identity))
        wished[identity] = wish
    places = slots[_assign(np.array([wished[one] for one in nodes]), slots)]
    return np.asarray(places + [_jitter(one) for one in nodes], dtype=np.float64)


def _assign(wished: Points, slots: Points) -> NDArray[np.intp]:
    """The number of the slot of each wish: the nearest pair first, then the next."""
    from scipy.spatial import cKDTree  # a tenth of a second that most commands do not need

    found = np.full(len(wished), -1)
    placed, taken = bytearray(len(wished)), bytearray(len(slots))
    while len(left := np.flatnonzero(found < 0)):
        free = np.flatnonzero(np.frombuffer(taken, dtype=np.uint8) == 0)
        near = min(NEAR, len(free))
        tree = cKDTree(slots[free] / CELL)
        far, at = (part.ravel() for part in tree.query(wished[left] / CELL, range(1, near + 1)))
        ones, there = np.repeat(left, near), free[at]
        order = np.lexsort((there, ones, np.round(far, 6)))
        for one, slot in zip(ones[order].tolist(), there[order].tolist(), strict=True):
            if not placed[one] and not taken[slot]:
                placed[one] = taken[slot] = 1
                found[one] = slot
    return found


def _number(identity: str, count: int) -> float:
    """Which of the places for ``count`` nodes one wants, counted from the middle.

    Where a place is added, only those who now want that one want another: the jump consistent
    hash [1]_, and a share of the place itself.

    References
    ----------
    .. [1] J. Lamping, E. Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm" (2014).
    """
    state, place, ahead = _hash(identity), 0, 0
    while ahead < _room(count):
        place = ahead
        state = (state * 2862933555777941757 + 1) % 2**64
        ahead = int((place + 1) * 2**31 / ((state >> 33) + 1))
    return place + _share(identity, "place")


def _polar(identity: str, number: float, leaning: float | None = None) -> Points:
    """About where an oval has its place of that number, in a direction that follows from the id."""
    turn = _share(identity, "angle")
    angle = math.tau * turn if leaning is None else leaning + LEAN * math.tau * (turn - 0.5)
    return np.asarray(_reach(number) * OVAL * [math.cos(angle), math.sin(angle)], dtype=np.float64)


def _depth(identity: str, anchors: Mapping[str, str]) -> tuple[int, str]:
    """Whoever others stand beside comes before them."""
    chain = [identity]
    while (above := anchors.get(chain[-1])) and above not in chain:
        chain.append(above)
    return len(chain), identity


# The sea


def _centres(groups: Mapping[Group, tuple[str, ...]]) -> dict[Group, Points]:
    """Where each island's middle lies, the top of each column under them, the shelf above."""
    inner = [group for group in groups if not group.outer]
    taken: list[tuple[Points, float]] = []
    found: dict[Group, Points] = {}
    for number, group in enumerate(sorted(inner, key=_order)):
        radius = _radius(len(groups[group]))
        middle = _nearest_room(number * GOLDEN, radius, taken)
        taken.append((middle, radius))
        found[group] = middle * OVAL
    below, above = np.zeros(2), np.zeros(2)
    if taken:
        low = np.min([middle - radius for middle, radius in taken], axis=0) * OVAL
        high = np.max([middle + radius for middle, radius in taken], axis=0) * OVAL
        below = np.array([(low[0] + high[0]) / 2, high[1] + CAPTION + CELL[1]])
        above = np.array([below[0], low[1] - CELL[1]])
    for group in groups:
        if group.outer == SHELF:
            found[group] = above
        elif group.outer:
            column = OUTER.index(group.outer) - (len(OUTER) - 1) / 2
            across = column * (COLUMNS * float(CELL[0]) + CAPTION)
            found[group] = below + np.array([across, 0.0])
    return found


def _reach(places: float) -> float:
    """How far from its middle an oval has its last place, where the oval is a circle."""
    return math.sqrt(places * float(CELL[0] * CELL[1] / OVAL[0]) / math.pi)


def _radius(count: int) -> float:
    """The half height of an island with its shore, its caption and half a place to spare."""
    return _reach(_room(count)) + float(CELL[1]) / 2 + NODE_RADIUS + CAPTION / 2


def _order(group: Group) -> tuple[int, str]:
    """An order that no size changes: sectors as in FIRST, the others by id, then those in LAST."""
    if group.id in FIRST:
        return FIRST.index(group.id), group.id
    return len(FIRST) + (LAST.index(group.id) + 1 if group.id in LAST else 0), group.id


def _nearest_room(angle: float, radius: float, taken: list[tuple[Points, float]]) -> Points:
    """The free spot in a direction from the middle that is nearest to it, where ovals are circles.

    A little more or less of any radius moves it a little.
    """
    way = np.array([math.cos(angle), math.sin(angle)])
    spots = [0.0]
    for middle, other in taken:
        along, apart = float(middle @ way), radius + other
        aside = float(middle @ middle) - along**2
        if aside < apart**2:
            spots.append(along + math.sqrt(apart**2 - aside))
    return next(
        spot * way
        for spot in sorted(spots)
        if all(np.hypot(*(spot * way - m)) > radius + other - 1e-6 for m, other in taken)
    )


def _territory(group: Group, nodes: tuple[str, ...], places: Points) -> Territory:
    turns = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    shore = NODE_RADIUS * np.stack([1.5 * np.cos(turns), np.sin(turns)], axis=1)
    hull = _hull((_outermost(places)[:, None, :] + shore[None, :, :]).reshape(-1, 2))
    top = min(y for _, y in hull)
    centre = (round(float(places[:, 0].mean()), 1), round(float(places[:, 1].mean()), 1))
    return Territory(
        group.id,
        group.caption,
        group.outer not in ("", SHELF),
        nodes,
        hull,
        centre,
        (centre[0], round(top - 12, 1)),
    )


def _outermost(places: Points) -> Points:
    """Those that may be corners of the hull: none further inside than what rounding moves.

    What lies within the corners that are furthest in 32 directions is left out [1]_.

    References
    ----------
    .. [1] S. G. Akl, G. T. Toussaint, "A fast convex hull algorithm", Inf. Process. Lett. 7 (1978).
    """
    turns = np.linspace(0, 2 * math.pi, 32, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1) / OVAL
    corners = places[np.argmax(places @ ways.T, axis=0)]
    inside = np.full(len(places), len(np.unique(corners, axis=0)) > 2)
    for corner, side in zip(corners, np.roll(corners, -1, axis=0) - corners, strict=True):
        if length := np.hypot(*side):
            away = places - corner
            inside &= side[0] * away[:, 1] - side[1] * away[:, 0] > length
    return np.asarray(places[~inside], dtype=np.float64)


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
