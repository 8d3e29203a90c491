"""How a field of a question is declared, once: a specifier for each sort of field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from ecosystem.errors import nearest
from ecosystem.questions.parameters import (
    Checked,
    Count,
    Couple,
    Day,
    Entity,
    File,
    Line,
    Number,
    Pairs,
    Parameter,
    Stamp,
    Switch,
    Word,
    Words,
)
from ecosystem.values import Text
from ecosystem.view import READINGS

SHOWN = ("page", "command")
"""The doors of a field that says how much is shown: programs get all of it anyway."""

__all__ = ["Count", "Entity", "File", "Line", "Pairs", "Parameter", "Switch", "Word", "Words"]


def declared(parameter: Parameter, *, default: Any = None) -> Any:
    """A field of a question's class; a required one is empty until something is said."""
    return field(default=default, metadata={"parameter": parameter})


def line(label: Text, *, default: str = "", **rest: Any) -> Any:
    """A text on one line."""
    return declared(Line(label=label, default=default, **rest), default=default)


def lines(label: Text, *, default: tuple[str, ...] = (), **rest: Any) -> Any:
    """Any number of texts on one line each."""
    return declared(Line(label=label, many=True, default=default, **rest), default=default)


def switch(label: Text, *, default: bool = False, **rest: Any) -> Any:
    """Yes or no."""
    return declared(Switch(label=label, default=default, **rest), default=default)


def count(label: Text, *, default: int | None = None, **rest: Any) -> Any:
    """A whole number between ``low`` and ``high``."""
    return declared(Count(label=label, default=default, **rest), default=default)


def number(label: Text, *, default: float = 0.0, **rest: Any) -> Any:
    """A number between ``low`` and ``high``."""
    return declared(Number(label=label, default=default, **rest), default=default)


def word(label: Text, known: Any, *, default: str = "", **rest: Any) -> Any:
    """One word of a closed list; a function may give the list."""
    return declared(Word(label=label, known=known, default=default, **rest), default=default)


def words(label: Text, known: Any, *, default: tuple[str, ...] = (), **rest: Any) -> Any:
    """Any number of words of a closed list."""
    return declared(
        Word(label=label, known=known, many=True, default=default, **rest), default=default
    )


def checked(label: Text, proven: Any, *, default: Any = "", **rest: Any) -> Any:
    """A text that ``proven`` reads, or any number of them."""
    return declared(Checked(label=label, proven=proven, default=default, **rest), default=default)


def day(label: Text, *, default: str = "", **rest: Any) -> Any:
    """A full day."""
    return declared(Day(label=label, default=default, **rest), default=default)


def entity(label: Text, *kinds: str, default: str = "", **rest: Any) -> Any:
    """Something recorded of one of ``kinds``, by id or name."""
    return declared(Entity(label=label, kinds=kinds, default=default, **rest), default=default)


def entities(label: Text, *kinds: str, default: tuple[str, ...] = (), **rest: Any) -> Any:
    """Any number of things recorded of one of ``kinds``."""
    return declared(
        Entity(label=label, kinds=kinds, many=True, default=default, **rest), default=default
    )


def file(label: Text, **rest: Any) -> Any:
    """A file of the machine on which the command runs."""
    return declared(File(label=label, default=None, **rest))


def files(label: Text, **rest: Any) -> Any:
    """Any number of files or folders of the machine on which the command runs."""
    return declared(File(label=label, many=True, default=(), **rest), default=())


def stamp(label: Text) -> Any:
    """What somebody had seen when they decided; only a form says it."""
    return declared(Stamp(label=label, doors=("page",)))


def couples(label: Text, *, default: tuple[tuple[str, str], ...] = (), **rest: Any) -> Any:
    """Any number of pairs of cities."""
    return declared(Couple(label=label, many=True, default=default, **rest), default=default)


def pairs(label: Text, *, key: Parameter, value: Parameter, default: Any = (), **rest: Any) -> Any:
    """Values by name, each declared as a field is."""
    return declared(
        Pairs(label=label, key=key, value=value, many=True, default=default, **rest),
        default=default,
    )


VIEW: Mapping[str, Parameter] = {
    "scope": Line(
        label=Text("Чия екосистема", "Whose ecosystem"),
        help=Text("Град (номер или име) или all.", "A city (its id or name), or all."),
        metavar="CITY",
    ),
    "as_of": Day(
        label=Text("Към дата", "As of"),
        help=Text("Денят, към който се гледа; днес.", "The day looked at; today."),
        metavar="DAY",
    ),
    "reading": Word(
        label=Text("Прочит на датата", "Reading of the date"),
        help=Text("Кои твърдения важат за този ден.", "Which statements count that day."),
        known=READINGS,
        default=READINGS[0],
    ),
    "undated": Switch(
        label=Text("И твърдения без дата", "Count undated statements"),
        help=Text("Без връзките без дата.", "Leave undated ties out."),
        option="--no-undated",
        default=True,
    ),
    "people": Switch(
        label=Text("Показване на хора", "Show people"),
        help=Text("Без хора.", "Leave persons out."),
        option="--without-people",
        default=True,
    ),
}


def viewed(*, scope: bool = True) -> Any:
    """The view that a question is about; without ``scope`` it is asked over everything.

    The scope is then carried along in links, and equal answers are kept once.
    """
    return field(metadata={"view": True, "scope": scope})


def unknown_names(
    words: Words, parameters: Mapping[str, Parameter], ours: Iterable[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """The names in ``words`` that no field claims, each with the names nearest to it."""
    known = [one.address or name for name, one in parameters.items()]
    return [
        (key, nearest(key, known))
        for key in words
        if key not in ours and not any(one.claims(name, key) for name, one in parameters.items())
    ]
