"""What an import did or would do: its counts, what it left out, what it noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecosystem.dataset import ChangeSet
from ecosystem.errors import DataError, Problem
from ecosystem.intake.alike import LookAlike
from ecosystem.intake.places import Place
from ecosystem.intake.sampling import Sample
from ecosystem.intake.table_graph import IMPORT_AGAIN, LeftOut, Told


@dataclass(frozen=True)
class ImportedFile:
    """One file, or several that belong together.

    ``changes`` is None where nothing was compared with the store; ``change`` is its entry in the
    log, empty where nothing was changed. For who looks before anything is written there are
    ``samples``, ``candidates`` (what a name of several places may be) and ``compared`` (the first
    records of each sort).
    """

    files: tuple[str, ...]
    format: str = ""
    pack: str = ""
    nodes: int = 0
    ties: int = 0
    self_loops: int = 0
    dangling: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    node_types: Sequence[str] = ()
    tie_types: Sequence[str] = ()
    left_out: Sequence[LeftOut] = ()
    mapping: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Any] = field(default_factory=dict)
    look_alikes: Sequence[LookAlike] = ()
    told: Sequence[Told] = ()
    problems: Sequence[Problem] = ()
    changes: Mapping[str, int] | None = None
    change: str = ""
    dry_run: bool = False
    samples: Sequence[Sample] = ()
    candidates: Mapping[str, Sequence[Place]] = field(default_factory=dict)
    compared: ChangeSet | None = None

    def to_dict(self) -> dict[str, Any]:
        """It as plain values."""
        places = self.places or {"found": 0, "ambiguous": [], "unknown": []}
        return {
            "files": list(self.files),
            "format": self.format,
            "pack": self.pack,
            "nodes": self.nodes,
            "ties": self.ties,
            "self_loops": self.self_loops,
            "dangling": self.dangling,
            "by_kind": dict(self.by_kind),
            "node_types": list(self.node_types),
            "tie_types": list(self.tie_types),
            "left_out": [one.to_dict() for one in self.left_out],
            "mapping": dict(self.mapping),
            "places": dict(places),
            "look_alikes": [one.to_dict() for one in self.look_alikes],
            "warnings": [one.to_dict() for one in self.told],
            "problems": [problem_told(one) for one in self.problems],
            "changes": None if self.changes is None else dict(self.changes),
            "change": self.change,
            "dry_run": self.dry_run,
        }


def problem_told(problem: Problem) -> dict[str, str]:
    """A problem with its place in the words of its file; a record's place stands in its file."""
    file, colon, place = problem.file.partition(":")
    if colon:
        place = f"{place} ({problem.column})" if problem.column else place
    else:
        place = problem.column or (f"line {problem.line}" if problem.line else "")
    return {"file": file, "place": place, "message": problem.message, "hint": problem.hint}


@dataclass(frozen=True)
class Imported:
    """Everything that one command brought in."""

    parts: tuple[ImportedFile, ...]

    def to_dict(self) -> dict[str, Any]:
        """One file as it is, several as a list."""
        if len(self.parts) == 1:
            return self.parts[0].to_dict()
        return {"files": [part.to_dict() for part in self.parts]}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with any of the files."""
        return tuple(problem for part in self.parts for problem in part.problems)


class NotImportedError(DataError):
    """Files of which one at least cannot be imported; nothing was changed."""

    todo = IMPORT_AGAIN

    def __init__(self, imported: Imported) -> None:
        super().__init__(imported.problems)
        self.imported = imported

    def to_dict(self) -> dict[str, Any]:
        """What was found of each file, its problems with their places."""
        return self.imported.to_dict()
