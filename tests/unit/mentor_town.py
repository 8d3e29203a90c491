"""A town with needs and offers, drawn by hand, for mentors to be found in."""

from ecosystem.dataset import Dataset
from ecosystem.model import (
    Addresses,
    Broader,
    City,
    Enables,
    Needs,
    Offers,
    ParticipatesIn,
    Programme,
    Record,
    Source,
    Theme,
)
from ecosystem.snapshot import Snapshot

SAID = {"pack": "trial", "standing": "documented", "sources": ("source:page#row 1",)}
DAY = "2024-06-30"


def theme(slug: str) -> Theme:
    return Theme(
        id=f"theme:{slug}",
        name_bg=slug.upper(),
        name_en=slug,
        definition_bg="-",
        definition_en="-",
        **SAID,
    )


def city(slug: str, country: str = "NL", population: int | None = None) -> City:
    return City(
        id=f"city:{slug}",
        name_bg=slug.upper(),
        name_en=slug.title(),
        country=country,
        population=population,
        **SAID,
    )


def needs(who: str, what: str, **more: object) -> Needs:
    return Needs(source=f"city:{who}", target=f"theme:{what}", **{**SAID, **more})


def offers(who: str, what: str, **more: object) -> Offers:
    return Offers(source=f"city:{who}", target=f"theme:{what}", **{**SAID, **more})


def joins(who: str, what: str, role: str = "partner", **more: object) -> ParticipatesIn:
    return ParticipatesIn(source=f"city:{who}", target=what, role=role, **{**SAID, **more})


PAGE = Source(id="source:page", pack="trial", name_en="Page", publisher="A", published_on="2020")
# buses are part of transport; ict enables services; a programme on buses
FRAME: list[Record] = [
    PAGE,
    *map(theme, ("transport", "buses", "services", "ict", "water")),
    Broader(source="theme:buses", target="theme:transport", **SAID),
    Enables(source="theme:ict", target="theme:services", **SAID),
    Programme(id="programme:net", name_en="Net", **SAID),
    Addresses(source="programme:net", target="theme:buses", **SAID),
    city("seeker", "BG", 1_000_000),
    needs("seeker", "transport", priority=2),
    needs("seeker", "services"),
    needs("seeker", "water"),
]


def view(*more: Record, as_of: str = DAY) -> Snapshot:
    return Snapshot.of(Dataset.of([*FRAME, *more]), as_of=as_of)


NEEDLESS = [record for record in FRAME if not isinstance(record, Needs)]


def town(*mentees: str) -> list[Record]:
    return [city(slug, "BG") for slug in mentees]


def plain_view(*more: Record) -> Snapshot:
    """The frame without the seeker's needs, and more."""
    return Snapshot.of(Dataset.of([*NEEDLESS, *more]), as_of=DAY)
