"""The kinds of statements: one frozen dataclass each, and everything derived from it.

A field is declared once, through one of the column functions below. Validation, seed columns,
store statements, forms and the legend read that declaration. Fields hold Python values; an
empty cell is ``""``, ``None`` or ``()`` and means *unknown*, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Literal, get_args

from ecosystem.columns import (
    Column,
    choice,
    currency,
    day,
    decimal,
    integer,
    reference,
    text,
    url,
    yes_no,
)
from ecosystem.values import Period, Text

MODEL_VERSION = "1"
LOCAL_PACK = "local"

Standing = Literal["documented", "reported", "inferred", "illustrative"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every node carries. ``sources`` are entries ``source-id#locator``."""

    kind: ClassVar[str]
    prefix: ClassVar[str]
    label: ClassVar[Text]
    names: ClassVar[Literal["both", "any", "none"]] = "any"
    sourced: ClassVar[bool] = True

    id: str
    pack: str
    name_bg: str = text()
    name_en: str = text()
    aliases: tuple[str, ...] = text(many=True)
    description_bg: str = text()
    description_en: str = text()
    since: str = day()
    until: str = day(end=True)
    standing: str = choice(*STANDINGS)
    rule: str = text()
    sources: tuple[str, ...] = reference("Source", many=True)

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__name__

    @property
    def name(self) -> Text:
        """The attested names."""
        return Text(self.name_bg, self.name_en)

    @property
    def description(self) -> Text:
        """What it is, in one or two sentences."""
        return Text(self.description_bg, self.description_en)

    @property
    def period(self) -> Period:
        """When it exists, as stated."""
        return Period(self.since, self.until)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What every edge carries; its id is ``KIND|source|target|key``."""

    kind: ClassVar[str]
    label: ClassVar[Text]
    ends: ClassVar[tuple[tuple[str, str], ...]]
    occurrence: ClassVar[bool] = False
    symmetric: ClassVar[bool] = False

    pack: str
    source: str
    target: str
    key: str = text()
    since: str = day()
    until: str = day(end=True)
    standing: str = choice(*STANDINGS)
    rule: str = text()
    sources: tuple[str, ...] = reference("Source", many=True)

    def __init_subclass__(cls) -> None:
        cls.kind = "".join("_" + c if c.isupper() else c for c in cls.__name__)[1:].upper()

    @property
    def id(self) -> str:
        """``KIND|source|target|key``."""
        return f"{self.kind}|{self.source}|{self.target}|{self.key}"

    @property
    def period(self) -> Period:
        """When it holds, as stated on the edge itself."""
        return Period(self.since, self.until)


# Form -> helix sector, MIT REAP stakeholder. What fits none is "other".
SECTORS: dict[str, tuple[str, str]] = {
    "company": ("industry", "corporate"),
    "startup": ("industry", "entrepreneur"),
    "business-association": ("industry", "corporate"),
    "cluster": ("industry", "corporate"),
    "accelerator": ("industry", "risk-capital"),
    "investor": ("industry", "risk-capital"),
    "bank": ("industry", "risk-capital"),
    "university": ("academia", "university"),
    "research-institute": ("academia", "university"),
    "public-authority": ("government", "government"),
    "public-agency": ("government", "government"),
    "public-company": ("government", "government"),
    "public-fund": ("government", "risk-capital"),
    "international-body": ("government", "government"),
    "foundation": ("civil society", "other"),
    "association": ("civil society", "other"),
    "media": ("civil society", "other"),
    "school": ("civil society", "other"),
    "innovation-centre": ("other", "other"),
    "venue": ("other", "other"),
    "consortium": ("other", "other"),
    "other": ("other", "other"),
}
HELIX = ("industry", "academia", "government", "civil society")


@dataclass(frozen=True, kw_only=True)
class Organisation(Node):
    """A company, university, association, agency, hub, venue or investor."""

    prefix: ClassVar[str] = "org"
    label: ClassVar[Text] = Text("Организация", "Organisation")

    form: str = choice(*SECTORS)
    fund_size_minor: int | None = integer(low=0)
    fund_size_currency: str = currency()
    website: str = url()
    eik: str = text()
    ror: str = text()
    lei: str = text()
    pic: str = text()

    @property
    def sector(self) -> str:
        """The helix sector of its form; ``other`` where none fits or no form is known."""
        return SECTORS.get(self.form, ("other", "other"))[0]

    @property
    def stakeholder(self) -> str:
        """The MIT REAP stakeholder of its form; ``other`` where none fits."""
        return SECTORS.get(self.form, ("other", "other"))[1]


@dataclass(frozen=True, kw_only=True)
class Person(Node):
    """Someone in a public professional role; the role itself stands on the edge."""

    prefix: ClassVar[str] = "person"
    label: ClassVar[Text] = Text("Човек", "Person")

    orcid: str = text()


@dataclass(frozen=True, kw_only=True)
class City(Node):
    """A place and its community; its administration is an organisation located there."""

    prefix: ClassVar[str] = "city"
    label: ClassVar[Text] = Text("Град", "City")
    names: ClassVar[Literal["both", "any", "none"]] = "both"

    country: str = text()
    population: int | None = integer(low=0)
    latitude: float | None = decimal(-90, 90)
    longitude: float | None = decimal(-180, 180)
    geonames: str = text()
    wikidata: str = text()


@dataclass(frozen=True, kw_only=True)
class Project(Node):
    """A bounded undertaking."""

    prefix: ClassVar[str] = "project"
    label: ClassVar[Text] = Text("Проект", "Project")

    status: str = choice("planned", "running", "finished", "cancelled")
    budget_minor: int | None = integer(low=0)
    budget_currency: str = currency()
    grant_id: str = text()
    website: str = url()
    resources_bg: str = text()
    resources_en: str = text()
    indicators: tuple[str, ...] = text(many=True)


@dataclass(frozen=True, kw_only=True)
class Programme(Node):
    """A funding programme, network, challenge or strategy that holds many projects."""

    prefix: ClassVar[str] = "programme"
    label: ClassVar[Text] = Text("Програма", "Programme")

    website: str = url()
    wikidata: str = text()
    cities_count: int | None = integer(low=0)
    challenge_count: int | None = integer(low=0)
    fellow_count: int | None = integer(low=0)
    mentor_count: int | None = integer(low=0)
    first_cohort_count: int | None = integer(low=0)
    budget_minor: int | None = integer(low=0)
    budget_currency: str = currency()


@dataclass(frozen=True, kw_only=True)
class Event(Node):
    """A seminar, summit or academy."""

    prefix: ClassVar[str] = "event"
    label: ClassVar[Text] = Text("Събитие", "Event")


@dataclass(frozen=True, kw_only=True)
class Theme(Node):
    """A capability or subject of the shared vocabulary."""

    prefix: ClassVar[str] = "theme"
    label: ClassVar[Text] = Text("Тема", "Theme")
    names: ClassVar[Literal["both", "any", "none"]] = "both"

    definition_bg: str = text(required=True)
    definition_en: str = text(required=True)


@dataclass(frozen=True, kw_only=True)
class Source(Node):
    """A document: report, page, register, file, interview."""

    prefix: ClassVar[str] = "source"
    label: ClassVar[Text] = Text("Източник", "Source")
    sourced: ClassVar[bool] = False

    url: str = url()
    publisher: str = text(required=True)
    published_on: str = day()
    retrieved_on: str = day()
    licence: str = text()
    sha256: str = text()


@dataclass(frozen=True, kw_only=True)
class Coverage(Node):
    """What a source covers completely; without it, absence is "not recorded"."""

    prefix: ClassVar[str] = "coverage"
    label: ClassVar[Text] = Text("Обхват", "Coverage")
    names: ClassVar[Literal["both", "any", "none"]] = "none"
    sourced: ClassVar[bool] = False

    source: str = reference("Source", required=True)
    covers: str = text(required=True)
    scope: str = reference(required=True)
    complete: bool | None = yes_no()


@dataclass(frozen=True, kw_only=True)
class Decision(Node):
    """What a user decided; pack ``local``, outside snapshots, needs no source.

    ``heading`` is what its author calls the subject, ``rank`` its place in an order of theirs.
    """

    prefix: ClassVar[str] = "decision"
    label: ClassVar[Text] = Text("Решение", "Decision")
    names: ClassVar[Literal["both", "any", "none"]] = "none"
    sourced: ClassVar[bool] = False

    subject: str = text(required=True)
    matter: str = text(required=True)
    state: str = text()
    heading: str = text()
    rank: int | None = integer(1, 1000)
    owner: str = text()
    due_on: str = day()
    decided_on: str = day()
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Evidence(Node):
    """One passage or register row that supports or contradicts one statement."""

    prefix: ClassVar[str] = "evidence"
    label: ClassVar[Text] = Text("Свидетелство", "Evidence")
    names: ClassVar[Literal["both", "any", "none"]] = "none"
    sourced: ClassVar[bool] = False

    subject: str = reference(required=True)
    property: str = text()
    value: str = text()
    stance: str = choice("supports", "contradicts", required=True)
    source: str = reference("Source", required=True)
    locator: str = text()
    quote: str = text()
    observed_on: str = day()


def _pairs(sources: str, targets: str) -> tuple[tuple[str, str], ...]:
    return tuple((s, t) for s in sources.split() for t in targets.split())


ACTORS = "Organisation Person City"


@dataclass(frozen=True, kw_only=True)
class ParticipatesIn(Edge):
    """An actor takes part in a project, programme or event."""

    label: ClassVar[Text] = Text("Участие", "Participation")
    ends: ClassVar = _pairs(ACTORS, "Project Programme Event") + _pairs("Project", "Event")

    role: str = choice(
        "leads",
        "partner",
        "participant",
        "organiser",
        "host",
        "advisor",
        "challenge",
        "fellow",
        "mentor",
    )
    contribution_minor: int | None = integer(low=0)
    contribution_currency: str = currency()
    capacity: int | None = integer(low=0)


@dataclass(frozen=True, kw_only=True)
class Funds(Edge):
    """Money or its equal goes from the first to the second."""

    label: ClassVar[Text] = Text("Финансиране", "Funding")
    ends: ClassVar = _pairs(
        "Organisation Person Programme City", "Project Programme Organisation City Event"
    )
    occurrence: ClassVar[bool] = True

    amount_minor: int | None = integer(low=0)
    amount_currency: str = currency()
    instrument: str = choice("grant", "equity", "loan", "in-kind")


@dataclass(frozen=True, kw_only=True)
class Mentors(Edge):
    """The first advises the second."""

    label: ClassVar[Text] = Text("Менторство", "Mentoring")
    ends: ClassVar = _pairs("City Organisation Person", "City Organisation Person Project")

    themes: tuple[str, ...] = reference("Theme", many=True)
    format: str = text()


@dataclass(frozen=True, kw_only=True)
class MemberOf(Edge):
    """A person or organisation belongs to an organisation."""

    label: ClassVar[Text] = Text("Членство", "Membership")
    ends: ClassVar = _pairs("Person Organisation", "Organisation")

    role: str = text()


@dataclass(frozen=True, kw_only=True)
class PartOf(Edge):
    """The first is a part of the second."""

    label: ClassVar[Text] = Text("Част от", "Part of")
    ends: ClassVar = _pairs("Organisation", "Organisation") + _pairs("Project Event", "Programme")


@dataclass(frozen=True, kw_only=True)
class Owns(Edge):
    """The first owns the second, wholly or by ``share`` (0 to 1)."""

    label: ClassVar[Text] = Text("Собственост", "Ownership")
    ends: ClassVar = _pairs("Organisation City", "Organisation Project")

    share: float | None = decimal(0, 1)


@dataclass(frozen=True, kw_only=True)
class PartnersWith(Edge):
    """A partnership, stored once with the lower id first and read both ways."""

    label: ClassVar[Text] = Text("Партньорство", "Partnership")
    ends: ClassVar = _pairs("Organisation City", "Organisation City")
    symmetric: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class LocatedIn(Edge):
    """Where something is: in a city, or within an organisation's premises."""

    label: ClassVar[Text] = Text("Местоположение", "Location")
    ends: ClassVar = _pairs("Organisation Person Project Event", "City") + _pairs(
        "Organisation Event", "Organisation"
    )

    address_role: str = choice("seat", "office", "site", "venue", "administration")


