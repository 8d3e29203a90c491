"""The map as seen, as an SVG file: nodes, ties, islands, marks, legend, scope, date and sources.

It is drawn from the same model as the map in the browser, so both show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from flask_babel import gettext

from ecosystem.model import EDGE_KINDS
from webapp import wording
from webapp.graphview import LOOKS
from webapp.language import number, plain

INK, MUTED, PAPER, ISLAND, GAP = "#17212b", "#475563", "#ffffff", "#eef2f5", "#cf2336"
KINDS = {
    "Organisation": "#1073e1",
    "Person": "#af6c17",
    "Project": "#184a37",
    "City": "#604279",
    "Programme": "#0b7480",
    "Event": "#9d3a78",
    "Theme": "#4d5a67",
    "Group": "#475563",
}
TIES = {
    "plain": "#5d7089",
    "funding": "#1d5a43",
    "mentoring": "#a65f0b",
    "faint": "#a9b5c1",
    "fold": "#a9b5c1",
}
TONES = (
    "#0072b2",
    "#b34700",
    "#007a5a",
    "#a83279",
    "#8a6d00",
    "#5b3fa0",
    "#3a3a3a",
    "#2f7f1f",
    "#8a94a0",
    "#c3cbd3",
    "#7fb3d9",
    "#4f93c4",
    "#2c73a8",
    "#17527f",
    "#0a3154",
)
SILENT, BAR = 9, f'stroke="{INK}" stroke-width="1.6" fill="none"'
"""The colour of what is not recorded, and the dash that it bears."""
WIDE, LEGEND, HEAD = 1600.0, 300.0, 96.0
LETTER = 0.52
MOST_LABELS = 60


@dataclass(frozen=True)
class Legend:
    """What stands beside the picture: a title, lines below it, notes at the foot.

    ``colours`` are the values that the reader colours by, each with the number of its colour.
    """

    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    colours: tuple[tuple[str, int], ...] = ()


def still(
    drawn: Mapping[str, Any],
    legend: Legend,
    hide: Iterable[str],
    hide_ties: Iterable[str],
    focus: Iterable[str] = (),
) -> str:
    """The picture as an SVG document.

    Parameters
    ----------
    drawn
        What ``Picture.draw`` gives the browser.
    hide, hide_ties
        Kinds of nodes and of ties that are left out.
    focus
        Ids of nodes that stand out with their neighbours; everything else fades.
    """
    hidden, hidden_ties = set(hide), set(hide_ties)
    nodes = {one["id"]: one for one in drawn["nodes"] if one["group"] not in hidden}
    edges = [
        one
        for one in drawn["edges"]
        if one["group"] not in hidden_ties and one["from"] in nodes and one["to"] in nodes
    ]
    lit = _lit(nodes, edges, set(focus))
    scale, left, top, height = _frame(nodes.values(), drawn["territories"])

    def at(x: float, y: float) -> tuple[float, float]:
        return LEGEND + (x - left) * scale, HEAD + (y - top) * scale

    body = [*_islands(drawn["territories"], at), *_ties(edges, nodes, at, lit)]
    body += [_node(one, at, scale, lit) for one in nodes.values()]
    body += _marks(drawn.get("marks", ()), nodes, at, scale)
    body += _labels(nodes.values(), at, scale, lit)
    tall = max(height * scale + HEAD + 40, 700.0)
    side = _side(legend, nodes.values(), edges, tall)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE + LEGEND:.0f}" '
        f'height="{tall:.0f}" viewBox="0 0 {WIDE + LEGEND:.0f} {tall:.0f}" role="img" '
        'font-family="Sofia Sans, Noto Sans, DejaVu Sans, Arial, sans-serif">'
        f"<title>{escape(legend.title)}</title>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join(body)}{''.join(side)}</svg>\n"
    )


def _lit(nodes: Mapping[str, Any], edges: list[Any], focus: set[str]) -> set[str] | None:
    """The ids in the light, None where everything is."""
    chosen = focus & nodes.keys()
    if not chosen:
        return None
    near = {
        end
        for one in edges
        for end in (one["from"], one["to"])
        if chosen & {one["from"], one["to"]}
    }
    return chosen | near


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
    edges: Iterable[Any], nodes: Mapping[str, Any], at: Any, lit: set[str] | None
) -> list[str]:
    parts = []
    for one in edges:
        (x1, y1), (x2, y2) = (
            at(nodes[end]["x"], nodes[end]["y"]) for end in (one["from"], one["to"])
        )
        smooth = one.get("smooth") or {}
        bend = smooth.get("roundness", 0.1) * (1 if smooth.get("type") == "curvedCCW" else -1)
        cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend / 2, (y1 + y2) / 2 + (x2 - x1) * bend / 2
        bright = lit is None or {one["from"], one["to"]} <= lit
        dots = ' stroke-dasharray="2 4"' if one.get("dashes") else ""
        colour = TIES.get(one["look"], TIES["plain"])
        opacity = (0.5 if one["look"] in ("plain", "fold") else 0.8) if bright else 0.06
        parts.append(
            f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" fill="none" '
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


def _node(node: Any, at: Any, scale: float, lit: set[str] | None) -> str:
    x, y = at(node["x"], node["y"])
    r = _radius(node, scale)
    colour = TONES[node["tone"]] if "tone" in node else KINDS.get(node["group"], MUTED)
    fill = f'fill="{PAPER}" stroke="{colour}" stroke-width="1.6"'
    if not node.get("hollow") and node["group"] != "Group":
        fill = f'fill="{colour}"'
    faded = "" if lit is None or node["id"] in lit else ' opacity="0.08"'
    shape = _shape(node["group"], r, fill)
    number_ = f'<path d="M{-r / 2:.1f} 0H{r / 2:.1f}" {BAR}/>' if _dashed(node) else ""
    if node["group"] == "Group":
        size = r * min(0.85, 2.1 / len(str(node["count"])))
        number_ = (
            f'<text y="{0.35 * size:.1f}" text-anchor="middle" font-weight="700" '
            f'font-size="{size:.1f}" fill="{INK}">{node["count"]}</text>'
        )
    return f'<g transform="translate({x:.1f} {y:.1f})"{faded}>{shape}{number_}</g>'


def _dashed(node: Any) -> bool:
    """Whether what gives its colour or size is not recorded; a hollow one has another sign."""
    return bool(node.get("silent")) and not node.get("hollow") and node["group"] != "Group"


def _shape(kind: str, r: float, fill: str) -> str:
    if kind in ("Person", "Group"):
        return f'<circle r="{r:.1f}" {fill}/>'
    corners = {
        "Organisation": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        "Project": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        "City": [(-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0)],
        "Event": [(0, -1.15), (1.2, 0.9), (-1.2, 0.9)],
        "Programme": [(-1.25, -0.62), (1.25, -0.62), (1.25, 0.62), (-1.25, 0.62)],
    }.get(kind)
    if corners is None:
        return (
            f'<rect x="{-1.3 * r:.1f}" y="{-0.65 * r:.1f}" width="{2.6 * r:.1f}" '
            f'height="{1.3 * r:.1f}" rx="{0.65 * r:.1f}" {fill}/>'
        )
    points = " ".join(f"{x * r:.1f},{y * r:.1f}" for x, y in corners)
    return f'<polygon points="{points}" {fill}/>'


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


def _labels(nodes: Iterable[Any], at: Any, scale: float, lit: set[str] | None) -> list[str]:
    """Names by importance, each where no other stands already."""
    ranked = sorted(
        (one for one in nodes if lit is None or one["id"] in lit),
        key=lambda one: (-one["importance"], one["id"]),
    )
    taken: list[tuple[float, float, float, float]] = []
    parts: list[str] = []
    for one in ranked:
        words = one["label"] if len(one["label"]) <= 34 else one["label"][:33].rstrip() + "…"
        x, y = at(one["x"], one["y"])
        below, half = _radius(one, scale) + 13, LETTER * 13 * len(words) / 2
        box = (x - half, y + below - 12, x + half, y + below + 4)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        lang = f' lang="{one["lang"]}"' if one.get("lang") else ""
        parts.append(
            f'<text x="{x:.1f}" y="{y + below:.1f}" text-anchor="middle" font-size="13" '
            f'fill="{MUTED if one.get("external") else INK}" stroke="{PAPER}" stroke-width="4" '
            f'paint-order="stroke"{lang}>{escape(words)}</text>'
        )
        if len(parts) == MOST_LABELS:
            break
    return parts


def _side(legend: Legend, nodes: Iterable[Any], edges: Iterable[Any], tall: float) -> list[str]:
    """Title above; kinds with their numbers and kinds of ties at the left; notes at the foot."""
    parts = [
        f'<text x="24" y="44" font-size="26" font-weight="700" fill="{INK}">'
        f"{escape(legend.title)}</text>",
        *(
            f'<text x="24" y="{68 + 18 * row}" font-size="14" fill="{MUTED}">{escape(line)}</text>'
            for row, line in enumerate(legend.lines[:2])
        ),
    ]
    counts: dict[str, int] = {}
    for one in nodes:
        counts[one["group"]] = counts.get(one["group"], 0) + 1
    y = HEAD + 40
    for kind, count in counts.items():
        words = gettext("Groups of several") if kind == "Group" else wording.plural(kind)
        shape = _shape(kind, 7, f'fill="{KINDS.get(kind, MUTED)}"')
        parts.append(f'<g transform="translate(36 {y - 5:.0f})">{shape}</g>')
        parts.append(
            f'<text x="56" y="{y:.0f}" font-size="14" fill="{INK}">{escape(words)} '
            f'<tspan fill="{MUTED}">{number(count)}</tspan></text>'
        )
        y += 24
    y += 12
    shown = {one["group"] for one in edges}
    for kind, look in LOOKS.items():
        if kind not in shown:
            continue
        dots = ' stroke-dasharray="2 4"' if look.get("dots") else ""
        parts.append(
            f'<path d="M24 {y - 5:.0f}H50" stroke="{TIES[look["look"]]}" '
            f'stroke-width="{look["width"]}"{dots}/><text x="56" y="{y:.0f}" font-size="14" '
            f'fill="{INK}">{escape(plain(EDGE_KINDS[kind].label))}</text>'
        )
        y += 22
    y += 12
    for words, tone in legend.colours[:14]:
        parts.append(
            f'<rect x="30" y="{y - 11:.0f}" width="12" height="12" rx="2" fill="{TONES[tone]}"/>'
            + (f'<path d="M33 {y - 5:.0f}H39" {BAR}/>' if tone == SILENT else "")
            + f'<text x="56" y="{y:.0f}" font-size="14" fill="{INK}">{escape(words)}</text>'
        )
        y += 22
    foot = tall - 16 * len(legend.notes) - 8
    parts += [
        f'<text x="24" y="{foot + 16 * row:.0f}" font-size="12" fill="{MUTED}">'
        f"{escape(note)}</text>"
        for row, note in enumerate(legend.notes, 1)
    ]
    return parts
