"""The tables of every rule, from the details of its answer: one description for all readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ecosystem.analysis.gaps.results import RuleResult
from ecosystem.analysis.gaps.tables import of_network, of_supply
from ecosystem.analysis.gaps.tables.table import Cell, Column, Table

__all__ = ["Cell", "Column", "Table", "tables_of"]

_DRAWN: Mapping[str, Callable[[RuleResult], Iterable[Table]]] = {
    "G24": of_supply.publishers,
    "G21": of_supply.ages,
    "G25": of_supply.places,
    "G06": of_network.alone,
    "G07": of_network.parts,
    "G22": of_network.distance,
    "G08": of_network.cut_points,
    "G09": of_network.bridges,
    "G10": of_network.introductions,
    "G01": of_network.sectors,
    "G02": of_network.room,
    "G03": of_network.pairs,
    "G04": of_network.inward,
    "G05": of_network.likeness,
    "G11": of_network.roles,
    "G12": of_supply.needs,
    "G13": of_supply.needs,
    "G14": of_supply.reach,
    "G15": of_supply.money,
    "G16": of_supply.unfunded,
    "G17": of_supply.checks,
    "G18": of_supply.mentors,
    "G19": of_supply.core,
    "G20": of_supply.years,
    "G27": of_supply.outside,
}


def tables_of(result: RuleResult) -> tuple[Table, ...]:
    """What is drawn beside the findings of a rule: tables with rows, in a fixed order.

    None for a rule whose findings say everything, or where the answer has no details.
    """
    draw = _DRAWN.get(result.rule)
    return tuple(table for table in draw(result) if table.rows) if draw else ()
