"""What a text says when it states a tie: the patterns of ``cues.toml``, in both languages.

A pattern is a regular expression over a sentence whose mentions are signs. ``{O}`` is an
organisation, ``{P}`` a person, ``{C}`` a city, ``{W}`` a project or programme, ``{E}`` an event,
``{A}`` whoever acts, ``{V}`` an event or a work, ``{A+}`` one or more of them. ``{.}`` and ``{..}``
are a few words without a mention, ``{~E}`` more of them without an event, ``{~A}`` without anybody
who acts. ``{ROLE}`` and other words in capitals stand in the table ``words``. The tie leads from
the group ``s`` to the group ``t``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("cues.toml")
KIND_LETTERS = {
    "Organisation": "O",
    "Person": "P",
    "City": "C",
    "Project": "G",
    "Programme": "G",
    "Event": "E",
}
_SORTS = {"O": "O", "P": "P", "C": "C", "W": "G", "E": "E", "A": "OPC", "V": "GE"}
_BETWEEN = (
    r"(?:,? (?:както )?(?:и|and|заедно с|together with|as well as)(?: от| на| the)? |, (?:the )?)"
)
PLANNED = re.compile(
    r"\bще (?:се |бъде |бъдат |има |участва|представ|разработ)|\bпредсто|"
    r"\bwill\b|\bis planned\b|\bupcoming\b|\bto be held\b"
)


@dataclass(frozen=True)
class Cue:
    """A pattern with the tie that it states from its group ``s`` to its group ``t``."""

    rule: str
    kind: str
    role: str
    pattern: re.Pattern[str]


@cache
def cues() -> tuple[Cue, ...]:
    """Every pattern, in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Cue(one["rule"], one["kind"], one["role"], _compiled(pattern, read["words"]))
        for one in read["cue"]
        for pattern in one["patterns"]
    )


def _compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """The pattern with its words and signs spelled out."""
    found = pattern
    for name, said in words.items():
        found = found.replace(f"{{{name}}}", said)
    for letter, sorts in _SORTS.items():
        one = rf"‹[{sorts}]\d+›"
        found = found.replace(f"{{{letter}+}}", rf"{one}(?:{_BETWEEN}{one})*")
        found = found.replace(f"{{{letter}}}", one)
    for letter in "EA":
        without = rf"(?:(?!‹[{_SORTS[letter]}])[^.;:]){{0,140}}?"
        found = found.replace(f"{{~{letter}}}", without)
    found = found.replace("{..}", r"[^.;:‹›]{0,90}?").replace("{.}", r"[^.;:‹›,]{0,40}?")
    return re.compile(found, re.IGNORECASE)
