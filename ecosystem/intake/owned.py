"""Columns that the model has not: attributes of the pack, each with a name, a type and a label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from ecosystem.intake import cells
from ecosystem.intake.spelled import column_name
from ecosystem.model import Attribute
from ecosystem.values import Text, in_cyrillic


class Owned:
    """The own attributes that a file makes.

    ``stored`` are the types under which other packs declare a kind's names: one name has one type
    in all packs, so a column of another type gets a name with its type.
    """

    def __init__(self, stored: Mapping[tuple[str, str], str]) -> None:
        self._stored = stored
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._made: dict[
            tuple[str, str], tuple[Attribute, Callable[[str], str | float | None]]
        ] = {}

    def see(self, kind: str, said: Iterable[tuple[str, str]]) -> None:
        """Remember values, by which the type of a column is told."""
        for column, value in said:
            self._values[kind, column].append(cells.bare(value))

    def value(self, kind: str, column: str, cell: str) -> tuple[str, str | float | None, bool]:
        """The name of the attribute of a column, and what a cell of it says; None for nothing.

        Whether contact data was taken out of a text stands beside it.
        """
        if (kind, column) not in self._made:
            self._made[kind, column] = self._declared(kind, column)
        attribute, read = self._made[kind, column]
        text = cells.bare(cell)
        contact = False
        if attribute.type == "text":
            text, contact = cells.text(cell)
        return attribute.name, (read(text) if text else None), contact

    def _declared(
        self, kind: str, column: str
    ) -> tuple[Attribute, Callable[[str], str | float | None]]:
        values = [value for value in self._values.get((kind, column), []) if value]
        sort, read = cells.type_of(values)
        name = column_name(column)
        taken = {one.name for (other, _), (one, _) in self._made.items() if other == kind}
        if self._stored.get((kind, name), sort) != sort:
            name = f"{name}_{sort}"
        tried, number = name, 1
        while tried in taken or self._stored.get((kind, tried), sort) != sort:
            number += 1
            tried = f"{name}_{number}"
        label = Text(column, "") if in_cyrillic(column) else Text("", column)
        return Attribute(kind, tried, sort, label), read

    def lines(self) -> tuple[str, ...]:
        """The declarations, as the record of a pack keeps them."""
        found = sorted((one.kind, one.name, one.line()) for one, _ in self._made.values())
        return tuple(line for _, _, line in found)
