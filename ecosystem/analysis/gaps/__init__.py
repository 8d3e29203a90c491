"""The gap catalogue: one function per rule, and one line per rule in its registry.

A gap of the map (what rests on too little) comes before the gaps of the ecosystem. The laws
that all rules share - who counts, what coverage allows to be said, that meeting is not working -
stand in ``laws``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ecosystem.analysis.gaps.demand import (
    G12,
    G13,
    needed_and_offered_by_nobody,
    needed_and_offered_by_one,
)
from ecosystem.analysis.gaps.mentoring import G18, which_need_has_no_mentor
from ecosystem.analysis.gaps.projects import G17, is_each_project_complete
from ecosystem.analysis.gaps.reach import G14, does_supply_reach_demand
from ecosystem.analysis.gaps.results import STATUSES, Gap, Rule, RuleResult
from ecosystem.analysis.gaps.sectors import G01, which_sector_is_missing
from ecosystem.analysis.gaps.sourcing import G24, what_hangs_on_one_source
from ecosystem.analysis.gaps.structure import (
    G06,
    G08,
    G09,
    which_single_tie_holds,
    who_stands_alone,
    whose_leaving_would_split,
)
from ecosystem.errors import NotFoundError
from ecosystem.snapshot import Snapshot

__all__ = ["RULES", "STATUSES", "Gap", "Rule", "RuleResult", "find_gaps"]

_ECOSYSTEM: tuple[tuple[Rule, Callable[[Snapshot], RuleResult]], ...] = (
    (G06, who_stands_alone),
    (G08, whose_leaving_would_split),
    (G09, which_single_tie_holds),
    (G01, which_sector_is_missing),
    (G12, needed_and_offered_by_nobody),
    (G13, needed_and_offered_by_one),
    (G14, does_supply_reach_demand),
    (G17, is_each_project_complete),
    (G18, which_need_has_no_mentor),
)

RULES: tuple[Rule, ...] = (G24, *(rule for rule, _ in _ECOSYSTEM))
"""Every rule, those about the map before those about the ecosystem."""


def find_gaps(
    snapshot: Snapshot, rules: Iterable[str] | None = None, top: Iterable[str] = ()
) -> tuple[RuleResult, ...]:
    """The answers of ``rules`` (all of them where None), in the order of the catalogue.

    Parameters
    ----------
    rules
        Ids of rules. G24 always looks at the findings of every other rule.
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
    found = tuple(
        find(snapshot) for rule, find in _ECOSYSTEM if rule.id in wanted or G24.id in wanted
    )
    if G24.id not in wanted:
        return found
    map_first = (what_hangs_on_one_source(snapshot, found, top), *found)
    return tuple(result for result in map_first if result.rule in wanted)
