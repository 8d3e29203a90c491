"""Writes the reference in ``docs/`` from the code that it tells of: ``python -m tests.reference``.

A file keeps the words around its two marks; what stands between them is made anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from ecosystem.analysis.gaps import RULES
from ecosystem.analysis.gaps.results import Rule
from ecosystem.analysis.metrics import DEFINITIONS
from ecosystem.assistant import tools
from ecosystem.cli import asking
from ecosystem.columns import Column
from ecosystem.io.seeds import FILES
from ecosystem.labels import property_label, word
from ecosystem.lenses import LENSES
from ecosystem.model import (
    EDGE_KINDS,
    NODE_KINDS,
    SECTORS,
    Edge,
    Entity,
    Node,
    columns,
    seed_file,
)
from ecosystem.questions import QUESTIONS
from ecosystem.questions.fields import VIEW
from ecosystem.questions.parameters import Count, Number, Pairs, Parameter, Switch
from ecosystem.questions.question import Question
from ecosystem.settings import Settings
from ecosystem.values import Text, parse_end

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- made by python -m tests.reference -->", "<!-- /made -->"
NONE = "–"
DOOR_NAMES = {
    "page": "No page",
    "command": "No command",
    "twin": "No JSON",
    "tool": "Not for assistants",
}
MOST_CHOICES = 12


def both(text: Text) -> str:
    """A text in both languages, English first; once where they are the same."""
    return text.en if text.en == text.bg else f"{text.en} · {text.bg}"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of Markdown; bars in cells are escaped."""
    yield "| " + " | ".join(headers) + " |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


# Settings


def settings() -> Iterator[str]:
    """Every setting with the name of its variable, its default and its meaning."""
    yield from table(
        ("Setting", "Environment", "Default", "Meaning"),
        (
            (f"`{name}`", f"`{environment}`", f"`{value}`" if value else "(empty)", doc)
            for name, environment, value, _, doc in Settings().rows()
        ),
    )


# Questions


def questions() -> Iterator[str]:
    """Every question: what it answers, where it is asked, its fields, what it lacks."""
    yield from table(
        ("Question", "Page", "JSON", "Command"),
        (
            (
                f"[{question.title.en}](#{question.name.replace('_', '-')})",
                _code(_page(question)),
                _code(_twin(question)),
                _code(_command(question)),
            )
            for question in QUESTIONS
        ),
    )
    yield from ("", "## The view", "")
    yield (
        "Most questions are asked of a view: whose ecosystem, on which day, with which statements."
    )
    yield from ("", *_fields(VIEW, asked=None))
    for question in QUESTIONS:
        yield from ("", *_question(question))


def _question(question: type[Question[Any]]) -> Iterator[str]:
    yield f'<a id="{question.name.replace("_", "-")}"></a>'
    yield from (f"## {both(question.title)}", "", f"{question.about()}", "")
    if page := _page(question):
        yield f"- Page: `{page}`"
    if twin := _twin(question):
        pages = ", a list in pages (`offset`, `limit`)" if question.paged else ""
        yield f"- JSON: `{twin}`{pages}"
    if question.command:
        yield f"- Command: `{_usage(question)}`"
    if question.forms:
        yield "- Files: " + ", ".join(f"`.{ending}`" for ending in question.forms)
    for door, reason in question.lacks.items():
        yield f"- {DOOR_NAMES[door]}: {reason}."
    if question.view_field():
        scoped = next(one for one in fields(question) if one.name == question.view_field())
        everywhere = "" if scoped.metadata["scope"] else "; it is asked over all scopes"
        yield f"- Asked of [a view](#the-view){everywhere}."
    own = {name: one for name, one in question.parameters().items() if name not in VIEW}
    if own:
        yield from ("", *_fields(own, question))


def _fields(own: Mapping[str, Parameter], asked: type[Question[Any]] | None) -> Iterator[str]:
    yield from table(
        ("Field", "In an address", "On the command line", "Meaning", "Default"),
        (
            (
                one.label.en,
                _code(_address(name, one))
                if asked is None or _twin(asked) or _page(asked)
                else NONE,
                _said(name, one, asked),
                _meaning(one),
                _default(name, one),
            )
            for name, one in own.items()
        ),
    )


def _address(name: str, one: Parameter) -> str:
    if isinstance(one, Pairs):
        return f"{one.prefix}NAME"
    return one.address or name


