"""What several answers say: which view they are of, and how a raw value stands in a cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    out = snapshot.left_out.note() or Text("", "")
    here = how_many(len(snapshot.members), len(snapshot.external))
    bg = f"{name.show('bg')[0]}, към {on.bg}: {here.bg}"
    en = f"{name.show('en')[0]}, as of {on.en}: {here.en}"
    return Text(f"{bg} {out.bg}".strip(), f"{en} {out.en}".strip())


def how_many(members: int, external: int) -> Text:
    """How many belong to the scope, and how many more the map shows because they tie to them."""
    inside, outside = both(number, members), both(number, external)
    if not external:
        return Text(f"{inside.bg} записани.", f"{inside.en} recorded.")
    return Text(
        f"{inside.bg} оттук и {outside.bg} отвън, с които са свързани.",
        f"{inside.en} from here, and {outside.en} from elsewhere with ties to them.",
    )


def names_in(snapshot: Snapshot, ids: Iterable[str]) -> Text:
    """The names of several things in one cell, in the order of ``ids``; names may hold commas."""
    names = [snapshot.name(one) for one in ids]
    return Text(
        "; ".join(name.show("bg")[0] for name in names),
        "; ".join(name.show("en")[0] for name in names),
    )


def flat(value: Any) -> Cell:
    """A value in one cell; lists of texts joined, anything deeper as JSON."""
    if isinstance(value, (str, int, float)):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