@dataclass(frozen=True, kw_only=True)
class Offers(Edge):
    """A strength that others can draw on; ``level`` 1 to 5 where a source gives one."""

    label: ClassVar[Text] = Text("Предлага", "Offer")
    ends: ClassVar = _pairs(ACTORS, "Theme")

    level: int | None = integer(1, 5)


@dataclass(frozen=True, kw_only=True)
class Needs(Edge):
    """A need; ``priority`` counts as 1 unless stated."""

    label: ClassVar[Text] = Text("Нужда", "Need")
    ends: ClassVar = _pairs("City Organisation Project", "Theme")

    level: int | None = integer(1, 5)
    priority: int | None = integer(1, 5)


@dataclass(frozen=True, kw_only=True)
class Addresses(Edge):
    """A project or programme works on a theme."""

    label: ClassVar[Text] = Text("Тематика", "Subject")
    ends: ClassVar = _pairs("Project Programme", "Theme")


@dataclass(frozen=True, kw_only=True)
class Broader(Edge):
    """The first theme is a special case of the second."""

    label: ClassVar[Text] = Text("По-широка тема", "Broader theme")
    ends: ClassVar = _pairs("Theme", "Theme")


@dataclass(frozen=True, kw_only=True)
class Enables(Edge):
    """Whoever offers the first theme can serve a need of the second."""

    label: ClassVar[Text] = Text("Дава възможност за", "Enables")
    ends: ClassVar = _pairs("Theme", "Theme")


