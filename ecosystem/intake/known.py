"""What a file names, found by id and by name as its ties and lists name it."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.intake import cells
from ecosystem.intake.drafts import NodeDraft


class Known:
    """Nodes by their ids and by their names, as ties name them."""

    def __init__(self, nodes: Iterable[NodeDraft] = ()) -> None:
        self.ids: dict[str, NodeDraft] = {}
        self.names: dict[str, list[NodeDraft]] = {}
        for node in nodes:
            self.add(node)

    def add(self, node: NodeDraft, name: str = "") -> None:
        """Take a node in, under another ``name`` too; of two with one id the first counts."""
        if node.key:
            self.ids.setdefault(node.key, node)
        named = self.names.setdefault(name or node.name, [])
        if node not in named:
            named.append(node)

    def find(self, word: str) -> NodeDraft | None:
        """The node with this id, else the only one of this name."""
        if word in self.ids:
            return self.ids[word]
        named = self.names.get(cells.name(word), [])
        return named[0] if len(named) == 1 else None
