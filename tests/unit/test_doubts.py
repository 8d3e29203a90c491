"""What is probably wrong is told, with its place, and loaded all the same."""

import pytest

from ecosystem import paths
from ecosystem.checks import check
from ecosystem.dataset import Dataset, Place
from ecosystem.doubts import warnings
from ecosystem.io import seeds
from ecosystem.model import City, Edge, LocatedIn, Organisation, Owns, PartOf, Record

SAID = {"pack": "p", "standing": "illustrative"}


def organisations(**names: str) -> list[Record]:
    return [Organisation(id=f"org:{slug}", name_en=name, **SAID) for slug, name in names.items()]


def town(*records: Record) -> Dataset:
    cities = [City(id=f"city:{one}", name_en=one.upper(), **SAID) for one in "xy"]
    found = [*cities, *records]
    places = {record.id: Place("p.csv", line) for line, record in enumerate(found, 2)}
    return Dataset.of(found, places)


def part(one: str, other: str, kind: type[Edge] = PartOf) -> Record:
    return kind(source=f"org:{one}", target=f"org:{other}", **SAID)


def seat(one: str, city: str) -> Record:
    return LocatedIn(source=f"org:{one}", target=f"city:{city}", **SAID)


def told(dataset: Dataset, context: Dataset | None = None) -> list[str]:
    found = warnings(dataset, context) if context else warnings(dataset)
    return [str(one) for one in found]


def test_a_circle_of_parts_and_one_of_owners_are_told_once_each():
    bodies = organisations(a="A", b="B", c="C", d="D")
    ties = [part("a", "b"), part("b", "c"), part("c", "a"), part("c", "d")]
    owners = [part("a", "d", Owns), part("d", "a", Owns)]
    dataset = town(*bodies, *ties, *owners)
    assert check(dataset) == []
    first, second = told(dataset)
    assert "p.csv:8:target: PART_OF leads in a circle: org:a -> org:b -> org:c -> org:a." in first
    assert "OWNS leads in a circle: org:a -> org:d -> org:a." in second
    assert told(town(*bodies, *ties[:2], ties[3], owners[0])) == []


def test_a_body_under_two_ids_in_one_place_is_told_and_in_two_places_is_not():
    bodies = organisations(a="Sofia Tech Park", b="«SOFIA tech-park»", c="Other")
    (warning,) = told(town(*bodies, seat("a", "x"), seat("b", "x")))
    assert "p.csv:5:name: 'org:a' and 'org:b' have the name 'Sofia Tech Park' in city:x." in warning
    assert told(town(*bodies, seat("a", "x"), seat("b", "y"))) == []
    (warning,) = told(town(*bodies))
    assert "without a place" in warning


def test_what_is_told_of_already_is_not_told_again():
    bodies = organisations(a="A", b="A")
    there = town(*bodies)
    assert told(town(), there) == []
    assert len(told(Dataset.of(organisations(c="A")), there)) == 1


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("С\u043eф\u0438\u044f T\u0435\u0445", "'T' (U+0054 LATIN CAPITAL LETTER T)"),
        ("Община Сoфия", "'o' (U+006F LATIN SMALL LETTER O)"),
        ("Hоpава", "'H' (U+0048 LATIN CAPITAL LETTER H), 'p' (U+0070 LATIN SMALL LETTER P)"),
        ("Innоvation Hub", "'о' (U+043E CYRILLIC SMALL LETTER O)"),
        ("Работа c деца", "'c' (U+0063 LATIN SMALL LETTER C)"),
        ("Αthens", "'Α' (U+0391 GREEK CAPITAL LETTER ALPHA)"),
    ],
)
def test_a_letter_of_another_script_is_named(name, letters):
    (line,) = told(Dataset.of([Organisation(id="org:a", pack="p", name_bg=name)]))
    assert letters in line and "Write the word" in line


@pytest.mark.parametrize(
    "name",
    [
        "ИКТ клъстер 5G",
        "Sofia Tech Park АД",
        "e-община и IT-клъстер",
        "Клас A",
        "4 x 4 клуб",
        "Ångström Öresund",
        "B2B платформа 3D",
        "Ελλάδα и Sofia",
        "XVIII СУ",
    ],
)
def test_scripts_side_by_side_are_no_doubt(name):
    assert told(Dataset.of([Organisation(id="org:a", pack="p", name_bg=name)])) == []


def test_the_shipped_packs_mix_no_scripts():
    found = warnings(seeds.read(paths.shipped_packs()))
    assert [str(one) for one in found if "mixes scripts" in one.message] == []
