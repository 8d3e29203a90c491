"""Ways between two actors, and several things side by side: pages, and parts for the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecosystem.questions.catalogues import DEFINITIONS, LENSES
from ecosystem.questions.comparing import ACTORS, Compare, Ways
from webapp import address, facts
from webapp.address import ground, nodes
from webapp.doors import Context, page

if TYPE_CHECKING:
    from ecosystem.analysis.connecting import Connection
    from ecosystem.analysis.side_by_side import SideBySide


@page(Ways, "ways.html", told_in="map#ask-how-two-are-tied", asks=False)
def ways(asked: Ways, _found: None) -> Context:
    """The shortest ways between two actors through a lens; ``part=panel`` alone."""
    found: Connection | None = ground().ask(asked) if len(asked.ends) == 2 else None
    panel = address.one_of("part", ("page", "panel")) == "panel"
    return {
        "template": "ways_panel.html" if panel else "ways.html",
        "found": found,
        "ends": [*asked.ends, "", ""][:2],
        "lenses": LENSES,
        "through": asked.lens,
        "name": _name,
        "actors": ACTORS,
        "facts": facts,
    }


@page(Compare, "compare.html", told_in="map#ask-how-two-are-tied")
def compare(_asked: Compare, found: SideBySide | None) -> Context:
    """Several things side by side, and what they share; ``part=panel`` alone."""
    panel = address.one_of("part", ("page", "panel")) == "panel"
    return {
        "template": "compare_panel.html" if panel else "compare.html",
        "name": _name,
        "measures": {one.name: one.title for one in DEFINITIONS},
        "ids": [thing.id for thing in found.chosen] if found else [],
        "facts": facts,
        "kind_of": lambda identity: nodes()[identity].kind,
    }


def _name(identity: str) -> Any:
    node = nodes().get(identity)
    return node.name if node else identity
