"""Records that people decided are one: their ties and passages are read as those of one record.

The records themselves stay as they are and keep their ids; withdrawing the decision is enough to
have them apart again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ecosystem.columns import Column
from ecosystem.dataset import Dataset
from ecosystem.model import Decision, Edge, Entity, Record, columns

MATTER, SAME = "same", "same"


def pair(subject: str) -> tuple[str, str]:
    """The two ids that a decision of this matter is about."""
    one, _, other = subject.partition("=")
    return one, other


def about(one: str, other: str) -> str:
    """What a decision about two ids is about, whichever is named first."""
    return "=".join(sorted((one, other)))


def kept_ids(decisions: Iterable[Decision]) -> dict[str, str]:
    """For each id that is read as another, that other one.

    Several decisions make one of all that they join: the one that none of them gives up counts,
    the first by id where there are several or none.

    Parameters
    ----------
    decisions
        The standing decisions of the matter; ``value`` is the id that is kept.
    """
    import networkx as nx  # half of a second that commands which only help need not wait

    joined: nx.Graph = nx.Graph()
    given_up: set[str] = set()
    for decision in decisions:
        if decision.state == SAME:
            one, other = pair(decision.subject)
            joined.add_edge(one, other)
            given_up.add(other if decision.value == one else one)
    found: dict[str, str] = {}
    for group in nx.connected_components(joined):
        kept = min(group - given_up or group)
        found |= {identity: kept for identity in group if identity != kept}
    return found


def merged(dataset: Dataset, kept: Mapping[str, str]) -> Dataset:
    """``dataset`` with the records of ``kept`` read as one; itself where there are none.

    The names of a record that is read as another are aliases of that one. A tie keeps its own id
    wherever it leads now; one between records that are one is left out. What leads to an id that
    is not there stays as it is.
    """
    there = {
        one: other for one, other in kept.items() if one in dataset.nodes and other in dataset.nodes
    }
    if not there:
        return dataset
    read = (_read(record, there) for i, record in dataset.records.items() if i not in there)
    found = Dataset.of(
        (one for one in read if not (isinstance(one, Edge) and one.source == one.target)),
        dataset.places,
    )
    return Dataset.of((*found.records.values(), *_named(found, dataset, there)), dataset.places)


def _read(record: Record, kept: Mapping[str, str]) -> Record:
    """The record with every id that it names read through ``kept``."""
    changed: dict[str, Any] = {
        name: value
        for name, column in columns(type(record)).items()
        if column.refers_to and (value := _value(record, name, column, kept)) is not None
    }
    if isinstance(record, Edge) and {record.source, record.target} & kept.keys():
        source, target = (kept.get(end, end) for end in (record.source, record.target))
        return replace(record, stated=record.id, source=source, target=target, **changed)
    return replace(record, **changed) if changed else record


def _value(record: Record, name: str, column: Column, kept: Mapping[str, str]) -> object:
    """The new value of a column that names records; None where it stays."""
    said = getattr(record, name)
    if column.many:
        read = tuple(dict.fromkeys(kept.get(one, one) for one in said))
        return read if read != said else None
    return kept.get(said)


def _named(found: Dataset, stated: Dataset, kept: Mapping[str, str]) -> Iterator[Entity]:
    """What is kept, with the names of what is read as it."""
    others: dict[str, list[str]] = {}
    for one, other in kept.items():
        others.setdefault(other, []).append(one)
    for identity, ones in others.items():
        node = found.nodes[identity]
        if isinstance(node, Entity):
            names = [
                name
                for one in sorted(ones)
                if isinstance(gone := stated.nodes[one], Entity)
                for name in (*gone.name, *gone.aliases)
            ]
            own = {*node.name, *node.aliases, ""}
            more = (name for name in dict.fromkeys(names) if name not in own)
            yield replace(node, aliases=(*node.aliases, *more))
