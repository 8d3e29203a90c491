"""The profile of a city, and the small map and history of anything."""

from tests.browser.conftest import NARROW, PHONE, axe, settle


def test_a_city_stands_beside_its_mentors_and_peers(open_page, keep):
    page = open_page("/bg/city/city:sofia")
    assert axe(page) == []
    assert page.locator(".matrix svg").first.is_visible()
    table = page.locator("main table")
    assert "Електронно управление" in table.inner_text() and "не е записано" in table.inner_text()
    keep(page, "city-bg")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    first = download.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.startswith("Тема,София,")
    page.get_by_label("Град 1").fill("варн")
    page.locator(".pick [role=option]").first.click()
    page.get_by_role("button", name="Сравни", exact=True).click()
    settle(page)
    assert "peer=city%3Avarna" in page.url
    assert "Варна" in page.locator("main thead").inner_text()
    dark = open_page("/en/city/city:sofia", color_scheme="dark", viewport=PHONE)
    assert axe(dark) == []
    dark.set_viewport_size(NARROW)
    assert dark.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_small_map_leads_to_the_neighbours_by_keyboard(open_page, keep):
    page = open_page("/bg/entity/org:sofia-tech-park")
    assert axe(page) == []
    links = page.locator(".small-map svg a")
    assert links.count() > 3
    keep(page, "entity-bg")
    target = links.first.get_attribute("href")
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.locator(".past li").count() >= 0
    dark = open_page("/en/entity/programme:digital-cities-challenge", color_scheme="dark")
    assert axe(dark) == []
    assert "more neighbours are not drawn" in dark.locator(".small-map").inner_text()


def test_cities_stand_where_they_are_and_lead_on(open_page, keep):
    page = open_page("/bg/places")
    page.wait_for_selector("#places[data-ready]")
    assert page.locator("#places path.leaflet-interactive").count() > 20
    assert axe(page) == []
    keep(page, "places-bg")
    marker = page.locator('#places path[aria-label="София"]')
    marker.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content")
    assert "София" in popup.inner_text()
    assert axe(page) == []
    popup.get_by_role("link", name="Нужди и силни страни").click()
    page.wait_for_url("**/city/city:sofia**")


def test_the_filters_stay_in_the_address_and_the_tables_follow(open_page):
    page = open_page("/en/places", color_scheme="dark", viewport=PHONE)
    page.wait_for_selector("#places[data-ready]")
    everybody = page.locator("section[aria-labelledby=all-cities] tbody tr").count()
    page.get_by_label("Role").select_option("mentor")
    page.get_by_role("button", name="Filter").click()
    settle(page)
    page.wait_for_selector("#places[data-ready]")
    assert "role=mentor" in page.url
    assert 0 < page.locator("section[aria-labelledby=all-cities] tbody tr").count() < everybody
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
