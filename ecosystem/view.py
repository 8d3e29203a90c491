"""What part of the store is looked at, and when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ecosystem.errors import ParameterError

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


def checked(as_of: str | None, reading: str | None) -> tuple[str, str]:
    """The day and the reading asked for; today and *known up to* where nothing is said.

    Raises
    ------
    ParameterError
        For a date that is no full day, or an unknown reading.
    """
    day = as_of or date.today().isoformat()
    try:
        if date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        raise ParameterError(f"as-of: {day!r} is not a day.", "Write it 2026-01-31.") from None
    if reading and reading not in READINGS:
        message = f"reading: {reading!r} is not one of {', '.join(READINGS)}."
        raise ParameterError(message, "Choose one of them.")
    return day, reading or READINGS[0]
