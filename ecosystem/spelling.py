"""What a query names that the model does not have, and what its answer may be taken for.

A database finds nothing under a misspelt label, without a word, and the answer looks like a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ecosystem.errors import MOST_NEAR, nearest
from ecosystem.model import EDGE_KINDS, KINDS, LOG_KINDS, NODE_KINDS, columns
from ecosystem.model.attributes import OWN_STORED
from ecosystem.store.callables import FUNCTIONS
from ecosystem.store.readonly import Token, tokens_of
from ecosystem.values import Text

STORED = ("id", "kind", "pack", "valid_from", "valid_to", "same_as")
"""What every node and edge has in the store besides its columns."""

LEAST_BEGUN = 3
"""So many letters of a name tell which is meant."""
_MARKER = ("Mapper", "model_version", "revision", "nodes", "edges", "program", "store")
_PROPERTIES = frozenset(name for kind in KINDS.values() for name in columns(kind)) | set(STORED)
_OFTEN = _PROPERTIES - {name for kind in LOG_KINDS for name in columns(KINDS[kind])}
"""The properties that somebody may have meant: those of the log are its own."""
# What dates, times, durations and points are made of is read like a property.
_PARTS = frozenset(
    """
    year quarter month week weekYear day ordinalDay weekday dayOfWeek dayOfQuarter hour minute
    second millisecond microsecond nanosecond timezone offset offsetMinutes offsetSeconds
    epochMillis epochSeconds years quarters months weeks days hours minutes seconds milliseconds
    microseconds nanoseconds monthsOfYear daysOfWeek minutesOfHour secondsOfMinute
    quartersOfYear monthsOfQuarter millisecondsOfSecond microsecondsOfSecond nanosecondsOfSecond
    x y z longitude latitude height crs srid
    """.split()
)
_FUNCTIONS = frozenset(name.lower() for name in FUNCTIONS)
_BLOCKS = frozenset({"EXISTS", "COUNT", "COLLECT", "CALL"})
_NARROW = re.compile(r"\A['\"].*\\\\[bBwW]", re.DOTALL)
_ONLY_LATIN = Text(
    r"\b и \w в регулярен израз: не всяка база данни ги отнася и за кирилица. "
    "С (?U) в началото на израза го прави всяка.",
    r"\b and \w in a regular expression: not every database counts Cyrillic letters in. "
    "With (?U) at its beginning every one does.",
)
_OPEN = ("0001-01-01", "9999-12-31")
_OPEN_DAYS = Text(
    "0001-01-01 значи неизвестно начало, а 9999-12-31 – отворен или неизвестен край.",
    "0001-01-01 means that the beginning is not known, 9999-12-31 that the end is open or unknown.",
)
_LISTING = frozenset({"labels", "relationshiptypes"})
_LISTS_ALL = Text(
    "Процедурата изброява всички видове на модела, и тези, от които нищо не е записано. Какво има, "
    "казва MATCH (n) RETURN labels(n), count(*), а за връзките MATCH ()-[r]->() RETURN type(r), "
    "count(*).",
    "The procedure lists every kind of the model, also those of which nothing is recorded. What "
    "there is, is said by MATCH (n) RETURN labels(n), count(*), and of ties by MATCH ()-[r]->() "
    "RETURN type(r), count(*).",
)
_SPHERE = Text(
    "Разстоянията между точки на Земята се различават с около 0,1 % между базите данни: всяка "
    "смята с друг радиус.",
    "Distances between points on Earth differ by some 0.1 % from one database to the other: each "
    "takes another radius.",
)
_LABEL = Text("няма записи от този вид", "nothing has this label")
_TIE = Text("няма връзки от този вид", "no tie is of this kind")
_PROPERTY = Text("нищо няма такова свойство", "nothing has this property")


def strangers(cypher: str) -> tuple[Text, ...]:
    """A line for each label, kind of tie and property that the model lacks, in order, each once."""
    tokens = tokens_of(cypher)
    inside = _brackets(tokens)
    made = {
        tokens[at].text.strip("`")
        for at in range(len(tokens) - 1)
        if inside[at] == "map" and tokens[at + 1].text == ":"
    }
    found: dict[str, Text] = {}
    for name, what, known in _named(tokens, inside):
        if name.startswith(OWN_STORED):
            continue  # only its pack knows it
        if name not in found and name not in _MARKER and name not in made:
            found[name] = _line(name, what, known)
    return tuple(found.values())


def remarks(cypher: str, rows: Iterable[Iterable[object]]) -> tuple[Text, ...]:
    """What is to be said beside the answer to ``cypher``: strangers, and what reads otherwise."""
    found = list(strangers(cypher))
    if any(_NARROW.search(one.text) and "(?U)" not in one.text for one in tokens_of(cypher)):
        found.append(_ONLY_LATIN)
    words = [token.text.strip("`").lower() for token in tokens_of(cypher)]
    calls = {tuple(words[at : at + 3]) for at in range(len(words))}
    if any(("db", ".", name) in calls for name in _LISTING):
        found.append(_LISTS_ALL)
    if ("point", ".", "distance") in calls:
        found.append(_SPHERE)
    if any(_holds_open_day(value) for row in rows for value in row):
        found.append(_OPEN_DAYS)
    return tuple(found)


def _holds_open_day(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(one in _OPEN for one in value.values())
    return any(one in _OPEN for one in (value if isinstance(value, list) else [value]))


def _line(name: str, what: Text, known: Sequence[str]) -> Text:
    by_lower = {one.lower(): one for one in known}
    close = nearest(name.lower(), by_lower) or _with_part(name.lower(), by_lower)
    near = " / ".join(by_lower[one] for one in close)
    meant = Text(f" Имахте предвид {near}?", f" Did you mean {near}?") if near else Text("", "")
    return Text(f"{name}: {what.bg}.{meant.bg}", f"{name}: {what.en}.{meant.en}")


def _with_part(name: str, known: Iterable[str]) -> list[str]:
    """The names that begin with this one or have it as a word, such as name_en of ``name``."""
    held = (
        one
        for one in known
        if name in one.split("_") or (len(name) >= LEAST_BEGUN and one.startswith(name))
    )
    return sorted(held, key=lambda one: (not one.startswith(name), len(one), one))[:MOST_NEAR]


def _brackets(tokens: Sequence[Token]) -> list[str]:
    """The sort of the innermost bracket around each token."""
    opened: list[str] = [""]
    inside = []
    for at, token in enumerate(tokens):
        if token.text in (")", "]", "}") and len(opened) > 1:
            opened.pop()
        inside.append(opened[-1])
        if token.text in ("(", "[", "{"):
            opened.append(_sort(tokens, at, opened[-1]))
    return inside


def _named(
    tokens: Sequence[Token], inside: Sequence[str]
) -> Iterator[tuple[str, Text, Sequence[str]]]:
    """Every name that stands where a label, a kind of tie or a property does."""
    for at, token in enumerate(tokens):
        sort = inside[at]
        if token.text == ":" and sort not in ("map", "keys"):
            for name in _alternatives(tokens, at + 1, follow=sort in ("node", "tie")):
                if sort == "tie" and name not in EDGE_KINDS:
                    yield name, _TIE, tuple(EDGE_KINDS)
                elif name not in KINDS:
                    yield name, _LABEL, tuple(NODE_KINDS)
        elif _is_property(tokens, at, sort) and token.text.strip("`") not in _PROPERTIES | _PARTS:
            yield token.text.strip("`"), _PROPERTY, sorted(_OFTEN)


def _sort(tokens: Sequence[Token], at: int, outer: str) -> str:
    """What a bracket begins: a node, a tie, the keys of either, a map, or anything else."""
    before = tokens[at - 1] if at else Token("sign", "", 0, 0)
    if tokens[at].text == "(":
        return "call" if before.text.lower() in _FUNCTIONS else "node"
    if tokens[at].text == "[":
        return "tie" if before.text == "-" else "list"
    if before.text.upper() in _BLOCKS or (before.text == ")" and outer != "node"):
        return "block"
    named = before.kind in ("word", "quoted")
    return "keys" if outer in ("node", "tie") and named else "map"


def _alternatives(tokens: Sequence[Token], at: int, *, follow: bool) -> Iterator[str]:
    """The names after a colon, those after ``|``, ``&`` and ``!`` among them where they belong."""
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1].text if at + 1 < len(tokens) else ""
        if token.kind in ("word", "quoted") and after not in (".", "("):
            yield token.text.strip("`")
            if not follow or after not in ("|", "&", ":"):
                return
        elif token.text not in ("|", "&", "!", "(", ":"):
            return
        at += 1


def _is_property(tokens: Sequence[Token], at: int, inside: str) -> bool:
    token = tokens[at]
    if at == 0 or token.kind not in ("word", "quoted"):
        return False
    before, after = tokens[at - 1].text, tokens[at + 1].text if at + 1 < len(tokens) else ""
    if inside == "keys" and after == ":":
        return before in ("{", ",")
    owned = at > 1 and (tokens[at - 2].kind in ("word", "quoted") or tokens[at - 2].text in ")]")
    return before == "." and owned and after not in ("(", ".")
