"""Records that are the same but for their place, ties but for their way, names that are alike."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from typing import Any, NamedTuple

from ecosystem import paths
from ecosystem.dataset import Dataset
from ecosystem.identity.comparing import SAME, Reason
from ecosystem.identity.doubles import Alikes, names_of
from ecosystem.identity.letters import folded
from ecosystem.intake import cells
from ecosystem.intake.drafts import TieDraft
from ecosystem.model import EDGE_KINDS, Edge, Entity, MemberOf, Record, RelatedTo
from ecosystem.values import Text

AS_WRITTEN = Text("същото име на картата", "the same name on the map")
IN_THE_FILE = Text("същото име във файла", "the same name in the file")
EQUAL = 1.0
"""The score of names that are the same letter by letter."""


class LookAlike(NamedTuple):
    """A name of the file, the id of what may be the same, how likely that is, and why."""

    name: str
    other: str
    score: float
    why: Text

    def to_dict(self) -> dict[str, str | float]:
        """It as plain values, in English."""
        return {"a": self.name, "b": self.other, "score": self.score, "why": self.why.en}


class Known:
    """What is stored, by its names."""

    def __init__(self, stored: Dataset) -> None:
        self._stored = stored
        self._written: dict[tuple[str, str], list[str]] = defaultdict(list)
        for node in stored.nodes.values():
            if isinstance(node, Entity):
                for name in dict.fromkeys(map(cells.name, names_of(node))):
                    self._written[node.kind, name].append(node.id)

    @cached_property
    def _alikes(self) -> Alikes:
        # Names are prepared for comparing where a file brings a new one, and not before.
        return Alikes(self._stored)

    def written(self, kind: str, name: str) -> list[str]:
        """The ids of what has exactly this name."""
        return self._written.get((kind, name), [])

    @cached_property
    def _themes(self) -> dict[str, set[str]]:
        """Themes by what they are called, folded, and by the words that the vocabulary lists."""
        found: dict[str, set[str]] = defaultdict(set)
        for (kind, name), ids in self._written.items():
            if kind == "Theme":
                found[folded(name)].update(ids)
        for text, theme in _crosswalk():
            if theme in self._stored.nodes:
                found[folded(text)].add(theme)
        return found

    def theme(self, name: str) -> str:
        """The only theme that a word means, by its names or the vocabulary's list; else empty."""
        ids = self._themes.get(folded(name), set())
        return next(iter(ids)) if len(ids) == 1 else ""

    def like(self, kind: str, name: str) -> list[LookAlike]:
        """What may be the same as what a file calls so."""
        exact = self.written(kind, name)
        found = [LookAlike(name, one, EQUAL, AS_WRITTEN) for one in exact]
        for one, likeness in self._alikes.like(name, kind):
            if one not in exact:
                found.append(LookAlike(name, one, likeness.score, reasons_told(likeness.reasons)))
        return found


def _crosswalk() -> list[tuple[str, str]]:
    """What sources call themes, each with the theme it means, as the shipped vocabulary says."""
    file = paths.seeds_folder() / "themes" / "crosswalk.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["theme"]) for row in csv.DictReader(stream) if row["theme"]]


def reasons_told(reasons: Iterable[Reason]) -> Text:
    """Reasons in one line."""
    told = [reason.told for reason in reasons]
    return Text("; ".join(one.bg for one in told), "; ".join(one.en for one in told))


def within(made: Dataset) -> list[LookAlike]:
    """Things of one file that may be the same though their names differ."""
    alikes = Alikes(made)
    return [
        LookAlike(alikes.names[pair.one][0].said, pair.other, pair.score, told)
        for pair in alikes.pairs()
        if SAME <= pair.score < EQUAL and (told := reasons_told(pair.reasons))
    ]


def same_but_for_place(one: Record, other: Record) -> bool:
    """Whether two records say the same, wherever in the file they stand."""
    if type(one) is not type(other):
        return False
    names = (field.name for field in fields(one) if field.name != "sources")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def fitting(tie: TieDraft) -> tuple[type[Edge], bool]:
    """The kind that a tie becomes between such ends, and whether it is turned for it."""
    kind = EDGE_KINDS[tie.kind]
    ends = tie.source.kind, tie.target.kind
    if ends in kind.ends:
        return kind, False
    # An organisation belongs to nobody: a membership that leads from it is meant the other way.
    if ends[::-1] in kind.ends and (tie.directed is not True or kind is MemberOf):
        return kind, True
    return RelatedTo, False


def values_of(edge: Edge) -> dict[str, Any]:
    """The values of all its fields."""
    return {field.name: getattr(edge, field.name) for field in fields(edge)}
