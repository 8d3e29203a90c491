"""One thing of a file that several sheets, rows or columns name: one draft of it.

What an import brings is one pack of one source, so a kind and a name in it are one thing, however
the name is written, unless the file itself tells two apart: by an id, a register number, a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ecosystem.countries import parse_country
from ecosystem.identity.letters import folded
from ecosystem.intake import cells, meanings, remarks
from ecosystem.intake.drafts import Draft, NodeDraft, TieDraft
from ecosystem.intake.known import Known
from ecosystem.intake.places import one_place
from ecosystem.values import in_cyrillic

_APART = (*meanings.REGISTERS, "country", "place")
"""What two of one name may differ in only where they are two."""


def one_of_each(draft: Draft) -> Known:
    """Make one of the nodes that are one thing; what the file names, by its ids and names."""
    groups: dict[tuple[str, str], list[NodeDraft]] = defaultdict(list)
    for node in draft.nodes:
        groups[node.kind, folded(node.name) or node.name].append(node)
    kept: dict[NodeDraft, NodeDraft] = {}
    for group in groups.values():
        if len(group) > 1:
            kept.update(_joined(draft, group))
    known = Known()
    for node in draft.nodes:
        known.add(kept.get(node, node), node.name)
        if node in kept and node.key:
            known.ids.setdefault(node.key, kept[node])
    if kept:
        draft.nodes = [node for node in draft.nodes if node not in kept]
        for tie in draft.ties:
            tie.source, tie.target = (kept.get(end, end) for end in (tie.source, tie.target))
    return known


def _joined(draft: Draft, group: list[NodeDraft]) -> dict[NodeDraft, NodeDraft]:
    """By each node that is another of its group that one; the first in the file stands for all."""
    order = {node: at for at, node in enumerate(group)}
    things: list[list[NodeDraft]] = []
    # What says most of itself comes first: it tells the others apart.
    for node in sorted(group, key=lambda one: (-_told(one), order[one])):
        fit = [thing for thing in things if not any(_contradiction(node, one) for one in thing)]
        if len(fit) == 1:
            fit[0].append(node)
        else:
            _tell_apart(draft, node, things)
            things.append([node])
    kept: dict[NodeDraft, NodeDraft] = {}
    for thing in things:
        first, *rest = sorted(thing, key=lambda one: order[one])
        for node in rest:
            _join(draft, first, node)
            kept[node] = first
    return kept


def _told(node: NodeDraft) -> int:
    return bool(node.code) + sum(bool(node.said.get(one)) for one in _APART)


def _contradiction(one: NodeDraft, other: NodeDraft) -> tuple[str, str, str] | None:
    """What tells two of one name apart, with what each says; None where nothing does."""
    if one.key and other.key and one.key != other.key:
        return "id", one.key, other.key
    if one.within and other.within and one.within != other.within:
        return "programme", one.within, other.within
    for meaning in _APART:
        said, there = one.said.get(meaning, ""), other.said.get(meaning, "")
        if said and there and not _agree(meaning, said, there):
            return meaning, said, there
    return None


def _agree(meaning: str, said: str, there: str) -> bool:
    if meaning == "country":
        return _code(said) == _code(there)
    if folded(said) == folded(there):
        return True
    # A place may stand with its country behind it, or be called otherwise.
    short = [text.partition(",")[0] for text in (said, there)]
    return meaning == "place" and (folded(short[0]) == folded(short[1]) or one_place(*short))


def _code(country: str) -> str:
    try:
        return parse_country(country.strip())
    except ValueError:
        return folded(country)


def _tell_apart(draft: Draft, node: NodeDraft, things: Iterable[list[NodeDraft]]) -> None:
    """Say by what one is told from those that are called the same; ids of a file tell by design."""
    for thing in things:
        found = next(filter(None, (_contradiction(one, node) for one in thing)), None)
        if found is None:
            message = remarks.may_be_either(node.name)
            draft.warn(node.place, message, remarks.may_be_either("…"))
            return
        if found[0] != "id":
            what = remarks.APART[found[0]]
            message = remarks.told_apart(node.name, what, *found[1:])
            draft.warn(node.place, message, remarks.told_apart("…", what, "…", "…"))


def _join(draft: Draft, first: NodeDraft, node: NodeDraft) -> None:
    """Put what a further node of a thing says into the first."""
    if node.name != first.name:
        message = remarks.one_thing(first.name, node.name)
        draft.warn(node.place, message, remarks.one_thing("…", "…"))
        if in_cyrillic(node.name) != in_cyrillic(first.name):
            first.put("name_bg" if in_cyrillic(node.name) else "name_en", node.name, node.place)
    for name in ("key", "form", "within"):
        setattr(first, name, getattr(first, name) or getattr(node, name))
    for meaning, value in node.said.items():
        if not first.put(meaning, value, node.at.get(meaning, node.place)) and (
            meaning not in _APART and not meaning.startswith("name_")
        ):
            message = remarks.another(first.name, meaning)
            draft.warn(node.at.get(meaning, node.place), message, remarks.another("…", meaning))
    for column, value in node.own.items():
        if cells.bare(first.own.setdefault(column, value)) != cells.bare(value):
            message = remarks.another(first.name, column)
            draft.warn(node.place, message, remarks.another("…", column))


def derived_once(draft: Draft) -> None:
    """Keep what follows from other ties once for two ends, and not at all where it is stated.

    Where what it follows from differs, only that they are tied follows.
    """
    stated = {(tie.kind, tie.source, tie.target) for tie in draft.ties if not tie.rule}
    found: dict[tuple[str, NodeDraft, NodeDraft], TieDraft] = {}
    for tie in draft.ties:
        ends = tie.kind, tie.source, tie.target
        if not tie.rule or ends in stated:
            continue
        first = found.setdefault(ends, tie)
        if first.word != tie.word:
            first.word = ""
        if first.said != tie.said:
            first.said = {}
    draft.ties = [*(tie for tie in draft.ties if not tie.rule), *found.values()]
    if found:
        draft.warn("", remarks.took_part_too(len(found)))
