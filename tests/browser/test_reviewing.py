"""A document reviewed by keys: its text with marks, candidates, one act, and off again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Open, axe, settle
from tests.serving import serving

TEXT = (
    "На 3 май 2022 г. в Русе се проведе Първи форум „Мостове“, организиран от Община Русе.\n\n"
    "Участваха: Дунав Софт ООД, Клуб „Кейс“ (Ана Петрова) и Библиотека „Пристан“.\n"
    "Въпроси: ana@example.org.\n"
)


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
def article(tmp_path: Path) -> Path:
    """A document of two paragraphs."""
    path = tmp_path / "форум.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_candidates_are_decided_by_keys_and_written_in_one_act(
    open_page: Open, store: Workspace, article: Path
) -> None:
    page = open_page("/bg/import")
    page.locator("#files").set_input_files(str(article))
    page.get_by_role("button", name="Виж какво ще стане").click()
    first = page.locator(".candidate").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("x")
    assert page.locator(".candidate.accepted, .candidate.rejected").count() == 2
    assert page.locator(".mention.accepted").count() >= 1
    # A mark leads to its candidate.
    page.locator(".mention").last.click()
    assert page.evaluate("() => document.querySelector('.candidate:target') !== null")
    page.get_by_role("button", name="Приеми всички чакащи").click()
    settle(page)
    assert page.locator("#decided").inner_text().startswith("решени 7 от 7")
    page.get_by_role("button", name="Запиши").last.click()
    page.get_by_role("heading", name="Вече е на картата.").wait_for()
    page.wait_for_function("() => window.scene")
    held = {str(one.name.bg or one.name.en) for one in store.ground().facts.nodes.values()}
    assert "Дунав Софт ООД" in held and "Първи форум „Мостове“" not in held
    page.get_by_role("button", name="Върни назад").click()
    page.wait_for_url("**/changes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW])
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_review_can_be_read_and_used_by_all(
    open_page: Open, article: Path, scheme: str, size: dict[str, int], lang: str
) -> None:
    page = open_page(f"/{lang}/import", color_scheme=scheme, viewport=size)
    page.locator("#files").set_input_files(str(article))
    page.locator("#drop button[type=submit]").click()
    page.locator(".candidate").first.wait_for()
    page.evaluate(
        "() => document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
    )
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.locator("button[value=drop]").click()
    page.locator("#drop").wait_for()


def test_without_scripts_the_form_does_it_all(open_page: Open, article: Path) -> None:
    page = open_page("/bg/import", java_script_enabled=False)
    page.locator("#files").set_input_files(str(article))
    page.locator("#drop button[type=submit]").click()
    page.get_by_role("button", name="Приеми всички чакащи").click()
    page.get_by_role("button", name="Запиши").last.click()
    assert page.get_by_role("heading", name="Вече е на картата.").is_visible()
    page.get_by_role("button", name="Върни назад").click()
    assert page.url.endswith("/changes")
