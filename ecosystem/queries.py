"""The library of reading queries: files of Cypher with a header that is their contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ecosystem.errors import (
    EcosystemError,
    NotFoundError,
    ParameterError,
    nearest,
)
from ecosystem.model import NODE_KINDS
from ecosystem.values import (
    Text,
    first_day,
    parse_date,
    parse_decimal,
    parse_id,
    parse_integer,
    parse_text,
    plain,
)

TODAY = "today"
_HEADER = re.compile(r"// ?(?P<key>[a-z.]+): *(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>\w+) +(?P<type>[\w.]+)(?P<rest>(?: +(?:required|=\S+|example=\S+))*)"
    r"(?: +(?P<help>.+))?"
)
_RETURN = re.compile(r"(?P<name>\w+) +(?P<type>[\w.]+)(?: +(?P<help>.+))?")
_ONCE = ("name", "title.en", "title.bg", "description.en", "description.bg", "tags")


@dataclass(frozen=True)
class Parameter:
    """What a query asks for: its type, whether it must be given, and how it reads.

    ``type`` is one of ``text``, ``int``, ``number``, ``date``, ``list``, ``id``, or the id of a
    kind, as ``City.id``.
    """

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
            kind, _, is_id = self.type.partition(".")
            return _id_of(kind, given) if is_id else TYPES[self.type](given)
        except ValueError as error:
            sample = self.example or self.default
            hint = f"Write for example {self.name}={sample}." if sample else ""
            raise ParameterError(f"{self.name}: {error}.", hint) from None


@dataclass(frozen=True)
class Column:
    """One column of the answer; ``statement`` is the id of an edge."""

    name: str
    type: str
    help: Text


@dataclass(frozen=True)
class Query:
    """A named question with its Cypher; ``title`` and ``description`` are in both languages."""

    name: str
    title: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    returns: tuple[Column, ...]
    cypher: str
    description: Text | None = None

    def bind(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Every parameter by name: what is given, else its default, else None.

        Raises
        ------
        ParameterError
            For an unknown or missing parameter, or a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                close = nearest(name, known)
                hint = f"It takes: {', '.join(known)}." if known else "It takes none."
                hint = f"Did you mean {close[0]!r}?" if close else hint
                raise ParameterError(f"{self.name}: there is no parameter {name!r}.", hint)
        values: dict[str, Any] = {}
        for parameter in self.parameters:
            text = given.get(parameter.name, "").strip() or parameter.default
            if not text and parameter.required:
                hint = f"Write for example {parameter.name}={parameter.example}."
                raise ParameterError(f"{self.name}: {parameter.name} is missing.", hint)
            values[parameter.name] = parameter.parse(text) if text else None
        return values

    def examples(self) -> dict[str, str]:
        """The example, else the default, of each parameter that has one."""
        return {p.name: p.example or p.default for p in self.parameters if p.example or p.default}

    def to_dict(self) -> dict[str, Any]:
        """The query as plain values."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True)
