"""A guest list from its lines to the log: compared, corrected, written in one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ecosystem.contents import Contents, Present
from ecosystem.dataset import Dataset
from ecosystem.documents import guests
from ecosystem.documents import review as reviewing
from ecosystem.documents.guests import Guest, GuestList
from ecosystem.documents.ingesting import Ingested, Wanted, accept, pack_of, text_of
from ecosystem.documents.review import ACCEPTED, ALL, NEW, REJECTED, Answer, Review
from ecosystem.errors import NotFoundError, SettingsError
from ecosystem.io import exports
from ecosystem.model import Entity
from ecosystem.talking import Talk, quiet
from ecosystem.values import Text

ONE_IN_A_LINE = Text("Напишете по един гост на ред.", "Write one guest in a line.")
AS_A_TABLE = Text("Внесете го като таблица.", "Import it as a table.")
NO_EVENT = Text(
    "--event: не е казано на какво са били тези гости.",
    "--event: nobody says at what these guests were.",
)
NAME_ONE = Text("Посочете събитие от картата или ново.", "Name an event of the map, or a new one.")
Find = Callable[[str], str]
"""The id of what a name means among what is on the map."""


@dataclass(frozen=True)
class Happening:
    """At what the guests were: an event of the map, or a new one by its name and day."""

    name: str = ""
    day: str = ""
    id: str = NEW


def happening(said: str, day: str, find: Find, stored: Dataset) -> Happening:
    """What is meant by the id or name of an event; what is not on the map is new.

    Raises
    ------
    AmbiguousNameError
        Where several events bear the name.
    """
    if not said.strip():
        return Happening()
    try:
        node = stored.nodes[find(said)]
    except (NotFoundError, KeyError):
        return Happening(" ".join(said.split()), day)
    assert isinstance(node, Entity)
    return Happening(node.name_bg or node.name_en, day, node.id)


def compared(
    lines: str, present: Present, at: Happening | None = None, *, chosen: bool = False
) -> tuple[GuestList, Review]:
    """What a list names beside what the map has, and what is said of it before anybody looked.

    Where it is ``chosen`` each line is accepted until somebody leaves it out.

    Raises
    ------
    SettingsError
        For a list that names nobody, or is longer than a list of guests is.
    """
    at = at or Happening()
    document = guests.document(lines, at.name)
    others = present.stated.only(set(present.stated.packs) - {pack_of(document)})
    at = _beside(at, present.stated, others)
    found = guests.listed(document, others, at.name, at.day)
    if not found.guests:
        raise SettingsError(guests.NO_LINES, ONE_IN_A_LINE)
    if len(found.guests) > guests.MOST_LINES:
        raise SettingsError(guests.TOO_LONG, AS_A_TABLE)
    review = reviewing.untouched(found, present.decisions)
    things = {
        number: replace(one, state=ACCEPTED) if chosen and one.state != REJECTED else one
        for number, one in review.things.items()
    }
    if found.event is not None:
        things[found.event.number] = Answer(ACCEPTED, "Event", at.id)
    return found, replace(review, things=things)


def _beside(at: Happening, stated: Dataset, others: Dataset) -> Happening:
    """The event beside what ``others`` than this list have: one that it made is made again."""
    if at.id in others.nodes:
        node = others.nodes[at.id]
        # An event that has its day gives it to whoever took part.
        return replace(at, day="" if isinstance(node, Entity) and node.since else at.day)
    made = stated.nodes.get(at.id)
    day = made.since if isinstance(made, Entity) else ""
    return replace(at, id=NEW, day=at.day or day)


def with_lines(found: GuestList, review: Review, said: str) -> Review:
    """The review with the guests of these lines accepted: ``all``, or ``1,3,5-9``.

    Raises
    ------
    SettingsError
        For what is no such list, or lines that there are not.
    """
    if said == ALL:
        lines: Sequence[Guest] = found.guests
    else:
        numbers = set(reviewing.numbers(said))
        if missing := sorted(numbers - {one.number for one in found.guests}):
            last = len(found.guests)
            raise SettingsError(
                Text(
                    f"--accept: няма ред {missing[0]}.",
                    f"--accept: there is no line {missing[0]}.",
                ),
                Text(f"Номерата са от 1 до {last}.", f"They are numbered from 1 to {last}."),
            )
        lines = [one for one in found.guests if one.number in numbers]
    chosen = {thing.number for one in lines for thing in one.things}
    things = {
        number: replace(one, state=ACCEPTED)
        if number in chosen and (said != ALL or one.state != REJECTED)
        else one
        for number, one in review.things.items()
    }
    return replace(review, things=things)


def take(
    contents: Contents, lines: str, at: Happening, wanted: Wanted, *, talk: Talk = quiet
) -> Ingested:
    """Compare a list with the map, and write what is accepted of it in one transaction.

    Raises
    ------
    SettingsError
        For a list, review or choice that does not fit; nothing was changed.
    """
    present = contents.present()
    found, review = compared(lines, present, at)
    if wanted.review is not None:
        review = reviewing.said(text_of(wanted.review), found, review, present.stated)
    if wanted.accept:
        review = with_lines(found, review, wanted.accept)
    if wanted.write_review is not None:
        exports.write_text(reviewing.toml(found, review), wanted.write_review)
    if not wanted.accept and wanted.review is None:
        return Ingested(found, review)
    if not at.name:
        raise SettingsError(NO_EVENT, NAME_ONE)
    return accept(contents, present, found, review, wanted, talk=talk)
