"""Ids with names beside the store, so that a shell can offer them without starting an engine.

The list stands in the data folder and follows the facts; how far it has followed stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ecosystem.dataset import Dataset
from ecosystem.identity.letters import folded
from ecosystem.model import Entity

FILE, REACHED = "names.tsv", "names.revision"


class Offer(NamedTuple):
    """An id with its kind and its names."""

    id: str
    kind: str
    bg: str
    en: str

    def matches(self, begun: str) -> bool:
        """Whether the id, what stands behind its colon or a word of a name begins so."""
        typed = begun.casefold()
        ids = (self.id, self.id.partition(":")[2])
        words = folded(f"{self.bg} {self.en}").split()
        return any(one.startswith(typed) for one in ids) or any(
            word.startswith(folded(begun) or typed) for word in words
        )


def note(folder: Path, facts: Dataset) -> None:
    """Write the list of what counts; where that cannot be, a shell offers nothing."""
    lines = [
        "\t".join(" ".join(text.split()) for text in (node.id, node.kind, *node.name))
        for node in facts.nodes.values()
        if isinstance(node, Entity) and not node.deprecated
    ]
    _write(folder / FILE, "\n".join(lines))


def reach(folder: Path, revision: int) -> None:
    """Remember that the list is that of ``revision``."""
    _write(folder / REACHED, str(revision))


def offers(folder: Path, revision: int, kinds: Collection[str] = ()) -> Iterator[Offer]:
    """What the list holds of these kinds, all where none is named.

    Where the store has moved on from it, people are left out: somebody may have been removed.
    """
    try:
        lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
        reached = int((folder / REACHED).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return
    for line in lines:
        parts = line.split("\t")
        if len(parts) == len(Offer._fields):
            offer = Offer(*parts)
            wanted = not kinds or offer.kind in kinds
            if wanted and (offer.kind != "Person" or reached == revision):
                yield offer


def _write(file: Path, text: str) -> None:
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):
        part.touch(0o600)
        part.write_text(text, encoding="utf-8")
        part.replace(file)
