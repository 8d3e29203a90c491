"""Pajek (.net) and UCINET DL: numbered vertices, arcs, edges, lists and matrices.

NetworkX reads one arc of each line of an ``*Arcslist`` and fails on a byte-order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ecosystem.intake import refusals, remarks
from ecosystem.intake.readers.delimited import decoded
from ecosystem.intake.readers.gathered import Gathered
from ecosystem.intake.table_graph import RefusedError, TableGraph
from ecosystem.values import Text

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
MOST_VERTICES = 1_000_000


def _words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in _WORD.findall(line)]


def pajek(raw: bytes, file: str) -> TableGraph:
    """The vertices and lines of a Pajek network."""
    text, _ = decoded(raw, file)
    reader = _Pajek(file)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("%"):
            reader.line(line.strip(), number)
    graph = reader.finished()
    for place, message in reader.told:
        graph.warn(place, message)
    return graph


class _Pajek:
    def __init__(self, file: str) -> None:
        self.file = file
        self.found = Gathered("pajek", file)
        self.labels: dict[int, tuple[str, str]] = {}
        self.size = 0
        self.part = ""
        self.relation = ""
        self.row = 0
        self.told: list[tuple[str, Text]] = []
        self.ways: set[bool] = set()

    def line(self, line: str, number: int) -> None:
        place = f"line {number}"
        if line.startswith("*"):
            self._section(line, place)
            return
        words = _words(line)
        match self.part:
            case "vertices":
                self._vertex(words, place)
            case "arcs" | "edges":
                self._tie(words, place)
            case "arcslist" | "edgeslist":
                for target in words[1:]:
                    self._add(words[0], target, place, self.part == "arcslist")
            case "matrix":
                self.row += 1
                for column, value in enumerate(words, 1):
                    if value.strip("0.") and self.row <= self.size:
                        self._add(str(self.row), str(column), place, True, value)
            case "":
                self.told.append((place, remarks.before_sections(line[:60])))

    def _section(self, line: str, place: str) -> None:
        words = _words(line[1:])
        self.part = words[0].casefold() if words else ""
        if self.part == "vertices":
            if len(words) < 2 or not words[1].isdecimal() or int(words[1]) > MOST_VERTICES:
                raise RefusedError(
                    self.file, place, refusals.NO_COUNT, refusals.write("*Vertices 18")
                )
            self.size = int(words[1])
        elif self.part in ("arcs", "edges", "matrix", "arcslist", "edgeslist"):
            self.relation = words[-1] if len(words) > 1 and not words[-1].startswith(":") else ""
            self.row = 0
        elif self.part != "network":
            self.told.append((place, remarks.section(self.part)))

    def _vertex(self, words: Sequence[str], place: str) -> None:
        if not words[0].isdecimal():
            message = refusals.no_vertex(words[0])
            raise RefusedError(self.file, place, message, refusals.write('1 "name"'))
        self.labels[int(words[0])] = (words[1] if len(words) > 1 else words[0], place)

    def _tie(self, words: Sequence[str], place: str) -> None:
        if len(words) < 2:
            raise RefusedError(self.file, place, refusals.TWO_ENDS, refusals.write("1 2"))
        weight = words[2] if len(words) > 2 else ""
        label = next((b for a, b in pairwise(words[3:]) if a == "l"), "")
        self._add(words[0], words[1], place, self.part == "arcs", weight, label)

    def _add(
        self, source: str, target: str, place: str, one_way: bool, weight: str = "", label: str = ""
    ) -> None:
        self.ways.add(one_way)
        self.found.tie(
            place,
            source=source,
            target=target,
            relation=self.relation,
            label=label,
            weight=weight,
            direction="directed" if one_way else "undirected",
        )

    def finished(self) -> TableGraph:
        for number in range(1, max(self.size, max(self.labels, default=0)) + 1):
            label, place = self.labels.get(number, (str(number), "*Vertices"))
            self.found.node(place, id=str(number), label=label)
        return self.found.graph()


def ucinet(raw: bytes, file: str) -> TableGraph:
    """The nodes and ties of a DL file: edgelist1, nodelist1 or fullmatrix."""
    text, _ = decoded(raw, file)
    head, mark, data = _parted(text)
    if not mark:
        raise RefusedError(file, "line 1", refusals.NO_DATA, refusals.AGAIN_AS_DL)
    said = head.casefold()
    form = re.search(r"format\s*=\s*(\w+)", said)
    sort = form[1] if form else "fullmatrix"
    first = head.count("\n") + mark.count("\n") + 1
    lines = [(n, _cells(line)) for n, line in enumerate(data.splitlines(), first) if line.strip()]
    found = Gathered("ucinet-dl", file)
    labels = _labels(head)
    ties: list[tuple[str, str, str, int]]
    if sort in ("edgelist1", "nodelist1"):
        ties = list(_listed(lines, sort, file, labels if "embedded" not in said else []))
    elif sort in ("fullmatrix", "fm"):
        ties, labels = _matrix(lines, labels, "embedded" in said, file)
    else:
        raise RefusedError(file, "line 1", refusals.form(sort), refusals.DL_READ)
    for name in dict.fromkeys((*labels, *(end for one in ties for end in one[:2]))):
        found.node("data", id=name, label=name)
    for source, target, weight, line in ties:
        found.tie(f"line {line}", source=source, target=target, weight=weight)
    return found.graph(True)


def _parted(text: str) -> tuple[str, str, str]:
    match = re.search(r"^\s*data\s*:[^\S\n]*\n?", text, re.IGNORECASE | re.MULTILINE)
    if not match:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _cells(line: str) -> list[str]:
    return [word.strip(",") for word in _words(line.replace(",", " "))]


def _labels(head: str) -> list[str]:
    match = re.search(r"labels\s*:\s*\n(.*)", head, re.IGNORECASE | re.DOTALL)
    return [word for line in match[1].splitlines() for word in _cells(line)] if match else []


def _listed(
    lines: Sequence[tuple[int, list[str]]], sort: str, file: str, labels: Sequence[str]
) -> Iterator[tuple[str, str, str, int]]:
    def name(word: str) -> str:
        number = int(word) if word.isdecimal() else 0
        return labels[number - 1] if 0 < number <= len(labels) else word

    for line, words in lines:
        if len(words) < 2 and sort == "edgelist1":
            raise RefusedError(file, f"line {line}", refusals.TWO_ENDS, refusals.write("A B"))
        if sort == "edgelist1":
            yield name(words[0]), name(words[1]), words[2] if len(words) > 2 else "", line
        else:
            for target in words[1:]:
                yield name(words[0]), name(target), "", line


def _matrix(
    lines: Sequence[tuple[int, list[str]]], labels: list[str], embedded: bool, file: str
) -> tuple[list[tuple[str, str, str, int]], list[str]]:
    if embedded and lines:
        labels, lines = lines[0][1], [(line, words[1:]) for line, words in lines[1:]]
    labels = labels or [str(number) for number in range(1, len(lines) + 1)]
    ties = []
    for source, (line, words) in zip(labels, lines, strict=False):
        if len(words) != len(labels):
            message = refusals.width(len(words), len(labels))
            raise RefusedError(file, f"line {line}", message, refusals.AGAIN_AS_DL)
        for target, value in zip(labels, words, strict=True):
            if value.strip("0."):
                ties.append((source, target, value, line))
    return ties, labels
