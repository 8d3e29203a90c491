"""What the map shows is taken along as SVG and as PNG; a crowd opens island by island."""

import pytest

from ecosystem.dataset import diff
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import axe, settle
from tests.crowd import crowd
from tests.serving import serving


def test_the_map_is_taken_along(open_page):
    page = open_page("/bg/map?show=map&select=org:sofia-tech-park")
    page.locator("summary", has_text="Инструменти").click()
    assert axe(page) == []
    with page.expect_download() as svg:
        page.get_by_role("link", name="SVG").click()
    text = svg.value.path().read_text(encoding="utf-8")
    assert text.startswith("<svg") and "София Тех Парк" in text and 'opacity="0.13"' in text
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    raw = png.value.path().read_bytes()
    assert raw.startswith(b"\x89PNG") and int.from_bytes(raw[16:20], "big") == 3800


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Three thousand invented nodes behind a server of their own."""
    folder = tmp_path_factory.mktemp("crowd")
    settings = Settings.read({"data": str(folder), "scope": "city:crowd"})
    with Workspace.open(settings) as opened:
        opened.store.apply(diff(opened.contents.present().everything, crowd(3000)))
        with serving(opened) as address:
            yield address.rstrip("/")
    embedded.stop(folder)


def test_a_crowd_opens_by_a_click_and_folds_again(open_page, crowded, address):
    page = open_page("/en/about", expect="request to")
    page.goto(crowded + "/en/map?show=map")
    settle(page)
    groups = page.evaluate(
        "[...scene.nodes.values()].filter((one) => one.group === 'Group').length"
    )
    singly = page.evaluate(
        "[...scene.nodes.values()].filter((one) => one.group !== 'Group').length"
    )
    assert groups > 0 and singly <= 2000
    assert axe(page) == []
    page.locator(".outside a", has_text="+").first.click()
    page.wait_for_url("**open=**")
    settle(page)
    page.locator(".outside a", has_text="−").first.click()
    settle(page)
    assert page.evaluate("scene.nodes.size") > 0


def test_the_first_screen_of_a_crowd_comes_at_once_and_its_map_by_itself(
    open_page, crowded, address
):
    page = open_page("/en/about", expect="request to")
    page.goto(crowded + "/en/?as_of=2025-12-31")  # nobody has asked for that day
    assert page.locator(".counts").is_visible()
    page.locator("#canvas canvas").wait_for()
    page.locator("#first-gaps:not([data-coming])").wait_for()
    assert page.locator("[data-coming]").count() == 0
    assert page.evaluate("scene.nodes.size") > 0
    assert axe(page) == []
