"""A backup of one engine is restored into the other: contents, decisions and counts are equal."""

from pathlib import Path

import pytest

from ecosystem import upkeep
from ecosystem.contents import Contents
from ecosystem.dataset import ChangeSet
from ecosystem.errors import StoreError
from ecosystem.model import Change, ChangePart
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from ecosystem.workspace import Workspace
from tests.contract.test_storing import put
from tests.tiny import tiny

LOG = ChangeSet(
    added=(
        Change(id="change:1", pack="local", what="load tiny", at="2026-11-27T10:00:00Z"),
        ChangePart(id="part:1-0", pack="local", change="change:1", number=0, content="x"),
    )
)
COUNTS = (
    "MATCH (n) WHERE NOT n:Mapper RETURN n.kind AS kind, count(*) AS n ORDER BY kind",
    "MATCH ()-[t]->() RETURN t.kind AS kind, count(*) AS n, min(t.valid_from) AS since "
    "ORDER BY kind",
    "MATCH (n) WHERE n.same_as IS NOT NULL RETURN n.id AS id, n.same_as AS kept",
    "MATCH (m:Mapper) RETURN m.model_version, m.nodes, m.edges, m.digest",
)


@pytest.fixture
def other(tmp_path):
    """A store of an embedded engine that has nothing to do with the one under test."""
    with GraphStore.embedded(tmp_path / "other") as store:
        yield store
    embedded.stop(tmp_path / "other")


def fill(store: GraphStore, folder: Path) -> None:
    """A town, its log, and decisions: one of them that two records are one, one with a tie."""
    settings = Settings.read({"data": str(folder)})
    workspace = Workspace(store, settings)
    put(store, tiny())
    store.apply(LOG)
    workspace.decide("priority", "project:bus", {"state": "high", "note": "Първи"})
    workspace.decide("match", "city:alpha>city:beta", {"state": "accepted"})
    workspace.decide("same", "org:firm=org:loner", {"state": "same", "value": "org:firm"})


def move(one: GraphStore, into: GraphStore, folder: Path) -> None:
    """Back up, restore, and compare everything that can be asked."""
    held = one.contents(log=True)
    made = upkeep.backup(one, folder / "all.backup")
    contents = Contents(into)
    upkeep.restore(contents, into, made, folder, replace=False)
    assert into.contents(log=True) == held and into.altered == ()
    for cypher in COUNTS:
        assert into.read(cypher).rows == one.read(cypher).rows
    decided = Workspace(into, Settings.read({"data": str(folder)})).ground().desk
    assert decided.standing("priority")["project:bus"].note == "Първи"
    assert decided.standing("match")["city:alpha>city:beta"].state == "accepted"
    with pytest.raises(StoreError, match="would replace"):
        upkeep.restore(contents, into, made, folder, replace=False)


def test_a_backup_goes_from_the_embedded_engine_into_every_other(store, other, tmp_path):
    fill(other, tmp_path)
    move(other, store, tmp_path)


def test_a_backup_goes_from_every_engine_into_an_embedded_one(store, other, tmp_path):
    fill(store, tmp_path)
    move(store, other, tmp_path)
