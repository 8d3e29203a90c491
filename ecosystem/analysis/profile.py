"""What is recorded about one thing, who said so, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError
from ecosystem.model import (
    EDGE_KINDS,
    ENTITY_KINDS,
    RARE,
    Deprecation,
    Edge,
    Entity,
    Evidence,
    Organisation,
    Record,
    Source,
    columns,
    deprecation,
)
from ecosystem.own import OwnValue, of_record
from ecosystem.snapshot import TIMELESS, Snapshot, is_occurrence, period
from ecosystem.values import ONGOING, Text, first_day, plain

COVERABLE = {
    "NEEDS": Text("нужди", "needs"),
    "OFFERS": Text("предлагане", "offers"),
    "FUNDS": Text("финансиране", "funding"),
    "MENTORS": Text("менторство", "mentoring"),
}
COMMON = (frozenset(columns(Entity)) | frozenset(columns(Edge))) - frozenset(RARE)


@dataclass(frozen=True)
class Citation:
    """Where a statement stands: the document and the place in it."""

    source: str
    title: Text
    publisher: str
    url: str
    published_on: str
    locator: str
    deprecated: Deprecation | None = None


@dataclass(frozen=True)
class Claim:
    """One value that a source gives for one property."""

    subject: str
    property: str
    value: str
    stance: str
    citation: Citation
    observed_on: str
    deprecated: Deprecation | None = None


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


@dataclass(frozen=True)
class SourceUse:
    """A document, and how much of the map rests on it."""

    id: str
    title: Text
    publisher: str
    url: str
    published_on: str
    licence: str
    statements: int
    alone: int
    deprecated: Deprecation | None = None

    def to_dict(self) -> dict[str, Any]:
        """The source as plain values; ``alone`` counts statements with no other publisher."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True)
class Overview:
    """The first screen: what is here, and what the map does not know.

    ``left_out`` are the recorded ties that the view does not count, by reason and kind.
    """

    scope: str
    as_of: str
    members: dict[str, int]
    external: int
    ties: int
    sources: int
    unknowns: tuple[Text, ...]
    left_out: Mapping[str, Mapping[str, int]]

    def to_dict(self) -> dict[str, Any]:
        """The overview as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def citations(dataset: Dataset, record: Record) -> tuple[Citation, ...]:
    """The record's sources in the order in which it names them."""
    return tuple(cite(dataset, *entry.partition("#")[::2]) for entry in record.sources)


def cite(dataset: Dataset, identity: str, locator: str) -> Citation:
    """One place in one document; its bare id where the document is not in the dataset."""
    source = dataset.nodes.get(identity)
    if not isinstance(source, Source):
        return Citation(identity, Text(identity, identity), "", "", "", locator)
    return Citation(
        identity,
        source.name,
        source.publisher,
        source.url,
        source.published_on,
        locator,
        deprecation(source),
    )


def publisher_names(dataset: Dataset, record: Record) -> frozenset[str]:
    """The publishers that carry the record: those of its sources and its supporting evidence.

    Two sources are independent when their publishers differ; what is deprecated carries nothing.
    """
    cited = [
        *citations(dataset, record),
        *(
            cite(dataset, row.source, row.locator)
            for row in dataset.evidence_of(record.id)
            if row.stance == "supports" and not row.property and not row.deprecated
        ),
    ]
    return frozenset(one.publisher or one.source for one in cited if one.deprecated is None)


def publishers(dataset: Dataset, record: Record) -> int:
    """How many different publishers carry the record."""
    return len(publisher_names(dataset, record))


def claims(dataset: Dataset, subject: str) -> tuple[Claim, ...]:
    """Every Evidence row about ``subject``, by property, value and id."""
    rows = sorted(dataset.evidence_of(subject), key=lambda e: (e.property, e.value, e.id))
    return tuple(_claim(dataset, row) for row in rows)


def _claim(dataset: Dataset, row: Evidence) -> Claim:
    citation = cite(dataset, row.source, row.locator)
    return Claim(
        row.subject,
        row.property,
        row.value,
        row.stance,
        citation,
        row.observed_on,
        deprecation(row),
    )


def counts(claim: Claim) -> bool:
    """Whether neither a claim nor its document is deprecated."""
    return claim.deprecated is None and claim.citation.deprecated is None


