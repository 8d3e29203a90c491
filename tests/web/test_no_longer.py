"""Pages show what counts no longer struck out, in words, with its reason, and do not count it."""

import re

import pytest

from tests.deprecated import GRANT, ended
from tests.web.conftest import Page, store_of
from webapp import create_app

WORDS = {"en": "counts no longer", "bg": "вече не важи"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser without scripts over the town."""
    for workspace in store_of(tmp_path_factory, ended()):
        yield create_app(workspace, {"TESTING": True}).test_client()


def struck(html):
    """What stands in elements that strike their text out."""
    found = re.findall(r"<s class=\"gone\">(.*?)</s>", html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        ("org:loner", "Loner Foundation", "entered twice"),
        ("org:loner?part=panel", "Loner Foundation", "entered twice"),
        ("org:council", "Firm", "it was a loan"),
        ("org:council?part=panel", "Firm", "it was a loan"),
        (GRANT, "Firm", "it was a loan"),
        (f"{GRANT}?part=panel", "", "it was a loan"),
        ("org:uni", "A list", "withdrawn by its publisher"),
    ],
)
def test_it_is_struck_out_with_its_reason(browser, lang, path, name, reason):
    html = browser.get(f"/{lang}/entity/{path}").get_data(as_text=True)
    assert any(name in one for one in struck(html)), struck(html)
    text = Page.of(html).text()
    assert reason in text and WORDS[lang] in text.lower()


def test_evidence_that_counts_no_longer_is_struck_out(browser):
    html = browser.get("/en/entity/project:bus").get_data(as_text=True)
    assert any("10,000" in one for one in struck(html)), struck(html)
    assert "Sources disagree" not in Page.of(html).text()


@pytest.mark.parametrize(("lang", "name"), [("bg", "A list"), ("en", "A list")])
def test_a_document_is_struck_out_among_the_sources(browser, lang, name):
    html = browser.get(f"/{lang}/sources").get_data(as_text=True)
    assert name in struck(html) and "withdrawn by its publisher" in html


def test_search_finds_it_last_and_struck_out(browser):
    html = browser.get("/en/search?q=loner").get_data(as_text=True)
    assert struck(html) == ["Loner Foundation"] and "entered twice" in html
    items = browser.get("/api/search?q=loner").get_json()["items"]
    assert [one["id"] for one in items] == ["org:loner-2", "org:loner"]
    assert items[1]["deprecated"]["why"] == "entered twice"
    assert "deprecated" not in items[0] and "entered twice" in items[1]["no_longer"]


def test_the_name_of_two_means_the_one_that_counts(browser):
    said = browser.get("/api/entity/Loner Foundation").get_json()
    assert said["id"] == "org:loner-2"


def test_rows_of_queries_and_files_say_it(browser):
    html = browser.get("/en/console?cypher=RETURN 'org:loner' AS one").get_data(as_text=True)
    assert struck(html) == ["Loner Foundation"]
    told = browser.get("/en/sources.csv").get_data(as_text=True)
    assert "Counts no longer" in told.splitlines()[0] and "withdrawn by its publisher" in told


@pytest.mark.parametrize("page", ["map?show=table", "gaps", "match?city=city:alpha", "report"])
def test_no_measure_and_no_list_counts_it(browser, page):
    html = browser.get(f"/en/{page}").get_data(as_text=True)
    assert 'entity/org:loner"' not in html and "entity/org:loner?" not in html
