"""What is offered in the place of a name that is not known: near in sense, or nothing."""

import pytest

from ecosystem.errors import nearest

KNOWN = (
    *("city:ostrava", "city:sofia", "city:nova-zagora", "city:slivnitsa", "city:gabrovo"),
    *("org:sofia-tech-park", "org:sofia", "org:fund-of-funds", "Sofia", "Пловдив", "Stara Reka"),
)


@pytest.mark.parametrize(
    "name",
    ["city:stara-zagora", "city:sliven", "city:x", "city:", ":", "", "org:stara-zagora", "Русе"],
)
def test_no_hint_is_better_than_a_wrong_one(name):
    assert nearest(name, KNOWN) == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("city:sofa", "city:sofia"),
        ("City:Sofia", "city:sofia"),
        ("city:sofía", "city:sofia"),
        ("city:novazagora", "city:nova-zagora"),
        ("city:nova_zagora", "city:nova-zagora"),
        ("person:fund-of-funds", "org:fund-of-funds"),
        ("org:sofia-tech", "org:sofia-tech-park"),
        ("org:Sofia Tech Prak", "org:sofia-tech-park"),
        ("пловдив", "Пловдив"),
        ("stara-reka", "Stara Reka"),
        ("gabrvo", "city:gabrovo"),
    ],
)
def test_the_same_name_otherwise_written_and_slips_of_the_hand_are_recognised(name, meant):
    assert nearest(name, KNOWN)[0] == meant


def test_the_same_name_of_the_kind_comes_before_that_of_another_and_nothing_else_is_offered():
    assert nearest("org:Sofia", KNOWN)[0] == "org:sofia"
    assert set(nearest("org:Sofia", KNOWN)) == {"org:sofia", "city:sofia", "Sofia"}
    assert nearest("person:sofai", KNOWN) == ("Sofia",)
