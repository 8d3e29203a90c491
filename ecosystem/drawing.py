"""The map as a still picture: islands, nodes by kind, ties, the names that matter most."""

from __future__ import annotations

from html import escape

from ecosystem.analysis.layout import Layout
from ecosystem.look import KINDS, TIES, shape
from ecosystem.model import NODE_KINDS
from ecosystem.snapshot import Snapshot
from ecosystem.values import Language

LABELS = 14
RADIUS = 12.0


def drawing(snapshot: Snapshot, layout: Layout, lang: Language) -> str:
    """The members of the snapshot as an SVG element with a text for those who cannot see it.

    Labels go to the members with most ties; externals and themes are left out.
    """
    shown = {i: at for i, at in layout.positions.items() if _is_drawn(snapshot, i)}
    if not shown:
        return ""
    xs, ys = [x for x, _ in shown.values()], [y for _, y in shown.values()]
    left, top = min(xs) - 160, min(ys) - 90
    width, height = max(xs) - left + 160, max(ys) - top + 60
    parts = [*_islands(layout, shown, lang), *_ties(snapshot, shown)]
    parts += [_mark(snapshot.nodes[i].kind, x, y) for i, (x, y) in shown.items()]
    parts += _labels(snapshot, shown, lang)
    title = escape(_summary(snapshot, shown, lang))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" aria-label="{title}" '
        f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'font-family="Sofia Sans, system-ui, sans-serif">{"".join(parts)}</svg>'
    )


def _is_drawn(snapshot: Snapshot, identity: str) -> bool:
    return identity in snapshot.members and snapshot.nodes[identity].kind != "Theme"


def _summary(snapshot: Snapshot, shown: dict[str, tuple[float, float]], lang: Language) -> str:
    counts: dict[str, int] = {}
    for identity in shown:
        label = NODE_KINDS[snapshot.nodes[identity].kind].label.show(lang)[0]
        counts[label] = counts.get(label, 0) + 1
    what = "Карта" if lang == "bg" else "Map"
    return f"{what}: " + ", ".join(f"{label} {count}" for label, count in counts.items())


def _islands(layout: Layout, shown: dict[str, tuple[float, float]], lang: Language) -> list[str]:
    parts = []
    for island in layout.territories:
        if not any(identity in shown for identity in island.nodes):
            continue
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in island.hull)
        x, y = island.caption_at
        caption = escape(island.caption.show(lang)[0])
        parts.append(f'<polygon points="{points}" fill="#eef2f5" stroke="#cfd9e1"/>')
        parts.append(
            f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="34" '
            f'font-weight="600" fill="#5b6b7a">{caption}</text>'
        )
    return parts


def _ties(snapshot: Snapshot, shown: dict[str, tuple[float, float]]) -> list[str]:
    lines = [
        f"M{shown[e.source][0]:.0f} {shown[e.source][1]:.0f}"
        f"L{shown[e.target][0]:.0f} {shown[e.target][1]:.0f}"
        for e in snapshot.edges.values()
        if e.kind != "LOCATED_IN" and e.source in shown and e.target in shown
    ]
    drawn = "".join(lines)
    return [f'<path d="{drawn}" fill="none" stroke="{TIES["plain"]}" stroke-opacity=".28"/>']


def _mark(kind: str, x: float, y: float) -> str:
    outline = shape(kind, RADIUS, f'fill="{KINDS[kind]}"')
    return f'<g transform="translate({x:.0f} {y:.0f})">{outline}</g>'


def _labels(snapshot: Snapshot, shown: dict[str, tuple[float, float]], lang: Language) -> list[str]:
    ranked = sorted(shown, key=lambda i: (-len(snapshot.edges_of(i)), i))
    taken: list[tuple[float, float, float]] = []
    parts = []
    for identity in ranked:
        name, spoken = snapshot.name(identity).show(lang)
        x, y = shown[identity]
        half = 9.0 * len(name)
        place = (x, y + 46, half)
        if any(abs(y + 46 - v) < 40 and abs(x - u) < half + h for u, v, h in taken):
            continue
        taken.append(place)
        parts.append(
            f'<text x="{x:.0f}" y="{y + 46:.0f}" text-anchor="middle" font-size="30" '
            f'fill="#16202b" stroke="#fff" stroke-width="6" paint-order="stroke" lang="{spoken}">'
            f"{escape(name)}</text>"
        )
        if len(parts) == LABELS:
            break
    return parts
