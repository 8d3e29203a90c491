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

from ecosystem.analysis.structure import communities
from ecosystem.errors import NotFoundError
from ecosystem.labels import word
from ecosystem.model import HELIX, Edge, Organisation
from ecosystem.snapshot import Snapshot, undirected
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
BERTH = 40.0  # px in which the room between islands grows
COLUMNS = 5  # places in a row of a group at the edge
SPREAD = 1.5  # places for each of those who stand beside another
CAPTION = 30.0
ASPECT = 1.45  # of the whole
ROLES: Mapping[str, Text] = {
    "mentors": Text("Ментори", "Mentors"),
    "learners": Text("Градове, които се учат", "Cities that learn"),
    "funders": Text("Финансиращи отвън", "Funders from elsewhere"),
    "cities": Text("Други градове", "Other cities"),
    "undertakings": Text("Проекти и програми отвън", "Projects and programmes from elsewhere"),
    "partners": Text("Партньори отвън", "Partners from elsewhere"),
}
THEMES = "themes"
OUTER = ("mentors", "learners", "cities", THEMES, "funders", "undertakings", "partners")


class Group(NamedTuple):
    """What a node is grouped under; with ``outer``, a word of OUTER, at the edge of the map."""

    id: str
    caption: Text
    outer: str = ""


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
    groups = _groups(snapshot, group_by)
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


# Who stands where


def _groups(snapshot: Snapshot, group_by: str) -> dict[Group, tuple[str, ...]]:
    """The nodes of each island in the order of ids; islands of the scope first, large first."""
    standing = {identity: _standing(snapshot, identity) for identity in snapshot.nodes}
    choose = {"sector": _sector, "theme": _theme, "community": _community}[group_by]
    chosen = choose(snapshot)
    unknown = Group("unknown", Text("Без сектор", "Sector unknown"))
    if group_by != "sector":
        unknown = Group("unknown", Text("Без група", "In no group"))
    found: dict[Group, list[str]] = {}
    for identity in sorted(snapshot.nodes):
        group = standing[identity] or chosen.get(identity)
        if group is None and group_by == "sector":
            leaders = _leaders(snapshot, identity)
            group = next((standing[one] for one in leaders if standing[one]), None)
        found.setdefault(group or unknown, []).append(identity)
    order = sorted(found, key=lambda group: (bool(group.outer), -len(found[group]), group.id))
    return {group: tuple(found[group]) for group in order}


def _standing(snapshot: Snapshot, identity: str) -> Group | None:
    """The group of a node that has the same one however the rest is grouped."""
    kind = snapshot.nodes[identity].kind
    if identity == snapshot.scope:
        return Group("place", Text("Градът", "The city"))
    if kind == "Theme":
        return Group(THEMES, Text("Теми", "Themes"), THEMES)
    if kind == "City" or identity in snapshot.external:
        role = _role(snapshot, identity)
        return Group(f"external-{role}", ROLES[role], role)
    return None


def _role(snapshot: Snapshot, identity: str) -> str:
    kind = snapshot.nodes[identity].kind
    edges = snapshot.edges_of(identity)
    given = {edge.kind for edge in edges if edge.source == identity}
    roles = {getattr(edge, "role", "") for edge in edges if edge.source == identity}
    if "MENTORS" in given or "mentor" in roles:
        return "mentors"
    if kind == "City":
        mentored = any(edge.kind == "MENTORS" for edge in edges)
        return "learners" if mentored or roles & {"fellow", "challenge"} else "cities"
    if "FUNDS" in given:
        return "funders"
    return "undertakings" if kind in ("Project", "Programme", "Event") else "partners"


def _sector(snapshot: Snapshot) -> dict[str, Group]:
    sectors: dict[str, str] = {}
    for identity, node in snapshot.nodes.items():
        if isinstance(node, Organisation):
            sectors[identity] = node.sector if node.sector in HELIX else "other"
    found = {identity: Group(sector, word(sector)) for identity, sector in sectors.items()}
    for identity in snapshot.nodes.keys() - sectors.keys():
        for host in _hosts(snapshot, identity):
            if host in sectors and host in snapshot.members:
                found[identity] = found[host]
                break
    return found


def _leaders(snapshot: Snapshot, identity: str) -> list[str]:
    return sorted(
        edge.source
        for edge in snapshot.edges_of(identity)
        if edge.target == identity and getattr(edge, "role", "") == "leads"
    )


def _theme(snapshot: Snapshot) -> dict[str, Group]:
    tops: dict[str, str] = {}
    for tie in snapshot.dataset.of_kind("BROADER"):
        if isinstance(tie, Edge):
            tops.setdefault(tie.source, tie.target)
    votes: dict[str, Counter[str]] = {}
    for edge in snapshot.edges_of_kind("ADDRESSES", "OFFERS", "NEEDS"):
        votes.setdefault(edge.source, Counter())[_top(edge.target, tops)] += 1
    stated = dict(votes)
    for edge in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if edge.target in stated and edge.source not in stated:
            votes.setdefault(edge.source, Counter()).update(stated[edge.target])
    found = {}
    for identity, counted in votes.items():
        theme = min(counted, key=lambda one: (-counted[one], one))
        found[identity] = Group(theme, snapshot.name(theme))
    return found