def _said(name: str, one: Parameter, asked: type[Question[Any]] | None) -> str:
    """How a field is said on the command line."""
    if asked is not None and (not asked.command or one.doors == ("page",)):
        return NONE
    if asked is not None and asked.from_file and one.required:
        return "in the file `SCENARIO`"
    return _code(_option(name, one))


def _option(name: str, one: Parameter) -> str:
    if one.positional:
        return one.metavar or ("NAME=VALUE" if isinstance(one, Pairs) else name.upper())
    flag = one.option or f"--{name.replace('_', '-')}"
    return flag if isinstance(one, Switch) else f"{flag} {one.metavar or name.upper()}"


def _meaning(one: Parameter) -> str:
    said = [one.help.en]
    choices = one.choices()
    if 0 < len(choices) <= MOST_CHOICES:
        said.append("One of " + ", ".join(f"`{choice}`" for choice in choices) + ".")
    if isinstance(one, (Count, Number)) and one.high != 10**9:
        said.append(f"From {one.low:g} to {one.high:g}.")
    if one.many and "repeatable" not in one.help.en:
        said.append("Any number of them.")
    return " ".join(filter(None, said)) or NONE


def _default(name: str, one: Parameter) -> str:
    if one.required:
        return "required"
    if name in VIEW and not one.default:
        return {"scope": "the setting `scope`", "as_of": "today"}[name]
    if isinstance(one, Switch):
        return "yes" if one.default else "no"
    return NONE if one.default in (None, "", ()) else f"`{one.say(one.default)}`"


def _page(question: type[Question[Any]]) -> str:
    if "page" in question.lacks:
        return ""
    return "/en/" + _spoken(question.page or question.path).lstrip("/")


def _twin(question: type[Question[Any]]) -> str:
    return "" if "twin" in question.lacks else f"/api/{_spoken(question.path)}"


def _spoken(path: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: found[1].upper(), path)


def _command(question: type[Question[Any]]) -> str:
    return f"ecosystem {question.command}" if question.command else ""


def _usage(question: type[Question[Any]]) -> str:
    command = asking.command(question.command, [question])
    pieces = command.collect_usage_pieces(click.Context(command))
    needed = [
        _option(name, one)
        for name, one in question.parameters().items()
        if one.required and not one.positional and not question.from_file
    ]
    return " ".join(["ecosystem", question.command, *needed, *pieces])


def _code(text: str) -> str:
    return f"`{text}`" if text else NONE


# Gap rules


def rules() -> Iterator[str]:
    """Every rule of what is missing, with its formula and what would close it."""
    yield from table(
        ("Rule", "Question", "Въпрос"),
        (
            (f"[{rule.id}](#{rule.id.lower()})", rule.question.en, rule.question.bg)
            for rule in RULES
        ),
    )
    for rule in RULES:
        yield from ("", *_rule(rule))


def _rule(rule: Rule) -> Iterator[str]:
    yield from (f'<a id="{rule.id.lower()}"></a>', f"## {rule.id}: {both(rule.title)}", "")
    yield from (f"{rule.question.en} {rule.explanation.en}", "")
    yield f"- Formula: {_inline(rule.formula)}"
    yield f"- Expected: {rule.expected.en}"
    yield f"- Maturity: {rule.maturity.en}"
    yield f"- Remedy: {rule.remedy.en}"
    if rule.literature:
        yield f"- Literature: {'; '.join(rule.literature)}"


def _inline(formula: str) -> str:
    mark = "``" if "`" in formula else "`"
    return f"{mark}{formula}{mark}"


# Kinds and ties


_KEPT = {
    "Pack": "pack.toml",
    "Change": "no file: in the store and in backups",
    "ChangePart": "no file: in the store and in backups",
    "Forgotten": "no file: in the store and in backups",
}


