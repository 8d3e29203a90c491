"""Kills at any moment of a write: of who loads, of the engine, of the web server.

After each the contents are the old or the new ones, no decision that was acknowledged is lost, and
the store opens again without a hand.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from ecosystem.dataset import EMPTY, Dataset, diff
from ecosystem.errors import EcosystemError
from ecosystem.io import seeds
from ecosystem.model import LOCAL_KINDS, LOG_KINDS, City, Organisation, Pack, PartnersWith, Project
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from ecosystem.workspace import Workspace

NAME = "drill"
RECORDS = 1500
PATIENCE = 60.0


class Missed(Exception):
    """What should have held and did not."""


def town(note: str, records: int = RECORDS) -> Dataset:
    """A pack of a ring of organisations that all say ``note``."""
    said = {"pack": NAME, "standing": "illustrative"}
    ids = [f"org:o-{number:05}" for number in range(records)]
    return Dataset.of(
        [
            Pack(id=f"pack:{NAME}", pack=NAME, name_en="Drill", name_bg="Учение"),
            City(id="city:drill", name_en="Drill", name_bg="Учение", **said),
            Project(id="project:drill", name_en="Drill", name_bg="Учение", **said),
            *(Organisation(id=one, name_en=one, description_en=note, **said) for one in ids),
            *(
                PartnersWith(source=one, target=other, rule=note, **said)
                for one, other in pairwise(ids)
            ),
        ]
    )


def packed(dataset: Dataset, folder: Path) -> Path:
    """The folder of a pack that holds ``dataset``."""
    pack = dataset.nodes[f"pack:{NAME}"]
    assert isinstance(pack, Pack)
    seeds.write(pack, dataset, folder)
    return folder


class Truth:
    """What the store may hold: one of some datasets, and each decision that was acknowledged."""

    def __init__(self, folder: Path, *able: Dataset) -> None:
        self.folder, self.able = folder, able
        self.acknowledged: list[str] = []

    def settings(self) -> Settings:
        """Settings for the store."""
        return Settings.read({"data": str(self.folder), "scope": "city:drill"})

    def check(self) -> None:
        """Open the store as anybody would, and read everything.

        Raises
        ------
        Missed
        """
        try:
            with GraphStore.embedded(self.folder) as store:
                found = store.contents(log=True)
                if store.altered:
                    raise Missed(str(store.damage()))
        except EcosystemError as error:
            raise Missed(f"it does not open: {error}") from error
        if found.without(*LOCAL_KINDS, *LOG_KINDS) not in self.able:
            raise Missed("the contents are neither the old nor the new ones")
        notes = {record.note for record in found.of_kind("Decision")}
        if lost := set(self.acknowledged) - notes:
            raise Missed(f"lost are {len(lost)} acknowledged decisions, such as {min(lost)}")


@contextmanager
def made(*notes: str) -> Iterator[tuple[Truth, Path, list[Path]]]:
    """A store that holds the first of some towns, a folder, and the pack of each."""
    towns = [town(note) for note in notes]
    with tempfile.TemporaryDirectory(prefix="ecosystem-drill-") as name:
        folder = Path(name)
        packs = [packed(one, folder / note / NAME) for note, one in zip(notes, towns, strict=True)]
        truth = Truth(folder / "store", *(seeds.read([pack]) for pack in packs))
        try:
            with GraphStore.embedded(truth.folder) as store:
                store.apply(diff(EMPTY, truth.able[0]))
            yield truth, folder, packs
        finally:
            embedded.stop(truth.folder)


def deciding(truth: Truth, decide: Callable[[str], None], ended: threading.Event) -> None:
    """Decide again and again, and note what was acknowledged."""
    number = len(truth.acknowledged)
    while not ended.is_set():
        number += 1
        note = f"decision {number} of {time.monotonic_ns()}"
        try:
            decide(note)
        except (EcosystemError, OSError, http.client.HTTPException):
            time.sleep(0.02)
        else:
            truth.acknowledged.append(note)


def command(truth: Truth, *words: str) -> subprocess.Popen[str]:
    """A command of the mapper in a process of its own."""
    environment = {**os.environ, "ECOSYSTEM_DATA": str(truth.folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "ecosystem", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def loaders(rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill the command that loads, anywhere between its start and its end."""
    with made("old", "new") as (truth, _, packs):
        began = time.monotonic()
        with command(truth, "load", str(packs[1])) as whole:
            said = whole.communicate()[0]
        if whole.returncode:
            raise Missed(f"a load without a kill failed: {said}")
        seconds = time.monotonic() - began
        with Workspace.open(truth.settings()) as workspace:
            for number in range(rounds):
                with command(truth, "load", str(packs[number % 2])) as loader:
                    # What comes before it reads is of no interest.
                    ended = killed_after(loader, seconds * chance.uniform(0.5, 1.05))
                note = f"after kill {number}"
                workspace.decide("priority", "project:drill", {"state": "high", "note": note})
                truth.acknowledged.append(note)
                truth.check()
                yield ended


