"""A sheet without a heading loses no row, and whether its first row is one is asked."""

from __future__ import annotations

import pytest

from ecosystem.dataset import EMPTY
from ecosystem.errors import SettingsError
from ecosystem.intake import mapping as mappings
from ecosystem.intake import readers
from ecosystem.intake.bringing import Prepared, Wanted, prepare

BARE = "Acme,Sofia,bank\nBeta,Plovdiv,school\nGamma,Varna,ngo\n"


def prepared(text, told=None):
    graph = readers.read_bytes(text.encode(), "guests.csv")
    made = prepare(graph, EMPTY, Wanted(), told or {})
    assert isinstance(made, Prepared)
    return made


def header(made):
    return made.mapping.tables["guests"].header


def said(made):
    return [(one.place, one.message.en) for one in made.draft.warnings()]


def names(made):
    return {one.name.en for one in made.dataset.of_kind("Organisation")}


def test_a_first_row_of_places_as_below_is_a_row_and_none_is_lost():
    made = prepared(BARE)
    assert header(made) is False and names(made) == {"Acme", "Beta", "Gamma"}
    assert {one.name.en for one in made.dataset.of_kind("City")} == {"Sofia", "Plovdiv", "Varna"}
    assert any(place == "line 1" and "Is it a heading?" in words for place, words in said(made))


@pytest.mark.parametrize(
    "first",
    [
        "Acme,12.05.2024\nBeta,13.05.2024\nGamma,14.05.2024\n",
        "Acme,a@example.org\nBeta,b@example.org\nGamma,c@example.org\n",
        "Acme,https://a.example\nBeta,https://b.example\nGamma,https://c.example\n",
        "Acme,bank\nBeta,school\nGamma,bank\n",
        "Acme,5\nBeta,six\nGamma,7\n",
    ],
)
def test_a_day_an_address_or_a_value_of_below_names_no_column(first):
    assert names(prepared(first)) >= {"Acme", "Beta", "Gamma"}


@pytest.mark.parametrize(
    "rows",
    [
        "name,Sofia,2018-01-01\nAcme,Sofia,x\n",
        "Организация;Дата\nАкме;12.05.2024\n",
        "from,to\na,b\nb,a\n",
    ],
)
def test_a_known_heading_is_one_and_nothing_is_asked(rows):
    made = prepared(rows)
    assert header(made) is None
    assert not any("heading" in words for _, words in said(made))


def test_where_nothing_tells_it_is_taken_for_a_heading_and_asked():
    made = prepared("Firma,Merkmal\nAcme,gross\nBeta,klein\n", {"tables": {}})
    assert header(made) is True
    assert any("Is the first row a heading?" in words for _, words in said(made))


def test_a_mapping_says_it_either_way_and_is_kept():
    no = prepared(
        "Firma,Merkmal\nAcme,gross\nBeta,klein\n", {"tables": {"guests": {"header": False}}}
    )
    assert header(no) is False and names(no) == {"Firma", "Acme", "Beta"}
    told = mappings.said(mappings.toml(no.mapping.to_dict()), "mapping")
    assert told["tables"]["guests"]["header"] is False
    yes = prepared(BARE, {"tables": {"guests": {"header": True, "columns": {"Acme": "name"}}}})
    assert header(yes) is True and names(yes) == {"Beta", "Gamma"}
    with pytest.raises(SettingsError, match="neither true nor false"):
        mappings.said('[tables.guests]\nheader = "no"\n', "mapping")
