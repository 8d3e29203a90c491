"""Several things beside each other: what they share, and how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.metrics import Measure
from ecosystem.analysis.profile import properties
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.lenses import THEME_EDGES
from ecosystem.model import ENTITY_KINDS, Entity, Organisation
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

MOST = 12


@dataclass(frozen=True)
class Rank:
    """The value of one measure, and its place among the members of the same kind."""

    measure: str
    value: float | None
    rank: float | None
    of: int


@dataclass(frozen=True)
class Chosen:
    """One of the things compared.

    ``themes`` are pairs of a theme and the kind of tie to it; ``ties`` counts those of the view.
    """

    id: str
    kind: str
    label: Text
    name: Text
    place: str
    since: str
    until: str
    standing: str
    properties: dict[str, Any]
    themes: tuple[tuple[str, str], ...]
    ties: int
    ranks: tuple[Rank, ...]


@dataclass(frozen=True)
class Shared:
    """What at least two of the chosen are tied to, by which ``statements``."""

    id: str
    kind: str
    name: Text
    who: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """The chosen in the order in which they were named, and what they have in common.

    ``between`` are the ids of the ties from one of them to another. ``shared`` holds first what
    most of them share, then by kind and id.
    """

    lens: str
    chosen: tuple[Chosen, ...]
    between: tuple[str, ...]
    shared: tuple[Shared, ...]

    def of_kind(self, *kinds: str) -> tuple[Shared, ...]:
        """What they share of these kinds."""
        return tuple(one for one in self.shared if one.kind in kinds)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def side_by_side(
    snapshot: Snapshot, ids: Iterable[str], lens: str, measures: Sequence[Measure]
) -> SideBySide:
    """The comparison of up to ``MOST`` nodes of the view.

    Parameters
    ----------
    ids
        Ids of nodes; one named twice counts once.
    measures
        Those of ``lens``, whose values and ranks stand beside each of the chosen.

    Raises
    ------
    NotFoundError
        For an id that the dataset does not have.
    ParameterError
        For more than ``MOST`` ids.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST:
        raise ParameterError(
            f"select: {len(wanted)} are chosen, at most {MOST} can be compared.",
            "Leave some of them out.",
        )
    nodes = [_node(snapshot, identity) for identity in wanted]
    return SideBySide(
        lens=lens,
        chosen=tuple(_chosen(snapshot, node, measures) for node in nodes),
        between=_between(snapshot, set(wanted)),
        shared=_shared(snapshot, wanted),
    )


def _node(snapshot: Snapshot, identity: str) -> Entity:
    node = snapshot.stated.nodes.get(identity)
    if not isinstance(node, Entity):
        known = [i for i, n in snapshot.dataset.nodes.items() if n.kind in ENTITY_KINDS]
        raise NotFoundError("entry", identity, known)
    return node


def _chosen(snapshot: Snapshot, node: Entity, measures: Sequence[Measure]) -> Chosen:
    edges = snapshot.edges_of(node.id)
    own = properties(node)
    if isinstance(node, Organisation):
        own = {"sector": node.sector, "stakeholder": node.stakeholder, **own}
    place = "external" if node.id in snapshot.external else "outside"
    return Chosen(
        id=node.id,
        kind=node.kind,
        label=type(node).label,
        name=node.name,
        place="member" if node.id in snapshot.members else place,
        since=node.since,
        until=node.until,
        standing=node.standing,
        properties=own,
        themes=tuple(
            (edge.target, edge.kind)
            for edge in edges
            if edge.kind in THEME_EDGES and edge.source == node.id
        ),
        ties=len(edges),
        ranks=tuple(
            Rank(
                one.name,
                one.values.get(node.id),
                one.ranks.get(node.id),
                one.ranked.get(node.kind, 0),
            )
            for one in measures
        ),
    )


def _between(snapshot: Snapshot, wanted: set[str]) -> tuple[str, ...]:
    found = {
        edge.id
        for identity in wanted
        for edge in snapshot.edges_of(identity)
        if edge.source in wanted and edge.target in wanted
    }
    return tuple(sorted(found))


def _shared(snapshot: Snapshot, wanted: Sequence[str]) -> tuple[Shared, ...]:
    ties: dict[str, dict[str, list[str]]] = {}
    for identity in wanted:
        for edge in snapshot.edges_of(identity):
            other = edge.target if edge.source == identity else edge.source
            if other not in wanted:
                ties.setdefault(other, {}).setdefault(identity, []).append(edge.id)
    found = []
    for other, who in ties.items():
        if len(who) > 1:
            node = snapshot.nodes[other]
            rests_on = sorted(one for statements in who.values() for one in statements)
            found.append(Shared(other, node.kind, node.name, tuple(who), tuple(rests_on)))
    order = {kind: place for place, kind in enumerate(ENTITY_KINDS)}
    found.sort(key=lambda one: (-len(one.who), order[one.kind], one.id))
    return tuple(found)