NODE_KINDS: dict[str, type[Node]] = {
    cls.kind: cls
    for cls in (
        Organisation,
        Person,
        City,
        Project,
        Programme,
        Event,
        Theme,
        Source,
        Coverage,
        Decision,
        Evidence,
    )
}
EDGE_KINDS: dict[str, type[Edge]] = {
    cls.kind: cls
    for cls in (
        ParticipatesIn,
        Funds,
        Mentors,
        MemberOf,
        PartOf,
        Owns,
        PartnersWith,
        LocatedIn,
        Offers,
        Needs,
        Addresses,
        Broader,
        Enables,
    )
}
KINDS: dict[str, type[Node] | type[Edge]] = {**NODE_KINDS, **EDGE_KINDS}

ENTITY_KINDS = ("Organisation", "Person", "City", "Project", "Programme", "Event", "Theme")
"""The kinds a reader meets on the map; the rest are the apparatus of sourcing."""

Record = Node | Edge
Kind = type[Node] | type[Edge]

_COLUMNS: dict[Kind, dict[str, Column]] = {
    kind: {f.name: f.metadata["column"] for f in fields(kind) if "column" in f.metadata}
    for kind in (Node, Edge, *KINDS.values())
}


def columns(kind: Kind) -> dict[str, Column]:
    """The declared columns of a kind by field name, in the order of its fields.

    ``id``, ``pack`` and the two ends of an edge are structure, not columns.
    """
    return _COLUMNS[kind]


def seed_columns(kind: Kind) -> tuple[str, ...]:
    """The header of the kind's seed file: identity, own properties, then the common ones."""
    base = Node if issubclass(kind, Node) else Edge
    common = tuple(columns(base))
    own = tuple(name for name in columns(kind) if name not in common)
    if not issubclass(kind, Node):
        return ("source", "target", "key", *own, *common[1:])
    if kind.names == "none":
        return ("id", *own)
    return ("id", *common[:5], *own, *common[5:])


def seed_file(kind: Kind) -> str:
    """The name of the kind's seed file: ``cities.csv``, ``participates_in.csv``."""
    name = kind.kind.lower()
    plural = {"city": "cities", "person": "people", "coverage": "coverage", "evidence": "evidence"}
    return (name if issubclass(kind, Edge) else plural.get(name, name + "s")) + ".csv"
