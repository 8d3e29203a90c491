"""From drafts to the records of one pack: ids, values, own attributes, places, one source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ecosystem.columns import Column
from ecosystem.dataset import Dataset, Place
from ecosystem.intake import cells, losses, remarks
from ecosystem.intake.alike import (
    EQUAL,
    IN_THE_FILE,
    Known,
    LookAlike,
    fitting,
    same_but_for_place,
    values_of,
    within,
)
from ecosystem.intake.drafts import LINKED, Draft, NodeDraft, TieDraft
from ecosystem.intake.lengths import fitted
from ecosystem.intake.meanings import REGISTERS, ROLES
from ecosystem.intake.owned import Owned
from ecosystem.intake.places import Place as GeoPlace
from ecosystem.intake.places import Places
from ecosystem.intake.reading import Reading
from ecosystem.intake.spelled import slug, words_of
from ecosystem.model import (
    NODE_KINDS,
    City,
    Edge,
    Entity,
    LocatedIn,
    Record,
    RelatedTo,
    columns,
)
from ecosystem.values import LONGEST_ID, in_cyrillic

_LINE = re.compile(r"line \d+")


class Records:
    """The records that one file makes, beside what ``others`` hold already."""

    def __init__(
        self, draft: Draft, pack: str, source: str, others: Dataset, places: Places, own: Owned
    ) -> None:
        self.draft, self.pack, self.source = draft, pack, source
        self.others, self.places, self.own = others, places, own
        self.made: dict[str, Record] = {}
        self.at: dict[str, Place] = {}
        self.ids: dict[NodeDraft, str] = {}
        self.kinds: dict[str, str] = {}
        self.similar: list[LookAlike] = []
        self._known = Known(others)
        self._reading = Reading(draft)

    def make(self) -> None:
        """Make every record."""
        self.draft.doing = f"Checking what {', '.join(self.draft.graph.files)} names ..."
        for node in self.draft.through(self.draft.nodes):
            self._node(node)
        self.similar += within(Dataset.of(self.made.values()))
        # What follows from others comes last: it is left where somebody states it.
        for tie in self.draft.through(sorted(self.draft.ties, key=lambda one: bool(one.rule))):
            self._tie(tie)

    # Nodes

    def _node(self, node: NodeDraft) -> None:
        kind = NODE_KINDS[node.kind]
        identity, stored = self._identity(node)
        self.ids[node], self.kinds[identity] = identity, node.kind
        if stored:
            self.draft.leave(losses.NODES_THERE)
            return
        values = self._values(node, kind)
        if issubclass(kind, City) and identity.startswith("city:gn-"):
            values.update(self._known_place(node))
        self._add(
            kind(id=identity, pack=self.pack, **values, **self._stated(node.place)), node.place
        )
        self._seat(node, identity)

    def _identity(self, node: NodeDraft) -> tuple[str, bool]:
        """The id of a node, and whether another pack has it."""
        prefix = NODE_KINDS[node.kind].prefix
        for register in REGISTERS:
            column = columns(NODE_KINDS[node.kind]).get(register)
            if number := self._proven(node, register, column):
                word = "gn" if register == "geonames" else register
                return self._registered(node, f"{prefix}:{word}-{slug(number)}")
        if node.kind == "City":
            found = self.places.place(node.name, node.said.get("country", ""))
            if isinstance(found, str):
                return found, True
            if found is not None:
                return self._registered(node, f"city:gn-{found.geonames}")
        stored = self._known.written(node.kind, node.name)
        if len(stored) == 1 and node.kind != "Person":
            return stored[0], True
        if node.kind == "Theme" and (theme := self._known.theme(node.name)):
            called = self.others.nodes[theme].name
            self.draft.warn(node.place, remarks.theme_met(node.name, called))
            return theme, True
        self.similar += self._known.like(node.kind, node.name)
        return self._free(node, f"{prefix}:{slug(node.name)}"[:LONGEST_ID])

    def _registered(self, node: NodeDraft, identity: str) -> tuple[str, bool]:
        """The id that a register gives: whoever has it on the map is the same."""
        return (identity, True) if identity in self.others.nodes else self._free(node, identity)

    def _free(self, node: NodeDraft, identity: str) -> tuple[str, bool]:
        """The id where it is free, with what tells it apart where another has it."""
        tried, number = identity, 1
        if identity in self.others.nodes:
            tried = identity = f"{identity}-{self.pack}"
        while tried in self.made or tried in self.others.nodes:
            number += 1
            apart = node.code or node.said.get("country", "")
            extra = slug(apart) if apart and number == 2 else str(number)
            tried = f"{identity}-{extra}"
        if tried != identity and node.name:
            self.similar.append(LookAlike(node.name, identity, EQUAL, IN_THE_FILE))
        return tried, False

    def _proven(self, node: NodeDraft, register: str, column: Column | None) -> str:
        """The number of a register where the kind has it and its check digits are right."""
        number = node.said.get(register, "").strip()
        if not number or column is None:
            return ""
        if register in ("orcid", "ror", "wikidata"):
            number = number.rstrip("/").rpartition("/")[2]
        try:
            if column.proven:
                column.proven(number)
        except ValueError as error:
            self.draft.leave(losses.numbers(register.upper()))
            self.draft.warn(
                node.at.get(register, node.place),
                remarks.no_number(str(error)),
                remarks.no_number(register.upper()),
            )
            del node.said[register]
            return ""
        node.said[register] = number
        return number

    def _values(self, node: NodeDraft, kind: type[Any]) -> dict[str, Any]:
        """The fields of a node that the kind has; what it has not becomes an own attribute."""
        known = columns(kind)
        values: dict[str, Any] = {"name_bg" if in_cyrillic(node.name) else "name_en": node.name}
        for meaning, raw in list(node.said.items()):
            field = meaning
            if meaning == "description":
                what = "definition" if node.kind == "Theme" else "description"
                field = f"{what}_bg" if in_cyrillic(raw) else f"{what}_en"
            if meaning in ("name", "place", "venue"):
                continue
            if field not in known:
                node.own.setdefault(meaning, raw)
                continue
            value = self._reading.value(node, field, raw)
            if value not in ("", None, ()):
                values[field] = value
        if node.kind == "Theme" and not values.keys() & {"definition_bg", "definition_en"}:
            # A theme is defined; where the file only names it, its name is all that is known.
            values["definition_bg" if in_cyrillic(node.name) else "definition_en"] = node.name
        if "form" in known and node.form:
            values["form"] = node.form
        values["own"] = self._own(node.kind, node.own)
        return values

    def _known_place(self, node: NodeDraft) -> dict[str, Any]:
        found = self.places.place(node.name, node.said.get("country", ""))
        return _of_place(found) if isinstance(found, GeoPlace) else {}

    def _seat(self, node: NodeDraft, identity: str) -> None:
        """Where an organisation, person, project or event is."""
        for meaning, role in (("place", "seat"), ("venue", "venue")):
            text = node.said.get(meaning, "")
            if not text or node.kind in ("City", "Programme", "Theme"):
                if text:
                    node.own.setdefault(meaning, text)
                continue
            said = cells.name(self._reading.text(text))
            found = self.places.place(said, node.said.get("country", "")) if said else None
            if found is None:
                continue
            city = found if isinstance(found, str) else self._city(found, node)
            role = "" if role == "seat" and node.kind != "Organisation" else role
            tie = LocatedIn(
                pack=self.pack,
                source=identity,
                target=city,
                address_role=role,
                **self._stated(node.place),
            )
            self.made.setdefault(tie.id, tie)
            self.at.setdefault(tie.id, self._place(node.place))

    def _city(self, place: GeoPlace, node: NodeDraft) -> str:
        """The city of the pack for a place of the gazetteer."""
        identity = f"city:gn-{place.geonames}"
        if identity not in self.made and identity not in self.others.nodes:
            values = _of_place(place)
            self._add(
                City(
                    id=identity,
                    pack=self.pack,
                    name_en=place.name,
                    **values,
                    **self._stated(node.place),
                ),
                node.place,
            )
        return identity

    def _own(self, kind: str, said: Mapping[str, str]) -> Any:
        found = {}
        for column, raw in said.items():
            name, value, contact = self.own.value(kind, column, raw)
            if contact:
                self.draft.leave(losses.CONTACT)
            if value not in ("", None):
                found[name] = value
            elif not contact and raw.strip():
                self.draft.leave(losses.unknown(column))
        return tuple(sorted(found.items()))

    # Ties

    def _tie(self, tie: TieDraft) -> None:
        source, target = self.ids.get(tie.source), self.ids.get(tie.target)
        if source is None or target is None:
            return
        if source == target:
            self.draft.leave(losses.ONE_THING)
            return
        kind, source, target = self._fitting(tie, source, target)
        values = self._said_of(tie, kind)
        values["own"] = self._own(kind.kind, tie.own)
        stated = self._stated(tie.place)
        if tie.rule:
            stated.update(standing="inferred", rule=tie.rule)
        made = kind(pack=self.pack, source=source, target=target, **values, **stated)
        if tie.rule and (made.id in self.made or made.id in self.others.edges):
            return
        self._put(made, tie)

    def _fitting(self, tie: TieDraft, source: str, target: str) -> tuple[type[Edge], str, str]:
        """The kind of a tie where its ends allow it, turned where nobody says the way."""
        kind, turned = fitting(tie)
        if kind.kind == tie.kind:
            return (kind, target, source) if turned else (kind, source, target)
        ends = tie.source.kind, tie.target.kind
        self.draft.warn(tie.place, remarks.other_ends(tie.kind, *ends))
        return RelatedTo, source, target

    def _said_of(self, tie: TieDraft, kind: type[Edge]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in ("since", "until"):
            if raw := tie.said.get(name):
                values[name] = self._reading.day(raw, name, tie.place)
        if (
            values.get("since")
            and values.get("until", "")[:1].isdigit()
            and (values["until"] < values["since"][: len(values["until"])])
        ):
            self.draft.warn(tie.place, remarks.BACKWARDS)
            self.draft.leave(losses.DAYS_OF_TIES)
            values = {}
        word = tie.word
        if kind is RelatedTo:
            word = word or tie.column or LINKED
            values["relation"] = self._reading.text(word) or LINKED
            values["key"] = slug(word)[:60]
            if tie.directed is not None:
                values["directed"] = tie.directed
        elif word and kind.kind == "PARTICIPATES_IN":
            if role := ROLES.get(words_of(word)):
                values["role"] = role
            else:
                tie.own.setdefault("role", word)
        elif word and kind.kind == "MEMBER_OF":
            values["role"] = self._reading.text(word)
        elif word and words_of(word) not in _said_by(kind):
            tie.own.setdefault("relation", word)
        return values

    def _put(self, made: Edge, tie: TieDraft) -> None:
        """Take a tie in; equal ones are one, others beside it get a key of their own."""
        mirrored = (
            RelatedTo(**{**values_of(made), "source": made.target, "target": made.source})
            if (isinstance(made, RelatedTo) and tie.directed is not True)
            else None
        )
        if mirrored is not None and mirrored.id in self.made and made.id not in self.made:
            made = mirrored
        number = 1
        tried: Edge = made
        while (there := self.made.get(tried.id)) is not None:
            if isinstance(there, Edge) and same_but_for_place(tried, there):
                self.draft.leave(losses.REPEATED_TIES)
                return
            number += 1
            tried = replace(made, key="-".join(filter(None, (made.key, str(number)))))
        if tried.id in self.others.edges:
            self.draft.leave(losses.TIES_THERE)
            return
        self._add(tried, tie.place)

    # Both

    def _stated(self, place: str) -> dict[str, Any]:
        # A line of a file says nothing of anybody.
        locator = place if _LINE.fullmatch(place) else self._reading.text(place) or "file"
        return {"standing": "reported", "sources": (f"{self.source}#{locator}",)}

    def _place(self, place: str) -> Place:
        return Place(":".join(self.draft.graph.parted(place)), 0)

    def _add(self, record: Record, place: str) -> None:
        if (
            isinstance(record, Entity)
            and record.since
            and record.until[:1].isdigit()
            and (record.period.valid_from > record.period.valid_to)
        ):
            self.draft.warn(place, remarks.BACKWARDS)
            self.draft.leave(losses.DAYS_OF_NODES)
            record = replace(record, since="", until="")
        self.made[record.id] = fitted(record, place, self.draft)
        self.at[record.id] = self._place(place)


def _said_by(kind: type[Edge]) -> set[str]:
    """The words that say no more than the kind of a tie does."""
    return {words_of(one) for one in (kind.kind, *kind.label)}


def _of_place(place: GeoPlace) -> dict[str, Any]:
    return {
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population or None,
        "geonames": place.geonames,
    }
