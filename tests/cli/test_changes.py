"""The commands that tell what was changed and take it back."""

from __future__ import annotations

import json

import pytest

from ecosystem import upkeep
from ecosystem.cli import main
from ecosystem.dataset import Dataset
from ecosystem.errors import DataError, ParameterError
from ecosystem.io import exports, seeds
from ecosystem.model import LOG_KINDS, Organisation, Pack
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny


def packed(folder, name, *records):
    seeds.write(
        Pack(id=f"pack:{name}", pack=name, name_en=name), Dataset.of(records), folder / name
    )
    return folder / name


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):  # what is printed here is read there
    """A data folder into which the tiny town was loaded."""
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "data"))
    town = str(packed(tmp_path, "tiny", *tiny().records.values()))
    assert main(["load", town, "--by", "Ann", "--note", "List of May"]) == 0
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


@pytest.fixture
def workspace(folder):
    with Workspace.open(Settings.read({"data": str(folder)})) as opened:
        yield opened


def told(capsys, *words):
    """What a command answers as JSON."""
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_load_says_how_to_take_it_back_and_that_does_it(folder, capsys):
    assert "ecosystem undo change:no-000001" in capsys.readouterr().out
    (entry,) = told(capsys, "changes")
    assert (entry["by"], entry["why"], entry["packs"]) == ("Ann", "List of May", ["tiny"])
    assert entry["kinds"]["City"] == {"added": 2, "changed": 0, "removed": 0}
    assert entry["can_undo"] and entry["why_not"] is None
    tried = told(capsys, "undo", "--dry-run")
    assert tried["dry_run"] and tried["removed"] == entry["added"] and tried["change"] == ""
    assert len(told(capsys, "changes")) == 1
    undone = told(capsys, "undo", "--by", "Bea")
    assert undone["change"] == "change:no-000002" and undone["taken"]["id"] == entry["id"]
    last, first = told(capsys, "changes")
    assert last["undoes"] == first["id"] and first["undone_by"] == last["id"]
    assert told(capsys, "entities") == []
    told(capsys, "undo")
    assert len(told(capsys, "entities", "--scope", "all")) > 5


def test_the_last_thing_that_was_done_is_taken_back_be_it_a_decision(folder, capsys):
    told(capsys, "decide", "priority", "project:bus", "high", "--note", "First")
    told(capsys, "decide", "priority", "project:bus", "low")
    assert told(capsys, "undo")["taken"]["id"] == "decision:no-000002"
    what = [(one["id"], one["can_undo"]) for one in told(capsys, "changes")]
    assert what == [
        ("decision:no-000003", True),
        ("decision:no-000002", False),
        ("decision:no-000001", False),
        ("change:no-000001", True),
    ]
    (standing,) = told(capsys, "desk")["decisions"]
    assert (standing["state"], standing["note"]) == ("high", "First")
    assert [one["what"] for one in told(capsys, "changes", "--no-decisions")] == ["load"]
    assert main(["undo", "decision:no-000001"]) == 3
    assert "something else was decided later" in capsys.readouterr().err


def test_what_others_rest_on_is_refused_in_both_languages(folder, tmp_path, capsys):
    firm = Organisation(
        id="org:new", pack="more", name_en="N", standing="documented", sources=("source:page#1",)
    )
    assert main(["load", str(packed(tmp_path, "more", firm))]) == 0
    capsys.readouterr()
    assert main(["undo", "change:no-000001"]) == 3
    assert "later ones rest on it: change:no-000002. Take those back" in capsys.readouterr().err
    assert main(["undo", "change:no-000001", "--lang", "bg"]) == 3
    assert "на нея се опират: change:no-000002" in capsys.readouterr().err
    assert main(["undo", "change:no-000009"]) == 6


def test_decisions_about_what_goes_are_named_and_stay(folder, capsys):
    told(capsys, "decide", "match", "city:alpha>city:beta", "accepted")
    for words in (["undo", "change:no-000001", "--dry-run"], ["undo", "change:no-000001"]):
        capsys.readouterr()
        assert main(words) == 0
        assert "they stay: decision:no-000001" in capsys.readouterr().out
    assert len(told(capsys, "desk")["decisions"]) == 1
    told(capsys, "undo")
    ties = told(capsys, "ties", "--scope", "all")
    assert "decision:no-000001" in [one["rule"] for one in ties]


