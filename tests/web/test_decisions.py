"""Deciding through the pages: only by their own forms, back to where one was, and undone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from ecosystem.desk import Desk
from ecosystem.workspace import Workspace
from tests.web.conftest import OWN, Page

SUBJECT = "city:alpha G06|org:loner"


@pytest.fixture
def client(deciding: FlaskClient) -> FlaskClient:
    """A browser, after which nothing is decided any more."""
    return deciding


def form_of(client: FlaskClient, address: str, state: str = "") -> dict[str, str]:
    """The hidden fields of the first deciding form of a page whose subject is ``SUBJECT``."""
    page = Page.of(client.get(address).get_data(as_text=True))
    fields: dict[str, str] = {}
    for tag, found in page.elements:
        if tag == "form":
            if fields.get("subject") == SUBJECT:
                break
            fields = {}
        if tag == "input" and found.get("type") == "hidden":
            fields[str(found["name"])] = found.get("value") or ""
    assert fields["subject"] == SUBJECT
    return fields


def send(client: FlaskClient, fields: dict[str, str], **changes: str):
    return client.post("/bg/decide", data={**fields, **changes}, headers=OWN)


def standing(workspace: Workspace) -> dict[str, str]:
    return {about: one.state for about, one in workspace.ground().desk.standing("gap").items()}


def test_a_gap_is_taken_up_where_it_stands_and_undone(client, workspace):
    here = "/bg/gaps?rule=G06"
    answer = send(client, form_of(client, here), state="planned", owner="Анна")
    assert answer.status_code == 303 and answer.location == here
    assert standing(workspace) == {SUBJECT: "planned"}
    page = client.get(here).get_data(as_text=True)
    assert "Записано:" in page and "Анна" in page
    undo = form_of(client, here)
    send(client, undo, state="closed")
    assert standing(workspace) == {SUBJECT: "closed"}
    undo = form_of(client, here)
    assert undo["state"] == "planned" and undo["owner"] == "Анна"
    send(client, undo)
    assert standing(workspace) == {SUBJECT: "planned"}


@pytest.mark.parametrize(("lang", "words"), [("bg", "още го има"), ("en", "still there")])
def test_the_desk_says_what_became_of_a_gap(client, lang, words):
    send(client, form_of(client, "/bg/gaps?rule=G06"), state="open", due_on="2020-01-31")
    page = Page.of(client.get(f"/{lang}/desk").get_data(as_text=True))
    assert words in page.text()
    assert {"bg": "просрочен", "en": "overdue"}[lang] in page.text()
    twin = client.get("/api/desk").get_json()
    assert [one["outcome"] for one in twin["gaps"]] == ["there"]
    assert twin["decisions"][0]["due_on"] == "2020-01-31"


def test_without_a_token_or_with_another_nothing_is_stored(client, workspace):
    fields = form_of(client, "/bg/gaps?rule=G06")
    for token in ("", "made up", fields["csrf_token"][:-3] + "xyz"):
        answer = send(client, {**fields, "csrf_token": token}, state="open")
        assert answer.status_code == 400
        assert "не е валиден" in answer.get_data(as_text=True)
    stranger = client.application.test_client()
    assert send(stranger, fields, state="open").status_code == 400
    assert standing(workspace) == {}


def test_every_reader_has_a_token_of_his_own(client, workspace):
    other = client.application.test_client()
    for where in ("/bg/gaps?rule=G06", "/en/gaps?rule=G06"):
        own, others = form_of(client, where), form_of(other, where)
        assert own["csrf_token"] != others["csrf_token"]
        assert send(other, own, state="open").status_code == 400
        assert standing(workspace) == {}
    assert send(other, others, state="open").status_code == 303


def test_another_sites_form_is_refused(client, workspace):
    fields = form_of(client, "/bg/gaps?rule=G06")
    for headers in ({}, {"Origin": "http://evil.example"}, {**OWN, "Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/bg/decide", data={**fields, "state": "open"}, headers=headers)
        assert answer.status_code == 403
    assert standing(workspace) == {}


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/bg/\\..",
        "",
        "/en/gaps",
    ],
)
def test_the_way_back_never_leaves_the_application(client, back):
    answer = send(client, form_of(client, "/bg/gaps?rule=G06"), state="open", back=back)
    assert answer.status_code == 303 and answer.location.startswith("/bg/desk")


def test_an_old_form_does_not_decide_over_somebody_else(client, workspace):
    fields = form_of(client, "/bg/gaps?rule=G06")
    workspace.decide("gap", SUBJECT, {"state": "closed"})
    answer = send(client, fields, state="open")
    assert answer.status_code == 409
    assert standing(workspace) == {SUBJECT: "closed"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"state": "solved"}, 404),
        ({"matter": "wish", "state": "open"}, 404),
        ({"state": "open", "due_on": "soon"}, 400),
        ({"state": "open", "note": "x" * 2001}, 400),
        ({"state": "open", "note": "call +359 888 123 456"}, 422),
        ({"state": "open", "note": "x" * 100_000}, 413),
    ],
)
def test_what_cannot_be_decided_is_explained(client, workspace, changes, status):
    answer = send(client, form_of(client, "/bg/gaps?rule=G06"), **changes)
    assert answer.status_code == status
    assert standing(workspace) == {}


def test_pages_with_a_form_are_kept_by_nobody_else(client):
    answer = client.get("/bg/gaps")
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert "Set-Cookie" not in client.get("/bg/sources").headers


def test_harmful_words_of_a_decision_stay_words(client, workspace):
    harm = "<img src=x onerror=alert(1)></script>"
    send(client, form_of(client, "/bg/gaps?rule=G06"), state="open", note=harm, owner=harm)
    for address in ("/bg/gaps?rule=G06", "/bg/desk"):
        page = Page.of(client.get(address).get_data(as_text=True))
        assert harm in page.text()
        assert not any(tag == "img" for tag, _ in page.elements)
    assert isinstance(workspace.ground().desk, Desk)
