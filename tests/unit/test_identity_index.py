"""Things are found by their names however these are written, typed or shortened."""

import pytest

from ecosystem.identity.index import (
    APART,
    BEGINS,
    BLENDED,
    HEARD,
    MISTYPED,
    WHOLE,
    WITHIN,
    NameIndex,
)
from ecosystem.model import City, Organisation, Person, Source

SAID = {"pack": "p", "standing": "illustrative"}
NODES = [
    City(id="city:gothenburg", name_en="Göteborg", aliases=("Gothenburg",), **SAID),
    City(id="city:sofia", name_bg="София", name_en="Sofia", **SAID),
    Organisation(id="org:park", name_bg="София Тех Парк", name_en="Sofia Tech Park", **SAID),
    Organisation(id="org:a1", name_en="A1", eik="131468980", pic="999812345", **SAID),
    Organisation(id="org:nsi", name_bg="Национален статистически институт", **SAID),
    Organisation(id="org:focus", name_en="Scalefocus", **SAID),
    Organisation(id="org:old", name_en="Biotech", **SAID),
    Organisation(id="org:eleven", name_en="Eleven Ventures", **SAID),
    Person(id="person:ann", name_bg="Ана Колева", **SAID),
    Source(id="source:x", name_en="Sofia", pack="p"),
]
INDEX = NameIndex(NODES)
EVERY = ("City", "Organisation", "Person")


@pytest.mark.parametrize(
    ("words", "found", "way"),
    [
        ("Goteborg", "city:gothenburg", WHOLE),
        ("gothen", "city:gothenburg", BEGINS),
        ("Gothenberg", "city:gothenburg", MISTYPED),
        ("sofia teh park", "org:park", WHOLE),
        ("София tech парк", "org:park", WHOLE),
        ("техпарк", "org:park", APART),
        ("techpark", "org:park", APART),
        ("sofia teh prak", "org:park", MISTYPED),
        ("софтех парк", "org:park", BLENDED),
        ("Softech", "org:park", BLENDED),
        ("А1", "org:a1", WHOLE),
        ("Sofiya", "city:sofia", HEARD),
        ("statistical institute", "org:nsi", HEARD),
        ("scale focus", "org:focus", WITHIN),
        ("tech", "org:old", WITHIN),
        ("org:par", "org:park", WITHIN),
        ("Koleva", "person:ann", WHOLE),
        ("elev", "org:eleven", BEGINS),
        ("11 ventures", "org:eleven", HEARD),
    ],
)
def test_words_find_what_they_mean(words, found, way):
    held = INDEX.holding(words)
    assert held[found] == way
    assert "source:x" not in held


def test_what_no_name_holds_is_not_found():
    assert INDEX.holding("zzzzqq") == {} == INDEX.holding("–")
    assert INDEX.holding("sofia zzzzqq") == {}


@pytest.mark.parametrize("number", ["131468980", "999812345"])
def test_a_number_of_a_register_finds_its_bearer(number):
    assert INDEX.called(number) == ("org:a1",)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sofia teh park", ("org:park",)),
        ("National Statistical Institute", ("org:nsi",)),
        ("Национален статистически институт АД", ("org:nsi",)),
        ("Sofiya", ("city:sofia",)),
        ("Ana Koleva", ("person:ann",)),
        ("Ana Kolev", ()),
        ("tech park", ()),
        ("Bio", ()),
    ],
)
def test_a_name_that_counts_as_the_same_names_a_thing_and_a_part_does_not(words, found):
    assert INDEX.meant(words, EVERY) == found


def test_a_thing_of_another_kind_is_not_meant():
    assert INDEX.meant("sofia teh park", ("City",)) == ()


def test_initials_find_what_they_shorten():
    assert INDEX.abbreviated("СТП") == ("org:park",) == INDEX.abbreviated("stp")
    assert INDEX.abbreviated("нси") == ("org:nsi",)
    assert INDEX.abbreviated("С") == INDEX.abbreviated("S") == ()
