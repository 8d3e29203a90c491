"""What a pack says of itself: ``pack.toml``, read into a record and written from one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ecosystem.errors import DataError, Problem, nearest
from ecosystem.model import KINDS, LOCAL_PACK, MODEL_VERSION, Attribute, Edge, Entity, Pack
from ecosystem.model.former import FORMER_VERSIONS

MOST_BYTES = 1024 * 1024
MOST_NESTING = 20
_TEXTS = (
    "title_bg",
    "title_en",
    "description_bg",
    "description_en",
    "licence",
    "mapping",
    "origin",
    "sha256",
)


def attributes(pack: Pack) -> tuple[Attribute, ...]:
    """The attributes that a pack declares for its records."""
    return tuple(Attribute.from_line(line) for line in pack.attributes)


def read_pack(folder: Path) -> Pack:
    """The declaration of the pack in ``folder``.

    Raises
    ------
    DataError
        Where the folder or its ``pack.toml`` is missing, broken or of another model version;
        with everything that is wrong.
    """
    path = folder / "pack.toml"
    said = _said(path)
    problems = [Problem(where(path), 0, *problem) for problem in _wrong(said)]
    own: list[str] = []
    for number, table in enumerate(said.get("attributes", []), 1):
        try:
            attribute = Attribute.of(table if isinstance(table, dict) else {})
            if not issubclass(KINDS.get(attribute.kind, object), (Entity, Edge)):
                raise ValueError(f"{attribute.kind!r} is no kind of entity or tie")
            own.append(attribute.line())
        except ValueError as error:
            problems.append(Problem(where(path), 0, f"attributes {number}", f"{error}."))
    if problems:
        raise DataError(problems)
    texts = {name: said.get(name, "") for name in _TEXTS}
    return Pack(
        id=f"{Pack.prefix}:{said['name']}",
        pack=said["name"],
        name_bg=texts.pop("title_bg"),
        name_en=texts.pop("title_en"),
        requires=tuple(said.get("requires", [])),
        attributes=tuple(own),
        **texts,
    )


def where(path: Path) -> str:
    """A file as problems name it."""
    return "/".join(path.parts[-3:])


def _said(path: Path) -> dict[str, Any]:
    try:
        # A device or a pipe would never end.
        if not path.is_file():
            hint = "Name a folder that holds a pack.toml, or make one with 'ecosystem new-pack'."
            raise DataError([Problem(where(path), 0, "", "there is no pack here.", hint)])
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            message = f"is larger than {MOST_BYTES >> 20} MiB."
            raise DataError([Problem(where(path), 0, "", message, "A pack.toml is a page.")])
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError([Problem(where(path), 0, "", f"cannot be read: {error}.")]) from None
    except RecursionError:
        raise DataError([Problem(where(path), 0, "", "is nested too deeply.")]) from None


def _wrong(said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong: column, message, hint."""
    known = {"name", "model_version", "requires", "attributes", *_TEXTS}
    for key in said.keys() - known:
        close = nearest(key, known)
        yield key, "is nothing that a pack says.", f"Did you mean {close[0]!r}?" if close else ""
    for key in ("name", "model_version"):
        if not isinstance(said.get(key), str):
            yield key, "must be a text.", ""
    for key in _TEXTS:
        if not isinstance(said.get(key, ""), str):
            yield key, "must be a text.", ""
    requires = said.get("requires", [])
    if not isinstance(requires, list) or not all(isinstance(name, str) for name in requires):
        yield "requires", "must be a list of texts.", ""
    if not isinstance(said.get("attributes", []), list):
        yield "attributes", "must be tables, [[attributes]].", ""
        said["attributes"] = []
    version, name = said.get("model_version"), said.get("name")
    if isinstance(version, str) and version not in (*FORMER_VERSIONS, MODEL_VERSION):
        message = f"the pack is of model version {version}, this is {MODEL_VERSION}."
        hint = "Use the version of the mapper that the pack was made for, or adapt its files."
        yield "model_version", message, hint
    if isinstance(name, str) and not (name.isascii() and name.replace("-", "").isalnum()):
        yield "name", f"{name!r} is not a pack name.", "Use a to z, 0 to 9, hyphens."


def pack_toml(pack: Pack) -> str:
    """The text of the pack's declaration; what it does not say is left out behind the usual."""
    usual = {
        "name": pack.pack or LOCAL_PACK,
        "title_bg": pack.name_bg,
        "title_en": pack.name_en,
        "description_bg": pack.description_bg,
        "description_en": pack.description_en,
        "model_version": MODEL_VERSION,
        "licence": pack.licence,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in usual.items()]
    lines.append(f"requires = {_toml(list(pack.requires))}")
    rest = {"mapping": pack.mapping, "origin": pack.origin, "sha256": pack.sha256}
    lines += [f"{key} = {_toml(value)}" for key, value in rest.items() if value]
    for attribute in attributes(pack):
        lines += ["", "[[attributes]]"]
        lines += [f"{key} = {_toml(value)}" for key, value in attribute.to_dict().items()]
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str]) -> str:
    """A text or a list of texts; what JSON writes so is TOML too, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
