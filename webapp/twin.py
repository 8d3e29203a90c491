"""The table twin of the map: every actor and every tie as a row, ready to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ecosystem.labels import word
from ecosystem.model import EDGE_KINDS, Edge, Node, Organisation
from ecosystem.own import Declared, value_of
from ecosystem.snapshot import Snapshot
from webapp.address import entity_link
from webapp.facts import own_value
from webapp.language import by_name, show, span
from webapp.language import rank as shown_rank

if TYPE_CHECKING:
    from ecosystem.analysis.metrics import Measure


@dataclass(frozen=True)
class Actor:
    """One node of the map.

    ``order`` is its place in the alphabet of the reader, ``far`` whether it belongs to the place
    (0), is from elsewhere (1) or is of no place (2).
    """

    node: Node
    order: int
    far: int
    href: str
    name: Markup
    kind: Markup
    sector: Markup | str
    city: Markup | str
    degree: int
    rank: float | str
    rank_shown: str
    place: Markup | str
    standing: Markup
    own: tuple[tuple[Markup, Any], ...] = ()


@dataclass(frozen=True)
class Tie:
    """One tie of the map."""

    edge: Edge
    source: Actor
    target: Actor
    href: str
    kind: Markup
    role: Markup | str
    when: str
    ended: Markup | str
    standing: Markup


@dataclass(frozen=True)
class Table:
    """Actors of the place first and by name, ties by kind and then by the names of their ends."""

    actors: list[Actor]
    ties: list[Tie]


def _own(node: Node, column: Declared) -> tuple[Markup, Any]:
    value = value_of(node, column.name)
    if value is None:
        return Markup(""), ""
    return own_value(value, column.type), value


def table(snapshot: Snapshot, measure: Measure, columns: Sequence[Declared] = ()) -> Table:
    """The rows of ``snapshot``, actors ranked by ``measure`` within their kind.

    ``columns`` are own attributes whose values stand behind the rest; each with what it is sorted
    by.
    """
    words = cache(lambda value: show(word(value)))
    cities = {
        edge.source: show(snapshot.nodes[edge.target].name)
        for edge in snapshot.edges_of_kind("LOCATED_IN")
        if edge.target.startswith("city:")
    }

    def actor(order: int, node: Node) -> Actor:
        rank = measure.ranks.get(node.id)
        place = "member" if node.id in snapshot.members else "external"
        return Actor(
            node=node,
            order=order,
            far=0 if node.id in snapshot.members else 1 if node.id in snapshot.external else 2,
            href=entity_link(node.id),
            name=show(node.name),
            kind=show(node.label),
            sector=words(node.sector) if isinstance(node, Organisation) else "",
            city=cities.get(node.id, ""),
            degree=len(snapshot.edges_of(node.id)),
            rank="" if rank is None else rank,
            rank_shown=shown_rank(rank),
            place=words(place) if node.id in snapshot.members | snapshot.external else "",
            standing=words(node.standing),
            own=tuple(_own(node, column) for column in columns),
        )

    named = sorted(snapshot.nodes.values(), key=lambda node: by_name(node.name))
    actors = {node.id: actor(order, node) for order, node in enumerate(named)}

    def tie(edge: Edge) -> Tie:
        role: Any = getattr(edge, "role", "")
        return Tie(
            edge=edge,
            source=actors[edge.source],
            target=actors[edge.target],
            href=entity_link(edge.id),
            kind=show(edge.label),
            role=words(role) if role else "",
            when=span(edge.since, edge.until),
            ended=words("ended") if edge.id in snapshot.ended else "",
            standing=words(edge.standing),
        )

    kinds = {kind: place for place, kind in enumerate(EDGE_KINDS)}
    ties = sorted(
        snapshot.edges.values(),
        key=lambda edge: (
            kinds[edge.kind],
            actors[edge.source].order,
            actors[edge.target].order,
            edge.id,
        ),
    )
    near_first = sorted(actors.values(), key=lambda one: (one.far, one.order))
    return Table(near_first, [tie(edge) for edge in ties])
