"""What the tables and columns of a file mean: guessed, said in TOML, kept with the pack."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecosystem.contact import holds_contact
from ecosystem.errors import SettingsError, nearest
from ecosystem.intake import meanings, published
from ecosystem.intake.meanings import ENTITY_COLUMNS, HEADERS, KINDS, LISTS, TIE_HEADERS
from ecosystem.intake.spelled import words_of
from ecosystem.intake.table_graph import NODES, ROWS, TIES, Table, TableGraph
from ecosystem.model import EDGE_KINDS, ENTITY_KINDS, FORMS

SHAPES = ("nodes", "ties", "participation", "leave-out")
_SAMPLE = 500
_KINDS = {*ENTITY_KINDS, *(f"Organisation/{form}" for form in FORMS), meanings.LEAVE}
_YES_NO = {"yes", "no", "да", "не", "true", "false", "y", "n", "1", "0"}


@dataclass
class TableMapping:
    """What one table holds, and what each of its columns means.

    ``kind`` is what its rows are where no column says it, with the form of an organisation;
    ``organisation_too`` whether in rows of participation a person's organisation takes part too;
    ``header`` is whether the first row is a heading, where that is asked; ``whole`` whether a cell
    that names something names one thing, whatever signs stand in it.
    """

    shape: str
    columns: dict[str, str]
    kind: str = ""
    organisation_too: bool = True
    header: bool | None = None
    whole: bool = False

    def to_dict(self) -> dict[str, Any]:
        """It as plain values; what only some rows have stands there for these alone."""
        said: dict[str, Any] = {"shape": self.shape, "kind": self.kind}
        if self.shape == "participation":
            said["organisation_too"] = self.organisation_too
        if self.whole:
            said["whole"] = True
        if self.header is not None:
            said["header"] = self.header
        return {**said, "columns": dict(self.columns)}

    def by_number(self, table: Table) -> dict[int, tuple[str, str]]:
        """By number of a column its name and meaning."""
        return {
            number: (column, self.columns[column])
            for number, column in enumerate(table.columns)
            if self.columns.get(column)
        }


@dataclass
class FileMapping:
    """What a whole file means; ``kinds`` and ``ties`` are the file's words and ours."""

    tables: dict[str, TableMapping] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """It as plain values, as a mapping file says it."""
        return {
            "tables": {name: one.to_dict() for name, one in self.tables.items()},
            "kinds": dict(self.kinds),
            "ties": dict(self.ties),
            "places": dict(self.places),
        }


def toml(said: Mapping[str, Any]) -> str:
    """The plain values of a mapping as a mapping file."""
    lines = ["# What the tables, columns and words of the file mean. Change the right side."]
    for name, one in said["tables"].items():
        lines += ["", f"[tables.{_text(name)}]", f"shape = {_text(one['shape'])}"]
        lines += [f"kind = {_text(one['kind'])}"] if one["kind"] else []
        if "organisation_too" in one:
            lines += [f"organisation_too = {str(one['organisation_too']).lower()}"]
        for switch in ("whole", "header"):
            lines += [f"{switch} = {json.dumps(one[switch])}"] if switch in one else []
        lines += ["", f"[tables.{_text(name)}.columns]"]
        lines += [f"{_text(column)} = {_text(word)}" for column, word in one["columns"].items()]
    for part in ("kinds", "ties", "places"):
        if said[part]:
            lines += ["", f"[{part}]"]
            lines += [f"{_text(word)} = {_text(meant)}" for word, meant in said[part].items()]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def said(text: str, origin: str) -> dict[str, Any]:
    """What a mapping file says.

    Raises
    ------
    SettingsError
        Where it is no TOML, or says something that no mapping has.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{origin}: is no mapping: {error}.", "Write TOML.") from None
    known = ("tables", "kinds", "ties", "places")
    for name, part in found.items():
        if name not in known:
            raise SettingsError(f"{origin}: a mapping has no part {name!r}.", _meant(name, known))
        if not isinstance(part, dict):
            raise SettingsError(f"{origin}: {name!r} is a table of words.", "Write [kinds].")
    for name, table in found.get("tables", {}).items():
        _table_said(name, table, origin)
    _words_said("kinds", found, _KINDS, origin)
    _words_said("ties", found, {*EDGE_KINDS, meanings.LEAVE}, origin)
    _words_said("places", found, None, origin)
    return found


def _table_said(name: str, table: Any, origin: str) -> None:
    columns = table.get("columns", {}) if isinstance(table, dict) else None
    if not isinstance(columns, dict):
        raise SettingsError(
            f"{origin}: the table {name!r} has no columns.", 'Write "Name" = "name".'
        )
    if (shape := table.get("shape", ROWS)) not in (*SHAPES, ROWS):
        raise SettingsError(f"{origin}: {shape!r} is no shape.", _meant(str(shape), SHAPES))
    if (kind := table.get("kind", "")) not in ("", *_KINDS):
        raise SettingsError(f"{origin}: {kind!r} is no kind.", _meant(str(kind), _KINDS))
    for switch in ("organisation_too", "header", "whole"):
        if not isinstance(table.get(switch, True), bool):
            message = f"{origin}: {switch} of the table {name!r} is neither true nor false."
            raise SettingsError(message, "Write true or false.")
    for column, meaning in columns.items():
        if meaning not in meanings.MEANINGS:
            message = f"{origin}: {meaning!r} of the column {column!r} is no meaning."
            raise SettingsError(message, _meant(str(meaning), meanings.MEANINGS))


def _words_said(
    part: str, found: Mapping[str, Any], known: Iterable[str] | None, origin: str
) -> None:
    for word, meaning in found.get(part, {}).items():
        if not isinstance(meaning, str) or (known is not None and meaning not in known):
            message = f"{origin}: {meaning!r} of {word!r} is none of the {part}."
            raise SettingsError(message, _meant(str(meaning), known or ()))


def _meant(word: str, known: Iterable[str]) -> str:
    words = list(known)
    close = nearest(word, words)
    return f"Did you mean {close[0]!r}?" if close else f"These are known: {', '.join(words)}."


def guessed(graph: TableGraph) -> FileMapping:
    """What a file means by its names, its values and what its format says."""
    found = FileMapping({table.name: _as_published(graph, table) for table in graph.tables})
    for table in graph.tables:
        found.tables[table.name].header = table.header
    return found


def _as_published(graph: TableGraph, table: Table) -> TableMapping:
    """What a table of a publisher's format means, else what can be guessed of it."""
    known = published.known(graph, table)
    if known is None:
        return _of_table(table)
    said, columns = known
    return TableMapping(
        said["shape"], columns, said.get("kind", ""), whole=said.get("whole", False)
    )


