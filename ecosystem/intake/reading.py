"""What cells say for the fields of our kinds; what cannot be read is counted and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecosystem.intake import cells, losses, remarks
from ecosystem.intake.drafts import Draft, NodeDraft
from ecosystem.intake.meanings import REGISTERS
from ecosystem.labels import property_label
from ecosystem.model import NODE_KINDS, columns

_TEXTS = (
    "name_bg",
    "name_en",
    "description_bg",
    "description_en",
    "definition_bg",
    "definition_en",
)


class Reading:
    """Reads the cells of one file, whose days may begin with the month."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._american = self._order()

    def _order(self) -> bool:
        """Whether days of the file begin with the month; said where nobody can tell."""
        told = [*(one.said for one in self.draft.nodes), *(one.said for one in self.draft.ties)]
        values = [said[name] for said in told for name in ("since", "until") if name in said]
        american, doubtful = cells.month_first(values)
        if doubtful:
            self.draft.warn("", remarks.DAY_FIRST)
        elif american:
            self.draft.warn("", remarks.MONTH_FIRST)
        return american

    def value(self, node: NodeDraft, field: str, raw: str) -> Any:
        """What a cell says for a field; empty, counted and said where it cannot be read."""
        place = node.at.get(field, node.place)
        if field in _TEXTS:
            return self.text(raw)
        if field in ("since", "until"):
            return self.day(raw, field, place)
        if field == "aliases":
            return tuple(filter(None, map(self.text, cells.items(raw))))
        if field == "website":
            return self._read(cells.address, raw, field, place)
        if field in ("latitude", "longitude"):
            bound = 90 if field == "latitude" else 180
            return self._read(lambda cell: _coordinate(cell, bound), raw, field, place)
        if field in REGISTERS:
            return raw.strip()
        column = columns(NODE_KINDS[node.kind])[field]
        return self._read(column.parse, raw.strip(), field, place)

    def _read(self, parse: Callable[[str], Any], raw: str, field: str, place: str) -> Any:
        try:
            value = parse(raw)
        except ValueError:
            value = ""
        if value in ("", None):
            label = remarks.DATE if field == "date" else property_label(field)
            self.draft.leave(losses.unreadable(label))
            self.draft.warn(place, remarks.no_value(raw[:60], label), remarks.no_value("…", label))
            return ""
        return value

    def text(self, raw: str) -> str:
        text, contact = cells.text(raw)
        if contact:
            self.draft.leave(losses.CONTACT)
        return text

    def day(self, raw: str, field: str, place: str) -> str:
        if found := cells.day(raw, self._american):
            return "" if found == "ongoing" and field == "since" else found
        return str(self._read(lambda _: "", raw, "date", place))


def _coordinate(cell: str, bound: int) -> float | None:
    value = float(cell.strip().replace(",", "."))
    return round(value, 10) if -bound <= value <= bound else None
