"""What was done is found on the page of changes, taken back with the keyboard, and put back."""

from pathlib import Path

import pytest

from ecosystem.acts.undoing import Undo
from ecosystem.dataset import Dataset
from ecosystem.io import seeds as packs
from ecosystem.model import Organisation, Pack
from tests.browser.conftest import DESKTOP, PHONE, axe, settle


@pytest.fixture
def one_more(seeds, tmp_path: Path):
    """A small pack that was loaded after the shipped ones, and a decision about what it holds."""
    firm = Organisation(id="org:one-more", pack="more", name_en="One more", standing="illustrative")
    packs.write(Pack(id="pack:more", pack="more", name_en="More"), Dataset.of([firm]), tmp_path)
    change = seeds.load([tmp_path], by="Ann", note="List of May").change
    seeds.decide("note", "org:one-more", {"state": "kept", "note": "Ask them."})
    yield change
    seeds.decide("note", "org:one-more", {})
    if "org:one-more" in seeds.contents.present().stated.nodes:
        last = seeds.contents.present().changes[-1].id
        Undo.read({"change": [last]}, seeds.ground()).perform(seeds)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_the_page_of_changes_is_readable(open_page, keep, one_more, lang, theme, size):
    page = open_page(f"/{lang}/changes", color_scheme=theme, viewport=size)
    card = page.locator(f"#{one_more.replace(':', '-')}")
    card.locator(".deciding > summary").click()
    assert "Ann" in card.inner_text() and "List of May" in card.inner_text()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep(page, f"changes-{lang}-{theme}-{size['width']}")


def test_a_load_is_taken_back_by_keyboard_and_put_back(open_page, keep, seeds, one_more):
    page = open_page("/bg/changes")
    card = page.locator(f"#{one_more.replace(':', '-')}")
    card.locator(".deciding > summary").focus()
    page.keyboard.press("Enter")
    card.get_by_label("Кой").fill("Ани")
    card.get_by_role("button", name="Върни назад").focus()
    page.keyboard.press("Enter")
    page.locator(".notice").wait_for()
    assert axe(page) == []
    keep(page, "changes-done")
    assert "org:one-more" not in seeds.contents.present().stated.nodes
    page.locator(".notice").get_by_role("button", name="Внеси отново").click()
    settle(page)
    assert "org:one-more" in seeds.contents.present().stated.nodes
