"""What is known about a guest besides the theme: contacts, the last meeting, the last events."""

from __future__ import annotations

from dataclasses import dataclass

from ecosystem.contact import without_contact
from ecosystem.model import MemberOf, Organisation
from ecosystem.snapshot import Snapshot, period
from ecosystem.values import ONGOING, Text

LAST_EVENTS = 3


@dataclass(frozen=True)
class Contact:
    """A person who belongs to an organisation in a recorded role; ``since`` may be unknown."""

    person: str
    name: Text
    role: str
    since: str
    statement: str


@dataclass(frozen=True)
class LastContact:
    """The latest recorded part in an event or project of the scope.

    ``day`` is as precise as it is known, ``ongoing`` for a project under way and empty where
    nothing that the actor took part in has a date. ``others`` counts the other organisations
    recorded there.
    """

    subject: str
    name: Text
    day: str
    others: int
    statement: str


def sector_of(snapshot: Snapshot, identity: str) -> str:
    """The helix sector of an organisation; ``other`` where none is known."""
    node = snapshot.dataset.nodes.get(identity)
    return node.sector if isinstance(node, Organisation) else "other"


def contacts(snapshot: Snapshot, actor: str) -> tuple[Contact, ...]:
    """The people recorded as belonging to an organisation today, the newest role first.

    Names and roles only: what looks like an address or a telephone number in them is dropped.
    None where the view leaves people out.
    """
    found = [
        Contact(
            tie.source,
            _bare(snapshot.name(tie.source)),
            without_contact(tie.role),
            tie.since,
            tie.id,
        )
        for tie in snapshot.edges_of(actor)
        if isinstance(tie, MemberOf)
        and tie.target == actor
        and tie.source.startswith("person:")
        and tie.id not in snapshot.ended
    ]
    found.sort(key=lambda one: one.person)
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def _bare(name: Text) -> Text:
    return Text(without_contact(name.bg), without_contact(name.en))


def last_contact(snapshot: Snapshot, actor: str) -> LastContact | None:
    """The latest part of the actor in an event or project of the scope; None where none is.

    A date that is known to the year counts as its beginning: what it may have been later than
    that, nobody says.
    """
    found = []
    for tie in snapshot.edges_of(actor):
        if tie.kind != "PARTICIPATES_IN" or tie.source != actor:
            continue
        node = snapshot.nodes[tie.target]
        if node.id not in snapshot.members or node.kind not in ("Event", "Project"):
            continue
        when = period(snapshot.dataset, tie)
        when = when if when.dated else node.period
        day = when.since
        if node.kind == "Project" and when.until:
            day = when.until if when.ended_by(snapshot.as_of) else ONGOING
        others = {
            other.source
            for other in snapshot.edges_of(node.id)
            if other.kind == "PARTICIPATES_IN"
            and other.target == node.id
            and other.source.startswith("org:")
        } - {actor}
        found.append(LastContact(node.id, node.name, day, len(others), tie.id))
    if not found:
        return None
    # An event before a project of the same day: there people met.
    return max(
        found, key=lambda one: (_latest(snapshot, one.day), one.subject[:5] == "event", one.subject)
    )


def _latest(snapshot: Snapshot, day: str) -> str:
    return snapshot.as_of if day == ONGOING else day


def last_events(snapshot: Snapshot) -> tuple[str, ...]:
    """The last ``LAST_EVENTS`` events of the scope that have a date and a guest, newest first."""
    attended = {
        tie.target
        for tie in snapshot.edges_of_kind("PARTICIPATES_IN")
        if tie.source.startswith("org:")
    }
    dated = [
        node
        for node in snapshot.nodes.values()
        if node.kind == "Event" and node.id in snapshot.members & attended and node.since
    ]
    dated.sort(key=lambda node: (node.period.valid_from, node.id), reverse=True)
    return tuple(node.id for node in dated[:LAST_EVENTS])
