"""What is here as a whole, what it rests on, and what the map does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.claims import publishers
from ecosystem.analysis.profile import leaves_out
from ecosystem.dataset import Dataset
from ecosystem.model import ENTITY_KINDS, Deprecation, Record, Source, deprecation
from ecosystem.snapshot import Snapshot, is_occurrence
from ecosystem.values import Text, plain

COVERABLE = {
    "NEEDS": Text("нужди", "needs"),
    "OFFERS": Text("предлагане", "offers"),
    "FUNDS": Text("финансиране", "funding"),
    "MENTORS": Text("менторство", "mentoring"),
}


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
        bool(record.deprecated) and not leaves_out(snapshot, record.id)
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
