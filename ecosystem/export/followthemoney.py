"""FollowTheMoney: a line of JSON for each entity, ties being entities of their own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from ecosystem.export.flat import Flat, LeftOut, Thing, Tie
from ecosystem.model import Organisation
from ecosystem.values import ONGOING, Text

SCHEMATA: Mapping[str, str] = {
    "Organisation": "Organization",
    "Person": "Person",
    "City": "Address",
    "Project": "Project",
    "Programme": "Project",
    "Event": "Event",
}
"""By kind the schema of its entities; there is none for a theme."""
PROGRAMME = "Programme"
"""The keyword of a project that is a programme here."""
_FORMS = {
    **dict.fromkeys(("company", "startup", "bank", "investor", "public-company"), "Company"),
    **dict.fromkeys(("public-authority", "public-agency", "public-fund"), "PublicBody"),
}
LEGAL = frozenset({"Organization", "Company", "PublicBody", "Person", "LegalEntity"})
LINKS: Mapping[str, tuple[str, str, str]] = {
    "MEMBER_OF": ("Membership", "member", "organization"),
    "OWNS": ("Ownership", "owner", "asset"),
    "PARTICIPATES_IN": ("ProjectParticipant", "participant", "project"),
    "FUNDS": ("Payment", "payer", "beneficiary"),
}
"""By kind of a tie the schema that says it, and the properties of its ends."""
ANY_LINK = ("UnknownLink", "subject", "object")
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Membership": (LEGAL, frozenset({"Organization", "Company", "PublicBody"})),
    "Ownership": (LEGAL, frozenset({"Company"})),
    "ProjectParticipant": (LEGAL, frozenset({"Project"})),
    "Payment": (LEGAL, LEGAL),
}
_THING = {
    "aliases": "alias",
    "website": "website",
    "wikidata": "wikidataId",
    "country": "country",
    "lei": "leiCode",
    "eik": "registrationNumber",
    "latitude": "latitude",
    "longitude": "longitude",
    "grant_id": "projectId",
    "status": "status",
    "budget": "amount",
    "budget_currency": "currency",
    "sources": "notes",
}
_ONLY = {
    "website": LEGAL,
    "leiCode": LEGAL,
    "registrationNumber": LEGAL,
    "latitude": frozenset({"Address"}),
    "longitude": frozenset({"Address"}),
    "projectId": frozenset({"Project"}),
    "status": frozenset({"Project"}),
    "amount": frozenset({"Project", "Payment"}),
    "currency": frozenset({"Project", "Payment"}),
}
_LINK = {"role": "role", "amount": "amount", "amount_currency": "currency", "sources": "summary"}
_PERIOD = ("startDate", "endDate")
_DAYS = {
    **dict.fromkeys(("Project", "Event"), _PERIOD),
    **dict.fromkeys(
        ("Organization", "Company", "PublicBody"), ("incorporationDate", "dissolutionDate")
    ),
}
_ENTITY_ID = re.compile(r"[a-z]+:[a-z0-9-]+\Z")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
THEMES = Text("теми и връзките с тях", "themes and the ties to them")


def lines(flat: Flat) -> tuple[bytes, tuple[LeftOut, ...]]:
    """The entities and ties, and what has no schema there: themes."""
    schemata = {one.id: _schema(one) for one in flat.nodes if one.kind in SCHEMATA}
    nodes = [_entity(one, schemata[one.id]) for one in flat.nodes if one.id in schemata]
    ties = [_link(tie, schemata) for tie in flat.ties if schemata.keys() >= {*tie.ends}]
    written = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in (*nodes, *ties))
    lost = len(flat.nodes) + len(flat.ties) - len(nodes) - len(ties)
    return written.encode(), (LeftOut(THEMES, lost),) if lost else ()


def _schema(one: Thing) -> str:
    form = one.record.form if isinstance(one.record, Organisation) else ""
    return _FORMS.get(form, SCHEMATA[one.kind])


def _entity(thing: Thing, schema: str) -> dict[str, object]:
    said: dict[str, list[str]] = {"name": [thing.name]}
    for name, one in _texts(thing):
        if name in ("name_bg", "name_en") and one != thing.name:
            said.setdefault("alias", []).append(one)
        elif name.startswith("description"):
            said.setdefault("description", []).append(one)
        else:
            _put(said, _THING.get(name, ""), schema, one)
    if schema == "Address":
        said |= {"full": [thing.name], "city": [thing.name]}
    if thing.kind == PROGRAMME:
        said["keywords"] = [PROGRAMME]
    _days(said, thing, _DAYS.get(schema, ()))
    return {"id": _id(thing.id), "schema": schema, "properties": said}


def _link(tie: Tie, schemata: Mapping[str, str]) -> dict[str, object]:
    schema, one, other = LINKS.get(tie.word, ANY_LINK)
    first, second = (schemata[end] for end in tie.ends)
    if schema in _ENDS and not (first in _ENDS[schema][0] and second in _ENDS[schema][1]):
        schema, one, other = ANY_LINK
    said: dict[str, list[str]] = {one: [_id(tie.ends[0])], other: [_id(tie.ends[1])]}
    for name, text in _texts(tie):
        _put(said, _LINK.get(name, ""), schema, text)
    if schema == ANY_LINK[0]:
        said["role"] = [tie.word]
    _days(said, tie, _PERIOD)
    return {"id": _id(tie.record.id), "schema": schema, "properties": said}


def _id(identity: str) -> str:
    """An id of ours in the signs that ids have there: letters, digits, points, hyphens."""
    if _ENTITY_ID.match(identity):
        return identity.replace(":", ".")
    return f"tie.{hashlib.sha256(identity.encode()).hexdigest()[:32]}"


def _put(said: dict[str, list[str]], name: str, schema: str, text: str) -> None:
    """Take in a value of a property that the schema has."""
    if not name or (name in _ONLY and schema not in _ONLY[name]):
        return
    said.setdefault(name, []).append(text.lower() if name == "country" else text)


def _texts(item: Thing | Tie) -> Iterator[tuple[str, str]]:
    for name, value in item.values.items():
        for one in value if isinstance(value, tuple) else (value,):
            yield name, str(one)


def _days(said: dict[str, list[str]], item: Thing | Tie, called: Sequence[str]) -> None:
    for name, property_ in zip(("since", "until"), called, strict=False):
        value = str(item.values.get(name, ONGOING))
        if value != ONGOING and _DATE.match(value):
            said[property_] = [value]
