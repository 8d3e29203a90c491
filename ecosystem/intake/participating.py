"""One row per participation: persons, organisations, roles, events, projects, days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecosystem.intake import cells, losses, meanings, remarks
from ecosystem.intake.drafts import Draft, NodeDraft, TieDraft
from ecosystem.intake.mapping import TableMapping
from ecosystem.intake.meanings import ENTITY_COLUMNS, REGISTERS
from ecosystem.intake.table_graph import Row, Table

_SEATED = ("organisation", "person", "city", "event", "project")
_YES = {"yes", "true", "1", "y", "да"}
_TAKEN_PART_IN = ("event", "project", "programme")
_REGISTER_OF = {
    "orcid": "person",
    "eik": "organisation",
    "pic": "organisation",
    "lei": "organisation",
    "ror": "organisation",
    "geonames": "city",
}


def participations(draft: Draft, table: Table, one: TableMapping) -> None:
    """The nodes and ties that rows state.

    A value belongs to what it is the same for in all rows, the more often repeated first: a budget
    written beside each partner is the project's. What differs is of the participation itself.
    """
    columns = one.by_number(table)
    entities = {m: n for n, (_, m) in columns.items() if m in ENTITY_COLUMNS}
    owners = _owners(table, columns, entities)
    known: dict[tuple[str, str], NodeDraft] = {}
    for row in table.rows:
        if any(row.cells):
            _row(draft, table, row, columns, entities, owners, known)
    draft.counted_nodes += len({(key[0], node.key or node.name) for key, node in known.items()})


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
            found[number] = next((e for e in allowed if _depends(names[e], values)), "")
    return found


def _depends(keys: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a value is the same wherever its key is, and some key is there more than once."""
    seen: dict[str, str] = {}
    repeated = False
    for key, value in zip(keys, values, strict=True):
        if not key:
            if value:
                return False
            continue
        repeated |= key in seen
        if seen.setdefault(key, value) != value:
            return False
    return repeated


def _row(
    draft: Draft,
    table: Table,
    row: Row,
    columns: Mapping[int, tuple[str, str]],
    entities: Mapping[str, int],
    owners: Mapping[int, str],
    known: dict[tuple[str, str], NodeDraft],
) -> None:
    there: dict[str, NodeDraft] = {}
    for entity, number in entities.items():
        text, contact = cells.text(row.cells[number])
        if contact:
            draft.leave(losses.CONTACT)
        if name := cells.name(text):
            code = _code(row, columns) if entity == "project" else ""
            key = entity, code or f"{name} ({_country(row, columns, owners, entity)})"
            if key not in known:
                known[key] = NodeDraft(ENTITY_COLUMNS[entity], name, row.place, key=code)
                draft.nodes.append(known[key])
            there[entity] = known[key]
    if not there:
        draft.leave(losses.EMPTY_ROWS)
        draft.warn(row.place, remarks.NOBODY)
        return
    rest: dict[str, str] = {}
    own: dict[str, str] = {}
    for number, (column, meaning) in columns.items():
        value = row.cells[number]
        if not value or meaning in ENTITY_COLUMNS or draft.drops(column, meaning):
            continue
        owner = there.get(owners.get(number, ""))
        if owner is None:
            if meaning == "lead":
                if value.casefold() in _YES:
                    rest.setdefault("role", column)
            elif meaning in ("role", "position", "since", "until"):
                rest[meaning] = value
            else:
                own[column] = value
        elif meaning in (meanings.OWN, "project_id"):
            owner.own.setdefault(column, value)
        elif meaning in (*REGISTERS, "place", "venue", "country", "website", "since", "until"):
            place = table.place(row, number)
            if not owner.put(meaning, value, place):
                message = remarks.another(owner.name, column)
                draft.warn(place, message, remarks.another("…", column))
                draft.leave(losses.second(column))
    _state(draft, row, there, rest, own)


def _country(
    row: Row, columns: Mapping[int, tuple[str, str]], owners: Mapping[int, str], entity: str
) -> str:
    """The country of one of the row's entities: two of one name in two countries are two."""
    said = (n for n, (_, meaning) in columns.items() if meaning == "country")
    return next((row.cells[n] for n in said if owners.get(n) == entity), "")


def _code(row: Row, columns: Mapping[int, tuple[str, str]]) -> str:
    """The number of the row's project; else its programme, in which an acronym is used once."""
    by_meaning = {meaning: row.cells[number] for number, (_, meaning) in columns.items()}
    if code := by_meaning.get("project_id", ""):
        return code
    programme = by_meaning.get("programme", "")
    return f"{by_meaning['project']} ({programme})" if programme else ""


def _once(draft: Draft, project: NodeDraft, programme: NodeDraft) -> bool:
    """Whether nobody said yet that a project is of a programme, as every row of it does."""
    said = (id(project), id(programme)) in draft.within
    draft.within.add((id(project), id(programme)))
    return not said


def _state(
    draft: Draft,
    row: Row,
    there: Mapping[str, NodeDraft],
    rest: Mapping[str, str],
    own: Mapping[str, str],
) -> None:
    """The ties of a row."""
    person, organisation = there.get("person"), there.get("organisation")
    role = cells.name(cells.text(rest.get("role", ""))[0])
    position = cells.name(cells.text(rest.get("position", ""))[0])
    if role:
        draft.tie_types.add(role)
    made: list[TieDraft] = []
    goals = [there[one] for one in _TAKEN_PART_IN if one in there]
    # A programme that holds the row's project is no other participation.
    within = "programme" in there and len(goals) > 1
    actor = person or organisation or there.get("city")
    if actor is not None:
        for goal in goals[:-1] if within else goals:
            made.append(TieDraft(actor, goal, "PARTICIPATES_IN", role, row.place, True))
    if person is not None and organisation is not None:
        word = position or ("" if goals else role)
        made.append(TieDraft(person, organisation, "MEMBER_OF", word, row.place, True))
    if within and _once(draft, goals[0], goals[-1]):
        made.append(TieDraft(goals[0], goals[-1], "PART_OF", "", row.place, True))
    elif actor is None and len(goals) > 1:
        made.append(TieDraft(goals[1], goals[0], "PARTICIPATES_IN", role, row.place, True))
    draft.counted_ties += len(made)
    if made:
        made[0].own.update(own)
        made[0].said.update({k: v for k, v in rest.items() if k in ("since", "until")})
        if position and made[0].kind != "MEMBER_OF" and organisation is None:
            made[0].own["position"] = position
    elif own:
        next(iter(there.values())).own.update(own)
    draft.ties.extend(made)
