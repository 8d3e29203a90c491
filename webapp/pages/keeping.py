"""What was changed, and the form that takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, request

from ecosystem.acts.undoing import Undo, Undone
from ecosystem.model import NODE_KINDS
from ecosystem.questions.keeping import Changes, Done
from ecosystem.values import Text
from webapp.acts import form
from webapp.address import ground, link
from webapp.doors import Context, page

SHOWN = 50
UNDONE = "undone"


@page(Changes, "changes.html", told_in="own-data#take-it-back", ours=("all",))
def changes(_asked: Changes, found: Sequence[Done]) -> Context:
    """The changes, the last first, each with the form that takes it back."""
    shown = found if request.args.get("all") else found[:SHOWN]
    by_id = {one.id: one for one in found}

    def origin(one: Done) -> tuple[Done, bool]:
        """What was first done, and whether taking it back was taken back itself."""
        first, again = one, True
        while first.undoes in by_id:
            first, again = by_id[first.undoes], not again
        return first, again

    return {
        "origin": origin,
        "shown": shown,
        "last": next((one.id for one in found if one.decision is None), ""),
        "kinds": _kinds,
        "made": {one.id: one for one in ground().desk.decisions},
        "by_id": by_id,
    }


def _kinds(done: Done) -> Sequence[tuple[Text, int, int, int]]:
    """What a change did by kind: nodes each on a line, ties in one."""
    rows, ties = list[tuple[Text, int, int, int]](), [0, 0, 0]
    for kind, counts in (done.kinds or {}).items():
        numbers = counts["added"], counts["changed"], counts["removed"]
        if kind in NODE_KINDS:
            rows.append((NODE_KINDS[kind].label, *numbers))
        else:
            ties = [one + other for one, other in zip(ties, numbers, strict=True)]
    if any(ties):
        rows.append((Text("Връзки", "Ties"), ties[0], ties[1], ties[2]))
    return rows


@form(Undo)
def undone(_asked: Undo, done: Undone) -> str:
    """To the changes, where the new one stands first."""
    flash(done.change, UNDONE)
    return link("changes")
