"""A snapshot as a picture: what vis-network draws, modelled by pyvis."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from pyvis.network import Network

from ecosystem.analysis.layout import Layout
from ecosystem.analysis.metrics import Measure
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, Edge, Node
from ecosystem.snapshot import Snapshot
from ecosystem.values import Language

RADIUS_LOW, RADIUS_HIGH = 5.5, 15.0
RADIUS_UNMEASURED = 6.5
Mark = Mapping[str, Any]

# Each kind of tie has a line of its own: colour token, width, arrow head, dots.
LOOKS: dict[str, dict[str, Any]] = {
    "PARTICIPATES_IN": {"look": "plain", "width": 1.4},
    "FUNDS": {"look": "funding", "width": 2.6, "head": "arrow"},
    "MENTORS": {"look": "mentoring", "width": 1.8, "head": "arrow", "dots": [2, 4]},
    "MEMBER_OF": {"look": "plain", "width": 1.0},
    "PART_OF": {"look": "plain", "width": 1.0, "head": "circle"},
    "OWNS": {"look": "plain", "width": 2.2, "head": "diamond"},
    "PARTNERS_WITH": {"look": "plain", "width": 1.8},
    "LOCATED_IN": {"look": "faint", "width": 0.7},
    "OFFERS": {"look": "plain", "width": 1.0, "head": "arrow"},
    "NEEDS": {"look": "plain", "width": 1.0, "head": "vee"},
    "ADDRESSES": {"look": "faint", "width": 0.9},
    "BROADER": {"look": "faint", "width": 0.9},
    "ENABLES": {"look": "faint", "width": 0.9, "head": "vee"},
}
OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "dragNodes": False,
        "tooltipDelay": 3_600_000,
        "zoomSpeed": 0.7,
    },
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}


class _Ids(dict[str, None]):
    """Ids in the order of their arrival, found at once; pyvis searches a list."""

    def append(self, identity: str) -> None:
        self[identity] = None


class Picture(Network):  # type: ignore[misc]  # pyvis has no types
    """The node, edge and option model of pyvis; its HTML is never made.

    Directed, so that parallel ties stay apart, with ids looked up instead of searched for.
    """

    def __init__(self) -> None:
        super().__init__(directed=True)
        self.node_ids = _Ids()
        self.options = OPTIONS

    def get_nodes(self) -> _Ids:
        """The ids of the nodes."""
        ids: _Ids = self.node_ids
        return ids


def picture(
    snapshot: Snapshot,
    layout: Layout,
    measure: Measure,
    lang: Language,
    marks: Iterable[Mark] = (),
) -> dict[str, Any]:
    """Nodes, ties, islands and marks for the browser, as plain JSON values.

    Sizes grow with the square root of ``measure`` within each kind; importance, which decides
    whose label is placed first, is the same value between 0 and 1.
    """
    model = Picture()
    shares = _shares(snapshot, measure)
    for node in snapshot.nodes.values():
        if node.id in layout.positions:
            _add_node(model, snapshot, node, layout, shares.get(node.id), lang)
    centre = _centre(layout)
    seen: dict[tuple[str, str], int] = {}
    for edge in snapshot.edges.values():
        if edge.source in model.node_ids and edge.target in model.node_ids:
            pair = (min(edge.source, edge.target), max(edge.source, edge.target))
            seen[pair] = seen.get(pair, -1) + 1
            _add_edge(model, snapshot, edge, layout, centre, seen[pair])
    nodes, edges, _, _, _, options = model.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "territories": [_territory(one, lang) for one in layout.territories],
        "marks": list(marks),
    }


def _shares(snapshot: Snapshot, measure: Measure) -> dict[str, float]:
    most: dict[str, float] = {}
    for identity, value in measure.values.items():
        if value is not None and identity in snapshot.nodes:
            kind = snapshot.nodes[identity].kind
            most[kind] = max(most.get(kind, 0.0), value)
    return {
        identity: value / most[snapshot.nodes[identity].kind]
        for identity, value in measure.values.items()
        if value is not None and identity in snapshot.nodes and most[snapshot.nodes[identity].kind]
    }


def _add_node(
    model: Picture,
    snapshot: Snapshot,
    node: Node,
    layout: Layout,
    share: float | None,
    lang: Language,
) -> None:
    x, y = layout.positions[node.id]
    name, name_language = node.name.show(lang)
    radius = (
        RADIUS_UNMEASURED
        if share is None
        else RADIUS_LOW + (RADIUS_HIGH - RADIUS_LOW) * math.sqrt(share)
    )
    model.add_node(
        node.id,
        label=name,
        shape="custom",
        group=node.kind,
        kind_name=type(node).label.show(lang)[0],
        lang=name_language,
        x=round(float(x), 1),
        y=round(float(y), 1),
        size=round(radius, 2),
        importance=round((share or 0.0) + (0.5 if node.kind == "City" else 0.0), 4),
        hollow=node.standing in ("inferred", "illustrative"),
        external=node.id in snapshot.external,
    )


def _add_edge(
    model: Picture,
    snapshot: Snapshot,
    edge: Edge,
    layout: Layout,
    centre: tuple[float, float],
    parallel: int,
) -> None:
    look = LOOKS[edge.kind]
    head = look.get("head")
    model.add_edge(
        edge.source,
        edge.target,
        id=edge.id,
        group=edge.kind,
        look=look["look"],
        width=look["width"],
        dashes=look.get("dots", False),
        arrows={"to": {"enabled": bool(head), "type": head or "arrow", "scaleFactor": 0.45}},
        smooth=_curve(edge, layout, centre, parallel),
        ended=edge.id in snapshot.ended,
    )


def _curve(
    edge: Edge, layout: Layout, centre: tuple[float, float], parallel: int
) -> dict[str, Any]:
    """A curve that bends away from the centre of the map, more with each parallel tie.

    Long ties that fan out of one funder would otherwise all cross the middle.
    """
    (x1, y1), (x2, y2) = layout.positions[edge.source], layout.positions[edge.target]
    side = (x2 - x1) * (centre[1] - y1) - (y2 - y1) * (centre[0] - x1)
    roundness = min(0.6, 0.12 + 0.13 * parallel)
    return {
        "enabled": True,
        "type": "curvedCW" if side > 0 else "curvedCCW",
        "roundness": roundness,
    }


def _centre(layout: Layout) -> tuple[float, float]:
    points = list(layout.positions.values())
    if not points:
        return 0.0, 0.0
    return (
        sum(float(x) for x, _ in points) / len(points),
        sum(float(y) for _, y in points) / len(points),
    )


def _territory(territory: Any, lang: Language) -> dict[str, Any]:
    hull = [[round(float(x), 1), round(float(y), 1)] for x, y in territory.hull]
    top = min(hull, key=lambda point: point[1])
    left, right = min(p[0] for p in hull), max(p[0] for p in hull)
    return {
        "id": territory.id,
        "caption": territory.caption.show(lang)[0],
        "hull": hull,
        "at": [round((left + right) / 2, 1), top[1]],
    }


def legend(snapshot: Snapshot, layout: Layout) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes and ties of each kind the picture holds, in the order of the model."""
    drawn = [node for node in snapshot.nodes.values() if node.id in layout.positions]
    kinds = {kind: sum(node.kind == kind for node in drawn) for kind in ENTITY_KINDS}
    ties = {
        kind: sum(
            edge.source in layout.positions and edge.target in layout.positions
            for edge in snapshot.edges_of_kind(kind)
        )
        for kind in EDGE_KINDS
    }
    return {k: n for k, n in kinds.items() if n}, {k: n for k, n in ties.items() if n}

