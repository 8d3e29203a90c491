"""Small charts as SVG: a bar for one cell of a table, and columns for a series of years."""

from __future__ import annotations

from html import escape

from ecosystem import figures
from ecosystem.analysis.gaps.tables import Cell, Table
from ecosystem.values import Language, Text

WIDTH, HEIGHT, TOP, FOOT, SIDE = 360, 120, 14, 16, 6
MOST_LABELS = 16


def bar(fill: float, tick: float | None = None) -> str:
    """A bar that is ``fill`` of its length, from 0 to 1, with a mark at ``tick``.

    It says nothing that the number beside it does not, so it is hidden from those who listen.
    """
    mark = ""
    if tick is not None:
        place = min(max(100 * tick - 0.5, 0), 99)
        mark = f'<rect class="tick" x="{place:.1f}" width="1" height="8" fill="#16202b"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="share-bar" viewBox="0 0 100 8" '
        'preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="track" y="2" width="100" height="4" fill="#d8e0e7"/>'
        f'<rect class="part" y="2" width="{100 * fill:.1f}" height="4" fill="#1073e1"/>{mark}</svg>'
    )


def columns(table: Table, lang: Language) -> str:
    """The bars of a series side by side, each with its value; empty where nothing is drawn.

    The first column of the table names the rows, its first column with a bar is drawn.
    """
    place = next((i for i, one in enumerate(table.columns) if one.bar), None)
    if place is None or not table.rows:
        return ""
    step = (WIDTH - 2 * SIDE) / len(table.rows)
    every = -(-len(table.rows) // MOST_LABELS)
    parts = []
    for number, row in enumerate(table.rows):
        drawn = table.fill(row, place)
        middle = SIDE + step * (number + 0.5)
        if drawn and row[place]:
            high = max((HEIGHT - TOP - FOOT) * drawn[0], 1)
            base = HEIGHT - FOOT - high
            parts.append(
                f'<rect class="part" x="{middle - 0.36 * step:.1f}" y="{base:.1f}" '
                f'width="{0.72 * step:.1f}" height="{high:.1f}" fill="#1073e1"/>'
                f'<text x="{middle:.1f}" y="{base - 3:.1f}">{_figure(row[place], lang)}</text>'
            )
        if number % every == 0:
            name = _name(table, number, lang)
            parts.append(f'<text x="{middle:.1f}" y="{HEIGHT - 4}">{escape(name)}</text>')
    parts.append(
        f'<path class="axis" d="M0 {HEIGHT - FOOT}H{WIDTH}" stroke="#8795a3" fill="none"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="columns" role="img" '
        f'aria-label="{escape(spoken(table, lang))}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Sofia Sans, system-ui, sans-serif" font-size="9.5" text-anchor="middle" '
        f'fill="#16202b">{"".join(parts)}</svg>'
    )


def spoken(table: Table, lang: Language) -> str:
    """The series in words: its title, then every row that is not zero."""
    place = next(i for i, one in enumerate(table.columns) if one.bar)
    said = [
        f"{_name(table, number, lang)}: {_figure(row[place], lang)}"
        for number, row in enumerate(table.rows)
        if row[place]
    ]
    return f"{table.title.show(lang)[0]}. {'; '.join(said)}."


def _figure(cell: Cell, lang: Language) -> str:
    return figures.number(cell, lang) if isinstance(cell, (int, float)) else str(cell)


def _name(table: Table, number: int, lang: Language) -> str:
    cell = table.rows[number][0]
    return cell.show(lang)[0] if isinstance(cell, Text) else str(cell)
