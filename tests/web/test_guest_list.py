"""A guest list that is pasted: known, maybe or new, corrected, written at once, taken back."""

from __future__ import annotations

import json
import re

import pytest

from ecosystem.dataset import ChangeSet
from ecosystem.model import Event, MemberOf, Organisation, Pack, ParticipatesIn, Person, Source
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.unit.gap_town import PAGE, SAID
from tests.web.conftest import OWN
from webapp import create_app
from webapp.pages import bringing

LINES = (
    "Ivan Petrov, Bryag Municipality, ivan@bryag.bg\n"
    "Олга Радева, Община Бряг\n"
    "Рая Зидарова, Нов клуб <b>прим</b>"
)


@pytest.fixture(autouse=True)
def patient(monkeypatch) -> None:
    """However busy the machine is, a page waits for what it shows."""
    monkeypatch.setattr(bringing, "PATIENCE", 120.0)


@pytest.fixture
def store(tmp_path):
    """A town with two people, two bodies and an event."""
    folder = tmp_path / "data"
    with Workspace.open(Settings.read({"data": str(folder)})) as workspace:
        records = (
            Pack(id="pack:town", pack="town", name_en="town"),
            PAGE,
            Organisation(
                id="org:hall", name_bg="Община Бряг", name_en="Bryag Municipality", **SAID
            ),
            Organisation(id="org:works", name_bg="Водоканал", **SAID),
            Person(id="person:ivan", name_bg="Иван Петров", **SAID),
            Person(id="person:olga", name_bg="Олга Радева", **SAID),
            MemberOf(source="person:olga", target="org:works", **SAID),
            Event(id="event:day", name_bg="Ден на водата", since="2026-03-22", **SAID),
        )
        workspace.contents.apply(
            ChangeSet(added=records), expected=workspace.contents.present().revision
        )
        yield workspace
    embedded.stop(folder)


@pytest.fixture
def client(store):
    return create_app(store, {"TESTING": True}).test_client()


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def paste(client, lines: str = LINES, **said: str):
    data = {"csrf_token": token_of(client.get("/bg/import").text), "guests": lines, **said}
    return client.post("/bg/import", data=data, headers=OWN)


def say(client, where: str, **said: str):
    page = client.get(where).text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    lines = dict.fromkeys(re.findall(r'name="(line-\d+)"[^>]* checked', page), "1")
    data = {"csrf_token": token_of(page), "seen": seen[1] if seen else "", "lines": "1", **lines}
    data |= {key: value for key, value in said.items() if value != "-"}
    for key in (key for key, value in said.items() if value == "-"):
        data.pop(key, None)
    return client.post(where, data=data, headers=OWN)


def test_each_line_says_who_is_known_and_nothing_is_written(client, store):
    before = store.contents.present().revision
    where = paste(client, event="event:day").headers["Location"]
    page = client.get(where).text
    assert "на картата: 1, може би: 1, нови: 1" in page and "Запиши: 3 гости" in page
    assert "ivan@bryag.bg" not in page and "не се пазят" in page
    assert "&lt;b&gt;прим" in page and "<b>прим" not in page
    assert "Водоканал" in page, "what is known of who may be meant"
    assert store.contents.present().revision == before
    told = json.loads(client.get(f"{where}?format=json").text)
    assert [one["person"]["standing"] for one in told["lines"]] == ["known", "maybe", "new"]
    assert "ivan@" not in str(told)


def test_one_click_writes_the_participations_of_what_was_corrected(client, store):
    where = paste(client, event="event:day").headers["Location"]
    told = json.loads(client.get(f"{where}?format=json").text)
    olga = told["lines"][1]["person"]["entity"]
    say(client, where, **{f"meant-{olga}": "person:olga", "line-3": "-", "event": "event:day"})
    done = say(client, where, do="write", event="event:day")
    assert "came=change" in done.headers["Location"]
    there = store.contents.present()
    part = [
        one for one in there.stated.of_kind("PARTICIPATES_IN") if isinstance(one, ParticipatesIn)
    ]
    assert {(one.source, one.target) for one in part} == {
        ("person:ivan", "event:day"),
        ("person:olga", "event:day"),
        ("org:hall", "event:day"),
    }
    sources = [one for one in there.stated.of_kind("Source") if isinstance(one, Source)]
    assert any("Ден на водата" in (one.name_bg or one.name_en) for one in sources)
    assert not [
        one
        for one in there.stated.of_kind("Person")
        if one.id not in ("person:ivan", "person:olga")
    ]
    assert not there.decisions.of_kind("Decision"), "who is left out of a list is not rejected"
    store.contents.present()
    last = there.changes[-1].id
    page = client.get(done.headers["Location"]).text
    undone = {"csrf_token": token_of(page), "change": last, "seen": last}
    client.post("/bg/undo", data=undone, headers=OWN)
    assert not store.contents.present().stated.of_kind("PARTICIPATES_IN")


def test_the_event_is_asked_and_may_be_a_new_one(client, store):
    where = paste(client).headers["Location"]
    told = json.loads(client.get(f"{where}?format=json").text)
    olga = told["lines"][1]["person"]["entity"]
    say(client, where, **{f"meant-{olga}": "person:olga", "event": ""})
    assert say(client, where, do="write", event="").headers["Location"] == where
    assert "на кое събитие" in client.get(where).text
    # What was corrected stays though the event is another.
    say(client, where, event="Среща за дъжда", day="2026-05-03")
    page = client.get(where).text
    assert 'value="person:olga" selected' in page and "„Среща за дъжда“" in page
    say(client, where, do="write", event="Среща за дъжда", day="2026-05-03")
    (event,) = (
        one
        for one in store.contents.present().stated.of_kind("Event")
        if isinstance(one, Event) and one.id != "event:day"
    )
    assert (event.name_bg, event.since) == ("Среща за дъжда", "2026-05-03")


def test_an_empty_list_and_one_without_names_are_told(client):
    assert paste(client, "  \n ").status_code == 400
    where = paste(client, "12345\n---").headers["Location"]
    assert "няма имена" in client.get(where).text


def test_a_line_that_names_nobody_is_told_and_no_guest(client):
    where = paste(client, f"{LINES}\nИван", event="event:day").location
    page = client.get(where).text
    assert "3 гости:" in page and "1 ред не назовава никого" in page
    assert "Запиши: 3 гости" in page
    line = page[page.index('id="line-of-4"') :]
    assert "не назовава никого" in line and 'name="line-4"' not in line


def test_what_is_wrong_with_a_list_is_what_the_page_says(client):
    for lines, said in (("12:30\n***", "няма имена"), ("Рая Зидарова\n" * 2_001, "2000 реда")):
        answer = paste(client, lines, event="event:day")
        page = client.get(answer.location) if answer.location else answer
        assert said in page.text
