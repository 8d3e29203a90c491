"""How things look wherever they are drawn: map, saved picture, report, the mark beside a name.

The style sheet holds these colours with those of the dark theme beside them, ``shapes.js`` these
outlines for the canvas; a test reads all three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin

KINDS: Mapping[str, str] = {
    "Organisation": "#1073e1",
    "Person": "#af6c17",
    "Project": "#184a37",
    "City": "#604279",
    "Programme": "#0b7480",
    "Event": "#9d3a78",
    "Theme": "#4d5a67",
}
"""The colour of each kind of thing, on paper."""
TIES: Mapping[str, str] = {
    "plain": "#5d7089",
    "funding": "#1d5a43",
    "mentoring": "#a65f0b",
    "faint": "#a9b5c1",
}
"""The colour of each look of a tie, on paper."""
TONES: tuple[str, ...] = (
    *("#0072b2", "#b34700", "#007a5a", "#a83279", "#8a6d00", "#5b3fa0", "#3a3a3a", "#2f7f1f"),
    *("#8a94a0", "#c3cbd3", "#7fb3d9", "#4f93c4", "#2c73a8", "#17527f", "#0a3154"),
)
"""The colours of values: eight apart, the rest, not recorded, and five steps of an amount."""


@dataclass(frozen=True)
class Circle:
    """A circle; the others have about its area, so that none looks bigger than it is."""

    def drawn(self, r: float, attributes: str) -> str:
        """The outline as an element of SVG around the origin, for a circle of radius ``r``."""
        return f'<circle r="{r:.1f}" {attributes}/>'


@dataclass(frozen=True)
class Box:
    """A rectangle by half its width and height, with round corners."""

    wide: float
    high: float
    corner: float

    def drawn(self, r: float, attributes: str) -> str:
        """The outline as an element of SVG around the origin, for a circle of radius ``r``."""
        w, h = self.wide * r, self.high * r
        return (
            f'<rect x="{-w:.1f}" y="{-h:.1f}" width="{2 * w:.1f}" height="{2 * h:.1f}" '
            f'rx="{self.corner * r:.1f}" {attributes}/>'
        )


@dataclass(frozen=True)
class Polygon:
    """An even polygon by its corners, the radius on which they lie, and how far it stands lower.

    Its first corner is at the top, or on the right where it is ``lying``.
    """

    corners: int
    radius: float
    lying: bool = False
    down: float = 0.0

    def drawn(self, r: float, attributes: str) -> str:
        """The outline as an element of SVG around the origin, for a circle of radius ``r``."""
        turn = 0.0 if self.lying else -pi / 2
        angles = [turn + 2 * pi * i / self.corners for i in range(self.corners)]
        points = " ".join(
            f"{self.radius * r * cos(a):.1f},{r * (self.radius * sin(a) + self.down):.1f}"
            for a in angles
        )
        return f'<polygon points="{points}" {attributes}/>'


SHAPES: Mapping[str, Circle | Box | Polygon] = {
    "Organisation": Box(0.886, 0.886, 0.14),
    "Person": Circle(),
    "Project": Polygon(4, 1.2533),
    "City": Polygon(6, 1.0996, lying=True),
    "Programme": Box(1.25, 0.63, 0.38),
    "Event": Polygon(3, 1.45, down=0.2),
    "Theme": Box(1.3, 0.6, 0.6),
}


def shape(kind: str, r: float, attributes: str = "") -> str:
    """The outline of a kind of thing as SVG around the origin; a circle where the kind has none."""
    return SHAPES.get(kind, Circle()).drawn(r, attributes)
