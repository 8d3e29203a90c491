"""Backups, bringing them back, stores of earlier versions, and damage that is noticed."""

import gzip
import json
import shutil
from dataclasses import replace

import pytest

from ecosystem import upkeep
from ecosystem.acts.keeping import Restore
from ecosystem.cli import main
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.errors import BackupError, DataError, StoreDamagedError, StoreError
from ecosystem.io import backups, seeds
from ecosystem.model import Change, ChangePart, Organisation, Pack
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from ecosystem.workspace import Workspace
from tests.contract.test_storing import put
from tests.tiny import tiny
from webapp import create_app

LOG = (
    Change(id="change:1", pack="local", what="load tiny", at="2026-11-27T10:00:00Z"),
    ChangePart(id="part:1-0", pack="local", change="change:1", number=0, content="x"),
)


@pytest.fixture
def folder(tmp_path):
    """A data folder whose engine ends with the test."""
    yield tmp_path / "data"
    if (tmp_path / "data").exists():
        embedded.stop(tmp_path / "data")


@pytest.fixture
def settings(folder):
    return Settings.read({"data": str(folder)})


def filled(settings, *more):
    """A store with the tiny town and ``more``."""
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        for record in more:
            workspace.store.apply(ChangeSet(added=(record,)))
        workspace.decide("priority", "project:bus", {"state": "high"})
        return workspace.store.contents(log=True)


def test_a_backup_brings_back_everything_into_an_empty_store(settings, folder, tmp_path):
    held = filled(settings, *LOG)
    with Workspace.open(settings) as workspace:
        made = upkeep.backup(workspace.store, tmp_path / "all.backup")
    elsewhere = Settings.read({"data": str(tmp_path / "other")})
    try:
        with Workspace.open(elsewhere) as workspace:
            upkeep.restore(workspace.contents, workspace.store, made, tmp_path, replace=False)
            assert workspace.store.contents(log=True) == held
            assert workspace.ground().desk.standing("priority")["project:bus"].state == "high"
            with pytest.raises(StoreError, match="would replace"):
                upkeep.restore(workspace.contents, workspace.store, made, tmp_path, replace=False)
            put(workspace.store, Dataset.of([]))
            upkeep.restore(workspace.contents, workspace.store, made, tmp_path, replace=True)
            assert workspace.store.contents(log=True) == held
    finally:
        embedded.stop(tmp_path / "other")


def test_the_log_of_changes_is_no_part_of_what_is_read_and_exported(settings):
    filled(settings, *LOG)
    with Workspace.open(settings) as workspace:
        assert not {"change:1", "part:1-0"} & workspace.export().records.keys()


def _damaged(raw, how):
    lines = gzip.decompress(raw).decode().splitlines(keepends=True)
    if how == "a line changed":
        lines[3] = lines[3].replace("a", "b", 1)
    if how == "a line lost":
        del lines[3]
    if how == "two lines swapped":
        lines[3], lines[4] = lines[4], lines[3]
    if how == "of the future":
        lines[0] = json.dumps({**json.loads(lines[0]), "model_version": "99"}) + "\n"
    if how == "another program's":
        lines[0] = '{"format": "zip"}\n'
    return gzip.compress("".join(lines).encode())


@pytest.mark.parametrize(
    "how",
    ["a line changed", "a line lost", "two lines swapped", "of the future", "another program's"],
)
def test_a_damaged_or_foreign_backup_is_refused(tmp_path, how):
    made = backups.write(tiny(), 1, "2026-11-27T10:00:00Z", tmp_path / "one.backup")
    made.write_bytes(_damaged(made.read_bytes(), how))
    with pytest.raises(BackupError, match=r"one\.backup"):
        backups.read(made)


@pytest.mark.parametrize(
    "raw", [b"", b"no gzip", gzip.compress(b"", mtime=0), gzip.compress(b"x", mtime=0)[:-3]]
)
def test_what_is_no_backup_at_all_is_refused(tmp_path, raw):
    (tmp_path / "file").write_bytes(raw)
    with pytest.raises(BackupError, match="Nothing was changed"):
        backups.read(tmp_path / "file")


def test_a_backup_is_made_before_pruning_and_three_of_them_stay(settings, folder, tmp_path):
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        for number in range(5):
            made = upkeep.before(workspace.store, tmp_path / str(0), f"prune-{number}")
        kept = sorted((tmp_path / "0" / upkeep.FOLDER).iterdir())
        assert len(kept) == 3 and made in kept
        assert backups.read(made).dataset == tiny()


def firm(slug):
    return Organisation(id=f"org:{slug}", pack="p", name_en=slug, standing="illustrative")


def test_only_a_load_that_removes_makes_a_backup_and_a_refused_one_makes_none(settings, tmp_path):
    def pack(*records):
        folder = tmp_path / f"{len(records)}-{records[0].id[4:]}"
        declared = Pack(id="pack:p", pack="p", name_en="P")
        seeds.write(declared, Dataset.of(records), folder)
        return folder

    saved = settings.data_folder / upkeep.FOLDER
    with Workspace.open(settings) as workspace:
        workspace.load([pack(firm("a"), firm("b"))], prune=True)
        assert not saved.exists()
        with pytest.raises(DataError):
            workspace.load([pack(replace(firm("a"), standing="documented"))], prune=True)
        assert not saved.exists()
        workspace.load([pack(firm("b"))], prune=True, dry_run=True)
        assert not saved.exists()
        workspace.load([pack(firm("b"))], prune=True)
        (made,) = saved.iterdir()
        assert {"org:a", "org:b"} <= backups.read(made).dataset.nodes.keys()
        bad = tmp_path / "bad"
        bad.write_bytes(b"no backup")
        with pytest.raises(BackupError):
            Restore(file=bad, replace=True).perform(workspace)
        assert list(saved.iterdir()) == [made]


