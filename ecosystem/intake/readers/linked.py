"""JSON-LD: the things of a document, the ties that their properties and actions say.

Read as documents in the vocabulary of schema.org are written, with the names of its terms as they
stand: contexts are not fetched, since nothing is asked of the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ecosystem.export.linked import PROPERTIES, REGISTERS
from ecosystem.intake import losses
from ecosystem.intake.readers.gathered import Gathered, Keys
from ecosystem.intake.table_graph import LeftOut, TableGraph

_PLACES = {"PostalAddress", "Place", "VirtualLocation"}
_VALUES = {"GeoCoordinates", "ImageObject", "ContactPoint", "MonetaryAmount", "QuantitativeValue"}
_CALLED = {
    "startDate": "since",
    "startTime": "since",
    "endDate": "until",
    "endTime": "until",
    "foundingDate": "since",
    "dissolutionDate": "until",
    "alternateName": "aliases",
    "url": "website",
    "leiCode": "lei",
    "roleName": "role",
    "jobTitle": "position",
}
_NAMES = ("name", "legalName", "headline")
_MOST_DEEP = 40


def is_one(found: Any) -> bool:
    """Whether a JSON document is JSON-LD."""
    first = found[0] if isinstance(found, list) and found else found
    return isinstance(first, Mapping) and bool({"@context", "@graph", "@type"} & first.keys())


def read(found: Any, file: str) -> TableGraph:
    """The things of a document and the ties between them."""
    reader = _Reader(file)
    for place, one in _tops(found):
        reader.thing(place, one, 0)
    graph = reader.found.graph(directed=True)
    if reader.values:
        graph.left_out.append(LeftOut(losses.VALUES, reader.values))
    return graph


def _tops(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    whole = found.get("@graph", found) if isinstance(found, Mapping) else found
    path = "$['@graph']" if whole is not found else "$"
    listed = whole if isinstance(whole, list) else [whole]
    for number, one in enumerate(listed):
        if isinstance(one, Mapping):
            yield (f"{path}[{number}]" if whole is listed else path), one


class _Reader:
    def __init__(self, file: str) -> None:
        self.found = Gathered("jsonld", file)
        self.nodes: dict[str, Keys] = {}
        self.values = 0

    def thing(self, place: str, said: Mapping[str, Any], depth: int) -> str:
        """Take a thing in, and what stands in it; its id."""
        sort = _sort(said)
        if sort.endswith("Action"):
            self.action(place, said, sort)
            return ""
        identity = _id(said) or f"_:{place}"
        node = self.nodes.get(identity)
        if node is None:
            node = self.nodes[identity] = self.found.node(place, id=identity, type=sort)
        else:
            node.setdefault("type", sort)
        for name, value in said.items():
            if not name.startswith("@"):
                for number, one in enumerate(value if isinstance(value, list) else [value]):
                    where = f"{place}.{name}" + (f"[{number}]" if isinstance(value, list) else "")
                    self.property(where, node, identity, name, one, depth)
        if "label" not in node:
            node["label"] = next((node[one] for one in ("name_en", "name_bg") if one in node), "")
        return identity

    def property(
        self, place: str, node: Keys, holder: str, name: str, value: Any, depth: int
    ) -> None:
        """Take in one value of a property: a text, a place, another thing, or a tie to one."""
        if not isinstance(value, Mapping):
            _add(node, name, _text(value))
        elif "@value" in value:
            _add(node, name, _text(value["@value"]), str(value.get("@language", "")))
        elif _sort(value) in _PLACES and not _id(value):
            _place(node, value)
        elif _text(value.get("propertyID")).lower() in REGISTERS:
            _add(node, _text(value["propertyID"]).lower(), _text(value.get("value")))
        elif _sort(value) in _VALUES or not (_sort(value) or _id(value)) or depth > _MOST_DEEP:
            self.values += not _coordinates(node, value)
        elif _sort(value).endswith("Role"):
            inner = value.get(name)
            for one in inner if isinstance(inner, list) else [inner]:
                if isinstance(one, Mapping):
                    self.tie(place, holder, name, one, depth, value)
        else:
            self.tie(place, holder, name, value, depth, {})

    def tie(
        self,
        place: str,
        holder: str,
        name: str,
        target: Mapping[str, Any],
        depth: int,
        role: Mapping[str, Any],
    ) -> None:
        """A tie that a property says; its target is taken in where it stands here."""
        bare = not target.keys() - {"@id", "@type"} and bool(_id(target))
        other = _id(target) if bare else self.thing(place, target, depth + 1)
        word, turned = PROPERTIES.get(name, (name, False))
        ends = (other, holder) if turned else (holder, other)
        record = self.found.tie(place, source=ends[0], target=ends[1], type=word)
        self.rest(record, role, {name})

    def action(self, place: str, said: Mapping[str, Any], sort: str) -> None:
        """A tie that an action says: its agent to its object."""
        ends = [said.get(name) for name in ("agent", "object")]
        source, target = (
            (_id(one) or self.thing(f"{place}.{name}", one, 1)) if isinstance(one, Mapping) else ""
            for name, one in zip(("agent", "object"), ends, strict=True)
        )
        word = _text(said.get("name", "")) or sort
        record = self.found.tie(place, source=source, target=target, type=word)
        self.rest(record, said, {"agent", "object", "name"})

    def rest(self, record: Keys, said: Mapping[str, Any], taken: set[str]) -> None:
        """What else is said of a tie, where it is a text."""
        for name, value in said.items():
            if name.startswith("@") or name in taken:
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Mapping):
                    self.values += 1
                else:
                    _add(record, name, _text(one))


def _sort(said: Mapping[str, Any]) -> str:
    """The last part of a thing's type, without the vocabulary."""
    sort = said.get("@type", "")
    first = (
        next((one for one in sort if isinstance(one, str)), "") if isinstance(sort, list) else sort
    )
    return str(first).rpartition("/")[2].rpartition(":")[2].rpartition("#")[2]


def _id(said: Mapping[str, Any]) -> str:
    return str(said.get("@id") or "")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, (list, Mapping)) else str(value).strip()


def _add(record: Keys, name: str, text: str, lang: str = "") -> None:
    """Put a text beside those that are there; a name in a language is one in that."""
    if not text:
        return
    if name in _NAMES:
        if lang[:2] in ("bg", "en"):
            record.setdefault(f"name_{lang[:2]}", text)
        elif record.setdefault("label", text) != text:
            _listed(record, "aliases", text)
    elif name == "description" and lang[:2] in ("bg", "en"):
        record.setdefault(f"description_{lang[:2]}", text)
    else:
        _listed(record, _CALLED.get(name, name), text)


def _listed(record: Keys, name: str, text: str) -> None:
    bare = text.replace("|", "/")
    record[name] = f"{record[name]}|{bare}" if name in record else bare


def _place(node: Keys, said: Mapping[str, Any]) -> None:
    """A place that is written out: its town and country."""
    address = said.get("address")
    if isinstance(address, Mapping):
        _place(node, address)
    elif town := _text(address) or _text(said.get("addressLocality")) or _text(said.get("name")):
        node.setdefault("place", town)
    country = said.get("addressCountry")
    name = country.get("name") if isinstance(country, Mapping) else country
    if _text(name):
        node.setdefault("country", _text(name))
    _coordinates(node, said.get("geo", {}))


def _coordinates(node: Keys, said: Any) -> bool:
    """Whether there were coordinates, which are taken in."""
    if not isinstance(said, Mapping) or "latitude" not in said:
        return False
    for name in ("latitude", "longitude"):
        node.setdefault(name, _text(said.get(name)))
    return True
