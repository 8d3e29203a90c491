"""One row per participation: persons, organisations, roles, events, projects, days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ecosystem.intake import cells, losses, meanings, remarks
from ecosystem.intake.drafts import Draft, NodeDraft, TieDraft
from ecosystem.intake.listing import listed
from ecosystem.intake.mapping import TableMapping
from ecosystem.intake.meanings import ENTITY_COLUMNS, LISTS, POSTS, REGISTERS, ROLES
from ecosystem.intake.spelled import words_of
from ecosystem.intake.table_graph import Row, Table

_SEATED = ("organisation", "person", "city", "event", "project")
_YES = {"yes", "true", "1", "y", "да"}
_TAKEN_PART_IN = ("event", "project", "programme")
_ACTORS = {"person", "organisation", "city"}
_OF_EACH = ("place", "country")
"""What a row says of every one that a cell of it names; anything else is of one alone."""
_REGISTER_OF = {
    "orcid": "person",
    "eik": "organisation",
    "pic": "organisation",
    "lei": "organisation",
    "ror": "organisation",
    "geonames": "city",
}


ORGANISATION_TOO = "an organisation takes part in what its person takes part in"
"""The rule by which the organisation of a row takes part."""

There = Mapping[str, Sequence[NodeDraft]]
"""What a row names, by the meaning of its column."""


@dataclass
class _Sheet:
    """A table of participations, with what is known of its columns and found in its rows."""

    draft: Draft
    table: Table
    columns: Mapping[int, tuple[str, str]]
    entities: Mapping[str, int]
    owners: Mapping[int, str]
    along: bool
    whole: bool = False
    known: dict[tuple[str, str], NodeDraft] = field(default_factory=dict)
    named: dict[tuple[str, str], NodeDraft] = field(default_factory=dict)

    def said(self, row: Row, meaning: str) -> str:
        """What the row says in the column of a meaning."""
        return next((row.cells[n] for n, (_, one) in self.columns.items() if one == meaning), "")

    def node(self, node: NodeDraft, country: str = "") -> NodeDraft:
        """This node or the one that it is; one that is new is taken in."""
        key = node.kind, node.code or f"{node.name} ({country})"
        if key not in self.known:
            self.known[key] = node
            self.named.setdefault((node.kind, node.name), node)
            self.draft.nodes.append(node)
        return self.known[key]


def participations(draft: Draft, table: Table, one: TableMapping) -> None:
    """The nodes and ties that rows state.

    A value belongs to what it is the same for in all rows, the more often repeated first: a budget
    written beside each partner is the project's. What differs is of the participation itself.
    """
    columns = one.by_number(table)
    entities = {m: n for n, (_, m) in columns.items() if m in ENTITY_COLUMNS}
    entities |= _numbered(columns, entities)
    owners = _owners(table, columns, entities)
    before = {(node.kind, node.code or node.name) for node in draft.nodes}
    sheet = _Sheet(draft, table, columns, entities, owners, one.organisation_too, one.whole)
    for row in draft.through(table.rows):
        if any(row.cells):
            _row(sheet, row)
    named = {(kind, node.code or node.name) for (kind, _), node in sheet.known.items()}
    draft.counted_nodes += sum(kind != "Theme" for kind, _ in named - before)


def _numbered(
    columns: Mapping[int, tuple[str, str]], entities: Mapping[str, int]
) -> dict[str, int]:
    """What has a column of its number and none of its name: it is called by the number."""
    said = {meaning: number for number, (_, meaning) in columns.items()}
    found = {"project": said["project_id"]} if "project_id" in said else {}
    for register, entity in _REGISTER_OF.items():
        if register in said and entity == "organisation":
            found.setdefault(entity, said[register])
    # One that stands beside something else is but another attribute of that.
    if len(found) + len(entities) < 2:
        return {}
    return {entity: number for entity, number in found.items() if entity not in entities}


def _owners(
    table: Table, columns: Mapping[int, tuple[str, str]], entities: Mapping[str, int]
) -> dict[int, str]:
    """By number of a column the entity that its values belong to; none for the tie's own."""
    names = {
        entity: [row.cells[number] for row in table.rows] for entity, number in entities.items()
    }
    # What is repeated most comes first.
    order = sorted(names, key=lambda entity: len(set(names[entity])))
    found: dict[int, str] = {}
    for number, (_, meaning) in columns.items():
        if meaning == "project_id":
            found[number] = "project" if "project" in entities else ""
        elif meaning in _REGISTER_OF and _REGISTER_OF[meaning] in entities:
            found[number] = _REGISTER_OF[meaning]
        elif meaning in ("place", "country", "website"):
            found[number] = next((one for one in _SEATED if one in entities), "")
        elif meaning == "venue":
            found[number] = "event" if "event" in entities else ""
        elif meaning in (meanings.OWN, "since", "until"):
            values = [row.cells[number] for row in table.rows]
            allowed = [one for one in order if meaning == meanings.OWN or one in _TAKEN_PART_IN]
            usual = (
                "" if set(names) & _ACTORS else next((g for g in _TAKEN_PART_IN if g in names), "")
            )
            found[number] = usual or next((e for e in allowed if _depends(names[e], values)), "")
        elif meaning in LISTS:
            found[number] = _lister(meaning, names, [row.cells[number] for row in table.rows])
    return found


