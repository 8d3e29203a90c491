"""A person is forgotten: nothing of them is left but a mark that names nobody."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ecosystem import changelog, upkeep
from ecosystem.acts.act import Act
from ecosystem.acts.forgetting import Forget
from ecosystem.acts.undoing import Undo
from ecosystem.cli import main
from ecosystem.dataset import Dataset
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.io import backups, exports, seeds
from ecosystem.model import (
    Change,
    Evidence,
    MemberOf,
    Organisation,
    Pack,
    Person,
    Record,
    Source,
)
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny

WHO = "person:zdravka-quixano"
NAME, FORMER, SLUG = "Zdravka Quixano", "Zdravka Quixotova", "zdravka-quixano"
TRACES = [word.encode() for word in (NAME, FORMER, SLUG, "Quixano", "Quixotova")]


def person(name: str) -> Person:
    return Person(id=WHO, pack="p", name_en=name, standing="documented", sources=("source:q#1",))


def records(name: str = NAME) -> list[Record]:
    """The town, a person in it, and everything that says something of her."""
    said = {"pack": "p", "standing": "documented", "sources": ("source:q#1",)}
    tie = MemberOf(source=WHO, target="org:firm", role="director", **said)
    about = Organisation(
        id="org:hers", name_en="Hers", description_en=f"Founded by {name}.", **said
    )
    said_of = Evidence(
        id="evidence:q",
        pack="p",
        subject=tie.id,
        property="role",
        value="director",
        stance="supports",
        source="source:q",
        locator="1",
    )
    hers = Source(
        id="source:q", pack="p", name_en="A list", publisher="Q", url="https://q.example.org/1"
    )
    talk = Source(
        id="source:talk",
        pack="p",
        name_en=f"A talk with {name}",
        publisher="Q",
        url="https://q.example.org/2",
    )
    more = replace(said_of, id="evidence:q2", source="source:talk")
    return [person(name), tie, about, said_of, more, hers, talk]


def packed(folder: Path, name: str, found: list[Record]) -> Path:
    declared = Pack(id=f"pack:{name}", pack=name, name_en=name, requires=())
    target = folder / name
    if target.exists():
        shutil.rmtree(target)
    seeds.write(declared, Dataset.of(found), target)
    return target


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


@pytest.fixture
def workspace(folder, tmp_path) -> Iterator[Workspace]:
    """A store in which she was loaded, renamed, taken back, put back and decided about."""
    with Workspace.open(Settings.read({"data": str(folder)})) as opened:
        opened.load([packed(tmp_path, "tiny", list(tiny().records.values()))])
        opened.load([packed(tmp_path, "p", records(FORMER))], note=f"List of {FORMER}")
        opened.load([packed(tmp_path, "p", records())], by=NAME)
        done(opened, Undo)
        done(opened, Undo)
        opened.decide("note", WHO, {"state": "kept", "note": "Call her."})
        opened.decide("correction", WHO, {"state": "suggested", "note": "Spelt otherwise."})
        opened.decide("priority", "project:bus", {"state": "high", "owner": NAME})
        opened.decide("view", f"/entity/{WHO}", {"state": "kept", "heading": "Her"})
        opened.store.read("MATCH (n:Person) RETURN n.id")
        yield opened


def done(workspace: Workspace, act: type[Act[Any]], **words: str) -> Any:
    """What an act has done that was told in words, as at every door."""
    asked = act.read({name: [word] for name, word in words.items()}, workspace.ground())
    return asked.perform(workspace)


def unpacked(file: Path) -> bytes:
    """What a backup says, the pieces of its log opened."""
    text = gzip.decompress(file.read_bytes())
    dataset = backups.read(file).dataset
    held = changelog.Held(dataset)
    entries = [one for one in dataset.of_kind("Change") if isinstance(one, Change)]
    opened = [repr(changelog.touched(held, entries))]
    opened += [repr(changelog.former(held, one)) for one in entries if one.parts]
    return text + "".join(opened).encode()


def traces(said: bytes) -> list[bytes]:
    return [word for word in TRACES if word in said]


def test_nothing_of_a_person_is_left_anywhere(workspace, folder, tmp_path):
    before = upkeep.before(workspace.store, folder, "test")
    assert traces(unpacked(before)) == TRACES
    forgot = done(workspace, Forget, person=NAME, yes="1", note=f"Asked by {NAME}")
    assert forgot.removed["Person"] == 1 and forgot.removed["MEMBER_OF"] == 1
    assert forgot.removed["Evidence"] == 2 and forgot.removed["Decision"] == 3
    assert [one.file for one in forgot.copies] == [before] and forgot.copies[0].readable

    export = io.StringIO()
    exports.write_jsonl(workspace.export(), export)
    assert traces(export.getvalue().encode()) == []
    assert "Founded by …." in export.getvalue() and "source:talk" not in export.getvalue()
    after = upkeep.backup(workspace.store, tmp_path / "after.backup")
    assert traces(unpacked(after)) == []
    assert upkeep.copies_holding(folder, (WHO,)) == forgot.copies
    before.unlink()
    assert upkeep.copies_holding(folder, (WHO,)) == ()

    workspace.store.read("MATCH (n:Person) RETURN n.id")
    workspace.close()
    embedded.stop(folder)
    found = {
        str(file.relative_to(folder)): words
        for file in folder.rglob("*")
        if file.is_file() and (words := traces(file.read_bytes()))
    }
    assert found == {}


def test_the_rest_stays_and_earlier_changes_can_still_be_taken_back(workspace):
    done(workspace, Forget, person=WHO, yes="1")
    priority = workspace.ground().desk.standing("priority")["project:bus"]
    assert priority.state == "high" and priority.owner == "…"
    (last,) = [one for one in workspace.contents.present().changes if one.what == "forget"]
    assert last.parts == 0 and "Person 0 0 1" in last.kinds
    done(workspace, Undo, change="change:no-000005")
    done(workspace, Undo, change="change:no-000002")
    assert workspace.contents.present().stated.without("Pack") == tiny()
    done(workspace, Undo)
    assert WHO not in workspace.contents.present().stated.nodes
    assert "org:hers" in workspace.contents.present().stated.nodes


def test_the_next_load_leaves_her_out_and_says_so_by_the_row(workspace, tmp_path):
    pack = packed(tmp_path, "p", records())
    done(workspace, Forget, person=WHO, yes="1")
    report = workspace.load([pack], prune=True)
    assert report.changes.to_dict() == {"added": 0, "changed": 0, "removed": 0}
    told = [str(one) for one in report.warnings if "forgotten" in one.message]
    assert any("people.csv:2" in line for line in told)
    assert traces("".join(told).encode()) == []
    assert (
        traces(b"".join(repr(one).encode() for one in workspace.contents.present().forgotten)) == []
    )


@pytest.mark.parametrize("again", [False, True])
def test_an_earlier_backup_does_not_bring_her_back(workspace, folder, tmp_path, again):
    backup = upkeep.backup(workspace.store, tmp_path / "early.backup")
    done(workspace, Forget, person=WHO, yes="1")
    firm = Organisation(id="org:new", pack="more", name_en="New", standing="illustrative")
    workspace.load([packed(tmp_path, "more", [firm])])
    for _ in range(1 + again):
        restored = upkeep.restore(workspace.contents, workspace.store, backup, folder, replace=True)
        assert WHO not in restored.nodes and "org:new" not in restored.nodes
    assert len(workspace.contents.present().forgotten) == 1
    assert traces(unpacked(upkeep.backup(workspace.store, tmp_path / "late.backup"))) == []
    last = workspace.contents.present().changes[-1]
    assert (last.what == "restore") != again


def _stopped(_store):
    raise SystemExit(9)


def test_who_asks_again_is_told_where_she_still_stands(workspace, folder, monkeypatch):
    saved = upkeep.before(workspace.store, folder, "test")
    with monkeypatch.context() as stopped:
        stopped.setattr(type(workspace.store), "leave_no_traces", _stopped)
        with pytest.raises(SystemExit):
            done(workspace, Forget, person=WHO, yes="1")
    revision = workspace.store.revision()
    forgot = done(workspace, Forget, person=WHO, yes="1")
    assert forgot.removed == {} and [one.file for one in forgot.copies] == [saved]
    assert workspace.store.revision() == revision
    workspace.close()
    embedded.stop(folder)
    files = [one.read_bytes() for one in (folder / "databases").rglob("*") if one.is_file()]
    assert files and traces(b"".join(files)) == []


def test_it_is_asked_for_twice_and_nobody_else_is_touched(workspace, tmp_path):
    before = workspace.store.contents(log=True)
    for said in ({}, {"name": "Zdravka"}):
        with pytest.raises(ParameterError, match="nothing brings them back"):
            done(workspace, Forget, person=WHO, **said)
    with pytest.raises(NotFoundError):
        done(workspace, Forget, person="person:nobody", yes="1")
    assert workspace.store.contents(log=True) == before
    done(workspace, Forget, person=WHO, name=NAME.upper())
    assert "person:ann" in workspace.contents.present().stated.nodes


def test_a_dry_run_shows_each_text_before_and_after_and_changes_nothing(workspace):
    before = workspace.store.contents(log=True)
    shown = done(workspace, Forget, person=WHO, dry_run="1")
    assert workspace.store.contents(log=True) == before and shown.dry_run
    texts = {(one.record, one.column): (one.before, one.after) for one in shown.texts}
    assert texts["org:hers", "description_en"] == (f"Founded by {NAME}.", "Founded by ….")
    assert (f"List of {FORMER}", "List of …") in texts.values()  # the note of an earlier change
    assert shown.removed["Person"] == 1
    after = done(workspace, Forget, person=WHO, yes="1")
    assert (after.removed, after.cleaned, after.texts) == (shown.removed, shown.cleaned, ())
    assert traces(repr(after.to_dict()).encode()) == []


def test_what_is_left_standing_is_said_with_the_reason(workspace, tmp_path):
    said = {"pack": "more", "standing": "illustrative"}
    more: list[Record] = [
        Organisation(id="org:quixano-lab", name_en="Quixano Lab", **said),
        Organisation(id="org:a", name_en="A", description_en="Quixano's first house.", **said),
        Organisation(id="org:b", name_en="B", description_en="See org:quixano-lab.", **said),
        Person(id="person:ben", name_en="Ben Quixano", **said),
        Person(id="person:pele", name_en="Pelé", **said),
        Organisation(id="org:c", name_en="C", description_en="Opened by pelé in May.", **said),
    ]
    workspace.load([packed(tmp_path, "more", more)])
    left = done(workspace, Forget, person=WHO, yes="1").standing
    assert {(one.record, one.column, one.own) for one in left} == {
        ("org:quixano-lab", "name_en", True),
        ("org:a", "description_en", False),
    }
    shown = done(workspace, Forget, person="person:pele", dry_run="1")
    assert shown.texts == ()
    assert [(one.record, one.text) for one in shown.standing] == [
        ("org:c", "Opened by pelé in May.")
    ]


def test_who_stands_in_the_log_alone_is_forgotten_too(workspace, tmp_path):
    done(workspace, Undo, change="change:no-000005")
    done(workspace, Undo, change="change:no-000002")
    assert WHO not in workspace.contents.present().stated.nodes
    forgot = done(workspace, Forget, person=WHO, yes="1")
    assert forgot.rewritten
    assert traces(unpacked(upkeep.backup(workspace.store, tmp_path / "a.backup"))) == []


def test_the_command_says_what_was_removed_and_where_she_still_stands(
    workspace, folder, monkeypatch, capsys
):
    saved = upkeep.before(workspace.store, folder, "test")
    (folder / upkeep.FOLDER / "broken.backup").write_bytes(b"x")
    monkeypatch.setenv("ECOSYSTEM_DATA", str(folder))
    assert main(["forget", WHO]) == 5
    said = capsys.readouterr().err
    assert "--name" in said and "--dry-run" in said
    assert main(["forget", WHO, "--dry-run", "--lang", "bg"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Нищо не е променено." in said and "Founded by …." in said
    assert main(["forget", WHO, "--yes", "--lang", "bg"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert str(saved) in said and "още съдържа човека" in said and "не може да се прочете" in said
    assert main(["changes"]) == 0
    assert traces(capsys.readouterr().out.encode()) == []
