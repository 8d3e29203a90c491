"""``python -m tests.drill.queries``: queries that would fill the memory, run forever or sleep.

Each is asked while eight readers read (four the contents, four small queries of their own) and one
writer loads and prunes a pack again and again. Nobody but who asked the query may notice: a reader
waits at most 3 s longer than just before, no load fails, and 15 s after the query everybody is
served as before.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ecosystem import paths
from ecosystem.dataset import EMPTY, Dataset, diff
from ecosystem.errors import EcosystemError
from ecosystem.io import seeds
from ecosystem.model import City, Node, Organisation
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from tests.engines.neo4j_server import CURRENT, LTS, Missing, Neo4jServer

LONGEST_WAIT = 3.0
LONGEST_STUCK = 15.0
TIME_LIMIT = 5.0
QUIET_SECONDS, WARM_SECONDS = 1.0, 10.0
READER_PAUSE, WRITER_PAUSE = 0.25, 2.0

DOUBLED = "reduce(s = 'x', i IN range(1, {}) | s + s)"
QUERIES = {
    "one": "RETURN 1 AS one",
    "doubled text, replaced": (
        'WITH reduce(s="x", i IN range(1,20) | s+s) AS s RETURN size(replace(s,"x",s))'
    ),
    "text doubled 40 times": f"RETURN size({DOUBLED.format(40)})",
    "list doubled 40 times": "RETURN size(reduce(s = [1], i IN range(1, 40) | s + s + [1]))",
    "doubled text, split": f"RETURN size(split({DOUBLED.format(27)}, 'x'))",
    "doubled text, answered": f"RETURN {DOUBLED.format(26)} AS text",
    "doubled by WITH": "WITH 'xxxx' AS s" + " WITH s + s AS s" * 32 + " RETURN size(s)",
    "doubled by UNWIND": "WITH [1, 2] AS l"
    + "".join(f" UNWIND l AS a{n}" for n in range(40))
    + " RETURN count(*) AS n",
    "a list answered": "RETURN [i IN range(1, 20000000) | i] AS list",
    "a map in a list answered": "UNWIND range(1, 900) AS i RETURN range(1, 5000) AS l",
    "collected numbers": "UNWIND range(1, 100000000) AS a RETURN size(collect(a)) AS n",
    "collected texts": (
        "UNWIND range(1, 100000000) AS a RETURN size(collect(toString(a) + 'xxxxxxxxxxxx')) AS n"
    ),
    "distinct texts": "UNWIND range(1, 50000000) AS a RETURN count(DISTINCT toString(a)) AS n",
    "grouped": "UNWIND range(1, 50000000) AS a RETURN toString(a) AS k, count(*) AS n ORDER BY n",
    "sorted": "UNWIND range(1, 50000000) AS a RETURN a ORDER BY toString(a) DESC",
    "bare UNWIND": "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)",
    "cross product": (
        "MATCH (a), (b), (c), (d), (e), (f) "
        "WHERE a.id + b.id + c.id = d.id + e.id + f.id RETURN count(*) AS n"
    ),
    "cross product, collected": "MATCH (a), (b), (c) RETURN size(collect(a.id + b.id + c.id)) AS n",
    "cross product, sorted": "MATCH (a), (b), (c) RETURN a.id + b.id ORDER BY c.id + b.id + a.id",
    "paths of any length": "MATCH (a)-[*1..30]-(b)-[*1..30]-(c) RETURN count(*) AS n",
    "paths collected": "MATCH p = (a)-[*1..12]-(b) RETURN size(collect(p)) AS n",
    "all shortest paths": (
        "MATCH (a), (b) WHERE a.id < b.id MATCH p = allShortestPaths((a)-[*..15]-(b)) "
        "RETURN size(collect(p)) AS n"
    ),
    "backtracking": (
        "UNWIND range(1, 1000000) AS i "
        "RETURN count(CASE WHEN reduce(s = 'a', j IN range(1, 12) | s + s) + toString(i) "
        "=~ '(a|aa)+(a|aa)+(a|aa)+b' THEN 1 END) AS n"
    ),
    "nested loops": (
        "RETURN size([a IN range(1, 20000) WHERE all(b IN range(1, 20000) WHERE b < 80000)]) AS n"
    ),
    "nested lists": "RETURN size([a IN range(1, 20000) | [b IN range(1, 20000) | a * b]]) AS n",
    "loops over a list": (
        "MATCH (n) WITH collect(n.id) AS l "
        "RETURN size([a IN l | [b IN l | [c IN l WHERE c < b | a + b + c]]]) AS n"
    ),
    "a long chain": "RETURN " + " AND ".join(["true"] * 1200) + " AS x",
    "a long sum": "RETURN " + " + ".join(["1"] * 2400) + " AS x",
    "brackets": "RETURN " + "(" * 9000 + "1" + ")" * 9000,
    "lists in lists": "RETURN " + "[" * 9000 + "]" * 9000,
    "a long list": "RETURN [" + ",".join(["1"] * 9900) + "]",
    "many clauses": "MATCH (n) " + "WITH n " * 1500 + "RETURN count(n) AS n",
    "many patterns": "MATCH " + ", ".join(f"(a{n})--(b{n})" for n in range(60)) + " RETURN 1 AS n",
    "a sleeping procedure": "CALL apoc.util.sleep(60000)",
    "a sleeping function": "RETURN apoc.util.sleep(60000)",
}
SHORT = "collected texts"
"""The one that fills the memory most surely."""


@dataclass
class Crowd:
    """Readers and a writer who go on until told to stop; ``worst`` is the longest wait."""

    worst: float = 0.0
    begun: dict[int, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    loads: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> float:
        """The longest wait so far, of those who still wait too."""
        now = time.monotonic()
        return max([self.worst, *(now - begun for begun in list(self.begun.values()))])

    def forget(self) -> None:
        """Begin a new account."""
        self.worst, self.loads = 0.0, 0
        self.failures.clear()

    def go_on(self, work: Callable[[], None], *, counted: bool) -> None:
        """Work again and again: a reader four times a second, the writer every two seconds."""
        me = threading.get_ident()
        while not self.stop.wait(READER_PAUSE if counted else WRITER_PAUSE):
            begun = time.monotonic()
            if counted:
                self.begun[me] = begun
            try:
                work()
            except EcosystemError as error:
                self.failures.append(str(error))
            if counted:
                self.worst = max(self.worst, time.monotonic() - self.begun.pop(me))


def pack(number: int) -> Dataset:
    """A pack that differs by its number."""
    nodes: list[Node] = [City(id="city:drill", pack="drill", name_en=f"Drill {number}")]
    nodes += [
        Organisation(id=f"org:drill-{n}", pack="drill", name_en=f"{number}", form="company")
        for n in range(number % 2 * 500, 1000)
    ]
    return Dataset.of(nodes)


@contextmanager
def crowd(store: GraphStore) -> Iterator[Crowd]:
    """Eight readers and a writer at work on ``store``."""
    people = Crowd()
    held = [EMPTY]

    def load() -> None:
        new = pack(people.loads)
        store.apply(diff(held[0], new))
        held[0] = new
        people.loads += 1

    def contents() -> None:
        assert store.contents(["mentor-cities"])

    def small() -> None:
        store.read("MATCH (c:City) RETURN c.id AS id ORDER BY id LIMIT 5", seconds=30)

    works = [(load, False), *[(contents, True)] * 4, *[(small, True)] * 4]
    threads = [
        threading.Thread(target=people.go_on, args=[work], kwargs={"counted": counted})
        for work, counted in works
    ]
    for thread in threads:
        thread.start()
    try:
        yield people
    finally:
        people.stop.set()
        for thread in threads:
            thread.join()


def memory() -> int:
    """Megabytes that this process and all that it started hold."""
    children: dict[int, list[int]] = {}
    resident: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(words[1]), []).append(pid)
        resident[pid] = int(words[21]) * os.sysconf("SC_PAGE_SIZE") >> 20
    pending, found = [os.getpid()], 0
    while pending:
        one = pending.pop()
        found += resident.get(one, 0)
        pending += children.get(one, ())
    return found


HEAD = f"{'query':26} {'asker':>6} {'before':>7} {'readers':>8} {'loads':>6} {'MB':>6}  answer"


def drill(store: GraphStore, name: str, chosen: str) -> bool:
    """Whether every query left everybody else alone; prints a line for each."""
    print(f"\n{name}\n{HEAD}")
    whole = True
    with crowd(store) as people:
        time.sleep(WARM_SECONDS)
        for title, cypher in QUERIES.items():
            if chosen in title:
                whole = asked(store, people, title, cypher) and whole
    return whole


def asked(store: GraphStore, people: Crowd, title: str, cypher: str) -> bool:
    """Whether one query left everybody else alone."""
    people.forget()
    time.sleep(QUIET_SECONDS)
    before = people.wait()
    people.forget()
    begun, most = time.monotonic(), 0
    said: list[str] = []
    asker = threading.Thread(target=answer, args=[store, cypher, said])
    asker.start()
    while asker.is_alive():
        most = max(most, memory())
        asker.join(0.2)
    seconds = time.monotonic() - begun
    time.sleep(QUIET_SECONDS)
    loads = people.loads
    while people.loads == loads and time.monotonic() - begun < seconds + LONGEST_STUCK:
        time.sleep(0.05)
    wait, failed = people.wait(), " ".join(people.failures[:1])
    fine = wait - before <= LONGEST_WAIT and people.loads > loads and not failed
    row = f"{title[:26]:26} {seconds:5.1f}s {before:6.1f}s {wait:7.1f}s {people.loads:6} {most:6}"
    print(f"{row}  {'' if fine else 'HARM: '}{failed}{said[0][:60]}", flush=True)
    return fine


def answer(store: GraphStore, cypher: str, said: list[str]) -> None:
    """Note what the asker hears."""
    try:
        found = store.read(cypher, seconds=TIME_LIMIT)
        said.append(f"{len(found.rows)} rows{', truncated' if found.truncated else ''}")
    except EcosystemError as error:
        said.append(error.message)


def embedded_engine(chosen: str) -> bool:
    """The drill on the embedded engine."""
    with tempfile.TemporaryDirectory(prefix="ecosystem-drill-") as folder:
        try:
            with GraphStore.embedded(Path(folder)) as store:
                store.apply(diff(EMPTY, seeds.read(paths.shipped_packs())))
                return drill(store, store.engine(), chosen)
        finally:
            embedded.stop(Path(folder))


def main(words: list[str]) -> int:
    """Run the drill on every engine that this machine has; 1 where somebody was harmed."""
    parser = argparse.ArgumentParser(prog="python -m tests.drill.queries", description=__doc__)
    parser.add_argument("--engine", choices=("embedded", "lts", "current"))
    parser.add_argument("--only", default="", help="queries whose title holds this")
    parser.add_argument("--short", action="store_true", help="one query, on the embedded engine")
    options = parser.parse_args(words)
    if options.short:
        options.engine, options.only = "embedded", SHORT
    whole = options.engine not in (None, "embedded") or embedded_engine(options.only)
    for release in (LTS, CURRENT):
        if options.engine in (None, release.name):
            try:
                with (
                    tempfile.TemporaryDirectory(prefix="ecosystem-drill-") as home,
                    Neo4jServer(release, Path(home)) as server,
                    GraphStore.connect(server.uri, server.user, server.password) as store,
                ):
                    store.apply(diff(EMPTY, seeds.read(paths.shipped_packs())))
                    whole = drill(store, store.engine(), options.only) and whole
            except Missing as missing:
                print(missing, file=sys.stderr)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
