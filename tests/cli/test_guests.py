"""A guest list by command: compared, written in one change, the same again nothing, taken back."""

from __future__ import annotations

import io
import json
import sys

import pytest

from ecosystem.cli import main
from ecosystem.model import Event, MemberOf, ParticipatesIn, Person
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace

LINES = (
    "Иван Петров, Община Бряг, ivan@example.org\n"
    "Ms Jane Doe – ACME Ltd (director)\n"
    "проф. Кирил Стоянов, декан\n"
)
AT = ("--event", "Среща за водата", "--day", "2026-05-03")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "data"
    yield folder
    embedded.stop(folder)


@pytest.fixture
def told(store, tmp_path, monkeypatch, capsys):
    """What the command answers as JSON."""
    monkeypatch.setenv("ECOSYSTEM_DATA", str(store))
    path = tmp_path / "list.txt"
    path.write_text(LINES, encoding="utf-8")

    def ask(*words, code=0):
        assert (
            main([*(str(path) if one == "LIST" else one for one in words), "--format", "json"])
            == code
        )
        return json.loads(capsys.readouterr().out or "null")

    return ask


def facts(store):
    with Workspace.open(Settings.read({"data": str(store)})) as workspace:
        return workspace.contents.present().stated


def test_a_list_is_compared_written_once_and_taken_back(told, store, monkeypatch):
    seen = told("guests", "LIST")
    assert "changes" not in seen and [one["line"] for one in seen["lines"]] == [1, 2, 3]
    assert seen["lines"][0]["person"]["standing"] == "new" and "ivan@" not in str(seen)
    assert not facts(store).of_kind("Person")

    done = told("guests", "LIST", *AT, "--accept", "all")
    assert done["change"] and done["contact_data_dropped"] == 1
    there = facts(store)
    (event,) = (one for one in there.of_kind("Event") if isinstance(one, Event))
    assert (event.name_bg, event.since) == ("Среща за водата", "2026-05-03")
    part = [one for one in there.of_kind("PARTICIPATES_IN") if isinstance(one, ParticipatesIn)]
    assert len(part) == 5 and all(one.sources and one.target == event.id for one in part)
    assert {one.since for one in part} == {"2026-05-03"}
    posts = {one.role for one in there.of_kind("MEMBER_OF") if isinstance(one, MemberOf)}
    assert posts == {"", "director"}
    (alone,) = (one for one in part if one.own)
    assert alone.source == "person:kiril-stoyanov" and dict(alone.own) == {"position": "декан"}
    assert "ivan@" not in str(there.records)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    again = told("guests", "-", *AT[:2], "--accept", "all")
    assert again["changes"] == {**again["changes"], "added": 0, "changed": 0, "removed": 0}

    told("undo")
    assert not facts(store).of_kind("PARTICIPATES_IN") and not facts(store).of_kind("Person")


def test_lines_are_chosen_and_who_is_who_is_said_in_a_file(told, store, tmp_path):
    told("guests", "LIST", *AT, "--accept", "1,3")
    names = {
        one.name_bg or one.name_en
        for one in facts(store).of_kind("Person")
        if isinstance(one, Person)
    }
    assert names == {"Иван Петров", "Кирил Стоянов"}
    review = tmp_path / "review.toml"
    told("guests", "LIST", *AT, "--write-review", str(review))
    text = review.read_text(encoding="utf-8").replace('state = "later"', 'state = "accepted"')
    review.write_text(
        text.replace('meant = "new"', 'meant = "person:ivan-petrov"', 1), encoding="utf-8"
    )
    assert told("guests", "LIST", *AT, "--review", str(review))["change"]


def test_nobody_is_written_without_an_event_nor_from_lines_that_there_are_not(told):
    told("guests", "LIST", "--accept", "all", code=2)
    told("guests", "LIST", *AT, "--accept", "7", code=2)
