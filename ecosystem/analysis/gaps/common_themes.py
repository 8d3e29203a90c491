"""On which themes organisations are at work, and what two of them have in common."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.analysis.gaps.laws import (
    not_ended,
)
from ecosystem.snapshot import Snapshot


def themes_of(snapshot: Snapshot) -> dict[str, dict[str, set[str]]]:
    """Per organisation its themes, offered, needed or of its projects, with their statements.

    What a programme or an event is about is not yet what each of its many participants works on.
    """
    themes: dict[str, dict[str, set[str]]] = {}
    for tie in not_ended(snapshot, "OFFERS", "NEEDS"):
        themes.setdefault(tie.source, {}).setdefault(tie.target, set()).add(tie.id)
    addressed: dict[str, list[tuple[str, str]]] = {}
    for tie in snapshot.edges_of_kind("ADDRESSES"):
        if not tie.source.startswith("project:"):
            continue
        addressed.setdefault(tie.source, []).append((tie.target, tie.id))
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        for theme, statement in addressed.get(tie.target, ()):
            themes.setdefault(tie.source, {}).setdefault(theme, set()).update((tie.id, statement))
    return themes


def in_common(
    one: Iterable[str], other: Iterable[str], enabling: set[tuple[str, str]]
) -> tuple[str, ...]:
    """The themes of both, and those of one that enable a theme of the other with these; sorted."""
    first, second = set(one), set(other)
    shared = first & second
    for a, b in enabling:
        if (a in first and b in second) or (a in second and b in first):
            shared |= {a, b}
    return tuple(sorted(shared))
