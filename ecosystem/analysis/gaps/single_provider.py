"""What is needed and offered by one alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.analysis.gaps.demand import (
    CLOSED_WORLD,
    Need,
    NeedDetails,
    candidates,
    needs_of,
    needs_table,
    offered,
    those_to_ask,
    where_to_look,
    whom_to_ask,
    without_needs,
)
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.laws import (
    brief,
    complete,
    coverage_note,
    listed,
    quoted,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    judged,
    status_of,
)
from ecosystem.analysis.gaps.tables import (
    Table,
)
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

G13 = Rule(
    id="G13",
    title=Text("Само един доставчик", "Only one provider"),
    group="hanging",
    question=Text(
        "За коя нужда е записан само един доставчик?",
        "For which need is a single provider recorded?",
    ),
    formula="{k: somebody in scope NEEDS k, and exactly one actor in scope OFFERS k, a theme "
    "narrower than k, or a theme that ENABLES k}; "
    "needs and offers known to have ended do not count",
    explanation=Text(
        "Нужди, които се крепят на един-единствен доставчик в обхвата. Само за теми, които някой "
        "търси.",
        "Needs that rest on one provider in the scope alone. Only themes that somebody needs.",
    ),
    expected=Text("поне двама доставчици", "at least two providers"),
    maturity=OWN_RULE,
    remedy=Text(
        "Потърсете втори доставчик, преди нуждата да зависи от първия.",
        "Find a second provider before the need depends on the first.",
    ),
    literature=(CLOSED_WORLD,),
    judges=("OFFERS",),
    reads=("NEEDS",),
)


@dataclass(frozen=True, kw_only=True)
class SingleProviderDetails(NeedDetails):
    """Of a theme with one provider: who needs it, and who else could serve it."""


@dataclass(frozen=True, kw_only=True)
class ServedSummary(Details):
    """How many themes are needed, and how many of them have a provider."""

    themes: int
    served: int


def needed_and_offered_by_one(snapshot: Snapshot) -> RuleResult:
    """Themes with a need that a single actor of the scope serves, by id."""
    needs = needs_of(snapshot)
    if not needs:
        return without_needs(snapshot, G13)
    findings, aside = judged(
        snapshot, G13, (_by_one(snapshot, need) for need in needs if len(need.providers) == 1)
    )
    served = sum(1 for need in needs if need.providers)
    reason = Text(
        f"Търсени теми: {len(needs)}; със записан доставчик: {served}; само с един: "
        f"{len(findings)}.",
        f"Themes that are needed: {len(needs)}; with a recorded provider: {served}; with only "
        f"one: {len(findings)}.",
    )
    return answer(
        snapshot,
        G13,
        status=status_of(findings),
        coverage=coverage_note(snapshot, "OFFERS"),
        reason=reason,
        findings=findings,
        aside=aside,
        details=ServedSummary(themes=len(needs), served=served),
    )


def _by_one(snapshot: Snapshot, need: Need) -> Gap:
    covered = bool(complete(snapshot, "OFFERS"))
    theme, seekers = shown(snapshot, need.theme), listed(snapshot, need.seekers)
    provider = shown(snapshot, need.providers[0])
    only = Text("единственият записан доставчик е", "the only provider recorded is")
    if covered:
        only = Text("единственият доставчик е", "the only provider is")
    reason = Text(
        "Втори доставчик не е записан, а никой източник не обхваща предлагането изцяло.",
        "No second provider is recorded, and no source covers offers completely.",
    )
    return Gap(
        rule="G13",
        subjects=(need.theme,),
        status="single provider" if covered else "not recorded",
        sentence=_only_one(snapshot, need, covered=covered),
        step=whom_to_ask(snapshot, need),
        asks=those_to_ask(snapshot, need),
        headline=sentences(
            Text(
                f"„{theme.bg}“: търси се ({seekers.bg}); {only.bg} {provider.bg}",
                f"“{theme.en}” is needed ({seekers.en}); {only.en} {provider.en}",
            )
        ),
        closing=where_to_look(snapshot, need),
        n=len(need.needs),
        value=1.0,
        unit=Text("записани доставчици", "recorded providers"),
        expected=2.0,
        reason=None if covered else reason,
        statements=need.statements(snapshot, need.offers),
        details=SingleProviderDetails(
            seekers=need.seekers,
            offers=offered(need.offers),
            broader=offered(need.broader),
            outside=offered(need.outside),
            candidates=candidates(snapshot, need),
        ),
    )


def _only_one(snapshot: Snapshot, need: Need, *, covered: bool) -> Text:
    theme, provider = brief(snapshot, need.theme), brief(snapshot, need.providers[0])
    if not need.itself:
        support = quoted(snapshot, need.support)
        return Text(
            f"„{theme.bg}“ се търси; самото то не се предлага тук, а с {support.bg} му помага "
            f"само {provider.bg}.",
            f"“{theme.en}” is needed; itself it is not on offer here, and only {provider.en} "
            f"supports it with {support.en}.",
        )
    if covered:
        return Text(
            f"Само {provider.bg} предлага „{theme.bg}“.", f"Only {provider.en} offers “{theme.en}”."
        )
    return Text(
        f"За „{theme.bg}“ е записан само един доставчик: {provider.bg}.",
        f"For “{theme.en}” only one provider is recorded: {provider.en}.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Each theme with who needs it and who could serve it."""
    yield needs_table(result)
