"""What is recorded about one thing, who said so, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ecosystem.analysis.claims import (
    Citation,
    Claim,
    citations,
    claims,
    conflicts,
    publishers,
)
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.labels import word
from ecosystem.model import (
    EDGE_KINDS,
    ENTITY_KINDS,
    RARE,
    Deprecation,
    Edge,
    Entity,
    Organisation,
    Record,
    columns,
    deprecation,
)
from ecosystem.model.attributes import OWN
from ecosystem.own import OwnValue, of_record
from ecosystem.snapshot import TIMELESS, Snapshot, is_occurrence, period
from ecosystem.values import ONGOING, Text, first_day, plain

COMMON = (frozenset(columns(Entity)) | frozenset(columns(Edge))) - frozenset(RARE)


@dataclass(frozen=True)
class Statement:
    """A tie as it is recorded, with what carries it.

    ``deprecated`` says why it counts no longer: of itself, else of one of its ends.
    """

    id: str
    kind: str
    label: Text
    source: str
    source_name: Text
    target: str
    target_name: Text
    since: str
    until: str
    state: str
    standing: str
    rule: str
    properties: dict[str, Any]
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    publishers: int
    deprecated: Deprecation | None = None
    own: tuple[OwnValue, ...] = ()

    @property
    def called(self) -> Text:
        """Its role, else what its source calls it, be it in an attribute of its pack."""
        said = self.properties.get("role") or self.properties.get("relation")
        own = (one.said for one in self.own if one.name in (f"{OWN}role", f"{OWN}relation"))
        return word(said) if said else next(own, Text("", ""))

    def to_dict(self) -> dict[str, Any]:
        """The statement as plain values."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True)
