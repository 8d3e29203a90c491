"""JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ecosystem.export.flat import Flat, Thing, Tie
from ecosystem.model import Organisation
from ecosystem.values import ONGOING

TYPES: Mapping[str, str] = {
    "Organisation": "Organization",
    "Person": "Person",
    "City": "City",
    "Project": "Project",
    "Programme": "FundingScheme",
    "Event": "Event",
    "Theme": "DefinedTerm",
}
_FORMS = {
    "company": "Corporation",
    "university": "CollegeOrUniversity",
    "research-institute": "ResearchOrganization",
    "public-authority": "GovernmentOrganization",
    "public-agency": "GovernmentOrganization",
}
PROPERTIES: Mapping[str, tuple[str, bool]] = {
    "memberOf": ("MEMBER_OF", False),
    "location": ("LOCATED_IN", False),
    "parentOrganization": ("PART_OF", False),
    "superEvent": ("PART_OF", False),
    "owns": ("OWNS", False),
    "knowsAbout": ("OFFERS", False),
    "funder": ("FUNDS", True),
    "attendee": ("PARTICIPATES_IN", True),
}
"""Properties of schema.org that say a tie: its kind, and whether they stand at its target."""
_HOLDERS = {
    "MEMBER_OF": {"Organisation": "memberOf", "Person": "memberOf"},
    "LOCATED_IN": {"Organisation": "location", "Event": "location"},
    "PART_OF": {"Organisation": "parentOrganization", "Event": "superEvent"},
    "OWNS": {"Organisation": "owns"},
    "OFFERS": {"Organisation": "knowsAbout", "Person": "knowsAbout"},
    "FUNDS": {"Organisation": "funder", "Project": "funder", "Event": "funder"},
    "PARTICIPATES_IN": {"Event": "attendee"},
}
REGISTERS = ("eik", "pic", "ror", "orcid", "wikidata", "geonames")
"""Columns that hold the id of a register; a LEI has a property of its own."""
_SAID = {
    "website": "url",
    "latitude": "latitude",
    "longitude": "longitude",
    "lei": "leiCode",
    "aliases": "alternateName",
    "sources": "citation",
    "role": "roleName",
}


def document(flat: Flat) -> bytes:
    """One document: each entity with its ties.

    A tie that has days, a role or sources stands in a ``Role``, as schema.org has it; one that no
    property says is an ``Action`` of its agent on its object.
    """
    nodes = {one.id: _entity(one) for one in flat.nodes}
    kinds = {one.id: one.kind for one in flat.nodes}
    actions = []
    for tie in flat.ties:
        source, target = tie.ends
        holders = _HOLDERS.get(tie.word, {})
        if (called := holders.get(kinds[source], "")) and not PROPERTIES[called][1]:
            nodes[source].setdefault(called, []).append(_role(tie, called, target))
        elif (called := holders.get(kinds[target], "")) and PROPERTIES[called][1]:
            nodes[target].setdefault(called, []).append(_role(tie, called, source))
        else:
            actions.append(_action(tie))
    found = {"@context": "https://schema.org", "@graph": [*nodes.values(), *actions]}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _entity(item: Thing) -> dict[str, Any]:
    form = item.record.form if isinstance(item.record, Organisation) else ""
    names = [
        {"@language": lang, "@value": item.values[f"name_{lang}"]}
        for lang in ("bg", "en")
        if f"name_{lang}" in item.values
    ]
    told = [
        {"@language": lang, "@value": item.values[f"description_{lang}"]}
        for lang in ("bg", "en")
        if f"description_{lang}" in item.values
    ]
    found: dict[str, Any] = {
        "@id": item.id,
        "@type": _FORMS.get(form, TYPES[item.kind]),
        "name": names or item.name,
    }
    found |= {"description": told} if told else {}
    if country := item.values.get("country"):
        found["address"] = {"@type": "PostalAddress", "addressCountry": country}
    registered = [
        {"@type": "PropertyValue", "propertyID": name, "value": item.values[name]}
        for name in REGISTERS
        if name in item.values
    ]
    return found | ({"identifier": registered} if registered else {}) | _said(item)


def _said(item: Thing | Tie) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, called in _SAID.items():
        if name in item.values:
            value = item.values[name]
            found[called] = list(value) if isinstance(value, tuple) else value
    for name, called in (("since", "startDate"), ("until", "endDate")):
        if item.values.get(name, ONGOING) != ONGOING:
            found[called] = item.values[name]
    return found


def _role(item: Tie, called: str, other: str) -> dict[str, Any]:
    said = _said(item)
    return {"@type": "Role", called: {"@id": other}, **said} if said else {"@id": other}


def _action(tie: Tie) -> dict[str, Any]:
    said = {
        {"startDate": "startTime", "endDate": "endTime"}.get(name, name): value
        for name, value in _said(tie).items()
    }
    agent, target = tie.ends
    ends = {"agent": {"@id": agent}, "object": {"@id": target}}
    return {"@id": tie.record.id, "@type": "Action", "name": tie.word, **ends, **said}