class QueryResult:
    """The rows of a query, its Cypher, the limits that held, and notes on what it may not mean.

    ``things`` are the ids of what is recorded and the rows hold, as ids, nodes, ties or paths.
    """

    name: str
    cypher: str
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float
    row_limit: int
    size_limit: int
    notes: tuple[Text, ...] = ()
    things: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; each row is an object by column."""
        return {
            "name": self.name,
            "cypher": self.cypher,
            "parameters": dict(self.parameters),
            "columns": list(self.columns),
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "truncated": self.truncated,
            "row_limit": self.row_limit,
            "size_limit": self.size_limit,
            "notes": [plain(note) for note in self.notes],
            "things": list(self.things),
        }


def _id_of(kind: str, given: str) -> str:
    identity = parse_id(given)
    cls = NODE_KINDS[kind]
    if not identity.startswith(cls.prefix + ":"):
        raise ValueError(f"{given!r} is not the id of a {kind}, which begins with {cls.prefix!r}:")
    return identity


def _day(given: str) -> str:
    return date.today().isoformat() if given == TODAY else first_day(parse_date(given))


def _list(given: str) -> list[str]:
    return [parse_text(item) for item in given.split(",") if item.strip()]


TYPES: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "text": parse_text,
        "int": parse_integer,
        "number": parse_decimal,
        "date": _day,
        "list": _list,
        "id": parse_id,
    }
)
"""The types of parameters and how each is read; ``<Kind>.id`` comes on top."""


def load_queries(folder: Path) -> dict[str, Query]:
    """Every query of ``folder`` by name, sorted.

    Raises
    ------
    EcosystemError
        Where a file cannot be read or its header is wrong; names file and line.
    NotFoundError
        Where there is no such folder.
    """
    if not folder.is_dir():
        raise NotFoundError("folder of queries", str(folder))
    return {path.stem: parse(path) for path in sorted(folder.glob("*.cypher"))}


def parse(path: Path) -> Query:
    """The query in a file.

    Raises
    ------
    EcosystemError
        Naming file and line of what is wrong with the header.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise EcosystemError(f"{path.name}: it is not UTF-8.", "Save it as UTF-8.") from error
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    returns: list[Column] = []
    header = 0
    for header, line in enumerate(lines):
        if not line.startswith("//"):
            break
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            raise _broken(path, header, "is no line of a header")
        key, value = match["key"], match["value"].strip()
        if key == "param":
            parameters.append(_parameter(path, header, value))
        elif key == "returns":
            returns.append(_returned(path, header, value))
        elif key not in _ONCE:
            close = nearest(key, (*_ONCE, "param", "returns"))
            also = f"; did you mean {close[0]!r}?" if close else ""
            raise _broken(path, header, f"the header has no {key!r}{also}")
        elif key in said:
            raise _broken(path, header, f"{key} is given twice")
        else:
            said[key] = value
    for key in ("name", "title.en", "title.bg", "tags"):
        if not said.get(key):
            raise _broken(path, header, f"the header gives no {key}")
    if said["name"] != path.stem:
        raise _broken(path, 0, f"the name is {said['name']!r} and that of the file {path.stem!r}")
    described = Text(said.get("description.bg", ""), said.get("description.en", ""))
    return Query(
        name=said["name"],
        title=Text(said["title.bg"], said["title.en"]),
        tags=tuple(tag.strip() for tag in said["tags"].split(",")),
        parameters=tuple(parameters),
        returns=tuple(returns),
        cypher="\n".join(lines[header:]).strip() + "\n",
        description=described if any(described) else None,
    )


def _parameter(path: Path, line: int, value: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None:
        raise _broken(path, line, "is no 'param: name type [required] [=default] help'")
    kind, _, is_id = match["type"].partition(".")
    if match["type"] not in TYPES and (is_id != "id" or kind not in NODE_KINDS):
        raise _broken(path, line, f"there is no type {match['type']!r}")
    words = match["rest"].split()
    return Parameter(
        name=match["name"],
        type=match["type"],
        help=_both(match["help"]),
        required="required" in words,
        default=next((word[1:] for word in words if word.startswith("=")), ""),
        example=next((w.removeprefix("example=") for w in words if w.startswith("example=")), ""),
    )


def _returned(path: Path, line: int, value: str) -> Column:
    match = _RETURN.fullmatch(value)
    if match is None:
        raise _broken(path, line, "is no 'returns: name type help'")
    kind, _, is_id = match["type"].partition(".")
    if match["type"] not in (*TYPES, "statement") and (is_id != "id" or kind not in NODE_KINDS):
        raise _broken(path, line, f"there is no type {match['type']!r}")
    return Column(match["name"], match["type"], _both(match["help"]))


def _both(help_text: str | None) -> Text:
    english, _, bulgarian = (help_text or "").partition("|")
    return Text(bulgarian.strip(), english.strip())


def _broken(path: Path, line: int, what: str) -> EcosystemError:
    return EcosystemError(f"{path.name}:{line + 1}: {what}.", "See another query for the form.")
