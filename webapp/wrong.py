"""The page of a question that cannot be asked: its fields as they were said, errors beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for

from ecosystem.errors import FieldsError, WrongField
from ecosystem.questions import QUESTIONS
from ecosystem.questions.parameters import Day, Pairs, Parameter, Switch
from ecosystem.questions.question import Question
from ecosystem.values import Text
from webapp.address import nodes
from webapp.language import named, plain

Option = tuple[str, Text | str]


@dataclass(frozen=True)
class Meant:
    """A word that may have been meant: its name for readers, and the page with it in place."""

    name: Text | str
    href: str


@dataclass(frozen=True)
class Entry:
    """One field of the form.

    Attributes
    ----------
    key, values
        Its name in the address and what was said of it, at least one empty word.
    sort
        ``line``, ``date``, ``switch`` or ``choice``; a choice has ``options``.
    """

    key: str
    label: Text
    detail: str
    values: tuple[str, ...]
    sort: str
    options: tuple[Option, ...] = ()
    why: Text | None = None
    meant: tuple[Meant, ...] = ()


def page(error: FieldsError, status: int) -> str:
    """Every field of the question with what was said; those that are wrong come first."""
    question = next(one for one in QUESTIONS if one.name == error.question)
    said = {name: request.args.getlist(name) for name in request.args}
    base = _base(question)
    wrong = {one.name: one for one in error.wrong}
    path = request.view_args or {}
    entries: list[Entry] = []
    for name, one in question.parameters().items():
        told = wrong.pop(name, None)
        if name in path:
            continue
        found = _entries(name, one, said, told, base)
        if told and not any(entry.why for entry in found):
            wrong[name] = told
        entries += found
    strange = [(one, _meant(one, one.name, said, base, rename=True)) for one in wrong.values()]
    return render_template(
        "wrong.html",
        asked=question,
        status=status,
        action=base,
        wrong=[one for one in entries if one.why],
        rest=[one for one in entries if not one.why],
        strange=strange,
    )


def _base(question: type[Question[Any]]) -> str:
    """Where the form leads: this page, or the question's own where this is no page of it."""
    own = str(request.endpoint).partition(".")[0] == question.name
    if own or question.name not in current_app.view_functions or "<" in question.path:
        return request.path
    return url_for(question.name)


def _entries(
    name: str,
    one: Parameter,
    said: Mapping[str, Sequence[str]],
    told: WrongField | None,
    base: str,
) -> list[Entry]:
    """The field, or of one that holds values by name, each of them."""
    why = told.why if told else None
    if isinstance(one, Pairs):
        keys = [key for key in said if one.prefix and key.startswith(one.prefix)]
        return [
            Entry(
                key,
                one.label,
                key.removeprefix(one.prefix),
                tuple(said[key]),
                "line",
                why=why if told and _names(told, key.removeprefix(one.prefix), said[key]) else None,
            )
            for key in keys
        ]
    keys = [key for key in (one.address or name, *one.aliases) if said.get(key)]
    key = keys[0] if keys else one.address or name
    values = tuple(said.get(key, ())) or ("",)
    values = values if one.many and not one.joined else values[-1:]
    meant = _meant(told, key, said, base) if told else ()
    sort, options = _sort(name, one)
    if sort == "choice" and not told and values == ("",) and one.default:
        values = (str(one.default),)
    if sort == "switch" and values == ("",):
        values = ("1" if one.default else "0",)
    return [Entry(key, one.label, "", values, sort, options, why, meant)]


def _sort(name: str, one: Parameter) -> tuple[str, tuple[Option, ...]]:
    if isinstance(one, Switch):
        return "switch", ()
    if isinstance(one, Day):
        return "date", ()
    if name == "scope":
        cities = [(city.id, city.name) for city in named("City")]
        return "choice", (("all", Text("Всичко записано", "Everything recorded")), *cities)
    if one.choices() and not one.many:
        return "choice", tuple((choice, choice) for choice in one.choices())
    return "line", ()


def _names(told: WrongField, key: str, values: Sequence[str]) -> bool:
    """Whether the sentence about a field is about this one of its values."""
    return any(word and word in told.why.en for word in (key, *values))


def _meant(
    told: WrongField, key: str, said: Mapping[str, Sequence[str]], base: str, rename: bool = False
) -> tuple[Meant, ...]:
    """Links to the same page with each of the nearest words in place of the wrong one."""
    found = []
    for near in told.nearest:
        if rename and near in said:
            continue
        changed = {name: list(values) for name, values in said.items()}
        if rename:
            changed[near] = changed.pop(key, [""])
        else:
            changed[key] = [_mended(word, told, near) for word in changed.get(key, [""])]
        node = nodes().get(near)
        name = plain(node.name) if node else near
        found.append(Meant(name, f"{base}?{urlencode(changed, doseq=True)}"))
    return tuple(found)


def _mended(word: str, told: WrongField, near: str) -> str:
    """A word of the address with the wrong part of it replaced."""
    parts = [part.strip() for part in word.split(",")]
    return ",".join(near if part and part in told.why.en else part for part in parts)
