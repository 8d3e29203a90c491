"""The gap catalogue: one file per rule, and one line per rule in its registry.

The gaps of the ecosystem come first, by what they are about; what tells how sure the map is and
the figures of the network are no gaps of it, and come last. The laws that all rules share - who
counts, what coverage allows to be said, that meeting is not working - stand in ``laws``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import NamedTuple

from ecosystem.analysis.gaps import (
    bridges,
    brokers,
    cut_points,
    distance,
    fragmentation,
    freshness,
    introductions,
    inward,
    isolates,
    likeness,
    mentoring,
    money,
    outside,
    projects,
    ranking,
    reach,
    renewal,
    room,
    same_few,
    sector_pairs,
    sectors,
    single_provider,
    sourcing,
    unfunded,
    unserved,
)
from ecosystem.analysis.gaps.results import (
    GROUPS,
    OF_ECOSYSTEM,
    STATUSES,
    Gap,
    Rule,
    RuleResult,
)
from ecosystem.analysis.gaps.tables import Table
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot

__all__ = [
    "GROUPS",
    "OF_ECOSYSTEM",
    "RULES",
    "STATUSES",
    "TOLD_FIRST",
    "Gap",
    "Rule",
    "RuleResult",
    "find_gaps",
    "tables_of",
    "told_first",
]


class Entry(NamedTuple):
    """A rule of the catalogue: what it says of itself, how it finds gaps, what it draws."""

    rule: Rule
    find: Callable[[Snapshot], RuleResult]
    tables: Callable[[RuleResult], Iterable[Table]]


_OF_SOURCES = Entry(sourcing.G24, sourcing.what_hangs_on_one_source, sourcing.tables)

_ENTRIES = (
    Entry(sectors.G01, sectors.which_sector_is_missing, sectors.tables),
    Entry(room.G02, room.who_is_in_the_room_only, room.tables),
    Entry(isolates.G06, isolates.who_stands_alone, isolates.tables),
    Entry(renewal.G20, renewal.is_it_renewing, renewal.tables),
    Entry(sector_pairs.G03, sector_pairs.which_sectors_do_not_work_together, sector_pairs.tables),
    Entry(inward.G04, inward.which_sector_is_inward_looking, inward.tables),
    Entry(introductions.G10, introductions.which_introductions_help, introductions.tables),
    Entry(brokers.G11, brokers.which_broker_is_missing, brokers.tables),
    Entry(cut_points.G08, cut_points.whose_leaving_would_split, cut_points.tables),
    Entry(bridges.G09, bridges.which_single_tie_holds, bridges.tables),
    Entry(single_provider.G13, single_provider.needed_and_offered_by_one, single_provider.tables),
    Entry(money.G15, money.how_concentrated_is_money, money.tables),
    Entry(same_few.G19, same_few.do_the_same_few_run_everything, same_few.tables),
    Entry(unserved.G12, unserved.needed_and_offered_by_nobody, unserved.tables),
    Entry(reach.G14, reach.does_supply_reach_demand, reach.tables),
    Entry(unfunded.G16, unfunded.what_gets_no_money, unfunded.tables),
    Entry(mentoring.G18, mentoring.which_need_has_no_mentor, mentoring.tables),
    Entry(likeness.G05, likeness.does_like_work_with_like, likeness.tables),
    Entry(fragmentation.G07, fragmentation.how_fragmented, fragmentation.tables),
    Entry(distance.G22, distance.how_far_apart, distance.tables),
    Entry(outside.G27, outside.who_is_tied_to_the_outside, outside.tables),
    Entry(projects.G17, projects.is_each_project_complete, projects.tables),
    Entry(freshness.G21, freshness.what_has_gone_stale, freshness.tables),
    _OF_SOURCES,
    Entry(ranking.G25, ranking.does_the_ranking_hold, ranking.tables),
)
_OF_SOURCES_THEMSELVES = (freshness.G21.id, ranking.G25.id)
"""The rules whose findings are about sources themselves, so that G24 does not look at them."""

_CATALOGUE = {entry.rule.id: entry for entry in _ENTRIES}

RULES: tuple[Rule, ...] = tuple(entry.rule for entry in _CATALOGUE.values())
"""Every rule, by what it is about in the order of ``GROUPS``."""


def find_gaps(
    snapshot: Snapshot, rules: Iterable[str] | None = None, top: Iterable[str] = ()
) -> tuple[RuleResult, ...]:
    """The answers of ``rules`` (all of them where None), in the order of the catalogue.

    Parameters
    ----------
    rules
        Ids of rules. G24 looks at the findings of every rule but those about sources.
    top
        Ids of actors shown at the top of a ranking, whose ties G24 looks at as well.

    Raises
    ------
    NotFoundError
        For a rule that the catalogue does not have.
    """
    wanted = set(_CATALOGUE if rules is None else rules)
    for name in sorted(wanted):
        if name not in _CATALOGUE:
            raise NotFoundError("gap rule", name, list(_CATALOGUE))
    found: dict[str, RuleResult] = {}
    of_sources = sourcing.G24.id in wanted
    for entry in _ENTRIES:
        name = entry.rule.id
        if entry is not _OF_SOURCES and (of_sources or name in wanted):
            found[name] = entry.find(snapshot)
    if of_sources:
        looked_at = [one for name, one in found.items() if name not in _OF_SOURCES_THEMSELVES]
        found[sourcing.G24.id] = sourcing.what_hangs_on_one_source(snapshot, looked_at, top)
    return tuple(found[name] for name in _CATALOGUE if name in wanted)


def tables_of(result: RuleResult) -> tuple[Table, ...]:
    """What is drawn beside the findings of a rule: tables with rows, in a fixed order.

    None for a rule whose findings say everything, or where the answer has no details.
    """
    entry = _CATALOGUE.get(result.rule)
    return tuple(table for table in entry.tables(result) if table.rows) if entry else ()


TOLD_FIRST = ("G14", "G12", "G08", "G18", "G01", "G13", "G09", "G06")
"""The rules that a strategist would act on, the most pressing first."""


def told_first(results: Iterable[RuleResult], count: int = 3, group: str = "") -> list[Gap]:
    """The gaps that matter most, at most ``count``: the first of each rule, then the second ...

    Parameters
    ----------
    group
        The word in ``GROUPS`` for the gaps wanted. Where it is empty, the first gap alone of each
        rule whose findings are gaps of the ecosystem.
    """
    group_of = {rule.id: rule.group for rule in RULES}
    order = [*TOLD_FIRST, *(name for name in group_of if name not in TOLD_FIRST)]
    of_rule = {result.rule: result.findings for result in results}
    rows = [
        of_rule[name][: count if group else 1]
        for name in order
        if name in of_rule and group_of[name] in ((group,) if group else OF_ECOSYSTEM)
    ]
    return [gap for turn in zip_longest(*rows) for gap in turn if gap][:count]
