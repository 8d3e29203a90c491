"""GraphML: keys, declared or not, defaults, nested graphs, labels of yEd, mixed direction."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.intake import losses, remarks
from ecosystem.intake.readers.gathered import Gathered, Keys
from ecosystem.intake.readers.markup import walk
from ecosystem.intake.table_graph import LeftOut, TableGraph

_LABELS = {"NodeLabel", "EdgeLabel", "Label.Text"}


class _GraphML:
    def __init__(self, file: str) -> None:
        self.found = Gathered("graphml", file)
        self.defaults: dict[str, tuple[str, str]] = {}
        self.kinds: dict[str, str] = {}
        self.key = ""
        self.owners: list[Keys] = []
        self.data = ""
        self.children = 0
        self.directed: bool | None = None
        self.styled = self.hyper = 0
        self.undeclared: dict[str, str] = {}

    def start(self, name: str, said: Mapping[str, str], line: int) -> None:
        place = f"line {line}"
        if self.data:
            self.children += 1
            if name == "Label" and self.owners and said.get("Text"):
                self.owners[-1].setdefault("label", said["Text"])
            return
        match name:
            case "key":
                self.key = said.get("id", "")
                self.kinds[self.key] = said.get("for", "all")
                self.found.titles[self.key] = said.get("attr.name") or self.key
            case "graph" if self.directed is None:
                self.directed = said.get("edgedefault", "undirected") == "directed"
            case "node":
                parent = self.owners[-1].get("id", "") if self.owners else ""
                self.owners.append(self.found.node(place, id=said.get("id", ""), parent=parent))
            case "edge":
                way = {"true": "directed", "false": "undirected"}.get(said.get("directed", ""), "")
                ends = {"source": said.get("source", ""), "target": said.get("target", "")}
                self.owners.append(self.found.tie(place, direction=way, **ends))
            case "data":
                self.data, self.children = said.get("key", ""), 0
                if self.data and self.data not in self.kinds:
                    self.undeclared.setdefault(self.data, place)
            case "hyperedge":
                self.hyper += 1

    def end(self, name: str, text: str, line: int) -> None:  # noqa: ARG002  # told of all
        if name in _LABELS and self.data and self.owners and text:
            self.owners[-1].setdefault("label", text)
        elif name == "data":
            if self.owners and text:
                self.owners[-1].setdefault(self._column(self.data), text)
            elif self.children:
                self.styled += 1
            self.data = ""
        elif name in ("node", "edge") and self.owners and not self.data:
            self.owners.pop()
        elif name == "default" and text and self.key:
            self.defaults[self.key] = (self.kinds.get(self.key, "all"), text)

    def _column(self, key: str) -> str:
        """The key under which a value is kept: a label is one, whatever its key."""
        title = self.found.titles.get(key, key)
        return "label" if title.casefold() in ("label", "name") else key


def read(raw: bytes, file: str) -> TableGraph:
    """The nodes and edges of a GraphML file."""
    hears = _GraphML(file)
    walk(raw, file, hears)
    for key, (about, value) in hears.defaults.items():
        for kind, records in (("node", hears.found.nodes), ("edge", hears.found.ties)):
            if about in (kind, "all"):
                for _, record in records:
                    record.setdefault(key, value)
    graph = hears.found.graph(hears.directed)
    for key, place in hears.undeclared.items():
        graph.warn(place, remarks.undeclared(key))
    if hears.styled:
        graph.left_out.append(LeftOut(losses.STYLES, hears.styled))
    if hears.hyper:
        graph.left_out.append(LeftOut(losses.HYPEREDGES, hears.hyper))
    return graph
