"""JSON Lines: a header, then one record a line; lossless and stable to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from math import isfinite
from typing import Any

from ecosystem.dataset import Dataset, Place
from ecosystem.errors import DataError, ModelVersionError, Problem, nearest
from ecosystem.model import KINDS, MODEL_VERSION, Column, Kind, Node, Pack, Record, columns
from ecosystem.model.attributes import OWN
from ecosystem.model.former import FORMER_VERSIONS, present
from ecosystem.values import parse_id, parse_text

FORMAT = "ecosystem-mapper"
Parse = Callable[[str], str]


def record_to_dict(record: Record) -> dict[str, Any]:
    """The record's kind and stated fields; unknown ones are left out."""
    values: dict[str, Any] = {"kind": record.kind, "id": record.id}
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name == "own":
            values |= {OWN + name: said for name, said in value}
        elif value not in ("", None, ()):
            values[one.name] = list(value) if isinstance(value, tuple) else value
    return values


def line(record: Record) -> str:
    """The line of a record, with its line feed."""
    return json.dumps(record_to_dict(record), ensure_ascii=False) + "\n"


def dumps(dataset: Dataset) -> Iterator[str]:
    """The header line and one line per record in the order of ids, each with a line feed."""
    yield json.dumps({"format": FORMAT, "model_version": MODEL_VERSION}) + "\n"
    for record in dataset.records.values():
        yield line(record)


def loads(lines: Iterable[str], file: str = "") -> Dataset:
    """The dataset written by :func:`dumps`.

    Raises
    ------
    ModelVersionError
        Where the header names another model version.
    DataError
        With every line that is not a record of the model.
    """
    return _whole(read(lines, file))


def records(lines: Iterable[str], file: str = "", first: int = 1, *, exact: bool = True) -> Dataset:
    """The dataset of lines that a store wrote, a record each; ``first`` is the number of the first.

    Whatever the store held is held again, to the last sign: nobody writes a backup or a log by
    hand. Not ``exact``, it is read as what people write, and as what former versions wrote.

    Raises
    ------
    DataError
        With every line that is not a record of the model.
    """
    return _whole(_records(lines, file, first, exact=exact))


def read(lines: Iterable[str], file: str = "") -> tuple[Dataset, list[Problem]]:
    """What an export holds, and everything that cannot be read of it.

    Raises
    ------
    ModelVersionError
        Where the header names another model version.
    DataError
        Where it is no export.
    """
    rest = iter(lines)
    try:
        _header(_object(next(rest, "")))
    except (ValueError, RecursionError) as error:
        raise DataError([Problem(file, 1, "", f"is no export: {error}.")]) from None
    return _records(rest, file, first=2)


def _whole(found: tuple[Dataset, list[Problem]]) -> Dataset:
    dataset, problems = found
    if problems:
        raise DataError(problems)
    return dataset


def _records(
    lines: Iterable[str], file: str, first: int, *, exact: bool = False
) -> tuple[Dataset, list[Problem]]:
    found: list[Record] = []
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for number, said in enumerate(lines, first):
        try:
            record = _record(_object(said), exact)
        except RecursionError:
            problems.append(Problem(file, number, "", "is nested too deeply."))
        except _WrongFields as error:
            problems += (Problem(file, number, name, f"{why}.") for name, why in error.wrong)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problems.append(Problem(file, number, "", f"is no record: {error}."))
        else:
            if record.id in places:
                message = f"{record.id!r} stands already in line {places[record.id].line}."
                problems.append(Problem(file, number, "id", message, "Remove one."))
            places.setdefault(record.id, Place(file, number))
            found.append(record)
    return Dataset.of(found, places), problems


class _WrongFields(Exception):
    """The fields of a line that cannot be read, each with the reason."""

    def __init__(self, wrong: list[tuple[str, str]]) -> None:
        super().__init__()
        self.wrong = wrong


def _object(line: str) -> Any:
    return json.loads(line, parse_constant=_no_number)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _header(said: Any) -> None:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("the first line is not the header of an export")
    if said.get("model_version") not in (*FORMER_VERSIONS, MODEL_VERSION):
        raise ModelVersionError(
            f"the export is of model version {said.get('model_version')}, this is {MODEL_VERSION}.",
            "Export it again with this version of the mapper.",
        )


def _record(said: Any, exact: bool) -> Record:
    if not isinstance(said, dict):
        raise ValueError("the line holds no object")
    kind = KINDS.get(said.pop("kind", None)) if isinstance(said.get("kind"), str) else None
    if kind is None:
        raise ValueError("its kind is not of the model")
    identity = said.pop("id", None)
    own = {name: said.pop(name) for name in sorted(said) if name.startswith(OWN)}
    said = present(kind.kind, said)
    if issubclass(kind, Node):
        said = {"id": identity, **said}
    wrong = [*_structure(kind, said), *_strange(own, _stored if exact else parse_text)]
    known = columns(kind)
    for name, value in said.items():
        try:
            if name in known:
                said[name] = _value(known[name], value, exact)
        except ValueError as error:
            wrong.append((name, str(error)))
    if wrong:
        raise _WrongFields(wrong)
    if own:
        said["own"] = tuple((name.removeprefix(OWN), value) for name, value in own.items())
    return kind(**said)


def _structure(kind: Kind, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with what every record has, and with what its kind has not."""
    needed = ("id", "pack") if issubclass(kind, Node) else ("pack", "source", "target")
    for name in needed:
        value = said.get(name)
        if not isinstance(value, str) or not value:
            yield name, "must be a text"
        elif name != "pack" and kind is not Pack:
            try:
                parse_id(value)
            except ValueError as error:
                yield name, str(error)
    known = {*needed, *columns(kind)}
    for name in said:
        if name not in known:
            close = nearest(name, known)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            yield name, f"{kind.__name__} has no such field{hint}"


def _strange(own: Mapping[str, Any], parse: Parse) -> Iterator[tuple[str, str]]:
    for name, value in own.items():
        if isinstance(value, str):
            try:
                parse(value)
            except ValueError as error:
                yield name, str(error)
        elif not isinstance(value, bool | int | float) or not _storable(value):
            yield name, "must be a text, a number that can be stored, or true or false"


def _stored(text: str) -> str:
    """A text that a store held, as it is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a sign, which no store can hold") from None
    return text


def _value(column: Column, value: Any, exact: bool) -> Any:
    parse = _stored if exact and column.what not in _RECKONED else column.parse
    if column.many:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError("must be a list of texts")
        return tuple(map(parse, value))
    if isinstance(value, str):
        return parse(value)
    fits = _FITS.get(column.what)
    if value is None or fits is None or type(value) not in fits or not _storable(value):
        raise ValueError(f"must be a {column.what if fits else 'text'}")
    return value


def _storable(value: float) -> bool:
    """Whether a database holds the number: 64 bits."""
    return isfinite(value) if isinstance(value, float) else -(2**63) <= value < 2**63


_FITS: Mapping[str, tuple[type, ...]] = {
    "whole number": (int,),
    "number": (int, float),
    "yes or no": (bool,),
}
_RECKONED = frozenset({*_FITS, "date"})
"""What is reckoned with: a value that is none would fail wherever it is looked at."""
