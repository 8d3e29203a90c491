"""Where names stand beside marks of a still picture, by the rule of the map in the browser.

The same as ``words.js``, ``letters.js`` and ``placing.js``: ``tests/js/labels.json`` has cases to
which both are held. Widths come from the table that ``assets/widths.py`` makes of the font.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Anchor = Literal["start", "middle", "end"]
Lines = tuple[str, ...]

ALWAYS = 25
"""How many, the most important, always have their name."""
SIZE, CHOSEN_SIZE, LINE = 13, 15, 15.0
"""The size of letters, of what is chosen, and how tall a line is."""
USUAL, STRONG = 500, 700
"""The weights of letters that there are widths of."""
MANY = 12
"""From so many on not every chosen one has its whole name."""
CELL = 64
LETTERS, SHORT_LETTERS, MOST_LINES = 24, 16, 4
AWAY = (0, 14, 30, 52)
MOVING, SHORTENING = 9, 350
"""What a name covers of marks before it moves a pixel away, and before it is shortened."""
OTHER, SQUARE, SQUARES_FROM = 600, 1000, 0x1100
TABLE = Path(__file__).parent / "static" / "js" / "map" / "widths.js"


class Mark(NamedTuple):
    """A mark with the name of what it stands for: its middle and radius, and how it is meant."""

    name: str
    x: float
    y: float
    radius: float
    strong: bool = False
    chosen: bool = False

    @property
    def weight(self) -> int:
        """How heavy its letters are."""
        return STRONG if self.strong or self.chosen else USUAL

    @property
    def size(self) -> int:
        """How large its letters are."""
        return CHOSEN_SIZE if self.chosen else SIZE


class Placed(NamedTuple):
    """A name as lines, where it stands, and how far it was moved from its mark."""

    lines: Lines
    box: Box
    anchor: Anchor
    away: int = 0

    @property
    def x(self) -> float:
        """Where the anchor is."""
        left, _, right, _ = self.box
        return {"start": left, "end": right, "middle": (left + right) / 2}[self.anchor]

    @property
    def y(self) -> float:
        """The baseline of the first line."""
        return self.box[1] + LINE / 2 + 4.5


class Taken(NamedTuple):
    """What is written already, all marks, and the marks of the first."""

    texts: Boxes
    shapes: Boxes
    firsts: Boxes


def placed(marks: Sequence[Mark], bounds: Box) -> list[Placed | None]:
    """The name of each mark, of which the most important come first; None where there is no room.

    Who is chosen has a name before all others, then the first have theirs, over marks of others
    if it must be; over a name there is never another, nor is any beyond the bounds.
    """
    taken = Taken(Boxes(), Boxes(), Boxes())
    for place_, mark in enumerate(marks):
        r = 1.05 * mark.radius
        box = (mark.x - r, mark.y - r, mark.x + r, mark.y + r)
        taken.shapes.add(box)
        if place_ < ALWAYS:
            taken.firsts.add(box)
    chosen = sum(mark.chosen for mark in marks)
    names: list[Placed | None] = [None] * len(marks)
    for place_ in sorted(range(len(marks)), key=lambda one: not marks[one].chosen):
        mark = marks[place_]
        names[place_] = found = place(
            _forms(mark, chosen),
            (mark.x, mark.y, mark.radius * (1.35 if mark.chosen else 1.15) + 4),
            partial(width_of, size=mark.size, weight=mark.weight),
            bounds,
            taken,
            must=mark.chosen or place_ < ALWAYS,
            first=place_ < ALWAYS,
            crowded=mark.chosen and chosen > 1,
            many=chosen > MANY,
        )
        if found:
            taken.texts.add(found.box)
    return names


def _forms(mark: Mark, chosen: int) -> tuple[Lines, ...]:
    whole, two, short = versions(mark.name)
    if mark.chosen and chosen <= MANY:
        return whole, two, short
    return (two,) if short[0] == two[0] else (two, short)


def place(
    forms: Sequence[Lines],
    mark: tuple[float, float, float],
    width: Callable[[str], float],
    bounds: Box,
    taken: Taken,
    *,
    must: bool = False,
    first: bool = False,
    crowded: bool = False,
    many: bool = False,
) -> Placed | None:
    """The first place that covers nothing; for who must have a name, the one that covers least.

    ``mark`` is its middle and how far the name keeps from it. Chosen ones stand close to others of
    them (``crowded``): their names move away before they cover a mark, and of ``many`` a list has
    every name.
    """
    left, top, right, bottom = bounds
    open_ = [
        one
        for one in _places(forms, mark, width, AWAY if must else AWAY[:1])
        if one.box[0] >= left and one.box[1] >= top and one.box[2] <= right
        if one.box[3] <= bottom and taken.texts.free(one.box)
    ]
    best = next((one for one in open_ if not one.away and taken.shapes.free(one.box)), None)
    if best or not must:
        return best
    clear = next((one for one in open_ if crowded and taken.shapes.free(one.box)), None)
    if clear or (crowded and many):
        return clear
    longest = forms[0]
    polite = [one for one in open_ if not first or taken.firsts.free(one.box)]
    return min(
        polite or open_,
        key=lambda one: (
            taken.shapes.covered(one.box)
            + MOVING * one.away
            + (SHORTENING if one.lines != longest else 0)
        ),
        default=None,
    )


def _places(
    forms: Iterable[Lines],
    mark: tuple[float, float, float],
    width: Callable[[str], float],
    aways: Sequence[int],
) -> Iterator[Placed]:
    """Around a mark: the sides, below, above, the four corners; then further away."""
    x, y, near = mark
    for lines in forms:
        wide, tall = max(map(width, lines)), LINE * len(lines)
        for away in aways:
            r = near + away
            slant = 0.75 * r
            corners: tuple[tuple[float, float, Anchor], ...] = (
                (x + r, y - tall / 2, "start"),
                (x - r - wide, y - tall / 2, "end"),
                (x - wide / 2, y + r - 1, "middle"),
                (x - wide / 2, y - r - tall + 1, "middle"),
                (x + slant, y + slant - 3, "start"),
                (x + slant, y - slant - tall + 3, "start"),
                (x - slant - wide, y + slant - 3, "end"),
                (x - slant - wide, y - slant - tall + 3, "end"),
            )
            for left, top, anchor in corners:
                yield Placed(lines, (left, top, left + wide, top + tall), anchor, away)


def wrap(words: str) -> list[str]:
    """Lines of few letters, broken between words; a longer word has a line of its own."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if len(longer) <= LETTERS or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def shorten(words: str, letters: int) -> str:
    """Words of at most so many letters; three dots say that there were more."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def _brief(name: str) -> str:
    """A name in one line: what is cut ends with a whole word where one reaches half of it."""
    cut = shorten(name, SHORT_LETTERS)
    word = cut.rfind(" ")
    if cut == name or word < SHORT_LETTERS / 2:
        return cut
    return f"{cut[:word].rstrip(' ,;:–—-')}…"


def versions(name: str) -> tuple[Lines, Lines, Lines]:
    """A name in full, in two lines, and in one short one; one line is not shortened."""
    lines = wrap(name)
    whole = tuple(shorten(line, 2 * LETTERS) for line in lines[:MOST_LINES])
    two = [shorten(line, LETTERS) for line in lines[:2]]
    if len(lines) > 2:
        two[1] = shorten(f"{two[1]} …", LETTERS)
    return whole, tuple(two), (_brief(name),) if len(lines) > 1 else tuple(two)


@cache
def _widths() -> dict[int, dict[str, int]]:
    text = TABLE.read_text(encoding="utf-8")
    rows = json.loads(text[text.index("= {") + 2 : text.rindex("}") + 1])
    return {
        int(weight): {letter: int(width) for width, letters in of.items() for letter in letters}
        for weight, of in rows.items()
    }


def width_of(words: str, size: float, weight: int) -> float:
    """The width of a line of words in pixels."""
    table = _widths()[weight]
    known = (table.get(one, SQUARE if ord(one) >= SQUARES_FROM else OTHER) for one in words)
    return sum(known) * size / 1000


class Boxes:
    """Boxes in a coarse grid, to find quickly whether a place is free."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Take a place."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box) -> bool:
        """Whether nothing is taken of a place."""
        return self.covered(box) == 0

    def covered(self, box: Box) -> float:
        """How much of a box is taken; what is taken twice counts twice."""
        total = 0.0
        for cell in _cells(box):
            for a, b, c, d in self._cells.get(cell, ()):
                left, top, right, bottom = (
                    max(box[0], a),
                    max(box[1], b),
                    min(box[2], c),
                    min(box[3], d),
                )
                if left >= right or top >= bottom:
                    continue
                # What two share in several cells counts in that of its upper left corner.
                if (left // CELL, top // CELL) == cell:
                    total += (right - left) * (bottom - top)
        return total


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // CELL) for side in box)
    return product(range(left, right + 1), range(top, bottom + 1))
