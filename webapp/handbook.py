"""The handbook: chapters in Markdown, as they stand beside the code, read and made into pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from ecosystem.paths import handbook_folder
from ecosystem.values import WRITTEN, Language

APPLICATION = "http://127.0.0.1:8765"
"""As what the chapters name the application, so that their links work in every reader of files."""
START = "start"
"""The chapter that names all the others, in their order."""
PICTURE = (1120, 700)
"""How large every picture is, so that a page knows before it has come."""

_CHAPTER = re.compile(r"([a-z-]+)\.[a-z]{2}\.md")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Heading:
    """A heading of a chapter: its place in the page, in every language that of the English one."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True)
class Chapter:
    """What stands in one file of the handbook."""

    name: str
    lang: Language
    text: str
    title: str
    headings: tuple[Heading, ...]

    @property
    def tokens(self) -> list[Token]:
        """The chapter without its title, in parts that may be changed."""
        return markdown().parse(self.text)[3:]

    def html(self, address: Callable[[str], str], picture: Callable[[str], str]) -> Markup:
        """The chapter below its title as HTML.

        Parameters
        ----------
        address, picture
            What becomes of where a link leads, and of the name of a picture.
        """
        tokens = self.tokens
        headings = iter(self.headings)
        around = Heading(1, "", self.title)
        for token in every(tokens):
            if token.type == "heading_open":
                around = next(headings)
                token.attrSet("id", around.anchor)
            elif token.type == "table_open":
                token.meta["about"] = around.words
            elif token.type == "link_open":
                token.attrSet("href", address(str(token.attrGet("href"))))
            elif token.type == "image":
                token.attrSet("src", picture(str(token.attrGet("src"))))
                token.attrSet("width", PICTURE[0])
                token.attrSet("height", PICTURE[1])
        made = markdown().renderer.render(tokens, markdown().options, {})
        return Markup(made)  # noqa: S704  # our own files, in which HTML is text


@cache
def markdown() -> MarkdownIt:
    """The reader of Markdown: with tables, without HTML."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _table)
    reader.add_render_rule("table_close", lambda *_rest: "</table></div>\n")
    return reader


def _table(_renderer: Any, tokens: list[Token], at: int, *_rest: Any) -> str:
    """A table may be wider than a telephone; then it is moved by keys as well."""
    about = escape(tokens[at].meta.get("about", ""))
    return f'<div class="table-wrap" tabindex="0" role="region" aria-label="{about}"><table>\n'


def every(tokens: list[Token]) -> Iterator[Token]:
    """Each of the tokens and what is inside of it, in the order of reading."""
    for token in tokens:
        yield token
        yield from every(token.children or [])


@cache
def chapter(name: str, lang: Language) -> Chapter:
    """The chapter of a name; in a language in which none are written, the English one.

    Raises
    ------
    KeyError
        Where there is none of that name.
    """
    if name not in (START, *order()):
        raise KeyError(name)
    return _read(name, lang if lang in WRITTEN else "en")


@cache
def order() -> tuple[str, ...]:
    """The names of the chapters, as the first one lists them."""
    links = (one for one in every(_read(START, "en").tokens) if one.type == "link_open")
    named = (_CHAPTER.fullmatch(str(one.attrGet("href"))) for one in links)
    return tuple(dict.fromkeys(one[1] for one in named if one))


def _read(name: str, lang: Language) -> Chapter:
    text = (handbook_folder() / f"{name}.{lang}.md").read_text(encoding="utf-8")
    title, *rest = _headings(text)
    _, *english = _headings(text if lang == "en" else _read(name, "en").text)
    headings = [
        Heading(level, slug(words), own)
        for (level, own), (_, words) in zip(rest, english, strict=True)
    ]
    return Chapter(name, lang, text, title[1], tuple(headings))


def _headings(text: str) -> list[tuple[int, str]]:
    """The levels and words of the headings of a text."""
    tokens = markdown().parse(text)
    return [
        (int(token.tag[1]), tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def slug(words: str) -> str:
    """The words of a heading as its place in a page, as readers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def named(target: str) -> str:
    """The name of the chapter that a link between files leads to; empty for any other link."""
    found = _CHAPTER.fullmatch(target)
    return found[1] if found else ""


def told_in(place: str) -> Callable[[Shown], Shown]:
    """Say which chapter and heading speak of what a view, or each view of a blueprint, shows."""

    def added(shown: Shown) -> Shown:
        vars(shown)["told_in"] = place
        return shown

    return added
