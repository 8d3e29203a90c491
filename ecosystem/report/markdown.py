"""The report as Markdown; names stay text whatever they hold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from ecosystem.report.blocks import (
    Block,
    Bullets,
    Cite,
    Foreign,
    Grid,
    Heading,
    Line,
    Paragraph,
    Picture,
    References,
    Report,
    Run,
)


def document(report: Report) -> str:
    """The whole report; a picture is told in its words."""
    parts = [f"# {_plain(report.title)}", _plain(report.subtitle), *map(_text, report.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


@singledispatch
def _text(block: Block) -> str:
    raise TypeError(block)


@_text.register
def _(block: Heading) -> str:
    return f"{'#' * block.level} {_plain(block.text)}"


@_text.register
def _(block: Paragraph) -> str:
    return _line(block.line)


@_text.register
def _(block: Bullets) -> str:
    marks = (f"{n}." if block.numbered else "-" for n in range(1, len(block.lines) + 1))
    return "\n".join(f"{mark} {_line(line)}" for mark, line in zip(marks, block.lines, strict=True))


@_text.register
def _(block: Grid) -> str:
    sides = "|".join("---:" if numeric else "---" for numeric in block.numeric)
    rows = [_row(_plain(words) for words in block.headings), f"|{sides}|"]
    rows += [_row(_line(cell.line) for cell in row) for row in block.rows]
    return "\n".join([f"{_plain(block.caption)}:", "", *rows])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


@_text.register
def _(block: Picture) -> str:
    return _plain(block.words)


@_text.register
def _(block: References) -> str:
    return "\n".join(
        f"{entry.number}. {_line(entry.line)} {_plain(entry.url)}".rstrip()
        for entry in block.entries
    )


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    if isinstance(run, Cite):
        return _cite(run)
    return _plain(run.text if isinstance(run, Foreign) else run)


def _cite(cite: Cite) -> str:
    return f"\\[{', '.join(map(str, cite.numbers))}{', …' if cite.more else ''}\\]"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: no HTML, no emphasis by accident, one line."""
    flat = text.replace("\n", " ").replace("\t", " ")
    return "".join(f"\\{c}" if c in "\\`*_<>#[]" else c for c in flat)
