"""What is probably wrong with records, and is loaded all the same: circles, one body twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from ecosystem.dataset import EMPTY, Dataset, Place
from ecosystem.errors import Problem
from ecosystem.model import Edge, Entity, Organisation, Record

ONE_WAY = ("PART_OF", "OWNS", "BROADER")
"""Ties by which nothing can come back to itself."""


def warnings(dataset: Dataset, context: Dataset = EMPTY) -> list[Problem]:
    """What is doubtful in ``dataset``, ordered by place; it stops nothing.

    Parameters
    ----------
    context
        What else is known: of what lies wholly there nothing is said.
    """
    known = dataset.merged(context) if context.records else dataset
    found = (*_circles(known), *_twice(known))
    return sorted(
        _warning(dataset, records, column, message, hint)
        for records, column, message, hint in found
        if any(record.id in dataset.records for record in records)
    )


_Doubt = tuple[tuple[Record, ...], str, str, str]


def _warning(
    dataset: Dataset, records: Iterable[Record], column: str, message: str, hint: str
) -> Problem:
    record = next(one for one in records if one.id in dataset.records)
    place = dataset.places.get(record.id, Place(record.id, 0))
    return Problem(place.file, place.line, column, message, hint)


def _circles(dataset: Dataset) -> Iterator[_Doubt]:
    """One doubt for each group in which everything leads to everything, with a way round it."""
    for kind in ONE_WAY:
        ties: dict[tuple[str, str], Edge] = {
            (edge.source, edge.target): edge
            for edge in dataset.edges.values()
            if edge.kind == kind and not edge.deprecated
        }
        graph = nx.DiGraph(sorted(ties))
        for group in nx.strongly_connected_components(graph):
            if len(group) > 1:
                start = min(group)
                # Back to the start by the shortest way: a group may hold many circles.
                back = min(
                    (nx.shortest_path(graph, one, start) for one in graph[start] if one in group),
                    key=lambda way: (len(way), way),
                )
                way = [start, *back]
                records = tuple(ties[pair] for pair in zip(way, back, strict=False))
                message = f"{kind} leads in a circle: {' -> '.join(way)}."
                yield records, "target", message, "Remove the tie that is not so."


def _twice(dataset: Dataset) -> Iterator[_Doubt]:
    """Bodies of one name in one place, and of one number in a register."""
    places = _places(dataset)
    named: dict[tuple[str, str], list[Entity]] = {}
    for record in dataset.of_kind("Organisation"):
        if isinstance(record, Organisation) and not record.deprecated:
            names = {_folded(name) for name in (*record.name, *record.aliases) if name}
            for name in names:
                for place in places.get(record.id, ("",)):
                    named.setdefault((name, place), []).append(record)
    told: set[tuple[str, ...]] = set()
    for (name, place), bodies in sorted(named.items()):
        ids = tuple(body.id for body in bodies)
        if len(ids) > 1 and ids not in told:
            told.add(ids)
            where = f"in {place}" if place else "without a place"
            message = f"{' and '.join(map(repr, ids))} have the name {name!r} {where}."
            hint = "If they are one: ecosystem decide same, or keep one of the rows."
            yield tuple(reversed(bodies)), "name", message, hint


def _places(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for edge in dataset.edges.values():
        if edge.kind == "LOCATED_IN" and not edge.deprecated:
            found.setdefault(edge.source, set()).add(edge.target)
    return {identity: tuple(sorted(places)) for identity, places in found.items()}


def _folded(name: str) -> str:
    """A name without case, quotes and signs."""
    signs = "".join(sign if sign.isalnum() else " " for sign in name.casefold())
    return " ".join(signs.split())
