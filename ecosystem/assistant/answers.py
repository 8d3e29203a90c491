"""The answer of a tool: plain values within a size, beside the sources of what they name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecosystem.analysis.claims import citations
from ecosystem.dataset import Dataset
from ecosystem.model import ENTITY_KINDS, Record
from ecosystem.questions.question import Ground, Question
from ecosystem.values import Text, plain

MOST_CITED = 100
"""Statements whose sources are given beside an answer."""
FOR_SOURCES = 0.25
"""The part of an answer's size that is kept free for its sources."""
FEW = 40
"""An object with more members is a list of values by name, from which members may be left out."""
LEAST = 2_000
"""Bytes that each of a few items has to get for all of them to be kept, made smaller."""
SENTENCES = 1_000
"""Bytes of a text that is never cut."""


@dataclass(frozen=True)
class Reply:
    """What a tool answers: structured values, and a sentence or two about them."""

    values: Mapping[str, Any]
    text: Text


def reply(asked: Question[Any], ground: Ground, offset: int, limit: int, largest: int) -> Reply:
    """The answer to a question in at most about ``largest`` bytes, with its sources.

    Of a paged answer, the items from ``offset`` on.
    """
    found = ground.ask(asked)
    cut = _Cut()
    room = int(largest * (1 - FOR_SOURCES))
    if asked.paged:
        answer = _page(asked, found, offset, limit, cut, room)
    else:
        answer = cut.fitted(asked.values(found), room)
    cited, left = _sources(answer, ground.facts, largest - size(answer))
    values: dict[str, Any] = {
        "answer": answer,
        "sources": cited,
        "sources_left": left,
        "truncated": _truncated(answer, cut, asked.paged),
    }
    if asked.view_field():
        values = {"view": getattr(asked, asked.view_field()).to_dict(), **values}
    return Reply(values, _told(asked, values))


def size(value: Any) -> int:
    """The bytes of a value as JSON."""
    return len(json.dumps(value, ensure_ascii=False).encode())


# Cutting


@dataclass
class _Cut:
    """Makes values smaller, and notes how many items it leaves out at which place.

    ``texts`` counts those that had to be cut in the middle.
    """

    left: dict[str, int] = field(default_factory=dict)
    texts: int = 0

    def fitted(self, value: Any, room: int, place: str = "") -> Any:
        """The value where it fits, else with whole items left out at the end of its lists."""
        if size(value) <= room:
            return value
        if isinstance(value, str) and size(value) > SENTENCES:
            self.left[place] = 1
            self.texts += 1
            return value.encode()[: max(room, SENTENCES)].decode(errors="ignore") + " …"
        if isinstance(value, tuple):  # a member of an object, with its name
            return value[0], self.fitted(value[1], room, f"{place}.{value[0]}")
        if isinstance(value, list):
            return self.items(value, room, place)
        if isinstance(value, dict):
            if len(value) > FEW:
                return dict(self._first(list(value.items()), room, place))
            return self._members(value, room, place)
        return value

    def items(self, items: Sequence[Any], room: int, place: str) -> list[Any]:
        """All of a few large items with shorter lists in them; of others, the first as they are."""
        if len(items) <= FEW and room >= LEAST * len(items):
            tried = _Cut()
            numbered = {f"[{number}]": item for number, item in enumerate(items)}
            found = tried._members(numbered, room, place)
            if not tried.texts:
                self.left |= tried.left
                return list(found.values())
        return self._first(items, room, place)

    def _first(self, items: Sequence[Any], room: int, place: str) -> list[Any]:
        """The first items that fit; where not even one does, the first made smaller."""
        kept: list[Any] = []
        free = room
        for item in items:
            needed = size(item) + 2
            if needed > free:
                break
            kept.append(item)
            free -= needed
        if items and not kept:
            kept.append(self.fitted(items[0], room, f"{place}[0]"))
        if left := len(items) - len(kept):
            self.left[place] = left
        return kept

    def _members(self, value: Mapping[str, Any], room: int, place: str) -> dict[str, Any]:
        """Every member, the largest made smaller: each gets an equal part of what is free."""
        free = room
        made: dict[str, Any] = {}
        smallest_first = sorted(value, key=lambda name: size(value[name]))
        for number, name in enumerate(smallest_first):
            share = free // (len(value) - number)
            inside = f"{place}{'' if name.startswith('[') else '.'}{name}" if place else name
            made[name] = self.fitted(value[name], share - len(name.encode()) - 6, inside)
            free -= size(made[name]) + len(name.encode()) + 6
        return {name: made[name] for name in value}


