"""Scenarios as TOML files: a name, a note, and one table per change."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecosystem.columns import joined
from ecosystem.errors import DataError, Problem
from ecosystem.scenario import Change, Scenario

VERSION = 1
MOST_BYTES = 256 * 1024

EXAMPLE = """\
# A scenario for 'ecosystem what-if': changes that are imagined and never stored.
scenario = 1
name = "A hub that works with the city"
note = "Would an innovation hub close the gap between supply and demand?"

# Add an actor. Fields are the columns of its kind; lists are separated by |.
[[add]]
kind = "Organisation"
id = "org:new-hub"
name_en = "New hub"
form = "innovation-centre"

# Without a place it would not belong to the ecosystem of the city.
[[add]]
kind = "LOCATED_IN"
source = "org:new-hub"
target = "city:sofia"

# An offer; a need is written the same way with NEEDS.
[[add]]
kind = "OFFERS"
source = "org:new-hub"
target = "theme:e-government"

# A tie to somebody who is there.
[[add]]
kind = "PARTNERS_WITH"
source = "org:new-hub"
target = "org:sofia-municipality"

# Remove an actor with all its ties, or one tie by its id (KIND|source|target|key).
# [[remove]]
# id = "org:..."
"""


def read(path: Path) -> Scenario:
    """The scenario in a file.

    Raises
    ------
    DataError
        Where it is no such file.
    """
    try:
        if not path.is_file():
            raise _wrong(
                str(path), "is not a file.", "Make one with 'ecosystem what-if --new FILE.toml'."
            )
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(str(path), f"is larger than {MOST_BYTES >> 10} KiB.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _wrong(str(path), f"cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise _wrong(str(path), "is not UTF-8 text.") from None
    return loads(text, str(path))


def loads(text: str, file: str = "scenario") -> Scenario:
    """The scenario in a text.

    Raises
    ------
    DataError
        Where the text is no TOML, or not of this shape; with every table that is wrong.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(file, f"is not TOML: {error}.") from None
    except RecursionError:
        raise _wrong(file, "is nested too deeply.") from None
    if said.get("scenario") != VERSION:
        hint = f"Write 'scenario = {VERSION}' at its beginning."
        raise _wrong(file, "does not say that it is a scenario of this version.", hint)
    problems = [
        Problem(file, 0, key, "is nothing that a scenario has.")
        for key in said
        if key not in ("scenario", "name", "note", "add", "remove")
    ]
    changes = [*_tables(said, "add", file, problems), *_tables(said, "remove", file, problems)]
    for key in ("name", "note"):
        if not isinstance(said.get(key, ""), str):
            problems.append(Problem(file, 0, key, "is not a text."))
    if problems:
        raise DataError(problems)
    return Scenario(said.get("name", ""), said.get("note", ""), tuple(changes))


def _wrong(file: str, message: str, hint: str = "") -> DataError:
    return DataError([Problem(file, 0, "", message, hint)])


def _tables(said: Mapping[str, Any], key: str, file: str, problems: list[Problem]) -> list[Change]:
    tables = said.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        problems.append(Problem(file, 0, key, f"is not written as [[{key}]]."))
        return []
    found = []
    for number, table in enumerate(tables, 1):
        values = {name: _text(value) for name, value in table.items()}
        wrong = [name for name, value in values.items() if value is None]
        for name in wrong:
            problems.append(Problem(file, number, f"{key}.{name}", "is neither text nor number."))
        texts = {name: value for name, value in values.items() if value is not None}
        if key == "add":
            found.append(Change(add=texts))
        elif set(table) != {"id"}:
            problems.append(Problem(file, number, key, "has an id and nothing else."))
        else:
            found.append(Change(remove=texts.get("id", "")))
    return found


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return joined(value)
    return str(value) if isinstance(value, (str, int, float)) else None


def dumps(scenario: Scenario) -> str:
    """The scenario as text that :func:`loads` reads back."""
    lines = [f"scenario = {VERSION}"]
    lines += [
        f"{key} = {_quoted(text)}"
        for key, text in (("name", scenario.name), ("note", scenario.note))
        if text
    ]
    for change in scenario.changes:
        if change.add is not None:
            lines += ["", "[[add]]"]
            lines += [f"{key} = {_quoted(text)}" for key, text in change.add.items()]
        else:
            lines += ["", "[[remove]]", f"id = {_quoted(change.remove)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # TOML reads JSON's escapes; JSON alone leaves the delete character as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
