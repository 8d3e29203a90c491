"""The life of the embedded engine: one process per folder, private, ended when nobody needs it."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from ecosystem.dataset import EMPTY, ChangeSet, diff
from ecosystem.errors import (
    QuerySyntaxError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
)
from ecosystem.model import City
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from tests.contract.records import many
from tests.drill.damage import spoil
from tests.tiny import tiny


@pytest.fixture
def folder(tmp_path):
    """A data folder of the test's own, with a blank and a per cent sign in its name."""
    data = tmp_path / "my data 100%"
    yield data
    embedded.stop(data)


def lives(process: int) -> bool:
    """Whether a process runs."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(true, seconds: float = 10) -> None:
    """Wait for a condition; fail after a while."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it didn't happen in time"
        time.sleep(0.02)


def test_the_second_client_finds_the_engine_of_the_first(folder):
    first, second = embedded.connect(folder), embedded.connect(folder)
    try:
        assert first.pid == second.pid != os.getpid()
        assert first.uri.startswith("bolt://127.0.0.1:")
    finally:
        first.close()
        second.close()


def test_clients_that_start_at_once_share_one_engine(folder):
    script = (
        "import sys, pathlib; from ecosystem.store import embedded;"
        "print(embedded.connect(pathlib.Path(sys.argv[1])).pid)"
    )
    command = [sys.executable, "-c", script, str(folder)]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {client.communicate(timeout=60)[0].strip() for client in clients}
    assert [client.returncode for client in clients] == [0] * 4
    assert len(said) == 1
    assert lives(int(said.pop()))


@pytest.mark.drill
def test_an_idle_engine_ends_by_itself_and_a_busy_one_does_not(folder):
    engine = embedded.connect(folder, idle_seconds=0.5)
    time.sleep(1.5)
    assert lives(engine.pid)
    engine.close()
    wait_until(lambda: not lives(engine.pid))
    assert not embedded.is_running(folder)
    again = embedded.connect(folder)
    assert again.pid != engine.pid
    again.close()


@pytest.mark.drill
def test_a_killed_client_gives_up_its_share(folder):
    script = (
        "import sys, time, pathlib; from ecosystem.store import embedded;"
        "engine = embedded.connect(pathlib.Path(sys.argv[1]), idle_seconds=0.5);"
        "print(engine.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout
        process = int(client.stdout.readline())
        time.sleep(1.2)
        assert lives(process)
        client.kill()
    wait_until(lambda: not lives(process))


def test_stop_ends_the_engine_at_once(folder):
    engine = embedded.connect(folder)
    assert embedded.is_running(folder)
    assert embedded.stop(folder)
    wait_until(lambda: not lives(engine.pid))
    assert not embedded.stop(folder)
    assert not embedded.is_running(folder)
    engine.close()


@pytest.mark.drill
def test_a_client_starts_a_lost_engine_again(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        for number in (signal.SIGKILL, signal.SIGTERM):
            os.kill(embedded._description(folder)["pid"], number)
            wait_until(lambda: not embedded._is_running(folder))
            assert store.contents() == tiny()
            assert store.read("MATCH (n:City) RETURN n").rows
        embedded.stop(folder)
        assert store.apply(ChangeSet(added=(City(id="city:new", pack="p"),))) == 2


@pytest.mark.drill
@pytest.mark.parametrize("delay", [0.02, 0.15, 0.3, 0.6])
def test_an_engine_killed_in_a_load_leaves_the_old_or_the_new(folder, delay):
    old, new = many(200, "old"), many(6000, "new")
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, old))
        process = embedded._description(folder)["pid"]
        killer = threading.Timer(delay, os.kill, (process, signal.SIGKILL))
        killer.start()
        try:
            store.apply(diff(old, new))
        except StoreUnavailableError as error:
            assert error.hint
        killer.join()
        wait_until(lambda: not lives(process))
        assert store.contents() in (old, new)
    with GraphStore.embedded(folder) as store:
        assert store.contents() in (old, new)


