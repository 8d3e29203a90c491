"""Records that cannot all be right stand below the sources, for whom the view shows."""

import pytest

from ecosystem.dataset import Dataset
from ecosystem.model import Coverage, ParticipatesIn, Person, Programme
from tests.tiny import tiny
from tests.web.conftest import Page, store_of
from webapp import create_app

SAID = {"pack": "tiny", "standing": "documented", "sources": ("source:page#list",)}


@pytest.fixture(scope="module")
def torn(tmp_path_factory):
    """The tiny town with a tie before its programme, and a person missing from a full list."""
    records = (
        Programme(id="programme:late", name_en="Late", name_bg="Късна", since="2020", **SAID),
        ParticipatesIn(source="org:firm", target="programme:late", since="2018", **SAID),
        Person(id="person:guest", name_en="A Guest", **SAID),
        Coverage(
            id="coverage:late",
            pack="tiny",
            source="source:page",
            covers="PARTICIPATES_IN",
            scope="programme:late",
            complete=True,
        ),
    )
    for opened in store_of(tmp_path_factory, tiny().merged(Dataset.of(records))):
        yield create_app(opened, {"TESTING": True}).test_client()


def test_the_page_of_sources_shows_them_in_both_languages(torn):
    english = Page.of(torn.get("/en/sources").get_data(as_text=True)).text()
    assert "Where records contradict each other (2)" in english
    assert "The tie begins (2018) before “Late” exists (from 2020)." in english
    assert "A Guest" in english
    bulgarian = Page.of(torn.get("/bg/sources").get_data(as_text=True)).text()
    assert "Къде записите си противоречат" in bulgarian
    assert "преди „Късна“ да съществува" in bulgarian


def test_people_left_out_are_not_named_there(torn):
    text = Page.of(torn.get("/en/sources?people=0").get_data(as_text=True)).text()
    assert "Where records contradict each other (1)" in text
    assert "A Guest" not in text


def test_the_json_lists_them(torn):
    items = torn.get("/api/contradictions").get_json()["items"]
    assert {one["record"] for one in items} == {
        "PARTICIPATES_IN|org:firm|programme:late|",
        "person:guest",
    }
