"""Names that try to run, to hide or to break the page stay what they are: text."""

import pytest

from ecosystem.dataset import Dataset, diff
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import NARROW
from tests.serving import serving
from tests.tiny import tiny
from tests.web.conftest import harm


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The tiny town with names that mean harm; stands in for the seeds in this module."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings.read({"data": str(folder), "scope": "city:alpha"})
    with Workspace.open(settings) as opened:
        opened.store.apply(
            diff(opened.contents.present().everything, tiny().merged(Dataset.of(harm())))
        )
        with serving(opened) as found:
            yield found.rstrip("/")
    embedded.stop(folder)


PAGES = (
    "/",
    "/map?show=map&select=org:firm",
    "/map?show=table",
    "/entity/org:firm",
    "/match",
    "/gaps",
    "/search?q=img",
    "/queries/organisations-by-place",
    "/invite?theme=theme:mobility&must=org:loner&compare=event:day",
    "/roadmap",
)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_and_nothing_breaks(open_page, path):
    page = open_page(f"/bg{path}")
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_suggestions_are_text(open_page):
    page = open_page("/bg/map?show=map")
    page.locator("#search").fill("img")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    assert "<img src=x" in page.get_by_role("listbox").get_by_role("option").first.text_content()
    assert page.locator("img").count() == 0
