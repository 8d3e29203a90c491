"""What every record carries: nodes, what has a name, what a source states, and ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem import figures
from ecosystem.columns import Own, called, choice, day, reference, text
from ecosystem.values import WRITTEN, Period, Text

STANDINGS: dict[str, Text] = {
    "documented": Text("документирано", "documented"),
    "reported": Text("по сведения на друг", "reported"),
    "inferred": Text("изведено", "inferred"),
    "illustrative": Text("примерно", "illustrative"),
}


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every node carries; ``deprecated`` says why a record counts no longer.

    A deprecated record stays where it was, to be seen and read, and no snapshot counts it.
    ``either`` are groups of columns of which one at least is filled.
    """

    kind: ClassVar[str]
    prefix: ClassVar[str]
    label: ClassVar[Text]
    either: ClassVar[tuple[tuple[str, ...], ...]] = ()

    id: str
    pack: str
    deprecated: str = text(Text("защо вече не важи", "why it counts no longer"))
    deprecated_on: str = day(Text("не важи от", "counts no longer since"))
    deprecated_by: str = text(Text("кой го отмени", "who deprecated it"))

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__name__

    @property
    def name(self) -> Text:
        """The attested names; empty where the kind has none."""
        return Text("", "")

    @property
    def description(self) -> Text:
        """What it is, in one or two sentences; empty where the kind has none."""
        return Text("", "")

    @property
    def period(self) -> Period:
        """When it exists, as stated; always where the kind has no days."""
        return Period()

    @property
    def standing(self) -> str:
        """How it is known; empty for what states nothing about the world."""
        return ""

    @property
    def rule(self) -> str:
        """By which rule it was inferred."""
        return ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Its sources, ``source-id#locator``; none for what states nothing about the world."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Named(Node):
    """What is called something, in Bulgarian, in English or in both."""

    either: ClassVar[tuple[tuple[str, ...], ...]] = (("name_bg", "name_en"),)

    name_bg: str = called(Text("име на български", "Bulgarian name"))
    name_en: str = called(Text("име на английски", "English name"))
    description_bg: str = text(Text("описание (български)", "description (Bulgarian)"))
    description_en: str = text(Text("описание (английски)", "description (English)"))

    @property
    def name(self) -> Text:
        """The attested names."""
        return Text(self.name_bg, self.name_en)

    @property
    def description(self) -> Text:
        """What it is, in one or two sentences."""
        return Text(self.description_bg, self.description_en)


@dataclass(frozen=True, kw_only=True)
class Entity(Named):
    """What a reader meets on the map. ``sources`` are entries ``source-id#locator``.

    ``own`` are the attributes that its pack declares beside those of the model.
    """

    aliases: tuple[str, ...] = called(Text("други имена", "other names"), many=True)
    since: str = day(Text("от", "since"))
    until: str = day(Text("до", "until"), end=True)
    standing: str = choice(Text("достоверност", "standing"), STANDINGS)
    rule: str = text(Text("правило", "rule"))
    sources: tuple[str, ...] = reference(Text("източници", "sources"), "Source", many=True)
    own: Own = ()

    @property
    def period(self) -> Period:
        """When it exists, as stated."""
        return Period(self.since, self.until)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What every edge carries; its id is ``KIND|source|target|key``.

    ``own`` are the attributes that its pack declares beside those of the model; ``stated`` is
    its id where it was stated of other ends than those it is read with.
    """

    kind: ClassVar[str]
    label: ClassVar[Text]
    ends: ClassVar[tuple[tuple[str, str], ...]]
    occurrence: ClassVar[bool] = False
    symmetric: ClassVar[bool] = False

    pack: str
    source: str
    target: str
    key: str = text(Text("ключ", "key"))
    since: str = day(Text("от", "since"))
    until: str = day(Text("до", "until"), end=True)
    standing: str = choice(Text("достоверност", "standing"), STANDINGS)
    rule: str = text(Text("правило", "rule"))
    sources: tuple[str, ...] = reference(Text("източници", "sources"), "Source", many=True)
    deprecated: str = text(Text("защо вече не важи", "why it counts no longer"))
    deprecated_on: str = day(Text("не важи от", "counts no longer since"))
    deprecated_by: str = text(Text("кой го отмени", "who deprecated it"))
    own: Own = ()
    stated: str = ""

    def __init_subclass__(cls) -> None:
        cls.kind = "".join("_" + c if c.isupper() else c for c in cls.__name__)[1:].upper()

    def __post_init__(self) -> None:
        # Read both ways, a tie is one tie whichever end was written first.
        if self.symmetric and self.source > self.target:
            lower, higher = self.target, self.source
            object.__setattr__(self, "source", lower)
            object.__setattr__(self, "target", higher)

    @property
    def id(self) -> str:
        """``KIND|source|target|key``."""
        return self.stated or f"{self.kind}|{self.source}|{self.target}|{self.key}"

    @property
    def period(self) -> Period:
        """When it holds, as stated on the edge itself."""
        return Period(self.since, self.until)


Record = Node | Edge
Kind = type[Node] | type[Edge]


@dataclass(frozen=True)
class Deprecation:
    """Why a record counts no longer, since when, and who said so; days and names may be empty."""

    why: str
    on: str = ""
    by: str = ""

    @property
    def told(self) -> Text:
        """It as a reader sees it beside the record."""
        since = Text(*(figures.day(self.on, lang) if self.on else "" for lang in WRITTEN))
        said = (
            (since.bg and f"от {since.bg}", since.en and f"since {since.en}"),
            (self.by and f"отмени: {self.by}", self.by and f"by {self.by}"),
        )
        more_bg, more_en = (", ".join(filter(None, one)) for one in zip(*said, strict=True))
        return Text(
            f"вече не важи: {self.why}" + (f" ({more_bg})" if more_bg else ""),
            f"counts no longer: {self.why}" + (f" ({more_en})" if more_en else ""),
        )


def deprecation(record: Record | None) -> Deprecation | None:
    """Why a record counts no longer; None where it counts, and where there is none."""
    if record is None or not record.deprecated:
        return None
    return Deprecation(record.deprecated, record.deprecated_on, record.deprecated_by)