@pytest.mark.drill
def test_an_acknowledged_change_survives_a_kill(folder):
    with GraphStore.embedded(folder) as store:
        for number in range(3):
            city = City(id=f"city:c{number}", pack="p")
            store.apply(ChangeSet(added=(city,)))
            os.kill(embedded._description(folder)["pid"], signal.SIGKILL)
            assert city.id in store.contents().nodes


def test_an_engine_that_cannot_be_reached_is_told_without_a_word_of_another_database(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        os.kill(embedded._description(folder)["pid"], signal.SIGKILL)
        with pytest.raises(StoreUnavailableError, match="embedded engine") as caught:
            store._writing(lambda run: run("RETURN 1"))
        assert "NEO4J" not in str(caught.value) and "ecosystem stop" in caught.value.hint


@pytest.mark.parametrize("file", ["configuration.json", "schema.json"])
def test_damaged_files_are_told_as_damage_and_not_as_a_platform_that_does_not_fit(folder, file):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
    embedded.stop(folder)
    path = folder / "databases" / embedded.DATABASE / file
    path.write_text(path.read_text()[: path.stat().st_size // 2])
    with pytest.raises(StoreDamagedError) as caught, GraphStore.embedded(folder) as store:
        store.contents()
    said = str(caught.value)
    assert "ecosystem restore" in said and "Exception" not in said and "pip" not in said


def test_records_that_the_engine_cannot_read_are_told_as_damage_and_not_as_a_wrong_query(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, many(300, "x" * 50)))
    embedded.stop(folder)
    (bucket,) = (folder / "databases" / embedded.DATABASE).glob("Organisation_0.*.bucket")
    spoil(bucket)
    with pytest.raises(StoreDamagedError) as caught, GraphStore.embedded(folder) as store:
        store.contents()
    assert "ecosystem restore" in caught.value.hint and "query" not in str(caught.value)


def test_a_full_disk_is_named_and_nothing_is_stored(folder, monkeypatch):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        monkeypatch.setattr(embedded, "LEAST_ROOM", 2**80)

        def fails(_run) -> None:
            raise StoreError("database: Transaction error on commit.")

        with pytest.raises(StoreError, match="no room is left on its disk") as caught:
            store._writing(fails)
        assert str(folder) in str(caught.value) and "ECOSYSTEM_DATA" in caught.value.hint
        assert store.contents() == tiny()


def test_no_password_is_in_the_environment_or_the_command_line(folder):
    engine = embedded.connect(folder)
    engine.close()
    for name in ("environ", "cmdline"):
        said = Path(f"/proc/{engine.pid}/{name}").read_bytes()
        assert engine.password.encode() not in said
        assert engine.reader_password.encode() not in said


def test_only_the_owner_can_read_what_lies_in_the_folder(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        with pytest.raises(QuerySyntaxError):
            store.read("RETURN foo(1)")
        for path in (folder, *folder.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_log_lies_in_the_folder_and_is_rotated(folder):
    embedded.connect(folder).close()
    assert "limit = 1000000" in (folder / "log" / "logging.properties").read_text()
    assert (folder / "log" / "engine.log.0").exists()


def test_passwords_are_new_at_every_start(folder):
    seen = set()
    for _ in range(2):
        engine = embedded.connect(folder)
        seen |= {engine.password, engine.reader_password}
        engine.close()
        embedded.stop(folder)
    assert len(seen) == 4


def test_the_http_port_answers_nothing_without_the_password(folder):
    engine = embedded.connect(folder)
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    try:
        for path in ("mcp", "databases", "server", f"query/{embedded.DATABASE}/sql/select%201"):
            for body in (None, request):
                url = f"http://127.0.0.1:{engine.http_port}/api/v1/{path}"
                with pytest.raises(urllib.error.HTTPError) as caught:
                    urllib.request.urlopen(url, body, 5)
                with caught.value:
                    assert caught.value.code in (401, 403, 404, 405)
                    assert b"tools" not in caught.value.read()
    finally:
        engine.close()


def test_it_listens_on_loopback_only(folder):
    engine = embedded.connect(folder)
    engine.close()
    own = set()
    for one in Path(f"/proc/{engine.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            own.add(str(one.readlink()))
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{engine.pid}/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A" and f"socket:[{columns[9]}]" in own:
                listening.append(columns[1].split(":")[0][-8:])
    assert listening == ["0100007F"] * 2


WRITES = (
    "CREATE (:City {id: 'city:new'})",
    "MATCH (n:City) SET n.name_en = 'x'",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:City {id: 'city:alpha'}) ON MATCH SET n.name_en = 'x'",
    "CREATE CONSTRAINT x IF NOT EXISTS FOR (n:New) REQUIRE n.id IS UNIQUE",
    "DROP CONSTRAINT city_id",
    "CREATE USER mallory SET PASSWORD 'abcdefgh1'",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
)


def test_the_reading_user_cannot_change_anything(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        engine = embedded.connect(folder)
        auth = (engine.reader_user, engine.reader_password)
        with neo4j.GraphDatabase.driver(engine.uri, auth=auth) as driver:
            for cypher in WRITES:
                with (
                    driver.session(database=embedded.DATABASE) as session,
                    pytest.raises(Neo4jError),
                    session.begin_transaction() as transaction,
                ):
                    transaction.run(cypher).consume()
                    transaction.commit()
                assert store.contents() == tiny()
        engine.close()


def test_even_the_writing_user_loads_no_files(folder):
    engine = embedded.connect(folder)
    with (
        neo4j.GraphDatabase.driver(engine.uri, auth=(engine.user, engine.password)) as driver,
        driver.session(database=embedded.DATABASE) as session,
        pytest.raises(Neo4jError),
    ):
        session.run("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line").consume()
    engine.close()


def test_a_folder_that_another_program_holds_is_refused(folder):
    embedded.connect(folder).close()
    embedded.stop(folder)
    script = (
        "import sys, time; from ecosystem.store import embedded;"
        "database = embedded._engine_module().open_database(sys.argv[1]);"
        "print('open', flush=True); time.sleep(60)"
    )
    path = folder / "databases" / embedded.DATABASE
    environment = {**os.environ, "ARCADEDB_LOG_DIR": str(folder / "log")}
    command = [sys.executable, "-c", script, str(path)]
    # One build keeps its log where it is told, the other where it is.
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=folder) as other:
        try:
            assert other.stdout and other.stdout.readline() == b"open\n"
            with pytest.raises(StoreLockedError) as caught:
                GraphStore.embedded(folder)
            assert caught.value.hint
        finally:
            other.kill()


def test_a_platform_without_the_engine_gets_the_way_out(folder, tmp_path_factory, monkeypatch):
    without = tmp_path_factory.mktemp("without")
    for name in ("arcadedb", "arcadedb_embedded"):
        (without / f"{name}.py").write_text("raise ImportError('no build for this platform')")
    monkeypatch.setenv("PYTHONPATH", str(without))
    with pytest.raises(StoreUnavailableError, match="doesn't start") as caught:
        GraphStore.embedded(folder)
    assert "arcadedb-embedded" in caught.value.hint
    assert "NEO4J_URI" in caught.value.hint


def test_an_engine_of_another_version_can_be_stopped(folder):
    engine = embedded.connect(folder)
    engine.close()
    (folder / "engine.json").write_text(json.dumps({"pid": engine.pid, "uri": engine.uri}))
    with pytest.raises(StoreLockedError, match="doesn't say") as caught:
        GraphStore.embedded(folder)
    assert "ecosystem stop" in caught.value.hint
    assert embedded.stop(folder)


def test_a_description_that_is_broken_is_no_traceback(folder):
    engine = embedded.connect(folder)
    (folder / "engine.json").write_text("{")
    try:
        with pytest.raises(StoreError):
            GraphStore.embedded(folder)
    finally:
        os.kill(engine.pid, signal.SIGKILL)
        wait_until(lambda: not embedded._is_running(folder))
        engine.close()


def test_the_ports_of_an_engine_are_none_that_a_connection_of_others_may_be_given():
    given = {tuple(embedded._free_ports()) for _ in range(20)}
    assert len(given) > 1
    assert all(len({*ports}) == 2 and max(ports) < 32_768 for ports in given)
