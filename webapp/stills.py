"""The map as seen, as an SVG file: nodes, ties, islands, marks, legend, scope, date and sources.

It is drawn from the same model as the map in the browser, so both show the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from flask_babel import gettext

from ecosystem.look import KINDS, TIES, TONES, shape
from ecosystem.model import EDGE_KINDS
from webapp import wording
from webapp.graphview import LOOKS
from webapp.language import number, plain
from webapp.lettering import LINE, Mark, Placed, placed, width_of
from webapp.seen import Light, Seen, Wanted, seen

INK, MUTED, PAPER, ISLAND, GAP = "#17212b", "#475563", "#ffffff", "#eef2f5", "#cf2336"
SILENT, BAR = 9, f'stroke="{INK}" stroke-width="1.6" fill="none"'
"""The colour of what is not recorded, and the dash that it bears."""
UNDATED = 0.45
"""How much paler a tie is of which it is not recorded whether it held on the day."""
WIDE, LEGEND, HEAD = 1600.0, 300.0, 96.0


@dataclass(frozen=True)
class Legend:
    """What stands beside the picture: a title, lines below it, notes at the foot.

    ``colours`` are the values that the reader colours by, each with the number of its colour.
    """

    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    colours: tuple[tuple[str, int], ...] = ()


def still(drawn: Mapping[str, Any], legend: Legend, wanted: Wanted) -> str:
    """The picture as an SVG document: what the address shows of it, and no more.

    Each node and tie bears its id as ``data-id``. ``drawn`` is what ``Picture.draw`` gives the
    browser. Folded groups, which stand beside the map, are listed in the legend.
    """
    what = seen(drawn, wanted)
    nodes, edges = what.nodes, what.edges
    territories = () if what.alone else drawn["territories"]
    scale, left, top, height = _frame(nodes.values(), territories)

    def at(x: float, y: float) -> tuple[float, float]:
        return LEGEND + (x - left) * scale, HEAD + (y - top) * scale

    body = [*_islands(territories, at), *_ties(edges, nodes, at, what.light)]
    body += [_node(one, at, scale, what.light) for one in nodes.values()]
    body += _marks(drawn.get("marks", ()), nodes, at, scale)
    tall = max(height * scale + HEAD + 40, 700.0)
    body += _labels(nodes.values(), at, scale, what.light, wanted, tall)
    side = _side(legend, what, tall)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE + LEGEND:.0f}" '
        f'height="{tall:.0f}" viewBox="0 0 {WIDE + LEGEND:.0f} {tall:.0f}" role="img" '
        'font-family="Sofia Sans, Noto Sans, DejaVu Sans, Arial, sans-serif">'
        f"<title>{escape(legend.title)}</title>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join(body)}{''.join(side)}</svg>\n"
    )


def _frame(nodes: Iterable[Any], territories: Iterable[Any]) -> tuple[float, float, float, float]:
    xs = [one["x"] for one in nodes] or [0.0]
    points = [point for one in territories for point in one["hull"]]
    ys = [one["y"] for one in nodes] or [0.0]
    xs += [x for x, _ in points]
    ys += [y for _, y in points]
    wide, tall = max(xs) - min(xs) + 240, max(ys) - min(ys) + 160
    return WIDE / wide, min(xs) - 120, min(ys) - 80, tall


def _islands(territories: Iterable[Any], at: Any) -> list[str]:
    parts = []
    for one in territories:
        if one["external"]:
            continue
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in one["hull"]))
        x, y = at(*one["at"])
        parts.append(f'<polygon points="{points}" fill="{ISLAND}" stroke="#cbd5de"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="15" '
            f'font-weight="600" fill="{MUTED}">{escape(one["caption"])}</text>'
        )
    return parts


def _ties(
    edges: Iterable[Any], nodes: Mapping[str, Any], at: Any, light: Light | None
) -> list[str]:
    parts = []
    for one in edges:
        (x1, y1), (x2, y2) = (
            at(nodes[end]["x"], nodes[end]["y"]) for end in (one["from"], one["to"])
        )
        smooth = one.get("smooth") or {}
        bend = smooth.get("roundness", 0.1) * (1 if smooth.get("type") == "curvedCCW" else -1)
        cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend / 2, (y1 + y2) / 2 + (x2 - x1) * bend / 2
        dots = ' stroke-dasharray="2 4"' if one.get("dashes") else ""
        colour = TIES.get(one["look"], TIES["faint"])
        usual = 0.5 if one["look"] in ("plain", "fold") else 0.8
        opacity = light.of_tie(one["id"]) if light else usual
        if one.get("undated"):
            opacity = round(opacity * UNDATED, 3)
        parts.append(
            f'<path data-id="{escape(one["id"])}" fill="none" '
            f'd="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" '
            f'stroke="{colour}" stroke-width="{0.7 * one["width"]:.1f}" '
            f'opacity="{opacity}"{dots}/>'
        )
    return parts


def _radius(node: Any, scale: float) -> float:
    return float(
        max(
            3.0,
            node["size"] * min(1.0, 1.2 * scale)
            if node["group"] != "Group"
            else max(14.0, node["size"] * scale),
        )
    )


def _node(node: Any, at: Any, scale: float, light: Light | None) -> str:
    x, y = at(node["x"], node["y"])
    r = _radius(node, scale)
    colour = TONES[node["tone"]] if "tone" in node else KINDS.get(node["group"], MUTED)
    fill = f'fill="{PAPER}" stroke="{colour}" stroke-width="1.6"'
    if not node.get("hollow") and node["group"] != "Group":
        fill = f'fill="{colour}"'
    strength = light.of_node(node["id"]) if light else 1.0
    faded = "" if strength == 1 else f' opacity="{strength}"'
    outline = shape(node["group"], r, fill)
    number_ = f'<path d="M{-r / 2:.1f} 0H{r / 2:.1f}" {BAR}/>' if _dashed(node) else ""
    if node["group"] == "Group":
        size = r * min(0.85, 2.1 / len(str(node["count"])))
        number_ = (
            f'<text y="{0.35 * size:.1f}" text-anchor="middle" font-weight="700" '
            f'font-size="{size:.1f}" fill="{INK}">{node["count"]}</text>'
        )
    said = f'data-id="{escape(node["id"])}" transform="translate({x:.1f} {y:.1f})"{faded}'
    return f"<g {said}>{outline}{number_}</g>"


def _dashed(node: Any) -> bool:
    """Whether what gives its colour or size is not recorded; a hollow one has another sign."""
    return bool(node.get("silent")) and not node.get("hollow") and node["group"] != "Group"


def _marks(marks: Iterable[Any], nodes: Mapping[str, Any], at: Any, scale: float) -> list[str]:
    """Gaps, dashed, each with the id of its rule."""
    parts = []
    for mark in marks:
        for one in (nodes[i] for i in mark.get("nodes", ()) if i in nodes):
            x, y = at(one["x"], one["y"])
            r = _radius(one, scale) + 6
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{GAP}" '
                'stroke-width="2" stroke-dasharray="5 4"/>' + _rule(mark["rule"], x + r, y - r)
            )
        for pair in mark.get("pairs", ()):
            if all(end in nodes for end in pair):
                (x1, y1), (x2, y2) = (at(nodes[end]["x"], nodes[end]["y"]) for end in pair)
                parts.append(
                    f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{GAP}" '
                    'stroke-width="2" stroke-dasharray="6 4"/>'
                    + _rule(mark["rule"], (x1 + x2) / 2, (y1 + y2) / 2)
                )
    return parts


def _rule(rule: str, x: float, y: float) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" font-weight="700" fill="{GAP}" '
        f'stroke="{PAPER}" stroke-width="3" paint-order="stroke">{escape(rule)}</text>'
    )


def _labels(
    nodes: Iterable[Any], at: Any, scale: float, light: Light | None, wanted: Wanted, tall: float
) -> list[str]:
    """Names by importance, as on the map: the first always, the others where there is room."""
    ranked = sorted(
        (one for one in nodes if light is None or one["id"] in light.nodes),
        key=lambda one: (-one["importance"], one["id"]),
    )
    marks = [
        Mark(
            one["label"],
            x,
            y,
            _radius(one, scale),
            strong=one["group"] == "City",
            chosen=one["id"] in wanted.select,
        )
        for one in ranked
        for x, y in (at(one["x"], one["y"]),)
    ]
    bounds = (LEGEND - 80, HEAD - 20, WIDE + LEGEND - 8, tall - 8)
    return [
        _label(one, mark, found)
        for one, mark, found in zip(ranked, marks, placed(marks, bounds), strict=True)
        if found
    ]


def _label(node: Any, mark: Mark, found: Placed) -> str:
    """A name as lines, each as wide as it was laid out, whatever font draws it."""
    lead = ""
    if found.away:
        left, top, right, bottom = found.box
        x, y = min(max(mark.x, left), right), min(max(mark.y, top), bottom)
        lead = f'<path d="M{mark.x:.1f} {mark.y:.1f}L{x:.1f} {y:.1f}" stroke="{MUTED}"/>'
    rows = "".join(
        f'<tspan x="{found.x:.1f}" y="{found.y + row * LINE:.1f}" lengthAdjust="spacingAndGlyphs" '
        f'textLength="{width_of(line, mark.size, mark.weight):.1f}">{escape(line)}</tspan>'
        for row, line in enumerate(found.lines)
    )
    return (
        f'{lead}<text data-of="{escape(node["id"])}" text-anchor="{found.anchor}" '
        f'font-size="{mark.size}" font-weight="{mark.weight}" '
        f'fill="{MUTED if node.get("external") else INK}" stroke="{PAPER}" stroke-width="4" '
        f'paint-order="stroke"{_spoken(node)}>{rows}</text>'
    )


def _spoken(node: Any) -> str:
    return f' lang="{node["lang"]}"' if node.get("lang") else ""


def _side(legend: Legend, what: Seen, tall: float) -> list[str]:
    """Title above; kinds with their numbers, kinds of ties and groups at the left; notes below."""
    parts = [
        f'<text x="24" y="44" font-size="26" font-weight="700" fill="{INK}">'
        f"{escape(legend.title)}</text>",
        *(
            f'<text x="24" y="{68 + 18 * row}" font-size="14" fill="{MUTED}">{escape(line)}</text>'
            for row, line in enumerate(legend.lines[:2])
        ),
    ]
    y = HEAD + 40
    blocks = (_kinds(what.nodes.values()), _looks(what.edges), _groups(what), _colours(legend))
    for block in blocks:
        for sign, words in block:
            parts.append(
                f'<g transform="translate(0 {y - 5:.0f})">{sign}'
                f'<text x="56" y="5" font-size="14" fill="{INK}">{words}</text></g>'
            )
            y += 23
        y += 12
    foot = tall - 16 * len(legend.notes) - 8
    parts += [
        f'<text x="24" y="{foot + 16 * row:.0f}" font-size="12" fill="{MUTED}">'
        f"{escape(note)}</text>"
        for row, note in enumerate(legend.notes, 1)
    ]
    return parts


Rows = Iterator[tuple[str, str]]
"""What stands in the legend: a sign around the height of a line, and words that are escaped."""


def _counted(words: str, count: int) -> str:
    return f'{escape(words)} <tspan fill="{MUTED}">{number(count)}</tspan>'


def _kinds(nodes: Iterable[Any]) -> Rows:
    for kind, count in Counter(one["group"] for one in nodes).items():
        words = gettext("Groups of several") if kind == "Group" else wording.plural(kind)
        mark = shape(kind, 7, f'fill="{KINDS.get(kind, MUTED)}"')
        yield f'<g transform="translate(36 0)">{mark}</g>', _counted(words, count)


def _looks(edges: Iterable[Any]) -> Rows:
    shown = {one["group"] for one in edges}
    for kind, look in LOOKS.items():
        if kind in shown:
            dots = ' stroke-dasharray="2 4"' if look.get("dots") else ""
            line = f'stroke="{TIES[look["look"]]}" stroke-width="{look["width"]}"{dots}'
            yield f'<path d="M24 0H50" {line}/>', escape(plain(EDGE_KINDS[kind].label))


def _groups(what: Seen) -> Rows:
    """Groups from elsewhere; pale where nothing in the light is tied to them."""
    for one in what.chips:
        strength = what.light.of_node(one["id"]) if what.light else 1
        faint = "" if strength == 1 else f' opacity="{strength}"'
        mark = shape(one["sign"], 6, f'fill="{KINDS.get(one["sign"], MUTED)}"{faint}')
        yield f'<g transform="translate(36 0)">{mark}</g>', _counted(one["label"], one["count"])


def _colours(legend: Legend) -> Rows:
    for words, tone in legend.colours[:14]:
        bar = f'<path d="M33 0H39" {BAR}/>' if tone == SILENT else ""
        box = f'<rect x="30" y="-6" width="12" height="12" rx="2" fill="{TONES[tone]}"/>'
        yield box + bar, escape(words)
