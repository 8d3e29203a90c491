"""The report as a tagged PDF, typeset by Typst with the fonts beside this module.

The content reaches the typesetter as data, never as its source: no name can be taken for markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import typst

from ecosystem.report.blocks import (
    Block,
    Bullets,
    Cite,
    Foreign,
    Grid,
    Line,
    Paragraph,
    Picture,
    References,
    Report,
    Run,
)

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
LONGEST_WORD = 28
# The letters of a line of a table; what a column needs beside them; how a heading is wider; the
# least of a bar; above which a word of a cell may be broken; above which a cell has several lines.
LETTERS, GUTTER, SEMIBOLD, BAR, TORN, MOST = 96.0, 1.8, 1.16, 10.0, 12, 60
_LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")


def document(report: Report) -> bytes:
    """The report as PDF/UA-1, of which page numbers, contents, links and language are part.

    A report with a letter that no font holds is still set, tagged but without that mark.
    """
    data = {
        "title": report.title,
        "subtitle": report.subtitle,
        "lang": report.lang,
        "contents": report.contents,
        "blocks": [
            {**_block(block), "leads": isinstance(after, (Grid, Picture, Paragraph, Bullets))}
            for block, after in zip(report.blocks, (*report.blocks[1:], None), strict=True)
        ],
    }
    inputs = {"report": json.dumps(data, ensure_ascii=False)}
    # The day that the report is about stands for the time of making: equal content, equal bytes.
    made = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC)
    try:
        return _typeset(inputs, made, ["ua-1"])
    except typst.TypstError:
        return _typeset(inputs, made, [])


def _typeset(inputs: dict[str, str], made: datetime, standards: list[Literal["ua-1"]]) -> bytes:
    found: bytes = typst.compile(
        HERE / "report.typ",
        root=HERE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=[*standards],
        timestamp=made,
    )
    return found


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _block(block: Block) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": type(block).__name__.lower(), **asdict(block)}
    for name in ("line", "lines"):
        if name in found:
            value = getattr(block, name)
            found[name] = _line(value) if name == "line" else [_line(one) for one in value]
    if isinstance(block, Grid):
        found["widths"] = widths(block)
        fits = sum(found["widths"]) <= LETTERS
        found["rows"] = [
            [
                {"line": _line(cell.line), "bar": cell.bar, "torn": not fits or _long(cell.line)}
                for cell in row
            ]
            for row in block.rows
        ]
    for name in ("text", "caption", "words"):
        if name in found:
            found[name] = breakable(found[name])
    if isinstance(block, References):
        found["entries"] = [
            {
                "number": one.number,
                "line": _line(one.line),
                "url": one.url,
                "shown": _address(one.url),
            }
            for one in block.entries
        ]
    return found


def _long(line: Line) -> bool:
    """Whether a word of a cell may have to be broken; others go to the next line whole."""
    words = "".join(_run(run).get("text", "") for run in line).split()
    return any(len(word) >= TORN for word in words)


def _line(line: Line) -> list[dict[str, Any]]:
    return [_run(run) for run in line]


def _run(run: Run) -> dict[str, Any]:
    if isinstance(run, Cite):
        return {"cite": list(run.numbers), "more": run.more}
    if isinstance(run, Foreign):
        return {"text": breakable(run.text), "lang": run.lang}
    return {"text": breakable(run)}


def breakable(text: str) -> str:
    """``text`` with places to break inside words that are too long for a line."""

    def broken(word: re.Match[str]) -> str:
        letters = word[0]
        step = LONGEST_WORD // 2
        return "\u200b".join(letters[i : i + step] for i in range(0, len(letters), step))

    return _LONG.sub(broken, text)


def _address(url: str) -> str:
    """An address as people read it, with places to break behind its signs."""
    read = unquote(url, errors="strict") if _is_text(url) else url
    return breakable(re.sub(r"([/?&=._%-])(?=\w)", "\\1\u200b", read))


def _is_text(url: str) -> bool:
    """Whether its escapes are letters that can be shown in their place."""
    try:
        read = unquote(url, errors="strict")
    except UnicodeDecodeError:
        return False
    return read.isprintable() and " " not in read


def widths(grid: Grid) -> list[float]:
    """How wide the columns are to each other, in letters.

    Each has room for its longest word and, where it holds numbers, for its longest cell; what is
    left of the line goes to the columns that hold more.
    """
    least, wanted = [], []
    for place, heading in enumerate(grid.headings):
        cells = ["".join(_run(run).get("text", "") for run in row[place].line) for row in grid.rows]
        word = max((SEMIBOLD * len(one) for one in heading.split()), default=0.0)
        words = cells if grid.numeric[place] else [one for cell in cells for one in cell.split()]
        inside = max((len(one) for one in words), default=0)
        bar = BAR if any(row[place].bar for row in grid.rows) else 0
        least.append(GUTTER + max(word, bar, min(inside, inside if grid.numeric[place] else TORN)))
        content = sorted(map(len, cells))[-1 - len(cells) // 8] if cells else 0
        wanted.append(max(least[-1], min(content, MOST) + GUTTER))
    spare, more = LETTERS - sum(least), sum(wanted) - sum(least)
    part = min(1.0, max(0.0, spare / more)) if more else 0.0
    return [low + part * (high - low) for low, high in zip(least, wanted, strict=True)]
