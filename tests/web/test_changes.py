"""The page of changes: what was done, and the form that takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from ecosystem.dataset import Dataset
from ecosystem.io import seeds
from ecosystem.model import Organisation, Pack
from ecosystem.questions.catalogues import told_first
from ecosystem.questions.gaps import Gaps
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny
from tests.web.conftest import OWN, Page
from webapp import create_app


def packed(folder, name, *records, requires=()):
    """A pack of ``records`` in a folder."""
    declared = Pack(id=f"pack:{name}", pack=name, name_en=name, requires=requires)
    seeds.write(declared, Dataset.of(records), folder / name)
    return folder / name


@pytest.fixture
def loaded(tmp_path) -> Iterator[Workspace]:
    """A store into which the tiny town was loaded."""
    folder = tmp_path / "data"
    settings = Settings.read({"data": str(folder), "scope": "all"})
    with Workspace.open(settings) as workspace:
        workspace.load(
            [packed(tmp_path, "tiny", *tiny().records.values())], by="Ann", note="guest list"
        )
        yield workspace
    embedded.stop(folder)


@pytest.fixture
def client(loaded) -> FlaskClient:
    return create_app(loaded, {"TESTING": True}).test_client()


def form_of(client, change: str, lang="en") -> dict[str, str]:
    """The fields of the form that takes a change back."""
    page = Page.of(client.get(f"/{lang}/changes").text)
    fields: dict[str, str] = {}
    for tag, found in page.elements:
        if tag == "form":
            if fields.get("change") == change:
                break
            fields = {}
        if tag == "input" and found.get("type") == "hidden":
            fields[str(found["name"])] = found.get("value") or ""
    assert fields.get("change") == change
    return fields


def send(client, fields, lang="en", **more):
    return client.post(f"/{lang}/undo", data={**fields, **more}, headers=OWN)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("bg", ("зареждане", "Ann", "Върни назад", "Организация")),
        ("en", ("load", "Ann", "Take it back", "Organisation")),
    ],
)
def test_a_load_stands_on_the_page_with_who_why_and_how_much(client, lang, words):
    text = Page.of(client.get(f"/{lang}/changes").text).text()
    assert all(word in text for word in (*words, "guest list", "tiny", "change:no-000001"))


def test_a_load_is_taken_back_and_put_back_by_forms(client, loaded):
    answer = send(client, form_of(client, "change:no-000001"), by="Bea", note="wrong file")
    assert answer.status_code == 303 and answer.location == "/en/changes"
    assert len(loaded.contents.present().everything) == 0
    page = Page.of(client.get("/en/changes").text).text()
    assert "Done:" in page and "wrong file" in page and "Put it back" in page
    assert "change:no-000002 took it back" in page
    assert send(client, form_of(client, "change:no-000002")).status_code == 303
    assert loaded.contents.present().stated.without("Pack") == tiny()


def test_what_goes_with_a_decision_is_said_before_and_the_decision_stays(client, loaded):
    loaded.decide("match", "city:alpha>city:beta", {"state": "accepted", "by": "Ann"})
    page = Page.of(client.get("/en/changes").text).text()
    assert "1 decision is about what goes with it" in page
    assert send(client, form_of(client, "change:no-000001")).status_code == 303
    assert [one.subject for one in loaded.ground().desk.decisions] == ["city:alpha>city:beta"]
    for address in ("/en/desk", "/bg/desk", "/en/changes", "/en/", "/en/map", "/en/match/board"):
        assert client.get(address).status_code == 200
    for lang, words in (("bg", "вече не е записано"), ("en", "not recorded any more")):
        page = Page.of(client.get(f"/{lang}/desk").text).text()
        assert "city:beta" in page and words in page
    assert send(client, form_of(client, "change:no-000002")).status_code == 303
    assert "not recorded any more" not in Page.of(client.get("/en/desk").text).text()


def test_a_decision_is_taken_back_on_the_page_too(client, loaded):
    loaded.decide("priority", "project:bus", {"state": "high"})
    loaded.decide("priority", "project:bus", {"state": "low"})
    assert send(client, form_of(client, "decision:no-000002")).status_code == 303
    assert loaded.ground().desk.standing("priority")["project:bus"].state == "high"
    page = Page.of(client.get("/en/changes").text).text()
    assert "something else was decided later" in page
    assert len(loaded.ground().desk.decisions) == 3


def test_a_form_from_before_another_change_takes_nothing_back(client, loaded, tmp_path):
    fields = form_of(client, "change:no-000001")
    firm = Organisation(id="org:new", pack="more", name_en="New", standing="illustrative")
    loaded.load([packed(tmp_path, "more", firm)])
    assert send(client, fields).status_code == 409
    assert "org:new" in loaded.contents.present().stated.nodes


@pytest.mark.parametrize(("lang", "words"), [("bg", "на нея се опират"), ("en", "later ones rest")])
def test_what_others_rest_on_is_refused_with_their_list(client, loaded, tmp_path, lang, words):
    fields = form_of(client, "change:no-000001")
    changed = Organisation(
        id="org:new", pack="more", name_en="New", standing="documented", sources=("source:page#1",)
    )
    loaded.load([packed(tmp_path, "more", changed, requires=("tiny",))])
    answer = send(client, {**fields, "seen": "change:no-000002"}, lang)
    assert answer.status_code == 409
    text = Page.of(answer.text).text()
    assert words in text and "change:no-000002" in text
    page = client.get(f"/{lang}/changes").text
    assert "#change-no-000002" in page


def test_without_people_nobody_is_named(client, loaded):
    loaded.decide("priority", "project:bus", {"state": "high", "by": "Ann Other"})
    text = Page.of(client.get("/en/changes?people=0").text).text()
    assert (
        "Ann" not in text and "guest list" not in text and "Person" not in text and "load" in text
    )
    twin = client.get("/api/changes?people=0").text
    assert "Ann" not in twin


def test_nothing_was_changed_yet_is_said(app):
    with app.test_client() as client:
        assert "Nothing was changed yet" in Page.of(client.get("/en/changes").text).text()


def test_the_way_to_the_changes_stands_where_one_looks_after_a_load_and_a_decision(client, loaded):
    for lang, words in (("bg", "Последна промяна:"), ("en", "Last change:")):
        page = Page.of(client.get(f"/{lang}/").text)
        assert words in page.text() and f"/{lang}/changes" in page.links()
    fields = form_of(client, "change:no-000001")
    told = {"csrf_token": fields["csrf_token"], "back": "/en/desk", "seen": ""}
    sent = {**told, "matter": "priority", "subject": "project:bus", "state": "high"}
    assert client.post("/en/decide", data=sent, headers=OWN).status_code == 303
    assert "All changes" in Page.of(client.get("/en/desk").text).text()


def test_the_first_screen_knows_what_was_decided_last(client, loaded):
    said = {"state": "open", "owner": "The innovation office", "due_on": "2027-03-01"}
    view = loaded.ground().usual_view()
    gap = told_first(loaded.ask(Gaps(view=view)))[0]
    assert "Last change: " in (before := Page.of(client.get("/en/").text).text())
    assert "innovation office" not in before
    loaded.decide("gap", f"{view.scope} {gap.id}", said)
    for lang, last, until in (
        ("en", "Last change:", "by 1 March 2027"),
        ("bg", "Последна промяна:", "1 март 2027"),
    ):
        shown = Page.of(client.get(f"/{lang}/").text).text()
        assert "The innovation office" in shown and until in shown
        told = shown.partition(last)[2][:60]
        assert "load" not in told and "зареждане" not in told


def test_of_many_the_last_are_shown_and_all_are_there(client, loaded, monkeypatch):
    monkeypatch.setattr("webapp.pages.keeping.SHOWN", 1)
    loaded.decide("priority", "project:bus", {"state": "high"})
    page = Page.of(client.get("/en/changes").text)
    assert "change:no-000001" not in page.text()
    (more,) = [one for one in page.links() if "all=1" in one]
    assert "change:no-000001" in Page.of(client.get(more).text).text()


def test_taking_back_and_putting_back_are_called_so(client, loaded):
    for number in (1, 2):
        assert send(client, form_of(client, f"change:no-00000{number}")).status_code == 303
    page = Page.of(client.get("/en/changes").text).text()
    assert "Put back: load" in page and "Taken back: load" in page
