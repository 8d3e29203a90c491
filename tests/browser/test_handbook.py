"""Whoever follows the handbook step by step comes where it says, in both languages.

With ``make pictures`` the pictures of the chapters are taken on the way.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page

from ecosystem.dataset import ChangeSet
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import PHONE, Open, axe, settle
from tests.handbook import ALL, CHAPTERS, FOLDER, Walk, walks
from tests.serving import serving
from webapp.handbook import APPLICATION, PICTURE

WALKS = [walk for name, lang in CHAPTERS for walk in walks(name, lang)]
TAKES = bool(os.environ.get("ECOSYSTEM_PICTURES"))
WINDOW = {"width": PICTURE[0], "height": PICTURE[1]}
ROLES = (
    *("button", "link", "checkbox", "switch", "radio", "option", "menuitem"),
    *("combobox", "textbox", "searchbox", "spinbutton"),
)
KEYS = {"Esc": "Escape", "Enter": "Enter", "Ctrl+P": ""}
BARE = "input[type=file], input[type=date]"
"""Fields without a role."""
TYPED = "input:not([type=checkbox]):not([type=radio]), select, textarea"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The shipped seeds in a store that the steps may write to."""
    folder = tmp_path_factory.mktemp("handbook")
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:sofia"})) as opened:
        opened.load()
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="module")
def address(seeds: Workspace) -> Iterator[str]:
    """Where the web view over it answers."""
    with serving(seeds) as found:
        yield found.rstrip("/")


@pytest.fixture
def undecided(seeds: Workspace) -> Iterator[None]:
    """After the test nothing is decided any more; what it wrote it has taken back itself."""
    before = len(seeds.ground().facts.records)
    yield
    records = seeds.contents.present().everything.records.values()
    seeds.store.apply(ChangeSet(removed=tuple(one for one in records if one.pack == "local")))
    assert len(seeds.ground().facts.records) == before


@pytest.mark.usefixtures("undecided")
@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_the_steps_lead_where_the_handbook_says(
    open_page: Open, address: str, tmp_path: Path, walk: Walk
) -> None:
    page = open_page(f"/{walk.lang}/handbook", viewport=WINDOW, reduced_motion="reduce")
    field = None
    for step in walk.steps:
        if step.do == "open":
            page.goto(step.words.replace(APPLICATION, address))
            settle(page)
        elif step.do == "press":
            field = press(page, step.words)
        elif step.do == "see":
            seen(page, step.words)
        elif step.do == "picture":
            picture(page, FOLDER / step.words)
        elif step.words in KEYS:
            key(page, step.words)
        else:
            assert field is not None, f"nothing was pressed that takes {step.words}"
            enter(field, step.words, walk, tmp_path)


def press(page: Page, words: str) -> Locator | None:
    """Press what bears the words; what is typed into is given back instead."""
    control = found(page, words)
    if control is None:
        page.mouse.click(*on_map(page, words))
        return None
    if control.evaluate("(one, typed) => one.matches(typed)", TYPED):
        return control
    if control.get_attribute("download") is not None:
        with page.expect_download() as download:
            control.click()
        assert Path(download.value.path()).stat().st_size > 0
    else:
        control.click()
        page.wait_for_load_state("load")
    return None


def found(page: Page, words: str) -> Locator | None:
    """The control of that name, exactly or from its beginning; None where the map has it."""
    for rest in (r"\s*$", r"(?![^\W\d])"):
        name = re.compile(rf"^\s*{re.escape(words)}{rest}")
        named = page.locator("summary").filter(has_text=name)
        named = named.or_(page.locator(BARE).and_(page.get_by_label(name)))
        for role in ROLES:
            named = named.or_(page.get_by_role(role, name=name))
        shown = named.filter(visible=True)
        if rest == r"\s*$" and shown.count() == 0:
            if on_map(page, words):
                return None
            continue
        shown.first.wait_for()
        return shown.first
    return None


def on_map(page: Page, words: str) -> list[float]:
    """Where the map shows a thing or a badge of that name; empty where it does not."""
    if not page.locator("#canvas").count():
        return []
    page.wait_for_function("() => window.scene")
    return list(
        page.evaluate(
            """(name) => {
              const canvas = document.getElementById("canvas").getBoundingClientRect();
              const bears = ({ marks }) => marks.some((mark) => mark.name === name);
              const badge = scene.badges?.boxes.find(bears);
              if (badge) {
                const [left, top, right, bottom] = badge.box;
                return [canvas.x + (left + right) / 2, canvas.y + (top + bottom) / 2];
              }
              const { id } = scene.picture.nodes.find((one) => one.label === name) ?? {};
              if (!id || !scene.nodes.has(id)) return [];
              const node = scene.nodes.get(id);
              const at = scene.network.canvasToDOM({ x: node.x, y: node.y });
              return [canvas.x + at.x, canvas.y + at.y];
            }""",
            words,
        )
    )


def seen(page: Page, words: str) -> None:
    """The words are on the page, which is moved to them, or in the picture of the map."""
    if not on_map(page, words):
        there = page.get_by_text(words).filter(visible=True).first
        there.wait_for()
        there.scroll_into_view_if_needed()


def key(page: Page, words: str) -> None:
    """Press a key; printing gives a sheet."""
    if KEYS[words]:
        page.keyboard.press(KEYS[words])
        page.wait_for_load_state("load")
    else:
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def enter(field: Locator, words: str, walk: Walk, folder: Path) -> None:
    """Type into a field, choose in a list, or hand over the file of that name."""
    if field.get_attribute("type") == "file":
        field.set_input_files(written(folder / words, walk))
    elif field.evaluate("(one) => one.matches('select')"):
        field.select_option(label=words)
    elif field.get_attribute("type") == "date":
        field.fill(words)
    else:
        field.fill("")
        field.press_sequentially(words)


def written(file: Path, walk: Walk) -> Path:
    """The file that the chapter shows: its table as a sheet, its quotation as a document."""
    if file.suffix == ".xlsx":
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(walk.rows):
                sheet.write_row(number, 0, row)
    else:
        file.write_text(walk.said, encoding="utf-8")
    return file


def picture(page: Page, file: Path) -> None:
    """Take the picture where pictures are asked for; else it has been taken."""
    if TAKES:
        page.mouse.move(0, 0)
        settle(page)
        page.wait_for_timeout(400)  # what follows the pointer is gone, what is drawn is drawn
        session = page.context.new_cdp_session(page)
        shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": 74})
        file.write_bytes(base64.b64decode(shot["data"]))
    assert file.exists(), f"take {file.name} with: make pictures"


@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [
        ("bg", "light", 1440),
        ("en", "dark", 1280),
        ("bg", "dark", PHONE["width"]),
        ("en", "light", 320),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_a_chapter_can_be_read_by_all(
    open_page: Open, name: str, lang: str, scheme: str, width: int
) -> None:
    page = open_page(
        f"/{lang}/handbook/{name}", color_scheme=scheme, viewport={"width": width, "height": 844}
    )
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    broken = "() => [...document.images].filter((one) => one.complete && !one.naturalWidth).length"
    assert page.evaluate(broken) == 0
