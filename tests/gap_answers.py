"""Answers of every rule in which every kind of details occurs, for readers to be tried on."""

from dataclasses import replace
from functools import cache

from ecosystem.analysis.gaps import RuleResult, find_gaps
from ecosystem.analysis.gaps.demand import NeedDetails
from ecosystem.analysis.gaps.details import Details
from ecosystem.io.seeds import read
from ecosystem.paths import shipped_packs
from ecosystem.snapshot import Snapshot
from tests.unit.gap_town import divided, locals_of, partners, projects, view

# What the rules on needs share; each gives its own.
SHARED = {NeedDetails}


def kinds_of_details(kind: type[Details] = Details) -> set[type[Details]]:
    """Every class of details that a rule declares."""
    below = kind.__subclasses__()
    return {*below, *(deeper for one in below for deeper in kinds_of_details(one))} - SHARED


@cache
def answers() -> tuple[RuleResult, ...]:
    """What the rules say of the seeds and of four small towns."""
    seeds = read(shipped_packs())
    names = [f"{number:02d}" for number in range(12)]
    few = projects([("00", "01")] * 8 + [("02",), ("03",)])
    unsourced = replace(partners("a", "b"), standing="illustrative", sources=())
    snapshots = (
        *(Snapshot.of(seeds, as_of="2026-01-01", scope=scope) for scope in ("city:sofia", "all")),
        divided(),
        view(*locals_of(names), *few),
        view(*locals_of("abc"), unsourced, partners("b", "c")),
    )
    return tuple(result for snapshot in snapshots for result in find_gaps(snapshot))
