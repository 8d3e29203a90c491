"""What part of the store is looked at, and when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

READINGS = ("known", "in-force")


@dataclass(frozen=True)
class View:
    """What part of the store is looked at, and when: every analysis names its view."""

    scope: str
    as_of: str
    reading: str = "known"
    undated: bool = True
    people: bool = True

    @property
    def day(self) -> date:
        """The day looked at."""
        return date.fromisoformat(self.as_of)

    def to_dict(self) -> dict[str, Any]:
        """The view as plain values."""
        return asdict(self)
