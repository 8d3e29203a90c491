"""Who is tied to the outside: how many ties, to where, on what, and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ACTORS,
    WORK_KINDS,
    brief,
    counted,
    coverage_note,
    listed,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
    most_first,
)
from ecosystem.lenses import ACTOR_KINDS
from ecosystem.model import EDGE_KINDS
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_CITIES = 12
NOWHERE = "unknown"

G27 = Rule(
    id="G27",
    title=Text("Връзки навън", "Ties to the outside"),
    group="figures",
    question=Text(
        "С кои градове отвън, по какви теми и през кого работят местните организации?",
        "With which cities outside, on which themes and through whom do local organisations work?",
    ),
    formula="number of pairs (v, u), v in A and u an actor from elsewhere, with a shared project, "
    "FUNDS, MENTORS, MEMBER_OF, OWNS or PARTNERS_WITH; by kind of tie, theme of the shared "
    "project, and city of u",
    explanation=Text(
        "Двойките „местна организация – участник отвън“ с обща работа, по града на външния. Това "
        "са само бройки, без преценка. Градът е неизвестен, където никой източник не го казва. "
        "Участник отвън, който сам е град, се брои към себе си.",
        "The pairs “local organisation – actor from elsewhere” with joint work, by the city of the "
        "latter. These are counts without a judgement. The city is unknown where no source gives "
        "it. An actor that is itself a city counts as that city.",
    ),
    expected=Text("няма норма", "no norm"),
    maturity=OWN_RULE,
    remedy=Text(
        "Ползвайте записаните врати, преди да търсите нов партньор в същия град.",
        "Use the recorded doors before looking for a new partner in the same city.",
    ),
    literature=(
        "Bathelt, H., Malmberg, A., Maskell, P. (2004). Clusters and knowledge: local buzz, global "
        "pipelines and the process of knowledge creation. Progress in Human Geography 28(1), "
        "31-56.",
    ),
    reads=WORK_KINDS,
)


@dataclass(frozen=True)
class Outward:
    """One pair of a local and an outside actor: how they are tied, on which themes, by what."""

    local: str
    outside: str
    kinds: frozenset[str]
    themes: frozenset[str]
    statements: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class OutsideCityDetails(Details):
    """Of a city outside: through whom one gets there, on which themes, and to whom.

    ``doors`` and ``themes`` count the pairs by id.
    """

    doors: Mapping[str, int]
    themes: Mapping[str, int]
    outside: tuple[str, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those from here who work with partners there, and these."""
        return (*self.doors, *self.outside)


@dataclass(frozen=True, kw_only=True)
class OutsideSummary(Details):
    """All pairs, and by kind of tie, theme and city; ``cities`` has ``NOWHERE`` last."""

    pairs: int
    kinds: Mapping[str, int]
    themes: Mapping[str, int]
    cities: Mapping[str, int]


