"""A town drawn by hand, small enough to work out every answer on paper.

::

    alpha ── council ══ uni        project:bus: council leads, uni and abroad take part
             │   (council, firm and uni met at event:day)
             funds
             │
             firm ── ann            ann is a member of firm
    loner                           a local foundation with no tie at all
    beta  ── abroad                 beta mentors alpha on mobility and offers it

Work among the local organisations: firm - council - uni, and loner alone. The council is the
only cut point (impact 1); both ties are bridges. council-uni rests on a project of three, so
its strength is 1/2; council-firm is a grant, strength 1.
"""

from ecosystem.dataset import Dataset
from ecosystem.model import (
    City,
    Enables,
    Event,
    Evidence,
    Funds,
    LocatedIn,
    MemberOf,
    Mentors,
    Needs,
    Offers,
    Organisation,
    ParticipatesIn,
    Person,
    Project,
    Record,
    Source,
    Theme,
)

PAGE = ("source:page#paragraph 1",)
LIST = ("source:list#row 1",)


def tiny() -> Dataset:
    """Twelve entities, two sources, one conflicting claim."""
    return Dataset.of([*_nodes(), *_edges()])


def _nodes() -> list[Record]:
    said = {"pack": "tiny", "standing": "documented", "sources": PAGE}

    def organisation(slug: str, name: str, form: str) -> Organisation:
        return Organisation(id=f"org:{slug}", name_en=name, form=form, **said)

    return [
        City(
            id="city:alpha",
            name_bg="Алфа",
            name_en="Alpha",
            country="BG",
            population=100_000,
            latitude=42.0,
            longitude=23.0,
            **said,
        ),
        City(
            id="city:beta",
            name_bg="Бета",
            name_en="Beta",
            country="NL",
            population=200_000,
            latitude=52.0,
            longitude=5.0,
            **said,
        ),
        organisation("council", "Alpha Council", "public-authority"),
        organisation("uni", "Alpha University", "university"),
        organisation("firm", "Firm", "company"),
        organisation("loner", "Loner Foundation", "foundation"),
        organisation("abroad", "Abroad Works", "company"),
        Person(id="person:ann", name_bg="Ан", **said),
        Project(
            id="project:bus",
            name_en="Bus Project",
            since="2019",
            until="2021",
            budget_minor=1_000_000,
            budget_currency="EUR",
            **said,
        ),
        Event(
            id="event:day", name_en="Innovation Day", since="2018-09-10", until="2018-09-10", **said
        ),
        Theme(
            id="theme:mobility",
            name_bg="Мобилност",
            name_en="Mobility",
            definition_bg="Придвижване.",
            definition_en="Moving about.",
            **said,
        ),
        Theme(
            id="theme:ict",
            name_bg="ИКТ",
            name_en="ICT",
            definition_bg="Софтуер.",
            definition_en="Software.",
            **said,
        ),
        Source(
            id="source:page",
            pack="tiny",
            name_en="A page",
            publisher="Alpha Council",
            url="https://alpha.example.org/page",
            published_on="2018-09-12",
        ),
        Source(
            id="source:list",
            pack="tiny",
            name_en="A list",
            publisher="The Paper",
            url="https://paper.example.org/list",
            published_on="2019-01-05",
        ),
        Evidence(
            id="evidence:budget-page",
            pack="tiny",
            subject="project:bus",
            property="budget_minor",
            value="1000000",
            stance="supports",
            source="source:page",
            locator="paragraph 2",
        ),
        Evidence(
            id="evidence:budget-list",
            pack="tiny",
            subject="project:bus",
            property="budget_minor",
            value="1200000",
            stance="supports",
            source="source:list",
            locator="row 2",
        ),
    ]


def _edges() -> list[Record]:
    page = {"pack": "tiny", "standing": "documented", "sources": PAGE}
    both = {"pack": "tiny", "standing": "documented", "sources": (*PAGE, *LIST)}
    paper = {"pack": "tiny", "standing": "reported", "sources": LIST}

    def takes_part(actor: str, target: str, role: str, **said: object) -> ParticipatesIn:
        return ParticipatesIn(source=actor, target=target, role=role, **{**page, **said})

    return [
        LocatedIn(source="org:council", target="city:alpha", address_role="administration", **page),
        LocatedIn(source="org:uni", target="city:alpha", address_role="seat", **page),
        LocatedIn(source="org:firm", target="city:alpha", address_role="seat", **page),
        LocatedIn(source="org:loner", target="city:alpha", **paper),
        LocatedIn(source="org:abroad", target="city:beta", address_role="seat", **page),
        takes_part("org:council", "project:bus", "leads", since="2019", until="2021"),
        takes_part("org:uni", "project:bus", "partner", since="2019", until="2021", **both),
        takes_part("org:abroad", "project:bus", "partner", since="2019", until="2021"),
        takes_part("org:council", "event:day", "host"),
        takes_part("org:firm", "event:day", "participant"),
        takes_part("org:uni", "event:day", "participant"),
        MemberOf(source="person:ann", target="org:firm", role="director", since="2018", **page),
        Funds(
            source="org:council",
            target="org:firm",
            amount_minor=5_000_000,
            amount_currency="BGN",
            instrument="grant",
            since="2020-05",
            **page,
        ),
        Mentors(
            source="city:beta",
            target="city:alpha",
            themes=("theme:mobility",),
            since="2018-05-16",
            until="2018-05-17",
            **page,
        ),
        Needs(source="city:alpha", target="theme:mobility", **page),
        Offers(source="city:beta", target="theme:mobility", level=4, **page),
        Offers(source="org:firm", target="theme:ict", **paper),
        Enables(source="theme:ict", target="theme:mobility", **page),
    ]
