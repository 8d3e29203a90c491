"""What is needed and offered by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

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
from ecosystem.analysis.gaps.details import Details, Look
from ecosystem.analysis.gaps.laws import (
    brief,
    complete,
    coverage_note,
    listed,
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

G12 = Rule(
    id="G12",
    title=Text("Търсено, но непредлагано", "Needed, offered by nobody"),
    group="unmet",
    question=Text(
        "Какво е нужно в обхвата, а никой в него не предлага?",
        "What is needed in the scope and offered by nobody in it?",
    ),
    formula="{k: somebody in scope NEEDS k, and nobody in scope OFFERS k, a theme narrower than "
    "k, or a theme that ENABLES k}; an offer of a broader theme alone is possible; "
    "needs and offers known to have ended do not count",
    explanation=Text(
        "Темите, които някой в обхвата търси, без предлагане на самата тема, на по-тясна или на "
        "тема, която дава възможност за нея. По-широкото предлагане е само възможност. „Липсва“ "
        "се казва единствено когато източник обхваща предлагането изцяло.",
        "Themes that somebody in the scope needs, with no offer of the theme itself, of a narrower "
        "one, or of one that enables it. A broader offer is a possibility only. “Absent” is said "
        "only where a source covers offers completely.",
    ),
    expected=Text("поне едно предлагане за всяка нужда", "at least one offer for every need"),
    maturity=OWN_RULE,
    remedy=Text(
        "Попитайте местните участници, които работят по темата; ако никой не я предлага, "
        "потърсете град ментор или доставчик отвън.",
        "Ask the local actors who work on the theme; if none offers it, look for a mentor city or "
        "a provider from outside.",
    ),
    literature=(CLOSED_WORLD,),
    judges=("OFFERS",),
    reads=("NEEDS",),
)


@dataclass(frozen=True, kw_only=True)
class UnservedDetails(NeedDetails):
    """Of a theme without an offer: who needs it and who perhaps could serve it."""

    look: ClassVar[Look | None] = "ghost"


@dataclass(frozen=True, kw_only=True)
class ThemesSummary(Details):
    """How many themes are needed."""

    themes: int


def needed_and_offered_by_nobody(snapshot: Snapshot) -> RuleResult:
    """Themes with a need and no offer: those without even a broader offer first, then by id."""
    needs = needs_of(snapshot)
    if not needs:
        return without_needs(snapshot, G12)
    open_needs = [need for need in needs if not need.offers]
    open_needs.sort(key=lambda need: (bool(need.broader), -len(need.seekers), need.theme))
    findings, aside = judged(snapshot, G12, (_unserved(snapshot, need) for need in open_needs))
    reason = Text(
        f"Търсени теми: {len(needs)}; без пряко предлагане: {len(findings)}.",
        f"Themes that are needed: {len(needs)}; without a direct offer: {len(findings)}.",
    )
    return answer(
        snapshot,
        G12,
        status=status_of(findings),
        coverage=coverage_note(snapshot, "OFFERS"),
        reason=reason,
        findings=findings,
        aside=aside,
        details=ThemesSummary(themes=len(needs)),
    )


def _unserved(snapshot: Snapshot, need: Need) -> Gap:
    covered = bool(complete(snapshot, "OFFERS"))
    theme, seekers = shown(snapshot, need.theme), listed(snapshot, need.seekers)
    status = "possible" if need.broader else "absent" if covered else "not recorded"
    if need.broader:
        wider = shown(snapshot, need.broader[0].tie.target)
        who = listed(snapshot, sorted({offer.tie.source for offer in need.broader}))
        said = Text(
            f"записано е само по-широко предлагане: „{wider.bg}“ ({who.bg})",
            f"only a broader offer is recorded: “{wider.en}” ({who.en})",
        )
    elif covered:
        said = Text("никой в обхвата не го предлага", "nobody in the scope offers it")
    else:
        said = Text("в обхвата не е записано предлагане", "no offer in the scope is recorded")
    not_told = Text(
        "Никой източник не обхваща предлагането изцяло, затова не може да се каже, че липсва.",
        "No source covers offers completely, so it cannot be said that there is none.",
    )
    return Gap(
        rule="G12",
        subjects=(need.theme,),
        status=status,
        sentence=_nobody(snapshot, need, status),
        step=whom_to_ask(snapshot, need),
        asks=those_to_ask(snapshot, need),
        headline=Text(
            f"„{theme.bg}“: търси се ({seekers.bg}), {said.bg}.",
            f"“{theme.en}” is needed ({seekers.en}); {said.en}.",
        ),
        closing=where_to_look(snapshot, need),
        n=len(need.needs),
        value=0.0 if status == "absent" else None,
        unit=Text("доставчици в обхвата", "providers in the scope"),
        expected=1.0,
        reason=None if status == "absent" else not_told,
        statements=need.statements(snapshot, need.broader),
        details=UnservedDetails(
            seekers=need.seekers,
            offers=offered(need.offers),
            broader=offered(need.broader),
            outside=offered(need.outside),
            candidates=candidates(snapshot, need),
        ),
    )


def _nobody(snapshot: Snapshot, need: Need, status: str) -> Text:
    theme = brief(snapshot, need.theme)
    if status == "possible":
        wider = brief(snapshot, need.broader[0].tie.target)
        return Text(
            f"„{theme.bg}“ се търси, а се предлага само по-общото „{wider.bg}“.",
            f"“{theme.en}” is needed, and only the broader “{wider.en}” is offered.",
        )
    if status == "absent":
        return Text(
            f"„{theme.bg}“ се търси, но никой тук не го предлага.",
            f"“{theme.en}” is needed, and nobody here offers it.",
        )
    return Text(
        f"„{theme.bg}“ се търси, но тук не е записано кой го предлага.",
        f"“{theme.en}” is needed, and nobody is recorded here as offering it.",
    )


def tables(result: RuleResult) -> Iterable[Table]:
    """Each theme with who needs it and who could serve it."""
    yield needs_table(result)
