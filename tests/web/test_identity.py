"""Pairs that may be one: on the page, decided, remembered and taken back; and names that find."""

from __future__ import annotations

import re

import pytest

from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.model import LocatedIn, Organisation, Person
from ecosystem.questions.identity import Identity
from tests.tiny import tiny
from tests.web.conftest import OWN, Page, store_of
from webapp import create_app

SAID = {"pack": "tiny", "standing": "documented", "sources": ("source:page#paragraph 1",)}
TWIN = "org:loner=org:twin"
DOUBLES = (
    # Of both there are gaps: neither works with anybody.
    Organisation(id="org:twin", name_bg="Лонър фондация", **SAID),
    LocatedIn(source="org:twin", target="city:alpha", **SAID),
    Organisation(id="org:uni-2", name_en="Alpha Universty", eik="131468980", **SAID),
    Person(id="person:ann-2", name_bg="Ан", **SAID),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The tiny town, in which some are recorded twice."""
    yield from store_of(tmp_path_factory, tiny().merged(Dataset.of(DOUBLES)))


@pytest.fixture(scope="module")
def app(workspace):
    return create_app(workspace, {"TESTING": True})


@pytest.fixture
def client(deciding):
    """A browser, after which nothing is decided any more."""
    return deciding


def waiting(workspace, **view):
    ground = workspace.ground()
    words = {"people": ["0"]} if view.get("people") is False else {}
    found = ground.ask(Identity.read(words, ground))
    return [one.subject for one in found]


def fields_of(page):
    """What the form of the decision sends, but the button."""
    return {
        str(found["name"]): found.get("value") or ""
        for tag, found in Page.of(page).elements
        if tag == "input"
        and found.get("name") in ("csrf_token", "matter", "subject", "seen", "back", "value")
        and (found.get("type") != "radio" or "checked" in found)
    }


def decide(client, page, state, **changes):
    sent = {**fields_of(page), "state": state, **changes}
    return client.post("/bg/decide", data=sent, headers=OWN)


def test_the_pair_with_gaps_of_both_ends_comes_before_a_surer_one(workspace):
    assert waiting(workspace)[0] == TWIN
    ground = workspace.ground()
    first, *rest = ground.ask(Identity.read({}, ground))
    assert first.both and first.gaps and any(one.pair.score >= first.pair.score for one in rest)
    assert "person:ann=person:ann-2" in waiting(workspace)
    assert "person:ann=person:ann-2" not in waiting(workspace, people=False)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("bg", ("Едно и също ли са?", "Какво зависи от това", "няма номер от регистър")),
     ("en", ("Are these two the same?", "What hangs on it", "no register number"))],
)  # fmt: skip
def test_both_stand_side_by_side_with_reasons_and_what_hangs_on_them(client, lang, said):
    page = client.get(f"/{lang}/identity").text
    text = Page.of(page).text()
    for words in said:
        assert words in text
    assert "org:loner" in page and "org:twin" in page and "131468980" not in page
    second = client.get(f"/{lang}/identity", query_string={"pair": "org:uni=org:uni-2"}).text
    assert "131468980" in second and "G06" in page


def test_different_is_remembered_and_the_next_pair_follows(client, workspace):
    page = client.get("/bg/identity").text
    answer = decide(client, page, "different")
    assert answer.status_code == 303 and TWIN not in answer.location
    assert TWIN not in waiting(workspace)
    (made,) = workspace.ground().desk.standing("same").values()
    assert (made.state, made.value) == ("different", "")
    after = client.get(answer.location).text
    assert "Записано:" in after
    undo = re.findall(r'name="subject" value="([^"]+)"', after)[0]
    assert undo == TWIN
    client.post("/bg/decide", data={**fields_of(page), "state": "", "seen": made.id}, headers=OWN)
    assert waiting(workspace)[0] == TWIN


def test_same_makes_one_of_them_under_the_name_that_is_kept(client, workspace):
    page = client.get("/en/identity").text
    decide(client, page, "same", value="org:twin")
    facts = workspace.ground().facts
    assert "org:loner" not in facts.nodes and "Loner" in " ".join(facts.nodes["org:twin"].aliases)
    assert TWIN not in waiting(workspace)
    last = workspace.ground().desk.last("same", TWIN).id
    decide(client, page, "", seen=last)
    assert "org:loner" in workspace.ground().facts.nodes and waiting(workspace)[0] == TWIN


def test_a_pair_with_one_that_is_read_as_another_is_a_pair_with_that_one(client, workspace):
    third = Organisation(id="org:third", name_en="Loner Foundation", **SAID)
    workspace.contents.apply(ChangeSet(added=(third,)))
    try:
        assert {TWIN, "org:loner=org:third", "org:third=org:twin"} <= set(waiting(workspace))
        workspace.decide("same", TWIN, {"state": "same", "value": "org:twin"})
        assert "org:third=org:twin" in waiting(workspace)
        assert not any("org:loner" in subject for subject in waiting(workspace))
        assert workspace.ground().names.called("Loner Foundation") == ("org:twin", "org:third")
        workspace.decide("same", "org:third=org:twin", {"state": "different"})
        assert not any("org:third" in subject for subject in waiting(workspace))
    finally:
        workspace.contents.apply(ChangeSet(removed=(third,)))


def test_a_decision_reads_no_name_anew(client, workspace, monkeypatch):
    assert waiting(workspace)[0] == TWIN
    assert workspace.ground().find("Lonar") == "org:twin"

    def never(*_):
        raise AssertionError("names are read anew")

    monkeypatch.setattr("ecosystem.identity.index.NameIndex.__init__", never)
    monkeypatch.setattr("ecosystem.identity.doubles.Alikes.__init__", never)
    workspace.decide("same", TWIN, {"state": "same", "value": "org:loner"})
    assert TWIN not in waiting(workspace)
    assert workspace.ground().find("Lonar") == "org:loner"


def test_what_is_put_off_comes_last(client, workspace):
    decide(client, client.get("/en/identity").text, "later")
    assert waiting(workspace)[-1] == TWIN
    assert "for later" in Page.of(client.get("/en/identity").text).text()
    assert "org:loner" in workspace.ground().facts.nodes


def test_programs_get_every_pair_with_its_reasons(client):
    first = client.get("/api/identity?limit=1").get_json()["items"][0]
    assert (first["a"], first["b"]) == tuple(TWIN.split("="))
    assert first["name_b"] == {"bg": "Лонър фондация", "en": ""}
    assert {one["sign"] for one in first["why"]} <= {"+", "-", "?"} and first["gaps"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("алфа юнивърсити", "org:uni"),
        ("alpha univercity", "org:uni"),
        ("131468980", "org:uni-2"),
        ("лонър", "org:twin"),
        ("lonar", "org:twin"),
    ],
)
def test_the_search_finds_what_is_meant(client, words, found):
    items = client.get("/api/search", query_string={"q": words}).get_json()["items"]
    assert found in [one["id"] for one in items]


def test_a_command_takes_a_name_that_counts_as_the_same_and_a_number(workspace):
    ground = workspace.ground()
    assert ground.find("Lonar", ("Organisation",)) == "org:twin"
    assert ground.find("131468980") == "org:uni-2"
    assert ground.find("АЛФА", ("City",)) == "city:alpha"


def test_a_gap_that_rests_on_a_pair_says_so_until_it_is_decided(client, workspace):
    workspace.ask(Identity.read({}, workspace.ground()))
    page = client.get("/bg/gaps?rule=G06").text
    assert "опира се на нерешена двойка" in page and "pair=org:loner%3Dorg:twin" in page
    assert "записи, които може да са едно" in page
    for _ in range(len(waiting(workspace))):
        decide(client, client.get("/bg/identity").text, "different")
    assert waiting(workspace) == []
    assert "нерешена двойка" not in client.get("/bg/gaps?rule=G06").text
    assert "Никоя двойка не чака решение" in client.get("/bg/identity").text
