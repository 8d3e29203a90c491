"""Which introductions would help most: pairs with a common theme, by the ways they shorten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations, groupby

import networkx as nx

from ecosystem.analysis.gaps.chance import chance
from ecosystem.analysis.gaps.common_themes import in_common, themes_of
from ecosystem.analysis.gaps.details import Details
from ecosystem.analysis.gaps.efficiency import Ground
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    brief,
    counted,
    coverage_note,
    listed,
    met,
    of_one_institution,
    percent,
    sentences,
    shown,
    work,
)
from ecosystem.analysis.gaps.meeting import shared_events
from ecosystem.analysis.gaps.results import OWN_RULE, Gap, Rule, RuleResult, answer
from ecosystem.analysis.gaps.sectored import (
    Sectored,
    pair_counts,
    sectored,
    without_sectors,
)
from ecosystem.analysis.gaps.tables import Table, column
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_INSIDE = 8
MOST_ACROSS = 4
MOST_TIED = 40
MOST_EACH = 2
LARGEST_PART = 400


G10 = Rule(
    id="G10",
    title=Text("Полезни запознанства", "Introductions worth making"),
    group="separate",
    question=Text(
        "Кои две организации, ако заработят заедно, биха скъсили най-много пътища?",
        "Which two organisations, if they began to work together, would shorten most ways?",
    ),
    formula="for organisations u, v of known sector, not tied in W and not parts of one "
    "institution (PART_OF), with a theme in common or one that ENABLES the other's (themes of v: "
    "what v OFFERS or NEEDS and is not known to have ceased to, and what a project v takes part in "
    "ADDRESSES): gain = E(W + uv) - E(W), E global efficiency; pairs inside one component before "
    "merges of components; beside it O/E of the two sectors as in G03",
    explanation=Text(
        "За всяка двойка, която не работи заедно, но има обща тема, се пресмята с колко би "
        "нараснала ефективността на мрежата, ако започне. Първо са двойките в една свързана част: "
        "там има кой да ги запознае. Теми са предлаганите, търсените и тези на собствените "
        "проекти.",
        "For each pair that does not work together but has a theme in common, the growth of the "
        "network's efficiency if it began to. Pairs inside one connected part come first: there "
        "somebody can introduce them. Themes are those offered, those needed, and those of their "
        "own projects.",
    ),
    expected=Text("няма норма; подрежда възможностите", "no norm; it ranks the possibilities"),
    maturity=OWN_RULE,
    remedy=Text(
        "Помолете посочения общ познат да ги запознае, по посочената тема.",
        "Ask the named common contact to introduce them, on the named theme.",
    ),
    literature=(
        "Latora, V., Marchiori, M. (2001). Efficient behavior of small-world networks. Physical "
        "Review Letters 87, 198701.",
        "Burt, R. S. (1992). Structural Holes. Harvard University Press.",
    ),
    judges=(*WORK_KINDS, "OFFERS", "NEEDS", "ADDRESSES"),
    whole=True,
)


@dataclass(frozen=True)
class Introduction:
    """Two organisations, what they have in common, and what their tie would add to E."""

    one: str
    other: str
    gain: float
    inside: bool
    themes: tuple[str, ...]
    way: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """The two."""
        return self.one, self.other


@dataclass(frozen=True, kw_only=True)
class IntroductionDetails(Details):
    """Of an introduction: what joins the two, and who could bring them together.

    Attributes
    ----------
    way
        Ids on a shortest way between them; empty where none leads.
    ask
        Ids of those who know both.
    sectors
        Their sectors in words.
    growth
        The gain as a share of E.
    observed_to_expected
        Ties between their sectors to those expected, as in G03; None within one sector.
    """

    themes: tuple[str, ...]
    way: tuple[str, ...]
    ask: tuple[str, ...]
    sectors: tuple[Text, Text]
    growth: float
    observed_to_expected: float | None


@dataclass(frozen=True, kw_only=True)
class IntroductionsSummary(Details):
    """E of W, and how many candidate pairs there are inside one part and across parts."""

    efficiency: float
    inside: int
    across: int


def which_introductions_help(snapshot: Snapshot) -> RuleResult:
    """Pairs inside one part by gain, then pairs that join two parts by gain."""
    network = sectored(snapshot)
    none = without_sectors(snapshot, G10, network)
    if none:
        return none
    joined = work(snapshot)
    if len(max(nx.connected_components(joined), key=len)) > LARGEST_PART:
        return _too_large(snapshot)
    ground = Ground(joined)
    ranked = introductions(snapshot, network, ground)
    inside, across = ([c for c in ranked if c.inside is here] for here in (True, False))
    chosen = _first(inside, MOST_INSIDE) + _first(across, MOST_ACROSS)
    ratios = _ratios(network)
    findings = [_gap(snapshot, network, candidate, ratios, ground) for candidate in chosen]
    number = counted(
        len(ranked),
        ("двойка с обща тема не работи", "двойки с обща тема не работят"),
        ("pair with a common theme does", "pairs with a common theme do"),
    )
    reason = Text(
        f"{number.bg} заедно: {len(inside)} в една свързана част, {len(across)} между отделни "
        "части.",
        f"{number.en} not work together: {len(inside)} inside one connected part, {len(across)} "
        "between parts.",
    )
    if not ranked:
        reason = Text(
            "Няма двойка с обща тема, която още не работи заедно.",
            "There is no pair with a common theme that does not work together yet.",
        )
    return answer(
        snapshot,
        G10,
        status="found" if findings else "none found",
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=reason,
        findings=findings,
        details=IntroductionsSummary(
            efficiency=ground.efficiency(), inside=len(inside), across=len(across)
        ),
    )


def _too_large(snapshot: Snapshot) -> RuleResult:
    return answer(
        snapshot,
        G10,
        status="undefined",
        coverage=coverage_note(snapshot, *WORK_KINDS),
        reason=Text(
            f"Свързаната част има над {LARGEST_PART} организации; изберете град.",
            f"The connected part has more than {LARGEST_PART} organisations; choose a city.",
        ),
    )


def introductions(
    snapshot: Snapshot, network: Sectored, ground: Ground
) -> tuple[Introduction, ...]:
    """Every candidate pair, inside one part first, then by gain, those who met first, ids."""
    themes, meetings = themes_of(snapshot), met(snapshot)
    enabling = {
        (tie.source, tie.target)
        for tie in snapshot.dataset.of_kind("ENABLES")
        if isinstance(tie, Edge) and tie.period.started_by(snapshot.as_of)
    }
    rows = []
    whole = of_one_institution(snapshot)
    for one, other in combinations(sorted(network.actors), 2):
        if ground.graph.has_edge(one, other) or whole[one] == whole[other]:
            continue
        common = in_common(themes.get(one, {}), themes.get(other, {}), enabling)
        if common:
            inside = ground.part_of[one] == ground.part_of[other]
            # The same gain may be added up in another order.
            gain = round(ground.gain(one, other), 12)
            far = 2 - bool(set(meetings[one]) & set(meetings[other]))
            far = 0 if meetings.has_edge(one, other) else far
            rows.append((not inside, -gain, far, one, other, common))
    return tuple(
        Introduction(one, other, -loss, not across, common, _way(ground, one, other))
        for across, loss, _, one, other, common in sorted(rows)
    )


def _way(ground: Ground, one: str, other: str) -> tuple[str, ...]:
    if ground.part_of[one] != ground.part_of[other]:
        return ()
    return tuple(nx.shortest_path(ground.graph, one, other))


def _first(ranked: list[Introduction], limit: int) -> list[Introduction]:
    """The first ``limit`` with everybody in few of them, and what gains as much as the last.

    At most ``MOST_TIED``. A pair is passed over where one of the two already stands in
    ``MOST_EACH`` that gain more.
    """
    chosen: list[Introduction] = []
    for _, equal in groupby(ranked, key=lambda candidate: candidate.gain):
        if len(chosen) >= limit:
            break
        used = Counter(chain.from_iterable(candidate.pair for candidate in chosen))
        chosen += [
            candidate
            for candidate in equal
            if max(used[actor] for actor in candidate.pair) < MOST_EACH
        ]
    return chosen[:MOST_TIED]


def _ratios(network: Sectored) -> dict[tuple[str, str], float]:
    counts = pair_counts(network)
    ratios = {}
    for (a, one), (b, other) in combinations(enumerate(network.sectors), 2):
        test = chance(counts[:, a, b], low=True)
        if test and test.mean > 0:
            ratios[one, other] = test.observed / test.mean
    return ratios


def _gap(
    snapshot: Snapshot,
    network: Sectored,
    candidate: Introduction,
    ratios: dict[tuple[str, str], float],
    ground: Ground,
) -> Gap:
    sector_of = network.sector_of()
    one, other = sorted((sector_of[actor] for actor in candidate.pair), key=network.sectors.index)
    growth = candidate.gain / ground.efficiency()
    closing, ask = whom_to_ask(snapshot, candidate)
    themes = themes_of(snapshot)
    rests = {
        statement
        for actor in candidate.pair
        for theme in candidate.themes
        for statement in themes[actor].get(theme, ())
    }
    walked = ground.ways(*candidate.pair) if candidate.inside else []
    return Gap(
        rule="G10",
        subjects=candidate.pair,
        status="introduction" if candidate.inside else "merge",
        sentence=_in_common(snapshot, candidate),
        step=_ask(snapshot, ask) if len(ask) > 1 else closing,
        headline=_headline(snapshot, candidate, growth),
        closing=closing,
        n=len(snapshot.actors()),
        value=candidate.gain,
        unit=Text("прираст на глобалната ефективност", "gain in global efficiency"),
        statements=tuple(sorted(rests | tie_statements(ground.graph, walked))),
        ties=(candidate.pair,),
        closes=True,
        asks=tuple(ask),
        details=IntroductionDetails(
            themes=candidate.themes,
            way=candidate.way,
            ask=tuple(ask),
            sectors=(word(one), word(other)),
            growth=growth,
            observed_to_expected=ratios.get((one, other)),
        ),
    )


def _in_common(snapshot: Snapshot, candidate: Introduction) -> Text:
    one, other = (brief(snapshot, actor, 28) for actor in candidate.pair)
    theme = brief(snapshot, candidate.themes[0], 24)
    return Text(
        f"{one.bg} и {other.bg} нямат записана обща работа; обща тема: {theme.bg}.",
        f"{one.en} and {other.en} have no joint work on record; in common: {theme.en}.",
    )


def _headline(snapshot: Snapshot, candidate: Introduction, growth: float) -> Text:
    first, second = (shown(snapshot, actor) for actor in candidate.pair)
    more, named = percent(growth), listed(snapshot, candidate.themes, limit=2)
    what = "обща тема" if len(candidate.themes) == 1 else "общи теми"
    way = Text("сега няма път между тях", "no way leads between them now")
    if candidate.inside:
        steps = len(candidate.way) - 1
        way = Text(f"сега на {steps} стъпки", f"now {steps} steps apart")
    return sentences(
        Text(
            f"{first.bg} – {second.bg}: {way.bg}; {what}: {named.bg}; ефективността би "
            f"нараснала с {more.bg}",
            f"{first.en} – {second.en}: {way.en}; in common: {named.en}; efficiency would "
            f"grow by {more.en}",
        )
    )


def whom_to_ask(snapshot: Snapshot, candidate: Introduction) -> tuple[Text, list[str]]:
    """Who can bring the two together: who works with both, met both, or works with them afar."""
    events = shared_events(snapshot, *candidate.pair)
    if events:
        event = shown(snapshot, events[0])
        return sentences(
            Text(
                f"Вече са се срещали на „{event.bg}“: напомнете им и предложете обща задача",
                f"They have met at {event.en}: remind them of it and propose a joint task",
            )
        ), []
    if candidate.inside:
        return _who_works_with_both(snapshot, candidate)
    meetings = met(snapshot)
    both = _beside_both(meetings, candidate)
    if both:
        who = listed(snapshot, both[:1])
        return sentences(
            Text(
                f"Помолете {who.bg}: срещала се е и с двете",
                f"Ask {who.en}, which has met both",
            )
        ), both[:1]
    first, second = (shown(snapshot, actor) for actor in candidate.pair)
    return sentences(
        Text(
            f"Никой от записаните не познава и двете: поканете {first.bg} и {second.bg} "
            "на среща по темата",
            f"Nobody recorded knows both: invite {first.en} and {second.en} to a meeting on the "
            "theme",
        )
    ), []


def _ask(snapshot: Snapshot, those: list[str]) -> Text:
    who = listed(snapshot, those)
    return Text(f"Помолете {who.bg} да ги запознаят.", f"Ask {who.en} to introduce them.")


def _beside_both(graph: nx.Graph, candidate: Introduction) -> list[str]:
    """Who is tied to both, those with most ties first."""
    both = set(graph[candidate.one]) & set(graph[candidate.other])
    return sorted(both, key=lambda actor: (-graph.degree(actor), actor))


def _who_works_with_both(snapshot: Snapshot, candidate: Introduction) -> tuple[Text, list[str]]:
    both = _beside_both(work(snapshot), candidate)
    inner = both[:1] or [candidate.way[1], candidate.way[-2]]
    who = listed(snapshot, inner)
    if both:
        return sentences(
            Text(
                f"Помолете {who.bg}: работи и с двете",
                f"Ask {who.en}, which works with both",
            )
        ), inner
    steps = [shown(snapshot, actor) for actor in candidate.way]
    path = Text(" – ".join(step.bg for step in steps), " – ".join(step.en for step in steps))
    return sentences(
        Text(
            f"Помолете {who.bg}; пътят сега е: {path.bg}",
            f"Ask {who.en}; the way now is {path.en}",
        )
    ), inner


def tables(result: RuleResult) -> Iterable[Table]:
    """Each pair with what joins it."""
    columns = (
        column("Кого с кого", "Whom with whom", "nodes"),
        column("общи теми", "shared themes", "nodes"),
        column("през кого", "through whom", "nodes"),
        column("ръст на ефективността", "growth of efficiency", "share"),
        column("секторите към очакваното", "sectors to expected", "number"),
    )
    rows = tuple(
        (
            gap.subjects,
            details.themes,
            details.ask,
            details.growth,
            details.observed_to_expected,
        )
        for gap, details in result.findings_with(IntroductionDetails)
    )
    yield Table(Text("Кандидати за запознанство", "Candidate introductions"), columns, rows)
