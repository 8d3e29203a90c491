"""Which introductions would help most: pairs with a common theme, by the ways they shorten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations, groupby

import networkx as nx

from ecosystem.analysis.gaps.chance import chance
from ecosystem.analysis.gaps.efficiency import Ground
from ecosystem.analysis.gaps.laws import (
    WORK_KINDS,
    counted,
    coverage_note,
    listed,
    met,
    not_ended,
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
from ecosystem.analysis.gaps.tables import (
    Table,
    column,
)
from ecosystem.analysis.gaps.working import tie_statements
from ecosystem.labels import word
from ecosystem.model import Edge
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

MOST_INSIDE = 12

MOST_ACROSS = 6

MOST_TIED = 40

MOST_EACH = 2

LARGEST_PART = 400


G10 = Rule(
    id="G10",
    title=Text("Кои запознанства биха помогнали най-много", "Which introductions would help most"),
    question=Text(
        "Кои две организации, ако заработят заедно, биха скъсили най-много пътища?",
        "Which two organisations, if they began to work together, would shorten most ways?",
    ),
    formula="for organisations u, v of known sector, not tied in W, with a theme in common or one "
    "that ENABLES the other's: gain = E(W + uv) - E(W), E global efficiency; pairs inside one "
    "component before merges of components; beside it O/E of the two sectors as in G03",
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


def which_introductions_help(snapshot: Snapshot) -> RuleResult:
    """Pairs inside one part by gain, then pairs that join two parts by gain."""
    found = sectored(snapshot)
    none = without_sectors(snapshot, G10, found)
    if none:
        return none
    coverage = coverage_note(snapshot, *WORK_KINDS)
    ground = work(snapshot)
    if len(max(nx.connected_components(ground), key=len)) > LARGEST_PART:
        return answer(
            snapshot,
            G10,
            status="undefined",
            coverage=coverage,
            reason=Text(
                f"Свързаната част има над {LARGEST_PART} организации; изберете град.",
                f"The connected part has more than {LARGEST_PART} organisations; choose a city.",
            ),
        )
    measured = Ground(ground)
    ranked = introductions(snapshot, found, measured)
    inside = [one for one in ranked if one.inside]
    across = [one for one in ranked if not one.inside]
    shown_ones = _first(inside, MOST_INSIDE) + _first(across, MOST_ACROSS)
    ratios = _ratios(found)
    whole = measured.efficiency()
    findings = [_gap(snapshot, found, one, ratios, measured) for one in shown_ones]
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
        coverage=coverage,
        reason=reason,
        findings=findings,
        total=len(ranked),
        details={"efficiency": whole, "inside": len(inside), "across": len(across)},
    )


def introductions(snapshot: Snapshot, found: Sectored, ground: Ground) -> tuple[Introduction, ...]:
    """Every candidate pair, inside one part first, then by gain, those who met first, ids."""
    themes, meetings = themes_of(snapshot), met(snapshot)
    enabling = {
        (tie.source, tie.target)
        for tie in snapshot.dataset.of_kind("ENABLES")
        if isinstance(tie, Edge) and tie.period.started_by(snapshot.as_of)
    }
    rows = []
    for one, other in combinations(sorted(found.actors), 2):
        if ground.graph.has_edge(one, other):
            continue
        common = _in_common(themes.get(one, {}), themes.get(other, {}), enabling)
        if common:
            inside = ground.part_of[one] == ground.part_of[other]
            # The same gain may be added up in another order.
            gain = round(ground.gain(one, other), 12)
            far = 2 - bool(set(meetings[one]) & set(meetings[other]))
            far = 0 if meetings.has_edge(one, other) else far
            rows.append((not inside, -gain, far, one, other, common))
    return tuple(
        Introduction(one, other, -gain, not across, common, _way(ground, one, other, across))
        for across, gain, _, one, other, common in sorted(rows)
    )


def themes_of(snapshot: Snapshot) -> dict[str, dict[str, set[str]]]:
    """Per organisation its themes, offered, needed or of its projects, with their statements."""
    found: dict[str, dict[str, set[str]]] = {}
    for tie in not_ended(snapshot, "OFFERS", "NEEDS"):
        found.setdefault(tie.source, {}).setdefault(tie.target, set()).add(tie.id)
    addressed: dict[str, list[tuple[str, str]]] = {}
    for tie in snapshot.edges_of_kind("ADDRESSES"):
        addressed.setdefault(tie.source, []).append((tie.target, tie.id))
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        for theme, statement in addressed.get(tie.target, ()):
            found.setdefault(tie.source, {}).setdefault(theme, set()).update((tie.id, statement))
    return found


def _in_common(
    one: Iterable[str], other: Iterable[str], enabling: set[tuple[str, str]]
) -> tuple[str, ...]:
    first, second = set(one), set(other)
    shared = first & second
    for a, b in enabling:
        if (a in first and b in second) or (a in second and b in first):
            shared |= {a, b}
    return tuple(sorted(shared))


def _way(ground: Ground, one: str, other: str, across: bool) -> tuple[str, ...]:
    return () if across else tuple(nx.shortest_path(ground.graph, one, other))


def _first(ranked: list[Introduction], limit: int) -> list[Introduction]:
    """The first ``limit`` with everybody in few of them, and what gains as much as the last.

    At most ``MOST_TIED``. A pair is passed over where one of the two already stands in
    ``MOST_EACH`` that gain more.
    """
    found: list[Introduction] = []
    for _, equal in groupby(ranked, key=lambda one: one.gain):
        if len(found) >= limit:
            break
        used = Counter(chain.from_iterable((one.one, one.other) for one in found))
        found += [one for one in equal if max(used[one.one], used[one.other]) < MOST_EACH]
    return found[:MOST_TIED]


def _ratios(found: Sectored) -> dict[tuple[str, str], float]:
    counts = pair_counts(found)
    ratios = {}
    for (a, one), (b, other) in combinations(enumerate(found.sectors), 2):
        test = chance(counts[:, a, b], low=True)
        if test and test.mean > 0:
            ratios[one, other] = test.observed / test.mean
    return ratios


def _gap(
    snapshot: Snapshot,
    found: Sectored,
    one: Introduction,
    ratios: dict[tuple[str, str], float],
    ground: Ground,
) -> Gap:
    sector = found.sector_of()
    pair = tuple(sorted((sector[one.one], sector[one.other]), key=found.sectors.index))
    names = shown(snapshot, one.one), shown(snapshot, one.other)
    whole = ground.efficiency()
    growth = percent(one.gain / whole)
    named = listed(snapshot, one.themes, limit=2)
    what = "обща тема" if len(one.themes) == 1 else "общи теми"
    way = Text("сега няма път между тях", "no way leads between them now")
    if one.inside:
        steps = len(one.way) - 1
        way = Text(f"сега на {steps} стъпки", f"now {steps} steps apart")
    ask = whom_to_ask(snapshot, one)
    themes = themes_of(snapshot)
    rests = {
        i
        for actor in (one.one, one.other)
        for theme in one.themes
        for i in themes[actor].get(theme, ())
    }
    walked = ground.ways(one.one, one.other) if one.inside else []
    return Gap(
        rule="G10",
        subjects=(one.one, one.other),
        status="introduction" if one.inside else "merge",
        headline=sentences(
            Text(
                f"{names[0].bg} – {names[1].bg}: {way.bg}; {what}: {named.bg}; ефективността би "
                f"нараснала с {growth.bg}",
                f"{names[0].en} – {names[1].en}: {way.en}; in common: {named.en}; efficiency would "
                f"grow by {growth.en}",
            )
        ),
        closing=ask[0],
        n=len(snapshot.actors()),
        value=one.gain,
        unit=Text("прираст на глобалната ефективност", "gain in global efficiency"),
        statements=tuple(sorted(rests | tie_statements(ground.graph, walked))),
        details={
            "themes": list(one.themes),
            "way": list(one.way),
            "ask": ask[1],
            "sectors": [word(name) for name in pair],
            "growth": one.gain / whole,
            "observed_to_expected": ratios.get((pair[0], pair[1])),
        },
    )


def whom_to_ask(snapshot: Snapshot, one: Introduction) -> tuple[Text, list[str]]:
    """Who can bring the two together: who works with both, met both, or works with them afar."""
    names = shown(snapshot, one.one), shown(snapshot, one.other)
    events = shared_events(snapshot, one.one, one.other)
    if events:
        event = shown(snapshot, events[0])
        return sentences(
            Text(
                f"Вече са се срещали на „{event.bg}“: напомнете им и предложете обща задача",
                f"They have met at {event.en}: remind them of it and propose a joint task",
            )
        ), []
    if one.inside:
        joined = work(snapshot)
        both = sorted(
            set(joined[one.one]) & set(joined[one.other]), key=lambda v: (-joined.degree(v), v)
        )
        inner = both[:1] or [one.way[1], one.way[-2]]
        who = listed(snapshot, inner)
        if both:
            return sentences(
                Text(
                    f"Помолете {who.bg}: работи и с двете",
                    f"Ask {who.en}, which works with both",
                )
            ), inner
        path = Text(
            *(
                " – ".join(parts)
                for parts in zip(*(shown(snapshot, v) for v in one.way), strict=True)
            )
        )
        return sentences(
            Text(
                f"Помолете {who.bg}; пътят сега е: {path.bg}",
                f"Ask {who.en}; the way now is {path.en}",
            )
        ), inner
    meetings = met(snapshot)
    both = sorted(
        set(meetings[one.one]) & set(meetings[one.other]), key=lambda v: (-meetings.degree(v), v)
    )
    if both:
        who = listed(snapshot, both[:1])
        return sentences(
            Text(
                f"Помолете {who.bg}: срещала се е и с двете",
                f"Ask {who.en}, which has met both",
            )
        ), both[:1]
    return sentences(
        Text(
            f"Никой от записаните не познава и двете: поканете {names[0].bg} и {names[1].bg} "
            f"на среща "
            "по темата",
            f"Nobody recorded knows both: invite {names[0].en} and {names[1].en} to a meeting "
            f"on the "
            "theme",
        )
    ), []


def tables(result: RuleResult) -> Iterable[Table]:
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
            tuple(gap.details["themes"]),
            tuple(gap.details["ask"]),
            gap.details["growth"],
            gap.details["observed_to_expected"],
        )
        for gap in result.findings
    )
    yield Table(Text("Кандидати за запознанство", "Candidate introductions"), columns, rows)
