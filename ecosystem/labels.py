"""The words of the model in both languages: properties, closed lists, lenses of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecosystem.figures import both, day, money, number
from ecosystem.model import KINDS, columns
from ecosystem.values import Text

WRITTEN_AS_THEY_ARE = frozenset({"latitude", "longitude", "geonames", "pic", "eik"})
"""Properties whose digits are no quantity or whose places all count."""

PROPERTIES: dict[str, Text] = {
    **{
        name: column.label
        for kind in reversed(KINDS.values())
        for name, column in columns(kind).items()
    },
    # what is derived of a record
    "sector": Text("сектор", "sector"),
    "stakeholder": Text("заинтересована страна (MIT REAP)", "stakeholder (MIT REAP)"),
    "statement": Text("твърдение", "statement"),
}
"""What each property is called; two kinds with one property call it the same."""

WORDS: dict[str, Text] = {
    **{
        word: name
        for kind in KINDS.values()
        for column in columns(kind).values()
        for word, name in column.choices.items()
    },
    # sectors
    "industry": Text("бизнес", "industry"),
    "academia": Text("наука и образование", "academia"),
    "government": Text("публичен сектор", "government"),
    "civil society": Text("гражданско общество", "civil society"),
    "other": Text("друго", "other"),
    # stakeholders of MIT REAP
    "corporate": Text("корпорации", "corporate"),
    "entrepreneur": Text("предприемачи", "entrepreneurs"),
    "risk-capital": Text("рисков капитал", "risk capital"),
    # state of a statement at a date
    "holds": Text("в сила", "holds"),
    "ended": Text("приключило", "ended"),
    "end unknown": Text("краят не е известен", "end unknown"),
    "ongoing": Text("продължава", "ongoing"),
    # place in the scope
    "member": Text("в обхвата", "in the scope"),
    "external": Text("външен", "external"),
    "outside": Text("извън обхвата", "outside the scope"),
}
"""The words of closed lists."""


_ANY_TIE = (Text("връзка", "tie"), Text("връзки", "ties"))
_TIES: dict[str, tuple[Text, Text]] = {
    "ADDRESSES": (
        Text("тема на проект", "theme of a project"),
        Text("теми на проекти", "themes of projects"),
    ),
    "FUNDS": (Text("финансиране", "award of money"), Text("финансирания", "awards of money")),
    "LOCATED_IN": (Text("седалище", "seat"), Text("седалища", "seats")),
    "MEMBER_OF": (Text("членство", "membership"), Text("членства", "memberships")),
    "MENTORS": (Text("менторство", "mentoring"), Text("менторства", "mentorings")),
    "NEEDS": (Text("нужда", "need"), Text("нужди", "needs")),
    "OFFERS": (Text("предлагане", "offer"), Text("предлагания", "offers")),
    "PARTICIPATES_IN": (Text("участие", "participation"), Text("участия", "participations")),
    "PARTNERS_WITH": (Text("партньорство", "partnership"), Text("партньорства", "partnerships")),
}


_THINGS = {
    "Organisation": (Text("организация", "organisation"), Text("организации", "organisations")),
    "Person": (Text("човек", "person"), Text("души", "people")),
    "City": (Text("град", "city"), Text("града", "cities")),
    "Project": (Text("проект", "project"), Text("проекта", "projects")),
    "Programme": (Text("програма", "programme"), Text("програми", "programmes")),
    "Event": (Text("събитие", "event"), Text("събития", "events")),
    "Theme": (Text("тема", "theme"), Text("теми", "themes")),
}


def counted_things(kind: str, count: int) -> Text:
    """So many things of a kind: ``85 organisations``."""
    how_many, noun = both(number, count), _THINGS[kind][count != 1]
    return Text(f"{how_many.bg} {noun.bg}", f"{how_many.en} {noun.en}")


def counted_ties(kinds: Iterable[str]) -> Text:
    """How many ties there are, by the name of their kind where all are of one: ``4 needs``."""
    found = list(kinds)
    one, many = _TIES.get(found[0], _ANY_TIE) if len(set(found)) == 1 else _ANY_TIE
    how_many, noun = both(number, len(found)), one if len(found) == 1 else many
    return Text(f"{how_many.bg} {noun.bg}", f"{how_many.en} {noun.en}")


def property_label(name: str) -> Text:
    """The label of a property; its own name where the model gives none."""
    return PROPERTIES.get(name, Text(name.replace("_", " "), name.replace("_", " ")))


def word(value: str) -> Text:
    """A word of a closed list in both languages; the word itself where it is free text."""
    return WORDS.get(value, Text(value, value))


def written(name: str, value: str, currency: str = "") -> Text:
    """A property's value as a seed cell or a source gives it, as it is read in each language.

    An amount may name its own currency (``5000000 EUR``); else it is in ``currency``.
    """
    amount = re.fullmatch(r"(-?\d+) ?([A-Z]{3})?", value, re.ASCII)
    if name.endswith("_minor") and amount:
        return both(money, int(amount[1]), amount[2] or currency)
    days = name in ("since", "until") or name.endswith("_on")
    if days and re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
        return both(day, value)
    whole = re.fullmatch(r"\d{1,15}", value, re.ASCII)
    if whole and name not in WRITTEN_AS_THEY_ARE:
        return both(number, int(value))
    return word(value)
