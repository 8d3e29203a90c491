"""Who stands where on the map: the territory of each node of a snapshot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ecosystem.analysis.structure import communities
from ecosystem.labels import word
from ecosystem.lenses import LENSES
from ecosystem.model import HELIX, Edge, Organisation
from ecosystem.snapshot import Snapshot, undirected
from ecosystem.values import Text

ROLES: Mapping[str, Text] = {
    "mentors": Text("Ментори", "Mentors"),
    "learners": Text("Градове, които се учат", "Cities that learn"),
    "funders": Text("Финансиращи отвън", "Funders from elsewhere"),
    "cities": Text("Други градове", "Other cities"),
    "undertakings": Text("Проекти и програми отвън", "Projects and programmes from elsewhere"),
    "partners": Text("Партньори отвън", "Partners from elsewhere"),
}
THEMES = "themes"
SHELF = "shelf"
OUTER = ("mentors", "learners", "cities", THEMES, "funders", "undertakings", "partners")

LEADING = {"leads": 0, "organiser": 1, "host": 2, "": 4}
BELONGING = ("MEMBER_OF", "PART_OF", "LOCATED_IN")


class Group(NamedTuple):
    """What a node is grouped under; with ``outer``, a word of OUTER, at the edge of the map.

    With ``outer`` SHELF above it.
    """

    id: str
    caption: Text
    outer: str = ""


def territories() -> tuple[str, ...]:
    """The ids of the territories that a map can have, but for themes and communities."""
    return ("place", THEMES, SHELF, "unknown", *HELIX, "other", *(f"external-{r}" for r in ROLES))


def is_territory(word: str) -> bool:
    """Whether a map can have a territory of that id, however it is grouped."""
    return word in territories() or bool(re.fullmatch(r"community-\d{2,}", word, re.ASCII))


def groups_of(snapshot: Snapshot, group_by: str) -> dict[Group, tuple[str, ...]]:
    """The nodes of each territory in the order of ids; those of the scope first, large first.

    By sector a node stands with its own, else with its employer's or leader's, else with that of
    a local participant, else with the city that leads it, else with those of unknown sector.
    Whoever of the scope has no tie but places and themes stands on a shelf: that is a finding.
    """
    standing = {identity: _standing(snapshot, identity) for identity in snapshot.nodes}
    choose = {"sector": _sector, "theme": _theme, "community": _community}[group_by]
    chosen = choose(snapshot)
    unknown = Group("unknown", Text("Без сектор", "Sector unknown"))
    if group_by != "sector":
        unknown = Group("unknown", Text("Без група", "In no group"))
    found: dict[Group, list[str]] = {}
    for identity in sorted(snapshot.nodes):
        group = standing[identity] or chosen.get(identity)
        if group is None and group_by == "sector":
            group = next((standing[one] for one in _leading_cities(snapshot, identity)), None)
        found.setdefault(group or unknown, []).append(identity)
    order = sorted(found, key=lambda group: (bool(group.outer), -len(found[group]), group.id))
    return {group: tuple(found[group]) for group in order}


def _standing(snapshot: Snapshot, identity: str) -> Group | None:
    """The group of a node that has the same one however the rest is grouped."""
    kind = snapshot.nodes[identity].kind
    if identity == snapshot.scope:
        return Group("place", Text("Градът", "The city"))
    if kind == "Theme":
        return Group(THEMES, Text("Теми", "Themes"), THEMES)
    if kind == "City" or identity in snapshot.external:
        role = _role(snapshot, identity)
        return Group(f"external-{role}", ROLES[role], role)
    if not any(edge.kind in LENSES["all"].edges for edge in snapshot.edges_of(identity)):
        return Group(
            SHELF, Text("Без връзки освен място и теми", "No ties but place and themes"), SHELF
        )
    return None


def _role(snapshot: Snapshot, identity: str) -> str:
    kind = snapshot.nodes[identity].kind
    edges = snapshot.edges_of(identity)
    given = {edge.kind for edge in edges if edge.source == identity}
    roles = {getattr(edge, "role", "") for edge in edges if edge.source == identity}
    if "MENTORS" in given or "mentor" in roles:
        return "mentors"
    if kind == "City":
        mentored = any(edge.kind == "MENTORS" for edge in edges)
        return "learners" if mentored or roles & {"fellow", "challenge"} else "cities"
    if "FUNDS" in given:
        return "funders"
    return "undertakings" if kind in ("Project", "Programme", "Event") else "partners"


def _sector(snapshot: Snapshot) -> dict[str, Group]:
    sectors: dict[str, str] = {}
    for identity, node in snapshot.nodes.items():
        if isinstance(node, Organisation):
            sectors[identity] = node.sector if node.sector in HELIX else "other"
    found = {identity: Group(sector, word(sector)) for identity, sector in sectors.items()}
    for identity in snapshot.nodes.keys() - sectors.keys():
        for host in hosts(snapshot, identity):
            if host in sectors and host in snapshot.members:
                found[identity] = found[host]
                break
    return found


def _leading_cities(snapshot: Snapshot, identity: str) -> list[str]:
    return sorted(
        edge.source
        for edge in snapshot.edges_of(identity)
        if edge.target == identity
        and getattr(edge, "role", "") == "leads"
        and edge.source in snapshot.members
        and snapshot.nodes[edge.source].kind == "City"
    )


def _theme(snapshot: Snapshot) -> dict[str, Group]:
    stated = _votes(snapshot)
    votes = dict(stated)
    for edge in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if edge.target in stated and edge.source not in stated:
            votes.setdefault(edge.source, Counter()).update(stated[edge.target])
    found = {}
    for identity, counted in votes.items():
        theme = min(counted, key=lambda one: (-counted[one], one))
        found[identity] = Group(theme, snapshot.name(theme))
    return found


def top_themes(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """The top themes that each node offers, needs or works on, those of most ties first.

    The top theme of a theme is its own.
    """
    found = {
        identity: tuple(sorted(counted, key=lambda one: (-counted[one], one)))
        for identity, counted in _votes(snapshot).items()
    }
    tops = _tops(snapshot)
    themes = (node.id for node in snapshot.nodes.values() if node.kind == "Theme")
    return {**found, **{theme: (_top(theme, tops),) for theme in themes}}


def _tops(snapshot: Snapshot) -> dict[str, str]:
    tops: dict[str, str] = {}
    for tie in snapshot.dataset.of_kind("BROADER"):
        if isinstance(tie, Edge):
            tops.setdefault(tie.source, tie.target)
    return tops


def _votes(snapshot: Snapshot) -> dict[str, Counter[str]]:
    tops = _tops(snapshot)
    votes: dict[str, Counter[str]] = {}
    for edge in snapshot.edges_of_kind("ADDRESSES", "OFFERS", "NEEDS"):
        votes.setdefault(edge.source, Counter())[_top(edge.target, tops)] += 1
    return votes


def _top(theme: str, broader: Mapping[str, str]) -> str:
    passed = {theme}
    while broader.get(theme, theme) not in passed:
        theme = broader[theme]
        passed.add(theme)
    return theme


def _community(snapshot: Snapshot) -> dict[str, Group]:
    graph = undirected(snapshot.graph("all"))
    found: dict[str, Group] = {}
    for number, community in enumerate(communities(graph), 1):
        hub = min(community, key=lambda identity: (-graph.degree(identity), identity))
        (bg, _), (en, _) = snapshot.name(hub).show("bg"), snapshot.name(hub).show("en")
        group = Group(f"community-{number:02d}", Text(f"Около: {bg}", f"Around: {en}"))
        found |= dict.fromkeys(community, group)
    return found


def hosts(snapshot: Snapshot, identity: str) -> list[str]:
    """Employers, parents and premises; leaders, then participants and owners; members first."""
    found = []
    for edge in snapshot.edges_of(identity):
        belongs = edge.kind in BELONGING and edge.source == identity
        if belongs or (edge.kind in ("PARTICIPATES_IN", "OWNS") and edge.target == identity):
            host = edge.target if belongs else edge.source
            rank = LEADING.get(getattr(edge, "role", ""), 3)
            over = edge.id in snapshot.ended
            found.append((host not in snapshot.members, rank, over, edge.id, host))
    return [row[-1] for row in sorted(found)]
