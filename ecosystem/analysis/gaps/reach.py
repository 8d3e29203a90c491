"""Does supply reach demand: in the room, and in the work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from ecosystem.analysis.gaps.demand import Need, needs_of, without_needs
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    administrations,
    complete,
    counted,
    coverage_note,
    listed,
    met,
    shown,
    work,
)
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer, status_of
from ecosystem.analysis.profile import cite
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.model import columns
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

FARTHEST = 2
MOST_INTRODUCTIONS = 3

G14 = Rule(
    id="G14",
    title=Text("Стига ли предлагането до търсенето", "Does supply reach demand"),
    question=Text(
        "Свързани ли са онези, които предлагат, с онези, които търсят – и само на срещи, или и в "
        "работата?",
        "Are those who offer joined with those who need – only at meetings, or in work too?",
    ),
    formula="per theme k: 1 - |{(d, p): distance(d, p) <= 2}| / |{(d, p): d != p}|; d NEEDS k, "
    "p OFFERS k, a narrower theme, or one that ENABLES k; once over W (work), once over M (met)",
    explanation=Text(
        "Дял на двойките „търси – предлага“, които не се достигат направо или през един общ "
        "познат. Мери се два пъти: по общи срещи и по обща работа. Градът се представлява от "
        "организациите, които са негова администрация, и важи най-късото им разстояние. "
        "Интервалът показва колко от недостигнатите двойки може да се дължат на липса на данни: "
        "поне едната страна няма нито едно записано участие от този вид. Много при работата и "
        "малко при срещите значи: говорят, но не работят заедно.",
        "Share of the pairs “needs – offers” that do not reach each other directly or through one "
        "common contact, measured twice: by shared events and by shared work. A city stands for "
        "the organisations that are its administration, at the smallest of their distances. The "
        "interval shows how many unreached pairs may be due to missing records: one side at least "
        "has no recorded tie of that sort at all. High on work and low on met means they talk but "
        "do not work together.",
    ),
    expected=Text("0: всяка двойка се достига", "0: every pair is within reach"),
    maturity=OWN_RULE,
    remedy=Text(
        "Съберете посочените двойки около конкретна задача: пилотен проект, обществена поръчка за "
        "иновации, обща заявка.",
        "Bring the named pairs together over a concrete task: a pilot, an innovation procurement, "
        "a joint bid.",
    ),
    literature=(
        "Edler, J., Georghiou, L. (2007). Public procurement and innovation: Resurrecting the "
        "demand side. Research Policy 36(7), 949-963.",
    ),
)


@dataclass(frozen=True)
class Side:
    """One who needs or offers, and the organisations it acts through."""

    id: str
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """How far the pairs are from each other over one graph.

    ``value`` is None where ``reason`` says why; ``interval`` leaves out, at its low end, the
    unreached pairs of which one side has nothing recorded.
    """

    pairs: int
    reached: int
    blind: int
    seekers_recorded: int
    providers_recorded: int
    distances: dict[tuple[str, str], int | None]
    value: float | None
    interval: tuple[float, float] | None
    reason: Text | None

    def to_dict(self) -> dict[str, Any]:
        """The measure as plain values, without the single distances."""
        return {
            "pairs": self.pairs,
            "reached": self.reached,
            "unrecorded": self.blind,
            "seekers_recorded": self.seekers_recorded,
            "providers_recorded": self.providers_recorded,
            "value": self.value,
            "interval": self.interval,
            "reason": self.reason,
        }


class _Ground:
    """W and M of one snapshot, and who has anything recorded that could be a tie in them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.actors = {actor.id for actor in snapshot.actors()}
        self.graphs = {"work": work(snapshot), "met": met(snapshot)}
        self.sure = {
            "work": all(complete(snapshot, kind) for kind in WORK_KINDS),
            "met": bool(complete(snapshot, "PARTICIPATES_IN")),
        }

    @cached_property
    def recorded(self) -> dict[str, set[str]]:
        """Per graph the organisations with a statement that could make a tie in it."""
        found: dict[str, set[str]] = {"work": set(), "met": set()}
        for edge in self.snapshot.edges_of_kind(*WORK_KINDS):
            kind = self.snapshot.nodes[edge.target].kind
            if edge.kind != "PARTICIPATES_IN" or kind == "Project":
                found["work"] |= {edge.source, edge.target}
            elif kind == "Event":
                found["met"].add(edge.source)
        return {name: ids & self.actors for name, ids in found.items()}

    def side(self, identity: str) -> Side | None:
        """Whom a seeker or provider acts through; None for people and projects."""
        if identity in self.actors:
            return Side(identity, (identity,))
        if identity.startswith("city:"):
            return Side(identity, administrations(self.snapshot, identity))
        return None

    def sides(self, identities: Iterable[str]) -> tuple[Side, ...]:
        """The sides of those who can be one."""
        return tuple(side for side in map(self.side, identities) if side)

    def way(self, name: str, one: Side, other: Side) -> tuple[str, ...] | None:
        """The shortest way between two sides of at most ``FARTHEST`` ties, by ids."""
        graph = self.graphs[name]
        for a in one.actors:
            for b in other.actors:
                if graph.has_edge(a, b):
                    return (a, b)
        for a in one.actors:
            for b in other.actors:
                common = set(graph[a]) & set(graph[b])
                if common:
                    return (a, min(common), b)
        return None


