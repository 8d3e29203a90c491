"""axe-core finds nothing, narrow windows need no sideways scrolling, and focus is visible."""

import pytest

from tests.browser.conftest import DESKTOP, NARROW, PHONE, axe

PAGES = (
    "/",
    "/map?show=map",
    "/map?show=map&gaps=1&select=org:sofia-municipality",
    "/map?show=table&scope=city:plovdiv",
    "/gaps",
    "/match",
    "/match/board",
    "/queries",
    "/queries/mentors-of-city?city=city:sofia",
    "/console?cypher=MATCH (c:City) RETURN c.id AS city ORDER BY city LIMIT 3",
    "/sources",
    "/about",
    "/entity/city:sofia",
    "/entity/programme:digital-cities-challenge",
    "/search?q=sofia",
    "/report",
    "/invite",
    "/roadmap?programme=programme:digital-transformation-strategy-sofia",
    "/invite?theme=theme:transport&size=12&compare=event:dcc-sofia-seminar-3",
    "/invite/compare?one=event:dcc-sofia-seminar-3&other=event:dcc-academy-2",
)
LOOKS = {
    "en-light-desktop": ("en", "light", DESKTOP),
    "bg-dark-phone": ("bg", "dark", PHONE),
    "en-dark-desktop": ("en", "dark", DESKTOP),
    "bg-light-phone": ("bg", "light", PHONE),
}


@pytest.mark.parametrize("look", ["en-light-desktop", "bg-dark-phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, path, look):
    lang, scheme, viewport = LOOKS[look]
    page = open_page(f"/{lang}{path}", color_scheme=scheme, viewport=viewport)
    for width in (NARROW, viewport):
        page.set_viewport_size(width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    assert axe(page) == []


@pytest.mark.parametrize("look", ["en-dark-desktop", "bg-light-phone"])
@pytest.mark.parametrize("path", ["/", "/map?show=map&gaps=1&select=city:sofia", "/gaps", "/match"])
def test_axe_finds_nothing_in_the_other_looks(open_page, path, look):
    lang, scheme, viewport = LOOKS[look]
    page = open_page(f"/{lang}{path}", color_scheme=scheme, viewport=viewport)
    assert axe(page) == []


def test_axe_finds_nothing_with_everything_open(open_page):
    page = open_page("/bg/match")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe(page) == []
    page = open_page("/bg/map?show=map", viewport=PHONE)
    page.get_by_role("button", name="Филтри").click()
    assert axe(page) == []


def test_axe_would_find_something(open_page):
    page = open_page("/bg/about")
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert [found for found in axe(page) if found.startswith("button-name")]


@pytest.mark.parametrize("path", ["/", "/map?show=map", "/match", "/gaps"])
def test_targets_are_large_enough(open_page, path):
    page = open_page(f"/bg{path}")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, select, .button, nav a, .line')]
          .map((one) => [one, one.getBoundingClientRect()])
          .filter(([, box]) => box.width && box.height && (box.height < 36 || box.width < 36))
          .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_focus_is_visible_and_never_lost(open_page):
    page = open_page("/bg/")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => { const on = document.activeElement, style = getComputedStyle(on);
                  return [on.tagName, style.outlineStyle, parseFloat(style.outlineWidth)]; }"""
            )
        )
    assert "BODY" not in [tag for tag, _, _ in seen]
    assert all(style != "none" and width >= 2 for _, style, width in seen)


def test_text_may_be_twice_as_large(open_page):
    page = open_page("/bg/", viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_reduced_motion_and_forced_colours_are_heard(open_page):
    page = open_page("/bg/map?show=map", reduced_motion="reduce", forced_colors="active")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.toggle')).transitionDuration")
        == "0s"
    )
    assert page.evaluate("scene.colours.ink") != "#17212b"
    assert axe(page) == []
