"""Does supply reach demand: in the room, and in the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import ClassVar, Literal

from ecosystem.analysis.claims import Claim
from ecosystem.analysis.gaps.demand import Need, needs_of, without_needs, words_about
from ecosystem.analysis.gaps.details import Details, Look, Reach
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    administrations,
    brief,
    coverage_note,
    offer_joint_work,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.meeting import shared_events
from ecosystem.analysis.gaps.pairs import FARTHEST, Ground, Measured, Side, measure
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.gaps.supply import (
    PairDistance,
    how_they_stand,
    needed_and_offered,
    on_how_many,
    why_these,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_INTRODUCTIONS = 3

G14 = Rule(
    id="G14",
    title=Text("Разминати търсене и предлагане", "Supply misses demand"),
    group="unmet",
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
    judges=(*WORK_KINDS, "OFFERS"),
    occurrences=True,
    whole=True,
    reads=("NEEDS",),
)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two to bring together: the events where they met, newest first, or through whom."""

    seeker: str
    provider: str
    events: tuple[str, ...]
    through: str | None


@dataclass(frozen=True, kw_only=True)
class ReachDetails(Details):
    """Of a theme: who needs and who offers it, how far they are from each other, whom to join.

    Attributes
    ----------
    supporters
        Those of the providers who offer only what ENABLES it.
    not_organisations
        How many of both sides are people or projects, which have no distance.
    words
        What sources say about the need in their own words.
    """

    look: ClassVar[Look | None] = "band"

    seekers: tuple[str, ...]
    providers: tuple[str, ...]
    supporters: tuple[str, ...]
    not_organisations: int
    work: Reach
    met: Reach
    pairs: tuple[PairDistance, ...]
    introductions: tuple[Meeting, ...]
    words: tuple[Claim, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Those who have met, and where."""
        found: list[str] = []
        for meeting in self.introductions:
            found += [meeting.seeker, meeting.provider, *meeting.events]
        return tuple(dict.fromkeys(found))

    @property
    def supporting(self) -> tuple[str, ...]:
        """Those who offer only what ENABLES it."""
        return self.supporters

    @property
    def band(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who needs it, and who offers it."""
        return self.seekers, self.providers

    @property
    def reach(self) -> tuple[tuple[Literal["met", "work"], Reach], ...]:
        """At meetings, then in work."""
        return ("met", self.met), ("work", self.work)

    @property
    def quoted(self) -> tuple[Claim, ...]:
        """The words of the sources."""
        return self.words


@dataclass(frozen=True, kw_only=True)
class ReachSummary(Details):
    """On how many themes need and offer meet, and for how many reach in work can be told."""

    themes: int
    valued: int


def does_supply_reach_demand(snapshot: Snapshot) -> RuleResult:
    """Themes by the share of pairs that do not work together, those without a value last."""
    coverage = coverage_note(snapshot, *WORK_KINDS)
    needs = [need for need in needs_of(snapshot) if need.offers]
    if not needs:
        return _without_pairs(snapshot)
    ground = Ground(snapshot)
    measured = [gap for need in needs if (gap := _measured_gap(ground, need))]
    gaps = [gap for gap in measured if gap.value != 0]
    gaps.sort(key=lambda gap: (gap.value is None, -(gap.value or 0), gap.subjects))
    valued = sum(1 for gap in measured if gap.value is not None)
    reason = on_how_many(needs, valued)
    if not measured:
        nothing = Text(
            "Няма нито една двойка от различни организации, която да се измери.",
            "There is no pair of different organisations to measure.",
        )
        return answer(snapshot, G14, status="undefined", coverage=coverage, reason=nothing)
    return answer(
        snapshot,
        G14,
        status=status_of(gaps),
        coverage=coverage,
        reason=reason,
        findings=gaps,
        details=ReachSummary(themes=len(needs), valued=valued),
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
        (seeker, provider)
        for seeker in seekers
        for provider in providers
        if seeker.id != provider.id and not set(seeker.actors) & set(provider.actors)
    ]
    if not pairs:
        return None
    worked, talked = (measure(ground, name, pairs) for name in ("work", "met"))
    introductions = _introductions(ground, need, pairs, worked, talked)
    others = len(need.seekers) + len(need.providers) - len(seekers) - len(providers)
    rows = _distances(pairs, worked, talked)
    in_work, ties = worked.reach, _ties(ground, introductions)
    then = measure(ground.imagining(ties), "work", pairs).reach
    return Gap(
        rule="G14",
        subjects=(need.theme,),
        status="not recorded" if in_work.value is None else "not reached",
        sentence=how_they_stand(ground.snapshot, need, rows, recorded=in_work.value is not None),
        step=_join(ground.snapshot, need, introductions),
        headline=_headline(ground.snapshot, need, in_work, talked.reach),
        closing=_closing(ground.snapshot, need, introductions, in_work, then),
        n=len(pairs),
        value=in_work.value,
        unit=Text("дял на двойките без обща работа", "share of pairs that do not work together"),
        expected=0.0,
        interval=in_work.interval,
        reason=in_work.reason,
        statements=_statements(ground, need, pairs),
        details=ReachDetails(
            seekers=need.seekers,
            providers=need.providers,
            supporters=need.supporters,
            not_organisations=others,
            work=in_work,
            met=talked.reach,
            pairs=rows,
            introductions=introductions,
            words=words_about(ground.snapshot, need),
        ),
        ties=ties,
        closes=bool(ties) and then.value == 0,
    )


def _distances(
    pairs: Iterable[tuple[Side, Side]], worked: Measured, talked: Measured
) -> tuple[PairDistance, ...]:
    return tuple(
        PairDistance(
            seeker=seeker.id,
            provider=provider.id,
            met=talked.distances[seeker.id, provider.id],
            work=worked.distances[seeker.id, provider.id],
        )
        for seeker, provider in pairs
    )


def _ties(ground: Ground, introductions: Iterable[Meeting]) -> tuple[tuple[str, str], ...]:
    """The organisations of each introduction; a city acts through its first office."""
    sides = ((one.seeker, ground.side(one.provider)) for one in introductions)
    return tuple((seeker, side.actors[0]) for seeker, side in sides if side and side.actors)


def _join(snapshot: Snapshot, need: Need, introductions: Sequence[Meeting]) -> Text:
    if introductions:
        first = introductions[0]
        why = why_these(snapshot, need, first.provider)
        return offer_joint_work(snapshot, (first.seeker, first.provider), why, need.theme)
    theme = brief(snapshot, need.theme)
    return Text(
        f"Запишете кой с кого работи по „{theme.bg}“.",
        f"Record who works with whom on “{theme.en}”.",
    )


def _headline(snapshot: Snapshot, need: Need, in_work: Reach, at_meetings: Reach) -> Text:
    theme, many = shown(snapshot, need.theme), needed_and_offered(need)
    talk, job = _share(at_meetings), _share(in_work)
    return Text(
        f"„{theme.bg}“ ({many.bg}): на срещи се достигат {talk.bg}, в работата – {job.bg}.",
        f"“{theme.en}” ({many.en}): within reach at meetings {talk.en}, in work {job.en}.",
    )


def _share(reach: Reach) -> Text:
    if reach.value is None:
        return Text("неизвестно колко двойки", "an unknown number of pairs")
    note = Text("", "")
    if reach.unrecorded:
        note = Text(
            f" (при {reach.unrecorded} едната страна е без записи)",
            f" ({reach.unrecorded} with nothing on record for one side)",
        )
    return Text(
        f"{reach.reached} от {reach.pairs} двойки{note.bg}",
        f"{reach.reached} of {reach.pairs} pairs{note.en}",
    )


def _introductions(
    ground: Ground,
    need: Need,
    pairs: list[tuple[Side, Side]],
    worked: Measured,
    talked: Measured,
) -> tuple[Meeting, ...]:
    """Up to three unreached pairs, each provider once.

    Those who offer the theme itself come before those who support it, then those who have met.
    """
    order = {offer.tie.source: place for place, offer in reversed(list(enumerate(need.offers)))}
    far = FARTHEST + 1
    open_pairs = [
        (seeker, provider)
        for seeker, provider in pairs
        if worked.distances[seeker.id, provider.id] is None and seeker.actors
    ]
    open_pairs.sort(
        key=lambda pair: (
            pair[1].id not in need.itself,
            talked.distances[pair[0].id, pair[1].id] or far,
            order[pair[1].id],
            pair[1].id,
            pair[0].id,
        )
    )
    chosen: dict[str, Meeting] = {}
    for seeker, provider in open_pairs:
        if len(chosen) < MOST_INTRODUCTIONS and provider.id not in chosen:
            chosen[provider.id] = _meeting(ground, seeker, provider)
    return tuple(chosen.values())


def _meeting(ground: Ground, seeker: Side, provider: Side) -> Meeting:
    way = next(iter(ground.ways("met", seeker, provider)), ())
    direct = len(way) == 2
    return Meeting(
        seeker=way[0] if way else seeker.actors[0],
        provider=provider.id,
        events=tuple(shared_events(ground.snapshot, way[0], way[1])) if direct else (),
        through=way[1] if len(way) == 3 else None,
    )


def _closing(
    snapshot: Snapshot, need: Need, introductions: Iterable[Meeting], now: Reach, then: Reach
) -> Text:
    theme = shown(snapshot, need.theme)
    bg, en = [], []
    for meeting in introductions:
        seeker, provider = shown(snapshot, meeting.seeker), shown(snapshot, meeting.provider)
        how = Text("", "")
        if meeting.events:
            event = shown(snapshot, meeting.events[0])
            how = Text(f" (срещали са се на „{event.bg}“)", f" (they met at {event.en})")
        elif meeting.through:
            contact = shown(snapshot, meeting.through)
            how = Text(f" (през {contact.bg})", f" (through {contact.en})")
        bg.append(f"{seeker.bg} – {provider.bg}{how.bg}")
        en.append(f"{seeker.en} – {provider.en}{how.en}")
    if not bg:
        return Text(
            f"Запишете с източник кой с кого работи по „{theme.bg}“.",
            f"Record with a source who works with whom on “{theme.en}”.",
        )
    together = Text(
        f"Съберете около конкретна задача по „{theme.bg}“: {'; '.join(bg)}",
        f"Bring together over a concrete task on “{theme.en}”: {'; '.join(en)}",
    )
    if then.value == 0:
        return sentences(together)
    return sentences(
        together,
        Text(
            f"Така в работата се достигат {then.reached} от {then.pairs} двойки вместо "
            f"{now.reached}",
            f"That brings {then.reached} of {then.pairs} pairs within reach in work instead of "
            f"{now.reached}",
        ),
    )


def _statements(ground: Ground, need: Need, pairs: list[tuple[Side, Side]]) -> tuple[str, ...]:
    ids = set(need.statements(ground.snapshot, need.offers))
    for seeker, provider in pairs:
        for name, graph in ground.graphs.items():
            for one, other in chain.from_iterable(
                map(pairwise, ground.ways(name, seeker, provider))
            ):
                ids.update(graph.edges[one, other]["statements"])
    cities = {side.id for pair in pairs for side in pair if side.actors != (side.id,)}
    ids |= {
        tie.id
        for tie in ground.snapshot.edges_of_kind("LOCATED_IN")
        if tie.target in cities and tie.source in administrations(ground.snapshot, tie.target)
    }
    return tuple(sorted(ids))


def tables(result: RuleResult) -> Iterable[Table]:
    """Each theme with how many pairs reach each other."""
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
            details.work.pairs,
            details.met.share,
            details.work.share,
            details.work.unrecorded,
        )
        for gap, details in result.findings_with(ReachDetails)
    )
    yield Table(
        Text("Достига ли предлагането търсенето", "Does supply reach demand"), columns, rows
    )
