"""The kinds of statements: one frozen dataclass each, and everything derived from it.

A field is declared once, with its label, through one of the column functions. Validation, seed
columns, store statements, forms and the legend read that declaration. Fields hold Python values;
an empty cell is ``""``, ``None`` or ``()`` and means *unknown*, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from ecosystem.columns import Column
from ecosystem.model.actors import FORMS, HELIX, SECTORS, City, Organisation, Person
from ecosystem.model.attributes import Attribute
from ecosystem.model.memory import (
    Assessment,
    Candidate,
    Change,
    ChangePart,
    Decision,
    Forgotten,
    Meeting,
)
from ecosystem.model.record import (
    STANDINGS,
    Deprecation,
    Edge,
    Entity,
    Kind,
    Named,
    Node,
    Record,
    deprecation,
)
from ecosystem.model.sources import COVERED, ENTITIES, Coverage, Evidence, Pack, Source
from ecosystem.model.ties import (
    TIES,
    Addresses,
    Broader,
    Enables,
    Funds,
    LocatedIn,
    MemberOf,
    Mentors,
    Needs,
    Offers,
    Owns,
    ParticipatesIn,
    PartnersWith,
    PartOf,
    RelatedTo,
)
from ecosystem.model.works import Event, Programme, Project, Theme

MODEL_VERSION = "2"
LOCAL_PACK = "local"

_NODES: tuple[type[Node], ...] = (
    *ENTITIES,
    Source,
    Coverage,
    Evidence,
    Pack,
    Decision,
    Candidate,
    Assessment,
    Meeting,
    Change,
    ChangePart,
    Forgotten,
)
NODE_KINDS: dict[str, type[Node]] = {cls.kind: cls for cls in _NODES}
EDGE_KINDS: dict[str, type[Edge]] = {cls.kind: cls for cls in TIES}
KINDS: dict[str, Kind] = {**NODE_KINDS, **EDGE_KINDS}

ENTITY_KINDS = tuple(cls.kind for cls in ENTITIES)
"""The kinds a reader meets on the map; the rest are the apparatus of sourcing."""
LOCAL_KINDS = ("Decision", "Candidate", "Assessment", "Meeting")
"""What people decided and noted: of the pack ``local``, and in no snapshot."""
ENTRY_KINDS = ("Change", "Forgotten")
"""What became of the store, in short: read with the contents, and no part of them."""
LOG_KINDS = (*ENTRY_KINDS, "ChangePart")
"""What became of the store: in backups, and in no export, count or snapshot."""

_COLUMNS: dict[Kind, dict[str, Column]] = {
    kind: {f.name: f.metadata["column"] for f in fields(kind) if "column" in f.metadata}
    for kind in (Node, Named, Entity, Edge, *KINDS.values())
}
_FIRST = ("name_bg", "name_en", "aliases", "description_bg", "description_en")
_LAST = ("since", "until", "standing", "rule", "sources")
RARE = ("deprecated", "deprecated_on", "deprecated_by")
"""Columns that a seed file need not have: they are written where something fills them."""


def columns(kind: Kind) -> dict[str, Column]:
    """The declared columns of a kind by field name, in the order of its fields.

    ``id``, ``pack`` and the two ends of an edge are structure, not columns; nor are the
    attributes that packs declare.
    """
    return _COLUMNS[kind]


def seed_columns(kind: Kind, attributes: Sequence[Attribute] = ()) -> tuple[str, ...]:
    """The header of the kind's seed file: identity, own properties, then the common ones.

    ``attributes`` are those that the pack declares; a column of each stands behind its own.
    """
    known = columns(kind)
    common = {*_FIRST, *_LAST, *RARE, "key"}
    identity = ("id",) if issubclass(kind, Node) else ("source", "target", "key")
    return (
        *identity,
        *(name for name in _FIRST if name in known),
        *(name for name in known if name not in common),
        *(one.column for one in attributes if one.kind == kind.kind),
        *(name for name in _LAST if name in known),
        *RARE,
    )


def seed_file(kind: Kind) -> str:
    """The name of the kind's seed file: ``cities.csv``, ``participates_in.csv``."""
    name = kind.kind.lower()
    plural = {"city": "cities", "person": "people", "coverage": "coverage", "evidence": "evidence"}
    return (name if issubclass(kind, Edge) else plural.get(name, name + "s")) + ".csv"


__all__ = [
    "COVERED",
    "EDGE_KINDS",
    "ENTITY_KINDS",
    "ENTRY_KINDS",
    "FORMS",
    "HELIX",
    "KINDS",
    "LOCAL_KINDS",
    "LOCAL_PACK",
    "LOG_KINDS",
    "MODEL_VERSION",
    "NODE_KINDS",
    "RARE",
    "SECTORS",
    "STANDINGS",
    "Addresses",
    "Assessment",
    "Attribute",
    "Broader",
    "Candidate",
    "Change",
    "ChangePart",
    "City",
    "Column",
    "Coverage",
    "Decision",
    "Deprecation",
    "Edge",
    "Enables",
    "Entity",
    "Event",
    "Evidence",
    "Forgotten",
    "Funds",
    "Kind",
    "LocatedIn",
    "Meeting",
    "MemberOf",
    "Mentors",
    "Named",
    "Needs",
    "Node",
    "Offers",
    "Organisation",
    "Owns",
    "Pack",
    "PartOf",
    "ParticipatesIn",
    "PartnersWith",
    "Person",
    "Programme",
    "Project",
    "Record",
    "RelatedTo",
    "Source",
    "Theme",
    "columns",
    "deprecation",
    "seed_columns",
    "seed_file",
]
