"""Where a word of a query is a name, and where it can only be one of Cypher's own.

Cypher keeps no word for itself: ``set`` may be a variable, an alias, a property, a label and a key,
and ``RETURN n AS as SET n.x = 1`` writes all the same. What tells is the place: where something to
work with is expected a word is a name, and after it a word says what is done with it, or begins a
clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ecosystem.store.readonly import Token

Place = Literal["clause", "value", "name", "key", "either"]
"""What a word is where it stands: one of Cypher's own, or what it works with; ``name`` and ``key``
are names whatever they say, and of ``either`` it cannot be told."""

# After these, where a word is Cypher's own, comes something to work with.
_BEFORE_VALUES = frozenset(
    """
    AND OR XOR IN CONTAINS WITH WHERE RETURN UNWIND BY SKIP LIMIT OFFSET WHEN THEN ELSE YIELD MATCH
    CALL FILTER LET ON
    """.split()
)
# These stand before a value, or are one: a variable may be called so.
_PREFIXES = frozenset("NOT DISTINCT CASE ALL OPTIONAL".split())
_FOLLOWING = frozenset(
    """
    AND OR XOR AS IN IS STARTS ENDS CONTAINS WHERE RETURN WITH ORDER SKIP LIMIT OFFSET UNION MATCH
    OPTIONAL UNWIND CALL YIELD WHEN THEN ELSE END ASC DESC ASCENDING DESCENDING USING FILTER
    """.split()
)
"""The words that may follow a name."""
_BLOCKS = frozenset({"CALL", "EXISTS", "COUNT", "COLLECT", ")"})
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


def names(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it is a word that can only be a name."""
    found = []
    for at, place in enumerate(_places(tokens)):
        after = tokens[at + 1 : at + 3]
        said = [*(one for one in after), *[None] * (2 - len(after))]
        found.append(tokens[at].kind == "word" and _is_name(place, said[0], said[1]))
    return found


def _is_name(place: Place, after: Token | None, then: Token | None) -> bool:
    text, further = after.text if after else "", then.text if then else ""
    if place == "clause" or text == "(":
        return False
    if place == "key":
        return text in (":", ",", "}")
    words = after is not None and after.kind in ("word", "quoted")
    if place == "either":
        return not words and text not in (*_OPENING, "$")
    # A name is followed by a sign or one of Cypher's own words, which no sign of a name follows.
    return not words or (text.upper() in _FOLLOWING and further not in (".", ":", "=", "+"))


def _places(tokens: Sequence[Token]) -> list[Place]:
    """The place of each token."""
    found: list[Place] = []
    opened: list[bool] = []
    place: Place = "clause"
    for at, token in enumerate(tokens):
        found.append(place)
        before = tokens[at - 1].text if at else ""
        if token.kind == "word":
            place = _after_word(place, token.text.upper())
        elif token.kind != "sign":
            place = "clause"
        elif token.text in _OPENING:
            block = before.upper() in _BLOCKS and token.text == "{"
            opened.append(token.text == "{" and not block)
            place = "clause" if block else "key" if token.text == "{" else "value"
        elif token.text in _CLOSING:
            place = "clause"
            del opened[-1:]
        else:
            place = _after_sign(place, token.text, before, bool(opened and opened[-1]))
    return found


def _after_word(place: Place, word: str) -> Place:
    if place in ("name", "key"):
        return "clause"
    if place == "clause" or (place == "either" and word in _BEFORE_VALUES):
        return "name" if word == "AS" else "value" if word in _BEFORE_VALUES else "clause"
    return "either" if word in _PREFIXES else "clause"


def _after_sign(place: Place, sign: str, before: str, in_map: bool) -> Place:
    if sign in (";", ""):
        return "clause"
    if sign == ".":
        return "value" if before == "." else "name"
    if sign in (":", "$"):
        return "value" if in_map and sign == ":" and place == "clause" else "name"
    if sign == "," and in_map:
        return "key"
    if sign in ("*", "%") and place != "clause":
        return "clause"  # everything, any label
    if sign in ("+", "*") and before == ")":
        return "either"  # how often a part of a path may stand there
    return "value"
