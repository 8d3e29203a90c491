"""A scenario: up to twenty changes that somebody imagines, applied to a copy of the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecosystem.checks import check
from ecosystem.columns import parse_cell
from ecosystem.dataset import Dataset, Place, references
from ecosystem.errors import DataError, Problem, nearest
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, KINDS, Edge, Record, columns

MOST_CHANGES = 20
PACK = "scenario"
IMAGINABLE = (*ENTITY_KINDS, *EDGE_KINDS)
"""The kinds that a scenario may add."""

_FIXED = ("pack", "standing", "rule", "sources")


@dataclass(frozen=True)
class Change:
    """One change: a record to add, as texts by column with its ``kind``, or an id to remove."""

    add: Mapping[str, str] | None = None
    remove: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The change as it stands in a file."""
        return {"add": dict(self.add)} if self.add is not None else {"remove": self.remove}


@dataclass(frozen=True)
class Scenario:
    """Named changes; their order does not matter."""

    name: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The scenario as plain values."""
        return {
            "name": self.name,
            "note": self.note,
            "changes": [change.to_dict() for change in self.changes],
        }


@dataclass(frozen=True)
class Applied:
    """The imagined facts, and what each change did.

    Attributes
    ----------
    dataset
        A new dataset; the base is as it was.
    ids
        The id of the record that each change adds or removes, in the order of the changes.
    carried_off
        Ids of what goes with removed nodes: their ties, and the evidence about either.
    """

    dataset: Dataset
    ids: tuple[str, ...]
    carried_off: tuple[str, ...]


def apply(base: Dataset, scenario: Scenario, file: str = PACK) -> Applied:
    """The facts as they would be.

    What a scenario adds is ``illustrative`` and belongs to the pack ``scenario``. What it both
    adds and removes is not there. Nothing is stored.

    Raises
    ------
    DataError
        With every change that cannot be made; a problem's line is the number of the change.
    """
    problems: list[Problem] = []
    if len(scenario.changes) > MOST_CHANGES:
        said = f"it has {len(scenario.changes)} changes, more than {MOST_CHANGES}."
        problems.append(Problem(file, 0, "", said, "Make two scenarios of it."))
    added: dict[str, Record] = {}
    places: dict[str, Place] = {}
    ids = []
    for number, change in enumerate(scenario.changes, 1):
        if change.add is None:
            ids.append(change.remove)
            continue
        record = _record(change.add, file, number, problems)
        ids.append(record.id if record else "")
        if record and record.id in added:
            problems.append(Problem(file, number, "id", f"{record.id!r} is added twice."))
        elif record:
            added[record.id] = record
            places[record.id] = Place(file, number)
    removed = _removed(base, added, scenario.changes, file, problems)
    kept = {i: record for i, record in added.items() if i not in removed}
    off = _carried_off(base, removed & base.records.keys())
    gone = removed | set(off)
    left = Dataset.of(record for i, record in base.records.items() if i not in gone)
    problems += check(Dataset.of(kept.values(), places), left)
    if problems:
        raise DataError(problems)
    return Applied(left.merged(Dataset.of(kept.values(), places)), tuple(ids), tuple(off))


def _record(
    values: Mapping[str, str], file: str, number: int, problems: list[Problem]
) -> Record | None:
    """The record that the texts describe; None with the reasons in ``problems``."""
    name = values.get("kind", "")
    if name not in IMAGINABLE:
        close = nearest(name, IMAGINABLE)
        hint = f"Did you mean {close[0]!r}?" if close else f"One of {', '.join(IMAGINABLE)}."
        problems.append(Problem(file, number, "kind", f"{name!r} is no kind to add.", hint))
        return None
    kind = KINDS[name]
    ends = ("source", "target") if issubclass(kind, Edge) else ("id",)
    known = {**dict.fromkeys(ends), **columns(kind)}
    given: dict[str, Any] = {"pack": PACK, "standing": "illustrative"}
    good = True
    for field in (*ends, *(one for one in values if one not in ("kind", *ends))):
        try:
            if field not in known or field in _FIXED:
                raise ValueError(f"{name} has no such field to set")
            given[field] = parse_cell(known[field], values.get(field, "").strip())
        except ValueError as error:
            problems.append(Problem(file, number, field, f"{error}."))
            good = False
    if not good:
        return None
    return kind(**given)


def _removed(
    base: Dataset,
    added: Mapping[str, Record],
    changes: Sequence[Change],
    file: str,
    problems: list[Problem],
) -> set[str]:
    removed = set()
    for number, change in enumerate(changes, 1):
        if change.add is not None:
            continue
        record = base.records.get(change.remove) or added.get(change.remove)
        if record is None or record.kind not in IMAGINABLE:
            close = nearest(change.remove, (*base.nodes, *base.edges, *added))
            hint = f"Did you mean {close[0]!r}?" if close else "Look its id up on the map."
            said = f"{change.remove!r} is nothing that could be removed."
            problems.append(Problem(file, number, "remove", said, hint))
        removed.add(change.remove)
    return removed


def _carried_off(base: Dataset, removed: Iterable[str]) -> list[str]:
    """Whatever names a removed record and cannot stand without it, in the order of ids."""
    gone = set(removed)
    found: set[str] = set()
    while True:
        more = {
            record.id
            for record in base.records.values()
            if record.id not in gone and _rests_on(record, gone)
        }
        if not more:
            return sorted(found)
        found |= more
        gone |= more


def _rests_on(record: Record, gone: set[str]) -> bool:
    named = {identity for column, identity in references(record) if column != "themes"}
    return bool(named & gone)
