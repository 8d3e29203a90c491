"""Saying what is being done and how far it is, to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Self, TypeVar

Talk = Callable[[str], None]
"""Hears what is being done; what it raises ends that."""
Item = TypeVar("Item")


class Share(str):
    """What is being done, with how many hundredths of it are done."""

    __slots__ = ("hundredths",)
    hundredths: int

    @classmethod
    def of(cls, message: str, done: int, total: int) -> Self:
        """The share of ``done`` in ``total``."""
        found = cls(message)
        found.hundredths = done * 100 // max(total, 1)
        return found


def told(items: Sequence[Item], talk: Talk, message: str) -> Iterator[Item]:
    """Go through items while ``talk`` hears how far that is; what it raises ends it."""
    step = max(1, len(items) // 100)
    for number, item in enumerate(items):
        if number % step == 0:
            talk(Share.of(message, number, len(items)))
        yield item


def quiet(_message: str) -> None:
    """Talk to nobody."""
