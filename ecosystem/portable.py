"""Whether a query of the library gives one answer on every engine, and says what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecosystem.errors import ParameterError, WriteRefusedError
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, columns
from ecosystem.queries import Query
from ecosystem.spelling import STORED
from ecosystem.store.readonly import refuse_writing

# What keeps a query from giving one answer on every engine.
_NOT_PORTABLE = (
    (re.compile(r"(?<![\w.])(?:id|elementId)\s*\(", re.I), "engine ids never leave the store"),
    (re.compile(r"\bCALL\s*\{", re.I), "CALL { ... } without a scope clause is deprecated"),
    (re.compile(r"\bCALL\s+\w", re.I), "procedures differ between engines"),
    (re.compile(r"\bNULLS\s+(?:FIRST|LAST)\b|\bSHORTEST\b", re.I), "not every engine knows it"),
    (re.compile(r"\bCYPHER\s+\d", re.I), "a version prefix is not known everywhere"),
    (re.compile(r"\bLIMIT\b|\bSKIP\b", re.I), "rows are cut by the caller, who then says so"),
)
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.S)
_NAMES = r"(?P<names>\w+(?:\s*\|\s*\w+)*)"
_NODE = re.compile(r"\(\s*(?P<variable>\w*)\s*:\s*" + _NAMES + r"\s*(?P<keys>\{[^{}]*\})?")
_EDGE = re.compile(r"\[\s*(?P<variable>\w*)\s*:\s*" + _NAMES + r"[^\]{]*(?P<keys>\{[^{}]*\})?")
_PROPERTY = re.compile(r"\b(?P<variable>[a-z]\w*)\.(?P<name>\w+)\b(?!\s*\()")


def lint(query: Query) -> list[str]:
    """What keeps a query from being portable, bilingual and honest; empty where nothing does.

    Labels, edge kinds and properties must be those of the model, a property one of the kinds
    that its variable is bound to; nothing writes; the declared parameters are the used ones and
    each has an example or default; the columns are those of the last RETURN; the rows are in an
    order by named columns.
    """
    bare = _TEXTS.sub("''", query.cypher)
    found = [why for pattern, why in _NOT_PORTABLE if pattern.search(bare)]
    try:
        refuse_writing(query.cypher)
    except WriteRefusedError as error:
        found.append(str(error))
    found += [*_unknown_names(bare), *_parameters(query, bare), *_answer(query, bare)]
    texts = [query.title, *(p.help for p in query.parameters), *(c.help for c in query.returns)]
    texts += [query.description] if query.description else []
    if not all(text.bg and text.en for text in texts):
        found.append("a text is missing in one language")
    return found


def _unknown_names(bare: str) -> Iterable[str]:
    bound: dict[str, set[str]] = {}
    for pattern, kinds, what in ((_NODE, NODE_KINDS, "label"), (_EDGE, EDGE_KINDS, "edge kind")):
        for match in pattern.finditer(bare):
            names = [name.strip() for name in match["names"].split("|")]
            yield from (f"unknown {what} {name}" for name in names if name not in kinds)
            known = {one for name in names if name in kinds for one in _stored(name)}
            if match["variable"]:
                bound.setdefault(match["variable"], set()).update(known)
            for key in re.findall(r"(\w+)\s*:", match["keys"] or ""):
                if key not in known:
                    yield f"unknown property {key} of {match['names']}"
    anywhere = {name for kind in KINDS for name in _stored(kind)}
    for match in _PROPERTY.finditer(bare):
        if match["name"] not in bound.get(match["variable"], anywhere):
            yield f"unknown property {match[0]}"


def _stored(kind: str) -> set[str]:
    return {*STORED, *columns(KINDS[kind])}


def _parameters(query: Query, bare: str) -> Iterable[str]:
    declared, used = {p.name for p in query.parameters}, set(re.findall(r"\$(\w+)", bare))
    if declared != used:
        yield f"parameters declared {sorted(declared)} but used {sorted(used)}"
    for parameter in query.parameters:
        if parameter.required and not parameter.example:
            yield f"{parameter.name} is required and has no example"
        for text in filter(None, (parameter.example, parameter.default)):
            try:
                parameter.parse(text)
            except ParameterError as error:
                yield str(error)


def _answer(query: Query, bare: str) -> Iterable[str]:
    answered, ordered, _ = re.split(r"\bRETURN\b", bare)[-1].partition("ORDER BY")
    aliases = [_alias(item) for item in _items(answered.removeprefix(" DISTINCT"))]
    columns_said = [column.name for column in query.returns]
    if aliases != columns_said:
        yield f"returns {aliases}, says {columns_said}"
    if not ordered:
        yield "the rows have no order"
    for key in order_of(query):
        if key not in aliases:
            yield f"the order is by {key}, which is no column"


def order_of(query: Query) -> tuple[str, ...]:
    """The columns that the rows are ordered by, the first first."""
    order = _TEXTS.sub("''", query.cypher).rpartition("ORDER BY")[2]
    return tuple(re.sub(r"\s+(?:ASC|DESC)\Z", "", item) for item in _items(order))


def _items(text: str) -> list[str]:
    """The parts between commas that stand outside all brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _alias(item: str) -> str:
    return re.split(r"\bAS\b", item)[-1].strip()
