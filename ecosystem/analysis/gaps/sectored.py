"""The organisations of W with a known sector, and the tests of the rules that compare sectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from ecosystem.analysis.gaps.chance import DRAWS, SEED, Whole, tallied
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    counted,
    coverage_note,
    organisations,
    work,
)
from ecosystem.analysis.gaps.results import Rule, RuleResult, answer
from ecosystem.analysis.gaps.tested import Tested
from ecosystem.analysis.gaps.working import without_work
from ecosystem.model import HELIX
from ecosystem.snapshot import Snapshot, among
from ecosystem.values import Text

MIXING = "Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126."
LARGEST_NAMELESS = 2_000


@dataclass(frozen=True)
class Sectored:
    """The organisations of W with a known sector, and the ties among them.

    Attributes
    ----------
    actors
        In an order that their ties and sectors make, not their ids.
    sectors
        Those that occur, in the order of the helix.
    labels
        Per actor the place of its sector in ``sectors``.
    ties
        Per tie the places of its two actors.
    strata
        Per actor its tercile by number of ties; actors with equally many share one.
    unknown
        How many organisations of the scope have no known sector.
    """

    graph: nx.Graph
    actors: tuple[str, ...]
    sectors: tuple[str, ...]
    labels: Whole
    ties: Whole
    strata: Whole
    unknown: int

    @property
    def n(self) -> int:
        """How many organisations have a known sector."""
        return len(self.actors)

    def members(self, *sectors: str) -> tuple[str, ...]:
        """The organisations of these sectors, in the order of ids."""
        return tuple(sorted(a for a, sector in self.sector_of().items() if sector in sectors))

    def sector_of(self) -> dict[str, str]:
        """The sector of every actor."""
        labelled = zip(self.actors, self.labels.tolist(), strict=True)
        return {actor: self.sectors[label] for actor, label in labelled}

    def dealt(self, *, within_terciles: bool = True) -> Whole:
        """The labels as they are, and below them ``DRAWS`` rows in which they are dealt anew."""
        strata = self.strata if within_terciles else np.zeros_like(self.strata)
        rows = np.tile(self.labels, (DRAWS + 1, 1))
        generator = np.random.default_rng(SEED)
        for stratum in np.unique(strata):
            place = np.flatnonzero(strata == stratum)
            rows[1:, place] = generator.permuted(rows[1:, place], axis=1)
        return rows


def sectored(snapshot: Snapshot, counts: Mapping[str, int] | None = None) -> Sectored:
    """The organisations of the scope with a known helix sector, joined by work.

    Parameters
    ----------
    counts
        Numbers that a rule will add up by actor; they tell actors apart before ids do.
    """
    sectors = {actor.id: actor.sector for actor in snapshot.actors() if actor.sector in HELIX}
    graph = among(work(snapshot), sectors)
    marks = {actor: (sector, (counts or {}).get(actor, 0)) for actor, sector in sectors.items()}
    actors = nameless_order(graph, marks)
    present = tuple(sector for sector in HELIX if sector in sectors.values())
    place = {actor: i for i, actor in enumerate(actors)}
    ties = sorted(sorted((place[one], place[other])) for one, other in graph.edges)
    degrees = np.array([graph.degree(actor) for actor in actors], dtype=float)
    strata = np.zeros(len(actors), dtype=np.int64)
    if len(actors):
        for cut in np.quantile(degrees, (1 / 3, 2 / 3)):
            strata += degrees > cut
    return Sectored(
        graph=graph,
        actors=actors,
        sectors=present,
        labels=np.array([present.index(sectors[actor]) for actor in actors], dtype=np.int64),
        ties=np.array(ties, dtype=np.int64).reshape(-1, 2),
        strata=strata,
        unknown=len(snapshot.actors()) - len(sectors),
    )


def nameless_order(graph: nx.Graph, marks: Mapping[str, tuple[str, int]]) -> tuple[str, ...]:
    """The nodes in an order that ties and marks decide, so that new names change no draw.

    Colours are refined by those of the neighbours [1]_; where they leave a choice, one node is
    set apart and the refining goes on. Ids decide among nodes that nothing tells apart, and, in
    a graph of more than ``LARGEST_NAMELESS`` nodes, wherever the first refining does not.

    References
    ----------
    .. [1] B. D. McKay and A. Piperno, "Practical graph isomorphism, II", J. Symbolic Comput. 60
       (2014).
    """
    colours = _ranked({node: (*marks[node], graph.degree(node)) for node in graph})
    while True:
        colours = _refined(graph, colours)
        classes: dict[int, list[str]] = {}
        for node, colour in colours.items():
            classes.setdefault(colour, []).append(node)
        choices = [nodes for _, nodes in sorted(classes.items()) if not _are_twins(graph, nodes)]
        if not choices or len(graph) > LARGEST_NAMELESS:
            return tuple(sorted(graph, key=lambda node: (colours[node], node)))
        first = min(choices[0])
        colours = _ranked({node: (colour, node != first) for node, colour in colours.items()})


def _refined(graph: nx.Graph, colours: dict[str, int]) -> dict[str, int]:
    while True:
        finer = _ranked(
            {v: (colours[v], *sorted(colours[other] for other in graph[v])) for v in graph}
        )
        if len(set(finer.values())) == len(set(colours.values())):
            return colours
        colours = finer


def _ranked(keys: Mapping[str, Any]) -> dict[str, int]:
    order = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    return {node: order[key] for node, key in keys.items()}


def _are_twins(graph: nx.Graph, nodes: list[str]) -> bool:
    """Whether swapping any two of the nodes leaves the graph as it is."""
    without = {frozenset(graph[node]) for node in nodes}
    within = {frozenset(graph[node]) | {node} for node in nodes}
    return len(nodes) < 2 or len(without) == 1 or len(within) == 1


def pair_counts(network: Sectored) -> Whole:
    """Per row of ``dealt`` labels how many ties join two sectors; [a, b] for a <= b."""
    one, other = network.ties.T
    k = len(network.sectors)

    def codes(rows: Whole) -> Whole:
        ends = rows[:, one], rows[:, other]
        low: Whole = np.minimum(*ends)
        return low * k + np.maximum(*ends)

    return tallied(codes, network.dealt(), k * k).reshape(-1, k, k)


RECORD_ACROSS = Text(
    "Запишете с източник кой с кого работи между секторите.",
    "Record with a source who works with whom across the sectors.",
)
BELOW = Text("под очакваното", "below expectation")


def told(network: Sectored, rows: Sequence[Tested], what: Text, how: Text = BELOW) -> Text:
    """How much was tested, how much of it was flagged as ``how``, and what cannot be told."""
    flagged = sum(row.flag for row in rows)
    silent = sum(not row.tells for row in rows)
    extent, border = extent_of(network), at_border(rows)
    return Text(
        f"{extent.bg}. Проверени {what.bg}: {len(rows)}; {how.bg}: {flagged}; "
        f"твърде малко данни: {silent}{border.bg}.",
        f"{extent.en}. Tested {what.en}: {len(rows)}; {how.en}: {flagged}; too few to tell: "
        f"{silent}{border.en}.",
    )


def at_border(rows: Sequence[Tested]) -> Text:
    """How many rows are too close to the level to tell; empty for none."""
    close = sum(row.close for row in rows)
    if not close:
        return Text("", "")
    return Text(
        f"; твърде близо до границата от 0,05, изводът се задържа: {close}",
        f"; too close to .05 to tell, the conclusion held back: {close}",
    )


def extent_of(network: Sectored) -> Text:
    """How many organisations and ties a rule on sectors stands on, and who is left out."""
    ties = counted(
        len(network.ties), ("работна връзка", "работни връзки"), ("work tie", "work ties")
    )
    apart = Text("", "")
    if network.unknown:
        apart = Text(
            f" (още {network.unknown} са с друга или неизвестна форма и се броят отделно)",
            f" ({network.unknown} more are of another or unknown form and counted apart)",
        )
    many = organisations(network.n)
    return Text(
        f"{many.bg} с известен сектор и {ties.bg} между тях{apart.bg}",
        f"{many.en} with a known sector and {ties.en} among them{apart.en}",
    )


def without_sectors(snapshot: Snapshot, rule: Rule, network: Sectored) -> RuleResult | None:
    """The answer of a rule about sectors where fewer than two are known or nobody is tied."""
    if len(network.sectors) > 1 or not snapshot.actors():
        return without_work(snapshot, rule, network.graph)
    return answer(
        snapshot,
        rule,
        status="undefined",
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=Text(
            "В обхвата няма организации от поне два известни сектора, затова няма какво да се "
            "сравни.",
            "The scope has no organisations of at least two known sectors, so there is nothing "
            "to compare.",
        ),
    )
