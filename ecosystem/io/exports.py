"""Lossless exports: one JSON Lines file, or a folder with one CSV pack per pack."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from ecosystem.dataset import Dataset, references
from ecosystem.errors import DataError, ExportError, Problem
from ecosystem.io import jsonl, seeds
from ecosystem.io.rows import MAX_FILE_BYTES
from ecosystem.model import KINDS, Pack
from ecosystem.values import Text

NEW_FOLDER = Text(
    "Посочете нова папка или файл, който завършва на .jsonl.",
    "Name a new folder, or a file that ends in .jsonl.",
)


def write_jsonl(dataset: Dataset, stream: TextIO) -> None:
    """The dataset as JSON Lines into an open stream."""
    stream.writelines(jsonl.dumps(dataset))


def read(sources: Iterable[Path]) -> seeds.Packs:
    """What packs and exports hold: .jsonl files, packs, folders of packs.

    What cannot be read stands among the ``problems`` of the answer.

    Raises
    ------
    ModelVersionError
        For an export of another version of the model.
    """
    found, problems, folders = Dataset.of(()), list[Problem](), list[Path]()
    for source in sources:
        try:
            if source.is_file() and source.suffix.lower() == ".jsonl":
                part, wrong = _lines(source)
                found = found.merged(part)
                problems += wrong
            else:
                folders += _folders(source)
        except DataError as error:
            problems += error.problems
    read = seeds.read_packs(folders)
    # Whatever a broken file may hold is not missed elsewhere.
    unread = replace(read.unread, kinds=frozenset(KINDS)) if problems else read.unread
    problems += read.problems
    return replace(
        read, dataset=found.merged(read.dataset), problems=tuple(problems), unread=unread
    )


def _lines(source: Path) -> tuple[Dataset, list[Problem]]:
    try:
        if source.stat().st_size > MAX_FILE_BYTES:
            message = f"is larger than {MAX_FILE_BYTES >> 20} MiB."
            raise DataError([Problem(str(source), 0, "", message, "Export fewer packs at once.")])
        with source.open(encoding="utf-8") as lines:
            return jsonl.read(lines, str(source))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([Problem(str(source), 0, "", f"cannot be read: {error}.")]) from None


def _folders(source: Path) -> list[Path]:
    """The folders of packs that ``source`` is or holds."""
    if source.is_file():
        hint = "Name a .jsonl file, a pack, or a folder of packs."
        raise DataError([Problem(str(source), 0, "", "is neither a pack nor an export.", hint)])
    inside = sorted(one.parent for one in source.glob("*/pack.toml"))
    return inside if inside and not (source / "pack.toml").exists() else [source]


def write(dataset: Dataset, target: Path, lines: bool | None = None) -> list[Path]:
    """The files written: ``target`` itself as JSON Lines, or a folder of packs.

    ``lines`` says which; where it does not, an ending .jsonl does. A file and each pack of a
    folder appear whole or not at all.

    Raises
    ------
    ExportError
        Where the folder cannot be written or already holds something.
    """
    try:
        if target.suffix.lower() == ".jsonl" if lines is None else lines:
            return [_whole_file((line.encode() for line in jsonl.dumps(dataset)), target)]
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ExportError(taken(target), NEW_FOLDER)
        return _packs(dataset, target)
    except OSError as error:
        raise cannot_write(target, error) from None


def taken(target: Path) -> Text:
    """That a place is not free."""
    return Text(
        f"{target}: вече съществува и не е празна папка.",
        f"{target}: is there already and not empty.",
    )


def cannot_write(target: Path, error: OSError) -> ExportError:
    """What the system says of a place that it does not let write."""
    return ExportError(
        Text(
            f"{target}: не може да се запише: {error.strerror}.",
            f"{target}: cannot be written: {error.strerror}.",
        ),
        Text("Изберете място, в което може да се пише.", "Choose a place that can be written."),
    )


def write_text(text: str, target: Path) -> Path:
    """``target``, which holds ``text`` whole or is as it was.

    Raises
    ------
    ExportError
        Where the place cannot be written.
    """
    return write_bytes(text.encode(), target)


def write_bytes(contents: bytes, target: Path) -> Path:
    """``target``, which holds ``contents`` whole or is as it was; raises as ``write_text``."""
    try:
        return _whole_file([contents], target)
    except OSError as error:
        raise cannot_write(target, error) from None


def _whole_file(lines: Iterable[bytes], target: Path) -> Path:
    if target.exists() and not target.is_file():
        # To put a file in the place of a folder, a device or a pipe would destroy it.
        raise ExportError(
            Text(
                f"{target}: вече съществува и не е файл.",
                f"{target}: is there already and no file.",
            ),
            Text("Посочете файл.", "Name a file."),
        )
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(lines)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def _packs(dataset: Dataset, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, suffix=".part") as part:
        made = [path for name in dataset.packs for path in _pack(dataset, name, Path(part, name))]
        for name in dataset.packs:
            Path(part, name).rename(target / name)
        return [target / path.relative_to(part) for path in made]


def _pack(dataset: Dataset, name: str, folder: Path) -> list[Path]:
    part = dataset.only([name])
    named = {dataset.records[i].pack for i in _referred(part) if i in dataset.records}
    said = dataset.nodes.get(f"{Pack.prefix}:{name}")
    pack = said if isinstance(said, Pack) else Pack(id=f"{Pack.prefix}:{name}", pack=name)
    needed = tuple(sorted({*pack.requires, *named} - {name}))
    return seeds.write(replace(pack, requires=needed), part, folder)


def _referred(part: Dataset) -> set[str]:
    return {identity for record in part.records.values() for _, identity in references(record)}
