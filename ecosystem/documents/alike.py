"""Names as they are grouped here, without article, case, script and sign; how alike two are."""

from __future__ import annotations

import re
from functools import lru_cache

from ecosystem.documents.lexicon import LEGAL, bare
from ecosystem.identity.comparing import compare
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


def likeness(one: str, other: str, kind: str) -> float:
    """How alike two names of things of a kind are, from 0 to 1, as records are compared."""
    return 1.0 if name_key(one) == name_key(other) else compare(one, other, kind).score
