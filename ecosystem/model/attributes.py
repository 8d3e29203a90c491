"""Attributes that a pack declares for its records beside those of the model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ecosystem.columns import Column
from ecosystem.values import (
    Text,
    parse_date,
    parse_decimal,
    parse_text,
    parse_url,
    parse_yes_no,
)

OWN, OWN_STORED = "own:", "own_"
"""What the column of an own attribute begins with, and its property in the store."""
LONGEST_NAME = 60

TYPES: Mapping[str, Callable[[str], Any]] = {
    "text": parse_text,
    "number": parse_decimal,
    "date": parse_date,
    "choice": parse_text,
    "yes-no": parse_yes_no,
    "address": parse_url,
}
_WHAT = {"yes-no": "yes or no", "choice": "word"}


@dataclass(frozen=True)
class Attribute:
    """One attribute of the records of one kind; a choice has ``choices``."""

    kind: str
    name: str
    type: str
    label: Text
    choices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The name of its column in a seed file."""
        return OWN + self.name

    def declared(self) -> Column:
        """It as a column."""
        words = {word: Text(word, word) for word in self.choices}
        what = _WHAT.get(self.type, self.type)
        return Column(parse=TYPES[self.type], what=what, label=self.label, choices=words)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """The attribute that a table of ``pack.toml`` declares.

        Raises
        ------
        ValueError
            With a sentence for its author where something is missing or wrong.
        """
        texts = {name: said.get(name, "") for name in ("kind", "name", "type")}
        label = Text(said.get("label_bg", ""), said.get("label_en", ""))
        choices = said.get("choices", [])
        known = {*texts, "label_bg", "label_en", "choices"}
        if unknown := sorted(said.keys() - known):
            raise ValueError(f"{unknown[0]!r} is nothing that an attribute has")
        if not all(isinstance(one, str) for one in (*texts.values(), label.bg, label.en)):
            raise ValueError("kind, name, type and labels are texts")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", texts["name"]) or len(texts["name"]) > LONGEST_NAME:
            raise ValueError(f"{texts['name']!r} is no name: small letters, digits and _")
        if texts["type"] not in TYPES:
            raise ValueError(f"the type {texts['type']!r} is not one of {', '.join(TYPES)}")
        if not (label.bg or label.en):
            raise ValueError("a label in one language at least is needed")
        good = isinstance(choices, list) and all(isinstance(one, str) for one in choices)
        if not good or bool(choices) != (texts["type"] == "choice"):
            raise ValueError("a choice has a list of choices, and nothing else has one")
        return cls(**texts, label=label, choices=tuple(choices))

    def to_dict(self) -> dict[str, Any]:
        """What ``of`` reads."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "name": self.name,
            "type": self.type,
            "label_bg": self.label.bg,
            "label_en": self.label.en,
            "choices": list(self.choices),
        }
        return {name: value for name, value in found.items() if value}

    def line(self) -> str:
        """It as one line of JSON, as the record of its pack keeps it."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The attribute that ``line`` was made of."""
        return cls.of(json.loads(line))
