"""The days on which something changes, and a layout that stays put from one to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ecosystem.analysis.layout import Layout, layout
from ecosystem.snapshot import Snapshot, period
from ecosystem.values import OPEN_END, OPEN_START, Period


def begun(snapshot: Snapshot) -> tuple[str, ...]:
    """The full days, in order, on which something of the snapshot begins."""
    days = {one.valid_from for one in _periods(snapshot)}
    return tuple(sorted(days - {OPEN_START}))


def changing(snapshot: Snapshot) -> tuple[str, ...]:
    """The full days, in order, on which something begins, or on which it is over."""
    ends = {one.valid_to for one in _periods(snapshot)} - {OPEN_END}
    over = {(date.fromisoformat(day) + timedelta(days=1)).isoformat() for day in ends}
    return tuple(sorted({*begun(snapshot), *over}))


def _periods(snapshot: Snapshot) -> Iterable[Period]:
    yield from (node.period for node in snapshot.nodes.values())
    yield from (period(snapshot.dataset, edge) for edge in snapshot.edges.values())


def within(known: Layout, snapshot: Snapshot) -> Layout:
    """The part of a layout of everything known that ``snapshot`` shows, in the same places.

    What the layout does not have (whoever has left the place since) stands where the
    snapshot's own layout puts it. Islands keep their shores; those of nobody are left out.
    """
    positions = {i: known.positions[i] for i in snapshot.nodes if i in known.positions}
    islands = {one.id: one for one in known.territories}
    living = {one.id: [i for i in one.nodes if i in positions] for one in known.territories}
    late = snapshot.nodes.keys() - positions.keys()
    if late:
        own = layout(snapshot, known.group_by)
        positions |= {identity: own.positions[identity] for identity in late}
        for one in own.territories:
            islands.setdefault(one.id, one)
            living.setdefault(one.id, []).extend(i for i in one.nodes if i in late)
    territories = [replace(islands[i], nodes=tuple(ids)) for i, ids in living.items() if ids]
    ordered = {identity: positions[identity] for identity in sorted(positions)}
    return replace(known, positions=ordered, territories=tuple(territories))
