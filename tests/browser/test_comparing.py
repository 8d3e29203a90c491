"""A scenario is composed by forms and kept in the address; two days are compared."""

from tests.browser.conftest import NARROW, PHONE, axe, settle


def test_a_scenario_is_composed_seen_kept_as_a_file_and_opened_again(open_page, keep, tmp_path):
    page = open_page("/bg/what-if")
    assert axe(page) == []
    actor = page.locator("form", has=page.get_by_role("heading", name="Добавяне на участник"))
    actor.get_by_label("Име").fill("Нов хъб София")
    actor.get_by_role("button").click()
    settle(page)
    assert "org:nov-hab-sofia" in page.locator(".changes").inner_text()
    tie = page.locator("form", has=page.get_by_role("heading", name="Добавяне на връзка"))
    tie.get_by_label("От", exact=True).fill("Нов хъб София")
    tie.get_by_label("Вид връзка").select_option("OFFERS")
    tie.get_by_label("Към", exact=True).fill("електронно упр")
    tie.locator(".pick [role=option]").first.click()
    tie.get_by_role("button").click()
    settle(page)
    assert page.locator(".changes > li").count() == 3
    assert page.locator("section[aria-labelledby=gaps-changed] .card").count() > 0
    assert page.locator("section[aria-labelledby=gaps-changed] .chip.illustrative").count() > 0
    assert axe(page) == []
    keep(page, "what-if-bg")

    with page.expect_download() as download:
        page.get_by_role("link", name="Изтегляне на сценария").click()
    path = tmp_path / "scenario.toml"
    download.value.save_as(path)
    again = open_page("/en/what-if", color_scheme="dark", viewport=PHONE, expect="422")
    again.get_by_label("Scenario file").set_input_files(path)
    again.get_by_role("button", name="Open").click()
    settle(again)
    assert again.locator(".changes > li").count() == 3
    assert axe(again) == []
    again.set_viewport_size(NARROW)
    assert again.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    again.get_by_role("link", name="Take out 1").click()
    settle(again)
    assert again.locator(".notice.bad").is_visible()  # its ties have lost their beginning


def test_two_days_are_compared_and_years_drawn(open_page, keep):
    page = open_page("/bg/timeline?from=2016-12-31&as_of=2018-12-31")
    assert page.locator(".gap-change.opened").count() > 0
    assert page.locator(".strips svg").count() > 5
    assert axe(page) == []
    keep(page, "timeline-bg")
    page.get_by_label("От", exact=True).fill("2018-12-31")
    page.get_by_role("button", name="Сравни", exact=True).click()
    settle(page)
    assert (
        "Никое правило за екосистемата не казва нещо различно" in page.locator("main").inner_text()
    )
    dark = open_page("/en/timeline", color_scheme="dark", viewport=PHONE)
    assert axe(dark) == []
    dark.set_viewport_size(NARROW)
    assert dark.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
