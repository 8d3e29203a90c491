"""What actors take part in, and the themes that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem.columns import choice, currency, integer, text, url
from ecosystem.model.record import Entity
from ecosystem.values import Text


@dataclass(frozen=True, kw_only=True)
class Project(Entity):
    """A bounded undertaking."""

    prefix: ClassVar[str] = "project"
    label: ClassVar[Text] = Text("Проект", "Project")

    status: str = choice(
        Text("състояние", "status"),
        {
            "planned": Text("планиран", "planned"),
            "running": Text("в изпълнение", "running"),
            "finished": Text("приключил", "finished"),
            "cancelled": Text("прекратен", "cancelled"),
        },
    )
    budget_minor: int | None = integer(Text("бюджет", "budget"), low=0)
    budget_currency: str = currency(Text("валута на бюджета", "currency of the budget"))
    grant_id: str = text(Text("номер на договора", "grant number"))
    website: str = url(Text("уебсайт", "website"))
    resources_bg: str = text(Text("ресурси (български)", "resources (Bulgarian)"))
    resources_en: str = text(Text("ресурси (английски)", "resources (English)"))
    indicators: tuple[str, ...] = text(Text("показатели", "indicators"), many=True)


@dataclass(frozen=True, kw_only=True)
class Programme(Entity):
    """A funding programme, network, challenge or strategy that holds many projects."""

    prefix: ClassVar[str] = "programme"
    label: ClassVar[Text] = Text("Програма", "Programme")

    website: str = url(Text("уебсайт", "website"))
    wikidata: str = text(Text("Wikidata", "Wikidata"))
    cities_count: int | None = integer(Text("брой градове", "number of cities"), low=0)
    challenge_count: int | None = integer(
        Text("брой градове участници", "number of challenge cities"), low=0
    )
    fellow_count: int | None = integer(
        Text("брой съюзни градове", "number of fellow cities"), low=0
    )
    mentor_count: int | None = integer(
        Text("брой градове ментори", "number of mentor cities"), low=0
    )
    first_cohort_count: int | None = integer(
        Text("градове в първата група", "cities in the first cohort"), low=0
    )
    budget_minor: int | None = integer(Text("бюджет", "budget"), low=0)
    budget_currency: str = currency(Text("валута на бюджета", "currency of the budget"))


@dataclass(frozen=True, kw_only=True)
class Event(Entity):
    """A seminar, summit or academy."""

    prefix: ClassVar[str] = "event"
    label: ClassVar[Text] = Text("Събитие", "Event")


@dataclass(frozen=True, kw_only=True)
class Theme(Entity):
    """A capability or subject of the shared vocabulary."""

    prefix: ClassVar[str] = "theme"
    label: ClassVar[Text] = Text("Тема", "Theme")
    either: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("name_bg", "name_en"),
        ("definition_bg", "definition_en"),
    )

    definition_bg: str = text(Text("определение (български)", "definition (Bulgarian)"))
    definition_en: str = text(Text("определение (английски)", "definition (English)"))
