"""The page of what cannot be asked or done: its fields as they were said, errors beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for

from ecosystem.acts import ACTS, Act
from ecosystem.errors import FieldsError, WrongField
from ecosystem.questions import QUESTIONS
from ecosystem.questions.declared import Declared
from ecosystem.questions.parameters import Day, Entity, Pairs, Parameter, Stamp, Switch
from ecosystem.questions.question import Question
from ecosystem.values import Text
from webapp.address import nodes
from webapp.language import named, plain

Option = tuple[str, Text | str]
HIDDEN = ("csrf_token", "back", "seen")
"""What a form carries that nobody types."""


@dataclass(frozen=True)
class Meant:
    """A word that may have been meant: its name for readers, and the page with it in place.

    A form is sent and not followed: there the page is empty.
    """

    name: Text | str
    href: str


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a field, and what may have been meant."""

    why: Text
    meant: tuple[Meant, ...]


@dataclass(frozen=True)
class Entry:
    """One field of the form.

    Attributes
    ----------
    key, values
        Its name in the address and what was said of it, at least one empty word.
    sort
        ``line``, ``date``, ``switch``, ``entity`` or ``choice``; a choice has ``options``, an
        entity the ``kinds`` that it can be.
    faults
        Everything that is wrong with it.
    """

    key: str
    label: Text
    detail: str
    values: tuple[str, ...]
    sort: str
    options: tuple[Option, ...] = ()
    faults: tuple[Fault, ...] = ()
    kinds: tuple[str, ...] = ()


def page(error: FieldsError, status: int) -> str:
    """Every field of the question with what was said; those that are wrong come first."""
    question = next(one for one in (*QUESTIONS, *ACTS) if one.name == error.question)
    act = issubclass(question, Act)
    sent = request.form if act else request.args
    said = {name: sent.getlist(name) for name in sent}
    base = _base(question)
    path = request.view_args or {}
    wrong: list[Entry] = []
    rest: list[Entry] = []
    strange = [one for one in error.wrong if one.name not in question.parameters()]
    for name, one in question.parameters().items():
        told = [fault for fault in error.wrong if fault.name == name]
        if isinstance(one, Stamp):
            continue
        found = [] if name in path else _entries(name, one, said, told, base)
        if not any(entry.faults for entry in found):
            strange += told
        # What belongs together stays together, the right part of it as well.
        (wrong if any(entry.faults for entry in found) else rest).extend(found)
    return render_template(
        "wrong.html",
        asked=question,
        act=act,
        carried=[(name, word) for name in HIDDEN if act for word in said.get(name, ())],
        status=status,
        action=base,
        wrong=wrong,
        rest=rest,
        strange=[(one, _meant(one, one.name, said, base, rename=True)) for one in strange],
    )


def _base(question: type[Declared]) -> str:
    """Where the form leads: this page, or the question's own where this is no page of it."""
    if not issubclass(question, Question):
        return request.path
    own = str(request.endpoint).partition(".")[0] == question.name
    if own or question.name not in current_app.view_functions or "<" in question.path:
        return request.path
    return url_for(question.name)


def _entries(
    name: str,
    one: Parameter,
    said: Mapping[str, Sequence[str]],
    told: Sequence[WrongField],
    base: str,
) -> list[Entry]:
    """The field under each name by which it was said; of values by name, each of them."""
    if isinstance(one, Pairs):
        keys = [key for key in said if one.prefix and key.startswith(one.prefix)]
        return [
            Entry(
                key,
                one.label,
                key.removeprefix(one.prefix),
                tuple(said[key]),
                "line",
                faults=tuple(
                    Fault(fault.why, ())
                    for fault in told
                    if _names(fault, key.removeprefix(one.prefix), said[key])
                ),
            )
            for key in keys
        ]
    keys = [key for key in (one.address or name, *one.aliases) if any(said.get(key, ()))]
    entries = []
    for key in keys or [one.address or name]:
        words = tuple(said.get(key, ())) or ("",)
        values = words if one.many else words[-1:]
        sort, options = _sort(name, one, key)
        if sort == "choice" and not told and values == ("",) and one.default:
            values = (str(one.default),)
        if sort == "switch" and values == ("",):
            values = ("1" if one.default else "0",)
        # What is wrong with the field as a whole stands beside its last part.
        own = [fault for fault in told if _about(fault, words, key == (keys or [key])[-1])]
        faults = tuple(Fault(fault.why, _meant(fault, key, said, base)) for fault in own)
        kinds = one.kinds if isinstance(one, Entity) else ()
        entries.append(Entry(key, one.label, "", values, sort, options, faults, kinds))
    return entries


def _about(fault: WrongField, words: Sequence[str], last: bool) -> bool:
    """Whether a fault is about these words of a field, or about all of it and they are the last."""
    parts = {part.strip() for word in words for part in (word, *word.split(","))}
    return fault.said in parts if fault.said else last


def _sort(name: str, one: Parameter, key: str) -> tuple[str, tuple[Option, ...]]:
    if isinstance(one, Switch):
        return "switch", ()
    if isinstance(one, Day):
        return "date", ()
    if name == "scope":
        cities = [(city.id, city.name) for city in named("City")]
        return "choice", (("all", Text("Всичко записано", "Everything recorded")), *cities)
    together = one.many and one.joined and key not in one.aliases
    if isinstance(one, Entity) and not one.ties and not together:
        return "entity", ()
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
    if request.method == "POST":
        base, said = "", {}
    for near in told.nearest:
        if rename and near in said:
            continue
        changed = {name: list(values) for name, values in said.items()}
        if rename:
            changed[near] = changed.pop(key, [""])
        else:
            changed[key] = [_mended(word, told.said, near) for word in changed.get(key, [""])]
        node = nodes().get(near)
        name = plain(node.name) if node else near
        found.append(Meant(name, base and f"{base}?{urlencode(changed, doseq=True)}"))
    return tuple(found)


def _mended(word: str, wrong: str, near: str) -> str:
    """A word of the address with the wrong part of it replaced."""
    if word == wrong:
        return near
    return ",".join(near if part.strip() == wrong else part.strip() for part in word.split(","))