def test_a_decision_that_was_withdrawn_meanwhile_brings_no_tie_back(workspace, capsys):
    workspace.decide("match", "city:alpha>city:beta", {"state": "accepted"})
    told(capsys, "undo", "change:no-000001")
    workspace.decide("match", "city:alpha>city:beta", {})
    told(capsys, "undo", "change:no-000002")
    assert workspace.contents.present().stated.without("Pack") == tiny()


def test_the_log_is_in_no_export_and_no_count_and_in_every_backup(workspace, tmp_path):
    assert not {one.kind for one in workspace.export().records.values()} & {*LOG_KINDS}
    assert not {*workspace.ground().contents.packs} & {"local"}
    made = upkeep.backup(workspace.store, tmp_path / "all.backup")
    elsewhere = Settings.read({"data": str(tmp_path / "other")})
    try:
        with Workspace.open(elsewhere) as other:
            upkeep.restore(other.contents, other.store, made, tmp_path, replace=False)
            assert other.contents.present().changes == workspace.contents.present().changes
            assert main(["undo", "--data", str(tmp_path / "other")]) == 0
            assert not other.contents.present().everything
    finally:
        embedded.stop(tmp_path / "other")


def test_a_restore_in_the_place_of_something_is_told_and_not_taken_back(
    workspace, tmp_path, capsys
):
    made = upkeep.backup(workspace.store, tmp_path / "all.backup")
    firm = Organisation(id="org:new", pack="more", name_en="New", standing="illustrative")
    workspace.load([packed(tmp_path, "more", firm)])
    assert main(["restore", str(made), "--replace", "--by", "Ann"]) == 0
    last, first = told(capsys, "changes")
    assert (last["what"], last["by"], last["removed"]) == ("restore", "Ann", 2)
    assert last["id"] == "change:no-000003" and first["can_undo"]
    assert "backup" in last["why_not"]["en"] and not last["can_undo"]


def test_what_is_no_part_of_a_pack_is_refused(workspace, tmp_path):
    entry = workspace.contents.present().changes[0]
    target = tmp_path / "bad.jsonl"
    exports.write(Dataset.of([entry]), target)
    with pytest.raises(DataError) as caught:
        workspace.load([target])
    assert any("no part of a pack" in one.message for one in caught.value.problems)


@pytest.mark.parametrize(
    ("by", "note", "error"),
    [
        ("ann@example.org", "", DataError),
        ("", "call +359 888 123 456", DataError),
        ("\u202eA", "", ParameterError),
    ],
)
def test_what_may_not_be_stored_is_not_in_the_log_either(workspace, tmp_path, by, note, error):
    firm = Organisation(id="org:new", pack="more", name_en="New", standing="illustrative")
    with pytest.raises(error):
        workspace.load([packed(tmp_path, "more", firm)], by=by, note=note)
    assert "org:new" not in workspace.contents.present().stated.nodes


def test_a_load_that_changes_nothing_writes_no_entry(workspace, tmp_path):
    report = workspace.load([tmp_path / "tiny"])
    assert report.change == "" and len(workspace.contents.present().changes) == 1


def test_an_export_with_decisions_that_is_taken_back_leaves_the_decisions(workspace, tmp_path):
    workspace.decide("match", "city:alpha>city:beta", {"state": "accepted"})
    exports.write(workspace.export(), tmp_path / "all.jsonl")
    elsewhere = Settings.read({"data": str(tmp_path / "other")})
    try:
        with Workspace.open(elsewhere) as other:
            other.load([tmp_path / "all.jsonl"])
            assert main(["undo", "change:no-000001", "--data", str(tmp_path / "other")]) == 0
            assert [one.kind for one in other.contents.present().everything.records.values()] == [
                "Decision"
            ]
            assert main(["undo", "--data", str(tmp_path / "other")]) == 0
            present = other.contents.present()
            assert present.everything == workspace.contents.present().everything
    finally:
        embedded.stop(tmp_path / "other")
