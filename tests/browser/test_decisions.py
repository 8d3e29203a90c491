"""A gap is taken up with the keyboard, found again on the page of decisions, and undone."""

from tests.browser.conftest import PHONE, axe, settle


def test_a_gap_is_taken_up_by_keyboard_followed_and_undone(open_page, keep):
    page = open_page("/bg/gaps?rule=G14")
    card = page.locator(".gap-card").first
    summary = card.locator(".deciding > summary")
    summary.focus()
    page.keyboard.press("Enter")
    card.get_by_label("Отговорник").fill("Анна")
    card.get_by_label("Срок").fill("2026-01-31")
    card.get_by_label("Бележка").fill("Среща с фирмите.")
    assert axe(page) == []
    card.get_by_label("Бележка").press("Tab")
    page.keyboard.press("Enter")
    page.locator(".notice").wait_for()
    assert axe(page) == []

    desk = open_page("/en/desk", color_scheme="dark", viewport=PHONE)
    assert "Анна" in desk.locator("tbody").first.inner_text()
    assert "overdue" in desk.locator("tbody").first.inner_text()
    assert axe(desk) == []
    keep(desk, "desk-en-dark-phone")

    page.get_by_role("button", name="Отмяна").click()
    settle(page)
    desk.reload()
    assert desk.get_by_text("No gap of this scope has been taken up yet").count() == 1
    assert axe(desk) == []


def test_the_menus_open_by_keyboard_and_close_by_escape(open_page):
    page = open_page("/bg/")
    menu = page.locator(".menu > summary", has_text="Въпроси и проверка")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Конзола").is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Конзола").is_visible()
    assert menu.evaluate("one => one === document.activeElement")
