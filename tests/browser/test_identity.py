"""Pairs that may be one, decided by keys alone and taken back; in both languages and themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ecosystem.dataset import Dataset, diff
from ecosystem.model import Organisation
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Open, axe
from tests.serving import serving
from tests.tiny import tiny

DOUBLES = ("Лонър фондация", "Alpha Universty", "Alfa Council")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The tiny town, in which three are recorded twice."""
    folder = tmp_path_factory.mktemp("twice")
    said = {"pack": "tiny", "standing": "documented", "sources": ("source:page#paragraph 1",)}
    again = [
        Organisation(id=f"org:again-{number}", name_en=name, **said)
        for number, name in enumerate(DOUBLES)
    ]
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:alpha"})) as opened:
        opened.store.apply(
            diff(opened.contents.present().everything, tiny().merged(Dataset.of(again)))
        )
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="module")
def address(town: Workspace) -> Iterator[str]:
    """Where the web view over it answers."""
    with serving(town) as found:
        yield found.rstrip("/")


def standing(town: Workspace) -> dict[str, str]:
    """What is decided about each pair."""
    return {about: one.state for about, one in town.ground().desk.standing("same").items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("lang", "viewport"), [("en", DESKTOP), ("bg", PHONE)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page: Open, lang, viewport, scheme):
    page = open_page(f"/{lang}/identity", color_scheme=scheme, viewport=viewport)
    for width in (NARROW, viewport):
        page.set_viewport_size(width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    assert axe(page) == []


def test_keys_decide_put_off_turn_and_take_back(open_page: Open, town: Workspace, keep):
    page = open_page("/bg/identity")
    keep(page, "identity-bg")

    def opened() -> str:
        return page.locator("#verdict [name=subject]").input_value()

    def press(key: str) -> None:
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_load_state("networkidle")

    first = opened()
    press("ArrowRight")
    second = opened()
    assert second != first
    press("ArrowLeft")
    assert opened() == first

    page.keyboard.press("x")
    kept = page.locator("#verdict [name=value]:checked").input_value()
    assert kept == first.split("=")[1]
    press("s")
    assert standing(town) == {first: "same"} and opened() == second
    assert (
        kept in town.ground().facts.nodes and first.split("=")[0] not in town.ground().facts.nodes
    )
    press("Control+z")
    assert standing(town) == {} and first.split("=")[0] in town.ground().facts.nodes

    page.goto(page.url.partition("?")[0])
    press("d")
    assert standing(town) == {first: "different"}
    press("l")
    assert len(standing(town)) == 2 and "later" in standing(town).values()


def test_a_letter_in_a_field_decides_nothing_and_keys_can_be_switched_off(open_page, town):
    before = standing(town)
    page = open_page("/en/identity")
    page.locator("#note").focus()
    page.keyboard.type("sdl")
    assert page.locator("#note").input_value() == "sdl"
    page.locator("#single-keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("d")
    assert page.locator("#note").input_value() == "sdl" and standing(town) == before
