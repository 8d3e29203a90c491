"""Who takes part: organisations, persons and cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem import registers
from ecosystem.columns import choice, country, currency, decimal, integer, register, url
from ecosystem.model.record import Entity
from ecosystem.values import Text

FORMS: dict[str, Text] = {
    "company": Text("дружество", "company"),
    "startup": Text("стартъп", "start-up"),
    "business-association": Text("браншова организация", "business association"),
    "cluster": Text("клъстер", "cluster"),
    "accelerator": Text("акселератор", "accelerator"),
    "investor": Text("инвеститор", "investor"),
    "bank": Text("банка", "bank"),
    "university": Text("университет", "university"),
    "research-institute": Text("научен институт", "research institute"),
    "public-authority": Text("орган на властта", "public authority"),
    "public-agency": Text("публична агенция", "public agency"),
    "public-company": Text("публично дружество", "public company"),
    "public-fund": Text("публичен фонд", "public fund"),
    "international-body": Text("международна институция", "international body"),
    "foundation": Text("фондация", "foundation"),
    "association": Text("сдружение", "association"),
    "media": Text("медия", "media"),
    "school": Text("училище", "school"),
    "innovation-centre": Text("иновационен център", "innovation centre"),
    "venue": Text("място за събития", "venue"),
    "consortium": Text("консорциум", "consortium"),
    "other": Text("друго", "other"),
}

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
class Organisation(Entity):
    """A company, university, association, agency, hub, venue or investor."""

    prefix: ClassVar[str] = "org"
    label: ClassVar[Text] = Text("Организация", "Organisation")

    form: str = choice(Text("форма", "form"), FORMS)
    fund_size_minor: int | None = integer(Text("размер на фонда", "size of the fund"), low=0)
    fund_size_currency: str = currency(Text("валута на фонда", "currency of the fund"))
    website: str = url(Text("уебсайт", "website"))
    eik: str = register(Text("ЕИК", "EIK"), registers.eik)
    ror: str = register(Text("ROR", "ROR"), registers.ror)
    lei: str = register(Text("LEI", "LEI"), registers.lei)
    pic: str = register(Text("PIC", "PIC"), registers.pic)

    @property
    def sector(self) -> str:
        """The helix sector of its form; ``other`` where none fits or no form is known."""
        return SECTORS.get(self.form, ("other", "other"))[0]

    @property
    def stakeholder(self) -> str:
        """The MIT REAP stakeholder of its form; ``other`` where none fits."""
        return SECTORS.get(self.form, ("other", "other"))[1]


@dataclass(frozen=True, kw_only=True)
class Person(Entity):
    """Someone in a public professional role; the role itself stands on the edge."""

    prefix: ClassVar[str] = "person"
    label: ClassVar[Text] = Text("Човек", "Person")

    orcid: str = register(Text("ORCID", "ORCID"), registers.orcid)


@dataclass(frozen=True, kw_only=True)
class City(Entity):
    """A place and its community; its administration is an organisation located there."""

    prefix: ClassVar[str] = "city"
    label: ClassVar[Text] = Text("Град", "City")

    country: str = country(Text("държава", "country"))
    population: int | None = integer(Text("население", "population"), low=0)
    latitude: float | None = decimal(Text("географска ширина", "latitude"), low=-90, high=90)
    longitude: float | None = decimal(Text("географска дължина", "longitude"), low=-180, high=180)
    geonames: str = register(Text("номер в GeoNames", "GeoNames number"), registers.geonames)
    wikidata: str = register(Text("Wikidata", "Wikidata"), registers.wikidata)
