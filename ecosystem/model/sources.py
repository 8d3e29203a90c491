"""The apparatus of sourcing: sources, passages in them, what they cover, and packs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem.columns import choice, day, integer, reference, text, url, yes_no
from ecosystem.model.actors import City, Organisation, Person
from ecosystem.model.record import Entity, Named, Node
from ecosystem.model.ties import TIES
from ecosystem.model.works import Event, Programme, Project, Theme
from ecosystem.values import LONGEST_CELL, Text

ENTITIES: tuple[type[Entity], ...] = (
    Organisation,
    Person,
    City,
    Project,
    Programme,
    Event,
    Theme,
)
COVERED: dict[str, Text] = {
    **{entity.kind: entity.label for entity in ENTITIES},
    **{tie.kind: tie.label for tie in TIES},
}
"""What a source can cover: each kind of entity and of tie."""


@dataclass(frozen=True, kw_only=True)
class Source(Named):
    """A document, page, register, file, or somebody who said so."""

    prefix: ClassVar[str] = "source"
    label: ClassVar[Text] = Text("Източник", "Source")

    source_type: str = choice(
        Text("вид на източника", "type of source"),
        {
            "document": Text("документ", "document"),
            "register": Text("регистър", "register"),
            "file": Text("файл", "file"),
            "actor": Text("участник", "actor"),
            "decision": Text("решение", "decision"),
        },
    )
    url: str = url(Text("адрес", "address"))
    publisher: str = text(Text("издател", "publisher"), required=True)
    published_on: str = day(Text("публикувано на", "published on"))
    retrieved_on: str = day(Text("прочетено на", "retrieved on"))
    licence: str = text(Text("лиценз", "licence"))
    sha256: str = text(Text("SHA-256", "SHA-256"))


@dataclass(frozen=True, kw_only=True)
class Coverage(Node):
    """What a source covers completely; without it, absence is "not recorded"."""

    prefix: ClassVar[str] = "coverage"
    label: ClassVar[Text] = Text("Обхват", "Coverage")

    source: str = reference(Text("източник", "source"), "Source", required=True)
    covers: str = choice(Text("какво обхваща", "what it covers"), COVERED, required=True)
    scope: str = reference(Text("за какво", "of what"), required=True)
    complete: bool | None = yes_no(Text("изцяло", "completely"))


@dataclass(frozen=True, kw_only=True)
class Evidence(Node):
    """One passage or register row that supports or contradicts one statement.

    ``start`` and ``end`` are the places of its quote in the text of the source, counted in
    characters from 0; ``extractor`` is what found it, empty where a person did.
    """

    prefix: ClassVar[str] = "evidence"
    label: ClassVar[Text] = Text("Свидетелство", "Evidence")

    subject: str = reference(Text("предмет", "subject"), required=True)
    property: str = text(Text("свойство", "property"))
    value: str = text(Text("стойност", "value"))
    stance: str = choice(
        Text("позиция", "stance"),
        {
            "supports": Text("подкрепя", "supports"),
            "contradicts": Text("противоречи", "contradicts"),
        },
        required=True,
    )
    source: str = reference(Text("източник", "source"), "Source", required=True)
    locator: str = text(Text("място в източника", "locator"))
    quote: str = text(Text("цитат", "quote"))
    observed_on: str = day(Text("видяно на", "observed on"))
    start: int | None = integer(Text("начало на цитата", "start of the quote"), low=0)
    end: int | None = integer(Text("край на цитата", "end of the quote"), low=0)
    extractor: str = text(Text("открито от", "found by"))


@dataclass(frozen=True, kw_only=True)
class Pack(Named):
    """What a pack says of itself, kept in the store so that an export has it too.

    ``attributes`` are those that its records carry beside the model's, ``mapping`` says how the
    file that it came from is read, ``origin`` and ``sha256`` which file that was.
    """

    prefix: ClassVar[str] = "pack"
    label: ClassVar[Text] = Text("Пакет", "Pack")
    either: ClassVar[tuple[tuple[str, ...], ...]] = ()

    licence: str = text(Text("лиценз", "licence"))
    requires: tuple[str, ...] = text(Text("изисква", "requires"), many=True)
    attributes: tuple[str, ...] = text(Text("собствени свойства", "own attributes"), many=True)
    mapping: str = text(Text("съответствия", "mapping"), longest=LONGEST_CELL)
    origin: str = text(Text("произход", "origin"))
    sha256: str = text(Text("SHA-256", "SHA-256"))