def _top(theme: str, broader: Mapping[str, str]) -> str:
    passed = {theme}
    while broader.get(theme, theme) not in passed:
        theme = broader[theme]
        passed.add(theme)
    return theme


def _community(snapshot: Snapshot) -> dict[str, Group]:
    graph = undirected(snapshot.graph("all"))
    found: dict[str, Group] = {}
    for number, community in enumerate(communities(graph), 1):
        hub = min(community, key=lambda identity: (-graph.degree(identity), identity))
        (bg, _), (en, _) = snapshot.name(hub).show("bg"), snapshot.name(hub).show("en")
        group = Group(f"community-{number}", Text(f"Около: {bg}", f"Around: {en}"))
        found |= dict.fromkeys(community, group)
    return found


# What each node wants

LEADING = {"leads": 0, "organiser": 1, "host": 2, "": 4}
BELONGING = ("MEMBER_OF", "PART_OF", "LOCATED_IN")


def _hosts(snapshot: Snapshot, identity: str) -> list[str]:
    """Employers, parents and premises; leaders, then participants and owners; members first."""
    found = []
    for edge in snapshot.edges_of(identity):
        belongs = edge.kind in BELONGING and edge.source == identity
        if belongs or (edge.kind in ("PARTICIPATES_IN", "OWNS") and edge.target == identity):
            host = edge.target if belongs else edge.source
            rank = LEADING.get(getattr(edge, "role", ""), 3)
            over = edge.id in snapshot.ended
            found.append((host not in snapshot.members, rank, over, edge.id, host))
    return [row[-1] for row in sorted(found)]


def _wishes(
    snapshot: Snapshot, groups: Mapping[Group, tuple[str, ...]], centres: Mapping[Group, Points]
) -> Wishes:
    group_of = {identity: group for group, nodes in groups.items() for identity in nodes}
    anchors: dict[str, str] = {}
    leanings: dict[str, float] = {}
    for identity, group in group_of.items():
        beside = [one for one in _hosts(snapshot, identity) if group_of[one] is group]
        if beside:
            anchors[identity] = beside[0]
        there = Counter(
            group_of[edge.target if edge.source == identity else edge.source]
            for edge in snapshot.edges_of(identity)
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


def _rings(count: int) -> int:
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
    """A place for each of ``nodes``, in their order: in turn, the free one nearest to its wish."""
    here = set(nodes)
    anchors = {one: wishes.anchors[one] for one in nodes if wishes.anchors.get(one) in here}
    crowd = Counter(anchors.values())
    wished: dict[str, Points] = {}
    taken: dict[str, Points] = {}
    free = slots.copy()
    for identity in sorted(nodes, key=lambda one: _turn(one, anchors)):
        anchor = anchors.get(identity, "")
        if anchor in wished:
            wish = wished[anchor] + _polar(identity, _number(identity, SPREAD * crowd[anchor]))
        elif group.outer:
            wish = slots[int(_number(identity, len(nodes)))]
        else:
            wish = _polar(identity, _number(identity, len(nodes)), wishes.leanings.get(identity))
        wished[identity] = wish
        nearest = int(np.argmin(np.hypot(*((free - wish) / CELL).T)))
        taken[identity] = slots[nearest]
        free[nearest] = np.inf
    return np.array([taken[one] + _jitter(one) for one in nodes]).reshape(-1, 2)


def _number(identity: str, count: int) -> float:
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


def _turn(identity: str, anchors: Mapping[str, str]) -> tuple[int, int, int]:
    """When a node chooses: whoever all belong to, then those beside it, by hashed id."""
    chain = [identity]
    while (above := anchors.get(chain[-1])) and above not in chain:
        chain.append(above)
    return _hash(chain[-1]), len(chain), _hash(identity)


# The sea


def _centres(slots: Mapping[Group, Points]) -> dict[Group, Points]:
    """Where each island's middle lies, and the top of each column under them."""
    radii = {group: _radius(places) for group, places in slots.items() if not group.outer}
    taken: list[tuple[Points, float]] = []
    found: dict[Group, Points] = {}
    for group in sorted(radii, key=lambda one: (-radii[one], one.id)):
        found[group] = _nearest_room(radii[group], taken)
        taken.append((found[group], radii[group]))
    bottom = max((float(centre[1]) + radius for centre, radius in taken), default=0.0)
    outer = sorted((group for group in slots if group.outer), key=lambda g: OUTER.index(g.outer))
    for number, group in enumerate(outer):
        across = (number - (len(outer) - 1) / 2) * (COLUMNS * CELL[0] + CAPTION)
        found[group] = np.array([across, bottom + CAPTION + CELL[1]])
    return found


def _radius(places: Points) -> float:
    """The reach of an island, captions included, where its oval is a circle: its half height."""
    reach = float(np.hypot(*(places / OVAL).T).max()) + NODE_RADIUS + CAPTION
    return math.ceil(reach / BERTH) * BERTH


def _nearest_room(radius: float, taken: list[tuple[Points, float]]) -> Points:
    """The free spot beside an island that is nearest to the middle of the map."""
    if not taken:
        return np.zeros(2)
    turns = np.linspace(0, math.tau, 48, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1) * OVAL
    spots = np.concatenate([centre + ways * (other + radius) for centre, other in taken])
    cost = np.round(np.hypot(spots[:, 0] / ASPECT, spots[:, 1]), 3)
    order = np.lexsort((spots[:, 0], spots[:, 1], cost))
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
