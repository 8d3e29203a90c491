"""Records that cannot all be right, found from what is certain of both."""

import pytest

from ecosystem.contradictions import contradictions, warnings
from ecosystem.dataset import Dataset
from ecosystem.model import Event, MemberOf, Organisation, Person, Project
from tests.unit.gap_town import (
    PAGE,
    SAID,
    city,
    covers,
    funds,
    local,
    partners,
    programme,
    takes_part,
)


def found(*records):
    return contradictions(Dataset.of([PAGE, city(), *records]))


@pytest.mark.parametrize(
    ("tie", "life", "column"),
    [
        ({"since": "2018"}, {"since": "2019-07"}, "since"),
        ({"since": "2019-06"}, {"since": "2019-07"}, "since"),
        ({"since": "2019"}, {"since": "2019-07"}, None),
        ({"since": "2019-07-15"}, {"since": "2019-07"}, None),
        ({"since": "2019"}, {}, None),
        ({}, {"since": "2019"}, None),
        ({"since": "2023"}, {"until": "2022"}, "since"),
        ({"since": "2022"}, {"until": "2022-03"}, None),
        ({"since": "2020", "until": "2024"}, {"until": "2022"}, "until"),
        ({"since": "2020", "until": "ongoing"}, {"until": "2022"}, "until"),
        ({"since": "2020"}, {"until": "2022"}, None),
        ({"since": "2020", "until": "ongoing"}, {"until": "ongoing"}, None),
        ({"until": "2022"}, {"since": "2019", "until": "2022"}, None),
    ],
)
def test_a_tie_holds_while_its_ends_are_there_by_what_is_certain(tie, life, column):
    one = programme("p", **life)
    ties = found(*local("a"), one, takes_part("org:a", "programme:p", **tie))
    assert [clash.column for clash in ties] == ([column] if column else [])
    if column:
        assert (ties[0].record, ties[0].other) == (
            "PARTICIPATES_IN|org:a|programme:p|",
            "programme:p",
        )
        assert "programme:p" not in ties[0].text.en
        assert "„p“" in ties[0].text.bg


def test_money_may_come_before_a_project_begins_but_not_from_who_is_not_there():
    late = Project(id="project:p", name_en="p", since="2020", until="2021", **SAID)
    early, after = (funds("org:a", "project:p", 5, since=s, key=s) for s in ("2019", "2022"))
    assert found(*local("a"), late, early, after) == ()
    young = Organisation(id="org:b", name_en="b", form="company", since="2021", **SAID)
    (clash,) = found(*local("a"), young, funds("org:b", "org:a", 5, since="2019"))
    assert clash.other == "org:b"


def guests(*more):
    event = Event(id="event:e", name_en="E", since="2019", **SAID)
    person = Person(id="person:x", name_en="X", **SAID)
    return (
        *local("a"),
        event,
        person,
        MemberOf(source="person:x", target="org:a", **SAID),
        takes_part("org:a", "event:e"),
        *more,
    )


def test_who_stands_on_a_list_that_is_complete_and_does_not_take_part_is_found():
    (clash,) = found(*guests(covers("PARTICIPATES_IN", "event:e")))
    assert clash.record == "person:x"
    assert clash.other == "coverage:participates-in-event-e"
    assert "list is said to be complete" in clash.text.en
    assert "списъкът е обявен за пълен" in clash.text.bg


@pytest.mark.parametrize(
    "more",
    [
        (),
        (covers("PARTICIPATES_IN", "event:e", complete=False),),
        (covers("PARTICIPATES_IN", "event:e"), takes_part("person:x", "event:e")),
    ],
)
def test_without_a_complete_list_or_with_the_participation_there_is_nothing(more):
    assert found(*guests(*more)) == ()


def test_another_place_of_the_same_document_is_no_guest_list():
    elsewhere = {**SAID, "sources": ("source:page#row 2",)}
    other = Person(id="person:y", name_en="Y", **elsewhere)
    full = covers("PARTICIPATES_IN", "event:e")
    clashes = found(*guests(other, full, takes_part("person:x", "event:e")))
    assert clashes == ()


def test_a_load_warns_of_what_it_brings_and_not_of_what_was_there():
    old = Dataset.of([PAGE, city(), *local("a"), programme("p", since="2020")])
    tie = Dataset.of([takes_part("org:a", "programme:p", since="2018")])
    (warning,) = warnings(tie, old)
    assert warning.column == "since"
    assert "before “p” exists" in str(warning)
    assert warnings(Dataset.of([partners("a", "b")]), old.merged(tie)) == []
