"""Several selected, ways between two, colours by a property, another day: all in the address."""

from tests.browser.conftest import NARROW, PHONE, axe, settle

PARK, TOWN = "org:sofia-tech-park", "org:sofia-municipality"


def test_several_are_selected_by_click_keyboard_and_address(open_page, keep):
    page = open_page(f"/bg/map?show=map&select={PARK},{TOWN}")
    panel = page.locator("#inspector")
    assert "Избрани: 2" in panel.inner_text()
    assert axe(page) == []
    keep(page, "several-bg")
    assert page.evaluate("scene.several.size") == 2
    panel.get_by_role("button", name="Махане").first.click()
    panel.get_by_text("Избрани").wait_for(state="detached")
    assert f"select={TOWN.replace(':', '%3A')}" in page.url
    page.locator("summary", has_text="Инструменти").click()
    page.get_by_role("button", name="Избор на няколко").click()
    page.evaluate(f"scene.point('{PARK}')")
    page.locator("#canvas").focus()
    page.keyboard.press("Enter")
    panel.get_by_text("Избрани: 2").wait_for()
    panel.get_by_role("link", name="Едно до друго").click()
    page.wait_for_url("**/compare**")
    assert page.locator("main thead th").count() == 2 and axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert PARK in download.value.path().read_text(encoding="utf-8-sig")


def test_the_ways_between_two_are_drawn_and_listed(open_page, keep):
    page = open_page(f"/bg/map?show=map&path={PARK},org:nimh")
    panel = page.locator("#inspector .panel")
    panel.wait_for()
    assert axe(page) == []
    lit = page.evaluate("[...scene.near]")
    assert {PARK, "org:nimh"} <= set(lit) and len(lit) > 2
    keep(page, "ways-bg")
    panel.get_by_role("link", name="Като страница").click()
    page.wait_for_url("**/ways**")
    assert axe(page) == []
    page.close()
    dark = open_page(f"/en/ways?path={PARK},org:nimh", color_scheme="dark", viewport=PHONE)
    assert axe(dark) == []
    dark.set_viewport_size(NARROW)
    assert dark.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_name_is_enough_wherever_an_actor_is_asked(open_page):
    page = open_page("/bg/ways", expect="404")
    first = page.get_by_role("combobox", name="От", exact=True)
    first.fill("софия тех")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    assert axe(page) == []
    first.press("ArrowDown")
    first.press("Enter")
    assert first.input_value() == "София Тех Парк"
    page.get_by_role("combobox", name="Към", exact=True).fill("община софия")
    page.get_by_role("button", name="Търсене", exact=True).click()
    settle(page)
    assert f"one={PARK.replace(':', '%3A')}" in page.url
    assert "София Тех Парк – Столична община" in page.locator("main h2").first.inner_text()
    # What was chosen is still named, and an edit makes it a name again.
    first = page.get_by_role("combobox", name="От", exact=True)
    assert first.input_value() == "София Тех Парк"
    first.fill("никой такъв")
    page.get_by_role("button", name="Търсене", exact=True).click()
    page.wait_for_url("**one=%D0%BD**")
    settle(page)
    wrong = page.locator("input[aria-invalid=true]")
    assert wrong.input_value() == "никой такъв"
    assert page.get_by_role("combobox", name="Между кои").count() == 2


def test_the_reader_colours_and_filters_by_a_property(open_page, keep):
    page = open_page("/bg/map?show=map&colour=sector")
    assert axe(page) == []
    keep(page, "colour-bg")
    before = page.evaluate("scene.picture.nodes.filter((n) => scene.shown(n.id)).length")
    page.locator("input[name=value]").first.uncheck()
    after = page.evaluate("scene.picture.nodes.filter((n) => scene.shown(n.id)).length")
    assert after < before and "hide_values=sector." in page.url
    page.get_by_label("Цвят според").select_option("standing")
    page.wait_for_url("**colour=standing**")
    settle(page)
    assert page.evaluate("scene.toneOf(scene.nodes.get('org:sofia-tech-park')) !== null")
    dark = open_page("/en/map?show=map&colour=freshness", color_scheme="dark")
    assert axe(dark) == []


def test_another_day_moves_nobody(open_page):
    page = open_page("/bg/map?show=map")
    spots = "Object.fromEntries([...scene.nodes].map(([id, n]) => [id, [n.x, n.y]]))"
    now = page.evaluate(spots)
    page.locator("summary", has_text="Дата:").click()
    assert axe(page) == []
    slider = page.locator("#time")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**as_of=**")
    settle(page)
    page.goto(page.url.split("?")[0] + "?show=map&as_of=2018-12-31")
    settle(page)
    then = page.evaluate(spots)
    inner = [one for one in then if not one.startswith("group:") and one in now]
    assert len(inner) > 50 and len(then) < len(now)
    assert [one for one in inner if then[one] != now[one]] == []
