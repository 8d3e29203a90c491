"""What is recorded about a thing, prepared for reading: properties, ties by kind, claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import g
from markupsafe import Markup, escape

from ecosystem.labels import WRITTEN_AS_THEY_ARE, property_label, word, written
from ecosystem.model import EDGE_KINDS, RARE, Edge, Node, columns
from ecosystem.own import OwnValue, Value, said
from ecosystem.questions.catalogues import COMMON
from ecosystem.values import WRITTEN, Text
from webapp.address import entity_link, ground, nodes, view
from webapp.language import by_name, money, number, percent, show
from webapp.struck import no_longer, struck
from webapp.wording import heading

if TYPE_CHECKING:
    from ecosystem.analysis.claims import Claim
    from ecosystem.analysis.profile import Profile, Statement


def property_rows(properties: Mapping[str, Any]) -> list[tuple[Markup, Markup]]:
    """The known properties as pairs of label and value, amounts joined with their currency.

    Why a record counts no longer is none of them: it stands above.
    """
    rows = []
    for name, value in properties.items():
        stem, _, lang = name.rpartition("_")
        if lang in WRITTEN and stem:
            if lang == "bg" or f"{stem}_bg" not in properties:
                rows.append((show(_shared_label(name)), show(_both(stem, properties))))
        elif not name.endswith("_currency") and name not in RARE:
            rows.append((show(property_label(name)), property_value(name, value, properties)))
    return rows


def _both(stem: str, properties: Mapping[str, Any]) -> Text:
    return Text(properties.get(f"{stem}_bg", ""), properties.get(f"{stem}_en", ""))


def _shared_label(name: str) -> Text:
    """The label of a property that stands in two languages, without the name of one."""
    return Text(*(words.partition(" (")[0] for words in property_label(name)))


def property_value(name: str, value: Any, properties: Mapping[str, Any]) -> Markup:
    """One value as HTML."""
    if name.endswith("_minor"):
        currency = properties.get(name.removesuffix("_minor") + "_currency", "")
        return escape(money(value, currency))
    if name == "themes":
        return Markup(", ").join(_named(identity) for identity in value)
    if name == "share":
        return escape(percent(value))
    if name == "website" and value.startswith(("http://", "https://")):
        return _link(value)
    if name == "wikidata":
        address = f"https://www.wikidata.org/wiki/{value}"
        return Markup('<a href="{}" rel="noreferrer noopener external">{}</a>').format(
            address, value
        )
    if isinstance(value, (list, tuple)):
        return escape("; ".join(str(item) for item in value))
    if isinstance(value, (int, float)) and name not in WRITTEN_AS_THEY_ARE:
        return escape(number(value, digits=6))
    return show(word(str(value)))


def own_rows(own: Iterable[OwnValue]) -> list[tuple[Markup, Markup]]:
    """The own attributes of a record as pairs of label and value."""
    return [(show(one.label), own_value(one.value, one.type)) for one in own]


def own_value(value: Value, sort: str) -> Markup:
    """The value of an own attribute as HTML."""
    if sort == "address" and str(value).startswith(("http://", "https://")):
        return _link(str(value))
    return show(said(value, sort))


def _link(address: str) -> Markup:
    shown = address.removeprefix("https://").removeprefix("http://")
    return Markup('<a href="{}" rel="noreferrer noopener external">{}</a>').format(address, shown)


def _named(identity: str) -> Markup:
    node = nodes().get(identity)
    name = show(node.name) if node else escape(identity)
    linked = Markup('<a href="{}">{}</a>').format(entity_link(identity), name)
    return struck(linked, no_longer(identity))


@dataclass(frozen=True)
class Tie:
    """One statement seen from one of its ends."""

    statement: Statement
    outgoing: bool
    other: str
    other_name: Text
    other_kind: str
    details: tuple[tuple[Markup, Markup], ...]


@dataclass(frozen=True)
class TieGroup:
    """The ties of one kind and direction."""

    kind: str
    heading: str
    ties: tuple[Tie, ...]


def undated_then() -> frozenset[str]:
    """The ties without any date, where the page looks at another day than today.

    They are shown on every day, and whether they held on that one is not recorded. Where things
    are is left aside, as by the switch that leaves undated ties out.
    """
    if "undated_then" not in g:
        looked, today = view(), date.today().isoformat()
        found = ground().snapshot(looked).undated if looked.as_of != today else ()
        g.undated_then = frozenset(one for one in found if not one.startswith("LOCATED_IN|"))
    undated: frozenset[str] = g.undated_then
    return undated


def tie_groups(profile: Profile) -> list[TieGroup]:
    """The ties of a node by kind and direction, each group by start, then name."""
    return _grouped(profile, profile.ties)


def ended_groups(profile: Profile) -> list[TieGroup]:
    """The same of its ties that count no longer."""
    return _grouped(profile, profile.no_longer)


def _grouped(profile: Profile, statements: Iterable[Statement]) -> list[TieGroup]:
    groups: dict[tuple[str, bool], list[Tie]] = {}
    for statement in statements:
        tie = _seen_from(profile.id, statement)
        one_way = tie.outgoing or statement.kind == "PARTNERS_WITH"
        groups.setdefault((statement.kind, one_way), []).append(tie)
    return [
        TieGroup(kind, heading(kind, outgoing), tuple(sorted(ties, key=_by_start)))
        for (kind, outgoing), ties in groups.items()
    ]


def _by_start(tie: Tie) -> tuple[Any, ...]:
    return (tie.statement.since or "9999", by_name(tie.other_name), tie.statement.id)


def _seen_from(identity: str, statement: Statement) -> Tie:
    outgoing = statement.source == identity
    other = statement.target if outgoing else statement.source
    node = nodes().get(other)
    return Tie(
        statement,
        outgoing,
        other,
        statement.target_name if outgoing else statement.source_name,
        node.kind if node else "",
        tuple(property_rows(statement.properties) + own_rows(statement.own)),
    )


def head_rows(profile: Profile) -> list[tuple[Markup, Markup]]:
    """What the inspector shows first: sector and form, then the kind's own properties."""
    rows = []
    if profile.sector:
        rows.append((show(property_label("sector")), show(word(profile.sector))))
    return rows + property_rows(profile.properties) + own_rows(profile.own)


def claim_value(claim: Claim) -> Markup:
    """What a source claims, written as the property is written elsewhere."""
    return show(written(claim.property, claim.value))


def by_value(claims: Iterable[Claim]) -> list[tuple[Markup, list[Claim]]]:
    """Claims that say the same side by side, in the order in which the values first appear."""
    groups: dict[Markup, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim_value(claim), []).append(claim)
    return list(groups.items())


def statement_name(identity: str) -> Markup:
    """The words for a statement: the name of a node, or the two ends of a tie and its kind."""
    if "|" not in identity:
        name = show(nodes()[identity].name) if identity in nodes() else escape(identity)
        return struck(name, no_longer(identity))
    kind, source, target = identity.split("|")[:3]
    label = EDGE_KINDS[kind].label if kind in EDGE_KINDS else Text(kind, kind)
    ended = no_longer(identity)
    return Markup("{}: {} – {}").format(
        struck(show(label), ended), statement_name(source), statement_name(target)
    )


def own_columns(kind: type[Node] | type[Edge]) -> list[Text]:
    """The labels of the properties that a kind has beside those that all have."""
    labels = []
    for name in columns(kind):
        if name in COMMON or name.endswith("_currency"):
            continue
        label = _shared_label(name) if name.endswith(("_bg", "_en")) else property_label(name)
        if label not in labels:
            labels.append(label)
    return labels
