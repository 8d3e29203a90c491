"""Pairs that may be one: found without comparing everything with everything."""

from ecosystem.dataset import Dataset
from ecosystem.identity import doubles
from ecosystem.identity.doubles import Alikes
from ecosystem.model import City, LocatedIn, Organisation, Person

SAID = {"pack": "p", "standing": "illustrative"}
EIK = "131129282"


def organisation(slug, name, **more):
    return Organisation(id=f"org:{slug}", name_en=name, **more, **SAID)


def seat(one, city):
    return LocatedIn(source=f"org:{one}", target=f"city:{city}", **SAID)


def found(*records):
    return [(pair.one, pair.other, pair.score) for pair in Alikes(Dataset.of(records)).pairs()]


def test_names_in_two_languages_are_a_pair_and_others_are_none():
    bodies = [
        organisation("a", "Urban Water Institute"),
        Organisation(id="org:b", name_bg="Институт за градски води", **SAID),
        organisation("c", "Urban Wind Institute"),
    ]
    ((one, other, score),) = found(*bodies)
    assert (one, other) == ("org:a", "org:b") and score >= 0.9


def test_a_number_of_a_register_decides_alone():
    one = organisation("a", "North", eik=EIK)
    assert found(one, organisation("b", "South", eik=EIK)) == [("org:a", "org:b", 1.0)]
    assert found(one, organisation("b", "North", eik="000000000")) == []
    (pair,) = Alikes(Dataset.of([one, organisation("b", "South", eik=EIK)])).pairs()
    assert [reason.told.en for reason in pair.reasons] == ["the same EIK"]


def test_the_same_city_supports_and_another_one_speaks_against():
    cities = [City(id=f"city:{one}", name_en=one.upper(), country=c, **SAID) for one, c in CITIES]
    two = [organisation("a", "Polytechnic Works"), organisation("b", "Polytechmic Works")]
    ((*_, alone),) = found(*two)
    ((*_, near),) = found(*cities, *two, seat("a", "x"), seat("b", "x"))
    ((*_, far),) = found(*cities, *two, seat("a", "x"), seat("b", "y"))
    assert near > alone > far
    assert found(*cities, *two, seat("a", "x"), seat("b", "z")) == []


CITIES = (("x", "BG"), ("y", "BG"), ("z", "DE"))


def test_kinds_are_not_mixed_and_what_is_deprecated_is_left_out():
    person = Person(id="person:a", name_en="Ann Works", **SAID)
    assert found(person, organisation("a", "Ann Works")) == []
    gone = organisation("b", "Works", deprecated="twice")
    assert found(organisation("a", "Works"), gone) == []


def test_an_alias_is_a_name_too():
    one = organisation("a", "North Harbour Authority", aliases=("NHA",))
    assert [pair[:2] for pair in found(one, organisation("b", "N.H.A."))] == [("org:a", "org:b")]


def test_of_many_with_one_name_each_has_a_pair_though_not_with_each(monkeypatch):
    """None of them may go unsaid: so many are compared with their neighbours alone."""
    bodies = [organisation(f"o{number}", "Works") for number in range(60)]
    pairs = found(*bodies)
    assert {end for one, other, _ in pairs for end in (one, other)} == {one.id for one in bodies}
    assert len(pairs) <= doubles.NEIGHBOURS * len(bodies)
    monkeypatch.setattr(doubles, "MOST_TOGETHER", 60)
    assert len(found(*bodies)) == 60 * 59 / 2


def test_the_comparisons_grow_with_the_names_and_not_with_their_square(monkeypatch):
    counted = []

    def judged(_self, *pair):
        counted.append(pair)

    monkeypatch.setattr(Alikes, "judged", judged)
    letters = "bdfklmnprstv"
    names = [f"{a}o{b}a{c}e {c}i{a}u" for a in letters for b in letters for c in letters]
    found(*(organisation(str(number), name) for number, name in enumerate(names)))
    assert len(counted) < 2 * len(names)


def test_what_a_file_calls_something_is_found_among_what_is_stored():
    alikes = Alikes(Dataset.of([organisation("a", "Urban Water Institute Ltd")]))
    ((one, likeness),) = alikes.like("Институт за градски води", "Organisation")
    assert one == "org:a" and likeness.score >= 0.9
    assert alikes.like("Институт за градски води", "Project") == []
