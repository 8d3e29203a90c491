"""The library finds questions, the console completes, marks errors and remembers."""

from urllib.parse import quote

import pytest

from tests.browser.conftest import NARROW, PHONE, axe, settle


def test_questions_are_found_by_words_and_subject(open_page, keep):
    page = open_page("/bg/queries")
    everything = page.locator(".question").count()
    page.get_by_label("Думи от въпроса").fill("funders")
    page.get_by_role("button", name="Търсене").click()
    settle(page)
    assert 0 < page.locator(".question").count() < everything
    assert axe(page) == []
    page.goto(page.url.split("?")[0])
    page.locator(".tags a").nth(2).click()
    settle(page)
    assert "tag=" in page.url and 0 < page.locator(".question").count() < everything
    assert axe(page) == []
    keep(page, "queries-bg")


def test_the_nodes_of_an_answer_lead_to_the_map(open_page):
    page = open_page("/en/queries/funders-and-funded")
    assert page.locator("main table").count() > 0
    link = page.get_by_role("link", name="on the map").first
    assert "select=" in (link.get_attribute("href") or "")
    link.click()
    page.wait_for_url("**/map**")
    page.locator("#canvas canvas").wait_for()


PATHS = "MATCH p=(f:Organisation)-[:FUNDS]->(x:Project) RETURN p ORDER BY f.id, x.id LIMIT 4"


@pytest.mark.parametrize("only", [False, True])
def test_the_paths_of_an_answer_are_drawn_alone_or_among_all(open_page, only):
    page = open_page(f"/en/console?cypher={quote(PATHS)}")
    first = page.locator("main table tbody tr").first
    assert "→ Funding →" in first.inner_text() and "{" not in first.inner_text()
    page.locator(".on-map a").nth(int(only)).click()
    page.wait_for_url("**/map**")
    page.wait_for_function("() => window.scene?.several?.size && window.scene.nearTies.size")
    ties, ends, lit, alone = page.evaluate(
        """() => { const { nearTies, edges, near, alone } = window.scene;
        const ties = [...nearTies].map((id) => edges.get(id));
        return [ties.map((tie) => tie.group), ties.flatMap((tie) => [tie.from, tie.to]),
          [...near], alone && [...alone]]; }"""
    )
    assert ties == ["FUNDS"] * 4 and set(ends) == set(lit)
    assert (set(alone) == set(lit)) if only else alone is None
    button = page.locator("#inspector [data-only]")
    assert button.get_attribute("aria-pressed") == str(only).lower()
    button.click()
    page.wait_for_function(f"() => Boolean(window.scene.alone) === {str(not only).lower()}")


def test_the_editor_completes_runs_marks_errors_and_remembers(open_page, keep):
    page = open_page("/en/console")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("MATCH (c:Cit")
    page.locator(".cm-tooltip-autocomplete li", has_text="City").wait_for()
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.keyboard.type(") RETURN c.id AS city ORDER BY city LIMIT 3")
    keep(page, "console-en")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**cypher=**")
    settle(page)
    assert page.locator("main table tbody tr").count() == 3
    page.locator("#past > summary").click()
    assert "RETURN c.id AS city" in page.locator("#past").inner_text()
    assert axe(page) == []

    wrong = open_page("/en/console?cypher=MATCH%20(c:City)%0ARETRUN%20c", expect="400")
    wrong.locator(".cm-lint-marker-error").wait_for()
    assert axe(wrong) == []
    page.reload()
    settle(page)
    page.locator("#past > summary").click()
    page.get_by_role("button", name="Forget it all").click()
    page.goto(page.url.split("?")[0])
    settle(page)
    assert not page.locator("#past").is_visible()


def test_tab_leaves_the_editor_and_the_page_works_without_scripts(open_page):
    page = open_page("/bg/console", color_scheme="dark", viewport=PHONE)
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('cm-content')")
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    plain = open_page("/bg/console", java_script_enabled=False)
    assert plain.locator("textarea#cypher").is_visible()


def test_the_interface_for_programs_is_explained(open_page):
    for lang, scheme in (("bg", "light"), ("en", "dark")):
        page = open_page(f"/{lang}/api", color_scheme=scheme)
        assert page.get_by_role("heading", name="GET /api/gaps").count() == 1
        assert axe(page) == []