def _lister(meaning: str, names: Mapping[str, Sequence[str]], values: Sequence[str]) -> str:
    """Whose list a column is: the organisation's, but for themes that are the same for a work."""
    works = [one for one in ("project", "programme") if one in names]
    if meaning == "themes" and works and not _depends(names.get("organisation", ()), values):
        found = next((one for one in works if _depends(names[one], values)), "")
        if found:
            return found
    order = ("organisation", "person", "city", *(works if meaning in ("themes", "needs") else ()))
    return next((one for one in order if one in names), "")


def _depends(keys: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a value is the same wherever its key is, and some key is there more than once."""
    seen: dict[str, str] = {}
    repeated = False
    if not keys:
        return False
    for key, value in zip(keys, values, strict=True):
        if not key:
            if value:
                return False
            continue
        repeated |= key in seen
        if seen.setdefault(key, value) != value:
            return False
    return repeated


def _row(sheet: _Sheet, row: Row) -> None:
    draft, there = sheet.draft, _named(sheet, row)
    if not there:
        draft.leave(losses.EMPTY_ROWS)
        draft.warn(row.place, remarks.NOBODY)
        return
    rest: dict[str, str] = {}
    own: dict[str, str] = {}
    for number, (column, meaning) in sheet.columns.items():
        value = row.cells[number]
        if not value or meaning in ENTITY_COLUMNS or draft.drops(column, meaning):
            continue
        owners = there.get(sheet.owners.get(number, ""), ())
        if meaning in LISTS and owners:
            _list(sheet, row, owners, (column, meaning, value))
        elif not owners or (len(owners) > 1 and meaning not in _OF_EACH):
            if meaning == "lead":
                if value.casefold() in _YES:
                    rest.setdefault("role", column)
            elif meaning in ("role", "position", "since", "until"):
                rest[meaning] = value
            else:
                own[column] = value
        elif meaning in (meanings.OWN, "project_id"):
            for owner in owners:
                owner.own.setdefault(column, value)
        elif meaning in (*REGISTERS, *_OF_EACH, "venue", "website", "since", "until"):
            _put(sheet, row, number, owners)
    _state(sheet, row, there, rest, own)


def _named(sheet: _Sheet, row: Row) -> There:
    """What the row names; a cell may name several, between semicolons or bars."""
    there: dict[str, list[NodeDraft]] = {}
    for entity, number in sheet.entities.items():
        text, contact = cells.text(row.cells[number])
        if contact:
            sheet.draft.leave(losses.CONTACT)
        country = _country(row, sheet.columns, sheet.owners, entity)
        project = sheet.said(row, "project_id") if entity == "project" else ""
        programme = sheet.said(row, "programme") if entity == "project" else ""
        column, meaning = sheet.columns[number]
        if text and meaning != entity:
            text = f"{column.upper()} {text}"
        # Of what has a number of its own there is one.
        one = sheet.whole or project
        for name in filter(None, [cells.name(text)] if one else cells.apart(text)):
            made = NodeDraft(ENTITY_COLUMNS[entity], name, row.place, key=project, within=programme)
            node = sheet.node(made, country)
            if node not in there.setdefault(entity, []):
                there[entity].append(node)
    return there


def _list(sheet: _Sheet, row: Row, owners: Sequence[NodeDraft], cell: tuple[str, str, str]) -> None:
    def find(kind: str, name: str) -> NodeDraft:
        return sheet.named.get((kind, name)) or sheet.node(NodeDraft(kind, name, row.place))

    for owner in owners:
        listed(sheet.draft, owner, cell, row.place, find)


def _put(sheet: _Sheet, row: Row, number: int, owners: Sequence[NodeDraft]) -> None:
    """Put a value of the row into whom it is of; what has another one already keeps that."""
    column, meaning = sheet.columns[number]
    place = sheet.table.place(row, number)
    for owner in owners:
        if not owner.put(meaning, row.cells[number], place):
            message = remarks.another(owner.name, column)
            sheet.draft.warn(place, message, remarks.another("…", column))
            sheet.draft.leave(losses.second(column))


def _country(
    row: Row, columns: Mapping[int, tuple[str, str]], owners: Mapping[int, str], entity: str
) -> str:
    """The country of one of the row's entities: two of one name in two countries are two."""
    said = (n for n, (_, meaning) in columns.items() if meaning == "country")
    return next((row.cells[n] for n in said if owners.get(n) == entity), "")


def _once(draft: Draft, project: NodeDraft, programme: NodeDraft) -> bool:
    """Whether nobody said yet that a project is of a programme, as every row of it does."""
    pair = project.code or project.name, programme.name
    said = pair in draft.within
    draft.within.add(pair)
    return not said


def _state(
    sheet: _Sheet, row: Row, there: There, rest: Mapping[str, str], own: Mapping[str, str]
) -> None:
    """The ties of a row."""
    draft = sheet.draft
    persons, organisations = there.get("person", ()), there.get("organisation", ())
    role, position = (cells.name(cells.text(rest.get(one, ""))[0]) for one in ("role", "position"))
    if role:
        draft.tie_types.add(role)
    goals = [there[one] for one in _TAKEN_PART_IN if one in there]
    # A programme that holds the row's project is no other participation.
    within = "programme" in there and len(goals) > 1
    actors = persons or organisations or there.get("city", ())
    taken = goals[:-1] if within else goals
    made = [
        TieDraft(actor, goal, "PARTICIPATES_IN", role, row.place, True)
        for of_one_sort in (taken if actors else ())
        for actor, goal in product(actors, of_one_sort)
    ]
    days = {k: v for k, v in rest.items() if k in ("since", "until")}
    # The first thing that was taken part in is the one whose day a row says.
    dated = made[: len(actors) * len(taken[0])] if made else []
    for tie in dated:
        tie.said.update(days)
    if persons and organisations:
        post = position or _post(role, bool(goals))
        made += _members(draft, row, persons, organisations, post)
    if within:
        made += [
            TieDraft(one, other, "PART_OF", "", row.place, True)
            for one, other in product(goals[0], goals[-1])
            if _once(draft, one, other)
        ]
    elif not actors and len(goals) > 1:
        made += [
            TieDraft(one, other, "PARTICIPATES_IN", role, row.place, True)
            for one, other in product(goals[1], goals[0])
        ]
    draft.counted_ties += len(made)
    if made:
        made[0].own.update(own)
        if not dated:
            made[0].said.update(days)
        if position and made[0].kind != "MEMBER_OF" and not organisations:
            made[0].own["position"] = position
    elif own:
        next(iter(there.values()))[0].own.update(own)
    draft.ties.extend(made)
    if persons and sheet.along:
        _take_along(draft, made, organisations)


def _post(role: str, taken_part: bool) -> str:
    """What somebody is in an organisation: a post is held there, wherever the row stands."""
    return role if not taken_part or words_of(role) in POSTS else ""


def _members(
    draft: Draft,
    row: Row,
    persons: Sequence[NodeDraft],
    organisations: Sequence[NodeDraft],
    word: str,
) -> list[TieDraft]:
    """Who belongs where; of several people and several organisations a row does not say it."""
    if len(persons) > 1 and len(organisations) > 1:
        draft.leave(losses.WHO_BELONGS)
        draft.warn(row.place, remarks.WHO_BELONGS)
        return []
    return [
        TieDraft(person, organisation, "MEMBER_OF", word, row.place, True)
        for person, organisation in product(persons, organisations)
    ]


def _take_along(draft: Draft, made: Sequence[TieDraft], organisations: Sequence[NodeDraft]) -> None:
    """The organisation of whoever takes part takes part: no source says so, it follows."""
    for tie in made:
        if tie.kind == "PARTICIPATES_IN":
            # A role of the model is one in the work; any other word is the person's own.
            word = tie.word if words_of(tie.word) in ROLES else ""
            for one in organisations:
                draft.ties.append(
                    TieDraft(
                        one,
                        tie.target,
                        tie.kind,
                        word,
                        tie.place,
                        True,
                        dict(tie.said),
                        rule=ORGANISATION_TOO,
                    )
                )
