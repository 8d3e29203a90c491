"""How many cities a mentor takes at once: decided and kept, or tried in one address alone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from ecosystem.questions.comparing import City
from tests.web.conftest import OWN, Page

MENTOR = "city:beta"


@pytest.fixture
def client(deciding: FlaskClient) -> FlaskClient:
    """A browser, after which nothing is decided any more."""
    return deciding


def hidden_of(client: FlaskClient) -> dict[str, str]:
    """The hidden fields of the form of the board that decides the capacity of ``MENTOR``."""
    page = Page.of(client.get("/en/match/board").get_data(as_text=True))
    fields: dict[str, str] = {}
    for tag, found in page.elements:
        if tag == "form":
            fields = {}
        if tag == "input" and found.get("type") == "hidden":
            fields[str(found["name"])] = found.get("value") or ""
        if tag == "input" and found.get("name") == "value" and fields.get("subject") == MENTOR:
            return fields
    raise AssertionError("no form decides the capacity")


def basis(client: FlaskClient, query: str = "") -> tuple[str, int]:
    loads = client.get(f"/api/allocation{query}").json["plan"]["loads"]
    (load,) = [one for one in loads if one["mentor"] == MENTOR]
    return load["basis"], load["capacity"]


def test_a_capacity_is_decided_on_the_board_and_read_everywhere(client, workspace):
    assert basis(client)[0] == "assumed"
    sent = {**hidden_of(client), "value": "1", "owner": "Ann Lee", "note": "One at a time."}
    assert client.post("/en/decide", data=sent, headers=OWN).status_code == 303
    assert basis(client) == ("decided", 1)
    board = client.get("/en/match/board").text
    assert "One at a time." in board and "cap." not in board.split("<table")[0]
    assert "was decided and is kept" in board
    for lang in ("bg", "en"):
        for page in ("match?city=city:alpha", "desk", "changes"):
            assert client.get(f"/{lang}/{page}").status_code == 200
    assert "One at a time." in client.get("/en/desk").text + client.get("/en/changes").text
    assert "One at a time." in client.get(f"/en/city/{MENTOR}").text
    city = City.read({"identity": [MENTOR]}, workspace.ground())
    told = city.tables(workspace.ground().ask(city), workspace.ground()).notes
    assert any(str(one.show("en")[0]) == "Capacity by decision: 1 at once." for one in told)
    suggested = client.get("/api/match/city:alpha").json["suggestions"]
    assert [one["capacity"] for one in suggested if one["mentor"] == MENTOR] == [1]
    # What is tried goes before it in that address alone; withdrawing brings back what was.
    assert basis(client, f"?cap.{MENTOR}=2") == ("tried", 2)
    assert basis(client) == ("decided", 1)
    workspace.decide("capacity", MENTOR, {})
    assert basis(client)[0] == "assumed"


def test_the_form_of_a_trial_adds_one_word_to_the_address_and_takes_it_away(client):
    answer = client.get("/en/match/board", query_string={"try": MENTOR, "places": "0"})
    assert answer.status_code == 303
    assert answer.location.count("cap.") == 1
    tried = client.get(answer.location.split("#")[0])
    assert "for this trial only" in tried.text
    over = client.get(
        "/en/match/board", query_string={f"cap.{MENTOR}": "0", "try": MENTOR, "places": ""}
    )
    assert "cap." not in over.location
