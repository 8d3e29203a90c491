"""The shipped seeds in the web view, seen through Chromium.

Whatever the page logs as an error, every breach of its security policy and every request to
another host fails the test in which it happens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.serving import serving

ARTEFACTS = Path(__file__).parent.parent.parent / "artefacts"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of them as tests that need a browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The shipped seeds in a store of their own."""
    folder = tmp_path_factory.mktemp("browser")
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:sofia"})) as opened:
        opened.load()
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="session")
def address(seeds: Workspace) -> Iterator[str]:
    """Where the web view over the seeds answers."""
    with serving(seeds) as found:
        yield found.rstrip("/")


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for all tests."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Letters as wide as the font says, wherever the tests run.
    given = ["--font-render-hinting=none", *(["--no-sandbox"] if as_root else [])]
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=str(chromium_path), args=given)) as one,
    ):
        yield one


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the web view; keywords are those of a browser context."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    expected: list[str] = []

    def watch(page: Page) -> None:
        def tell(message: object) -> None:
            text = str(getattr(message, "text", message))
            if getattr(message, "type", "error") in ("error", "warning"):
                faults.append(text)

        page.on("console", tell)
        page.on("pageerror", tell)
        page.on("request", lambda request: _stay_home(request.url))

    def _stay_home(url: str) -> None:
        if url.startswith("http") and urlsplit(url).netloc != urlsplit(address).netloc:
            faults.append(f"request to {url}")

    def open_(path: str, *, expect: str = "", **choices: object) -> Page:
        choices = {"viewport": DESKTOP, "color_scheme": "light", "locale": "bg-BG", **choices}
        context = browser.new_context(**choices)  # playwright's own names
        contexts.append(context)
        if expect:
            expected.append(expect)
        page = context.new_page()
        page.set_default_timeout(60_000)
        watch(page)
        page.goto(address + path)
        settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    left = [fault for fault in faults if not any(words in fault for words in expected)]
    assert left == []


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot under ``artefacts/``."""
    ARTEFACTS.mkdir(exist_ok=True)

    def keep_(page: Page, name: str) -> None:
        page.screenshot(path=ARTEFACTS / f"{name}.png")

    return keep_


def settle(page: Page) -> None:
    """Wait until the page and its fonts are there, and the inspector where one is asked for."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    if "select=" in page.url and page.locator("#canvas").count():
        page.locator("#inspector > *").first.wait_for(state="attached")


def axe(page: Page, disable: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong, as ``rule: element``."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async (off) => {
          const rules = Object.fromEntries(off.map((id) => [id, { enabled: false }]));
          // Without what no rule here needs: frames, style sheets fetched again, paths.
          const lean = { iframes: false, preload: false, selectors: false };
          const how = { rules, resultTypes: ["violations"], ...lean };
          const { violations } = await axe.run(document, how);
          return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`));
        }""",
        list(disable),
    )
    return list(found)
