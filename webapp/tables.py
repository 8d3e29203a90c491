"""Rows of a query as cells of a page and as a CSV file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ecosystem import charts
from ecosystem.model import EDGE_KINDS
from ecosystem.questions.asking import recorded
from ecosystem.values import Money, Text
from webapp.address import entity_link, ground, nodes
from webapp.facts import statement_name
from webapp.language import current_language, money, number, percent, show
from webapp.struck import no_longer, struck

if TYPE_CHECKING:
    from ecosystem.analysis.gaps.tables import Cell, Column, Table


def cell(value: Any) -> Markup:
    """A value of a row as HTML; a node, a tie and the id of one become links with their names."""
    if value is None:
        return Markup('<span class="muted">–</span>')
    if isinstance(value, Mapping):
        return _of_map(value)
    if isinstance(value, str) and value in nodes():
        address = entity_link(value)
        name = show(nodes()[value].name)
        linked = Markup('<a href="{}" title="{}">{}</a>').format(address, value, name)
        return struck(linked, no_longer(value))
    if isinstance(value, str) and value in ground().facts.edges:
        return Markup('<a href="{}">{}</a>').format(entity_link(value), statement_name(value))
    if isinstance(value, (list, tuple)):
        return Markup(", ").join(cell(item) for item in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return escape(number(value, digits=6))
    return escape(_flat(value))


def _of_map(value: Mapping[str, Any]) -> Markup:
    """A record by its name, a path as the way that it goes, any other map word by word."""
    facts = ground().facts
    if identity := recorded(value, facts):
        return cell(identity)
    nodes_, ties = value.get("nodes"), value.get("edges")
    if value.keys() == {"nodes", "edges"} and isinstance(nodes_, list) and isinstance(ties, list):
        return _way([cell(one) for one in nodes_], nodes_, ties)
    words = (Markup("{}: {}").format(name, cell(one)) for name, one in value.items())
    return Markup("; ").join(words)


def _way(names: list[Markup], stops: list[Any], ties: list[Any]) -> Markup:
    """The stops of a path with the ties between them, each with the way it points."""
    parts = names[:1]
    for stop, tie, name in zip(stops, ties, names[1:], strict=False):
        kind, source = (*str(tie.get("id")).split("|"), "")[:2]
        label = show(EDGE_KINDS[kind].label) if kind in EDGE_KINDS else escape(kind)
        arrow = "→" if stop.get("id") == source else "←"
        link = Markup(' {} <a href="{}">{}</a> {} ')
        parts += [link.format(arrow, entity_link(str(tie.get("id"))), label, arrow), name]
    return Markup("").join(parts)


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def rule_cell(value: Cell, column: Column) -> Markup:
    """A cell of a rule's table as HTML; the ids of nodes become links with their names."""
    if value is None:
        return cell(None)
    if isinstance(value, Text):
        return show(value)
    if isinstance(value, tuple):
        return Markup(", ").join(cell(one) for one in value) if value else cell(None)
    if isinstance(value, Money):
        return escape(money(value.minor, value.currency))
    if isinstance(value, (int, float)):
        return escape(percent(value) if column.form == "share" else number(value))
    return escape(value)


def order(value: Cell) -> float | None:
    """What a number in a table is sorted by."""
    if isinstance(value, Money):
        return float(value.major)
    return value if isinstance(value, (int, float)) else None


def bar(table: Table, row: tuple[Cell, ...], place: int) -> Markup:
    """The bar of a cell of a rule's table; nothing where it has none."""
    drawn = table.fill(row, place)
    return Markup(charts.bar(*drawn)) if drawn else Markup("")  # noqa: S704  # numbers alone


def columns(table: Table) -> Markup:
    """A series as columns side by side; its words are escaped where it is drawn."""
    return Markup(charts.columns(table, current_language()))  # noqa: S704
