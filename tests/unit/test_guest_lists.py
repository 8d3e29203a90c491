"""Lines of guest lists: who, of what, in which post, and what of it the map knows."""

from __future__ import annotations

from typing import Any

import pytest

from ecosystem.dataset import Dataset
from ecosystem.documents import guests
from ecosystem.model import MemberOf, Organisation, Person
from tests.unit.gap_town import SAID


def made(slug: str, kind: type[Any], name: str, **own: object):
    return kind(id=f"{kind.prefix}:{slug}", name_bg=name, **own, **SAID)


STORED = Dataset.of(
    [
        made("hall", Organisation, "Община Бряг", name_en="Bryag Municipality"),
        made("works", Organisation, "Водоканал"),
        made("ivan", Person, "Иван Петров"),
        made("olga", Person, "Олга Радева"),
        MemberOf(source="person:ivan", target="org:hall", **SAID),
        MemberOf(source="person:olga", target="org:works", **SAID),
    ]
)


def listed(text: str, event: str = "", day: str = "") -> guests.GuestList:
    return guests.listed(guests.document(text, event), STORED, event, day)


def told(text: str) -> list[tuple[str, str, str]]:
    """Person, organisation and post of each line."""
    found = listed(text)
    return [
        (
            found.name(one.person) if one.person else "",
            found.name(one.organisation) if one.organisation else "",
            one.post,
        )
        for one in found.guests
    ]


LINES = """
Иван Петров, Община Бряг > Иван Петров|Община Бряг|
Ms Jane Doe – ACME Ltd (director) > Jane Doe|ACME Ltd|director
1. д-р Мария Иванова, зам.-кмет, Община Бряг > Мария Иванова|Община Бряг|зам.-кмет
Водоканал – Петър Колев > Петър Колев|Водоканал|
Георги Димитров (директор на Фондация „Утре“) > Георги Димитров|Фондация „Утре“|директор
- Клуб „Изток, Запад“ > |Клуб „Изток, Запад“|
Xavi Qotsi, Водоканал > Xavi Qotsi|Водоканал|
John Smith | University of Vienna | professor > John Smith|University of Vienna|professor
• проф. Кирил Стоянов > Кирил Стоянов||
директор: Стоян Стоянов, „Агро“ ЕООД > Стоян Стоянов|„Агро“ ЕООД|директор
"""


@pytest.mark.parametrize("said", LINES.strip().splitlines())
def test_a_line_names_who_came_from_where_and_in_which_post(said):
    line, _, meant = said.partition(" > ")
    assert told(line) == [tuple(meant.split("|"))]


def test_contact_data_stand_nowhere_and_are_counted():
    found = listed("Иван Петров, Община Бряг, ivan@bryag.bg, тел. 0888 123 456\n\nВодоканал")
    said = str(found.to_dict())
    assert found.contact_dropped == 2 and "ivan@" not in said and "0888" not in said
    assert found.to_dict()["lines"][0]["contact_dropped"] is True
    assert [one.number for one in found.guests] == [1, 2]


def test_known_maybe_and_new_are_told_by_name_and_by_organisation():
    found = listed(
        "Ivan Petrov, Bryag Municipality\nОлга Радева, Община Бряг\nРая Зидарова, Нов клуб"
    )
    standing = [[found.standing(thing) for thing in one.things] for one in found.guests]
    # Olga is known of another organisation: she may be somebody else.
    assert standing == [["known", "known"], ["maybe", "known"], ["new", "new"]]
    near = found.to_dict()["lines"][1]["person"]["may_be"][0]
    assert near["id"] == "person:olga" and "other organisation" in near["reason"].replace(
        "another", "other"
    )


def test_what_follows_is_told_from_what_the_list_says():
    found = listed(
        "Иван Петров, Община Бряг\nВодоканал\nИван Петров, Община Бряг", "Среща", "2026-05-03"
    )
    stated = {
        (found.name(one.source), one.kind, found.name(one.target), one.inferred)
        for one in found.relations
    }
    assert len(found.relations) == 4 and stated == {
        ("Иван Петров", "MEMBER_OF", "Община Бряг", False),
        ("Иван Петров", "PARTICIPATES_IN", "Среща", False),
        ("Община Бряг", "PARTICIPATES_IN", "Среща", True),
        ("Водоканал", "PARTICIPATES_IN", "Среща", False),
    }


def test_what_of_a_line_was_taken_for_nothing_is_told():
    assert listed("Anna Schmidt, ACME Ltd, Wien").guests[0].unused == ("Wien",)
