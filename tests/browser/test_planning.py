"""Lists of guests and the roadmap, used by keyboard in a real browser."""

import pytest

from ecosystem.dataset import ChangeSet
from tests.browser.conftest import PHONE, axe

ROADMAP = "/bg/roadmap?programme=programme:digital-transformation-strategy-sofia"


@pytest.fixture
def undecided(seeds):
    """After the test nothing is decided any more."""
    yield
    contents = seeds.contents.present().everything
    own = tuple(one for one in contents.records.values() if one.pack == "local")
    seeds.store.apply(ChangeSet(removed=own))


def names(page):
    return page.locator(".step h3").all_inner_texts()


def test_a_priority_is_given_with_a_reason_moved_and_taken_back(open_page, undecided):
    page = open_page(ROADMAP)
    for place in (3, 4):
        step = page.locator(".step").nth(place)
        step.get_by_text("Задай приоритет").press("Enter")
        step.locator("input[name=note]").fill("Градът го чака")
        step.get_by_role("button", name="висок").press("Enter")
        page.get_by_role("status").filter(has_text="Записано:").wait_for()
    before = names(page)
    page.get_by_role("button", name="Нагоре").first.press("Enter")
    told = page.get_by_role("status").filter(has_text="Преместен нагоре:")
    told.wait_for()
    assert names(page)[:2] == before[1::-1]
    assert axe(page) == []
    told.get_by_role("button", name="Отмяна").press("Enter")
    page.get_by_role("status").filter(has_text="Преместен надолу:").wait_for()
    assert names(page) == before


def test_everything_open_is_sound_on_a_phone(open_page):
    for path in (ROADMAP, "/bg/invite?theme=theme:transport&size=8&q_other=1"):
        page = open_page(path, viewport=PHONE, color_scheme="dark")
        page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
        )
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_day_is_changed_without_losing_the_list(open_page):
    page = open_page("/bg/invite?theme=theme:transport&size=8&q_industry=3&without=org:bulpros")
    page.locator(".view-bar summary").press("Enter")
    page.locator("#view-day").fill("2022-06-30")
    page.locator(".view-bar button[type=submit]").press("Enter")
    page.wait_for_url("**as_of=2022-06-30**")
    assert page.locator("#size").input_value() == "8"
    assert page.locator("[name=q_industry]").last.input_value() == "3"
    assert page.get_by_role("heading", name="Транспорт").count() == 1


def test_a_bar_leads_to_its_project(open_page):
    page = open_page(ROADMAP)
    link = page.locator(".gantt li a").nth(4)
    link.press("Enter")
    target = page.url.partition("#")[2]
    assert page.locator(f"#{target} h3").inner_text() == link.inner_text()


def test_a_list_prints_without_its_form(open_page):
    page = open_page("/bg/invite?theme=theme:transport&size=8")
    page.emulate_media(media="print")
    assert not page.locator(".invite-form").is_visible()
    assert page.locator(".guests > li").first.is_visible()
    assert page.get_by_role("heading", name="Допускания").is_visible()
