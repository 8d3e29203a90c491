"""Cells that list others: themes, partners, projects, each a tie of whoever the row is about."""

from __future__ import annotations

from collections.abc import Callable

from ecosystem.intake import cells, losses, remarks
from ecosystem.intake.drafts import Draft, NodeDraft, TieDraft
from ecosystem.intake.meanings import LISTS

Find = Callable[[str, str], NodeDraft]
"""The node of a kind with a name, made where the file has none yet."""
_WORKS = ("Project", "Programme")


def listed(
    draft: Draft, node: NodeDraft, cell: tuple[str, str, str], place: str, find: Find
) -> None:
    """The ties of a node to what a ``cell`` lists: its column, its meaning, its text."""
    column, meaning, text = cell
    kind, tie = LISTS[meaning]
    if meaning == "themes" and node.kind in _WORKS:
        # What works on a theme offers it to nobody.
        tie = "ADDRESSES"
    for item in cells.items(cells.text(text)[0]):
        other = find(kind, item)
        draft.counted_ties += 1
        if other is node:
            self_loop(draft, place, node.name)
            continue
        ends = (other, node) if meaning == "members" else (node, other)
        draft.ties.append(TieDraft(*ends, tie, "", place, True, column=column))


def self_loop(draft: Draft, place: str, name: str) -> None:
    """Count a tie of something to itself, and say so."""
    draft.self_loops += 1
    draft.leave(losses.SELF_LOOPS)
    draft.warn(place, remarks.self_loop(name), remarks.self_loop("…"))