def _page(
    asked: Question[Any], found: Sequence[Any], offset: int, limit: int, cut: _Cut, room: int
) -> dict[str, Any]:
    items = [asked.item(one) for one in found[offset : offset + limit]]
    kept = items if size(items) <= room else cut.items(items, room, "items")
    end = offset + len(kept)
    return {
        "items": kept,
        "total": len(found),
        "offset": offset,
        "limit": limit,
        "next_offset": end if end < len(found) else None,
    }


def _truncated(answer: Mapping[str, Any], cut: _Cut, paged: bool) -> dict[str, Any] | None:
    if not cut.left:
        return None
    how = [
        Text("питайте за по-малко (едно нещо, един град)", "ask for less (one thing, a city)"),
        Text("увеличете настройката answer_limit", "raise the setting answer_limit"),
    ]
    if paged and "items" in cut.left:
        offset = answer["next_offset"]
        how = [Text(f"питайте пак с offset {offset}", f"ask again with offset {offset}")]
    elif paged:
        alone = "с неговия offset и limit 1", "by its offset and limit 1"
        how.insert(0, Text(f"питайте за едно, {alone[0]}", f"ask for one item, {alone[1]}"))
    bg, en = (", ".join(one[number] for one in how) for number in (0, 1))
    return {"left": cut.left, "how": plain(Text(f"За още: {bg}.", f"To have more: {en}."))}


# Sources


def _sources(answer: Any, facts: Dataset, room: int) -> tuple[list[dict[str, Any]], int]:
    """The statements that an answer names with their citations, and how many are left out.

    Ties come before entities: they are what an answer rests on.
    """
    found = [_statement(facts, text) for text in dict.fromkeys(_texts(answer))]
    named = [record for record in found if record is not None]
    named.sort(key=lambda record: record.kind in ENTITY_KINDS)
    cited = _Cut().fitted([_cited(facts, record) for record in named[:MOST_CITED]], room)
    return cited, len(named) - len(cited)


def _statement(facts: Dataset, identity: str) -> Record | None:
    """The tie or entity of that id, if it is one."""
    node = facts.nodes.get(identity)
    return node if node and node.kind in ENTITY_KINDS else facts.edges.get(identity)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of members as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield name
            yield from _texts(member)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def _cited(facts: Dataset, record: Record) -> dict[str, Any]:
    rule = {"rule": record.rule} if record.rule else {}
    return {
        "id": record.id,
        "standing": record.standing,
        **rule,
        "citations": plain(citations(facts, record)),
    }


# Telling


def _told(asked: Question[Any], values: Mapping[str, Any]) -> Text:
    answer, cited = values["answer"], len(values["sources"])
    bg, en = [asked.title.bg], [asked.title.en]
    if asked.paged:
        first, end = answer["offset"] + 1, answer["offset"] + len(answer["items"])
        if answer["items"]:
            bg.append(f"От {first} до {end} от общо {answer['total']}.")
            en.append(f"Items {first} to {end} of {answer['total']}.")
        else:
            bg.append(f"Нищо оттук нататък; общо {answer['total']}.")
            en.append(f"Nothing from here on; {answer['total']} in all.")
    if values["truncated"]:
        left, how = sum(values["truncated"]["left"].values()), values["truncated"]["how"]
        bg.append(f"Отговорът е съкратен, без {left} неща. {how['bg']}")
        en.append(f"The answer is cut: {left} items are left out. {how['en']}")
    bg.append(f"Твърдения с източници: {cited}.")
    en.append(f"Statements with sources: {cited}.")
    if values["sources_left"]:
        bg.append(f"Без източници тук: още {values['sources_left']}.")
        en.append(f"Without sources here: {values['sources_left']} more.")
    return Text(" ".join(bg), " ".join(en))
