"""What several answers say: which view they are of."""

from __future__ import annotations

from ecosystem.snapshot import Snapshot
from ecosystem.values import Text


def view_note(snapshot: Snapshot) -> Text:
    """Whose ecosystem, on which day, and how many are in it."""
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    members, external = len(snapshot.members), len(snapshot.external)
    return Text(
        f"{name.show('bg')[0]}, към {snapshot.as_of}: {members} в обхвата, {external} външни.",
        f"{name.show('en')[0]}, as of {snapshot.as_of}: {members} in scope, {external} external.",
    )