def applied(mapping: FileMapping, told: Mapping[str, Any], strict: bool, origin: str) -> None:
    """Put what was said in the place of what was guessed.

    Raises
    ------
    SettingsError
        Where ``strict`` and a table or column that is named is not there.
    """
    for name, table in told.get("tables", {}).items():
        one = mapping.tables.get(name)
        if one is None:
            if strict:
                raise SettingsError(
                    f"{origin}: the file has no table {name!r}.", _meant(name, mapping.tables)
                )
            continue
        one.shape, one.kind = table.get("shape", one.shape), table.get("kind", one.kind)
        one.organisation_too = table.get("organisation_too", one.organisation_too)
        one.whole = table.get("whole", one.whole)
        for column, meaning in table.get("columns", {}).items():
            if column in one.columns:
                one.columns[column] = meaning
            elif strict:
                message = f"{origin}: the table {name!r} has no column {column!r}."
                raise SettingsError(message, _meant(column, one.columns))
    mapping.kinds.update(told.get("kinds", {}))
    mapping.ties.update(told.get("ties", {}))
    mapping.places.update(told.get("places", {}))


def _of_table(table: Table) -> TableMapping:
    found = {}
    for number, column in enumerate(table.columns):
        if column:
            values = [row.cells[number] for row in table.rows[:_SAMPLE] if row.cells[number]]
            found[column] = _meaning(column, values)
    taken = set(found.values())
    if table.holds == TIES or (table.holds == ROWS and {"from", "to"} <= taken):
        return TableMapping("ties", _of_ties(found))
    if table.holds == NODES:
        return TableMapping("nodes", _of_nodes(found, table), _kind_of(table.name))
    return _of_rows(found, table)


def _meaning(column: str, values: Sequence[str]) -> str:
    words = words_of(column)
    meaning = HEADERS.get(words, "")
    if not meaning and words.startswith(("e mail", "email", "телефон", "phone", "имейл", "tel ")):
        meaning = meanings.CONTACT
    if not meaning and len(values) > 2 and _mostly_contact(values[:50]):
        return meanings.CONTACT
    yes_no = bool(values) and _are(values, _YES_NO)
    if (meaning in ENTITY_COLUMNS and yes_no) or (meaning == "lead" and not yes_no):
        return meanings.OWN
    return meaning or meanings.OWN


def _mostly_contact(values: Sequence[str]) -> bool:
    return sum(map(holds_contact, values)) > len(values) / 2


def _are(values: Sequence[str], words: set[str]) -> bool:
    return all(value.casefold() in words for value in values)


def _of_ties(found: dict[str, str]) -> dict[str, str]:
    """Columns of a table of ties: its ends, what the tie is, the rest its attributes."""
    kept = {
        "from",
        "to",
        "since",
        "until",
        "direction",
        "contact",
        "description",
        "website",
        "id",
        "drawing",
        "amount",
        "currency",
    }
    by_words = {words_of(column): column for column in found}
    tie = next((by_words[one] for one in TIE_HEADERS if one in by_words), "")
    made = {c: said if said in kept else meanings.OWN for c, said in found.items()}
    if tie:
        made[tie] = "tie"
    return _once(made)


