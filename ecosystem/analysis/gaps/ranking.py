"""Does the ranking hold by which the map shows who comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem import figures
from ecosystem.analysis.gaps.chance import between
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    NO_ABSENCE_RULE,
    WORK_KINDS,
    brief,
    counted,
    percent,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.stability import (
    SURE,
    RankedPlace,
    Stability,
    own_statements,
    rank_stability,
    rank_told,
)
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_RANKS = 12

G25 = Rule(
    id="G25",
    title=Text("Несигурна подредба", "An unsure ranking"),
    group="sureness",
    question=Text(
        "Кои от първите места биха се сменили без малка част от източниците?",
        "Which of the first places would change without a small part of the sources?",
    ),
    formula="200 times without 15\u00a0% of the sources of the ties of W: P(mid-rank <= 5), and "
    "the 2.5\u00a0% and 97.5\u00a0% of the mid-ranks; a statement falls with its last source; by "
    "number of work ties; flagged where P is below .8 "
    "by more than so many draws leave open",
    explanation=Text(
        "Подредбата по брой работни връзки се прави отново без случайни 15\u00a0% от източниците. "
        "Падат цели източници, защото гостите на едно събитие са записани и биха отпаднали заедно. "
        "Кой принадлежи на обхвата, не се променя; твърденията без източник остават.",
        "The ranking by number of work ties is made again without a random 15\u00a0% of the "
        "sources. Whole sources fall, because the guests of one event are recorded, and would be "
        "lost, together. Who belongs to the scope does not change; statements without a source "
        "stay.",
    ),
    expected=Text("P поне 0,8 за всяко от първите места", "P of at least .8 for each first place"),
    maturity=OWN_RULE,
    remedy=Text(
        "Не стъпвайте на самото място; търсете втори източник за връзките на първите.",
        "Do not build on the place itself; look for a second source for the ties of the first.",
    ),
    literature=(
        "Smith, J. A., Moody, J. (2013). Structural effects of network sampling coverage I: Nodes "
        "missing at random. Social Networks 35(4), 652-668.",
        "Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.",
    ),
    judges=WORK_KINDS,
    whole=True,
)


@dataclass(frozen=True, kw_only=True)
class UnsurePlaceDetails(Details):
    """Of an unsure place: its rank, and between which ranks 95 % of the draws lie."""

    rank: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class PlacesSummary(Details):
    """Every place of the ranking, and how it holds."""

    places: tuple[RankedPlace, ...]


def does_the_ranking_hold(snapshot: Snapshot) -> RuleResult:
    """The first places by number of work ties that do not hold, by rank."""
    ranking = rank_stability(snapshot, "work", "degree")
    if ranking.reason is not None:
        return answer(
            snapshot, G25, status="too few to tell", coverage=NO_ABSENCE_RULE, reason=ranking.reason
        )
    first = [place for place in ranking.places if place.rank <= ranking.k]
    spans = [between(place.top, ranking.draws) for place in first]
    loose = [place for place, (_, high) in zip(first, spans, strict=True) if high < SURE]
    close = sum(low < SURE <= high for low, high in spans)
    border = Text("", "")
    if close:
        border = Text(
            f" Твърде близо до границата от 0,8, изводът се задържа: {close}.",
            f" Too close to .8 to tell, the conclusion held back: {close}.",
        )
    findings = [_loose(snapshot, ranking, place) for place in loose]
    reason = Text(
        f"Подредени: {ranking.ranked}; източници на връзките: {ranking.sources}. На първите "
        f"{ranking.k} места са {len(first)} организации; мястото на {len(loose)} от "
        f"тях не е сигурно.{border.bg}",
        f"Ranked: {ranking.ranked}; sources of the ties: {ranking.sources}. The first "
        f"{ranking.k} places are held by {len(first)} organisations, {len(loose)} of them "
        f"unsurely.{border.en}",
    )
    return answer(
        snapshot,
        G25,
        status="found" if findings else "too close to tell" if close else "none found",
        coverage=NO_ABSENCE_RULE,
        reason=reason,
        findings=findings,
        details=PlacesSummary(places=ranking.places),
    )


def _loose(snapshot: Snapshot, ranking: Stability, place: RankedPlace) -> Gap:
    name, kept, rank = shown(snapshot, place.id), percent(place.top), rank_told(place.rank)
    short, far = brief(snapshot, place.id), Text("", "")
    if place.high is not None:
        last = int(figures.rounded(place.high))
        far = Text(
            f"; може да падне до {figures.ordinal(last, 'bg')} място",
            f"; it may fall to rank {figures.rank(last, 'en')}",
        )
    return Gap(
        rule="G25",
        subjects=(place.id,),
        status="unsure place",
        sentence=Text(
            f"Не е сигурно дали {short.bg} е сред първите {ranking.k}.",
            f"It is not sure that {short.en} is among the first {ranking.k}.",
        ),
        step=Text(
            f"Намерете втори източник за връзките на {short.bg}.",
            f"Find a second source for the ties of {short.en}.",
        ),
        headline=Text(
            f"{name.bg}: място {rank.bg} от {ranking.ranked} по работни връзки; остава сред "
            f"първите {ranking.k} в {kept.bg} от пробите{far.bg}.",
            f"{name.en}: rank {rank.en} of {ranking.ranked} by work ties; it stays among the first "
            f"{ranking.k} in {kept.en} of the draws{far.en}.",
        ),
        closing=_second_source(snapshot, place.id),
        n=ranking.ranked,
        value=place.top,
        unit=Text("дял на пробите сред първите", "share of the draws among the first"),
        expected=SURE,
        statements=tuple(sorted(tie.id for tie in _carrying(snapshot, place.id))),
        details=UnsurePlaceDetails(rank=place.rank, low=place.low, high=place.high),
    )


def _carrying(snapshot: Snapshot, identity: str) -> list[Edge]:
    own = own_statements(snapshot, "work")
    return [tie for tie in snapshot.edges_of(identity) if tie.id in own]


def _second_source(snapshot: Snapshot, identity: str) -> Text:
    """Names the document on which most of its ties rest."""
    number = Counter(
        entry.partition("#")[0] for tie in _carrying(snapshot, identity) for entry in tie.sources
    )
    if not number:
        return Text("Намерете източник за връзките му.", "Find a source for its ties.")
    source = min(number, key=lambda document: (-number[document], document))
    name, many = shown(snapshot, source), number[source]
    ties = counted(many, ("връзка стъпва", "връзки стъпват"), ("tie rests", "ties rest"))
    return sentences(
        Text(
            f"Намерете втори източник: {ties.bg} на „{name.bg}“",
            f"Find a second source: {ties.en} on “{name.en}”",
        )
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """The first places, each with how it holds."""
    summary = result.details
    if not isinstance(summary, PlacesSummary):
        return
    columns = (
        column("място", "rank", "number"),
        column("Организация", "Organisation", "nodes"),
        column("сред първите пет", "in the top five", "share", bar=True),
        column("най-напред", "at best", "number"),
        column("най-назад", "at worst", "number"),
    )
    rows = tuple(
        (place.rank, (place.id,), place.top, place.low, place.high)
        for place in summary.places
        if place.rank <= MOST_RANKS
    )
    yield Table(
        Text(
            "Местата в 200 проби без част от източниците",
            "The places in 200 draws without some of the sources",
        ),
        columns,
        rows,
    )