def does_supply_reach_demand(snapshot: Snapshot) -> RuleResult:
    """Themes by the share of pairs that do not work together, those without a value last."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    needs = [need for need in needs_of(snapshot) if need.offers]
    if not needs:
        return _without_pairs(snapshot)
    ground = _Ground(snapshot)
    measured = [_measured_gap(ground, need) for need in needs]
    gaps = [gap for gap in measured if gap is not None and gap.value != 0]
    gaps.sort(key=lambda gap: (gap.value is None, -(gap.value or 0), gap.subjects))
    valued = sum(1 for gap in measured if gap is not None and gap.value is not None)
    number = counted(len(needs), ("тема", "теми"), ("theme", "themes"))
    reason = Text(
        f"Търсене и предлагане се срещат по {number.bg}; за {valued} може да се каже доколко се "
        "достигат в работата.",
        f"Needs and offers meet on {number.en}; for {valued} it can be said how far they reach "
        "each other in work.",
    )
    if not any(measured):
        return answer(
            snapshot, G14, status="undefined", coverage=coverage, reason=Text(
                "Няма нито една двойка от различни организации, която да се измери.",
                "There is no pair of different organisations to measure.",
            ),
        )  # fmt: skip
    return answer(
        snapshot, G14, status=status_of(gaps), coverage=coverage, reason=reason, findings=gaps,
        details={"themes": len(needs), "valued": valued},
    )  # fmt: skip


def _without_pairs(snapshot: Snapshot) -> RuleResult:
    if not needs_of(snapshot):
        return without_needs(snapshot, G14)
    return answer(
        snapshot, G14, status="undefined", coverage=coverage_note(snapshot, "OFFERS"),
        reason=Text(
            "Нито една търсена тема няма записано предлагане в обхвата (вж. G12), затова няма "
            "двойки.",
            "No theme that is needed has an offer recorded in the scope (see G12), so there are "
            "no pairs.",
        ),
    )  # fmt: skip


def _measured_gap(ground: _Ground, need: Need) -> Gap | None:
    seekers, providers = ground.sides(need.seekers), ground.sides(need.providers)
    pairs = [
        (d, p)
        for d in seekers
        for p in providers
        if d.id != p.id and not set(d.actors) & set(p.actors)
    ]
    if not pairs:
        return None
    worked, talked = (_measure(ground, name, pairs) for name in ("work", "met"))
    introductions = _introductions(ground, need, pairs, worked, talked)
    others = len(need.seekers) + len(need.providers) - len(seekers) - len(providers)
    return Gap(
        rule="G14",
        subjects=(need.theme,),
        status="not recorded" if worked.value is None else "not reached",
        headline=_headline(ground.snapshot, need, worked, talked),
        closing=_closing(ground.snapshot, need, introductions),
        n=len(pairs),
        value=worked.value,
        unit=Text("дял на двойките без обща работа", "share of pairs that do not work together"),
        expected=0.0,
        interval=worked.interval,
        reason=worked.reason,
        statements=_statements(ground, need, pairs),
        details={
            "seekers": list(need.seekers),
            "providers": list(need.providers),
            "not_organisations": others,
            "work": worked.to_dict(),
            "met": talked.to_dict(),
            "pairs": [
                {"seeker": d.id, "provider": p.id, "met": talked.distances[d.id, p.id],
                 "work": worked.distances[d.id, p.id]}
                for d, p in pairs
            ],
            "introductions": introductions,
            "words": words_about(ground.snapshot, need),
        },
    )  # fmt: skip


def _measure(ground: _Ground, name: str, pairs: list[tuple[Side, Side]]) -> Measured:
    recorded = ground.recorded[name]
    distances: dict[tuple[str, str], int | None] = {}
    blind = 0
    for d, p in pairs:
        way = ground.way(name, d, p)
        distances[d.id, p.id] = len(way) - 1 if way else None
        blind += not way and not (recorded & set(d.actors) and recorded & set(p.actors))
    reached = sum(1 for distance in distances.values() if distance)
    seekers = {d.id for d, _ in pairs if recorded & set(d.actors)}
    providers = {p.id for _, p in pairs if recorded & set(p.actors)}
    value = interval = reason = None
    if ground.sure[name]:
        blind = 0
    if ground.sure[name] or (seekers and providers):
        value = 1 - reached / len(pairs)
        interval = (1 - (reached + blind) / len(pairs), value)
    else:
        reason = _no_record(ground, name, pairs, bool(seekers), bool(providers))
    return Measured(
        len(pairs), reached, blind, len(seekers), len(providers), distances, value, interval,
        reason,
    )  # fmt: skip


def _no_record(
    ground: _Ground, name: str, pairs: list[tuple[Side, Side]], seekers: bool, providers: bool
) -> Text:
    empty = sorted(
        {d.id for d, _ in pairs if not d.actors} | {p.id for _, p in pairs if not p.actors}
    )
    if empty and not (seekers and providers):
        names = listed(ground.snapshot, empty)
        return Text(
            f"Не е записано коя организация е администрацията на: {names.bg}.",
            f"It is not recorded which organisation is the administration of {names.en}.",
        )
    what = Text("работна връзка", "work tie")
    if name == "met":
        what = Text("участие в събитие", "part in an event")
    if not seekers and not providers:
        side = Text("нито една от двете страни", "neither side")
        return Text(
            f"За {side.bg} не е записана {what.bg}." if name == "work"
            else f"За {side.bg} не е записано {what.bg}.",
            f"No {what.en} is recorded for either side.",
        )  # fmt: skip
    side = Text("онези, които предлагат", "those who offer it")
    if providers:
        side = Text("онези, които търсят", "those who need it")
    verb = "записана нито една" if name == "work" else "записано нито едно"
    return Text(f"За {side.bg}, не е {verb} {what.bg}.", f"No {what.en} is recorded for {side.en}.")


def _headline(snapshot: Snapshot, need: Need, worked: Measured, talked: Measured) -> Text:
    theme = shown(snapshot, need.theme)
    seek = counted(len(need.seekers), ("търсещ", "търсещи"), ("seeker", "seekers"))
    offer = counted(len(need.providers), ("доставчик", "доставчици"), ("provider", "providers"))
    met_, work_ = _share(talked), _share(worked)
    return Text(
        f"„{theme.bg}“: {seek.bg}, {offer.bg}; на срещи се достигат {met_.bg}, в работата – "
        f"{work_.bg}.",
        f"“{theme.en}”: {seek.en}, {offer.en}; within reach at meetings {met_.en}, in work "
        f"{work_.en}.",
    )


def _share(measured: Measured) -> Text:
    if measured.value is None:
        return Text("– не е записано", "– not recorded")
    return Text(
        f"{measured.reached} от {measured.pairs} двойки",
        f"{measured.reached} of {measured.pairs} pairs",
    )


def _introductions(
    ground: _Ground,
    need: Need,
    pairs: list[tuple[Side, Side]],
    worked: Measured,
    talked: Measured,
) -> list[dict[str, Any]]:
    """Up to three unreached pairs, those who have met first, each provider once."""
    order = {offer.tie.source: place for place, offer in reversed(list(enumerate(need.offers)))}
    far = FARTHEST + 1
    open_pairs = [(d, p) for d, p in pairs if worked.distances[d.id, p.id] is None and d.actors]
    open_pairs.sort(
        key=lambda pair: (
            talked.distances[pair[0].id, pair[1].id] or far, order[pair[1].id], pair[1].id,
            pair[0].id,
        )
    )  # fmt: skip
    found: list[dict[str, Any]] = []
    for d, p in open_pairs:
        if len(found) == MOST_INTRODUCTIONS or any(one["provider"] == p.id for one in found):
            continue
        way = ground.way("met", d, p)
        found.append({
            "seeker": way[0] if way else d.actors[0],
            "provider": p.id,
            "events": _shared_events(ground, way[0], way[1]) if way and len(way) == 2 else [],
            "through": way[1] if way and len(way) == 3 else None,
        })  # fmt: skip
    return found


def _shared_events(ground: _Ground, one: str, other: str) -> list[str]:
    def events(actor: str) -> set[str]:
        ties = ground.snapshot.edges_of(actor)
        return {
            tie.target
            for tie in ties
            if tie.kind == "PARTICIPATES_IN" and tie.target.startswith("event:")
        }

    return sorted(events(one) & events(other))


def _closing(snapshot: Snapshot, need: Need, introductions: list[dict[str, Any]]) -> Text:
    theme = shown(snapshot, need.theme)
    if not introductions:
        return Text(
            f"Запишете с източник кой с кого работи по „{theme.bg}“.",
            f"Record with a source who works with whom on “{theme.en}”.",
        )
    bg, en = [], []
    for one in introductions:
        seeker, provider = shown(snapshot, one["seeker"]), shown(snapshot, one["provider"])
        how = Text("", "")
        if one["events"]:
            event = shown(snapshot, one["events"][0])
            how = Text(f" (срещали са се на „{event.bg}“)", f" (they met at {event.en})")
        elif one["through"]:
            contact = shown(snapshot, one["through"])
            how = Text(f" (през {contact.bg})", f" (through {contact.en})")
        bg.append(f"{seeker.bg} – {provider.bg}{how.bg}")
        en.append(f"{seeker.en} – {provider.en}{how.en}")
    return Text(
        f"Съберете около конкретна задача по „{theme.bg}“: {'; '.join(bg)}.",
        f"Bring together over a concrete task on “{theme.en}”: {'; '.join(en)}.",
    )


def _statements(ground: _Ground, need: Need, pairs: list[tuple[Side, Side]]) -> tuple[str, ...]:
    ids = set(need.statements(ground.snapshot, need.offers))
    for d, p in pairs:
        for name, graph in ground.graphs.items():
            way = ground.way(name, d, p) or ()
            for one, other in pairwise(way):
                ids.update(graph.edges[one, other]["statements"])
    cities = {side.id for pair in pairs for side in pair if side.actors != (side.id,)}
    ids |= {
        tie.id
        for tie in ground.snapshot.edges_of_kind("LOCATED_IN")
        if tie.target in cities and tie.source in administrations(ground.snapshot, tie.target)
    }
    return tuple(sorted(ids))


def words_about(snapshot: Snapshot, need: Need) -> list[dict[str, Any]]:
    """What sources say in words about the need: claims that are no property of the model.

    They are Evidence rows on the theme or one that serves it, on those who need it, on the
    needs, offers and ties of themes, and on the programmes and projects of the view that address
    such a theme or belong to those who need it; by subject and id.
    """
    themes = {i for i, how in serves(snapshot, need.theme).items() if how in SERVING}
    on_theme = [t for t in snapshot.edges_of_kind("ADDRESSES") if t.target in themes]
    subjects = {need.theme, *themes, *need.seekers, *need.statements(snapshot, need.offers)}
    subjects |= {tie.id for tie in on_theme} | {tie.source for tie in on_theme}
    rows = []
    for subject in sorted(subjects):
        record = snapshot.dataset.records.get(subject)
        for row in snapshot.dataset.evidence_of(subject):
            if record and row.property and row.value and row.property not in columns(type(record)):
                rows.append(
                    {"evidence": row.id, "subject": subject, "property": row.property,
                     "value": row.value, "stance": row.stance,
                     "citation": cite(snapshot.dataset, row.source, row.locator)}
                )  # fmt: skip
    return rows