class Profile:
    """Everything recorded about one node, in the view's scope and at its date.

    ``left_out`` says which of its ties the view does not count, and why; None for none.
    ``no_longer`` are its ties that count no longer, whatever the view; ``elsewhere`` is how many
    ties with others are recorded that the place of the view does not hold.
    """

    id: str
    kind: str
    label: Text
    name: Text
    description: Text
    aliases: tuple[str, ...]
    place: str
    sector: str
    since: str
    until: str
    standing: str
    rule: str
    properties: dict[str, Any]
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    conflicts: tuple[tuple[Claim, ...], ...]
    ties: tuple[Statement, ...]
    publishers: int
    left_out: Text | None = None
    deprecated: Deprecation | None = None
    no_longer: tuple[Statement, ...] = ()
    elsewhere: int = 0
    own: tuple[OwnValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def properties(record: Record) -> dict[str, Any]:
    """The kind's own properties that are known, in the order of the model."""
    return {
        name: getattr(record, name)
        for name in columns(type(record))
        if name not in COMMON and getattr(record, name) not in ("", None, ())
    }


def statement(snapshot: Snapshot, identity: str) -> Statement:
    """One tie with its dates, properties, sources and claims.

    Raises
    ------
    NotFoundError
        Where the dataset has no edge of that id.
    """
    dataset = snapshot.stated
    edge = dataset.edges.get(identity)
    if edge is None or leaves_out(snapshot, edge.source) or leaves_out(snapshot, edge.target):
        known = dataset.edges if snapshot.people else snapshot.edges
        raise NotFoundError("tie", identity, known)
    return Statement(
        id=edge.id,
        kind=edge.kind,
        label=EDGE_KINDS[edge.kind].label,
        source=edge.source,
        source_name=_name(dataset, edge.source),
        target=edge.target,
        target_name=_name(dataset, edge.target),
        since=edge.since,
        until=edge.until,
        state=_state(snapshot, edge),
        standing=edge.standing,
        rule=edge.rule,
        properties=properties(edge),
        citations=citations(dataset, edge),
        claims=claims(dataset, edge.id),
        publishers=publishers(dataset, edge),
        deprecated=deprecation(edge)
        or deprecation(dataset.nodes.get(edge.source))
        or deprecation(dataset.nodes.get(edge.target)),
        own=of_record(dataset, edge),
    )


def _name(dataset: Dataset, identity: str) -> Text:
    node = dataset.nodes.get(identity)
    return node.name if node else Text(identity, identity)


def _state(snapshot: Snapshot, edge: Edge) -> str:
    when = period(snapshot.stated, edge)
    if edge.kind in TIMELESS or is_occurrence(edge):
        return "holds"
    if when.ended_by(snapshot.as_of):
        return "ended"
    return "end unknown" if when.end_unknown else "holds"


def leaves_out(snapshot: Snapshot, identity: str) -> bool:
    """Whether a node is a person and the view leaves people out."""
    node = snapshot.stated.nodes.get(identity)
    return not snapshot.people and node is not None and node.kind == "Person"


def profile(snapshot: Snapshot, identity: str) -> Profile:
    """Everything recorded about one node.

    Ties are those of the view, by kind, start and id; a node outside the view shows all of its
    ties that count. One that is deprecated counts nowhere and can still be read: all its ties are
    then among those that count no longer. Where the view leaves people out they are nowhere,
    whatever else is outside it.

    Raises
    ------
    NotFoundError
        Where the dataset has no such node; carries the three nearest ids.
    """
    dataset = snapshot.stated
    node = dataset.nodes.get(identity)
    if not isinstance(node, Entity) or leaves_out(snapshot, identity):
        known = [
            i
            for i, n in dataset.nodes.items()
            if n.kind in ENTITY_KINDS and not leaves_out(snapshot, i)
        ]
        raise NotFoundError("entry", identity, known)
    edges = snapshot.edges if identity in snapshot.nodes else snapshot.dataset.edges
    no_longer = (edge for edge in dataset.edges.values() if edge.id not in snapshot.dataset.edges)
    rows = claims(dataset, identity)
    return Profile(
        id=node.id,
        kind=node.kind,
        label=type(node).label,
        name=node.name,
        description=node.description,
        aliases=node.aliases,
        place=_place(snapshot, identity),
        sector=node.sector if isinstance(node, Organisation) else "",
        since=node.since,
        until=node.until,
        standing=node.standing,
        rule=node.rule,
        properties=properties(node),
        citations=citations(dataset, node),
        claims=rows,
        conflicts=conflicts(rows),
        ties=_ties_of(snapshot, identity, edges.values()),
        publishers=publishers(dataset, node),
        left_out=snapshot.left_out.note(snapshot.left_out.of_end(identity)),
        deprecated=deprecation(node),
        no_longer=_ties_of(snapshot, identity, no_longer),
        elsewhere=_elsewhere(snapshot, identity),
        own=of_record(dataset, node),
    )


def _elsewhere(snapshot: Snapshot, identity: str) -> int:
    """How many ties of a node of the view lie outside its place, begun by its day."""
    if identity not in snapshot.nodes:
        return 0
    left_out = {tie.id for tie in snapshot.left_out.of_end(identity)}
    return sum(
        identity in (edge.source, edge.target)
        and edge.id not in snapshot.edges
        and edge.id not in left_out
        and period(snapshot.dataset, edge).started_by(snapshot.as_of)
        and not leaves_out(snapshot, edge.source)
        and not leaves_out(snapshot, edge.target)
        for edge in snapshot.dataset.edges.values()
    )


def _ties_of(snapshot: Snapshot, identity: str, edges: Iterable[Edge]) -> tuple[Statement, ...]:
    """Those of ``edges`` that begin or end at a node, by kind, start and id."""
    order = list(EDGE_KINDS)
    ties = sorted(
        (
            edge
            for edge in edges
            if identity in (edge.source, edge.target)
            and not leaves_out(snapshot, edge.source)
            and not leaves_out(snapshot, edge.target)
        ),
        key=lambda edge: (order.index(edge.kind), edge.period.valid_from, edge.id),
    )
    return tuple(statement(snapshot, edge.id) for edge in ties)


def _place(snapshot: Snapshot, identity: str) -> str:
    if identity in snapshot.members:
        return "member"
    return "external" if identity in snapshot.external else "outside"


@dataclass(frozen=True)
class Dated:
    """Something about a node that carries a date: to year, month or day, as stated.

    ``what`` is ``begins``, ``ends``, ``observed`` or ``published``; ``statement`` is the id of
    the node or tie that it is about, ``citation`` the document where it is about one.
    """

    day: str
    what: Literal["begins", "ends", "observed", "published"]
    statement: str
    citation: Citation | None = None


def history(found: Profile) -> tuple[Dated, ...]:
    """Everything dated about a node, the earliest first; ties of one day by what, then id."""
    rows: set[Dated] = set()
    for identity, since, until in (
        (found.id, found.since, found.until),
        *((tie.id, tie.since, tie.until) for tie in found.ties),
    ):
        if since:
            rows.add(Dated(since, "begins", identity))
        if until and until != ONGOING:
            rows.add(Dated(until, "ends", identity))
    rows |= {
        Dated(claim.observed_on, "observed", claim.subject, claim.citation)
        for claim in found.claims
        if claim.observed_on
    }
    rows |= {
        Dated(citation.published_on, "published", found.id, citation)
        for citation in found.citations
        if citation.published_on
    }
    return tuple(
        sorted(rows, key=lambda one: (first_day(one.day), one.what, one.statement, repr(one)))
    )
