"""A guest list on its page: each line with who is known, who may be and who is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from ecosystem.documents.guests import Guest, GuestList
from ecosystem.documents.ingesting import Ingested
from ecosystem.documents.review import ACCEPTED, LATER, Answer, Review
from ecosystem.documents.things import Thing
from ecosystem.model import NODE_KINDS, Edge, MemberOf, ParticipatesIn
from ecosystem.values import Text, parse_date
from webapp.uploads import Upload

if TYPE_CHECKING:
    from ecosystem.contents import Present


@dataclass(frozen=True)
class Line:
    """One line: whether it is taken, and what it names for the first time in the list."""

    guest: Guest
    taken: bool
    first: tuple[Thing, ...]


def page(upload: Upload, found: GuestList, present: Present, review: Review) -> ResponseReturnValue:
    """The list as it stands; as JSON where that is asked."""
    if request.args.get("format") == "json":
        return jsonify(Ingested(found, review).to_dict())
    lines = list(_lines(found, review))
    near = {match.id for ones in found.matches.values() for match in ones}
    near |= {answer.meant for answer in review.things.values()}
    assert upload.guests is not None
    event = review.things[found.event.number].meant if found.event else ""
    return render_template(
        "guests.html",
        upload=upload,
        found=found,
        review=review,
        revision=present.revision,
        lines=lines,
        taken=sum(one.taken for one in lines),
        standings=Counter(_standing(found, review, one) for one in lines),
        standing=_standing,
        told_of=_told(present, near),
        nodes=present.facts.nodes,
        event=event if event in present.facts.nodes else upload.guests[0],
        new_event=found.event is not None and event not in present.facts.nodes,
        day=upload.guests[1],
        kinds={kind: NODE_KINDS[kind].label for kind in ("Person", "Organisation")},
    )


def _lines(found: GuestList, review: Review) -> Iterable[Line]:
    seen: set[int] = set()
    for guest in found.guests:
        states = [review.things[one.number].state for one in guest.things]
        taken = bool(states) and all(state == ACCEPTED for state in states)
        first = tuple(one for one in guest.things if one.number not in seen)
        seen.update(one.number for one in guest.things)
        yield Line(guest, taken, first)


def _standing(found: GuestList, review: Review, line: Line) -> str:
    """Whether whom a line is about is ``known``, ``maybe`` known, ``new`` or ``nobody``."""
    about = line.guest.person or line.guest.organisation
    if about is None:
        return "nobody"
    if review.things[about.number].meant != "new":
        return "known"
    return "maybe" if found.matches.get(about.number) else "new"


def _told(present: Present, ids: set[str]) -> Mapping[str, tuple[list[Text], int]]:
    """Of what may be meant to what it belongs, and in how much it took part."""
    nodes = present.facts.nodes
    belongs: dict[str, list[Text]] = {one: [] for one in ids}
    part: Counter[str] = Counter()
    for tie in present.facts.of_kinds(("MEMBER_OF", "PARTICIPATES_IN")):
        if not isinstance(tie, Edge) or tie.source not in ids:
            continue
        if isinstance(tie, MemberOf) and tie.target in nodes:
            belongs[tie.source].append(getattr(nodes[tie.target], "name", Text("", "")))
        part[tie.source] += isinstance(tie, ParticipatesIn)
    return {one: (belongs[one][:2], part[one]) for one in ids}


def taken(
    form: Mapping[str, str], found: GuestList, things: dict[int, Answer]
) -> dict[int, Answer]:
    """The answers with whom the chosen lines name accepted; who is left out only waits."""
    if not form.get("lines"):
        return things
    chosen = {
        thing.number
        for one in found.guests
        if form.get(f"line-{one.number}")
        for thing in one.things
    }
    if found.event is not None and chosen:
        chosen.add(found.event.number)
    return {
        number: replace(one, state=ACCEPTED if number in chosen else LATER)
        for number, one in things.items()
    }


def day_of(said: str) -> str:
    """A day as a field of days sends it; nothing where it is none."""
    try:
        return parse_date(said.strip())
    except ValueError:
        return ""
