"""The other pages in a real browser."""

import re

import pytest

from tests.browser.conftest import axe

SHOTS = {
    "gaps": "/gaps",
    "match": "/match",
    "plan": "/match/board",
    "queries": "/queries",
    "sources": "/sources",
    "about": "/about",
    "report": "/report",
    "entity": "/entity/programme:digital-cities-challenge",
}


@pytest.mark.parametrize("name", SHOTS)
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_page_loads_without_a_fault(open_page, keep, lang, name):
    keep(open_page(f"/{lang}{SHOTS[name]}"), f"{name}-{lang}")


def test_from_the_first_screen_to_what_to_do(open_page):
    page = open_page("/bg/")
    page.get_by_role("link", name=re.compile("какво да се направи")).first.click()
    page.wait_for_url(re.compile(r"/gaps\?rule=.*#"))
    card = page.locator(":target")
    assert card.get_by_text("Следваща стъпка:").is_visible()
    assert card.bounding_box()["y"] >= 50


def test_a_suggestion_explains_itself(open_page):
    page = open_page("/bg/match")
    first = page.locator(".suggestion").first
    first.locator("summary").first.click()
    parts = [
        float(text.replace(",", "."))
        for text in first.locator("tbody td:last-child").all_text_contents()
    ]
    total = float(first.locator("tfoot td").text_content().replace(",", "."))
    assert sum(parts) == pytest.approx(total, abs=0.01)


def test_a_query_is_asked_shown_and_opened_in_the_console(open_page):
    page = open_page("/bg/queries")
    page.locator('a[href$="/mentors-of-city"]').click()
    page.get_by_role("button", name="Попитай").click()
    page.wait_for_url(re.compile("city="))
    assert page.locator("tbody tr").count() > 0
    page.get_by_role("link", name="Отвори в конзолата").click()
    page.wait_for_url("**/console?**")
    page.locator(".cm-content").get_by_text("MATCH").first.wait_for()
    assert page.locator("tbody tr").count() > 0


def test_the_console_refuses_writing_in_place(open_page):
    page = open_page("/bg/console?cypher=CREATE (n:City {id: 'city:x'})", expect="403")
    page.get_by_role("alert").wait_for()
    editor = page.locator(".cm-content")
    editor.get_by_text("CREATE").first.wait_for()
    assert editor.inner_text().startswith("CREATE")
    with page.expect_navigation():
        page.get_by_role("button", name="Изпълни").click()
    page.get_by_role("alert").wait_for()
    editor.get_by_text("CREATE").first.wait_for()
    assert "cypher=CREATE" in page.url and editor.inner_text().startswith("CREATE")


def test_a_page_without_scripts_still_tells(open_page):
    page = open_page("/bg/map?show=table", java_script_enabled=False)
    assert page.get_by_role("link", name="Столична община").first.is_visible()


def test_what_is_not_there_is_told(open_page):
    page = open_page("/bg/entity/org:sofia-tehc-park", expect="404")
    assert page.get_by_role("link", name="София Тех Парк").is_visible()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1100, 620)])
def test_the_map_of_the_first_screen_fits_the_window(open_page, size):
    width, height = size
    page = open_page("/en/", viewport={"width": width, "height": height})
    page.wait_for_function("() => window.scene")
    for scrolled in (0, 60):
        page.evaluate("(by) => scrollTo(0, by)", scrolled)
        box = page.locator("#first-map").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height + 1


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_on_a_phone_the_search_says_what_it_is_and_its_list_has_room(open_page, lang):
    page = open_page(f"/{lang}/", viewport={"width": 390, "height": 844})
    room, needed = page.evaluate(
        """() => { const box = document.getElementById("search");
        const style = getComputedStyle(box);
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = `${getComputedStyle(box, "::placeholder").fontSize} ${style.fontFamily}`;
        const room = box.clientWidth - parseFloat(style.paddingLeft);
        return [room, pen.measureText(box.placeholder).width]; }"""
    )
    assert needed <= room
    page.locator("#search").press_sequentially("smart")
    page.locator(".search [role=option]").first.wait_for()
    box = page.locator(".search [role=listbox]").bounding_box()
    assert box["x"] >= 0 and box["width"] >= 350 and box["x"] + box["width"] <= 390


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("wide", [390, 320])
def test_on_a_phone_the_menu_is_one_row_with_every_page_in_it(open_page, lang, wide):
    page = open_page(f"/{lang}/gaps", viewport={"width": wide, "height": 844})
    nav = page.get_by_role("navigation").first
    box = nav.bounding_box()
    assert box["height"] <= 48
    assert nav.evaluate("(nav) => nav.scrollWidth <= nav.clientWidth")
    shown = page.locator("nav > ul > li > a:visible, nav > ul > li > details > summary:visible")
    edges = shown.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert len(edges) == 4 and max(edges) <= wide
    nav.locator(".more > details > summary").click()
    for end in ("report", "changes", "queries"):
        link = nav.locator(f".more a[href*='/{lang}/{end}']")
        assert link.is_visible()
    assert axe(page) == []
    page.set_viewport_size({"width": 1400, "height": 900})
    assert not nav.locator(".more").is_visible()