def test_a_decision_looks_at_no_node_unless_something_is_the_same(settings, monkeypatch):
    asked = []
    whole = GraphStore.apply

    def apply(self, changes, **rest):
        asked.append(rest["same"])
        return whole(self, changes, **rest)

    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        monkeypatch.setattr(GraphStore, "apply", apply)
        workspace.decide("priority", "project:bus", {"state": "high"})
        pair = "org:firm=org:loner"
        workspace.decide("same", pair, {"state": "same", "value": "org:firm"})
        workspace.decide("same", pair, {})
        workspace.decide("priority", "project:bus", {"state": "low"})
    assert asked == [None, {"org:loner": "org:firm"}, {}, None]


def old_store(folder):
    """A store as version 1 of the model left it."""
    with GraphStore.embedded(folder) as store:
        put(store, tiny())
        decision = {
            "id": "decision:no-000001",
            "kind": "Decision",
            "pack": "local",
            "matter": "priority",
            "subject": "project:bus",
            "state": "high",
            "decided_on": "2026-11-01",
            "valid_from": "0001-01-01",
            "valid_to": "9999-12-31",
        }
        store._writing(
            lambda run: [
                run("CREATE (d:Decision) SET d = $decision RETURN 1", decision=decision),
                run(
                    "MATCH (m:Mapper) SET m.model_version = '1', m.nodes = null, m.edges = null, "
                    "m.program = null RETURN 1"
                ),
                run("MATCH (s:Source) SET s.standing = 'documented', s.valid_from = '0001-01-01'"),
            ]
        )


def test_an_older_store_is_brought_to_this_version_after_a_backup(settings, folder):
    old_store(folder)
    with Workspace.open(settings) as workspace:
        decision = workspace.ground().desk.last("priority", "project:bus")
        assert decision is not None and decision.at == "2026-11-01"
        assert workspace.contents.present().stated == tiny()
        found = workspace.store.read("MATCH (d:Decision) RETURN d.at, d.decided_on").rows
        assert found == (("2026-11-01", None),)
    (made,) = (folder / upkeep.FOLDER).iterdir()
    assert backups.read(made).dataset.nodes.keys() >= tiny().nodes.keys()


def test_a_store_whose_files_are_gone_is_refused_and_not_written_over(settings, folder):
    filled(settings)
    embedded.stop(folder)
    shutil.rmtree(folder / "databases")
    with pytest.raises(StoreDamagedError, match="had been stored") as caught:
        Workspace.open(settings)
    assert "restore" in caught.value.hint


def test_a_folder_that_goes_away_under_a_running_store_is_noticed(settings, folder, tmp_path):
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        folder.rename(tmp_path / "moved")
        try:
            with pytest.raises(StoreDamagedError, match="gone"):
                workspace.contents.present()
        finally:
            (tmp_path / "moved").rename(folder)


def test_a_store_that_lost_records_is_refused(settings):
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        workspace.store._writing(
            lambda run: run("MATCH (n:Organisation {id: 'org:loner'}) DETACH DELETE n")
        )
        with pytest.raises(StoreDamagedError, match="had been stored"):
            workspace.contents.present()


def test_an_edit_behind_the_mappers_back_is_said_at_every_door(
    settings, folder, capsys, monkeypatch
):
    monkeypatch.setenv("ECOSYSTEM_DATA", str(folder))
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        workspace.store._writing(
            lambda run: run("MATCH (n:Organisation {id: 'org:firm'}) SET n.name_en = 'Edited'")
        )
    assert main(["show", "org:firm"]) == 0
    said = capsys.readouterr()
    assert "Edited" in said.out and "Warning" in said.err and "Organisation" in said.err
    assert main(["show", "org:firm", "--lang", "bg"]) == 0
    assert "Внимание" in capsys.readouterr().err
    assert main(["decide", "priority", "project:bus", "high"]) == 4
    assert "restore FILE --replace" in capsys.readouterr().err
    assert main(["doctor"]) == 4
    assert "not as they were stored" in capsys.readouterr().out
    with Workspace.open(settings) as workspace:
        pages = create_app(workspace).test_client()
        page = pages.get("/en/").get_data(as_text=True)
        assert "behind the map" in page and "<code>Organisation</code>" in page
        assert "зад гърба" in pages.get("/bg/").get_data(as_text=True)


@pytest.mark.parametrize("harm", ["REMOVE n.pack", "SET n.kind = 'Nothing'", "SET n.id = null"])
def test_a_record_that_cannot_be_read_is_told_as_damage(settings, harm):
    with Workspace.open(settings) as workspace:
        put(workspace.store, tiny())
        workspace.store._writing(lambda run: run(f"MATCH (n:Organisation) {harm}"))
        with pytest.raises(StoreDamagedError) as caught:
            workspace.contents.present()
        assert "restore" in caught.value.hint


def test_equal_contents_give_equal_backups_whoever_asks(tmp_path):
    one = backups.write(tiny(), 1, "2026-11-27T10:00:00Z", tmp_path / "one")
    other = backups.write(replace(tiny()), 1, "2026-11-27T10:00:00Z", tmp_path / "other")
    assert one.read_bytes() == other.read_bytes()


def test_a_backup_gives_back_texts_with_any_sign_that_ends_a_line(tmp_path):
    text = "one\u2028two\u2029three\nfour"
    dataset = Dataset.of([Organisation(id="org:x", pack="p", name_en=text, description_en=text)])
    made = backups.write(dataset, 1, "2026-11-27T10:00:00Z", tmp_path / "one.backup")
    assert backups.read(made).dataset == dataset
