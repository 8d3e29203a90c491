"""What earlier versions of the model wrote is read with the meaning that it had.

``tests/former/<version>/`` holds what the last program of that version wrote of one town and four
decisions: its store, node by node and tie by tie, its export, and its pack.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from ecosystem import upkeep
from ecosystem.dataset import Dataset
from ecosystem.errors import ModelVersionError
from ecosystem.io import backups, exports
from ecosystem.model import LOCAL_PACK, MODEL_VERSION, Mentors
from ecosystem.model.former import FORMER, FORMER_VERSIONS
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from ecosystem.workspace import Workspace

FOLDER = Path(__file__).parent.parent / "former"
VERSIONS = sorted(path.name for path in FOLDER.iterdir())
STRUCTURE = ("kind", "id", "valid_from", "valid_to")


def lines(file: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def stated(version: str) -> dict[str, dict[str, Any]]:
    """What an earlier version stated, by id, with nothing left out."""
    return {one["id"]: one for one in lines(FOLDER / version / "export.jsonl")[1:]}


def fill(folder: Path, version: str) -> None:
    """Put into an empty engine, past every store, what an earlier version had stored."""
    nodes: dict[str, list[Any]] = {}
    ties: dict[str, list[Any]] = {}
    for row in lines(FOLDER / version / "store.jsonl"):
        if "labels" in row:
            nodes.setdefault(row["labels"][0], []).append(row["properties"])
        else:
            ties.setdefault(row["type"], []).append(row)
    with GraphStore.embedded(folder) as store:

        def work(run) -> None:
            for label, rows in nodes.items():
                run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=rows)
            for kind, rows in ties.items():
                run(
                    "UNWIND $rows AS row MATCH (a {id: row.source}), (b {id: row.target}) "
                    f"CREATE (a)-[e:{kind}]->(b) SET e = row.properties",
                    rows=rows,
                )

        store._writing(work)


@pytest.fixture
def folder(tmp_path):
    """A data folder whose engine ends with the test."""
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


def assert_equal_meaning(found: Dataset, told: dict[str, dict[str, Any]]) -> None:
    """Every field that was stated has its value, under the name that it has now."""
    assert found.records.keys() - {"pack:tiny"} == told.keys()
    for identity, fields in told.items():
        record = found.records[identity]
        former = FORMER.get(fields["kind"], {})
        for name, value in fields.items():
            now = former.get(name, name)
            if now and name not in STRUCTURE:
                held = getattr(record, now)
                said = list(held) if isinstance(held, tuple) else held
                assert said == value, f"{identity}: {name}"


def test_there_is_an_example_of_every_earlier_version():
    assert tuple(VERSIONS) == FORMER_VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_is_brought_to_this_version_with_equal_meaning(version, folder):
    fill(folder, version)
    with pytest.raises(ModelVersionError):
        GraphStore.embedded(folder)
    told = stated(version)
    with Workspace.open(Settings.read({"data": str(folder)})) as workspace:
        assert_equal_meaning(workspace.store.contents(log=True), told)
        assert workspace.store.altered == ()
        desk = workspace.ground().desk
        last = desk.last("priority", "project:bus")
        assert [one.state for one in desk.history("priority", "project:bus")] == ["high", "low"]
        assert last is not None and last.at == told[last.id]["decided_on"]
        pair = workspace.contents.present().facts.of_kind("MENTORS")
        assert any(isinstance(tie, Mentors) and tie.pack == LOCAL_PACK for tie in pair)
        workspace.decide("priority", "project:bus", {"state": "high"})
        assert workspace.store.contents() and workspace.store.altered == ()
        ((kept,),) = workspace.store.read("MATCH (m:Mapper) RETURN m.model_version").rows
        assert kept == MODEL_VERSION
    (made,) = (folder / upkeep.FOLDER).iterdir()
    assert_equal_meaning(backups.read(made).dataset, told)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_export_is_read_and_loaded_with_equal_meaning(version, folder):
    file = FOLDER / version / "export.jsonl"
    with Workspace.open(Settings.read({"data": str(folder)})) as workspace:
        workspace.load([file])
        assert_equal_meaning(workspace.store.contents(), stated(version))
        assert not workspace.load([file]).changes


@pytest.mark.parametrize("version", VERSIONS)
def test_a_pack_says_what_the_export_of_it_says(version, folder):
    read = exports.read([FOLDER / version / "packs" / "tiny"])
    assert not read.problems
    told = {i: one for i, one in stated(version).items() if one["pack"] != LOCAL_PACK}
    assert_equal_meaning(read.dataset, told)
