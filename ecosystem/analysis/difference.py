"""Which nodes and ties two snapshots differ in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosystem.snapshot import Snapshot


@dataclass(frozen=True)
class Difference:
    """What differs between two snapshots.

    ``added`` and ``removed`` are ids of nodes and ties of the views; ``altered`` are those whose
    record or standing in time (ended, end unknown) is another.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Everything that differs."""
        return frozenset((*self.added, *self.removed, *self.altered))


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What is in one of two snapshots only, or is not the same in both; each in order of ids."""
    old: dict[str, Any] = {**before.nodes, **before.edges}
    new: dict[str, Any] = {**after.nodes, **after.edges}

    def state(snapshot: Snapshot, identity: str) -> tuple[bool, ...]:
        return (
            identity in snapshot.ended,
            identity in snapshot.end_unknown,
            identity in snapshot.members,
        )

    return Difference(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        altered=tuple(
            sorted(
                i
                for i in old.keys() & new.keys()
                if old[i] != new[i] or state(before, i) != state(after, i)
            )
        ),
    )
