"""Cities where they are, with the advice that goes between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ecosystem.analysis.matching.facts import Facts
from ecosystem.model import City, Mentors, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

How = Literal["holds", "ended", "end unknown"]


@dataclass(frozen=True)
class Place:
    """One city: where it is, how many organisations are recorded there, its roles and themes.

    ``roles`` hold the city's roles by programme; ``needs`` and ``strengths`` are theme ids.
    Latitude and longitude are degrees, None where nobody recorded them.
    """

    id: str
    name: Text
    country: str
    latitude: float | None
    longitude: float | None
    organisations: int
    roles: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    strengths: tuple[str, ...]


@dataclass(frozen=True)
class Arc:
    """Advice from one city, or an organisation or person there, to another city.

    ``statement`` is the MENTORS tie; ``state`` says whether it holds at the date.
    """

    statement: str
    mentor: str
    mentee: str
    state: How
    standing: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Geography:
    """The cities in the order of ids and the arcs between them, in the order of statements."""

    as_of: str
    places: tuple[Place, ...]
    arcs: tuple[Arc, ...]

    def to_dict(self) -> dict[str, Any]:
        """The geography as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def geography(
    snapshot: Snapshot,
    *,
    programme: str = "",
    role: str = "",
    theme: str = "",
    country: str = "",
) -> Geography:
    """The cities of the snapshot that pass every filter given, and the advice between them.

    Parameters
    ----------
    programme, role
        Cities that take part in the programme, in that role, in any programme or role where
        only the other is given.
    theme
        Cities that are recorded to need or to offer the theme.
    country
        Cities of the country.
    """
    facts = Facts(snapshot)
    seats: dict[str, set[str]] = {}
    for edge in snapshot.edges_of_kind("LOCATED_IN"):
        if edge.source.startswith("org:") and edge.id not in snapshot.ended:
            seats.setdefault(edge.target, set()).add(edge.source)
    places = []
    for node in snapshot.nodes.values():
        if isinstance(node, City):
            place = _place(snapshot, facts, node, len(seats.get(node.id, ())))
            if _passes(place, programme, role, theme, country):
                places.append(place)
    kept = {place.id for place in places}
    return Geography(snapshot.as_of, tuple(places), _arcs(snapshot, facts, kept))


def _place(snapshot: Snapshot, facts: Facts, city: City, organisations: int) -> Place:
    roles: dict[str, set[str]] = {}
    for edge in snapshot.edges_of(city.id):
        if isinstance(edge, ParticipatesIn) and edge.target.startswith("programme:"):
            roles.setdefault(edge.target, set()).add(edge.role)
    return Place(
        city.id,
        city.name,
        city.country,
        city.latitude,
        city.longitude,
        organisations,
        {programme: tuple(sorted(held - {""})) for programme, held in sorted(roles.items())},
        tuple(wish.theme for wish in facts.wishes(city.id)),
        tuple(sorted({offer.target for offer in facts.offers(city.id)})),
    )


def _passes(place: Place, programme: str, role: str, theme: str, country: str) -> bool:
    held = place.roles
    if programme and programme not in held:
        return False
    if role and not any(
        role in roles for of, roles in held.items() if not programme or of == programme
    ):
        return False
    if theme and theme not in (*place.needs, *place.strengths):
        return False
    return not country or place.country == country


def _arcs(snapshot: Snapshot, facts: Facts, kept: set[str]) -> tuple[Arc, ...]:
    found = []
    for edge in snapshot.edges_of_kind("MENTORS"):
        ends = [facts.place(one) for one in (edge.source, edge.target)]
        if not isinstance(edge, Mentors) or ends[0] is None or ends[1] is None:
            continue
        mentor, mentee = ends[0].id, ends[1].id
        if mentor != mentee and {mentor, mentee} <= kept:
            state: How = (
                "ended"
                if edge.id in snapshot.ended
                else "end unknown"
                if edge.id in snapshot.end_unknown
                else "holds"
            )
            found.append(Arc(edge.id, mentor, mentee, state, edge.standing, edge.themes))
    return tuple(sorted(found, key=lambda one: one.statement))