def kinds() -> Iterator[str]:
    """Every kind of node and tie with its properties, the forms, the lenses and the measures."""
    yield from ("## What every node of the map carries", "", *_properties(columns(Entity)))
    for kind in NODE_KINDS.values():
        yield from ("", f"## {both(kind.label)}", "", _sentence(kind), "")
        kept = seed_file(kind) if seed_file(kind) in FILES else _KEPT[kind.kind]
        kept = kept if kept.startswith("no file") else f"`{kept}`"
        yield f"{kept}; ids begin with `{kind.prefix}:`."
        yield from _own(kind, columns(Entity) if issubclass(kind, Entity) else columns(Node))
    yield from ("", "## What every tie carries", "")
    yield "`source` and `target`, the ids of its ends, and:"
    yield from ("", *_properties(columns(Edge)))
    for name, tie in EDGE_KINDS.items():
        yield from ("", f"## {name}: {both(tie.label)}", "", _sentence(tie), "")
        yield f"`{seed_file(tie)}`; from {_ends(tie)}."
        yield from _own(tie, columns(Edge))
    yield from ("", "## Forms of organisations", "")
    yield "The sector and the stakeholder of an organisation follow from its form."
    yield ""
    yield from table(
        ("Form", "In both languages", "Sector", "Stakeholder (MIT REAP)"),
        (
            (f"`{form}`", both(word(form)), word(sector).en, word(stakeholder).en)
            for form, (sector, stakeholder) in SECTORS.items()
        ),
    )
    yield from ("", "## Lenses", "", "Which ties a measure reads.", "")
    yield from table(
        ("Lens", "In both languages", "Meaning"),
        ((f"`{name}`", both(lens.title), lens.description.en) for name, lens in LENSES.items()),
    )
    yield from ("", "## Measures", "")
    yield from table(
        ("Measure", "In both languages", "Meaning", "Formula", "Source"),
        (
            (f"`{one.name}`", both(one.title), one.meaning.en, _inline(one.formula), one.literature)
            for one in DEFINITIONS
        ),
    )


def _own(kind: type[Node] | type[Edge], common: Mapping[str, Column]) -> Iterator[str]:
    own = {name: one for name, one in columns(kind).items() if name not in common}
    if own:
        yield from ("", *_properties(own))


def _properties(own: Mapping[str, Column]) -> Iterator[str]:
    yield from table(
        ("Column", "In both languages", "Holds"),
        ((f"`{name}`", both(property_label(name)), _holds(one)) for name, one in own.items()),
    )


def _holds(one: Column) -> str:
    said = "date, or `ongoing`" if one.parse is parse_end else one.what
    if one.choices:
        listed = one.choices if one.choices != tuple(SECTORS) else ()
        said = "one of " + ", ".join(f"`{choice}`" for choice in listed)
        said = said if listed else "one of the [forms](#forms-of-organisations)"
    elif one.refers_to:
        of = " or ".join(one.refers_to) if one.refers_to != ("*",) else "any record"
        said = f"id of {of}"
    if one.low is not None or one.high is not None:
        said += f" from {one.low:g}" if one.low is not None else ""
        said += f" to {one.high:g}" if one.high is not None else " up"
    if one.many:
        said += "; several with a bar between"
    return said + ("; required" if one.required else "")


def _ends(tie: type[Edge]) -> str:
    targets: dict[str, list[str]] = {}
    for source, target in tie.ends:
        targets.setdefault(source, []).append(target)
    together: dict[tuple[str, ...], list[str]] = {}
    for source, ends in targets.items():
        together.setdefault(tuple(ends), []).append(source)
    return "; from ".join(
        f"{', '.join(sources)} to {', '.join(ends)}" for ends, sources in together.items()
    )


def _sentence(kind: type[Any]) -> str:
    return " ".join((kind.__doc__ or "").partition("\n\n")[0].replace("``", "`").split())


# Tools of the assistant


def assistant_tools() -> Iterator[str]:
    """Every tool with what it answers and takes; bold what is required."""
    rows = []
    for name, question in tools.offered().items():
        own = [
            f"**`{argument}`**" if one.required else f"`{argument}`"
            for argument, one in tools.arguments(question).items()
            if argument not in VIEW and argument not in tools.PAGES
        ]
        rest = [
            *(["the view"] if question.view_field() else []),
            *(["pages"] if question.paged else []),
        ]
        rows.append((f"`{name}`", question.about(), ", ".join([*own, *rest])))
    yield from table(("Tool", "Answers", "Takes"), rows)


MADE: Mapping[str, Callable[[], Iterator[str]]] = {
    "settings.md": settings,
    "questions.md": questions,
    "rules.md": rules,
    "kinds.md": kinds,
    "assistant.md": assistant_tools,
}
"""The files of ``docs/`` that hold something made, and what makes it."""


def written(name: str) -> str:
    """A file as it should stand: the words around the marks as they are, the rest made anew."""
    before, begin, rest = (DOCS / name).read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"docs/{name} lacks its marks"
    made = "\n".join(MADE[name]())
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def main() -> None:
    """Write every file anew."""
    for name in MADE:
        (DOCS / name).write_text(written(name), encoding="utf-8")


if __name__ == "__main__":
    main()
