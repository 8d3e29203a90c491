"""What is probably wrong with records, and is loaded all the same.

Circles, one body twice, and names whose letters only look like those that are meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import networkx as nx

from ecosystem.dataset import EMPTY, Dataset, Place
from ecosystem.errors import Problem
from ecosystem.identity.doubles import names_of
from ecosystem.identity.letters import folded
from ecosystem.model import Edge, Entity, Organisation, Record

_WORD = re.compile(r"\w+")
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
}
_ALONE = frozenset("acoy")
"""Latin letters that look like Bulgarian words of one letter."""
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
    found = (*_circles(known), *_twice(known), *_mixed(dataset))
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
    named: dict[tuple[str, str], list[tuple[Entity, str]]] = {}
    for record in dataset.of_kind("Organisation"):
        if isinstance(record, Organisation) and not record.deprecated:
            for plain, name in {folded(one): one for one in reversed(names_of(record))}.items():
                for place in places.get(record.id, ("",)):
                    named.setdefault((plain, place), []).append((record, name))
    told: set[tuple[str, ...]] = set()
    for (_, place), bearers in sorted(named.items()):
        bodies, name = [body for body, _ in bearers], bearers[0][1]
        ids = tuple(body.id for body in bodies)
        if len(ids) > 1 and ids not in told:
            told.add(ids)
            where = f"in {place}" if place else "without a place"
            message = f"{' and '.join(map(repr, ids))} have the name {name!r} {where}."
            hint = "If they are one: ecosystem decide same, or keep one of the rows."
            yield tuple(reversed(bodies)), "name", message, hint


def _mixed(dataset: Dataset) -> Iterator[_Doubt]:
    """Names with a word of two scripts: mostly a letter that only looks like the one meant."""
    for record in dataset.nodes.values():
        if not isinstance(record, Entity):
            continue
        named = (("name_bg", record.name_bg), ("name_en", record.name_en))
        for column, name in (*named, *(("aliases", alias) for alias in record.aliases)):
            for word, strange in () if name.isascii() else _strange(name):
                letters = ", ".join(
                    f"{one!r} (U+{ord(one):04X} {unicodedata.name(one, '')})" for one in strange
                )
                message = f"{word!r} in {name!r} mixes scripts: {letters}."
                yield (record,), column, message, "Write the word in the letters of one script."


def _strange(name: str) -> Iterator[tuple[str, list[str]]]:
    """Each word of two scripts, with its letters of all but the one it has most of."""
    cyrillic = _SCRIPTS["Cyrillic"].search(name)
    for match in _WORD.finditer(name):
        word = match[0]
        letters = {name: found for name, one in _SCRIPTS.items() if (found := one.findall(word))}
        if len(letters) > 1:
            most = max(letters, key=lambda script: len(letters[script]))
            yield word, sorted({one for name in letters if name != most for one in letters[name]})
        elif word in _ALONE and cyrillic and f" {word} " in name:
            yield word, [word]


def _places(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for edge in dataset.edges.values():
        if edge.kind == "LOCATED_IN" and not edge.deprecated:
            found.setdefault(edge.source, set()).add(edge.target)
    return {identity: tuple(sorted(places)) for identity, places in found.items()}
