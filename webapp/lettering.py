"""Where names stand beside marks of a still picture, by the rule of the map in the browser.

The same as ``lettering.js`` and ``boxes.js``, but for the width of a name: nothing here can measure
a font, so it is estimated, and a name grows away from its mark where the font is wider.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Anchor = Literal["start", "middle", "end"]

ALWAYS = 25
"""How many, the most important, always have their name."""
LETTERS, WIDE, TALL = 13, 0.56, 16.0
"""The size of letters, how wide one is for its size, and how tall a line."""
LONGEST = 34
CELL = 64


class Mark(NamedTuple):
    """A mark with the name of what it stands for: its middle and radius."""

    name: str
    x: float
    y: float
    radius: float


class Placed(NamedTuple):
    """A name, cut where it is long, with the point of its baseline where ``anchor`` holds it."""

    words: str
    box: Box
    anchor: Anchor

    @property
    def x(self) -> float:
        """Where the anchor is."""
        left, _, right, _ = self.box
        return {"start": left, "end": right, "middle": (left + right) / 2}[self.anchor]

    @property
    def y(self) -> float:
        """The baseline."""
        return self.box[3] - 4


def placed(marks: Sequence[Mark], left: float, right: float) -> Iterator[Placed | None]:
    """The name of each mark, the most important mark first; None where there is no room.

    The first have theirs over marks of others if it must be; over a name there is never another,
    nor is any beyond ``left`` or ``right``.
    """
    shapes, taken = _Boxes(), _Boxes()
    for _, x, y, r in marks:
        shapes.add((x - r, y - r, x + r, y + r))
    for number, mark in enumerate(marks):
        around = [one for one in _places(mark) if left <= one.box[0] and one.box[2] <= right]
        open_ = [one for one in around if taken.free(one.box)]
        clear = (one for one in open_ if shapes.free(one.box))
        found = next(clear, open_[0] if open_ and number < ALWAYS else None)
        if found:
            taken.add(found.box)
        yield found


def _places(mark: Mark) -> Iterator[Placed]:
    """Around a mark: the sides, below, above, the four corners."""
    name, x, y, radius = mark
    words = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    wide, r = WIDE * LETTERS * len(words), radius + 4
    slant = 0.75 * r
    corners: tuple[tuple[float, float, Anchor], ...] = (
        (x + r, y - TALL / 2, "start"),
        (x - r - wide, y - TALL / 2, "end"),
        (x - wide / 2, y + r - 1, "middle"),
        (x - wide / 2, y - r - TALL + 1, "middle"),
        (x + slant, y + slant - 3, "start"),
        (x + slant, y - slant - TALL + 3, "start"),
        (x - slant - wide, y + slant - 3, "end"),
        (x - slant - wide, y - slant - TALL + 3, "end"),
    )
    for left, top, anchor in corners:
        yield Placed(words, (left, top, left + wide, top + TALL), anchor)


class _Boxes:
    """Boxes in a coarse grid, to find quickly whether a place is free."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box) -> bool:
        near = (other for cell in _cells(box) for other in self._cells.get(cell, ()))
        return not any(
            box[0] < c and a < box[2] and box[1] < d and b < box[3] for a, b, c, d in near
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // CELL) for side in box)
    return product(range(left, right + 1), range(top, bottom + 1))
