"""Whom to bring together: pairs that do not work together yet, those who have met first."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ecosystem.analysis.gaps.laws import met, of_one_institution, sentences, shown, work
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_PAIRS = 3
MOST_LOOKED_AT = 40


def strangers(
    snapshot: Snapshot, ones: Iterable[str], others: Iterable[str], limit: int = MOST_PAIRS
) -> list[tuple[str, str]]:
    """Pairs without a work tie, one of each side; everybody stands in one pair only.

    Two parts of one institution are no pair. Those who have met come first, then those who work
    with most others, then by ids. Of each side the ``MOST_LOOKED_AT`` who work with most are
    looked at.
    """
    joined, meetings = work(snapshot), met(snapshot)
    whole = of_one_institution(snapshot)

    def busiest(side: Iterable[str]) -> list[str]:
        order = sorted(side, key=lambda i: (-joined.degree(i), -meetings.degree(i), i))
        return order[:MOST_LOOKED_AT]

    pairs = [
        (one, other)
        for one in busiest(ones)
        for other in busiest(others)
        if whole[one] != whole[other] and not joined.has_edge(one, other)
    ]
    pairs.sort(
        key=lambda pair: (
            not meetings.has_edge(*pair),
            -joined.degree(pair[0]) - joined.degree(pair[1]),
            pair,
        )
    )
    chosen: list[tuple[str, str]] = []
    used: set[str] = set()
    for pair in pairs:
        if len(chosen) < limit and not used & set(pair):
            chosen.append(pair)
            used |= set(pair)
    return chosen


def shared_events(snapshot: Snapshot, one: str, other: str) -> list[str]:
    """The events of both, newest first."""

    def events(actor: str) -> set[str]:
        ties = snapshot.edges_of(actor)
        return {
            tie.target
            for tie in ties
            if tie.kind == "PARTICIPATES_IN" and tie.target.startswith("event:")
        }

    def begun(event: str) -> tuple[str, str]:
        return snapshot.nodes[event].period.valid_from, event

    return sorted(events(one) & events(other), key=begun, reverse=True)


def bring_together(snapshot: Snapshot, pairs: Iterable[tuple[str, str]], otherwise: Text) -> Text:
    """One sentence that names the pairs and where they met; ``otherwise`` where there is none."""
    bg, en = [], []
    for one, other in pairs:
        first, second = shown(snapshot, one), shown(snapshot, other)
        how = Text("", "")
        events = shared_events(snapshot, one, other)
        if events:
            event = shown(snapshot, events[0])
            how = Text(f" (срещали са се на „{event.bg}“)", f" (they met at {event.en})")
        bg.append(f"{first.bg} – {second.bg}{how.bg}")
        en.append(f"{first.en} – {second.en}{how.en}")
    if not bg:
        return otherwise
    together = Text(
        f"Съберете около обща задача: {'; '.join(bg)}",
        f"Bring together over a joint task: {'; '.join(en)}",
    )
    return sentences(together)


def parts_of(graph: nx.Graph) -> list[tuple[str, ...]]:
    """The connected parts, larger first, then by first id."""
    parts = (tuple(sorted(part)) for part in nx.connected_components(graph))
    return sorted(parts, key=lambda part: (-len(part), part))


def best_connected(graph: nx.Graph, among: Iterable[str], apart_from: str = "") -> str:
    # Someone without a tie to ``apart_from`` gives the more independent second way.
    # ``apart_from`` itself comes last.
    return min(
        among,
        key=lambda v: (v == apart_from, graph.has_edge(v, apart_from), -graph.degree(v), v),
    )
