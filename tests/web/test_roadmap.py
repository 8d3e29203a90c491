"""The roadmap as a page and as files, and its order by buttons."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ecosystem.dataset import Dataset, diff
from ecosystem.model import ParticipatesIn, Project
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import PAGE, tiny
from tests.unit.test_sheets import cells
from tests.web.conftest import OWN, Page, withdraw
from webapp import create_app

SAID = {"pack": "tiny", "standing": "documented", "sources": PAGE}


@pytest.fixture(scope="module")
def busy(tmp_path_factory) -> Iterator[Workspace]:
    """The tiny town with two more projects."""
    more = [
        Project(id="project:tram", name_en="=Tram", since="2020", **SAID),
        Project(id="project:walk", name_en="Walk", until="2022-03-01", **SAID),
        *(
            ParticipatesIn(source="org:uni", target=f"project:{p}", role="leads", **SAID)
            for p in ("tram", "walk")
        ),
    ]
    folder = tmp_path_factory.mktemp("roadmap")
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:alpha"})) as opened:
        opened.store.apply(
            diff(opened.contents.present().everything, tiny().merged(Dataset.of(more)))
        )
        yield opened
    embedded.stop(folder)


@pytest.fixture
def client(busy: Workspace) -> Iterator[FlaskClient]:
    """A browser, after which nothing is decided any more."""
    app: Flask = create_app(busy, {"TESTING": True})
    yield app.test_client()
    withdraw(busy)


def page(client, path="/en/roadmap"):
    return Page.of(client.get(path).text)


def order(client):
    return [
        step["id"].partition(":")[2] for step in client.get("/en/roadmap?format=json").json["steps"]
    ]


def form(client, project, **has):
    """The hidden fields of the form that decides about a project, or of that which has these."""
    action = "/move" if has else "/decide"
    fields: dict[str, str] = {}
    for tag, found in page(client).elements:
        if tag == "form":
            fields = {"action": found.get("action") or ""}
        if tag == "input" and found.get("name"):
            fields[str(found["name"])] = found.get("value") or ""
        ours = fields.get("subject") == f"project:{project}" and has.items() <= fields.items()
        if tag == "button" and ours and fields["action"].partition("?")[0].endswith(action):
            return fields
    raise AssertionError(f"no form about {project} with {has}")


def send(client, fields, **changes):
    sent = {name: word for name, word in {**fields, **changes}.items() if name != "action"}
    return client.post(fields["action"], data=sent, headers=OWN)


def test_projects_stand_with_bars_dates_and_what_is_not_recorded(client):
    shown = page(client).text()
    for words in (
        "3 projects",
        "Bus Project",
        "since 2020, end unknown",
        "until 1 March 2022",
        "not recorded",
        "The dates as a table",
        "complete: 4 of 7",
    ):
        assert words in shown, words
    classes = [
        found.get("class") for tag, found in page(client).elements if tag in ("rect", "line")
    ]
    assert classes.count("open") == 4 and "run" in classes


def test_priority_and_its_reason_are_set_by_a_form_and_undone(client):
    assert order(client) == ["bus", "tram", "walk"]
    asked = form(client, "walk")
    assert send(client, asked, state="high", note="Everybody walks").status_code == 303
    shown = page(client)
    assert order(client) == ["walk", "bus", "tram"]
    assert "Everybody walks" in shown.text() and "priority: high" in shown.text()
    send(client, form(client, "walk"), state="")
    assert order(client) == ["bus", "tram", "walk"]


def test_projects_move_up_and_down_and_back(client):
    for project in ("bus", "tram", "walk"):
        send(client, form(client, project), state="high", note=f"about {project}")
    assert order(client) == ["bus", "tram", "walk"]
    answer = send(client, form(client, "walk", direction="up"))
    assert answer.status_code == 303 and answer.location.startswith("/en/roadmap")
    told = page(client).text()
    assert "Moved up: Walk" in told and "Undo" in told
    assert order(client) == ["bus", "walk", "tram"]
    assert "about walk" in told
    send(client, form(client, "walk", direction="down"))
    assert order(client) == ["bus", "tram", "walk"]


def test_the_first_cannot_go_up_and_an_overtaken_move_is_refused(client):
    for project in ("bus", "tram"):
        send(client, form(client, project), state="high")
    with pytest.raises(AssertionError):
        form(client, "bus", direction="up")
    stale = form(client, "tram", direction="up")
    send(client, form(client, "tram"), state="high", note="meanwhile")
    assert send(client, stale).status_code == 409
    assert send(client, {**stale, "direction": "sideways"}).status_code == 400


def test_another_site_moves_nothing(client):
    for project in ("bus", "tram"):
        send(client, form(client, project), state="high")
    asked = form(client, "tram", direction="up")
    assert send(client, {**asked, "csrf_token": ""}).status_code == 400
    strange = {"Origin": "http://elsewhere.example"}
    assert client.post(asked["action"], data=asked, headers=strange).status_code == 403
    assert order(client)[0] == "bus"


def test_downloads_are_typed_and_nothing_in_them_runs(client):
    book = client.get("/bg/roadmap?format=xlsx").data
    first, second = cells(book), cells(book, 2)
    assert first["B3"] == ("s", "=Tram") and first["A3"] == ("n", "2")
    assert "https://alpha.example.org/page" in [value for _, value in second.values()]
    assert "'=Tram" in client.get("/en/roadmap?format=csv").text


@pytest.mark.parametrize("query", ["programme=programme:nothing", "programme=project:bus"])
def test_an_unknown_programme_is_not_found(client, query):
    assert client.get(f"/en/roadmap?{query}").status_code == 404


def test_an_empty_scope_says_so(bare):
    client = create_app(bare, {"TESTING": True}).test_client()
    assert "No project is recorded in this scope." in page(client).text()
