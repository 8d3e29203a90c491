"""A query costs its asker only: it is killed in time, never repeated, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ecosystem.dataset import EMPTY, ChangeSet, diff
from ecosystem.errors import QueryError, QueryTimeoutError, StoreUnavailableError
from ecosystem.model import City
from ecosystem.store import copies, embedded, workers
from ecosystem.store.graph_store import GraphStore
from tests.tiny import tiny

pytestmark = pytest.mark.drill
KILLER = 'WITH reduce(s="x", i IN range(1,20) | s+s) AS s RETURN size(replace(s,"x",s))'
FILLER = "RETURN size(reduce(s = 'x', i IN range(1, 40) | s + s)) AS n"
ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)"


@pytest.fixture(scope="module")
def filled(engine):
    """A store that holds the tiny town."""
    engine.empty()
    with engine.open() as store:
        store.apply(diff(EMPTY, tiny()))
        yield store


def running() -> set[int]:
    """The workers that this process has started and that still live."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            mine = int((path / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid()
            if mine and b"ecosystem.store.worker" in (path / "cmdline").read_bytes():
                found.add(int(path.name))
        except OSError:
            continue
    return found


def test_a_query_that_fills_the_memory_is_refused_and_asked_once(filled, monkeypatch):
    started: list[object] = []
    start = workers.Workers._start

    def noted(self, at):
        started.append(at)
        return start(self, at)

    monkeypatch.setattr(workers.Workers, "_start", noted)
    for cypher in (KILLER, FILLER):
        filled._connection.workers.close()
        filled._connection.workers._closed = False
        started.clear()
        with pytest.raises(QueryError, match="memory"):
            filled.read(cypher)
        assert len(started) == 1
        assert filled.read("RETURN 1 AS x").rows == ((1,),)


def test_killers_at_once_stop_nobody(filled):
    """Four of them were the end of the embedded engine for everybody."""

    def kill() -> None:
        with pytest.raises(QueryError):
            filled.read(KILLER)

    threads = [threading.Thread(target=kill) for _ in range(6)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert filled.contents() == tiny()
    assert filled.read("RETURN 1 AS x").rows == ((1,),)


def test_at_the_limit_the_process_is_gone(filled):
    before = running()
    with pytest.raises(QueryTimeoutError):
        filled.read(ENDLESS, seconds=0.5)
    assert running() <= before


def test_a_process_that_answered_is_used_again(filled):
    filled.read("RETURN 1 AS x")
    before = running()
    filled.read("RETURN 2 AS x")
    with pytest.raises(QueryError):
        filled.read("RETURN 1 / 0")
    filled.read("RETURN 3 AS x")
    assert running() == before != set()


def test_more_queries_than_may_run_at_once_are_told_to_wait(filled, monkeypatch):
    monkeypatch.setattr(workers, "WAIT_SECONDS", 0.01)
    places = filled._connection.workers._places
    for _ in range(workers.MOST_AT_ONCE):
        assert places.take("", 0)
    try:
        with pytest.raises(StoreUnavailableError, match="are running"):
            filled.read("RETURN 1 AS x")
    finally:
        for _ in range(workers.MOST_AT_ONCE):
            places.give_up("")


def test_an_answer_and_a_row_have_a_size(filled):
    text = "reduce(s = '', j IN range(1, {}) | s + 'x') AS s"
    long = f"UNWIND range(1, 100) AS i RETURN i, {text.format(1024)}"
    found = filled.read(long, most_bytes=20_000)
    assert found.truncated
    assert [row[0] for row in found.rows] == list(range(1, 20))
    wide = f"RETURN {text.format(4096)}"
    assert filled.read(wide, most_bytes=5 * 4096 + 100).rows == (("x" * 4096,),)
    found = filled.read(wide, most_bytes=5 * 4000)
    assert (found.rows, found.truncated, found.columns) == ((), True, ("s",))


def test_what_is_too_deep_to_be_handed_over_is_refused(filled):
    with pytest.raises(QueryError):
        filled.read("RETURN reduce(l = [], i IN range(1, 5000) | [l]) AS l")
    assert filled.read("RETURN reduce(l = [], i IN range(1, 9) | [l]) AS l").rows


def test_a_query_sees_what_was_just_stored(filled):
    city = City(id="city:just-now", pack="now")
    filled.apply(ChangeSet(added=(city,)))
    assert filled.read("MATCH (c:City {id: 'city:just-now'}) RETURN c.pack").rows == (("now",),)
    filled.apply(ChangeSet(removed=(city,)))
    assert filled.read("MATCH (c:City {id: 'city:just-now'}) RETURN c.pack").rows == ()


@pytest.fixture
def folder(tmp_path):
    """A data folder whose engine is ended at last."""
    yield tmp_path
    embedded.stop(tmp_path)


def test_stores_share_a_copy_and_old_ones_go(folder):
    count = "MATCH (c:City) RETURN count(c) AS n"
    with GraphStore.embedded(folder) as one, GraphStore.embedded(folder) as other:
        for number in range(1, 5):
            one.apply(ChangeSet(added=(City(id=f"city:c{number}", pack="p"),)))
            assert one.read(count).rows == other.read(count).rows == ((number,),)
            made = sorted(int(p.name) for p in (folder / copies.FOLDER).glob("[0-9]*"))
            assert made == list(range(1, number + 1))[-copies.KEPT :]
    assert not list((folder / "backups").rglob("*.zip"))
    assert not list(folder.rglob("worker-*"))


def test_a_copy_of_an_engine_that_ended_is_not_used(folder):
    with GraphStore.embedded(folder) as store:
        store.apply(diff(EMPTY, tiny()))
        assert store.read("MATCH (c:City) RETURN c").rows
        embedded.stop(folder)
        assert store.revision() == 1
        assert not (folder / copies.FOLDER).exists()
        assert store.read("MATCH (c:City) RETURN c").rows


def test_a_worker_ends_with_whoever_started_it(folder):
    script = (
        "import sys, time, pathlib; from ecosystem.store.graph_store import GraphStore;"
        "store = GraphStore.embedded(pathlib.Path(sys.argv[1]));"
        "store.read('RETURN 1 AS x');"
        "print(store._connection.workers._kept[0].process.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout
        worker = Path(f"/proc/{int(client.stdout.readline())}")
        assert worker.exists()
        client.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while worker.exists() and "Z" not in (worker / "stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not list(folder.rglob("worker-*"))
