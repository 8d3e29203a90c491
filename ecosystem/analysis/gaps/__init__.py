"""The gap catalogue: one function per rule, and one line per rule in its registry.

A gap of the map (what rests on too little) comes before the gaps of the ecosystem. The laws
that all rules share - who counts, what coverage allows to be said, that meeting is not working -
stand in ``laws``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ecosystem.analysis.gaps.brokers import G11, which_broker_is_missing
from ecosystem.analysis.gaps.cohesion import G07, G22, how_far_apart, how_fragmented
from ecosystem.analysis.gaps.demand import (
    G12,
    G13,
    needed_and_offered_by_nobody,
    needed_and_offered_by_one,
)
from ecosystem.analysis.gaps.freshness import G21, what_has_gone_stale
from ecosystem.analysis.gaps.introductions import G10, which_introductions_help
from ecosystem.analysis.gaps.likeness import G05, does_like_work_with_like
from ecosystem.analysis.gaps.mentoring import G18, which_need_has_no_mentor
from ecosystem.analysis.gaps.mixing import (
    G03,
    G04,
    which_sector_is_inward_looking,
    which_sectors_do_not_work_together,
)
from ecosystem.analysis.gaps.money import G15, how_concentrated_is_money
from ecosystem.analysis.gaps.outside import G27, who_is_tied_to_the_outside
from ecosystem.analysis.gaps.projects import G17, is_each_project_complete
from ecosystem.analysis.gaps.reach import G14, does_supply_reach_demand
from ecosystem.analysis.gaps.renewal import (
    G19,
    G20,
    do_the_same_few_run_everything,
    is_it_renewing,
)
from ecosystem.analysis.gaps.results import STATUSES, Gap, Rule, RuleResult
from ecosystem.analysis.gaps.room import G02, who_is_in_the_room_only
from ecosystem.analysis.gaps.sectors import G01, which_sector_is_missing
from ecosystem.analysis.gaps.sourcing import G24, what_hangs_on_one_source
from ecosystem.analysis.gaps.stability import G25, does_the_ranking_hold
from ecosystem.analysis.gaps.structure import (
    G06,
    G08,
    G09,
    which_single_tie_holds,
    who_stands_alone,
    whose_leaving_would_split,
)
from ecosystem.analysis.gaps.unfunded import G16, what_gets_no_money
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot

__all__ = [
    "RULES",
    "STATUSES",
    "TOLD_FIRST",
    "Gap",
    "Rule",
    "RuleResult",
    "find_gaps",
    "told_first",
]

_MAP: tuple[tuple[Rule, Callable[[Snapshot], RuleResult]], ...] = (
    (G21, what_has_gone_stale),
    (G25, does_the_ranking_hold),
)

_ECOSYSTEM: tuple[tuple[Rule, Callable[[Snapshot], RuleResult]], ...] = (
    (G06, who_stands_alone),
    (G07, how_fragmented),
    (G22, how_far_apart),
    (G08, whose_leaving_would_split),
    (G09, which_single_tie_holds),
    (G10, which_introductions_help),
    (G01, which_sector_is_missing),
    (G02, who_is_in_the_room_only),
    (G03, which_sectors_do_not_work_together),
    (G04, which_sector_is_inward_looking),
    (G05, does_like_work_with_like),
    (G11, which_broker_is_missing),
    (G12, needed_and_offered_by_nobody),
    (G13, needed_and_offered_by_one),
    (G14, does_supply_reach_demand),
    (G15, how_concentrated_is_money),
    (G16, what_gets_no_money),
    (G17, is_each_project_complete),
    (G18, which_need_has_no_mentor),
    (G19, do_the_same_few_run_everything),
    (G20, is_it_renewing),
    (G27, who_is_tied_to_the_outside),
)

RULES: tuple[Rule, ...] = (G24, *(rule for rule, _ in (*_MAP, *_ECOSYSTEM)))
"""Every rule, those about the map before those about the ecosystem."""


def find_gaps(
    snapshot: Snapshot, rules: Iterable[str] | None = None, top: Iterable[str] = ()
) -> tuple[RuleResult, ...]:
    """The answers of ``rules`` (all of them where None), in the order of the catalogue.

    Parameters
    ----------
    rules
        Ids of rules. G24 always looks at the findings of every rule about the ecosystem.
    top
        Ids of actors shown at the top of a ranking, whose ties G24 looks at as well.

    Raises
    ------
    NotFoundError
        For a rule that the catalogue does not have.
    """
    known = [rule.id for rule in RULES]
    wanted = set(known if rules is None else rules)
    for name in sorted(wanted):
        if name not in known:
            raise NotFoundError("gap rule", name, known)
    of_map = tuple(find(snapshot) for rule, find in _MAP if rule.id in wanted)
    found = tuple(
        find(snapshot) for rule, find in _ECOSYSTEM if rule.id in wanted or G24.id in wanted
    )
    if G24.id in wanted:
        of_map = (what_hangs_on_one_source(snapshot, found, top), *of_map)
    return tuple(result for result in (*of_map, *found) if result.rule in wanted)


TOLD_FIRST = ("G14", "G12", "G08", "G18", "G01", "G13", "G09", "G06", "G17", "G24")
"""The rules that a strategist would act on, the most pressing first."""


def told_first(results: Iterable[RuleResult], count: int = 3) -> list[Gap]:
    """The first gap of each of the first ``count`` rules of ``TOLD_FIRST`` that found one."""
    first_of = {result.rule: result.findings[0] for result in results if result.findings}
    return [first_of[rule] for rule in TOLD_FIRST if rule in first_of][:count]
