"""How one leads to another: the kinds of ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ecosystem.columns import choice, currency, decimal, integer, reference, text, yes_no
from ecosystem.model.record import Edge
from ecosystem.values import Text


def _pairs(sources: str, targets: str) -> tuple[tuple[str, str], ...]:
    return tuple((s, t) for s in sources.split() for t in targets.split())


ACTORS = "Organisation Person City"
ENTITIES = f"{ACTORS} Project Programme Event Theme"


@dataclass(frozen=True, kw_only=True)
class ParticipatesIn(Edge):
    """An actor takes part in a project, programme or event."""

    label: ClassVar[Text] = Text("Участие", "Participation")
    ends: ClassVar = _pairs(ACTORS, "Project Programme Event") + _pairs("Project", "Event")

    role: str = choice(
        Text("роля", "role"),
        {
            "leads": Text("водещ", "lead"),
            "partner": Text("партньор", "partner"),
            "participant": Text("участник", "participant"),
            "organiser": Text("организатор", "organiser"),
            "host": Text("домакин", "host"),
            "advisor": Text("съветник", "advisor"),
            "challenge": Text("град участник", "challenge city"),
            "fellow": Text("град последовател", "fellow city"),
            "mentor": Text("ментор", "mentor"),
        },
    )
    contribution_minor: int | None = integer(Text("принос", "contribution"), low=0)
    contribution_currency: str = currency(Text("валута на приноса", "currency of the contribution"))
    capacity: int | None = integer(Text("капацитет", "capacity"), low=0)


@dataclass(frozen=True, kw_only=True)
class Funds(Edge):
    """Money or its equal goes from the first to the second."""

    label: ClassVar[Text] = Text("Финансиране", "Funding")
    ends: ClassVar = _pairs(
        "Organisation Person Programme City", "Project Programme Organisation City Event"
    )
    occurrence: ClassVar[bool] = True

    amount_minor: int | None = integer(Text("сума", "amount"), low=0)
    amount_currency: str = currency(Text("валута на сумата", "currency of the amount"))
    instrument: str = choice(
        Text("инструмент", "instrument"),
        {
            "grant": Text("безвъзмездно", "grant"),
            "equity": Text("дялово участие", "equity"),
            "loan": Text("заем", "loan"),
            "in-kind": Text("в натура", "in kind"),
        },
    )


@dataclass(frozen=True, kw_only=True)
class Mentors(Edge):
    """The first advises the second."""

    label: ClassVar[Text] = Text("Менторство", "Mentoring")
    ends: ClassVar = _pairs("City Organisation Person", "City Organisation Person Project")

    themes: tuple[str, ...] = reference(Text("теми", "themes"), "Theme", many=True)
    format: str = text(Text("формат", "format"))


@dataclass(frozen=True, kw_only=True)
class MemberOf(Edge):
    """A person or organisation belongs to an organisation."""

    label: ClassVar[Text] = Text("Членство", "Membership")
    ends: ClassVar = _pairs("Person Organisation", "Organisation")

    role: str = text(Text("роля", "role"))


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

    share: float | None = decimal(Text("дял", "share"), low=0, high=1)


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

    address_role: str = choice(
        Text("вид адрес", "kind of address"),
        {
            "seat": Text("седалище", "seat"),
            "office": Text("офис", "office"),
            "site": Text("обект", "site"),
            "venue": Text("място за събития", "venue"),
            "administration": Text("администрация на града", "city administration"),
        },
    )


@dataclass(frozen=True, kw_only=True)
class Offers(Edge):
    """A strength that others can draw on; ``level`` 1 to 5 where a source gives one."""

    label: ClassVar[Text] = Text("Предлага", "Offer")
    ends: ClassVar = _pairs(ACTORS, "Theme")

    level: int | None = integer(Text("степен", "level"), low=1, high=5)


@dataclass(frozen=True, kw_only=True)
class Needs(Edge):
    """A need; ``priority`` counts as 1 unless stated."""

    label: ClassVar[Text] = Text("Нужда", "Need")
    ends: ClassVar = _pairs("City Organisation Project", "Theme")

    level: int | None = integer(Text("степен", "level"), low=1, high=5)
    priority: int | None = integer(Text("приоритет", "priority"), low=1, high=5)


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


@dataclass(frozen=True, kw_only=True)
class RelatedTo(Edge):
    """The first has to do with the second, in the words of the source.

    ``joint`` says that they work together: the tie then counts as joint work.
    """

    label: ClassVar[Text] = Text("Друга връзка", "Other tie")
    ends: ClassVar = _pairs(ENTITIES, ENTITIES)

    relation: str = text(Text("връзка", "relation"), required=True)
    directed: bool | None = yes_no(Text("в една посока", "one way"))
    joint: bool | None = yes_no(Text("обща работа", "joint work"))


TIES: tuple[type[Edge], ...] = (
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
    RelatedTo,
    Broader,
    Enables,
)
