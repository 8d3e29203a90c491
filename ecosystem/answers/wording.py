"""What several answers say: which view they are of."""

from __future__ import annotations

from ecosystem.figures import both, day, number
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text


def view_note(snapshot: Snapshot) -> Text:
    """Whose ecosystem, on which day, and how many are in it."""
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    on = both(day, snapshot.as_of)
    members, external = (both(number, len(one)) for one in (snapshot.members, snapshot.external))
    return Text(
        f"{name.show('bg')[0]}, към {on.bg}: {members.bg} в обхвата, {external.bg} външни.",
        f"{name.show('en')[0]}, as of {on.en}: {members.en} in scope, {external.en} external.",
    )
