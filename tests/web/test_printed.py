"""A page is written once for all its readers, and never shows one what is another's or gone."""

from unittest.mock import patch

import flask
import pytest
from flask import g

from ecosystem.dataset import ChangeSet
from ecosystem.model import City
from tests.web.conftest import OWN
from tests.web.test_decisions import form_of
from webapp import doors

PAGE = "/bg/gaps?rule=G06"


@pytest.fixture
def written(app, monkeypatch):
    """The addresses that were written, in their order."""
    found, template = [], flask.render_template

    def counted(*names, **given):
        found.append(flask.request.full_path.rstrip("?"))
        return template(*names, **given)

    monkeypatch.setattr(doors, "render_template", counted)
    return found


def test_a_page_is_written_once_for_a_revision_and_a_language(app, workspace, written):
    workspace.kept._answers.clear()
    first, second = app.test_client(), app.test_client()
    pages = [one.get("/en/search?q=newtown").text for one in (first, second, first)]
    assert written == ["/en/search?q=newtown"] and len(set(pages)) == 1
    assert second.get("/bg/search?q=newtown").text != pages[0]
    city = City(id="city:new", pack="p", name_bg="Нов", name_en="Newtown", standing="illustrative")
    workspace.store.apply(ChangeSet(added=(city,)))
    assert "city:new" in first.get("/en/search?q=newtown").text
    workspace.store.apply(ChangeSet(removed=(city,)))
    assert "city:new" not in first.get("/en/search?q=newtown").text
    assert [one[:3] for one in written] == ["/en", "/bg", "/en", "/en"]


def test_what_was_decided_is_seen_at_once_and_told_to_who_decided_alone(app, workspace, written):
    decider, other = app.test_client(), app.test_client()
    fields = form_of(decider, PAGE)
    other.get(PAGE)
    answer = decider.post("/bg/decide", data={**fields, "state": "open"}, headers=OWN)
    assert answer.status_code == 303
    try:
        assert "Записано:" in decider.get(PAGE).text
        seen = other.get(PAGE).text
        assert "Записано:" not in seen and form_of(other, PAGE)["seen"] != fields.get("seen")
    finally:
        contents = workspace.contents.present().everything
        own = tuple(one for one in contents.records.values() if one.pack == "local")
        workspace.store.apply(ChangeSet(removed=own))


def test_a_page_that_shows_less_than_all_of_it_is_written_again(client, written):
    def unsettled(*_given, **_named):
        g.unsettled = True
        return "part"

    with patch.object(doors, "render_template", unsettled):
        assert client.get("/en/sources?as_of=2019-01-01").text == "part"
    assert client.get("/en/sources?as_of=2019-01-01").text != "part"


def test_a_failure_is_not_kept(client):
    for _ in range(2):
        assert client.get("/en/entity/org:nobody").status_code == 404
        assert client.get("/en/gaps?rule=G99").status_code == 404
