"""Towns for the tests of the gap rules: a city, its organisations, and what a test adds."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import networkx as nx

from ecosystem.analysis.gaps import Gap, RuleResult, find_gaps
from ecosystem.analysis.gaps.details import Details
from ecosystem.dataset import Dataset
from ecosystem.lenses import LENSES
from ecosystem.model import (
    Broader,
    City,
    Coverage,
    Enables,
    Event,
    Funds,
    LocatedIn,
    Needs,
    Offers,
    Organisation,
    ParticipatesIn,
    PartnersWith,
    Programme,
    Project,
    Record,
    Source,
    Theme,
)
from ecosystem.snapshot import Snapshot

D = TypeVar("D", bound=Details)
DAY = "2024-01-01"
SAID = {"pack": "town", "standing": "documented", "sources": ("source:page#row 1",)}
PAGE = Source(id="source:page", pack="town", name_en="A page", publisher="The Page")
PAPER = Source(id="source:paper", pack="town", name_en="A paper", publisher="The Paper")
WORK = ("PARTICIPATES_IN", *LENSES["work"].edges)


def city(slug: str = "town") -> City:
    return City(id=f"city:{slug}", name_bg=slug, name_en=slug, **SAID)


def local(slug: str, form: str = "company", role: str = "", town: str = "town") -> list[Record]:
    """An organisation and its seat in the town."""
    return [
        Organisation(id=f"org:{slug}", name_en=slug, form=form, **SAID),
        LocatedIn(source=f"org:{slug}", target=f"city:{town}", address_role=role, **SAID),
    ]


def locals_of(slugs: Iterable[str], form: str = "company") -> list[Record]:
    return [record for slug in slugs for record in local(slug, form)]


def theme(slug: str) -> Theme:
    return Theme(
        id=f"theme:{slug}", name_bg=slug, name_en=slug, definition_bg="д", definition_en="d", **SAID
    )


def needs(who: str, what: str, **own: object) -> Needs:
    return Needs(source=who, target=f"theme:{what}", **{**SAID, **own})


def offers(who: str, what: str, **own: object) -> Offers:
    return Offers(source=who, target=f"theme:{what}", **{**SAID, **own})


def takes_part(who: str, target: str, role: str = "participant", **own: object) -> ParticipatesIn:
    return ParticipatesIn(source=who, target=target, role=role, **{**SAID, **own})


def covers(kind: str, scope: str = "city:town", complete: bool = True) -> Coverage:
    name = f"coverage:{kind.lower().replace('_', '-')}-{scope.replace(':', '-')}"
    return Coverage(
        id=name, pack="town", source="source:page", covers=kind, scope=scope, complete=complete
    )


def partners(one: str, other: str, **own: object) -> PartnersWith:
    low, high = sorted((f"org:{one}", f"org:{other}"))
    return PartnersWith(source=low, target=high, **{**SAID, **own})


def drawn(graph: nx.Graph) -> list[Record]:
    """The organisations and partnerships of a graph whose nodes are numbers."""
    names = {node: f"{node:02d}" for node in graph}
    return [
        *locals_of(names.values()),
        *(partners(names[one], names[other]) for one, other in graph.edges),
    ]


def view(*records: Record, scope: str = "city:town", **chosen: object) -> Snapshot:
    everything = Dataset.of([city(), PAGE, PAPER, *records])
    return Snapshot.of(everything, **{"scope": scope, "as_of": DAY, **chosen})


def one_rule(snapshot: Snapshot, rule: str) -> RuleResult:
    (result,) = find_gaps(snapshot, [rule])
    return result


def details_of(told: Gap | RuleResult, kind: type[D]) -> D:
    """What a rule tells beside a gap, or beside all of them, as the class that it is."""
    assert isinstance(told.details, kind)
    return told.details


def by_subject(result: RuleResult) -> Mapping[str, Gap]:
    """The gaps of a result by the last part of their first subject."""
    return {gap.subjects[0].split(":", 1)[1]: gap for gap in result.findings}


SIDES = {"Mr. Hi": "company", "Officer": "university"}


def karate() -> Snapshot:
    """Zachary's club, each faction a sector."""
    club = nx.karate_club_graph()
    sides = nx.get_node_attributes(club, "club")
    people = [r for n in club for r in local(f"{n:02d}", SIDES[sides[n]])]
    return view(*people, *(partners(f"{a:02d}", f"{b:02d}") for a, b in club.edges))


def divided() -> Snapshot:
    """Industry and academia, each a wheel without spokes across, and one tie between them."""
    firms, halls = [f"i{n:02d}" for n in range(14)], [f"a{n:02d}" for n in range(14)]
    rings = [
        partners(side[a], side[b])
        for side in (firms, halls)
        for a, b in nx.circulant_graph(14, [1, 3]).edges
    ]
    day = Event(id="event:day", name_en="Day", **SAID)
    guests = [takes_part(f"org:{who}", "event:day") for who in ("i00", "i01", "a00")]
    return view(
        *locals_of(firms),
        *locals_of(halls, "university"),
        *rings,
        day,
        *guests,
        partners("i05", "a05"),
    )


def projects(parties: Iterable[Iterable[str]]) -> list[Record]:
    """Projects ``p0``, ``p1``, ... with these participants."""
    return [
        record
        for i, party in enumerate(parties)
        for record in (
            Project(id=f"project:p{i}", name_en=f"p{i}", **SAID),
            *(takes_part(f"org:{who}", f"project:p{i}") for who in party),
        )
    ]


def broader(narrow: str, wide: str) -> Broader:
    return Broader(source=f"theme:{narrow}", target=f"theme:{wide}", **SAID)


def enables(one: str, other: str, **own: object) -> Enables:
    return Enables(source=f"theme:{one}", target=f"theme:{other}", **{**SAID, **own})


THEMES = [
    *(theme(t) for t in ("it", "web", "tram", "bus", "move", "live", "odd")),
    broader("bus", "move"),
    broader("tram", "bus"),
    broader("move", "live"),
    enables("it", "move"),
    enables("web", "it"),
]


def programme(slug: str, **own: object) -> Programme:
    return Programme(id=f"programme:{slug}", name_en=slug, **{**SAID, **own})


def project_of_a(slug: str) -> list[Record]:
    return [
        Project(id=f"project:{slug}", name_en=slug, **SAID),
        takes_part("org:a", f"project:{slug}"),
    ]


def funds(
    who: str,
    what: str,
    amount: int | None = None,
    currency: str = "EUR",
    since: str = "2018",
    **own: object,
) -> Funds:
    return Funds(
        source=who,
        target=what,
        amount_minor=amount,
        amount_currency=currency if amount else "",
        since=since,
        **{**SAID, **own},
    )
