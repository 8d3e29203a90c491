"""A snapshot as a picture: what vis-network draws, modelled by pyvis."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from ecosystem.lenses import LENSES
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, Edge, Node
from ecosystem.snapshot import Snapshot
from ecosystem.values import Language
from webapp.folding import Fold, at_the_edge, canvas_of, in_a_row, islands_too_many

if TYPE_CHECKING:
    from ecosystem.analysis.layout import Layout, Point, Territory
    from ecosystem.analysis.metrics import Measure

UNSOURCED = ("inferred", "illustrative")
RADIUS_LOW, RADIUS_HIGH = 9.0, 23.0
RADIUS_UNMEASURED = 10.0
MOST_DRAWN = 2000
"""Nodes that a browser draws at ease; above that, whole islands become one node each."""

# Each kind of tie has a line of its own: colour token, width, head, dots.
LOOKS: dict[str, dict[str, Any]] = {
    "PARTICIPATES_IN": {"look": "plain", "width": 1.4},
    "FUNDS": {"look": "funding", "width": 2.6, "head": "arrow"},
    "MENTORS": {"look": "mentoring", "width": 1.8, "head": "arrow", "dots": [2, 4]},
    "MEMBER_OF": {"look": "plain", "width": 1.0},
    "PART_OF": {"look": "plain", "width": 1.0, "head": "circle"},
    "OWNS": {"look": "plain", "width": 2.2, "head": "diamond"},
    "PARTNERS_WITH": {"look": "plain", "width": 2.0},
    "RELATED_TO": {"look": "plain", "width": 1.4},
    "LOCATED_IN": {"look": "faint", "width": 0.7},
    "OFFERS": {"look": "plain", "width": 1.0, "head": "arrow"},
    "NEEDS": {"look": "plain", "width": 1.0, "head": "vee"},
    "ADDRESSES": {"look": "faint", "width": 0.9},
    "BROADER": {"look": "faint", "width": 0.9},
    "ENABLES": {"look": "faint", "width": 0.9, "head": "vee"},
}
STEPS = sorted(
    {"PARTICIPATES_IN", "RELATED_TO"}.union(
        *(LENSES[name].edges for name in ("work", "funding", "mentoring"))
    )
)
"""The kinds of ties along which a focus goes on: work, what joins in it, money, advice."""
OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "dragNodes": True,
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


class Model(Network):  # type: ignore[misc]  # pyvis has no types
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


@dataclass(frozen=True)
class Picture:
    """A snapshot laid out, with the groups that stay folded; ready to be drawn.

    ``stands_for`` leads from each folded node to the id of its group; ``pins`` are the places to
    which a reader has moved nodes.
    """

    snapshot: Snapshot
    layout: Layout
    folds: tuple[Fold, ...]
    stands_for: Mapping[str, str] = field(repr=False)
    pins: Mapping[str, Point] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        layout: Layout,
        opened: Iterable[str] = (),
        most: int = MOST_DRAWN,
        pins: Mapping[str, Point] | None = None,
    ) -> Picture:
        """The picture in which the territories ``opened``, and those within the scope, are open.

        ``opened`` may also hold ids of nodes, whose territories are then opened. At most about
        ``most`` nodes are drawn: the largest islands that nobody opened are folded first, then
        the least tied nodes of those that were.
        """
        wanted = set(opened)
        folded = [
            one
            for one in at_the_edge(layout)
            if one.id not in wanted and wanted.isdisjoint(one.nodes)
        ]
        folds = in_a_row(layout, folded)
        folds += islands_too_many(snapshot, layout, folded, wanted, most)
        stands_for = {node: fold.id for fold in folds for node in fold.nodes}
        return cls(snapshot, layout, folds, stands_for, pins or {})

    @property
    def foldable(self) -> list[Territory]:
        """The territories that a reader can open or fold: at the edge, and where there are many."""
        folded = {fold.territory.id for fold in self.folds}
        many = len(self.layout.positions) > MOST_DRAWN
        edge = {one.id for one in at_the_edge(self.layout)}
        return [
            one
            for one in self.layout.territories
            if one.id in edge or one.id in folded or (many and len(one.nodes) > 1)
        ]

    @property
    def canvas(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of where things may stand."""
        return canvas_of(self.layout)

    def seen_at(self, identity: str) -> str:
        """The id under which a node is drawn: its own, or that of its group."""
        return self.stands_for.get(identity, identity)

    def holds(self, seen: str) -> bool:
        """Whether something is drawn under this id: a thing of the view, or a group."""
        return seen in self.layout.positions or seen in self.stands_for.values()

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes and ties of each kind there are, folded ones too, in model order."""
        kinds = Counter(node.kind for node in self.snapshot.nodes.values())
        ties = Counter(edge.kind for edge in self.snapshot.edges.values())
        return (
            {kind: kinds[kind] for kind in ENTITY_KINDS if kinds[kind]},
            {kind: ties[kind] for kind in EDGE_KINDS if ties[kind]},
        )

    def draw(
        self, measure: Measure, lang: Language, marks: Iterable[Mapping[str, Any]] = ()
    ) -> dict[str, Any]:
        """Nodes, ties, islands and gap marks for the browser, as plain JSON values.

        Areas grow with ``measure`` within each kind; importance, which decides whose label is
        placed first, is the same value between 0 and 1.
        """
        model = Model()
        shares = self._shares(measure)
        for node in self.snapshot.nodes.values():
            if node.id in self.layout.positions and node.id not in self.stands_for:
                self._add_node(model, node, shares.get(node.id), lang)
        for fold in self.folds:
            kinds = Counter(self.snapshot.nodes[one].kind for one in fold.nodes)
            _add_fold(model, fold, kinds.most_common(1)[0][0] if kinds else "Organisation", lang)
        self._add_ties(model)
        nodes, edges, _, _, _, options = model.get_network_data()
        return {
            "nodes": nodes,
            "edges": edges,
            "options": json.loads(options),
            "steps": STEPS,
            "canvas": self.canvas,
            "territories": [
                _territory(one, lang)
                for one in self.layout.territories
                if not any(fold.territory is one and fold.opens for fold in self.folds)
            ],
            "marks": list(marks),
        }

    def _shares(self, measure: Measure) -> dict[str, float]:
        values = {
            identity: (self.snapshot.nodes[identity].kind, value)
            for identity, value in measure.values.items()
            if value is not None and identity in self.snapshot.nodes
        }
        most: dict[str, float] = {}
        for kind, value in values.values():
            most[kind] = max(most.get(kind, 0.0), value)
        return {i: value / most[kind] for i, (kind, value) in values.items() if most[kind] > 0}

    def _add_node(self, model: Model, node: Node, share: float | None, lang: Language) -> None:
        name, name_language = node.name.show(lang)
        home = self.layout.positions[node.id]
        x, y = self.pins.get(node.id, home)
        moved = {"home": [float(home[0]), float(home[1])]} if node.id in self.pins else {}
        radius = RADIUS_UNMEASURED
        if share is not None:
            radius = RADIUS_LOW + (RADIUS_HIGH - RADIUS_LOW) * math.sqrt(share)
        prominence = 1.0 if node.id == self.snapshot.scope else 0.0
        model.add_node(
            node.id,
            label=name,
            shape="custom",
            group=node.kind,
            kind_name=node.label.show(lang)[0],
            lang=name_language,
            x=float(x),
            y=float(y),
            size=round(radius, 2),
            importance=round((share or 0.0) + prominence, 4),
            hollow=node.standing in UNSOURCED,
            external=node.id in self.snapshot.external,
            **moved,
        )

    def _add_ties(self, model: Model) -> None:
        seen: Counter[tuple[str, str]] = Counter()
        folded: Counter[tuple[str, str, str]] = Counter()
        for edge in self.snapshot.edges.values():
            source, target = self.seen_at(edge.source), self.seen_at(edge.target)
            if source == target or not {source, target} <= model.node_ids.keys():
                continue
            if (source, target) != (edge.source, edge.target):
                folded[edge.kind, source, target] += 1
                continue
            pair = (min(source, target), max(source, target))
            self._add_tie(model, edge, seen[pair])
            seen[pair] += 1
        for (kind, source, target), count in folded.items():
            line = {**_line(kind), "look": "fold", "arrows": {"to": {"enabled": False}}}
            model.add_edge(
                source,
                target,
                id=f"fold|{kind}|{source}|{target}",
                count=count,
                **line,
                smooth={"enabled": True, "type": "curvedCW", "roundness": 0.1},
            )

    def _add_tie(self, model: Model, edge: Edge, parallel: int) -> None:
        model.add_edge(
            edge.source,
            edge.target,
            id=edge.id,
            ended=edge.id in self.snapshot.ended,
            hollow=edge.standing in UNSOURCED,
            **_line(edge.kind),
            smooth=self._curve(edge, parallel),
        )

    def _curve(self, edge: Edge, parallel: int) -> dict[str, Any]:
        # Bent away from the middle of the map, so that one funder's long ties do not all cross it.
        (x1, y1), (x2, y2) = (self.layout.positions[end] for end in (edge.source, edge.target))
        side = x1 * (y2 - y1) - y1 * (x2 - x1)
        return {
            "enabled": True,
            "type": "curvedCW" if side > 0 else "curvedCCW",
            "roundness": min(0.6, 0.12 + 0.13 * parallel),
        }


def _line(kind: str) -> dict[str, Any]:
    look = LOOKS[kind]
    head = look.get("head")
    return {
        "group": kind,
        "look": look["look"],
        "width": look["width"],
        "dashes": look.get("dots", False),
        "arrows": {"to": {"enabled": bool(head), "type": head or "arrow", "scaleFactor": 0.45}},
    }


def _add_fold(model: Model, fold: Fold, sign: str, lang: Language) -> None:
    model.add_node(
        fold.id,
        label=fold.territory.caption.show(lang)[0],
        shape="custom",
        group="Group",
        opens=fold.opens,
        count=len(fold.nodes),
        lang=lang,
        x=fold.x,
        y=fold.y,
        size=fold.radius,
        importance=0.9,
        hollow=False,
        external=fold.territory.external,
        chip=fold.chip,
        sign=sign,
    )


def _territory(territory: Territory, lang: Language) -> dict[str, Any]:
    return {
        "id": territory.id,
        "caption": territory.caption.show(lang)[0],
        "external": territory.external,
        "hull": [list(point) for point in territory.hull],
        "at": list(territory.caption_at),
    }
