"""Bringing files in, as a new user does: an empty map, two files on it, and back off again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page

from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Open, axe, settle
from tests.serving import serving

HEADER = ("Име", "Организация", "Длъжност", "Роля", "Събитие", "Дата", "Град", "E-mail")
ROWS = (
    (
        "Ива Димова",
        "Технопарк",
        "директор",
        "организатор",
        "Среща",
        "12.05.2026",
        "Пловдив",
        "i@x.bg",
    ),
    ("Петър Ангелов", "Хъб", "експерт", "участник", "Среща", "12.05.2026", "Springfield", "p@x.bg"),
    ("Ana Kos", "Технопарк", "CTO", "лектор", "Среща", "31.09.2026", "Пловдив", ""),
)
KUMU = {
    "elements": [
        {"label": "Лаборатория", "type": "Organization"},
        {"label": "Мария Колева", "type": "Person"},
    ],
    "connections": [
        {"from": "Мария Колева", "to": "Лаборатория", "type": "works at"},
        {"from": "Мария Колева", "to": "Никой", "type": "works at"},
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A store of nothing."""
    folder = tmp_path_factory.mktemp("fresh")
    with Workspace.open(Settings.read({"data": str(folder)})) as opened:
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="module")
def address(store: Workspace) -> Iterator[str]:
    """Where the web view over it answers."""
    with serving(store) as found:
        yield found.rstrip("/")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of participations with Bulgarian headers."""
    path = tmp_path / "участници.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Участници")
        for number, row in enumerate((HEADER, *ROWS)):
            page.write_row(number, 0, row)
    return path


@pytest.fixture
def kumu(tmp_path: Path) -> Path:
    """A Kumu file."""
    path = tmp_path / "мрежа.json"
    path.write_text(json.dumps(KUMU, ensure_ascii=False), encoding="utf-8")
    return path


def brought(page: Page, *files: Path) -> None:
    """Choose files and see what becomes of them."""
    page.locator("#files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Виж какво ще стане").click()
    page.get_by_role("button", name="Запиши").wait_for()


def written(page: Page) -> None:
    """Write what is shown, and look at the map."""
    page.get_by_role("button", name="Запиши").click()
    page.get_by_role("heading", name="Вече е на картата.").wait_for()
    page.wait_for_function("() => window.scene")


def on_map(page: Page) -> set[str]:
    """The names on the map."""
    return set(page.evaluate("window.scene.picture.nodes.map((node) => node.label)"))


def in_light(page: Page) -> set[str]:
    """The names of what is new, which stand in the light."""
    return set(
        page.evaluate("[...window.scene.several].map((id) => window.scene.nodes.get(id).label)")
    )


def test_two_files_come_onto_an_empty_map_and_are_taken_back(
    open_page: Open, store: Workspace, sheet: Path, kumu: Path
) -> None:
    page = open_page("/bg/")
    assert page.get_by_role("heading", name="Картата още е празна").is_visible()
    page.get_by_role("link", name="Внасяне на файл").click()
    brought(page, sheet)
    # Every column is understood, the addresses are not shown, the odd date has its place.
    meant = page.locator("select[data-column]").evaluate_all("(all) => all.map((one) => one.value)")
    assert meant == [
        "person",
        "organisation",
        "position",
        "role",
        "event",
        "since",
        "place",
        "contact",
    ]
    words = page.locator("main").inner_text()
    assert "i@x.bg" not in words and "31.09.2026" in words and "Springfield" in words
    page.get_by_role("radio", name="Springfield").first.check()
    page.get_by_role("button", name="Приеми отговорите").click()
    settle(page)
    assert page.get_by_role("radio", name="Springfield").first.is_checked()
    written(page)
    people = {"Ива Димова", "Петър Ангелов", "Ana Kos"}
    assert people <= on_map(page) and people <= in_light(page)
    assert page.evaluate("window.scene.network.getScale()") > 0.1

    page.get_by_role("link", name="Следващ файл").click()
    brought(page, kumu)
    assert "връзки без край" in page.locator("main").inner_text()
    written(page)
    assert in_light(page) == {"Лаборатория", "Мария Колева"} and people <= on_map(page)
    # The whole map is one key away, and its address is that of the map.
    page.keyboard.press("Tab")
    page.locator("#inspector [data-close]").click()
    assert "came=" not in page.url and page.locator("#inspector").is_hidden()
    # One step back what came in is beside the map again, two steps back what was sent is gone.
    page.go_back()
    page.locator("#inspector .came").wait_for()
    assert in_light(page) == {"Лаборатория", "Мария Колева"}
    page.go_back()
    page.get_by_text("не чака тук").wait_for()

    for names in (("Лаборатория",), tuple(people)):
        page.goto(page.url.partition("/bg/")[0] + "/bg/import")
        page.get_by_role("button", name="Върни назад").first.click()
        page.wait_for_url("**/changes")
        held = {str(one.name.bg or one.name.en) for one in store.ground().facts.nodes.values()}
        assert not held & set(names)
    assert store.ground().facts.nodes == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW])
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_step_can_be_read_and_used_by_all(
    open_page: Open, sheet: Path, scheme: str, size: dict[str, int], lang: str
) -> None:
    page = open_page(f"/{lang}/", color_scheme=scheme, viewport=size)
    assert axe(page) == []
    page.goto(page.url + "import")
    assert axe(page) == []
    page.locator("#files").set_input_files(str(sheet))
    page.locator("#drop button[type=submit]").click()
    page.locator("button[value=write]").wait_for()
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.locator("button[value=drop]").click()
    page.locator("#drop").wait_for()
    assert page.evaluate(wide) <= 0


def test_a_sheet_is_brought_in_by_keys_alone(open_page: Open, sheet: Path) -> None:
    page = open_page("/bg/import")
    page.locator("#files").set_input_files(str(sheet))
    page.locator("#files").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Запиши").wait_for()
    page.get_by_role("button", name="Запиши").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Вече е на картата.").wait_for()
    page.wait_for_function("() => window.scene")
    page.get_by_role("button", name="Върни назад").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/changes")


def test_without_scripts_the_forms_do_it_all(open_page: Open, sheet: Path) -> None:
    page = open_page("/bg/import", java_script_enabled=False)
    page.locator("#files").set_input_files(str(sheet))
    page.locator("#drop button[type=submit]").click()
    page.locator("button[value=write]").click()
    assert page.get_by_role("heading", name="Вече е на картата.").is_visible()
    page.get_by_role("button", name="Върни назад").click()
    assert page.url.endswith("/changes")


def test_a_broken_file_is_refused_with_its_place(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "мрежа.gml"
    path.write_text("graph [\n node [ id 1 ]\n ntde [ id 2 ]\n]")
    page = open_page("/bg/import", viewport=PHONE)
    page.locator("#files").set_input_files(str(path))
    page.locator("#drop button[type=submit]").click()
    alert = page.get_by_role("alert")
    assert "ред 3" in alert.inner_text() and "node" in alert.inner_text()
    assert axe(page) == []
