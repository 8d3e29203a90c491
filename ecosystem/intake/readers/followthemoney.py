"""FollowTheMoney: a line of JSON for each entity; entities that join two others are ties.

A reader of our own: the package of that name needs ICU, and knows each schema of the world where
a map needs the two ends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ecosystem.export.followthemoney import PROGRAMME
from ecosystem.intake import losses, refusals
from ecosystem.intake.readers.gathered import Gathered, Keys
from ecosystem.intake.table_graph import LeftOut, RefusedError, TableGraph

ENDS: Mapping[str, tuple[str, str]] = {
    "Associate": ("person", "associate"),
    "ContractAward": ("contract", "supplier"),
    "Control": ("controller", "controlled"),
    "CourtCaseParty": ("party", "case"),
    "Debt": ("debtor", "creditor"),
    "Directorship": ("director", "organization"),
    "Documentation": ("document", "entity"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Membership": ("member", "organization"),
    "Occupancy": ("holder", "post"),
    "Ownership": ("owner", "asset"),
    "Payment": ("payer", "beneficiary"),
    "ProjectParticipant": ("participant", "project"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
"""The schemata of ties, each with the properties that hold its ends (followthemoney 4.11)."""
_CALLED = {
    "startDate": "since",
    "endDate": "until",
    "incorporationDate": "since",
    "dissolutionDate": "until",
    "alias": "aliases",
    "wikidataId": "wikidata",
    "leiCode": "lei",
    "program": "in the programme",
}
_WHOLE = "properties"


def is_one(text: str) -> bool:
    """Whether the first line of a text is an entity."""
    try:
        said = json.loads(text.partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and "schema" in said and isinstance(said.get(_WHOLE), dict)


def read(text: str, file: str) -> TableGraph:
    """The entities of a file, those that join two others as ties.

    An address that names no more than a city is that city, any other the place of those who name
    it and no entity of its own.

    Raises
    ------
    RefusedError
        Where a line is no entity.
    """
    entities = [
        (f"line {number}", _entity(line, number, file))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    streets = {
        said["id"]: _texts(said[_WHOLE], "city") or _texts(said[_WHOLE], "full")
        for _, said in entities
        if said["schema"] == "Address" and not _is_city(said[_WHOLE])
    }
    found = Gathered("ftm", file)
    for place, said in entities:
        schema = said["schema"]
        if schema in ENDS:
            _tie(found, place, said, schema)
        elif said["id"] not in streets:
            _node(found, place, said, streets)
    graph = found.graph(directed=True)
    if streets:
        graph.left_out.append(LeftOut(losses.ADDRESSES, len(streets)))
    return graph


def _entity(line: str, number: int, file: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except json.JSONDecodeError as error:
        message = refusals.syntax("JSON", error.msg.rstrip("."))
        raise RefusedError(file, f"line {number}", message, refusals.COMMA) from None
    except RecursionError:
        raise RefusedError(file, f"line {number}", refusals.TOO_DEEP, refusals.AGAIN) from None
    good = isinstance(said, dict) and isinstance(said.get(_WHOLE), dict)
    if not good or not all(isinstance(said.get(name), str) for name in ("id", "schema")):
        hint = refusals.write('{"id": "...", "schema": "...", "properties": {...}}')
        raise RefusedError(file, f"line {number}", refusals.NO_RECORD, hint)
    whole: dict[str, Any] = said
    return whole


def _is_city(said: Mapping[str, Any]) -> bool:
    city = _texts(said, "city")
    return bool(city) and _texts(said, "full") in ("", city) and "street" not in said


def _node(found: Gathered, place: str, said: Mapping[str, Any], streets: Mapping[str, str]) -> None:
    values = said[_WHOLE]
    names = [one for one in _listed(values, "name") if one] or [_texts(values, "full")]
    schema = "City" if said["schema"] == "Address" else said["schema"]
    # FollowTheMoney has no programmes; ours are written as projects with this word.
    if schema == "Project" and PROGRAMME in _listed(values, "keywords"):
        schema = PROGRAMME
    node = found.node(place, id=said["id"], label=names[0], type=schema)
    if others := [*names[1:], *_listed(values, "alias")]:
        node["aliases"] = "|".join(others)
    if where := [streets[one] for one in _listed(values, "addressEntity") if one in streets]:
        node["place"] = where[0]
    _rest(node, values, {"name", "alias", "addressEntity" if where else ""})


def _tie(found: Gathered, place: str, said: Mapping[str, Any], schema: str) -> None:
    values = said[_WHOLE]
    one, other = ENDS[schema]
    # A link of which nobody knows the sort says it in its role.
    word = _texts(values, "role") if schema == "UnknownLink" else ""
    for source in _listed(values, one) or [""]:
        for target in _listed(values, other) or [""]:
            tie = found.tie(place, id=said["id"], type=word or schema)
            tie |= {"source": source, "target": target}
            _rest(tie, values, {one, other, "role" if word else ""})


def _rest(record: Keys, values: Mapping[str, Any], taken: set[str]) -> None:
    for name in values:
        if name not in taken and (text := _texts(values, name)):
            record.setdefault(_CALLED.get(name, name), text)


def _listed(values: Mapping[str, Any], name: str) -> Sequence[str]:
    said = values.get(name, [])
    return [str(one).strip() for one in (said if isinstance(said, list) else [said])]


def _texts(values: Mapping[str, Any], name: str) -> str:
    return "|".join(one.replace("|", "/") for one in _listed(values, name) if one)
