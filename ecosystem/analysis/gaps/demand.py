"""What is needed and offered by nobody, or by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.gaps.laws import (
    complete,
    coverage_note,
    listed,
    not_ended,
    sentences,
    shown,
)
from ecosystem.analysis.gaps.results import (
    OWN_RULE,
    Gap,
    Rule,
    RuleResult,
    answer,
    status_of,
)
from ecosystem.analysis.themes import SERVING, Relation, serves, serving_statements
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

_CLOSED_WORLD = (
    "Reiter, R. (1978). On closed world data bases. In: Gallaire, H., Minker, J. (eds.), Logic "
    "and Data Bases, 55-76."
)

G12 = Rule(
    id="G12",
    title=Text("Търси се, но никой не го предлага", "Needed and offered by nobody"),
    question=Text(
        "Какво е нужно в обхвата, а никой в него не предлага?",
        "What is needed in the scope and offered by nobody in it?",
    ),
    formula="{k: somebody in scope NEEDS k, and nobody in scope OFFERS k, a theme narrower than "
    "k, or a theme that ENABLES k}; an offer of a broader theme alone is possible",
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
    literature=(_CLOSED_WORLD,),
)

G13 = Rule(
    id="G13",
    title=Text("Търси се и го предлага само един", "Needed and offered by one"),
    question=Text(
        "За коя нужда е записан само един доставчик?",
        "For which need is a single provider recorded?",
    ),
    formula="{k: somebody in scope NEEDS k, and exactly one actor in scope OFFERS k, a theme "
    "narrower than k, or a theme that ENABLES k}",
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
    literature=(_CLOSED_WORLD,),
)


@dataclass(frozen=True)
class Offer:
    """An offer that serves a need, and how."""

    tie: Edge
    relation: Relation


@dataclass(frozen=True)
class Need:
    """A theme that is needed in the scope, with who needs it and who could serve it.

    ``offers`` serve it directly; ``broader`` only perhaps; ``outside`` are direct offers of
    actors that do not belong to the scope. What has ended is in none of them.
    """

    theme: str
    needs: tuple[Edge, ...]
    offers: tuple[Offer, ...]
    broader: tuple[Offer, ...]
    outside: tuple[Offer, ...]

    @property
    def seekers(self) -> tuple[str, ...]:
        """Who needs it, in the order of ids."""
        return tuple(sorted({tie.source for tie in self.needs}))

    @property
    def providers(self) -> tuple[str, ...]:
        """Who in the scope serves it, in the order of ids."""
        return tuple(sorted({offer.tie.source for offer in self.offers}))

    def statements(self, snapshot: Snapshot, offers: Iterable[Offer]) -> tuple[str, ...]:
        """The needs, ``offers`` and the ties between themes that join them, sorted."""
        ids = {tie.id for tie in self.needs}
        for offer in offers:
            ids |= {offer.tie.id, *serving_statements(snapshot, self.theme, offer.tie.target)}
        return tuple(sorted(ids))


def needs_of(snapshot: Snapshot) -> tuple[Need, ...]:
    """Every theme that a member of the scope needs, in the order of ids."""
    wanted: dict[str, list[Edge]] = {}
    for tie in not_ended(snapshot, "NEEDS"):
        if tie.source in snapshot.members:
            wanted.setdefault(tie.target, []).append(tie)
    inside: dict[str, list[Edge]] = {}
    for tie in not_ended(snapshot, "OFFERS"):
        if tie.source in snapshot.members:
            inside.setdefault(tie.target, []).append(tie)
    outside: dict[str, list[Edge]] = {}
    for record in snapshot.dataset.of_kind("OFFERS") if wanted else ():
        if isinstance(record, Edge) and _offered_outside(snapshot, record):
            outside.setdefault(record.target, []).append(record)
    return tuple(_need(snapshot, theme, wanted[theme], inside, outside) for theme in sorted(wanted))


def _offered_outside(snapshot: Snapshot, tie: Edge) -> bool:
    begun = tie.period.started_by(snapshot.as_of) and not tie.period.ended_by(snapshot.as_of)
    person = tie.source.startswith("person:") and not snapshot.people
    return begun and not person and tie.source not in snapshot.members


def _need(
    snapshot: Snapshot,
    theme: str,
    needs: list[Edge],
    inside: dict[str, list[Edge]],
    outside: dict[str, list[Edge]],
) -> Need:
    relations = serves(snapshot, theme)

    def among(offers: dict[str, list[Edge]], wanted: Iterable[Relation]) -> tuple[Offer, ...]:
        kinds = tuple(wanted)
        found = [
            Offer(tie, relation)
            for other, relation in relations.items()
            if relation in kinds
            for tie in offers.get(other, ())
        ]
        return tuple(sorted(found, key=lambda o: (kinds.index(o.relation), o.tie.id)))

    return Need(
        theme,
        tuple(needs),
        among(inside, SERVING),
        among(inside, ("broader",)),
        among(outside, SERVING),
    )


def needed_and_offered_by_nobody(snapshot: Snapshot) -> RuleResult:
    """Themes with a need and no offer: those without even a broader offer first, then by id."""
    needs = needs_of(snapshot)
    if not needs:
        return without_needs(snapshot, G12)
    open_needs = [need for need in needs if not need.offers]
    open_needs.sort(key=lambda need: (bool(need.broader), -len(need.seekers), need.theme))
    findings = [_unserved(snapshot, need) for need in open_needs]
    reason = Text(
        f"Търсени теми: {len(needs)}; без пряко предлагане: {len(open_needs)}.",
        f"Themes that are needed: {len(needs)}; without a direct offer: {len(open_needs)}.",
    )
    return answer(
        snapshot,
        G12,
        status=status_of(findings),
        coverage=coverage_note(snapshot, "OFFERS"),
        reason=reason,
        findings=findings,
        details={"themes": len(needs)},
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
        headline=Text(
            f"„{theme.bg}“: търси се ({seekers.bg}), {said.bg}.",
            f"“{theme.en}” is needed ({seekers.en}); {said.en}.",
        ),
        closing=_where_to_look(snapshot, need),
        n=len(need.needs),
        value=0.0 if status == "absent" else None,
        unit=Text("доставчици в обхвата", "providers in the scope"),
        expected=1.0,
        reason=None if status == "absent" else not_told,
        statements=need.statements(snapshot, need.broader),
        details=_who(snapshot, need),
    )


def needed_and_offered_by_one(snapshot: Snapshot) -> RuleResult:
    """Themes with a need that a single actor of the scope serves, by id."""
    needs = needs_of(snapshot)
    if not needs:
        return without_needs(snapshot, G13)
    findings = [_by_one(snapshot, need) for need in needs if len(need.providers) == 1]
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
        details={"themes": len(needs), "served": served},
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
        headline=sentences(
            Text(
                f"„{theme.bg}“: търси се ({seekers.bg}); {only.bg} {provider.bg}",
                f"“{theme.en}” is needed ({seekers.en}); {only.en} {provider.en}",
            )
        ),
        closing=_where_to_look(snapshot, need),
        n=len(need.needs),
        value=1.0,
        unit=Text("записани доставчици", "recorded providers"),
        expected=2.0,
        reason=None if covered else reason,
        statements=need.statements(snapshot, need.offers),
        details=_who(snapshot, need),
    )


def without_needs(snapshot: Snapshot, rule: Rule) -> RuleResult:
    """The answer of a rule about needs where none is recorded."""
    covered = bool(complete(snapshot, "NEEDS"))
    reason = Text("В обхвата не е записана нито една нужда.", "No need is recorded in the scope.")
    return answer(
        snapshot,
        rule,
        status="none found" if covered else "not recorded",
        reason=reason,
        coverage=coverage_note(snapshot, "NEEDS", "OFFERS"),
    )


def candidates(snapshot: Snapshot, need: Need) -> tuple[str, ...]:
    """Organisations of the scope that work on the theme in a project and do not offer it.

    A project counts where it addresses a theme whose offer would serve the need; in the order of
    ids, without those who need the theme themselves.
    """
    serving = {i for i, relation in serves(snapshot, need.theme).items() if relation in SERVING}
    projects = {tie.source for tie in snapshot.edges_of_kind("ADDRESSES") if tie.target in serving}
    actors = {actor.id for actor in snapshot.actors()}
    found = {
        tie.source
        for tie in snapshot.edges_of_kind("PARTICIPATES_IN")
        if tie.target in projects and tie.source in actors
    }
    return tuple(sorted(found - set(need.providers) - set(need.seekers)))


def _where_to_look(snapshot: Snapshot, need: Need) -> Text:
    near = listed(snapshot, candidates(snapshot, need))
    outside = listed(snapshot, sorted({offer.tie.source for offer in need.outside}))
    parts = []
    if near.en:
        parts.append(
            Text(
                f"Попитайте участници в проекти по темата дали я предлагат: {near.bg}",
                f"Ask those in projects on the theme whether they offer it: {near.en}",
            )
        )
    if outside.en:
        parts.append(
            Text(
                f"Извън обхвата я предлагат: {outside.bg}",
                f"Outside the scope it is offered by {outside.en}",
            )
        )
    announce = Text(
        "Намерете източник, който казва кой предлага това, или обявете търсенето",
        "Find a source that says who offers this, or announce the need",
    )
    return sentences(*(parts or [announce]))


def _who(snapshot: Snapshot, need: Need) -> dict[str, Any]:
    def rows(offers: tuple[Offer, ...]) -> list[dict[str, str]]:
        return [
            {
                "actor": o.tie.source,
                "theme": o.tie.target,
                "relation": o.relation,
                "statement": o.tie.id,
            }
            for o in offers
        ]

    return {
        "seekers": list(need.seekers),
        "offers": rows(need.offers),
        "broader": rows(need.broader),
        "outside": rows(need.outside),
        "candidates": list(candidates(snapshot, need)),
    }
