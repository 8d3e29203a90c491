"""Which themes serve a need: the same, narrower ones, those that enable it, broader ones."""

from __future__ import annotations

from typing import Literal

from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot

Relation = Literal["same", "narrower", "enables", "broader"]
RELATIONS: tuple[Relation, ...] = ("same", "narrower", "enables", "broader")
SERVING: tuple[Relation, ...] = RELATIONS[:3]
"""The relations of an offer that serves a need; a broader offer is only possible."""


def serves(snapshot: Snapshot, theme: str) -> dict[str, Relation]:
    """Every theme whose offer can serve a need of ``theme``, with how, in the order of ids.

    ``same`` is the theme itself, ``narrower`` what lies under it along BROADER at any depth,
    ``enables`` what leads to it by ENABLES in one step, ``broader`` what lies above it at any
    depth. A theme that stands in two relations has the first of them. The order of themes is
    that of the whole dataset at the date, whatever the scope; a circle in it does no harm.
    """
    return {other: relation for other, (relation, _) in _related(snapshot, theme).items()}


def serving_statements(snapshot: Snapshot, theme: str, other: str) -> tuple[str, ...]:
    """The BROADER and ENABLES ties by which ``other`` serves ``theme``; none where it does not."""
    found = _related(snapshot, theme).get(other)
    return found[1] if found else ()


def _related(snapshot: Snapshot, theme: str) -> dict[str, tuple[Relation, tuple[str, ...]]]:
    broader = _ties(snapshot, "BROADER")
    found: dict[str, tuple[Relation, tuple[str, ...]]] = {theme: ("same", ())}
    for other, path in _walk(broader, theme, upwards=False).items():
        found.setdefault(other, ("narrower", path))
    for tie in _ties(snapshot, "ENABLES"):
        if tie.target == theme:
            found.setdefault(tie.source, ("enables", (tie.id,)))
    for other, path in _walk(broader, theme, upwards=True).items():
        found.setdefault(other, ("broader", path))
    return dict(sorted(found.items()))


def _ties(snapshot: Snapshot, kind: str) -> list[Edge]:
    return [
        record
        for record in snapshot.dataset.of_kind(kind)
        if isinstance(record, Edge) and record.period.started_by(snapshot.as_of)
    ]


def _walk(broader: list[Edge], start: str, *, upwards: bool) -> dict[str, tuple[str, ...]]:
    steps: dict[str, list[tuple[str, str]]] = {}
    for tie in broader:
        here, there = (tie.source, tie.target) if upwards else (tie.target, tie.source)
        steps.setdefault(here, []).append((there, tie.id))
    found: dict[str, tuple[str, ...]] = {start: ()}
    ahead = [start]
    for here in ahead:
        for there, tie_id in steps.get(here, ()):
            if there not in found:
                found[there] = (*found[here], tie_id)
                ahead.append(there)
    return found
