"""The library of reading queries: files of Cypher with a header that is their contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ecosystem.errors import EcosystemError, ParameterError, nearest
from ecosystem.model import EDGE_KINDS, KINDS, NODE_KINDS, columns
from ecosystem.values import Text, first_day, parse_date, parse_id, parse_integer, plain

STORED = frozenset(
    {"id", "kind", "pack", "valid_from", "valid_to"}
    | {name for kind in KINDS.values() for name in columns(kind)}
)
LABELS = frozenset(NODE_KINDS)
EDGES = frozenset(EDGE_KINDS)

_HEADER = re.compile(r"// ?(?P<key>[a-z.]+): *(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>\w+) +(?P<type>[\w.]+)(?P<rest>(?: +(?:required|=\S+|example=\S+))*)"
    r"(?: +(?P<help>.+))?"
)
_RETURN = re.compile(r"(?P<name>\w+) +(?P<type>[\w.]+)(?: +(?P<help>.+))?")
_WRITING = re.compile(
    r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD|CALL\s+\w|SHOW|TERMINATE|ALTER)\b", re.I
)
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.S)


@dataclass(frozen=True)
class Parameter:
    """What a query asks for: its type, whether it must be given, and how it reads."""

    name: str
    type: str
    help: Text
    required: bool
    default: str
    example: str

    def parse(self, given: str) -> Any:
        """The value of ``given`` for the database.

        Raises
        ------
        ParameterError
            Where the text is not of the type.
        """
        try:
            return _TYPES[self.type.partition(".")[2] or self.type](given, self.type)
        except ValueError as error:
            hint = f"Write for example {self.example or self.default}."
            raise ParameterError(f"{self.name}: {error}.", hint) from None


@dataclass(frozen=True)
class Column:
    """One column of the answer."""

    name: str
    type: str
    help: Text


@dataclass(frozen=True)
class Query:
    """A named question with its Cypher."""

    name: str
    title: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    returns: tuple[Column, ...]
    cypher: str

    def bind(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Every parameter by name: given, else its default.

        Raises
        ------
        ParameterError
            For an unknown or missing parameter, or a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                close = nearest(name, known)
                hint = f"Did you mean {close[0]!r}?" if close else f"It takes: {_list(known)}."
                raise ParameterError(f"{self.name} has no parameter {name!r}.", hint)
        values: dict[str, Any] = {}
        for parameter in self.parameters:
            text = given.get(parameter.name, "").strip() or parameter.default
            if not text and parameter.required:
                hint = f"Write {parameter.name}={parameter.example}."
                raise ParameterError(f"{self.name} needs {parameter.name}.", hint)
            values[parameter.name] = parameter.parse(text) if text else None
        return values

    def examples(self) -> dict[str, str]:
        """The example, else the default, of each parameter that has one."""
        return {p.name: p.example or p.default for p in self.parameters if p.example or p.default}

    def to_dict(self) -> dict[str, Any]:
        """The query as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def _list(names: Mapping[str, Any]) -> str:
    return ", ".join(names) or "none"


def _id(text: str, type_name: str) -> str:
    identity = parse_id(text)
    kind = NODE_KINDS.get(type_name.partition(".")[0])
    if kind is not None and not identity.startswith(kind.prefix + ":"):
        raise ValueError(f"{text!r} is not the id of a {kind.kind}")
    return identity


def _day(text: str, _type: str) -> str:
    return date.today().isoformat() if text == "today" else first_day(parse_date(text))


def _word(text: str, _type: str) -> str:
    return text


_TYPES: Mapping[str, Callable[[str, str], Any]] = MappingProxyType(
    {
        "id": _id,
        "date": _day,
        "int": lambda text, _: parse_integer(text),
        "text": _word,
    }
)


def load_queries(folder: Path) -> dict[str, Query]:
    """Every query of ``folder`` by name, sorted.

    Raises
    ------
    EcosystemError
        Where a header cannot be read; names file and line.
    """
    return {path.stem: parse(path) for path in sorted(folder.glob("*.cypher"))}


