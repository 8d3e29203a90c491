"""Where everything stands on the map: one island per territory, the outside world at the edge.

The layout is a function of the snapshot alone, with no chance in it. A force layout would shift
the whole island for one new tie; here a node's place follows from its id and from whom it belongs
to (its employer, its leader), so a reader finds everything where it was.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.analysis.structure import structure
from ecosystem.errors import NotFoundError
from ecosystem.labels import word
from ecosystem.model import HELIX, Edge, Organisation
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

Points = NDArray[np.float64]
Point = tuple[float, float]

GROUPINGS = ("sector", "theme", "community")
CELL = np.array([112.0, 62.0])  # px from one node to the next, its label included
JITTER = np.array([22.0, 16.0])  # px by which a node may leave the middle of its cell
ISLAND_ASPECT = 1.5
NODE_RADIUS = 30.0  # px from a node's centre to the shore of its island
ISLAND_GAP = 34.0
CAPTION = 30.0
ASPECT = 1.2
ROLES: Mapping[str, Text] = {
    "mentors": Text("Ментори отвън", "Mentors from elsewhere"),
    "funders": Text("Финансиращи отвън", "Funders from elsewhere"),
    "cities": Text("Други градове", "Other cities"),
    "partners": Text("Партньори отвън", "Partners from elsewhere"),
}
PLACE = Text("Градът", "The city")
THEMES = Text("Теми", "Themes")
UNKNOWN = Text("Без сектор", "Sector unknown")


@dataclass(frozen=True)
class Territory:
    """An island: what it is called, who stands on it, its shore and where its caption goes.

    ``external`` islands hold what is from elsewhere; the map folds them until they are opened.
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
    """Positions in px, y downwards, the whole centred on (0, 0)."""

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

    Raises
    ------
    NotFoundError
        For another grouping.
    """
    if group_by not in GROUPINGS:
        raise NotFoundError("grouping", group_by, GROUPINGS)
    groups = _groups(snapshot, group_by)
    anchors = _anchors(snapshot)
    islands = {key: _island(nodes, anchors) for key, (_, _, nodes) in groups.items()}
    outer = [key for key, (_, external, _) in groups.items() if external or key == "themes"]
    inner = [key for key in groups if key not in outer]
    offsets = _pack([(key, _extent(islands[key])) for key in inner], [])
    taken = [(offsets[key], _extent(islands[key])) for key in inner]
    offsets |= _pack([(key, _extent(islands[key])) for key in outer], taken)
    positions: dict[str, Point] = {}
    territories = []
    centre = _middle([(offsets[key], _extent(islands[key])) for key in inner or outer])
    for key, (caption, external, nodes) in groups.items():
        places = islands[key] + offsets[key] - centre
        for identity, (x, y) in zip(nodes, places, strict=True):
            positions[identity] = (round(float(x), 1), round(float(y), 1))
        territories.append(_territory(key, caption, external, nodes, places))
    spans = np.array(list(positions.values()) or [(0.0, 0.0)])
    width, height = np.ptp(spans, axis=0) + 2 * CELL
    ordered = {identity: positions[identity] for identity in sorted(positions)}
    return Layout(group_by, ordered, tuple(territories), float(width), float(height))


# Who stands where


def _groups(snapshot: Snapshot, group_by: str) -> dict[str, tuple[Text, bool, tuple[str, ...]]]:
    choose = {"sector": _sector, "theme": _theme, "community": _community}[group_by](snapshot)
    found: dict[str, list[str]] = {}
    captions: dict[str, Text] = {}
    for identity, node in snapshot.nodes.items():
        if identity in snapshot.external:
            role = _role(snapshot, identity)
            key, caption = f"external-{role}", ROLES[role]
        elif node.kind == "Theme":
            key, caption = "themes", THEMES
        elif identity == snapshot.scope:
            key, caption = "place", PLACE
        else:
            key, caption = choose.get(identity, ("unknown", UNKNOWN))
        found.setdefault(key, []).append(identity)
        captions[key] = caption
    order = sorted(found, key=lambda key: (key.startswith("external-"), -len(found[key]), key))
    return {
        key: (captions[key], key.startswith("external-"), tuple(sorted(found[key])))
        for key in order
    }


def _role(snapshot: Snapshot, identity: str) -> str:
    edges = snapshot.edges_of(identity)
    if any(e.kind == "MENTORS" and e.source == identity for e in edges) or any(
        getattr(e, "role", "") == "mentor" for e in edges
    ):
        return "mentors"
    if any(e.kind == "FUNDS" and e.source == identity for e in edges):
        return "funders"
    return "cities" if snapshot.nodes[identity].kind == "City" else "partners"


LEADING = {"leads": 0, "organiser": 1, "host": 2, "": 4}


def _sector(snapshot: Snapshot) -> dict[str, tuple[str, Text]]:
    found: dict[str, str] = {}
    for identity, node in snapshot.nodes.items():
        if isinstance(node, Organisation):
            found[identity] = node.sector if node.sector in HELIX else "other"
    for identity, node in snapshot.nodes.items():
        if node.kind != "Organisation":
            for host in _hosts(snapshot, identity):
                if host in found and host in snapshot.members:
                    found.setdefault(identity, found[host])
    return {identity: (sector, word(sector)) for identity, sector in found.items()}


def _theme(snapshot: Snapshot) -> dict[str, tuple[str, Text]]:
    broader = {e.source: e.target for e in snapshot.dataset.edges.values() if e.kind == "BROADER"}
    votes: dict[str, Counter[str]] = {}
    for edge in snapshot.edges_of_kind("ADDRESSES", "OFFERS", "NEEDS"):
        top = edge.target
        while top in broader:
            top = broader[top]
        votes.setdefault(edge.source, Counter())[top] += 1
    for edge in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if edge.target in votes and edge.source not in votes:
            votes.setdefault(edge.source, Counter()).update(votes[edge.target])
    found = {}
    for identity, counted in votes.items():
        theme = min(counted, key=lambda one: (-counted[one], one))
        found[identity] = (theme, snapshot.name(theme))
    return found


def _community(snapshot: Snapshot) -> dict[str, tuple[str, Text]]:
    communities = structure(snapshot, "all").communities
    return {
        identity: (f"community-{number}", Text(f"Общност {number}", f"Community {number}"))
        for number, community in enumerate(communities, 1)
        for identity in community
    }


def _other(edge: Edge, identity: str) -> str:
    return edge.target if edge.source == identity else edge.source


def _anchors(snapshot: Snapshot) -> dict[str, str]:
    """For each person the first employer, for each project or event whoever leads it."""
    found: dict[str, str] = {}
    for identity, node in snapshot.nodes.items():
        if node.kind in ("Person", "Project", "Event", "Programme"):
            hosts = _hosts(snapshot, identity)
            if hosts:
                found[identity] = hosts[0]
    return found


def _hosts(snapshot: Snapshot, identity: str) -> list[str]:
    """Employers of a person, leaders and then participants of an undertaking, members first."""
    return [
        host
        for _, _, _, host in sorted(
            (
                _other(e, identity) not in snapshot.members,
                LEADING.get(getattr(e, "role", ""), 3),
                e.id,
                _other(e, identity),
            )
            for e in snapshot.edges_of(identity)
            if (e.kind == "MEMBER_OF" and e.source == identity)
            or (e.kind in ("PARTICIPATES_IN", "OWNS") and e.target == identity)
        )
    ]


# One island


def _island(nodes: tuple[str, ...], anchors: Mapping[str, str]) -> Points:
    """Places for ``nodes``: staggered rows in an oval, each node beside its anchor.

    The order is that of hashed ids, so a tie that changes no anchor moves nothing.
    """
    order = sorted(range(len(nodes)), key=lambda i: _key(nodes[i], anchors))
    places = np.zeros((len(nodes), 2))
    rows = _rows(len(nodes))
    slots = [
        ((column - (length - 1) / 2), row - (len(rows) - 1) / 2)
        for row, length in enumerate(rows)
        for column in (range(length) if row % 2 == 0 else reversed(range(length)))
    ]
    for number, slot in zip(order, slots, strict=True):
        places[number] = np.array(slot) * CELL + _jitter(nodes[number])
    return np.asarray(places - places.mean(axis=0), dtype=np.float64) if len(nodes) else places


def _key(identity: str, anchors: Mapping[str, str]) -> tuple[int, bool, int]:
    anchor = anchors.get(identity, identity)
    return _hash(anchor), identity != anchor, _hash(identity)


def _rows(count: int) -> list[int]:
    """How many nodes stand in each row of an oval of ``count``, top to bottom."""
    height = max(1, round(math.sqrt(count * CELL[0] / CELL[1] / ISLAND_ASPECT)))
    widths = [math.sqrt(1 - ((row + 0.5) / height * 2 - 1) ** 2) for row in range(height)]
    ends = [round(count * sum(widths[: row + 1]) / sum(widths)) for row in range(height)]
    return [b - a for a, b in zip([0, *ends], ends, strict=False) if b > a]


def _hash(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big")


def _jitter(identity: str) -> Points:
    value = _hash(identity)
    share = np.array([value & 1023, value >> 10 & 1023]) / 1023 - 0.5
    return np.asarray(share * JITTER, dtype=np.float64)


# The sea


def _extent(places: Points) -> Points:
    half = np.abs(places).max(axis=0) + CELL / 2 + np.array([ISLAND_GAP, ISLAND_GAP])
    half[1] += CAPTION / 2
    return np.asarray(half, dtype=np.float64)


def _pack(
    islands: list[tuple[str, Points]], taken: list[tuple[Points, Points]]
) -> dict[str, Points]:
    """Centres for islands of given half sizes, each as near the middle as there is room."""
    taken = list(taken)
    found: dict[str, Points] = {}
    for key, half in sorted(islands, key=lambda one: (-float(one[1].prod()), one[0])):
        best = np.zeros(2)
        if taken:
            spots = _spots(taken, half)
            cost = np.hypot(spots[:, 0] / ASPECT, spots[:, 1])
            for number in np.lexsort((spots[:, 0], spots[:, 1], np.round(cost, 3))):
                if _free(spots[number], half, taken):
                    best = spots[number]
                    break
        found[key] = best
        taken.append((best, half))
    return found


def _spots(taken: list[tuple[Points, Points]], half: Points) -> Points:
    """Places where an island would touch a taken one, at nine alignments of each side."""
    shifts = np.linspace(-1.0, 1.0, 9)
    sides = [(side, shift) for side in (-1.0, 1.0) for shift in shifts]
    touching = np.array(sides + [(shift, side) for side, shift in sides])
    return np.concatenate([centre + touching * (size + half) for centre, size in taken])


def _free(spot: Points, half: Points, taken: list[tuple[Points, Points]]) -> bool:
    return all(bool((np.abs(spot - c) >= half + s - 1e-6).any()) for c, s in taken)


def _middle(placed: list[tuple[Points, Points]]) -> Points:
    if not placed:
        return np.zeros(2)
    low = np.min([centre - half for centre, half in placed], axis=0)
    high = np.max([centre + half for centre, half in placed], axis=0)
    return np.asarray((low + high) / 2, dtype=np.float64)


def _territory(
    key: str, caption: Text, external: bool, nodes: tuple[str, ...], places: Points
) -> Territory:
    turns = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    shore = NODE_RADIUS * np.stack([1.5 * np.cos(turns), np.sin(turns)], axis=1)
    hull = _hull((places[:, None, :] + shore[None, :, :]).reshape(-1, 2))
    top = min(y for _, y in hull)
    centre = (round(float(places[:, 0].mean()), 1), round(float(places[:, 1].mean()), 1))
    return Territory(key, caption, external, nodes, hull, centre, (centre[0], top - 12))


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
