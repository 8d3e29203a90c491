"""What several answers say: which view they are of, and how a raw value stands in a cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ecosystem.figures import both, day, number
from ecosystem.tables import Cell
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.snapshot import Snapshot


def view_note(snapshot: Snapshot) -> Text:
    """Whose ecosystem, on which day, how many are in it, and which ties the view leaves out."""
    name = Text("всичко", "everything")
    if snapshot.scope != "all":
        name = snapshot.name(snapshot.scope)
    on = both(day, snapshot.as_of)
    members, external = (both(number, len(one)) for one in (snapshot.members, snapshot.external))
    out = snapshot.left_out.note() or Text("", "")
    bg = f"{name.show('bg')[0]}, към {on.bg}: {members.bg} в обхвата, {external.bg} външни."
    en = f"{name.show('en')[0]}, as of {on.en}: {members.en} in scope, {external.en} external."
    return Text(f"{bg} {out.bg}".strip(), f"{en} {out.en}".strip())


def flat(value: Any) -> Cell:
    """A value in one cell; lists of texts joined, anything deeper as JSON."""
    if isinstance(value, (str, int, float)):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
