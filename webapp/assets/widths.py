"""Makes the table of advance widths of the map's letters from the web fonts.

Needs fonttools and brotli. Canvas and saved picture lay names out by it, so that both break and
shorten them alike.
"""

import json
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STATIC = Path(__file__).parent.parent / "static"
SUBSETS = ("latin", "cyrillic", "latin-ext", "cyrillic-ext")
WEIGHTS = (500, 700)
"""Of usual names, and of cities and what is chosen."""
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x2010, 0x2026),
)
MORE = "№€„“”‚‘’‹›–—…™−"
HEAD = """// @ts-check
// Made by `webapp/assets/widths.py` of the shipped font: how wide letters are, in thousandths of
// their size; by weight, for each width, all letters that have it. `webapp/lettering.py` reads it.

/** @type {Record<string, Record<string, string>>} */
export const WIDTHS = """


def widths(weight: int) -> dict[str, str]:
    """Letters by their width, at one weight; the first subset that has a letter says it."""
    wanted = {*(chr(one) for low, high in RANGES for one in range(low, high + 1)), *MORE}
    found: dict[str, int] = {}
    for subset in SUBSETS:
        font = TTFont(STATIC / "vendor" / f"sofia-sans-{subset}-wght-normal.woff2")
        instantiateVariableFont(font, {"wght": weight}, inplace=True)
        units, metrics = font["head"].unitsPerEm, font["hmtx"]
        for code, glyph in font.getBestCmap().items():
            if chr(code) in wanted:
                found.setdefault(chr(code), round(1000 * metrics[glyph][0] / units))
    by_width: dict[str, str] = {}
    for letter, width in sorted(found.items(), key=lambda one: (one[1], one[0])):
        by_width[str(width)] = by_width.get(str(width), "") + letter
    return by_width


if __name__ == "__main__":
    table = json.dumps({str(one): widths(one) for one in WEIGHTS}, ensure_ascii=False, indent=1)
    target = STATIC / "js" / "map" / "widths.js"
    target.write_text(f"{HEAD}{table};\n", encoding="utf-8")
