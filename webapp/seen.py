"""What of a drawn map its address shows: filters, a neighbourhood alone, and what is in the light.

The same as ``scene.js`` and ``rings.js`` have it in the browser, so that a saved picture is the one
that was seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Mark = Mapping[str, Any]
NO_WAY = frozenset({"City", "Theme", "Group"})
"""What a focus does not lead through: a place or a subject joins everybody."""
SECOND_RING, FADED_NODE, BESIDE_A_GAP = 0.6, 0.13, 0.22
WALKED, LEADS_ON, FADED_TIE = 0.95, 0.17, 0.04
APART = 74.0


@dataclass(frozen=True)
class Light:
    """What stands out: nodes with how many steps away they are, ties, and those that lead on."""

    nodes: Mapping[str, int]
    ties: frozenset[str]
    second: frozenset[str] = frozenset()
    leads_on: frozenset[str] = frozenset()
    beside: float = FADED_NODE

    def of_node(self, identity: str) -> float:
        """How strongly a node is drawn."""
        if identity in self.nodes:
            return SECOND_RING if self.nodes[identity] > 1 else 1.0
        return SECOND_RING if identity in self.second else self.beside

    def of_tie(self, identity: str) -> float:
        """How strongly a tie is drawn."""
        if identity in self.ties:
            return WALKED
        return LEADS_ON if identity in self.leads_on else FADED_TIE


@dataclass(frozen=True)
class Seen:
    """The nodes and ties that are drawn, and what of them is in the light; None for all.

    ``chips`` are the folded groups, which stand beside the canvas, and ``alone`` says that a
    neighbourhood is drawn without its islands.
    """

    nodes: Mapping[str, Mark]
    edges: Sequence[Mark]
    chips: Sequence[Mark]
    light: Light | None = None
    alone: bool = False


@dataclass(frozen=True)
class Wanted:
    """What an address says: hidden kinds, ties and values (by number), and what is in focus.

    ``way`` holds the nodes and ties of the ways between two, ``reach`` those of whom an opened gap
    speaks.
    """

    hide: Collection[str] = ()
    hide_ties: Collection[str] = ()
    hide_values: Collection[int] = ()
    select: Sequence[str] = ()
    steps: int = 1
    only: bool = False
    way: tuple[Collection[str], Collection[str]] | None = None
    reach: Collection[str] = ()


def seen(drawn: Mapping[str, Any], wanted: Wanted) -> Seen:
    """What of a picture an address shows."""
    shown = {one["id"]: one for one in drawn["nodes"] if _shown(one, wanted)}
    if wanted.only and len(wanted.select) > 1:
        shown = {one: shown[one] for one in _ends(drawn, wanted) if one in shown}
    ties = [
        one
        for one in drawn["edges"]
        if one["group"] not in wanted.hide_ties and {one["from"], one["to"]} <= shown.keys()
    ]
    light = _light(drawn, shown, ties, wanted)
    if wanted.only and len(wanted.select) == 1 and light is not None:
        near = {one: far for one, far in light.nodes.items() if not shown[one].get("chip")}
        shown = {one: {**shown[one], **at} for one, at in _around(near, shown).items()}
        ties = [one for one in ties if {one["from"], one["to"]} <= shown.keys()]
    chips = [one for one in shown.values() if one.get("chip")]
    nodes = {identity: one for identity, one in shown.items() if not one.get("chip")}
    edges = [one for one in ties if {one["from"], one["to"]} <= nodes.keys()]
    return Seen(nodes, edges, chips, light, wanted.only and bool(wanted.select))


def _shown(node: Mark, wanted: Wanted) -> bool:
    values = node.get("values") or ()
    hidden = bool(values) and all(one in wanted.hide_values for one in values)
    return node["group"] not in wanted.hide and not hidden


def _light(
    drawn: Mapping[str, Any], shown: Mapping[str, Mark], ties: Sequence[Mark], wanted: Wanted
) -> Light | None:
    chosen = [one for one in wanted.select if one in shown]
    if wanted.way:
        nodes, statements = wanted.way
        return Light(dict.fromkeys(set(nodes) & shown.keys(), 0), frozenset(statements))
    meant = [one for one in drawn["edges"] if one["id"] in wanted.select]
    if len(wanted.select) > 1 and meant:
        ends = [one for one in _ends(drawn, wanted) if one in shown]
        return Light(dict.fromkeys(ends, 0), frozenset(one["id"] for one in meant))
    if len(wanted.select) > 1 and chosen:
        return _of_several(chosen, ties)
    if meant:
        tie = meant[0]
        return Light(dict.fromkeys((tie["from"], tie["to"]), 0), frozenset({tie["id"]}))
    if chosen:
        return _around_one(chosen[0], wanted.steps, drawn["steps"], shown, ties)
    if wanted.reach:
        near = set(wanted.reach)
        inside = (one["id"] for one in drawn["edges"] if {one["from"], one["to"]} <= near)
        return Light(dict.fromkeys(near, 0), frozenset(inside), beside=BESIDE_A_GAP)
    return None


def _ends(drawn: Mapping[str, Any], wanted: Wanted) -> list[str]:
    """The nodes that are selected and the ends of the ties that are, each once."""
    ends = {one["id"]: (one["from"], one["to"]) for one in drawn["edges"]}
    every = (end for one in wanted.select for end in ends.get(one, (one,)))
    return list(dict.fromkeys(every))


def _of_several(chosen: Sequence[str], ties: Sequence[Mark]) -> Light:
    """The chosen, those to whom two of them are tied, and the ties of the chosen among them."""
    of: dict[str, set[str]] = {one: set() for one in chosen}
    for tie in ties:
        for one, other in ((tie["from"], tie["to"]), (tie["to"], tie["from"])):
            if one in of:
                of[one].add(other)
    shared = Counter(other for others in of.values() for other in others)
    near = {*chosen, *(one for one, count in shared.items() if count > 1)}
    inside = (
        one["id"]
        for one in ties
        if {one["from"], one["to"]} <= near and not of.keys().isdisjoint((one["from"], one["to"]))
    )
    return Light(dict.fromkeys(near, 0), frozenset(inside))


def _around_one(
    start: str, steps: int, along: Collection[str], shown: Mapping[str, Mark], ties: Iterable[Mark]
) -> Light:
    """Rings around one thing and the ring behind them; after the first along what is a step."""
    of: dict[str, list[Mark]] = {}
    for tie in ties:
        of.setdefault(tie["from"], []).append(tie)
        of.setdefault(tie["to"], []).append(tie)

    def goes(one: str, first: bool) -> list[Mark]:
        own = of.get(one, [])
        if first:
            return own
        if shown[one]["group"] in NO_WAY:
            return []
        return [tie for tie in own if tie["group"] in along and not tie.get("count")]

    depth, walked = _rings(start, steps + 1, goes)
    return Light(
        {one: far for one, far in depth.items() if far <= steps},
        frozenset(one for one, far in walked.items() if far <= steps),
        frozenset(one for one, far in depth.items() if far == 2),
        frozenset(walked),
    )


def _rings(
    start: str, most: int, goes: Callable[[str, bool], list[Mark]]
) -> tuple[dict[str, int], dict[str, int]]:
    depth, walked, rim = {start: 0}, dict[str, int](), [start]
    for step in range(1, most + 1):
        following = []
        for one in rim:
            for tie in goes(one, step == 1):
                there = tie["to"] if tie["from"] == one else tie["from"]
                walked.setdefault(tie["id"], step)
                if there not in depth:
                    depth[there] = step
                    following.append(there)
        rim = following
    return depth, walked


def _around(depth: Mapping[str, int], nodes: Mapping[str, Mark]) -> dict[str, dict[str, float]]:
    """Who is in the middle, and each ring around it in turn, parted into circles that fit."""

    def angle(one: str) -> tuple[float, str]:
        return math.atan2(nodes[one]["y"], nodes[one]["x"]), one

    places: dict[str, dict[str, float]] = {}
    radius = 0.0
    for ring in range(max(depth.values(), default=0) + 1):
        inside = sorted((one for one, far in depth.items() if far == ring), key=angle)
        start = 0
        while start < len(inside):
            if ring > 0 or len(inside) > 1:
                radius += APART * 1.2 if start or ring > 1 else APART * 2
            room = max(6, int(2 * math.pi * radius / APART)) if radius else 1
            circle = inside[start : start + room]
            for place, one in enumerate(circle):
                turn = 2 * math.pi * (place + ring % 2 / 2) / len(circle)
                places[one] = {"x": 1.5 * radius * math.cos(turn), "y": radius * math.sin(turn)}
            start += room
    return places
