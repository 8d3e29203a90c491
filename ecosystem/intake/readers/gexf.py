"""GEXF 1.1 to 1.3: attributes, lists, spells as since and until, hierarchy as parents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ecosystem.intake import losses
from ecosystem.intake.readers.gathered import Gathered, Keys
from ecosystem.intake.readers.markup import walk
from ecosystem.intake.table_graph import LeftOut, TableGraph

_DRAWING = {"color", "position", "size", "shape", "thickness"}
_ITEM = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,|\[\]'"]+)""")


class _Gexf:
    def __init__(self, file: str) -> None:
        self.found = Gathered("gexf", file)
        self.types: dict[str, str] = {}
        self.defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self.about = "node"
        self.attribute = ""
        self.stack: list[tuple[str, Keys]] = []
        self.current: Keys = {}
        self.drawn = 0
        self.directed: bool | None = False

    def start(self, name: str, said: Mapping[str, str], line: int) -> None:
        place = f"line {line}"
        match name:
            case "graph":
                kind = said.get("defaultedgetype", "undirected")
                self.directed = kind != "undirected"
            case "attributes":
                self.about = said.get("class", "node")
            case "attribute":
                self.attribute = f"{self.about}:{said.get('id', '')}"
                self.found.titles[self.attribute] = said.get("title") or said.get("id", "")
                self.types[self.attribute] = said.get("type", "string")
            case "node":
                parent = said.get("pid") or (self.stack[-1][1].get("id", "") if self.stack else "")
                self.current = self.found.node(
                    place,
                    id=said.get("id", ""),
                    label=said.get("label", ""),
                    parent=parent,
                    **_period(said),
                )
                self.about = "node"
                self.stack.append((name, self.current))
            case "edge":
                kind = said.get("type", "")
                self.current = self.found.tie(
                    place,
                    source=said.get("source", ""),
                    target=said.get("target", ""),
                    kind=said.get("kind", ""),
                    label=said.get("label", ""),
                    weight=said.get("weight", ""),
                    direction=kind if kind in ("directed", "undirected", "mutual") else "",
                    **_period(said),
                )
                self.about = "edge"
            case "attvalue":
                key = f"{self.about}:{said.get('for', said.get('id', ''))}"
                value = said.get("value", "")
                self.found.titles.setdefault(key, key.partition(":")[2])
                if self.types.get(key, "").startswith("list"):
                    value = listed(value)
                if value and not self.current.get(key):
                    self.current[key] = value
            case "spell":
                for key, value in _period(said).items():
                    self.current.setdefault(key, value)
            case _ if name in _DRAWING:
                self.drawn += 1

    def end(self, name: str, text: str, line: int) -> None:  # noqa: ARG002  # told of all
        if name == "node":
            self.stack.pop()
            self.current = self.stack[-1][1] if self.stack else {}
        elif name == "default" and text and self.attribute:
            self.defaults.setdefault(self.about, {})[self.attribute] = text


def _period(said: Mapping[str, str]) -> dict[str, str]:
    since = said.get("start") or said.get("startopen") or ""
    until = said.get("end") or said.get("endopen") or ""
    found = {"since": since.partition("T")[0], "until": until.partition("T")[0]}
    return {key: value for key, value in found.items() if value}


def listed(value: str) -> str:
    """The items of a list of GEXF 1.3, with bars between: ``['a', "b"]``, ``a|b``, ``a, b``."""
    items = (next(filter(None, match.groups()), "") for match in _ITEM.finditer(value))
    plain = (re.sub(r"\\(.)", r"\1", item).strip().replace("|", "/") for item in items)
    return "|".join(filter(None, plain))


def read(raw: bytes, file: str) -> TableGraph:
    """The nodes and edges of a GEXF file."""
    hears = _Gexf(file)
    walk(raw, file, hears)
    for about, records in (("node", hears.found.nodes), ("edge", hears.found.ties)):
        for key, value in hears.defaults.get(about, {}).items():
            for _, record in records:
                record.setdefault(key, value)
    graph = hears.found.graph(hears.directed)
    if hears.drawn:
        graph.left_out.append(LeftOut(losses.COLOURS, hears.drawn))
    return graph
