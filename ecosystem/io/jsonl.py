"""JSON Lines: a header, then one record a line; lossless and stable to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from ecosystem.dataset import Dataset, Place
from ecosystem.errors import DataError, ModelVersionError, Problem
from ecosystem.model import KINDS, MODEL_VERSION, Node, Record, columns
from ecosystem.model.attributes import OWN
from ecosystem.model.former import FORMER_VERSIONS, present

FORMAT = "ecosystem-mapper"


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
    rest = iter(lines)
    try:
        _header(json.loads(next(rest, "")))
    except ValueError as error:
        raise DataError([Problem(file, 1, "", f"is no export: {error}.")]) from None
    return records(rest, file, first=2)


def records(lines: Iterable[str], file: str = "", first: int = 1) -> Dataset:
    """The dataset of lines that hold a record each; ``first`` is the number of the first.

    Raises
    ------
    DataError
        With every line that is not a record of the model.
    """
    found: list[Record] = []
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for number, said in enumerate(lines, first):
        try:
            record = _record(json.loads(said))
            places[record.id] = Place(file, number)
            found.append(record)
        except RecursionError:
            problems.append(Problem(file, number, "", "is nested too deeply."))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problems.append(Problem(file, number, "", f"is no record: {error}."))
    if problems:
        raise DataError(problems)
    return Dataset.of(found, places)


def _header(said: Any) -> None:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("the first line is not the header of an export")
    if said.get("model_version") not in (*FORMER_VERSIONS, MODEL_VERSION):
        raise ModelVersionError(
            f"the export is of model version {said.get('model_version')}, this is {MODEL_VERSION}.",
            "Export it again with this version of the mapper.",
        )


def _record(said: Any) -> Record:
    kind = KINDS.get(said.pop("kind"))
    if kind is None:
        raise ValueError("its kind is not of the model")
    identity = said.pop("id")
    own = sorted(
        (name.removeprefix(OWN), said.pop(name)) for name in [*said] if name.startswith(OWN)
    )
    said = present(kind.kind, said)
    if issubclass(kind, Node):
        said = {"id": identity, **said}
    for name, column in columns(kind).items():
        if name in said and column.many:
            said[name] = tuple(column.parse(item) for item in said[name])
        elif isinstance(said.get(name), str):
            said[name] = column.parse(said[name])
    if own:
        said["own"] = tuple(own)
    return kind(**said)
