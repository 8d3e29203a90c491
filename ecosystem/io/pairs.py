"""Files of pairs: of names to judge; of mentors for the backtest, with their dated facts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import TextIO

from ecosystem.errors import DataError, Problem, nearest
from ecosystem.identity.judging import KINDS, NamePair
from ecosystem.io.rows import MAX_FILE_BYTES
from ecosystem.pairs import ALWAYS, ATTRIBUTES, REPEATED, Fact, Pair

PAIR_COLUMNS = ("network", "start_year", "mentor_geonameid", "mentee_geonameid")
FACT_COLUMNS = ("city", "attribute", "value", "known_from")
NAME_COLUMNS = ("name_a", "name_b")
CITY_COLUMNS = ("geonameid", "city", "country", "lat", "lon", "population", "language")
MEMBERSHIP_COLUMNS = (
    "geonameId",
    "Network",
    "Start",
    "Description",
    "asciiName",
    "Country",
    "lat_GN",
    "lng_GN",
)

# The column of cities that says itself until when its keywords were known.
_KEYWORDS = re.compile(r"\w+_keywords_before_(\d{4})")
# Tables that went through a spreadsheet may say 2018.0.
_YEAR = re.compile(r"([12]\d{3})(?:\.0)?", re.ASCII)
_NUMBERS = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "population": (0.0, 1e9)}
_NOTHING = ("", "NA")
_SAID: dict[str, bool | None] = {
    **dict.fromkeys(("1", "true", "yes", "да"), True),
    **dict.fromkeys(("0", "false", "no", "не"), False),
    "": None,
}


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file in its order; columns beyond the needed ones are left aside.

    A year, an identity or a network that is not stated stays empty: such a pair cannot be
    scored, which is for the backtest to say.

    Raises
    ------
    DataError
        With every missing column, broken year and broken identity, and for a file without rows.
    """
    table = _Table(path, PAIR_COLUMNS)
    pairs = []
    for line, row in table.rows():
        year = table.year(line, "start_year", row["start_year"])
        for column in ("mentor_geonameid", "mentee_geonameid"):
            table.identity(line, column, row[column])
        name = row.get("pair_id") or f"{row['mentor_geonameid']} → {row['mentee_geonameid']}"
        pairs.append(
            Pair(line, name, row["network"], row["mentor_geonameid"], row["mentee_geonameid"], year)
        )
    table.finish()
    return tuple(pairs)