def who_is_tied_to_the_outside(snapshot: Snapshot) -> RuleResult:
    """Cities outside by number of pairs, the first twelve; then what has no known city."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    if not snapshot.actors():
        return answer(snapshot, G27, status="undefined", coverage=coverage, reason=NO_ACTORS)
    ties = outward_ties(snapshot)
    places = _places(snapshot)
    cities: dict[str, list[Outward]] = {}
    for tie in ties:
        for place in places.get(tie.outside, (NOWHERE,)):
            cities.setdefault(place, []).append(tie)
    order = sorted(cities, key=lambda city: (city == NOWHERE, -len(cities[city]), city))
    known = [city for city in order if city != NOWHERE]
    findings = [_city(snapshot, city, cities[city]) for city in known[:MOST_CITIES]]
    kinds = Counter(kind for tie in ties for kind in tie.kinds)
    locals_, outside = {tie.local for tie in ties}, {tie.outside for tie in ties}
    words = _kinds(kinds)
    reason = Text(
        f"Двойки с обща работа навън: {len(ties)} – между {len(locals_)} местни организации и "
        f"{len(outside)} участници отвън{words.bg}. Градове: {len(known)}; с неизвестен град: "
        f"{len(cities.get(NOWHERE, ()))} двойки.",
        f"Pairs with joint work outwards: {len(ties)}, between {len(locals_)} local organisations "
        f"and {len(outside)} actors from elsewhere{words.en}. Cities: {len(known)}; of unknown "
        f"city: {len(cities.get(NOWHERE, ()))} pairs.",
    )
    if not ties:
        reason = snapshot.left_out.none_of(
            snapshot.left_out.of_kind(*WORK_KINDS),
            Text(
                "Не е записана нито една работна връзка с участник отвън.",
                "No work tie with an actor from elsewhere is recorded.",
            ),
        )
    return answer(
        snapshot,
        G27,
        status="found" if findings else "none found" if ties else "not recorded",
        coverage=coverage,
        reason=reason,
        findings=findings,
        total=len(known),
        details=OutsideSummary(
            pairs=len(ties),
            kinds=dict(sorted(kinds.items())),
            themes=dict(sorted(Counter(theme for tie in ties for theme in tie.themes).items())),
            cities={city: len(cities[city]) for city in order},
        ),
    )


def _kinds(kinds: Counter[str]) -> Text:
    if not kinds:
        return Text("", "")
    counts = [(_kind(kind), number) for kind, number in most_first(kinds)]
    return Text(
        " (" + ", ".join(f"{label.bg.lower()}: {number}" for label, number in counts) + ")",
        " (" + ", ".join(f"{label.en.lower()}: {number}" for label, number in counts) + ")",
    )


def _kind(kind: str) -> Text:
    if kind == "PARTICIPATES_IN":
        return Text("общ проект", "shared project")
    return EDGE_KINDS[kind].label


def outward_ties(snapshot: Snapshot) -> tuple[Outward, ...]:
    """The pairs of an organisation of the scope and an actor from elsewhere, by their ids."""
    actors = {actor.id for actor in snapshot.actors()}
    pairs: dict[tuple[str, str], list[tuple[str, str, frozenset[str]]]] = {}

    def note(one: str, other: str, kind: str, themes: frozenset[str], *ids: str) -> None:
        for here, there in ((one, other), (other, one)):
            if here in actors and _from_elsewhere(snapshot, there):
                rows = pairs.setdefault((here, there), [])
                rows += [(kind, identity, themes) for identity in ids]

    parties: dict[str, list[tuple[str, str]]] = {}
    for edge in snapshot.edges_of_kind(*WORK_KINDS):
        if edge.kind != "PARTICIPATES_IN":
            note(edge.source, edge.target, edge.kind, frozenset(), edge.id)
        elif edge.target.startswith("project:"):
            parties.setdefault(edge.target, []).append((edge.source, edge.id))
    subjects: dict[str, set[str]] = {}
    for edge in snapshot.edges_of_kind("ADDRESSES"):
        subjects.setdefault(edge.source, set()).add(edge.target)
    for project, party in parties.items():
        themes = frozenset(subjects.get(project, ()))
        for here, first in party:
            if here in actors:
                for there, second in party:
                    note(here, there, "PARTICIPATES_IN", themes, first, second)
    return tuple(
        Outward(
            *pair,
            frozenset(kind for kind, _, _ in rows),
            frozenset(chain.from_iterable(themes for _, _, themes in rows)),
            frozenset(identity for _, identity, _ in rows),
        )
        for pair, rows in sorted(pairs.items())
    )


def _from_elsewhere(snapshot: Snapshot, identity: str) -> bool:
    return identity in snapshot.external and snapshot.nodes[identity].kind in ACTOR_KINDS


def _places(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """The cities of every actor from elsewhere for whom one is recorded, in the order of ids."""
    places: dict[str, set[str]] = {
        actor: {actor} for actor in snapshot.external if actor.startswith("city:")
    }
    for edge in snapshot.dataset.edges.values():
        if edge.kind == "LOCATED_IN" and edge.source in snapshot.external:
            known = edge.period.started_by(snapshot.as_of)
            if known and not edge.period.ended_by(snapshot.as_of):
                places.setdefault(edge.source, set()).add(edge.target)
    return {
        actor: cities
        for actor, ids in places.items()
        if (cities := tuple(sorted(place for place in ids if place.startswith("city:"))))
    }


def _city(snapshot: Snapshot, city: str, ties: list[Outward]) -> Gap:
    name = shown(snapshot, city)
    doors = Counter(tie.local for tie in ties)
    themes = Counter(theme for tie in ties for theme in tie.themes)
    locals_ = [door for door, _ in most_first(doors)]
    through, first = listed(snapshot, locals_, limit=3), brief(snapshot, locals_[0])
    others = sorted({tie.outside for tie in ties} - {city})
    there, subject = (
        listed(snapshot, names, limit=3)
        for names in (others, [theme for theme, _ in most_first(themes)])
    )
    number = counted(
        len(ties),
        ("двойка с обща работа", "двойки с обща работа"),
        ("pair with joint work", "pairs with joint work"),
    )
    with_ = Text(f", с {there.bg}", f", with {there.en}") if others else Text("", "")
    on = Text(f"; теми: {subject.bg}", f"; on {subject.en}") if themes else Text("", "")
    return Gap(
        rule="G27",
        subjects=(city,),
        status="measured",
        sentence=_abroad(snapshot, city, len(doors)),
        step=Text(f"Помолете {first.bg} за запознанство.", f"Ask {first.en} for an introduction."),
        asks=(locals_[0],),
        headline=sentences(
            Text(
                f"{name.bg}: {number.bg}{with_.bg}{on.bg}",
                f"{name.en}: {number.en}{with_.en}{on.en}",
            )
        ),
        closing=sentences(
            Text(
                f"Пътят натам минава през: {through.bg}",
                f"The way there goes through {through.en}",
            )
        ),
        n=len(ties),
        value=float(len(ties)),
        unit=Text("двойки с обща работа", "pairs with joint work"),
        statements=tuple(sorted({statement for tie in ties for statement in tie.statements})),
        details=OutsideCityDetails(
            doors=dict(sorted(doors.items())),
            themes=dict(sorted(themes.items())),
            outside=tuple(sorted({tie.outside for tie in ties})),
        ),
    )


def _abroad(snapshot: Snapshot, city: str, doors: int) -> Text:
    name = brief(snapshot, city)
    said = counted(
        doors,
        ("тукашна организация работи", "тукашни организации работят"),
        ("organisation from here works", "organisations from here work"),
    )
    return Text(f"{said.bg} с партньори от {name.bg}.", f"{said.en} with partners in {name.en}.")


def tables(result: RuleResult) -> Iterable[Table]:
    """The pairs by city, by kind of tie and by theme."""
    summary = result.details
    if not isinstance(summary, OutsideSummary):
        return
    pairs = column("двойки с обща работа", "pairs with joint work", "count", bar=True)
    unknown = Text("градът не е известен", "city unknown")
    yield Table(
        Text("По град", "By city"),
        (column("Град", "City", "nodes"), pairs),
        tuple(
            (unknown if city == NOWHERE else (city,), number)
            for city, number in summary.cities.items()
        ),
    )
    yield Table(
        Text("По вид връзка", "By kind of tie"),
        (column("Вид", "Kind"), pairs),
        tuple((_kind(kind), number) for kind, number in most_first(summary.kinds)),
    )
    yield Table(
        Text("По тема на общия проект", "By theme of the shared project"),
        (column("Тема", "Theme", "nodes"), pairs),
        tuple(((theme,), number) for theme, number in most_first(summary.themes)),
    )
