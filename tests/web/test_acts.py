"""Acts: every one has its doors, and what is wrong with a form is told beside its fields."""

import pytest

from ecosystem.acts import ACTS
from ecosystem.cli import group
from tests.web.conftest import OWN, Page
from tests.web.test_decisions import SUBJECT, client, form_of, send  # noqa: F401

DOORS = ("form", "command")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_an_act_has_every_door_or_says_why_not(app, act):
    there = {
        "form": any(rule.endpoint == act.name for rule in app.url_map.iter_rules()),
        "command": act.command in group().commands,
    }
    assert set(act.lacks) <= set(DOORS) and all(act.lacks.values())
    assert {door for door in DOORS if not there[door]} == set(act.lacks)
    assert act.title.bg and act.title.en and act.about()


@pytest.mark.parametrize("act", [one for one in ACTS if "form" not in one.lacks])
def test_a_form_is_only_ever_sent(client, act):  # noqa: F811
    assert client.get(f"/bg/{act.path}").status_code in (404, 405)
    answer = client.post(f"/bg/{act.path}", data={}, headers=OWN)
    assert answer.status_code == 400  # no token


def test_everything_wrong_with_a_form_is_told_at_once_and_what_was_typed_stays(client):  # noqa: F811
    fields = form_of(client, "/en/gaps?rule=G06")
    sent = {**fields, "state": "open", "due_on": "soon", "rank": "0", "owner": "Ann", "wish": "x"}
    answer = client.post("/en/decide", data=sent, headers=OWN)
    assert answer.status_code == 400
    page = Page.of(answer.text)
    assert "Nothing was stored yet" in page.text()
    for words in ("'soon' is not a day", "'0' is not a whole number", "wish", "Send it again"):
        assert words in page.text()
    inputs = {found.get("name"): found for tag, found in page.elements if tag == "input"}
    assert inputs["due_on"]["aria-invalid"] == inputs["rank"]["aria-invalid"] == "true"
    assert inputs["owner"]["value"] == "Ann" and inputs["seen"]["value"] == fields["seen"]
    (form,) = [one for tag, one in page.elements if tag == "form" and one.get("method") == "post"]
    assert form["action"] == "/en/decide"
    again = {name: found.get("value", "") for name, found in inputs.items() if name}
    mended = {**again, "due_on": "2030-01-31", "rank": "1", "matter": "gap", "subject": SUBJECT}
    mended.pop("q", None)
    assert send(client, mended).status_code == 303


@pytest.mark.parametrize(
    ("matter", "subject", "state"),
    [
        ("priority", "project:none", "high"),
        ("correction", "org:none", "suggested"),
        ("gap", "city:alpha G06|org:none", "open"),
        ("match", "city:alpha>city:none", "accepted"),
    ],
)
def test_nothing_is_decided_about_what_is_not_there(client, workspace, matter, subject, state):  # noqa: F811
    fields = form_of(client, "/en/gaps?rule=G06")
    answer = send(client, fields, matter=matter, subject=subject, state=state, seen="")
    assert answer.status_code == 404
    assert not workspace.ground().desk.decisions


@pytest.mark.parametrize(
    ("matter", "subject", "state", "value", "shown"),
    [
        ("capacity", "city:beta", "set", "3", "Capacity"),
        ("same", "org:firm=org:loner", "same", "org:firm", "The same"),
        ("note", "org:firm", "kept", "", "Note"),
    ],
)
def test_every_matter_stands_on_the_desk_with_what_it_sets(
    client,  # noqa: F811
    workspace,
    matter,
    subject,
    state,
    value,
    shown,
):
    fields = form_of(client, "/en/gaps?rule=G06")
    sent = {"matter": matter, "subject": subject, "state": state, "value": value, "seen": ""}
    assert send(client, fields, **sent).status_code == 303
    page = Page.of(client.get("/en/desk").text)
    assert shown in page.text() and (value or "kept") in page.text()
    said = workspace.ground().desk.standing(matter)
    assert [one.value for one in said.values()] == [value]
    if matter == "same":
        merged = client.get("/en/entity/org:loner")
        assert merged.status_code == 200 and "Firm" in Page.of(merged.text).text()