def parse(path: Path) -> Query:
    """The query in a file."""
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    returns: list[Column] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    number = 0
    for number, line in enumerate(lines, 1):
        if not line.startswith("//"):
            break
        match = _HEADER.fullmatch(line)
        if match is None:
            raise _broken(path, number, "is no line of a header")
        key, value = match["key"], match["value"].strip()
        if key == "param":
            parameters.append(_parameter(path, number, value))
        elif key == "returns":
            returns.append(_returned(path, number, value))
        else:
            said[key] = value
    for key in ("name", "title.en", "title.bg", "tags"):
        if not said.get(key):
            raise _broken(path, number, f"the header has no {key}")
    return Query(
        name=said["name"],
        title=Text(said["title.bg"], said["title.en"]),
        tags=tuple(tag.strip() for tag in said["tags"].split(",")),
        parameters=tuple(parameters),
        returns=tuple(returns),
        cypher="\n".join(lines[number - 1 :]).strip() + "\n",
    )


def _parameter(path: Path, number: int, value: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None or (match["type"].partition(".")[2] or match["type"]) not in _TYPES:
        raise _broken(path, number, "is no 'param: name type [required] [=default] help'")
    words = match["rest"].split()
    return Parameter(
        name=match["name"],
        type=match["type"],
        help=_both(match["help"]),
        required="required" in words,
        default=next((word[1:] for word in words if word.startswith("=")), ""),
        example=next((w.removeprefix("example=") for w in words if w.startswith("example=")), ""),
    )


def _returned(path: Path, number: int, value: str) -> Column:
    match = _RETURN.fullmatch(value)
    if match is None:
        raise _broken(path, number, "is no 'returns: name type help'")
    return Column(match["name"], match["type"], _both(match["help"]))


def _both(help_text: str | None) -> Text:
    english, _, bulgarian = (help_text or "").partition("|")
    return Text(bulgarian.strip(), english.strip())


def _broken(path: Path, number: int, what: str) -> EcosystemError:
    return EcosystemError(f"{path.name}:{number}: {what}.", "See another query for the form.")


def lint(query: Query) -> list[str]:
    """What keeps a query from being portable, bilingual and honest; empty where nothing does."""
    bare = _TEXTS.sub("''", query.cypher)
    found = []
    if writes := _WRITING.search(bare):
        found.append(f"{writes[0]} writes or administers")
    if re.search(r"(?<![\w.])id\s*\(|elementId\s*\(", bare):
        found.append("engine ids never leave the store")
    for label in re.findall(r"\(\w*:(\w+(?:\|\w+)*)", bare):
        found += [f"unknown label {one}" for one in label.split("|") if one not in LABELS]
    for kinds in re.findall(r"\[\w*:(\w+(?:\|\w+)*)", bare):
        found += [f"unknown edge kind {one}" for one in kinds.split("|") if one not in EDGES]
    for name in re.findall(r"\b[a-z]\w*\.(\w+)\b(?!\s*\()", bare):
        if name not in STORED:
            found.append(f"unknown property {name}")
    declared, used = {p.name for p in query.parameters}, set(re.findall(r"\$(\w+)", bare))
    if declared != used:
        found.append(f"parameters declared {sorted(declared)} but used {sorted(used)}")
    last = re.split(r"\bRETURN\b", bare)[-1]
    answered = re.split(r"\bORDER BY\b", last)[0]
    aliases = re.findall(r"\bAS\s+(\w+)\s*(?:,|$)", answered.strip())
    if aliases != [column.name for column in query.returns]:
        found.append(f"returns {aliases}, says {[c.name for c in query.returns]}")
    if not re.search(r"\bORDER BY\b", last):
        found.append("the rows have no order")
    texts = [query.title, *(p.help for p in query.parameters), *(c.help for c in query.returns)]
    if not all(text.bg and text.en for text in texts):
        found.append("a text is missing in one language")
    return found