def conflicts(rows: Iterable[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """The claims that support different values of one property, grouped by property.

    Values are compared after folding case and white space; what counts no longer is left out.
    """
    groups: dict[tuple[str, str], list[Claim]] = {}
    for row in rows:
        if row.stance == "supports" and row.property and counts(row):
            groups.setdefault((row.subject, row.property), []).append(row)
    return tuple(
        tuple(group)
        for _, group in sorted(groups.items())
        if len({" ".join(row.value.casefold().split()) for row in group}) > 1
    )


def all_conflicts(dataset: Dataset) -> tuple[tuple[Claim, ...], ...]:
    """The conflicting claims of the whole dataset, by subject and property."""
    rows = [row for row in dataset.of_kind("Evidence") if isinstance(row, Evidence)]
    subjects = dict.fromkeys(row.subject for row in rows)
    return conflicts(row for subject in subjects for row in claims(dataset, subject))


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
    if edge is None or _left_out(snapshot, edge.source) or _left_out(snapshot, edge.target):
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


def _left_out(snapshot: Snapshot, identity: str) -> bool:
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
    if not isinstance(node, Entity) or _left_out(snapshot, identity):
        known = [
            i
            for i, n in dataset.nodes.items()
            if n.kind in ENTITY_KINDS and not _left_out(snapshot, i)
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
        and not _left_out(snapshot, edge.source)
        and not _left_out(snapshot, edge.target)
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
            and not _left_out(snapshot, edge.source)
            and not _left_out(snapshot, edge.target)
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


def source_uses(dataset: Dataset) -> tuple[SourceUse, ...]:
    """Every document with the number of statements that rest on it, most used first.

    On one that is deprecated nothing rests.
    """
    uses: dict[str, list[bool]] = {}
    counting = dataset.counting
    for record in counting.records.values():
        named = {entry.partition("#")[0] for entry in record.sources}
        alone = publishers(counting, record) == 1
        for identity in named:
            uses.setdefault(identity, []).append(alone)
    found = [
        SourceUse(
            node.id,
            node.name,
            node.publisher,
            node.url,
            node.published_on,
            node.licence,
            len(uses.get(node.id, ())),
            sum(uses.get(node.id, ())),
            deprecation(node),
        )
        for node in dataset.of_kind("Source")
        if isinstance(node, Source)
    ]
    return tuple(sorted(found, key=lambda use: (-use.statements, use.id)))


def overview(snapshot: Snapshot) -> Overview:
    """Counts of the scope and what a reader must know before reading it.

    What is not known is told of everything recorded, whatever the view leaves out.
    """
    dataset = snapshot.dataset
    members: dict[str, int] = {}
    for identity in snapshot.members:
        kind = snapshot.nodes[identity].kind
        members[kind] = members.get(kind, 0) + 1
    shown: list[Record] = [*snapshot.nodes.values(), *snapshot.edges.values()]
    cited = {entry.partition("#")[0] for record in shown for entry in record.sources}
    return Overview(
        scope=snapshot.scope,
        as_of=snapshot.as_of,
        members={kind: members[kind] for kind in ENTITY_KINDS if kind in members},
        external=len(snapshot.external),
        ties=len(snapshot.edges),
        sources=len(cited),
        unknowns=(
            *((note,) if (note := snapshot.left_out.note()) else ()),
            *_no_longer(snapshot),
            _single_source(dataset, snapshot),
            _undated(snapshot),
            _uncovered(snapshot),
        ),
        left_out=snapshot.left_out.to_dict(),
    )


def _no_longer(snapshot: Snapshot) -> Iterator[Text]:
    """How many records are there to be read and count no longer, where there are any."""
    number = sum(
        bool(record.deprecated) and not _left_out(snapshot, record.id)
        for record in snapshot.stated.records.values()
    )
    if number:
        yield Text(
            f"Записи, които вече не важат и не се броят: {number}.",
            f"Records that count no longer and are left out: {number}.",
        )


def _single_source(dataset: Dataset, snapshot: Snapshot) -> Text:
    edges = snapshot.recorded()
    single = sum(publishers(dataset, edge) <= 1 for edge in edges)
    what = _recorded(snapshot)
    return Text(
        f"{single} от {len(edges)} връзки{what.bg} се крепят на един издател или на никого.",
        f"{single} of {len(edges)} ties{what.en} rest on a single publisher, or on none.",
    )


def _recorded(snapshot: Snapshot) -> Text:
    """What the ties of a sentence are where the view counts fewer than are recorded."""
    if len(snapshot.recorded()) == len(snapshot.edges):
        return Text("", "")
    return Text(" (и онези, които изгледът не брои)", " (those that the view leaves out as well)")


def _undated(snapshot: Snapshot) -> Text:
    states = [
        edge
        for edge in snapshot.recorded()
        if not is_occurrence(edge) and not edge.target.startswith("theme:")
    ]
    unknown, what = sum(edge.period.end_unknown for edge in states), _recorded(snapshot)
    return Text(
        f"За {unknown} от {len(states)} трайни връзки{what.bg} никой източник не казва дали още са "
        "в сила.",
        f"For {unknown} of {len(states)} lasting ties{what.en} no source says whether they still "
        "hold.",
    )


def _uncovered(snapshot: Snapshot) -> Text:
    covered = {
        getattr(record, "covers", "")
        for record in snapshot.dataset.of_kind("Coverage")
        if getattr(record, "complete", False)
        and getattr(record, "scope", "") in (snapshot.scope, "all")
    }
    missing = [name for kind, name in COVERABLE.items() if kind not in covered]
    bg, en = ", ".join(name.bg for name in missing), ", ".join(name.en for name in missing)
    if not missing:
        return Text(
            "Нуждите, предлагането, финансирането и менторството са обхванати изцяло.",
            "Needs, offers, funding and mentoring are completely covered.",
        )
    return Text(
        f"Няма пълен обхват за: {bg}. Липсата там значи „не е записано“, а не „няма“.",
        f"Not completely covered: {en}. Absence there means “not recorded”, not “none”.",
    )
