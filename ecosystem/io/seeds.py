"""CSV packs: a folder with ``pack.toml`` and one file per kind, read and written without loss."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.columns import Column, joined, parse_cell
from ecosystem.dataset import WHOLE, Dataset, Place, Unread
from ecosystem.errors import MOST_GUESSES, DataError, Problem, UnknownWordError, nearest
from ecosystem.io.packs import attributes, pack_toml, read_pack, where
from ecosystem.io.rows import UnreadableError, is_data, rows
from ecosystem.model import (
    KINDS,
    LOCAL_PACK,
    LOG_KINDS,
    RARE,
    Attribute,
    Edge,
    Entity,
    Kind,
    Node,
    Pack,
    Record,
    columns,
    seed_columns,
    seed_file,
)
from ecosystem.model.attributes import OWN
from ecosystem.model.former import FORMER, present

FILES: dict[str, Kind] = {
    seed_file(kind): kind
    for kind in KINDS.values()
    if kind is not Pack and kind.kind not in LOG_KINDS
}


def file_of(kind: str) -> str:
    """The name of a kind's file."""
    return seed_file(KINDS[kind])


_ABOUT = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "README")
_IMPORT = "'ecosystem import FILE' brings a spreadsheet or a network onto the map."


@dataclass(frozen=True)
class Packs:
    """What was read of some folders.

    Attributes
    ----------
    absent
        By pack and kind the columns that its file has not, which read as empty.
    problems
        Every cell, row and file that could not be read, in all the packs.
    unread
        What of the dataset these left open.
    warnings
        What was passed over.
    """

    dataset: Dataset
    declared: tuple[Pack, ...]
    absent: Mapping[tuple[str, str], tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    unread: Unread = WHOLE
    warnings: tuple[Problem, ...] = ()


def read(folders: Iterable[Path]) -> Dataset:
    """Everything in the packs of ``folders``, cells parsed, references not yet checked.

    Raises
    ------
    DataError
        With every cell, row and file that cannot be read, in all the packs at once.
    """
    found = read_packs(folders)
    if found.problems:
        raise DataError(found.problems)
    return found.dataset


def read_packs(folders: Iterable[Path]) -> Packs:
    """Everything in the packs of ``folders``, and all that cannot be read of them."""
    reader = _Reader()
    for folder in folders:
        try:
            reader.pack(Path(folder), read_pack(Path(folder)))
        except DataError as error:
            reader.problems.extend(error.problems)
            reader.lost.update(KINDS)
    dataset = Dataset.of((*reader.declared, *reader.records), reader.places)
    unread = Unread(reader.unread, frozenset(reader.lost), frozenset(reader.lost_ids))
    problems, warnings = tuple(reader.problems), tuple(reader.warnings)
    return Packs(dataset, tuple(reader.declared), reader.absent, problems, unread, warnings)


def _is_no_part(path: Path) -> bool:
    """Whether a file in the folder of a pack is neither of the pack nor about it."""
    if not path.is_file() or not is_data(path) or path.name.startswith("."):
        return False
    about = path.stem.upper() in _ABOUT or path.suffix.lower() in (".md", ".txt")
    return path.suffix != ".csv" and path.name != "pack.toml" and not about


class _Sheet:
    """The file of a kind in a pack: its columns, those of former versions, and a row of it."""

    def __init__(self, kind: Kind, own: Sequence[Attribute]) -> None:
        self.kind = kind
        self.own = {one.column: one.declared() for one in own if one.kind == kind.kind}
        self.wanted = seed_columns(kind, own)
        self.identity = ("id",) if issubclass(kind, Node) else ("source", "target")
        self.former = FORMER.get(kind.kind, {})

    def column(self, name: str) -> Column | None:
        """How a cell of the column is read; None for ids."""
        # What applies no more may be any text.
        name = self.former.get(name, name) or "deprecated"
        return self.own.get(name) or columns(self.kind).get(name)

    def not_filled(self, header: Sequence[str]) -> set[str]:
        """The columns that nothing can be said of: a header with a strange name may mean them."""
        strange = any(name not in self.wanted and name not in self.former for name in header)
        return {name for name in self.wanted if name not in header} if strange else set()

    def record(self, pack: str, values: dict[str, Any]) -> Record:
        """The record of a row."""
        own = sorted(
            (name.removeprefix(OWN), values.pop(name))
            for name in self.own
            if name in values and values[name] not in ("", None)
        )
        for name in self.own:
            values.pop(name, None)
        stated = present(self.kind.kind, {"pack": pack, **values})
        if own:
            stated["own"] = tuple(own)
        return self.kind(**stated)


class _Reader:
    def __init__(self) -> None:
        self.records: list[Record] = []
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.declared: list[Pack] = []
        self.absent: dict[tuple[str, str], tuple[str, ...]] = {}
        self.unread: dict[str, frozenset[str]] = {}
        self.told: Counter[tuple[Path, str]] = Counter()
        self.lost: set[str] = set()
        self.lost_ids: set[str] = set()

    def pack(self, folder: Path, pack: Pack) -> None:
        if pack.pack != LOCAL_PACK:
            self.declared.append(pack)
        self.places[pack.id] = Place(where(folder / "pack.toml"), 0)
        own = attributes(pack)
        files = sorted(filter(is_data, folder.glob("*.csv")))
        known = [path for path in files if path.name in FILES]
        for path in files:
            if path.name not in FILES and path.name != "crosswalk.csv":
                close = nearest(path.name, FILES)
                hint = f"Did you mean {close[0]!r}?" if close else "Remove it or rename it."
                self._problem(path, 0, "", "is no file of the model.", hint)
        beside = [path for path in sorted(folder.iterdir()) if _is_no_part(path)]
        for path in beside:
            message = "is no file of a pack and was left out."
            self.warnings.append(Problem(where(path), 0, "", message, _IMPORT))
        if not known:
            hint = _IMPORT if beside else ""
            self._problem(folder, 0, "", "the pack is empty: it has no CSV file.", hint)
        before = len(self.records)
        for path in known:
            self._file(pack, path, _Sheet(FILES[path.name], own))
        if known and len(self.records) == before and not self.problems:
            self._problem(folder, 0, "", "the pack is empty: its files have no rows.")

    def _problem(self, path: Path, line: int, column: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(where(path), line, column, message, hint))

    def _file(self, pack: Pack, path: Path, sheet: _Sheet) -> None:
        header: list[str] | None = None
        try:
            for line, cells in rows(path):
                if header is None:
                    header = cells
                    if not self._header(path, sheet, header, line):
                        self.lost.add(sheet.kind.kind)
                        return
                    lacking = tuple(name for name in sheet.wanted if name not in header)
                    self.absent[pack.pack, sheet.kind.kind] = lacking
                else:
                    self._row(pack, path, sheet, header, cells, line)
        except UnreadableError as error:
            self._problem(path, error.line, "", error.message, error.hint)
            self.lost.add(sheet.kind.kind)

    def _header(self, path: Path, sheet: _Sheet, header: list[str], line: int) -> bool:
        """Whether rows can be told by the header; what is wrong with it is a problem anyway."""
        for name in dict.fromkeys(header):
            if header.count(name) > 1:
                self._problem(path, line, name, "this column stands there twice.")
            if name not in sheet.wanted and name not in sheet.former:
                close = nearest(name, sheet.wanted)
                hint = f"Did you mean {close[0]!r}?" if close else "Remove it."
                if name.startswith(OWN):
                    hint = "Declare it in pack.toml, under [[attributes]]."
                message = f"{sheet.kind.__name__} has no such column."
                self._problem(path, line, name, message, hint)
        missing = [name for name in sheet.identity if name not in header]
        for name in missing:
            self._problem(path, line, name, "this column is missing.", "Add it.")
        return not missing

    def _row(
        self, pack: Pack, path: Path, sheet: _Sheet, header: list[str], row: list[str], line: int
    ) -> None:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, the header {len(header)}."
            self._problem(path, line, "", message, "Put texts with commas into double quotes.")
            self.lost_ids.update(
                cell for name, cell in zip(header, row, strict=False) if name == "id"
            )
            return
        values: dict[str, Any] = {}
        unread = sheet.not_filled(header)
        for name, cell in zip(header, row, strict=True):
            if name not in sheet.wanted and name not in sheet.former:
                continue
            try:
                values[name] = parse_cell(sheet.column(name), cell.strip())
            except ValueError as error:
                self._problem(path, line, name, f"{self._said(path, name, error)}.")
                unread.add(name)
                if name in sheet.identity:
                    # The rest of the row is checked, and what refers to it finds it.
                    values[name] = cell.strip() or f"?:{where(path)}:{line}"
        record = sheet.record(pack.pack, values)
        if unread:
            self.unread[record.id] = frozenset(unread)
        if record.id in self.places:
            first = self.places[record.id]
            column = "id" if isinstance(record, Node) else "key"
            hint = "Give the row a key of its own." if isinstance(record, Edge) else "Remove one."
            message = f"{record.id!r} stands already in {first.file}:{first.line}."
            self._problem(path, line, column, message, hint)
            return
        self.places[record.id] = Place(where(path), line)
        self.records.append(record)

    def _said(self, path: Path, column: str, error: ValueError) -> str:
        """The error in words; what may have been meant only as often as somebody reads it."""
        self.told[path, column] += 1
        if isinstance(error, UnknownWordError) and self.told[path, column] > MOST_GUESSES:
            return error.short
        return str(error)


def write(pack: Pack, dataset: Dataset, folder: Path) -> list[Path]:
    """The files written for the pack's records into ``folder``, ``pack.toml`` first.

    Reading the folder gives the equal dataset. Rows stand in the order of ids; kinds without a
    record get no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "pack.toml"]
    written[0].write_text(pack_toml(pack), encoding="utf-8")
    for name, kind in FILES.items():
        rows = [r for r in dataset.of_kind(kind.kind) if r.pack == pack.pack]
        if rows:
            path = folder / name
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(csv_lines(kind, rows, attributes(pack)))
            written.append(path)
    return written


def csv_lines(
    kind: Kind, records: Sequence[Record], own: Sequence[Attribute] = ()
) -> Iterator[str]:
    """The header and one line per record, each ending in a line feed.

    Columns that are seldom filled stand there only where they are.
    """
    rare = {name for name in RARE if not any(getattr(record, name) for record in records)}
    header = [name for name in seed_columns(kind, own) if name not in rare]
    yield ",".join(header) + "\n"
    for record in records:
        out = io.StringIO()
        values = dict(record.own) if isinstance(record, (Entity, Edge)) else {}
        csv.writer(out, lineterminator="\n").writerow(
            _cell(values.get(name.removeprefix(OWN)) if OWN in name else getattr(record, name))
            for name in header
        )
        yield out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return joined(value)
    return f"{value:.12f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