def read_names(path: Path) -> tuple[NamePair, ...]:
    """The pairs of names of a file in its order, with what it says of each.

    ``same``, ``kind`` and ``category`` may be missing or empty; a kind that the model has not is
    left aside.

    Raises
    ------
    DataError
        With every missing column and every word for ``same`` that says neither yes nor no, and for
        a file without rows.
    """
    table = _Table(path, NAME_COLUMNS)
    found = []
    for line, row in table.rows():
        said = row.get("same", "").casefold().removesuffix(".0")
        if said not in _SAID:
            message = f"{row['same']!r} says neither yes nor no."
            table.problem(line, "same", message, "Write 1 or 0.")
        kind = KINDS.get(row.get("kind", "").casefold(), "")
        names = row["name_a"], row["name_b"]
        found.append(NamePair(*names, kind, row.get("category", ""), _SAID.get(said)))
    table.finish()
    return tuple(found)


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The attribute rows of a file in its order; a row without a year is read as undated.

    ``always`` is taken for what hardly changes; for a network or a keyword it says nothing
    about when it was known, and the row is undated.

    Raises
    ------
    DataError
        With every missing column, unknown attribute, broken year or value, and every second
        value of an attribute that a city has only once; and for a file without rows.
    """
    table = _Table(path, FACT_COLUMNS)
    facts: list[Fact] = []
    stated: dict[tuple[str, str, int], Fact] = {}
    for line, row in table.rows():
        attribute, value = row["attribute"], row["value"]
        table.identity(line, "city", row["city"], needed=True)
        table.attribute(line, attribute, value)
        known = row["known_from"]
        if known == "always":
            year = None if attribute in REPEATED else ALWAYS
        else:
            year = table.year(line, "known_from", known, "Write a year or 'always'.")
        fact = Fact(row["city"], attribute, value, year, line)
        if year is not None and attribute not in REPEATED:
            first = stated.setdefault((fact.city, attribute, year), fact)
            if first.value != value:
                message = f"{attribute} of {fact.city} is {first.value!r} in line {first.line}."
                table.problem(line, "value", message, "Keep one of them, or date them.")
        facts.append(fact)
    table.finish()
    return tuple(facts)


def dated_rows(cities: Path, membership: Path) -> tuple[Fact, ...]:
    """Attribute rows of what is timeless or dated in a table of cities and one of memberships.

    From the cities: place, country, population and language, and the keywords of a column that
    says before which year they were known. From the memberships, from the year in which the
    network started: its name and, as a keyword, its description; place and country of cities
    that the first table lacks. Columns that nobody dates are left out. In the order of cities,
    then of attributes, years and values.

    Raises
    ------
    DataError
        With every problem of either file.
    """
    found, problems = set[Fact](), list[Problem]()
    known = set[str]()
    for path, read in ((cities, _city_facts), (membership, _membership_facts)):
        try:
            found |= set(read(path, known))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return tuple(sorted(found, key=_order))


def undated_columns(cities: Path) -> tuple[str, ...]:
    """The columns of a table of cities that ``dated_rows`` leaves out, in their order."""
    header = _Table(cities, CITY_COLUMNS).header
    return tuple(n for n in header if n not in CITY_COLUMNS and not _KEYWORDS.fullmatch(n))


def write_facts(facts: Iterable[Fact], stream: TextIO) -> None:
    """Write attribute rows as CSV with a header, as ``read_facts`` reads them."""
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(FACT_COLUMNS)
    for fact in facts:
        known = "always" if fact.known_from == ALWAYS else fact.known_from
        out.writerow((fact.city, fact.attribute, fact.value, known))


def _order(fact: Fact) -> tuple[int, str, int, int, str]:
    known = fact.known_from or ALWAYS
    return len(fact.city), fact.city, ATTRIBUTES.index(fact.attribute), known, fact.value


def _city_facts(path: Path, known: set[str]) -> Iterator[Fact]:
    table = _Table(path, CITY_COLUMNS)
    for line, row in table.rows():
        city = row["geonameid"]
        table.identity(line, "geonameid", city, needed=True)
        if city in known:
            table.problem(line, "geonameid", f"{city} stands there twice.", "Keep one row.")
        known.add(city)
        for column, attribute in zip(CITY_COLUMNS[1:], _PLACE, strict=True):
            # GeoNames writes a population of 0 where it knows none.
            if row[column] not in (*_NOTHING, *(("0", "0.0") if column == "population" else ())):
                yield table.fact(line, column, city, attribute, row[column])
        for column in row:
            before = _KEYWORDS.fullmatch(column)
            for keyword in row[column].split(";") if before else ():
                if before and keyword.strip():
                    yield Fact(city, "keyword", keyword.strip(), int(before[1]) - 1)
    table.finish()


_PLACE = ("name", "country", "latitude", "longitude", "population", "language")


def _membership_facts(path: Path, known: set[str]) -> Iterator[Fact]:
    table = _Table(path, MEMBERSHIP_COLUMNS, ";")
    places: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in table.rows():
        city = row["geonameId"]
        year = table.year(line, "Start", "" if row["Start"] == "NA" else row["Start"])
        if city in _NOTHING or year is None:
            continue
        table.identity(line, "geonameId", city)
        places.setdefault(city, (line, row))
        if row["Network"] not in _NOTHING:
            yield Fact(city, "network", row["Network"], year)
        if row["Description"] not in _NOTHING:
            yield Fact(city, "keyword", row["Description"], year)
    for city in sorted(places.keys() - known):
        line, row = places[city]
        columns = ("asciiName", "Country", "lat_GN", "lng_GN")
        for column, attribute in zip(columns, _PLACE[:4], strict=True):
            if row[column] not in _NOTHING:
                yield table.fact(line, column, city, attribute, row[column])
    table.finish()


class _Table:
    """A CSV file with a header, and the problems found in it."""

    def __init__(self, path: Path, needed: Sequence[str], separator: str = ",") -> None:
        self.file, self.problems = path.name, list[Problem]()
        self._reader = csv.reader(
            io.StringIO(self._content(path), newline=""), delimiter=separator, strict=True
        )
        self.header = self._header(needed, separator)

    def problem(self, line: int, column: str, message: str, hint: str = "") -> None:
        """Note what is wrong, and where."""
        self.problems.append(Problem(self.file, line, column, message, hint))

    def finish(self) -> None:
        """Raise every problem noted."""
        if self.problems:
            raise DataError(self.problems)

    def _refuse(self, line: int, column: str, message: str, hint: str = "") -> DataError:
        self.problem(line, column, message, hint)
        return DataError(self.problems)

    def _content(self, path: Path) -> str:
        # A device or a pipe would never end.
        if path.exists() and not path.is_file():
            raise self._refuse(0, "", "is not a file.", "Name a CSV file.")
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise self._refuse(
                    0, "", f"is larger than {MAX_FILE_BYTES >> 20} MiB.", "Split it."
                )
            content = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._refuse(0, "", "is not UTF-8 text.", "Save it as 'CSV UTF-8'.") from None
        except OSError as error:
            raise self._refuse(0, "", f"cannot be read: {error.strerror}.") from None
        if not content.strip():
            raise self._refuse(0, "", "the file is empty.", "Give it a header and rows.")
        return content

    def _header(self, needed: Sequence[str], separator: str) -> list[str]:
        header = [name.strip() for name in self._lines()[1]]
        other = ";" if separator == "," else ","
        if len(header) == 1 and other in header[0]:
            raise self._refuse(1, "", f"must be separated by {separator!r}, not {other!r}.")
        for name in needed:
            if name not in header:
                close = [n for n in nearest(name, header) if n not in needed]
                hint = f"Is it {close[0]!r}?" if close else "Add it."
                self.problem(1, name, "this column is missing.", hint)
            elif header.count(name) > 1:
                self.problem(1, name, "this column stands there twice.")
        self.finish()
        return header

    def _lines(self) -> tuple[int, list[str]]:
        line = self._reader.line_num + 1
        try:
            return line, next(self._reader, [])
        except csv.Error as error:
            raise self._refuse(self._reader.line_num, "", f"is not CSV: {error}.") from None

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with the line on which it begins, cells with their blanks made single."""
        count, before = 0, -1
        while self._reader.line_num != before:
            before = self._reader.line_num
            line, cells = self._lines()
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if len(cells) != len(self.header):
                message = f"the row has {len(cells)} cells, the header {len(self.header)}."
                self.problem(line, "", message, "Put texts with separators into double quotes.")
                continue
            yield line, {n: " ".join(c.split()) for n, c in zip(self.header, cells, strict=True)}
        if not count:
            raise self._refuse(0, "", "the file has no rows.")

    def year(
        self, line: int, column: str, cell: str, hint: str = "Write four digits."
    ) -> int | None:
        """The year of a cell, None where it is empty or broken (which is noted)."""
        found = _YEAR.fullmatch(cell)
        if cell and not found:
            self.problem(line, column, f"{cell!r} is not a year.", hint)
        return int(found[1]) if found else None

    def identity(self, line: int, column: str, cell: str, *, needed: bool = False) -> None:
        """Note a cell that is not a GeoNames number; an empty one only where it is needed.

        A letter is let pass: tables number places that GeoNames lacks in their own way.
        """
        if (cell or needed) and not (cell.isascii() and cell.isalnum()):
            self.problem(line, column, f"{cell!r} is not a GeoNames number.", "Write digits only.")

    def attribute(self, line: int, attribute: str, value: str) -> None:
        """Note an unknown attribute or a value that it cannot have."""
        if attribute not in ATTRIBUTES:
            close = nearest(attribute, ATTRIBUTES)
            hint = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(ATTRIBUTES)}."
            self.problem(line, "attribute", f"{attribute!r} is no attribute.", hint)
        elif not value:
            self.problem(line, "value", f"the {attribute} is empty.", "Remove the row.")
        elif attribute in _NUMBERS and not _within(value, *_NUMBERS[attribute]):
            low, high = _NUMBERS[attribute]
            message = f"{value!r} is no {attribute}."
            self.problem(line, "value", message, f"Write a number from {low:g} to {high:g}.")

    def fact(self, line: int, column: str, city: str, attribute: str, value: str) -> Fact:
        """A timeless fact from a cell; a number may have a decimal comma."""
        if attribute in _NUMBERS:
            low, high = _NUMBERS[attribute]
            value = value.replace(",", ".")
            if not _within(value, low, high):
                self.problem(line, column, f"{value!r} is not from {low:g} to {high:g}.")
        return Fact(city, attribute, value, ALWAYS)


def _within(value: str, low: float, high: float) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    return isfinite(number) and low <= number <= high
