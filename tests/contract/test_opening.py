"""A database that cannot be used is refused with an answer that says what to do."""

import socket
import threading

import pytest

from ecosystem.dataset import EMPTY, ChangeSet, diff
from ecosystem.errors import (
    ModelVersionError,
    StoreDamagedError,
    StoreError,
    StoreUnavailableError,
)
from ecosystem.model import City
from ecosystem.store.graph_store import GraphStore
from tests.contract.fake_bolt import fake_bolt
from tests.tiny import tiny

ONE_CITY = ChangeSet(added=(City(id="city:a", pack="p"),))


def test_an_engine_names_itself(engine, store):
    name = store.engine()
    assert name.startswith("ArcadeDB " if engine.is_embedded else "Neo4j ")
    assert any(character.isdigit() for character in name)


def test_another_applications_data_is_never_touched(engine):
    engine.empty()
    engine.run("CREATE (:Person {name: 'Ann'})-[:KNOWS]->(:Person {name: 'Bo'})")
    with pytest.raises(StoreError, match="another application's data") as caught:
        engine.open()
    assert ("ECOSYSTEM_DATA" if engine.is_embedded else "NEO4J_DATABASE") in caught.value.hint
    assert engine.run("MATCH (n) RETURN count(n) AS n") == [{"n": 2}]
    engine.empty()


def test_data_that_appears_after_opening_is_not_touched_either(engine, store):
    engine.run("CREATE (:Person {name: 'Ann'})")
    with pytest.raises(StoreError, match="another application's data"):
        store.apply(ONE_CITY)
    assert engine.run("MATCH (n) RETURN labels(n) AS l") == [{"l": ["Person"]}]
    engine.empty()


def test_nodes_of_others_beside_ours_are_left_alone(engine, store):
    store.apply(diff(EMPTY, tiny()))
    engine.run("CREATE (:Person {name: 'Ann'})")
    assert store.contents() == tiny()
    store.apply(diff(tiny(), EMPTY))
    assert engine.run("MATCH (n:Person) RETURN n.name AS name") == [{"name": "Ann"}]


def test_another_model_version_is_refused(engine, store):
    store.apply(ONE_CITY)
    engine.run("MATCH (marker:Mapper) SET marker.model_version = '0'")
    for use in (engine.open, store.revision, store.contents, lambda: store.apply(ONE_CITY)):
        with pytest.raises(ModelVersionError, match="model version 0") as caught:
            use()
        assert "ecosystem export" in caught.value.hint
    engine.empty()


@pytest.mark.parametrize("harm", ["REMOVE m.model_version", "REMOVE m.revision"])
def test_a_store_that_says_nothing_of_itself_is_damaged_and_not_of_another_version(
    engine, store, harm
):
    store.apply(ONE_CITY)
    engine.run(f"MATCH (m:Mapper) {harm} RETURN 1")
    for use in (engine.open, store.contents, lambda: store.apply(ONE_CITY)):
        with pytest.raises(StoreDamagedError, match="says of itself"):
            use()
    engine.empty()


@pytest.mark.neo4j
def test_a_wrong_password_is_refused(neo4j_server):
    with pytest.raises(StoreUnavailableError, match="password") as caught:
        GraphStore.connect(neo4j_server.uri, "neo4j", "not the password")
    assert "NEO4J_PASSWORD" in caught.value.hint
    assert "not the password" not in str(caught.value)


@pytest.mark.neo4j
def test_an_unknown_database_is_named(neo4j_server):
    with pytest.raises(StoreUnavailableError, match="nowhere") as caught:
        GraphStore.connect(neo4j_server.uri, "neo4j", neo4j_server.password, "nowhere")
    assert "NEO4J_DATABASE" in caught.value.hint


@pytest.mark.neo4j
def test_the_default_database_can_be_named(neo4j_server):
    with GraphStore.connect(neo4j_server.uri, "neo4j", neo4j_server.password, "neo4j") as store:
        assert store.revision() >= 0


def test_a_server_that_is_down_is_named_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(StoreUnavailableError, match="doesn't answer") as caught:
        GraphStore.connect(f"bolt://127.0.0.1:{port}", "neo4j", "x")
    assert "NEO4J_URI" in caught.value.hint


@pytest.mark.parametrize(
    "uri",
    ["http://localhost:1", "localhost:7687", "", "bolt://", "bolt://localhost:port", "bolt:// x"],
)
def test_an_address_that_is_none_is_refused(uri):
    with pytest.raises(StoreUnavailableError) as caught:
        GraphStore.connect(uri, "neo4j", "x")
    assert "NEO4J_URI" in caught.value.hint


def test_a_server_of_another_protocol_is_refused():
    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(64)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(StoreUnavailableError):
            GraphStore.connect(f"bolt://127.0.0.1:{listener.getsockname()[1]}", "neo4j", "x")
        thread.join()


@pytest.mark.parametrize("agent", ["Neo4j/4.4.40", "Neo4j/5.25.1", "Memgraph/2.0"])
def test_a_server_too_old_or_of_another_make_is_refused(agent):
    with fake_bolt(agent) as uri, pytest.raises(StoreError, match="not supported") as caught:
        GraphStore.connect(uri, "neo4j", "x")
    assert "5.26" in caught.value.hint


@pytest.mark.parametrize("place", ["file/data", "/proc/ecosystem/data"])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path, place):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be used") as caught:
        GraphStore.embedded(tmp_path / place)
    assert "ECOSYSTEM_DATA" in caught.value.hint
