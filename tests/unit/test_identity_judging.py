"""Pairs of names judged by what they say and by what the map knows, and measured honestly."""

from ecosystem.identity.index import NameIndex
from ecosystem.identity.judging import NamePair, judge
from ecosystem.model import Organisation

KNOWN = NameIndex(
    [
        Organisation(
            id="org:agency",
            pack="p",
            name_bg="Агенция за вода",
            name_en="Water Agency",
            aliases=("АЗВ",),
            standing="illustrative",
        )
    ]
)


def judged(*pairs, known=KNOWN):
    return judge(pairs, known, lambda one, other: {one, other} == {"Солун", "Thessaloniki"})


def test_an_alias_on_the_map_tells_what_no_comparison_can():
    pair = NamePair("АЗВ", "Water Agency", "Organisation")
    assert judged(pair).judged[0].same
    assert not judged(pair, known=NameIndex([])).judged[0].same
    assert not judged(NamePair("АЗВ", "Water Agency", "Person")).judged[0].same


def test_a_place_is_asked_of_cities_alone():
    assert judged(NamePair("Солун", "Thessaloniki", "City")).judged[0].same
    assert not judged(NamePair("Солун", "Thessaloniki", "Project")).judged[0].same


def test_measures_are_empty_where_there_is_nothing_to_divide_by():
    none = judged(NamePair("A", "Bcd", same=False)).overall
    assert (none.precision, none.recall, none.f1) == (None, None, None)
    missed = judged(NamePair("Abc", "Xyz", same=True)).overall
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, None)
    both = judged(
        NamePair("Abc", "ABC", category="x", same=True),
        NamePair("Abc", "Xyz", category="x", same=True),
        NamePair("Abc", "abc", category="y", same=False),
        NamePair("Abc", "abc", category="z"),
    )
    assert (both.overall.precision, both.overall.recall, both.overall.f1) == (0.5, 0.5, 0.5)
    assert set(both.by_category) == {"x", "y"}
    assert [one.pair.category for one in both.mistaken] == ["x", "y"]


def test_a_file_that_says_nothing_is_not_measured():
    found = judged(NamePair("Abc", "abc")).to_dict()
    assert found["overall"] is None and found["by_category"] is None
    assert found["pairs"][0]["same"] is True
