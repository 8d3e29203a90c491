"""CSV packs: a folder with ``pack.toml`` and one file per kind, read and written without loss."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.columns import SEPARATOR, parse_cell
from ecosystem.dataset import Dataset, Place
from ecosystem.errors import DataError, Problem, nearest
from ecosystem.model import (
    KINDS,
    LOCAL_PACK,
    MODEL_VERSION,
    Edge,
    Kind,
    Node,
    Record,
    columns,
    seed_columns,
    seed_file,
)
from ecosystem.values import Text

FILES: dict[str, Kind] = {seed_file(kind): kind for kind in KINDS.values()}
MAX_FILE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Pack:
    """What ``pack.toml`` says."""

    name: str
    folder: Path
    title: Text
    description: Text
    requires: tuple[str, ...] = ()
    licence: str = ""


def read_pack(folder: Path) -> Pack:
    """The declaration of the pack in ``folder``.

    Raises
    ------
    DataError
        Where the folder or its ``pack.toml`` is missing, broken or of another model version.
    """
    path = folder / "pack.toml"
    where = _where(path)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        hint = "Name a folder that holds a pack.toml, or make one with 'ecosystem new-pack'."
        raise DataError([Problem(where, 0, "", "there is no pack here.", hint)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError([Problem(where, 0, "", f"cannot be read: {error}.")]) from None
    problems = [
        Problem(where, 0, key, "must be a text.")
        for key in ("name", "model_version")
        if not isinstance(said.get(key), str)
    ]
    requires = said.get("requires", [])
    if not isinstance(requires, list) or not all(isinstance(name, str) for name in requires):
        problems.append(Problem(where, 0, "requires", "must be a list of texts."))
    if not problems and said["model_version"] != MODEL_VERSION:
        message = f"the pack is of model version {said['model_version']}, this is {MODEL_VERSION}."
        hint = "Use the version of the mapper that the pack was made for, or adapt its files."
        problems.append(Problem(where, 0, "model_version", message, hint))
    if not problems and not said["name"].replace("-", "").isalnum():
        problems.append(Problem(where, 0, "name", f"{said['name']!r} is not a pack name."))
    if problems:
        raise DataError(problems)
    return Pack(
        name=said["name"],
        folder=folder,
        title=Text(str(said.get("title_bg", "")), str(said.get("title_en", ""))),
        description=Text(str(said.get("description_bg", "")), str(said.get("description_en", ""))),
        requires=tuple(requires),
        licence=str(said.get("licence", "")),
    )


def read(folders: Iterable[Path]) -> Dataset:
    """Everything in the packs of ``folders``, cells parsed, references not yet checked.

    Raises
    ------
    DataError
        With every cell, row and file that cannot be read, in all the packs at once.
    """
    reader = _Reader()
    for folder in folders:
        try:
            reader.pack(read_pack(Path(folder)))
        except DataError as error:
            reader.problems.extend(error.problems)
    if reader.problems:
        raise DataError(reader.problems)
    return Dataset.of(reader.records, reader.places)


class _Reader:
    def __init__(self) -> None:
        self.records: list[Record] = []
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def pack(self, pack: Pack) -> None:
        files = sorted(pack.folder.glob("*.csv"))
        known = [path for path in files if path.name in FILES]
        for path in files:
            if path.name not in FILES and path.name != "crosswalk.csv":
                close = nearest(path.name, FILES)
                hint = f"Did you mean {close[0]!r}?" if close else "Remove it or rename it."
                self._problem(path, 0, "", "is no file of the model.", hint)
        if not known:
            self._problem(pack.folder, 0, "", "the pack is empty: it has no CSV file.")
        before = len(self.records)
        for path in known:
            self._file(pack, path, FILES[path.name])
        if known and len(self.records) == before and not self.problems:
            self._problem(pack.folder, 0, "", "the pack is empty: its files have no rows.")

    def _problem(self, path: Path, line: int, column: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(_where(path), line, column, message, hint))

    def _file(self, pack: Pack, path: Path, kind: Kind) -> None:
        content = self._content(path)
        if content is None:
            return
        rows = csv.reader(io.StringIO(content, newline=""), strict=True)
        try:
            header = next(rows, [])
            if not self._header(path, kind, header):
                return
            line = rows.line_num + 1
            for row in rows:
                if any(row):
                    self._row(pack, path, kind, header, row, line)
                line = rows.line_num + 1
        except csv.Error as error:
            self._problem(path, rows.line_num, "", f"is not CSV: {error}.")

    def _content(self, path: Path) -> str | None:
        # A device or a pipe would never end.
        if not path.is_file():
            self._problem(path, 0, "", "is not a file.", "Put a CSV file there, or remove it.")
            return None
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                message = f"is larger than {MAX_FILE_BYTES >> 20} MiB."
                self._problem(path, 0, "", message, "Split it.")
                return None
            raw = path.read_bytes()
        except OSError as error:
            self._problem(path, 0, "", f"cannot be read: {error.strerror}.")
            return None
        try:
            content = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            hint = "Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
            self._problem(path, line, "", "is not UTF-8 text.", hint)
            return None
        if "\0" in content:
            line = content[: content.index("\0")].count("\n") + 1
            self._problem(path, line, "", "holds a NUL byte.", "Save it again as plain CSV.")
            return None
        return content

    def _header(self, path: Path, kind: Kind, header: list[str]) -> bool:
        wanted = seed_columns(kind)
        good = True
        if len(header) == 1 and ";" in header[0]:
            self._problem(path, 1, "", "is separated by semicolons.", "Save it with commas.")
            return False
        for name in dict.fromkeys(header):
            if header.count(name) > 1:
                self._problem(path, 1, name, "this column stands there twice.")
                good = False
            if name not in wanted:
                close = nearest(name, wanted)
                hint = f"Did you mean {close[0]!r}?" if close else "Remove it."
                self._problem(path, 1, name, f"{kind.__name__} has no such column.", hint)
                good = False
        for name in wanted:
            if name not in header:
                self._problem(path, 1, name, "this column is missing.", "Add it; it may be empty.")
                good = False
        return good

    def _row(
        self, pack: Pack, path: Path, kind: Kind, header: list[str], row: list[str], line: int
    ) -> None:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, the header {len(header)}."
            self._problem(path, line, "", message, "Put texts with commas into double quotes.")
            return
        values: dict[str, Any] = {"pack": pack.name}
        before = len(self.problems)
        for name, cell in zip(header, row, strict=True):
            try:
                values[name] = parse_cell(columns(kind).get(name), cell.strip())
            except ValueError as error:
                self._problem(path, line, name, f"{error}.")
        if len(self.problems) > before:
            return
        record = kind(**values)
        if record.id in self.places:
            first = self.places[record.id]
            column = "id" if isinstance(record, Node) else "key"
            hint = "Give the row a key of its own." if isinstance(record, Edge) else "Remove one."
            message = f"{record.id!r} stands already in {first.file}:{first.line}."
            self._problem(path, line, column, message, hint)
            return
        self.places[record.id] = Place(_where(path), line)
        self.records.append(record)


def _where(path: Path) -> str:
    return "/".join(path.parts[-3:])


def write(pack: Pack, dataset: Dataset, folder: Path) -> list[Path]:
    """The files written for the pack's records into ``folder``, ``pack.toml`` first.

    Reading the folder gives the equal dataset. Rows stand in the order of ids; kinds without a
    record get no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "pack.toml"]
    written[0].write_text(pack_toml(pack), encoding="utf-8")
    for name, kind in FILES.items():
        rows = [r for r in dataset.of_kind(kind.kind) if r.pack == pack.name]
        if rows:
            path = folder / name
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(csv_lines(kind, rows))
            written.append(path)
    return written


def csv_lines(kind: Kind, records: Iterable[Record]) -> Iterator[str]:
    """The header and one line per record, each ending in a line feed."""
    header = seed_columns(kind)
    yield ",".join(header) + "\n"
    for record in records:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(_cell(getattr(record, n)) for n in header)
        yield out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return f"{value:.12f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def pack_toml(pack: Pack) -> str:
    """The text of the pack's declaration."""
    quoted = {
        "name": pack.name or LOCAL_PACK,
        "title_bg": pack.title.bg,
        "title_en": pack.title.en,
        "description_bg": pack.description.bg,
        "description_en": pack.description.en,
        "model_version": MODEL_VERSION,
        "licence": pack.licence,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in quoted.items()]
    lines.append(f"requires = [{', '.join(_toml(name) for name in pack.requires)}]")
    return "\n".join(lines) + "\n"


def _toml(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
