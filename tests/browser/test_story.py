"""Views are saved by name, put in order, shown one after the other, and printed."""

import pytest

from ecosystem.dataset import ChangeSet
from tests.browser.conftest import NARROW, PHONE, axe, settle


@pytest.fixture(autouse=True)
def nothing_saved(seeds):
    """Nothing is decided after a test."""
    yield
    contents = seeds.contents.present().everything
    own = tuple(one for one in contents.records.values() if one.pack == "local")
    seeds.store.apply(ChangeSet(removed=own))


def save(page, heading, note):
    """Save the page as it stands."""
    tools = page.locator("summary", has_text="Инструменти")
    if tools.count():
        tools.click()
    page.locator("[data-save-view]").first.click()
    settle(page)
    assert axe(page) == []
    page.get_by_label("Име на изгледа").fill(heading)
    page.get_by_label("Какво ще кажете за него").fill(note)
    page.get_by_role("button", name="Запазване").click()
    settle(page)


def test_a_story_is_saved_ordered_shown_and_printed(open_page, keep):
    page = open_page("/bg/map?show=map&select=org:sofia-tech-park")
    save(page, "Кой е в центъра", "Технопаркът събира всички.")
    page.goto(page.url.split("/bg/")[0] + "/bg/gaps?rule=G14")
    save(page, "Какво липсва", "Срещат се, но не работят заедно.")
    headings = page.locator(".story-list h2")
    assert headings.all_inner_texts() == ["Кой е в центъра", "Какво липсва"]
    page.get_by_role("button", name="Надолу").first.click()
    settle(page)
    assert headings.all_inner_texts() == ["Какво липсва", "Кой е в центъра"]
    assert axe(page) == []
    keep(page, "story-bg")

    page.get_by_role("link", name="Показване от началото").click()
    settle(page)
    assert "rule=G14" in page.url and page.locator("#step").inner_text().startswith("1 / 2")
    assert not page.locator("header.top").is_visible()
    assert axe(page) == []
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/map**")
    settle(page)
    assert "select=org%3Asofia-tech-park" in page.url
    assert "Технопаркът събира всички." in page.locator("#step").inner_text()
    assert axe(page) == []
    keep(page, "story-step-bg")
    page.get_by_role("link", name="Край").click()
    page.get_by_role("link", name="За печат").click()
    settle(page)
    assert axe(page) == []
    assert page.locator(".story-paper h2").all_inner_texts() == [
        "1. Какво липсва",
        "2. Кой е в центъра",
    ]


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_step_that_is_a_page_is_printed_as_what_the_page_says(open_page, seeds, lang):
    for rank, subject in enumerate(["/match?city=city:burgas", "/gaps?rule=G14"], 1):
        seeds.decide("view", subject, {"state": "kept", "heading": subject, "rank": str(rank)})
    said = []
    for subject in ("/match?city=city:burgas", "/gaps?rule=G14"):
        page = open_page(f"/{lang}{subject}")
        said.append(page.locator("main h1").first.inner_text())
        said += page.locator("main .page h2").all_inner_texts()[:2]
    paper = open_page(f"/{lang}/story?part=print")
    paper.wait_for_function("() => document.querySelector('.story-paper[data-whole]')")
    shown = paper.locator(".story-paper").inner_text()
    assert [words for words in said if words not in shown] == []
    assert paper.locator(".step-content").count() == 2
    assert paper.locator(".step-content :is(button, form, nav)").count() == 0
    assert axe(paper) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1440, 900), (1280, 800)])
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_map_is_presented_with_one_large_sentence(open_page, seeds, keep, lang, size):
    park = "org:sofia-tech-park"
    said = {"heading": "Опора", "note": "Всичко минава през технопарка."}
    seeds.decide("view", f"/map?show=map&select={park}", {"state": "kept", **said, "rank": "1"})
    seeds.decide("view", "/map?show=map", {"state": "kept", "heading": "Цялото", "rank": "2"})
    page = open_page(
        f"/{lang}/map?show=map&select={park}&story=1",
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    page.wait_for_function(
        "() => window.scene && document.getElementById('inspector').children.length"
    )
    for hidden in ("header.top", "#side", ".stage-tools", ".zoom", ".chips", "#inspector"):
        assert not page.locator(hidden).first.is_visible(), hidden
    sentence = page.locator("#step .note")
    height = sentence.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    heading = page.locator("#step strong")
    assert heading.is_visible() and heading.inner_text() == "Опора"
    assert heading.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") < height
    assert height >= 40 and page.locator("#step").bounding_box()["width"] <= 0.4 * size[0]
    assert page.locator("#canvas").bounding_box()["height"] == size[1]
    assert page.evaluate("scene.drawn.length") > 5
    left = page.evaluate(
        """() => Math.min(...[...scene.near].map((id) => scene.nodes.get(id))
          .filter((node) => !node.chip).map((n) => scene.network.canvasToDOM(n).x))"""
    )
    assert left > size[0] / 3
    assert axe(page) == []
    keep(page, f"presented-{lang}-{size[0]}")
    page.locator("#canvas").focus()
    page.keyboard.press("PageDown")
    page.wait_for_url("**story=2**")
    page.keyboard.press("PageUp")
    page.wait_for_url("**story=1**")


def test_a_step_fits_a_phone(open_page, seeds):
    seeds.decide("view", "/gaps", {"state": "kept", "heading": "Gaps", "rank": "1"})
    page = open_page("/en/gaps?story=1", viewport=PHONE, color_scheme="dark")
    assert page.locator("#step").is_visible() and axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_correction_is_noted_beside_the_statement_and_downloaded(open_page):
    page = open_page("/bg/map?show=map&select=org:sofia-tech-park")
    page.locator("#inspector summary", has_text="Предлагане на поправка").click()
    page.locator("#inspector textarea").fill("Паркът има ново име.")
    page.locator("#inspector").get_by_role("button", name="Запазване на бележката").click()
    page.wait_for_url("**/entity/**")
    settle(page)
    assert "Паркът има ново име." in page.locator(".notice").inner_text()
    assert axe(page) == []
    page.goto(page.url.split("/bg/")[0] + "/bg/desk")
    with page.expect_download() as download:
        page.get_by_role("link", name="Изтегляне като CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("org:sofia-tech-park,") and "ново име" in text
