"""What a report is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cite:
    """Numbers of sources; ``more`` where the statement has others besides."""

    numbers: tuple[int, ...]
    more: bool = False


@dataclass(frozen=True)
class Foreign:
    """Words that are only there in the other language."""

    text: str
    lang: str


Run = str | Foreign | Cite
Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 (a section) or 3; ``id`` is what a link leads to."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a quiet one explains and stands back."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list; its points are numbered where their order says something."""

    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell with the bar below it: how much of it is filled, and where its tick stands."""

    line: Line
    bar: tuple[float, float | None] | None = None


@dataclass(frozen=True)
class Grid:
    """A table; ``numeric`` says of each column whether it holds numbers."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with the words that stand for it and those below it."""

    svg: str
    words: str
    caption: str = ""


@dataclass(frozen=True)
class Entry:
    """A numbered source."""

    number: int
    line: Line
    url: str


@dataclass(frozen=True)
class References:
    """The sources, in the order of their numbers."""

    entries: tuple[Entry, ...]


Block = Heading | Paragraph | Bullets | Grid | Picture | References


@dataclass(frozen=True)
class Report:
    """A whole report: its title and what stands below it, language and content."""

    title: str
    subtitle: str
    lang: str
    as_of: str
    contents: str
    blocks: tuple[Block, ...]
