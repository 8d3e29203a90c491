"""Nodes and ties as a file states them, in our kinds, before they have ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ecosystem.intake import losses, meanings, remarks
from ecosystem.intake.losses import Loss
from ecosystem.intake.table_graph import LeftOut, TableGraph, Told
from ecosystem.talking import Item, Talk, quiet, told
from ecosystem.values import Text

MOST_TOLD = 100
LINKED = "linked"
"""The word of a tie for which the file has none."""
LEFT_OUT: Mapping[str, Callable[[str], Loss]] = {
    meanings.CONTACT: lambda _column: losses.CONTACT,
    meanings.DRAWING: losses.column_drawn,
    meanings.COMPUTED: losses.column_computed,
    meanings.LEAVE: losses.column_said,
}
"""The meanings of which nothing is kept, each with what is said of a column of it."""


@dataclass(eq=False)
class NodeDraft:
    """One thing that the file names; ``said`` are values by meaning, ``own`` by column.

    ``key`` is its id in the file, ``within`` the programme in which its acronym is used once.
    """

    kind: str
    name: str
    place: str
    form: str = ""
    key: str = ""
    said: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    within: str = ""

    @property
    def code(self) -> str:
        """By what it is told from others of its name; empty where the file says nothing such."""
        return self.key or (f"{self.name} ({self.within})" if self.within else "")

    def put(self, meaning: str, value: str, place: str) -> bool:
        """Take a value where none is; whether it agrees with what is there."""
        if value and not self.said.get(meaning):
            self.said[meaning], self.at[meaning] = value, place
        return not value or self.said[meaning] == value


@dataclass(eq=False)
class TieDraft:
    """One tie that the file states; ``word`` is what it calls it.

    ``column`` is the column that lists its end, ``rule`` by what it follows where the file does not
    state it.
    """

    source: NodeDraft
    target: NodeDraft
    kind: str
    word: str
    place: str
    directed: bool | None = None
    said: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    column: str = ""
    rule: str = ""


@dataclass
class Draft:
    """All that a file states, and what of it is lost."""

    graph: TableGraph
    nodes: list[NodeDraft] = field(default_factory=list)
    ties: list[TieDraft] = field(default_factory=list)
    counted_nodes: int = 0
    counted_ties: int = 0
    self_loops: int = 0
    dangling: int = 0
    node_types: set[str] = field(default_factory=set)
    tie_types: set[str] = field(default_factory=set)
    lost: Counter[Loss] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    within: set[tuple[str, str]] = field(default_factory=set)
    silent: Counter[Text] = field(default_factory=Counter)
    talk: Talk = quiet
    doing: str = ""

    def through(self, items: Sequence[Item]) -> Iterator[Item]:
        """Go through rows, or what was made of them, while whoever waits hears how far that is."""
        return told(items, self.talk, self.doing)

    def leave(self, loss: Loss, count: int = 1) -> None:
        """Count something that does not come onto the map."""
        self.lost[loss] += count

    def drops(self, column: str, meaning: str) -> bool:
        """Whether a filled cell of this meaning is left out; it is counted then."""
        loss = LEFT_OUT.get(meaning)
        if loss:
            self.leave(loss(column))
        return loss is not None

    def warn(self, place: str, message: Text, sort: Text | None = None) -> None:
        """Say something of a place; of one sort the first hundred, the others are counted."""
        sort = sort or message
        self.silent[sort] += 1
        if self.silent[sort] <= MOST_TOLD:
            self.told.append(Told(*self.graph.parted(place), message))

    def warnings(self) -> list[Told]:
        """All that is said, with what the reader noticed first, then what is of the whole file."""
        more = [
            Told(self.graph.files[0], "", remarks.more_like(count - MOST_TOLD, sort))
            for sort, count in self.silent.items()
            if count > MOST_TOLD
        ]
        told = sorted(self.told, key=lambda one: bool(one.place))
        return [*self.graph.warnings, *told, *more]

    def left_out(self) -> list[LeftOut]:
        """All that is left out, with what the reader left out first."""
        return [*self.graph.left_out, *(LeftOut(loss, n) for loss, n in self.lost.items())]
