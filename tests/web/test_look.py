"""What a thing looks like is said once: style sheet and canvas say the same as the table."""

import re
from math import pi
from pathlib import Path

import pytest

from ecosystem.look import KINDS, SHAPES, TIES, TONES, Box, Circle, Polygon
from ecosystem.model import ENTITY_KINDS

STATIC = Path(__file__).parents[2] / "webapp" / "static"
STYLE = "".join((STATIC / "css" / f"{name}.css").read_text() for name in ("base", "map"))
CANVAS = (STATIC / "js" / "map" / "shapes.js").read_text()
COLOURS = {
    **{f"kind-{kind.lower()}": colour for kind, colour in KINDS.items()},
    **{f"tie-{look}": colour for look, colour in TIES.items()},
    **{f"tone-{number}": colour for number, colour in enumerate(TONES)},
}


@pytest.mark.parametrize("name", COLOURS)
def test_the_style_sheet_has_the_colours_of_the_table(name):
    said = re.findall(rf"--{name}(?:: light-dark\(| {{[^}}]*initial-value: )(#\w+)", STYLE)
    assert said == [COLOURS[name]] * 2


def test_every_kind_has_a_colour_and_a_shape():
    assert set(KINDS) == set(SHAPES) == set(ENTITY_KINDS)


@pytest.mark.parametrize("kind", SHAPES)
def test_the_canvas_draws_the_outlines_of_the_table(kind):
    line = re.search(rf"^  {kind}\(path, r\) {{ (.*) }},$", CANVAS, re.MULTILINE)[1]
    numbers = [float(one) for one in re.findall(r"(?<![\w.])\d+\.\d+|(?<=, )[346](?=,)", line)]
    match SHAPES[kind]:
        case Box(wide, high, corner):
            sizes = [wide] if "const a" in line else [wide, high, 2 * wide, 2 * high]
            assert numbers == pytest.approx([*sizes, corner])
        case Polygon(corners, radius, lying, down):
            said = [corners, radius, *([down] if down else [])]
            assert sorted(numbers) == pytest.approx(sorted(said))
            assert ("-Math.PI / 2" in line) is not lying
        case Circle():
            assert "path.arc(0, 0, r, 0" in line


@pytest.mark.parametrize("kind", sorted(set(SHAPES) - {"Programme", "Theme"}))
def test_no_kind_looks_bigger_than_another(kind):
    """All but the two bars have the area of a circle of radius one, within a tenth."""
    svg = SHAPES[kind].drawn(100, "")
    points = [tuple(map(float, one.split(","))) for one in re.findall(r"-?[\d.]+,-?[\d.]+", svg)]
    if points:
        turned = zip(points, [*points[1:], points[0]], strict=True)
        area = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2
    elif "rect" in svg:
        area = float(re.search(r'width="([\d.]+)"', svg)[1]) ** 2
    else:
        area = pi * 100**2
    assert area == pytest.approx(pi * 100**2, rel=0.15)
