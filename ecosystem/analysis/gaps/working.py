"""What rules about work ties share: how many have any, what ties rest on, where there are none."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ecosystem.analysis.cuts import cuts
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    complete,
    coverage_note,
    institutions,
    organisations,
    work,
)
from ecosystem.analysis.gaps.results import (
    Rule,
    RuleResult,
    Status,
    answer,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

NO_WORK = Text(
    "Между организациите от обхвата не е записана нито една работна връзка.",
    "No work tie among the organisations of the scope is recorded.",
)


def without_work(
    snapshot: Snapshot, rule: Rule, joined: nx.Graph, where_covered: Status = "undefined"
) -> RuleResult | None:
    """The answer of a rule about ties where there is nobody or no tie; None where there are.

    Parameters
    ----------
    where_covered
        What the rule says where sources cover all work and there is none.
    """
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, rule, status="undefined", coverage=coverage, reason=NO_ACTORS)
    if joined.number_of_edges():
        return None
    sure = all(complete(snapshot, kind) for kind in WORK_KINDS)
    return answer(
        snapshot,
        rule,
        status=where_covered if sure else "not recorded",
        coverage=coverage,
        reason=snapshot.left_out.none_of(snapshot.left_out.of_kind(*WORK_KINDS), NO_WORK),
    )


def extent(joined: nx.Graph) -> Text:
    """How many of the organisations have work ties on record; no full stop."""
    tied = sum(1 for _, degree in joined.degree() if degree)
    return Text(
        f"{tied} от {organisations(len(joined)).bg} имат записани работни връзки",
        f"{tied} of {organisations(len(joined)).en} have recorded work ties",
    )


class Holding:
    """Who holds together what: W with the PART_OF ties among the organisations of the scope.

    The bodies of one institution do not lose each other, so that they count as joined.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.work = work(snapshot)
        kin = institutions(snapshot)
        self.cuts = cuts(nx.compose(self.work, kin))
        self._bodies = {
            actor: part for part in nx.connected_components(kin) if len(part) > 1 for actor in part
        }

    def bodies(self, actor: str) -> frozenset[str]:
        """The other organisations of the institution of ``actor``."""
        return frozenset(self._bodies.get(actor, ())) - {actor}

    def of_one(self, one: str, other: str) -> bool:
        """Whether two organisations are of one institution."""
        return other in self.bodies(one)


def tie_statements(graph: nx.Graph, ties: Iterable[tuple[str, str]] | None = None) -> set[str]:
    """Ids of what ``ties`` rest on, all ties of the graph where None."""
    chosen = graph.edges if ties is None else ties
    return {statement for tie in chosen for statement in graph.edges[tie].get("statements", ())}
