"""Many readers while packs are loaded every few seconds: nobody is refused or kept waiting.

Each reader asks for one page after the other over one connection, without a pause. Every load
changes facts, so that no answer about them stands for longer than until the next load. In the end
one address asks for many pages at once that take long, beside a reader at another one.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ecosystem import paths
from ecosystem.io.template import new_pack
from ecosystem.store import embedded

PAGES = (
    "/en/",
    "/bg/map",
    "/en/map?show=table",
    "/bg/gaps",
    "/en/gaps?rule=G14",
    "/bg/match?city=city:sofia",
    "/en/entity/org:sofia-tech-park",
    "/bg/entity/city:sofia",
    "/en/queries",
    "/bg/sources",
    "/en/search?q=park",
    "/en/about",
    "/api/overview",
    "/api/entities?limit=50",
    "/static/js/app.js",
)
PATIENCE = 60.0
SLOWEST = 3.0
GROWTH = 1.25
CROWD = 70
ELSEWHERE = "127.0.0.2"
"""From where the crowd asks; macOS has no such address until it is given one."""
BESIDE = 10.0
"""Seconds for which a reader reads beside a crowd of requests from one address."""


@dataclass
class Heard:
    """What the readers heard: seconds by page, and what went wrong."""

    seconds: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    processor: float = 0.0
    beside: list[float] = field(default_factory=list)


def main(words: list[str]) -> int:
    """Let the readers read; how many of the requirements were missed."""
    parser = argparse.ArgumentParser(prog="readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5, help="seconds from load to load")
    parser.add_argument("--short", action="store_true", help="ten readers, twelve seconds")
    given = parser.parse_args(words)
    if given.short:
        given.readers, given.seconds = 10, 12
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "ECOSYSTEM_DATA": str(folder / "store")}
        try:
            load(environment, [])
            with server(environment) as (process, address):
                heard = drill(given, environment, folder / "pack", process, address)
        finally:
            embedded.stop(folder / "store")
    return told(heard)


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command that serves, in a process of its own, and where it answers."""
    command = [sys.executable, "-m", "ecosystem", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.terminate()


def drill(
    given: argparse.Namespace,
    environment: dict[str, str],
    pack: Path,
    process: subprocess.Popen[str],
    address: str,
) -> Heard:
    """What is heard while readers read and packs are loaded."""
    heard, ended = Heard(), threading.Event()
    new_pack(pack)
    for page in PAGES:
        read(http_connection(address), page)  # a server that runs has been asked before
    readers = [
        threading.Thread(target=reading, args=(address, number, heard, ended))
        for number in range(given.readers)
    ]
    readers.append(threading.Thread(target=loading, args=(environment, pack, given, heard, ended)))
    began, had = time.monotonic(), processor(process.pid)
    for one in readers:
        one.start()
    while time.monotonic() - began < given.seconds:
        heard.memory.append(resident(process.pid))
        time.sleep(1)
    heard.processor = (processor(process.pid) - had) / given.seconds
    ended.set()
    for one in readers:
        one.join()
    if answers(ELSEWHERE):
        beside_a_crowd(address, heard)
    return heard


def answers(source: str) -> bool:
    """Whether this machine has an address."""
    with socket.socket() as one:
        try:
            one.bind((source, 0))
        except OSError:
            return False
    return True


def beside_a_crowd(address: str, heard: Heard) -> None:
    """Read while one address asks at once for as many timelines, none of which is ready."""
    reader = http_connection(address)
    for page in PAGES:
        read(reader, page)
    crowd = [http_connection(address, ELSEWHERE) for _ in range(CROWD)]
    for number, one in enumerate(crowd):
        day = date(2019, 1, 1) + timedelta(days=17 * number)
        one.request("GET", f"/en/timeline?as_of={day}")
    until = time.monotonic() + BESIDE
    while time.monotonic() < until:
        for page in PAGES:
            began = time.monotonic()
            if (status := read(reader, page)) != 200:
                heard.wrong.append(f"{page}: {status} beside a crowd")
            heard.beside.append(time.monotonic() - began)
    for one in (reader, *crowd):
        one.close()


def http_connection(address: str, source: str = "127.0.0.1") -> http.client.HTTPConnection:
    """A connection to the server, which is made when it is first asked."""
    where = urlsplit(address).netloc
    return http.client.HTTPConnection(where, timeout=PATIENCE, source_address=(source, 0))


def read(connection: http.client.HTTPConnection, page: str) -> int:
    """The status of a page, read to its end."""
    connection.request("GET", page)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def reading(address: str, number: int, heard: Heard, ended: threading.Event) -> None:
    """Read one page after the other until the drill has ended."""
    chance, connection = random.Random(number), http_connection(address)
    while not ended.is_set():
        page, began = chance.choice(PAGES), time.monotonic()
        try:
            status = read(connection, page)
        except (OSError, http.client.HTTPException) as error:
            heard.wrong.append(f"{page}: {error!r}")
            connection.close()
        else:
            heard.seconds.append((time.monotonic() - began, page))
            if status != 200:
                heard.wrong.append(f"{page}: {status}")
    connection.close()


def loading(
    environment: dict[str, str],
    pack: Path,
    given: argparse.Namespace,
    heard: Heard,
    ended: threading.Event,
) -> None:
    """Load the shipped packs and one that changes every time, again and again."""
    began = time.monotonic()
    while not ended.wait(max(0, given.every - (time.monotonic() - began))):
        changed(pack / "organisations.csv", f"As of load {len(heard.loads)}")
        began = time.monotonic()
        try:
            load(environment, [pack])
        except subprocess.CalledProcessError as error:
            heard.wrong.append(f"load: {error.stderr}")
        heard.loads.append(time.monotonic() - began)


def load(environment: dict[str, str], packs: list[Path]) -> None:
    """Load the shipped packs and ``packs`` by the command."""
    folders = [str(one) for one in (*paths.shipped_packs(), *packs)]
    subprocess.run(
        [sys.executable, "-m", "ecosystem", "load", *folders],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )


def changed(file: Path, description: str) -> None:
    """Give every row of a seed file another description."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows({**row, "description_en": description} for row in rows)


def resident(pid: int) -> int:
    """Mebibytes of memory that a process holds; 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:
        return 0
    return pages * os.sysconf("SC_PAGESIZE") >> 20


def processor(pid: int) -> float:
    """Seconds of a processor that a process has had; 0 where the system does not say."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def told(heard: Heard) -> int:
    """Print what was heard; how many requirements were missed."""
    times = sorted(seconds for seconds, _ in heard.seconds) or [PATIENCE]
    middle, high = (times[int(len(times) * share)] for share in (0.5, 0.95))
    print(
        f"{len(times)} answers; seconds: median {middle:.2f}, p95 {high:.2f}, worst {times[-1]:.2f}"
    )
    for page in PAGES:
        own = sorted(seconds for seconds, asked in heard.seconds if asked == page) or [PATIENCE]
        print(f"  {page:34} {len(own):6} answers, p95 {own[int(len(own) * 0.95)]:.2f}")
    print(f"The server had {heard.processor:.2f} of a processor.")
    loads = ", ".join(f"{seconds:.1f}" for seconds in heard.loads)
    print(f"{len(heard.loads)} loads, seconds of each: {loads}")
    quarter = len(heard.memory) // 4
    early, late = max(heard.memory[quarter : 2 * quarter]), max(heard.memory[-quarter:])
    print(f"MiB of the server: {early} in the second quarter, {late} in the last one")
    for one in heard.wrong[:20]:
        print(f"  wrong: {one}")
    here = answers(ELSEWHERE)
    beside = max(heard.beside, default=PATIENCE if here else 0.0)
    if here:
        said = f"{len(heard.beside)} answers, worst {beside:.2f}"
    else:
        said = f"not tried, this machine has no {ELSEWHERE} (sudo ifconfig lo0 alias {ELSEWHERE})"
    print(f"Beside {CROWD} requests of one address: {said}")
    crowd = {f"at most {SLOWEST} s beside a crowd of one address": beside <= SLOWEST}
    requirements = {
        "no error": not heard.wrong,
        f"p95 of at most {SLOWEST} s": high <= SLOWEST,
        **(crowd if here else {}),
        f"memory grows by less than {GROWTH - 1:.0%}": late <= early * GROWTH,
    }
    for what, held in requirements.items():
        print(f"{'held  ' if held else 'MISSED'} {what}")
    return list(requirements.values()).count(False)
