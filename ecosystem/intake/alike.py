"""What is the same: records but for their place, ties but for their way, names but for spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from ecosystem.dataset import Dataset
from ecosystem.intake import cells
from ecosystem.intake.drafts import TieDraft
from ecosystem.intake.spelled import folded
from ecosystem.model import EDGE_KINDS, Edge, Entity, Record, RelatedTo
from ecosystem.values import Text

AS_WRITTEN = Text("същото име на картата", "the same name on the map")
BUT_FOR_SPELLING = Text("еднакви, само изписани различно", "the same but for spelling")
IN_THE_FILE = Text("същото име във файла", "the same name in the file")
EQUAL = 1.0
"""The score of names that are equal once case, accents and script are gone; others are not told."""


class LookAlike(NamedTuple):
    """A name of the file, the id of what has it as well, and in what they are alike."""

    name: str
    other: str
    why: Text

    def to_dict(self) -> dict[str, str | float]:
        """It as plain values, in English."""
        return {"a": self.name, "b": self.other, "score": EQUAL, "why": self.why.en}


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
    if ends[::-1] in kind.ends and tie.directed is not True:
        return kind, True
    return RelatedTo, False


def values_of(edge: Edge) -> dict[str, Any]:
    """The values of all its fields."""
    return {field.name: getattr(edge, field.name) for field in fields(edge)}


def stored_names(others: Dataset) -> Mapping[tuple[str, str], list[str]]:
    """Stored nodes by kind and exact name, and by kind and ``~`` with the folded one."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in others.nodes.values():
        if isinstance(node, Entity):
            for name in dict.fromkeys(filter(None, (node.name_bg, node.name_en, *node.aliases))):
                for key in (cells.name(name), f"~{folded(name)}"):
                    if node.id not in found[node.kind, key]:
                        found[node.kind, key].append(node.id)
    return found
