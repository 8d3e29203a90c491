"""Does supply reach demand: in the room, and in the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, pairwise
from typing import Any

from ecosystem.analysis.gaps.demand import Need, needs_of, without_needs
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    administrations,
    counted,
    coverage_note,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.pairs import FARTHEST, Ground, Measured, Side, measure
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.profile import Claim, claims
from ecosystem.analysis.themes import SERVING, serves
from ecosystem.model import columns
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

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


def does_supply_reach_demand(snapshot: Snapshot) -> RuleResult:
    """Themes by the share of pairs that do not work together, those without a value last."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    needs = [need for need in needs_of(snapshot) if need.offers]
    if not needs:
        return _without_pairs(snapshot)
    ground = Ground(snapshot)
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
            snapshot,
            G14,
            status="undefined",
            coverage=coverage,
            reason=Text(
                "Няма нито една двойка от различни организации, която да се измери.",
                "There is no pair of different organisations to measure.",
            ),
        )
    return answer(
        snapshot,
        G14,
        status=status_of(gaps),
        coverage=coverage,
        reason=reason,
        findings=gaps,
        details={"themes": len(needs), "valued": valued},
    )


def _without_pairs(snapshot: Snapshot) -> RuleResult:
    if not needs_of(snapshot):
        return without_needs(snapshot, G14)
    return answer(
        snapshot,
        G14,
        status="undefined",
        coverage=coverage_note(snapshot, "OFFERS"),
        reason=Text(
            "Нито една търсена тема няма записано предлагане в обхвата (вж. G12), затова няма "
            "двойки.",
            "No theme that is needed has an offer recorded in the scope (see G12), so there are "
            "no pairs.",
        ),
    )


def _measured_gap(ground: Ground, need: Need) -> Gap | None:
    seekers, providers = ground.sides(need.seekers), ground.sides(need.providers)
    pairs = [
        (d, p)
        for d in seekers
        for p in providers
        if d.id != p.id and not set(d.actors) & set(p.actors)
    ]
    if not pairs:
        return None
    worked, talked = (measure(ground, name, pairs) for name in ("work", "met"))
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
                {
                    "seeker": d.id,
                    "provider": p.id,
                    "met": talked.distances[d.id, p.id],
                    "work": worked.distances[d.id, p.id],
                }
                for d, p in pairs
            ],
            "introductions": introductions,
            "words": words_about(ground.snapshot, need),
        },
    )


def _headline(snapshot: Snapshot, need: Need, worked: Measured, talked: Measured) -> Text:
    theme = shown(snapshot, need.theme)
    sought, offered = len(need.seekers), len(need.providers)
    talk, job = _share(talked), _share(worked)
    return Text(
        f"„{theme.bg}“ (търси се от {sought}, предлага се от {offered}): на срещи се достигат "
        f"{talk.bg}, в работата – {job.bg}.",
        f"“{theme.en}” (needed by {sought}, offered by {offered}): within reach at meetings "
        f"{talk.en}, in work {job.en}.",
    )


def _share(measured: Measured) -> Text:
    if measured.value is None:
        return Text("неизвестно колко двойки", "an unknown number of pairs")
    note = Text("", "")
    if measured.blind:
        note = Text(
            f" (при {measured.blind} едната страна е без записи)",
            f" ({measured.blind} with nothing on record for one side)",
        )
    return Text(
        f"{measured.reached} от {measured.pairs} двойки{note.bg}",
        f"{measured.reached} of {measured.pairs} pairs{note.en}",
    )


def _introductions(
    ground: Ground,
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
            talked.distances[pair[0].id, pair[1].id] or far,
            order[pair[1].id],
            pair[1].id,
            pair[0].id,
        )
    )
    found: list[dict[str, Any]] = []
    for d, p in open_pairs:
        if len(found) == MOST_INTRODUCTIONS or any(one["provider"] == p.id for one in found):
            continue
        way = next(iter(ground.ways("met", d, p)), None)
        found.append(
            {
                "seeker": way[0] if way else d.actors[0],
                "provider": p.id,
                "events": _shared_events(ground, way[0], way[1]) if way and len(way) == 2 else [],
                "through": way[1] if way and len(way) == 3 else None,
            }
        )
    return found


def _shared_events(ground: Ground, one: str, other: str) -> list[str]:
    """The events of both, newest first."""

    def events(actor: str) -> set[str]:
        ties = ground.snapshot.edges_of(actor)
        return {
            tie.target
            for tie in ties
            if tie.kind == "PARTICIPATES_IN" and tie.target.startswith("event:")
        }

    def begun(event: str) -> tuple[str, str]:
        return ground.snapshot.nodes[event].period.valid_from, event

    return sorted(events(one) & events(other), key=begun, reverse=True)


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
    meeting = Text(
        f"Съберете около конкретна задача по „{theme.bg}“: {'; '.join(bg)}",
        f"Bring together over a concrete task on “{theme.en}”: {'; '.join(en)}",
    )
    return sentences(meeting)


def _statements(ground: Ground, need: Need, pairs: list[tuple[Side, Side]]) -> tuple[str, ...]:
    ids = set(need.statements(ground.snapshot, need.offers))
    for d, p in pairs:
        for name, graph in ground.graphs.items():
            for one, other in chain.from_iterable(map(pairwise, ground.ways(name, d, p))):
                ids.update(graph.edges[one, other]["statements"])
    cities = {side.id for pair in pairs for side in pair if side.actors != (side.id,)}
    ids |= {
        tie.id
        for tie in ground.snapshot.edges_of_kind("LOCATED_IN")
        if tie.target in cities and tie.source in administrations(ground.snapshot, tie.target)
    }
    return tuple(sorted(ids))


def words_about(snapshot: Snapshot, need: Need) -> tuple[Claim, ...]:
    """What sources say in words about the need: claims on what is no property of the model.

    They are Evidence rows on the theme or one that serves it, on those who need it, on the
    needs, offers and ties of themes, and on the programmes and projects of the view that address
    such a theme; by subject, property and value.
    """
    themes = {i for i, how in serves(snapshot, need.theme).items() if how in SERVING}
    on_theme = [t for t in snapshot.edges_of_kind("ADDRESSES") if t.target in themes]
    subjects = {*themes, *need.seekers, *need.statements(snapshot, need.offers)}
    subjects |= {tie.id for tie in on_theme} | {tie.source for tie in on_theme}
    records = snapshot.dataset.records
    return tuple(
        claim
        for subject in sorted(subjects & records.keys())
        for claim in claims(snapshot.dataset, subject)
        if claim.property and claim.value
        if claim.property not in columns(type(records[subject]))
    )


def tables(result: RuleResult) -> Iterable[Table]:
    columns = (
        column("Тема", "Theme", "nodes"),
        column("двойки", "pairs", "count"),
        column("достигат се на срещи", "in reach at meetings", "share", bar=True),
        column("достигат се в работата", "in reach in work", "share", bar=True),
        column("без записи за едната страна", "nothing on record for one side", "count"),
    )
    rows = tuple(
        (
            gap.subjects[:1],
            gap.details["work"]["pairs"],
            _reached(gap.details["met"]),
            _reached(gap.details["work"]),
            gap.details["work"]["unrecorded"],
        )
        for gap in result.findings
    )
    yield Table(
        Text("Достига ли предлагането търсенето", "Does supply reach demand"), columns, rows
    )


def _reached(side: Mapping[str, Any]) -> float | None:
    return side["reached"] / side["pairs"] if side["pairs"] else None
