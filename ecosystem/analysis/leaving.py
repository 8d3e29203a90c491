"""What is lost where something leaves: who counts no more, who loses whom, what nobody offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecosystem.snapshot import Snapshot
from ecosystem.values import plain


@dataclass(frozen=True)
class Losses:
    """What is in one view and no more in a later or an imagined one; ids in their order.

    Attributes
    ----------
    out
        The organisations that counted and count no more.
    partners
        By whom or what is gone or works apart now, the organisations that stay and lose it.
    offers, needs
        The themes of which an offer goes, or a need, and by each whether somebody here still has
        one.
    vanished
        Events, projects and programmes that are shown no more.
    """

    out: tuple[str, ...]
    partners: Mapping[str, tuple[str, ...]]
    offers: Mapping[str, bool]
    needs: Mapping[str, bool]
    vanished: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.out or self.partners or self.offers or self.needs or self.vanished)

    def to_dict(self) -> dict[str, Any]:
        """The losses as plain values."""
        values: dict[str, Any] = plain(self)
        return values


def losses(before: Snapshot, after: Snapshot) -> Losses:
    """What of ``before`` is not in ``after``."""
    gone = before.nodes.keys() - after.nodes.keys()
    then = {actor.id for actor in after.actors()}
    passing = ("Event", "Project", "Programme")
    return Losses(
        out=tuple(sorted({actor.id for actor in before.actors()} - then)),
        partners=_partners(before, after, then),
        offers=_themes(before, after, "OFFERS"),
        needs=_themes(before, after, "NEEDS"),
        vanished=tuple(sorted(one for one in gone if before.nodes[one].kind in passing)),
    )


def _partners(before: Snapshot, after: Snapshot, staying: set[str]) -> dict[str, tuple[str, ...]]:
    """By each organisation those of ``staying`` that no longer work with it.

    Of two that both stay, each loses the other; that is told once, of the first.
    """
    was, is_ = before.graph("work"), after.graph("work")
    organisations = {one for one, node in before.nodes.items() if node.kind == "Organisation"}
    lost: dict[str, list[str]] = {}
    for one in sorted(staying & was.nodes):
        for other in set(was[one]) & organisations - {one}:
            if not is_.has_edge(one, other) and (other not in staying or other < one):
                lost.setdefault(other, []).append(one)
    return {other: tuple(lost[other]) for other in sorted(lost)}


def _themes(before: Snapshot, after: Snapshot, kind: str) -> dict[str, bool]:
    def here(snapshot: Snapshot) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for tie in snapshot.edges_of_kind(kind):
            if tie.source in snapshot.members and tie.id not in snapshot.ended:
                found.setdefault(tie.target, set()).add(tie.source)
        return found

    was, is_ = here(before), here(after)
    return {theme: theme in is_ for theme in sorted(was) if was[theme] - is_.get(theme, set())}
