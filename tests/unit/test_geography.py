"""Cities where they are, and the advice between them, on the town of the matching tests."""

from dataclasses import replace

from ecosystem.analysis.geography import geography
from ecosystem.model import LocatedIn, Mentors, Organisation
from tests.unit.mentor_town import SAID, city, joins, needs, offers, plain_view

OFFICE = Organisation(id="org:office", name_en="Office", form="public-authority", **SAID)
TOWN = (
    replace(city("home", "BG"), latitude=42.0, longitude=23.0),
    city("guide", "NL"),
    city("other"),
    OFFICE,
    LocatedIn(source="org:office", target="city:guide", address_role="administration", **SAID),
    needs("home", "water"),
    offers("guide", "water"),
    joins("guide", "programme:net", "mentor"),
    joins("home", "programme:net", "challenge"),
    Mentors(
        source="org:office",
        target="city:home",
        themes=("theme:water",),
        since="2018",
        until="2019",
        **SAID,
    ),
    Mentors(source="city:other", target="city:home", since="2020", **SAID),
    Mentors(source="city:guide", target="org:office", since="2020", **SAID),
)


def found(**filters):
    return geography(plain_view(*TOWN), **filters)


def ids(places):
    return {one.id[5:] for one in places}


def test_an_office_advises_for_its_city_and_nobody_advises_itself():
    arcs = [(one.mentor[5:], one.mentee[5:], one.state, one.themes) for one in found().arcs]
    assert arcs == [
        ("other", "home", "end unknown", ()),
        ("guide", "home", "ended", ("theme:water",)),
    ]


def test_a_place_that_nobody_recorded_stays_unknown():
    places = {one.id: one for one in found().places}
    assert (places["city:home"].latitude, places["city:guide"].latitude) == (42.0, None)
    assert places["city:guide"].organisations == 1 and places["city:home"].organisations == 0
    assert places["city:home"].needs == ("theme:water",)


def test_filters_keep_the_cities_that_pass_all_and_the_arcs_between_them():
    assert ids(found(programme="programme:net").places) == {"guide", "home"}
    assert ids(found(role="mentor").places) == {"guide"}
    assert ids(found(programme="programme:net", role="challenge").places) == {"home"}
    assert ids(found(theme="theme:water").places) == {"guide", "home"}
    assert ids(found(country="BG").places) == {"home", "seeker"}
    assert [one.mentor for one in found(theme="theme:water").arcs] == ["city:guide"]
    assert found(country="XX").places == () and found(country="XX").arcs == ()
