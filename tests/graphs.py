"""Snapshots of graphs from the books: each node an organisation, each tie a partnership."""

from collections.abc import Iterable

import networkx as nx

from ecosystem.dataset import Dataset
from ecosystem.model import Edge, Organisation, PartnersWith, Record
from ecosystem.snapshot import Snapshot

SAID = {"pack": "graph", "standing": "illustrative"}


def organisations(names: Iterable[object]) -> list[Organisation]:
    """An organisation for each name."""
    return [Organisation(id=org(name), name_en=str(name), form="company", **SAID) for name in names]


def org(name: object) -> str:
    """The id of a node; numbers get two digits, so that their order stays."""
    slug = f"{name:02d}" if isinstance(name, int) else str(name).lower()
    return f"org:{slug}"


def partners(one: object, other: object, key: str = "") -> Edge:
    """A partnership, the lower id first."""
    low, high = sorted((org(one), org(other)))
    return PartnersWith(source=low, target=high, key=key, **SAID)


def drawn(graph: nx.Graph) -> list[Record]:
    """The organisations and partnerships of a graph."""
    return [*organisations(graph), *(partners(*ends) for ends in graph.edges())]


def snapshot_of(graph: nx.Graph) -> Snapshot:
    """The whole graph; its lens ``work`` is the graph itself, every strength 1."""
    return Snapshot.of(Dataset.of(drawn(graph)), as_of="2024-01-01")
