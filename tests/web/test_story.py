"""Saved views: only pages of the map, without language, in an order of the user's."""

import pytest

from tests.web.conftest import OWN
from tests.web.test_decisions import client  # noqa: F401  # the fixture that forgets


def save(client, view, heading="A name", **more):  # noqa: F811
    form = client.get("/en/story/save", query_string={"view": "/en/map"}).get_data(as_text=True)
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    own = {"matter": "view", "state": "kept", "subject": view, "heading": heading}
    return client.post("/en/decide", data={"csrf_token": token, **own, **more}, headers=OWN)


def stored(workspace):
    return [one.subject for one in workspace.ground().desk.standing("view").values()]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/bg/map?select=org:firm&story=2", "/map?select=org%3Afirm"),
        ("/en/", "/"),
        ("/gaps?rule=G06", "/gaps?rule=G06"),
        ("/en/entity/org:firm?part=panel", "/entity/org:firm"),
    ],
)
def test_a_view_is_kept_by_its_address_without_language(client, workspace, asked, kept):  # noqa: F811
    assert save(client, asked).status_code == 303
    assert stored(workspace) == [kept]
    page = client.get("/bg/story").get_data(as_text=True)
    assert f'href="/bg{kept}' in page


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "/nowhere",
        "javascript:alert(1)",
        "/api/gaps",
        "/bg/story",
        "",
        "/static/js/app.js",
    ],
)
def test_what_is_no_page_is_not_kept(client, workspace, asked):  # noqa: F811
    assert save(client, asked).status_code == 400
    assert stored(workspace) == []


def test_a_view_needs_a_name(client, workspace):  # noqa: F811
    assert save(client, "/map", heading=" ").status_code == 400
    assert stored(workspace) == []


@pytest.mark.parametrize("step", ["0", "9", "x", "-1", "²", "1" * 400])
def test_a_step_that_is_not_there_is_the_page_itself(client, step):  # noqa: F811
    save(client, "/gaps")
    answer = client.get("/en/gaps", query_string={"story": step})
    assert answer.status_code == 200 and "step-bar" not in answer.get_data(as_text=True)


def test_saving_again_changes_the_words_and_keeps_the_place(client, workspace):  # noqa: F811
    save(client, "/gaps", "First")
    save(client, "/map", "Second")
    last = workspace.ground().desk.last("view", "/gaps")
    save(client, "/gaps", "Renamed", note="Why", seen=last.id)
    page = client.get("/en/story").get_data(as_text=True)
    assert page.index("Renamed") < page.index("Second") and "Why" in page
