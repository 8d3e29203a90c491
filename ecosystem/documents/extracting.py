"""A document as candidates: what it names, what that may be in the store, and how it is tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecosystem.contact import count_contact
from ecosystem.dataset import Dataset
from ecosystem.documents.cities import Gazetteer
from ecosystem.documents.known import KINDS, Known, Match
from ecosystem.documents.reading import Document
from ecosystem.documents.relations import Relation, relations
from ecosystem.documents.spans import Span
from ecosystem.documents.things import Found, Thing, things
from ecosystem.intake import apart
from ecosystem.intake.places import Place, Places
from ecosystem.model import City, Node
from ecosystem.values import Text

VERSION = "1"
"""Of the rules: a change of what they find changes it."""
GAZETTEER = Text("населено място от GeoNames", "a place of GeoNames")


@dataclass(frozen=True)
class Extraction:
    """What the rules propose of one document; nothing of it is stored."""

    document: Document
    found: Found
    relations: Sequence[Relation]
    matches: Mapping[int, Sequence[Match]]
    places: Mapping[int, Place] = field(default_factory=dict)
    contact_dropped: int = 0

    @property
    def things(self) -> Sequence[Thing]:
        """What is named, in the order of the text."""
        return self.found.things

    def name(self, thing: Thing) -> str:
        """A thing as its first whole mention calls it."""
        return self.words(thing.first)

    def words(self, span: Span) -> str:
        """The words of a mention."""
        return self.document.text[span.start : span.end]

    def rows(self) -> list[dict[str, Any]]:
        """Each mention as plain values, in the order of the text."""
        found = []
        for span, thing in sorted(self.found.of.items(), key=lambda o: (o[0].start, -o[0].end)):
            best = next(iter(self.matches.get(thing.number, ())), None)
            match = best and {"id": best.id, "score": best.score, "reason": best.reason.en}
            found.append(
                {
                    "kind": thing.kind,
                    "entity": thing.number,
                    "text": self.words(span),
                    "start": span.start,
                    "end": span.end,
                    "rule": span.rule,
                    "match": match or None,
                }
            )
        return found

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "text": self.document.text,
            "entities": self.rows(),
            "relations": [self._tie(one) for one in self.relations],
            "contact_data_dropped": self.contact_dropped,
        }

    def _tie(self, one: Relation) -> dict[str, Any]:
        return {
            "source": self.name(one.source),
            "kind": one.kind,
            "target": self.name(one.target),
            "role": one.role,
            "amount": one.amount,
            "currency": one.currency,
            "since": one.since,
            "until": one.until,
            "planned": one.planned,
            "evidence": {"start": one.start, "end": one.end},
            "rule": one.rule,
        }


def extract(document: Document, stored: Dataset) -> Extraction:
    """What a document names and states, beside what is ``stored``."""
    places = Places([one for one in stored.of_kind("City") if isinstance(one, City)], {})
    known = Known(stored)
    found = things(document.text, known, Gazetteer(places))
    result = Extraction(document, found, relations(found), {}, {}, _contact(document.text))
    matches: dict[int, Sequence[Match]] = {}
    located: dict[int, Place] = {}
    for thing in found.things:
        names = list(dict.fromkeys(result.words(span) for span in thing.spans))
        matches[thing.number] = known.nearest(thing.kind, names)
        if thing.kind == "City":
            place = places.place(names[0])
            if isinstance(place, Place):
                located[thing.number] = place
            elif isinstance(place, str):
                matches[thing.number] = [Match(place, 1.0, GAZETTEER)]
    return Extraction(document, found, result.relations, matches, located, result.contact_dropped)


def extract_apart(document: Document, stored: Dataset, limits: apart.Limits) -> Extraction:
    """The same in a process of its own: whatever a text costs, it costs whoever sent it.

    Raises
    ------
    RefusedError
        Where it takes more memory or time than it may.
    """
    known = [one for one in stored.nodes.values() if one.kind in KINDS]
    text = document.text.encode("utf-8", "surrogatepass")
    beside = document.format, document.sha256, known
    return apart.read(extracted, text, document.name, limits, *beside)


def extracted(raw: bytes, name: str, form: str, sha256: str, known: Sequence[Node]) -> Extraction:
    """What a text names and states, beside the nodes of the store."""
    document = Document(name, form, raw.decode("utf-8", "surrogatepass"), sha256)
    return extract(document, Dataset.of(known))


def _contact(text: str) -> int:
    """How many addresses and telephone numbers of people stand in a text: none is kept."""
    return sum(count_contact(line) for line in text.splitlines())
