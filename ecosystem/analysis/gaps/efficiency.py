"""W with its parts and the distances inside them: what a tie would add to its efficiency."""

from __future__ import annotations

from dataclasses import dataclass, field

import networkx as nx
import numpy as np

from ecosystem.analysis.gaps.chance import Real
from ecosystem.analysis.gaps.meeting import parts_of


@dataclass
class Ground:
    """W with its parts and the distances inside them."""

    graph: nx.Graph
    parts: list[tuple[str, ...]] = field(init=False)
    part_of: dict[str, int] = field(init=False)
    place: dict[str, int] = field(init=False)
    steps: list[Real] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = parts_of(self.graph)
        self.part_of = {node: i for i, part in enumerate(self.parts) for node in part}
        self.place = {node: i for part in self.parts for i, node in enumerate(part)}
        self.steps = [self._distances(part) for part in self.parts]

    def _distances(self, part: tuple[str, ...]) -> Real:
        distances = np.zeros((len(part), len(part)))
        for row, node in enumerate(part):
            for other, steps in nx.single_source_shortest_path_length(self.graph, node).items():
                distances[row, self.place[other]] = steps
        return distances

    def efficiency(self) -> float:
        """E of W; W has at least two nodes."""
        n = len(self.graph)
        return sum(float((1 / d[d > 0]).sum()) for d in self.steps) / (n * (n - 1))

    def gain(self, one: str, other: str) -> float:
        """What a tie between two nodes that have none would add to E."""
        n = len(self.graph)
        first, second = (self.steps[self.part_of[v]][self.place[v]] for v in (one, other))
        if self.part_of[one] != self.part_of[other]:
            new = 1 / (first[:, None] + 1 + second[None, :])
            return 2 * float(new.sum()) / (n * (n - 1))
        # Only ways from whom the first is nearer, by two at least, to whom the second is nearer.
        near, far = np.flatnonzero(first + 1 < second), np.flatnonzero(second + 1 < first)
        old = self.steps[self.part_of[one]][np.ix_(near, far)]
        new = first[near][:, None] + 1 + second[far][None, :]
        shorter = new < old
        return 2 * float((1 / new[shorter] - 1 / old[shorter]).sum()) / (n * (n - 1))

    def ways(self, one: str, other: str) -> list[tuple[str, str]]:
        """Every tie on a shortest way between two nodes of one part."""
        first, second = (self.steps[self.part_of[v]][self.place[v]] for v in (one, other))
        whole, place = first[self.place[other]], self.place
        return [
            (a, b)
            for near in self.parts[self.part_of[one]]
            for a, b in self.graph.edges(near)
            if first[place[a]] + 1 + second[place[b]] == whole
        ]
