"""The handbook read as tests read it: what each numbered list of a chapter asks somebody to do.

In such a list a link is opened, what is bold is pressed, what stands as code is typed into what was
pressed before, what is slanted is seen then, and a picture is what the window shows at that point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from ecosystem.paths import handbook_folder
from ecosystem.values import WRITTEN, Language
from webapp import handbook

FOLDER = handbook_folder()
MARKS = {"link_open": "open", "strong_open": "press", "em_open": "see"}
ALL = (handbook.START, *handbook.order())
CHAPTERS = [(name, lang) for name in ALL for lang in WRITTEN]


@dataclass(frozen=True)
class Step:
    """Something to do or to see: ``open``, ``press``, ``type``, ``see`` or ``picture``."""

    do: str
    words: str


@dataclass(frozen=True)
class Walk:
    """One numbered list.

    Attributes
    ----------
    rows
        The last table before it, which is what a sheet that it brings in holds.
    said
        The last quotation before it, which is what a document that it brings in says.
    """

    chapter: str
    lang: Language
    number: int
    steps: tuple[Step, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    said: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.chapter}-{self.lang}-{self.number}"


def walks(name: str, lang: Language) -> list[Walk]:
    """The numbered lists of a chapter, in their order."""
    tokens = handbook.chapter(name, lang).tokens
    found: list[Walk] = []
    rows: list[tuple[str, ...]] = []
    said = ""
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            rows = list(_rows(inside(tokens, at)))
        elif token.type == "blockquote_open":
            said = "\n\n".join(one.content for one in inside(tokens, at) if one.type == "inline")
        elif token.type == "ordered_list_open":
            steps = tuple(_steps(inside(tokens, at)))
            found.append(Walk(name, lang, len(found) + 1, steps, tuple(rows), said))
    return found


def inside(tokens: list[Token], at: int) -> list[Token]:
    """The tokens up to where the one at a place is closed."""
    closing = tokens[at].type.removesuffix("_open") + "_close"
    ends = (one for one in range(at, len(tokens)) if tokens[one].type == closing)
    return tokens[at : next(one for one in ends if tokens[one].level == tokens[at].level)]


def _rows(tokens: list[Token]) -> Iterator[tuple[str, ...]]:
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            yield tuple(one.content for one in inside(tokens, at) if one.type == "inline")


def _steps(tokens: list[Token]) -> Iterator[Step]:
    for token in tokens:
        parts = token.children or []
        for at, part in enumerate(parts):
            if part.type == "link_open":
                yield Step("open", str(part.attrGet("href")))
            elif part.type in MARKS:
                yield Step(MARKS[part.type], parts[at + 1].content)
            elif part.type == "code_inline":
                yield Step("type", part.content)
            elif part.type == "image":
                yield Step("picture", str(part.attrGet("src")))


def prose(name: str, lang: Language) -> list[Token]:
    """The inline tokens of a chapter outside its numbered lists and its examples."""
    tokens = handbook.chapter(name, lang).tokens
    apart = {
        id(one)
        for at, token in enumerate(tokens)
        if token.type in ("ordered_list_open", "table_open", "blockquote_open")
        for one in inside(tokens, at)
    }
    return [one for one in tokens if one.type == "inline" and id(one) not in apart]


def pictures(name: str, lang: Language) -> dict[str, str]:
    """The names of a chapter's pictures, each with what it is said to show."""
    tokens = handbook.every(handbook.chapter(name, lang).tokens)
    return {str(one.attrGet("src")): one.content for one in tokens if one.type == "image"}


def size(picture: Path) -> tuple[int, int]:
    """How wide and high a picture in WebP is, from its first bytes."""
    head = picture.read_bytes()[:30]
    assert head[:4] + head[8:15] == b"RIFFWEBPVP8", f"{picture.name} is no WebP"
    if head[15:16] == b"X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width, height


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)
