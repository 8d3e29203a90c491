"""The map in a real browser: it draws, filters, focuses, and is a link at every step."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, settle


def question(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def live(page):
    expect(page.locator("#live")).not_to_have_text("")
    return page.locator("#live").text_content()


def pixels(page):
    """How many different colours the canvas shows."""
    return page.evaluate(
        """() => { const c = document.querySelector('#canvas canvas');
          const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
          const seen = new Set(); for (let i = 0; i < d.length; i += 4 * 97)
            seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]); return seen.size; }"""
    )


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_map_draws(open_page, keep, lang, look):
    page = open_page(f"/{lang}/map", color_scheme=look)
    assert pixels(page) > 20
    keep(page, f"map-{lang}-{look}")


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_first_screen_has_the_live_map(open_page, keep, lang):
    page = open_page(f"/{lang}/")
    assert pixels(page) > 20
    keep(page, f"first-{lang}")


def test_labels_never_overlap(open_page):
    page = open_page("/bg/map")
    for _ in range(3):
        boxes = page.evaluate("scene.drawn.map((one) => one.box)")
        assert len(boxes) > 20
        for i, (a, b, c, d) in enumerate(boxes):
            for x, y, z, w in boxes[i + 1 :]:
                assert a >= z or c <= x or b >= w or d <= y
        page.get_by_role("button", name="По-близо").click()
        page.wait_for_timeout(400)


def test_a_filter_hides_a_kind_and_stays_in_the_address(open_page):
    page = open_page("/bg/map")
    assert page.evaluate(
        "scene.picture.nodes.some((n) => n.group === 'Person' && scene.shown(n.id))"
    )
    page.get_by_role("checkbox", name=re.compile("Хора")).uncheck()
    assert not page.evaluate(
        "scene.picture.nodes.some((n) => n.group === 'Person' && scene.shown(n.id))"
    )
    assert question(page)["hide"] == "Person"
    assert "Показани" in live(page)
    page.reload()
    settle(page)
    assert not page.get_by_role("checkbox", name=re.compile("Хора")).is_checked()
    assert not page.evaluate(
        "scene.picture.nodes.some((n) => n.group === 'Person' && scene.shown(n.id))"
    )


def test_what_is_hidden_stays_hidden_where_the_place_has_none_of_it(open_page):
    page = open_page("/en/map?show=map&scope=city:plovdiv&as_of=2015-01-01&hide=Event,Person")
    page.wait_for_function("() => window.scene !== undefined")
    assert page.locator('#side input[name=kind][value="Event"]').count() == 0
    assert set(question(page)["hide"].split(",")) == {"Event", "Person"}


def test_a_tie_filter_hides_its_ties(open_page):
    page = open_page("/bg/map")
    page.get_by_role("checkbox", name=re.compile("Финансиране")).uncheck()
    hidden = "scene.edgeData.get().filter((e) => e.group === 'FUNDS').every((e) => e.hidden)"
    assert page.evaluate(hidden)
    assert question(page)["hide_ties"] == "FUNDS"


def click_node(page, identity):
    at = page.evaluate("(id) => scene.network.canvasToDOM(scene.network.getPosition(id))", identity)
    page.locator("#canvas").click(position=at)


def test_a_click_opens_the_inspector_with_statements_and_sources(open_page, keep):
    page = open_page("/en/map")
    click_node(page, "org:sofia-tech-park")
    panel = page.locator("#inspector")
    panel.get_by_role("heading", name="Sofia Tech Park").wait_for()
    assert question(page)["select"] == "org:sofia-tech-park"
    assert panel.get_by_role("heading", name="Where this comes from").is_visible()
    assert "Sofia Tech Park" in live(page)
    faded = page.evaluate("scene.edgeData.get().filter((e) => e.color.opacity === 0.04).length")
    assert faded > 100
    keep(page, "map-focus")
    panel.get_by_role("link", name="Sofia Municipality", exact=True).click()
    panel.get_by_role("heading", name="Sofia Municipality").wait_for()
    assert question(page)["select"] == "org:sofia-municipality"
    panel.get_by_role("button", name="Close").click()
    assert panel.is_hidden()
    assert "select" not in question(page)


def test_a_tie_opens_like_a_node(open_page):
    page = open_page("/en/map?select=org:sofia-tech-park")
    panel = page.locator("#inspector")
    panel.get_by_role("link", name=re.compile("Sources of this tie")).first.click()
    panel.get_by_text("Statement", exact=True).wait_for()
    assert "|" in question(page)["select"]
    assert page.evaluate("scene.nearTies.size") == 1


def test_focus_reaches_further_with_each_step(open_page):
    page = open_page("/en/map?select=org:sofia-tech-park")
    page.locator("#inspector input[name=steps]").wait_for()
    sizes = [page.evaluate("scene.near.size")]
    for _ in range(2):
        page.locator("#inspector input[name=steps]").press("ArrowRight")
        sizes.append(page.evaluate("scene.near.size"))
    assert sizes == sorted(set(sizes))
    assert question(page)["steps"] == "3"


def test_gaps_are_shown_on_demand_and_one_can_be_picked(open_page, keep):
    page = open_page("/bg/map")
    assert page.evaluate("scene.marks.length") == 0
    page.get_by_role("switch", name="Показване на пропуските").check()
    shown = page.evaluate("scene.marks.length")
    assert 0 < shown <= 12
    assert question(page)["gaps"] == "1"
    keep(page, "map-gaps")
    page.locator("[data-mark]").nth(1).click()
    assert page.evaluate("scene.opened === scene.marks[1]")
    page.locator("#inspector .gap-panel").wait_for()
    assert page.locator("[data-mark]").nth(1).get_attribute("aria-pressed") == "true"
    page.get_by_role("switch", name="Показване на пропуските").uncheck()
    assert page.evaluate("scene.marks.length") == 0
    assert "gaps" not in question(page)


def test_search_finds_and_focuses(open_page):
    page = open_page("/en/map")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("tech park")
    page.get_by_role("option", name=re.compile("^Sofia Tech Park")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#inspector").get_by_role("heading").first.wait_for()
    assert question(page)["select"] == "org:sofia-tech-park"


def test_enter_in_the_search_stays_on_the_map(open_page):
    page = open_page("/bg/map")
    page.keyboard.press("/")
    page.keyboard.type("софтех парк")
    page.keyboard.press("Enter")
    page.locator("#inspector").get_by_role("heading").first.wait_for()
    assert question(page)["select"] == "org:sofia-tech-park"


def test_ctrl_k_opens_the_search_and_single_keys_can_be_switched_off(open_page):
    page = open_page("/bg/map")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search"
    page.get_by_role("checkbox", name=re.compile("Команди с един клавиш")).uncheck()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "search"
    page.reload()
    assert not page.get_by_role("checkbox", name=re.compile("Команди с един клавиш")).is_checked()


def test_the_map_is_walked_by_keyboard(open_page):
    page = open_page("/bg/map")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("scene.cursor")
    assert "Връзки" in live(page)
    for key in ("ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("scene.cursor")
    page.evaluate("(id) => scene.point(id)", first)
    page.keyboard.press("Enter")
    page.locator("#inspector").get_by_role("heading").first.wait_for()
    assert question(page)["select"] == first
    scale = page.evaluate("scene.network.getScale()")
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    assert page.evaluate("scene.network.getScale()") > scale
    page.keyboard.press("Escape")
    assert page.locator("#inspector").is_hidden()
    assert page.evaluate("document.activeElement.id") == "canvas"


def test_a_group_from_elsewhere_opens(open_page):
    page = open_page("/bg/map")
    group = page.evaluate("scene.picture.nodes.find((n) => n.opens && n.opens.includes('mentors'))")
    before = page.evaluate("scene.picture.nodes.length")
    page.locator(".chips").get_by_role("button", name=re.compile(group["label"])).click()
    page.wait_for_url(re.compile("open="))
    page.wait_for_function("(was) => scene.picture.nodes.length > was", arg=before)
    assert page.evaluate("scene.picture.nodes.length") == before + group["count"] - 1


def test_size_and_islands_follow_the_readers_choice(open_page):
    page = open_page("/en/map?hide=Person")
    page.get_by_label("Islands by").select_option("theme")
    page.wait_for_url(re.compile("group=theme"))
    assert question(page)["hide"] == "Person"
    settle(page)
    page.get_by_label("Size by").select_option("betweenness")
    page.wait_for_url(re.compile("size=betweenness"))
    assert question(page)["group"] == "theme"


def test_the_table_is_the_twin_of_the_map(open_page, keep):
    page = open_page("/en/map?hide=Person")
    page.get_by_role("link", name="Table", exact=True).click()
    page.wait_for_url(re.compile("show=table"))
    assert question(page)["hide"] == "Person"
    assert page.locator("#actors tr[data-kind=Person]:visible").count() == 0
    header = page.get_by_role("columnheader", name="Ties").first
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    counts = page.locator("#actors tbody tr:visible td:nth-child(5)").all_text_contents()
    numbers = [int(text) for text in counts]
    assert numbers == sorted(numbers, reverse=True)
    keep(page, "table")


def test_a_phone_gets_the_table_first_and_filters_as_a_sheet(open_page, keep):
    page = open_page("/bg/map", viewport=PHONE, has_touch=True, is_mobile=True)
    page.wait_for_url(re.compile("show=table"))
    page.get_by_role("button", name="Филтри").click()
    side = page.locator("#side")
    assert side.is_visible()
    keep(page, "phone-filters")
    page.keyboard.press("Escape")
    assert side.is_hidden()
    page.get_by_role("link", name="Карта", exact=True).last.click()
    page.wait_for_url(re.compile("show=map"))
    settle(page)
    assert pixels(page) > 10
    keep(page, "phone-map")


def test_the_theme_is_kept(open_page):
    page = open_page("/bg/map")
    ink = page.evaluate("scene.colours.ink")
    page.get_by_role("button", name="Тъмна тема").click()
    assert page.evaluate("scene.colours.ink") != ink
    page.reload()
    settle(page)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("button", name="Тъмна тема").get_attribute("aria-pressed") == "true"


def test_the_same_view_gives_the_same_picture(open_page):
    pictures = [open_page("/bg/map").locator("#canvas").screenshot() for _ in range(2)]
    assert pictures[0] == pictures[1]


def test_the_other_language_shows_the_same_state(open_page):
    page = open_page("/bg/map?hide=Person&gaps=1")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile("/en/map"))
    assert question(page) == {"hide": "Person", "gaps": "1"}


def test_the_network_map_is_described_to_those_who_do_not_see_it(open_page):
    tree = open_page("/en/map").locator("body").aria_snapshot()
    assert re.search(r'application "Network map: \d+ nodes, \d+ ties', tree)
    assert 'switch "Show the gaps"' in tree
    assert re.search(r'checkbox "Organisations \d+" \[checked\]', tree)
