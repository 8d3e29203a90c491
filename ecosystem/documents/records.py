"""From accepted candidates to the records of one pack, each with its evidence in the document."""

from __future__ import annotations

from typing import Any

from ecosystem.dataset import Dataset
from ecosystem.documents.alike import name_key
from ecosystem.documents.extracting import VERSION, Extraction
from ecosystem.documents.lexicon import bare
from ecosystem.documents.phrases import CLOSING, OPENING
from ecosystem.documents.relations import Relation
from ecosystem.documents.review import ACCEPTED, NEW, Answer, Review
from ecosystem.documents.things import SHORT, Thing
from ecosystem.intake import cells
from ecosystem.intake.spelled import slug
from ecosystem.model import (
    EDGE_KINDS,
    NODE_KINDS,
    Attribute,
    Edge,
    Evidence,
    Funds,
    LocatedIn,
    MemberOf,
    ParticipatesIn,
    Record,
    RelatedTo,
)
from ecosystem.values import CURRENCIES, LONGEST_ID, Text, in_cyrillic

POSITION = Attribute("PARTICIPATES_IN", "position", "text", Text("длъжност", "position"))
"""In which post somebody took part of whom no organisation is named."""


class Records:
    """The records that a review makes, beside what ``others`` hold already."""

    def __init__(
        self, found: Extraction, review: Review, pack: str, source: str, others: Dataset
    ) -> None:
        self.found, self.review, self.others = found, review, others
        self.pack, self.source = pack, source
        self.made: dict[str, Record] = {}
        self.ids: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def make(self) -> None:
        """Make every record that is accepted, and the evidence for it."""
        for thing in self.found.things:
            answer = self.review.things[thing.number]
            if answer.state == ACCEPTED:
                self._thing(thing, answer)
        for number, relation in enumerate(self.found.relations, 1):
            if self.review.accepted(relation, number):
                self._tie(relation)

    def _stated(self, start: int, end: int) -> dict[str, Any]:
        locator = f"characters {start}-{end}"
        return {"standing": "reported", "sources": (f"{self.source}#{locator}",)}

    # Things

    def _thing(self, thing: Thing, answer: Answer) -> None:
        place = thing.first
        identity = answer.meant
        if identity == NEW or identity not in self.others.nodes:
            identity = self._new(thing, answer)
        self.ids[thing.number] = identity
        self._evidence(identity, "name", place.start, place.end, place.rule)

    def _new(self, thing: Thing, answer: Answer) -> str:
        """The id of a record that is made for a thing, or of the stored place that it is."""
        kind: type[Any] = NODE_KINDS[answer.kind]
        name = self._name(thing)
        values: dict[str, Any] = {"name_bg" if in_cyrillic(name) else "name_en": name}
        if others := self._other_names(thing, name):
            values["aliases"] = others
        identity = f"{kind.prefix}:{slug(name)}"[:LONGEST_ID]
        located = self.found.places.get(thing.number)
        if answer.kind == "City" and located is not None:
            identity = f"city:gn-{located.geonames}"
            if identity in self.others.nodes:
                return identity
            values |= {
                "country": located.country,
                "latitude": located.latitude,
                "longitude": located.longitude,
                "population": located.population or None,
                "geonames": located.geonames,
            }
            values.setdefault("name_en", located.name)
        if answer.kind == "Event":
            values |= {"since": thing.since, "until": thing.until}
        if answer.kind == "Organisation" and thing.form:
            values["form"] = thing.form
        identity = self._free(identity)
        stated = self._stated(thing.first.start, thing.first.end)
        self.made[identity] = kind(id=identity, pack=self.pack, **values, **stated)
        return identity

    def _free(self, identity: str) -> str:
        if identity in self.others.nodes:
            identity = f"{identity}-{self.pack}"[:LONGEST_ID]
        # Of a thousand that would be called alike none tries the numbers of the others again.
        tried, number = identity, self._numbers.get(identity, 1)
        while tried in self.made or tried in self.others.nodes:
            number += 1
            tried = f"{identity}-{number}"
        self._numbers[identity] = number
        return tried

    def _name(self, thing: Thing) -> str:
        """A name without the look-alike letters of another script."""
        place = thing.first
        said = self.found.found.shadow.text[place.start : place.end]
        return plain_name(said) or said

    def _other_names(self, thing: Thing, name: str) -> tuple[str, ...]:
        """What else it is called, inflections and short forms aside."""
        if thing.kind in ("Event", "City", "Person"):
            return ()
        keys, found = {name_key(name)}, []
        for span in thing.spans:
            other = plain_name(self.found.words(span))
            if span.rule != SHORT and other and name_key(other) not in keys:
                keys.add(name_key(other))
                found.append(other)
        return tuple(found)

    # Ties

    def _tie(self, one: Relation) -> None:
        source, target = self.ids[one.source.number], self.ids[one.target.number]
        kind = EDGE_KINDS[one.kind]
        answers = self.review.things
        ends = answers[one.source.number].kind, answers[one.target.number].kind
        if source == target or ends not in kind.ends:
            return
        values = {**self._values(one, kind), **self._stated(one.start, one.end)}
        if one.inferred:
            values |= {"standing": "inferred", "rule": one.rule}
        if one.dated:
            values |= {"since": one.since, "until": one.until}
        edge = kind(pack=self.pack, source=source, target=target, **values)
        if edge.id not in self.others.edges:
            self.made[edge.id] = edge
        self._evidence(edge.id, "role" if one.role else "", one.start, one.end, one.rule, one.role)

    def _values(self, one: Relation, kind: type[Edge]) -> dict[str, Any]:
        if kind is ParticipatesIn:
            own = {"own": ((POSITION.name, cells.text(one.post)[0]),)} if one.post else {}
            return {"role": one.role, "key": one.role if one.role not in _USUAL else "", **own}
        if kind is MemberOf:
            return {"role": cells.text(one.role)[0]}
        if kind is LocatedIn:
            venue = one.source.kind == "Event" and one.target.kind == "Organisation"
            return {"address_role": "venue" if venue else one.role}
        if kind is RelatedTo:
            return {"relation": one.role, "key": slug(one.role), "directed": True}
        if kind is Funds and one.amount is not None:
            digits = CURRENCIES[one.currency]
            return {"amount_minor": one.amount * 10**digits, "amount_currency": one.currency}
        return {}

    # Evidence

    def _evidence(
        self, about: str, what: str, start: int, end: int, rule: str, value: str = ""
    ) -> None:
        """The passage on which a record rests; contact data in it is not kept."""
        quote, contact = cells.text(self.found.document.text[start:end])
        identity = f"evidence:{self.pack}-{start}-{end}-{slug(about)[-30:].strip('-')}"
        self.made[identity] = Evidence(
            id=identity,
            pack=self.pack,
            subject=about,
            property=what,
            value=value or (quote if what == "name" else ""),
            stance="supports",
            source=self.source,
            locator=f"characters {start}-{end}",
            quote="" if contact else " ".join(quote.split()),
            start=start,
            end=end,
            extractor=f"rules {VERSION}: {rule}",
        )


_USUAL = ("participant", "")


def plain_name(name: str) -> str:
    """A name as it is entered: without contact data, quotes around all of it, and the article."""
    plain = cells.name(cells.text(name)[0])
    if plain and plain[0] in OPENING and plain[-1] in CLOSING and len(plain) > 2:
        inside = plain[1:-1]
        plain = inside if not set(inside) & {*OPENING, *CLOSING} else plain
    first, space, rest = plain.partition(" ")
    if space and in_cyrillic(first) and first[0].isupper() and rest[:1].islower():
        without = bare(first)
        if without != first.lower():
            plain = f"{without.capitalize()} {rest}"
    return plain
