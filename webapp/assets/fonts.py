"""Makes the fonts of the PDF report from the web fonts. Needs fonttools and brotli.

Each weight becomes one static TrueType file: the typesetter reads neither WOFF2 nor variable
weights, and takes a family from one file.
"""

from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
TARGET = Path(__file__).parent.parent.parent / "ecosystem" / "report" / "fonts"
SUBSETS = ("latin", "cyrillic", "latin-ext", "cyrillic-ext")
WEIGHTS = {"Regular": 400, "SemiBold": 600}


def static(subset: str, weight: int) -> BytesIO:
    """One subset at one weight, without hints."""
    font = TTFont(VENDOR / f"sofia-sans-{subset}-wght-normal.woff2")
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    out = BytesIO()
    font.save(out)
    out.seek(0)
    return out


def main() -> None:
    """Write a file per weight, and the licence beside them."""
    TARGET.mkdir(exist_ok=True)
    for name, weight in WEIGHTS.items():
        merged = Merger().merge([static(subset, weight) for subset in SUBSETS])
        merged["OS/2"].usWeightClass = weight
        for record in merged["name"].names:
            family = {
                1: f"Sofia Sans {name}".removesuffix(" Regular"),
                2: "Regular",
                4: f"Sofia Sans {name}",
                6: f"SofiaSans-{name}",
                16: "Sofia Sans",
                17: name,
            }
            if record.nameID in family:
                record.string = family[record.nameID]
        for number, words in ((16, "Sofia Sans"), (17, name)):
            merged["name"].setName(words, number, 3, 1, 0x409)
        merged["head"].created = merged["head"].modified = 0
        merged.recalcTimestamp = False
        merged.save(TARGET / f"SofiaSans-{name}.ttf")
    licence = (VENDOR / "sofia-sans.LICENSE.txt").read_text(encoding="utf-8")
    (TARGET / "LICENSE.txt").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
