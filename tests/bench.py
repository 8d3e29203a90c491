"""``make bench``: how long the answers take, on the shipped seeds and the embedded engine.

Times are medians of several runs on this machine; they are for reading, never for a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from ecosystem.dataset import EMPTY, diff
from ecosystem.questions.gaps import Gaps
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.crowd import crowd
from tests.engines.chromium import chromium
from tests.serving import serving

RUNS = 5
CROWDS = (200, 1_000, 2_000, 20_000)
PAGES = (
    "/en/",
    "/en/map",
    "/en/gaps",
    "/en/match?city=city:sofia",
    "/en/entity/org:sofia-tech-park",
    "/en/queries",
    "/en/sources",
)


def median(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The median and the longest time of ``runs`` calls, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times), max(times)


def row(what: str, times: tuple[float, float], limit: float) -> None:
    """Print one line: median, worst, what it must reach."""
    print(f"{what:58} {times[0] * 1000:8.0f} {times[1] * 1000:8.0f} {limit * 1000:8.0f}")


def commands(environment: dict[str, str], folder: Path) -> None:
    """The command line, with the engine to be started and beside a running one."""

    def call(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "ecosystem", *words],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    for words in (("gaps",), ("match", "city:sofia")):
        name = " ".join(words)
        starts = []
        for _ in range(RUNS):
            embedded.stop(folder)
            starts.append(median(lambda w=words: call(*w), 1)[0])
        row(f"ecosystem {name}, no engine running", (statistics.median(starts), max(starts)), 3)
        row(f"ecosystem {name}, beside a running engine", median(lambda w=words: call(*w)), 1.5)


def pages(workspace: Workspace) -> None:
    """Each page at the server, then the first picture in Chromium."""
    from webapp import create_app

    client = create_app(workspace).test_client()
    for path in PAGES:
        client.get(path)
        row(f"GET {path}", median(lambda p=path: client.get(p)), 0.15)
    with serving(workspace) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium()[0], args=["--no-sandbox"])
        times = []
        for _ in range(RUNS):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{address}en/map")
            mark = "performance.getEntriesByName('map-drawn')[0]?.startTime"
            page.wait_for_function(f"() => {mark}")
            times.append(page.evaluate(mark) / 1000)
            page.close()
        browser.close()
        row("first map picture in Chromium", (statistics.median(times), max(times)), 1)


def crowds() -> None:
    """Maps of growing size: the load, the gaps, the first picture in Chromium, its weight."""
    print(f"\n{'nodes':>8} {'load s':>8} {'gaps s':>8} {'picture s':>10} {'page KB':>8}")
    for size in CROWDS:
        with tempfile.TemporaryDirectory() as name:
            settings = Settings.read({"data": name, "scope": "city:crowd"})
            try:
                with Workspace.open(settings) as workspace:
                    changes = diff(EMPTY, crowd(size))
                    load = median(lambda w=workspace, c=changes: w.store.apply(c), 1)[0]
                    view = workspace.ground().usual_view()
                    picture, weight = _first_picture(workspace)
                    gaps = median(lambda w=workspace, v=view: w.ask(Gaps(view=v)), 1)[0]
            finally:
                embedded.stop(Path(name))
        print(f"{size:>8} {load:>8.1f} {gaps:>8.1f} {picture:>10.1f} {weight / 1024:>8.0f}")


def _first_picture(workspace: Workspace) -> tuple[float, int]:
    """Seconds from the address to the first picture, and bytes of everything fetched for it."""
    with serving(workspace) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium()[0], args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(300_000)
        others: list[str] = []
        page.on("request", lambda one: others.append(one.url) if address not in one.url else None)
        page.goto(f"{address}en/map")
        mark = "performance.getEntriesByName('map-drawn')[0]?.startTime"
        page.wait_for_function(f"() => {mark}")
        seconds = page.evaluate(mark) / 1000
        sizes = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)"
        weight = page.evaluate(sizes)
        browser.close()
    away = [url for url in others if not url.startswith("data:")]
    if away:
        print(f"requests to other hosts: {away}")
    return seconds, weight


def main() -> None:
    """Fill a store of its own, measure, remove it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings.read({"data": name})
        environment = {**os.environ, "ECOSYSTEM_DATA": name}
        print(f"{'':58} {'median':>8} {'worst':>8} {'at most':>8}  ms")
        try:
            with Workspace.open(settings) as workspace:
                row("load the shipped packs into an empty store", median(workspace.load, 1), 10)
                row("load them again", median(workspace.load), 3)
            commands(environment, folder)
            with Workspace.open(settings) as workspace:
                pages(workspace)
        finally:
            embedded.stop(folder)
    crowds()


if __name__ == "__main__":
    main()