def _of_nodes(found: dict[str, str], table: Table) -> dict[str, str]:
    """Columns of a table of nodes; one of them is the name."""
    made = {
        column: meanings.OWN
        if said
        in (*ENTITY_COLUMNS, "from", "to", "role", "position", "venue", "amount", "currency")
        else said
        for column, said in found.items()
    }
    named = [column for column, meaning in made.items() if meaning == "name"]
    for column in named:
        # A label that only numbers the nodes is no name where another column has one.
        if column != next((c for c in named if _lettered(table, c)), named[0]):
            made[column] = meanings.OWN
    if not named:
        entity = next((c for c, said in found.items() if said in ENTITY_COLUMNS), "")
        begins = next((c for c in found if words_of(c).startswith(("name", "име", "наимен"))), "")
        texts = (c for c, said in made.items() if said == meanings.OWN and _tells(table, c))
        if name := entity or begins or ("" if "id" in made.values() else next(texts, "")):
            made[name] = "name"
    return _once(made)


def _lettered(table: Table, column: str) -> bool:
    """Whether a column holds letters in most of its rows."""
    number = table.columns.index(column)
    values = [row.cells[number] for row in table.rows[:_SAMPLE]]
    return sum(any(c.isalpha() for c in value) for value in values) * 2 > len(values)


def _tells(table: Table, column: str) -> bool:
    """Whether a column has a text in nearly every row, and nearly always another."""
    number = table.columns.index(column)
    values = [row.cells[number] for row in table.rows[:_SAMPLE]]
    texts = [value for value in values if any(c.isalpha() for c in value)]
    return len(set(texts)) > 0.6 * len(values)


def _once(made: dict[str, str]) -> dict[str, str]:
    """Each meaning that can be there once, in its first column; the others are own attributes."""
    seen: Counter[str] = Counter()
    for column, meaning in made.items():
        seen[meaning] += 1
        many = (meanings.OWN, meanings.CONTACT, meanings.DRAWING, meanings.COMPUTED, *LISTS)
        if seen[meaning] > 1 and meaning not in many:
            made[column] = meanings.OWN
    return made


def _of_rows(found: dict[str, str], table: Table) -> TableMapping:
    """A sheet that is no table of ties: rows of participation, or one row for each node."""
    taken = set(found.values())
    named = next((c for c, said in found.items() if said == "name"), "")
    if named and not taken & {"type"}:
        if "organisation" in taken and "person" not in taken:
            found[named] = "project" if "project_id" in taken else "person"
        elif "person" in taken and taken & {"event", "role", "position"}:
            found[named] = "organisation" if "organisation" not in taken else "project"
    if "organisation" in taken and "project" not in found.values():
        acronym = next((c for c in found if words_of(c) == "acronym"), "")
        if acronym:
            found[acronym] = "project"
    _take_the_actor(found, named)
    entities = [said for said in dict.fromkeys(found.values()) if said in ENTITY_COLUMNS]
    if len(entities) > 1:
        kept = meanings.USED["participation"]
        made = {c: said if said in kept else meanings.OWN for c, said in found.items()}
        _find_roles(made, table)
        return TableMapping("participation", _once(made))
    kind = ENTITY_COLUMNS[entities[0]] if entities else _kind_of(table.name)
    return TableMapping("nodes", _of_nodes(found, table), kind)


def _find_roles(made: dict[str, str], table: Table) -> None:
    """The column whose every value is a word for a role is the role, whatever it is called."""
    if made.keys() and not {"role", "lead"} & set(made.values()):
        for number, column in enumerate(table.columns):
            values = {row.cells[number] for row in table.rows[:_SAMPLE] if row.cells[number]}
            if (
                made.get(column) == meanings.OWN
                and values
                and (all(words_of(value) in meanings.ROLES for value in values))
            ):
                made[column] = "role"
                return


def _take_the_actor(found: dict[str, str], named: str) -> None:
    """Where only what was taken part in has a column of its own, the name or the city took part."""
    said = set(found.values())
    goals = said & {"event", "project", "programme"}
    if not goals or said & {"person", "organisation", "city", "type"}:
        return
    place = next((c for c, meaning in found.items() if meaning == "place"), "")
    if named and found[named] == "name":
        found[named] = "organisation"
    elif place:
        found[place] = "city"


def _kind_of(name: str) -> str:
    """The kind that a sheet's name says, in the singular or the plural."""
    words = words_of(name)
    for one in (words, words.removesuffix("s"), words.removesuffix("ies") + "y"):
        if one in KINDS:
            return KINDS[one]
    return ""