def killed_after(process: subprocess.Popen[str], seconds: float) -> str:
    """Kill a process in a while; whether it had ended before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "killed"
    return "had ended"


def engines(rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill the engine while one loads and one decides."""
    with made("old", "new") as (truth, _, _), Workspace.open(truth.settings()) as workspace:

        def decide(note: str) -> None:
            workspace.decide("priority", "project:drill", {"state": "high", "note": note})

        for number in range(rounds):
            ended, told = threading.Event(), list[str]()

            def load(goal: Dataset = truth.able[(number + 1) % 2], told: list[str] = told) -> None:
                try:
                    with GraphStore.embedded(truth.folder) as store:
                        store.apply(diff(store.contents([NAME]), goal))
                except EcosystemError as error:
                    told.append(str(error))

            threads = [
                threading.Thread(target=load),
                threading.Thread(target=deciding, args=(truth, decide, ended)),
            ]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.0, 1.5))
            with suppress(ProcessLookupError, EcosystemError):
                os.kill(embedded._description(truth.folder)["pid"], signal.SIGKILL)
            threads[0].join()
            time.sleep(0.1)
            ended.set()
            threads[1].join()
            if wrong := [one for one in told if "NEO4J" in one or "Traceback" in one]:
                raise Missed(f"the loader was told: {wrong[0]}")
            truth.check()
            yield "killed while loading" if told else "killed"


def servers(rounds: int, chance: random.Random) -> Iterator[str]:
    """Kill the web server while decisions are sent to it and a pack is loaded beside it."""
    with made("old", "new") as (truth, _, packs):
        for number in range(rounds):
            ended = threading.Event()
            with command(truth, "serve", "--port", "0", "--scope", "city:drill") as server:
                assert server.stdout
                page = Browser(server.stdout.readline().strip())
                decider = threading.Thread(target=deciding, args=(truth, page.decide, ended))
                decider.start()
                with command(truth, "load", str(packs[(number + 1) % 2])) as loader:
                    before, until = len(truth.acknowledged), time.monotonic() + PATIENCE
                    while len(truth.acknowledged) == before and time.monotonic() < until:
                        time.sleep(0.05)
                    time.sleep(chance.uniform(0.0, 3.0))
                    server.kill()
                    said = loader.communicate(timeout=PATIENCE)[0]
                ended.set()
                decider.join()
                if len(truth.acknowledged) == before:
                    raise Missed("no decision was acknowledged, so that none could be lost")
                if loader.returncode not in (0, 4) or "Traceback" in said:
                    raise Missed(f"the load beside it failed: {said}")
            truth.check()
            yield f"killed, {len(truth.acknowledged)} decisions"


class Browser:
    """Decides by the form of a page, with its cookie and its token."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address).netloc
        self._cookie, self._token = "", ""

    def decide(self, note: str) -> None:
        """Send the form; raises ``OSError`` where it was not taken."""
        if not self._token:
            page = self._asked("GET", "/en/entity/project:drill")[1]
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            if not found:
                raise OSError("no form")
            self._token = unescape(found[1])
        said = {"csrf_token": self._token, "matter": "priority", "subject": "project:drill"}
        form = urlencode({**said, "state": "high", "note": note})
        status, page = self._asked("POST", "/en/decide", form)
        if status != 303:
            raise OSError(f"{status}: {page[:200]}")

    def _asked(self, method: str, path: str, form: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(self._where, timeout=PATIENCE)
        headers = {"Cookie": self._cookie, "Origin": f"http://{self._where}"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, form or None, headers)
            answer = connection.getresponse()
            if cookie := answer.getheader("Set-Cookie"):
                self._cookie = cookie.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            connection.close()


KINDS = {"loader": loaders, "engine": engines, "server": servers}


def main(words: Sequence[str]) -> int:
    """Kill; how many of the kinds of process missed what is required."""
    parser = argparse.ArgumentParser(prog="kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--of", choices=tuple(KINDS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="one of each")
    given = parser.parse_args(words)
    missed = 0
    for name in given.of or KINDS:
        chance, begun, done = random.Random(given.seed), time.monotonic(), list[str]()
        try:
            for said in KINDS[name](1 if given.short else given.rounds, chance):
                done.append(said)
        except Missed as error:
            missed += 1
            print(f"MISSED {name}, round {len(done) + 1} (seed {given.seed}): {error}")
            continue
        hit = sum(said.startswith("killed") for said in done)
        seconds = time.monotonic() - begun
        print(f"held   {name}: {hit} of {len(done)} killed at work, {seconds:.0f} s; {done[-1]}")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
