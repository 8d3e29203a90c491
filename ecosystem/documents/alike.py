"""Names as they are compared here: without article, case, script and sign; and how alike two are.

A thin layer over what an import compares by, so that a better comparison has one place to go to.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from ecosystem.documents.lexicon import LEGAL, bare
from ecosystem.identity.letters import folded

_SOUNDS = (
    ("sht", "st"), ("tch", "h"), ("ch", "h"), ("ck", "k"), ("ph", "f"), ("tz", "ts"), ("w", "v"),
    ("x", "ks"), ("q", "k"), ("c", "k"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LEGAL = re.compile(rf"\W+{LEGAL}\W*$")


@lru_cache(50_000)
def word_key(word: str) -> str:
    """What the spellings of a word in both scripts have in common."""
    plain = folded(bare(word)).replace(" ", "")
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", plain)


@lru_cache(50_000)
def name_key(name: str) -> tuple[str, ...]:
    """What the spellings of a name have in common; the legal form is no part of it."""
    words = _WORD.findall(_LEGAL.sub("", name) or name)
    return tuple(key for word in words if (key := word_key(word)))


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1; numbers in them have to agree."""
    first, second = name_key(one), name_key(other)
    if first == second:
        return 1.0
    digits = [{word for word in key if word.isdigit()} for key in (first, second)]
    if digits[0] != digits[1] or not first or not second:
        return 0.0
    whole = SequenceMatcher(None, " ".join(first), " ".join(second)).ratio()
    ordered = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio()
    return round(min(0.99, max(whole, ordered)), 2)
