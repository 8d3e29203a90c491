"""What a gap lights on the map, and what its panel says."""

import html
import json
import re

import pytest

from ecosystem.questions.catalogues import OF_ECOSYSTEM, RULES
from ecosystem.questions.gaps import Gaps
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.web.conftest import Page
from webapp import create_app


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """The shipped seeds in a store of their own."""
    folder = tmp_path_factory.mktemp("marks")
    with Workspace.open(Settings.read({"data": str(folder), "scope": "city:sofia"})) as opened:
        opened.load()
        yield opened
    embedded.stop(folder)


@pytest.fixture(scope="module")
def browser(seeds):
    """A browser without scripts over the seeds."""
    return create_app(seeds, {"TESTING": True}).test_client()


@pytest.fixture(scope="module")
def gaps(seeds):
    """Every gap of the seeds by its id."""
    ground = seeds.ground()
    found = ground.ask(Gaps.read({}, ground))
    return {gap.id: gap for result in found for gap in result.findings}


def picture(browser, where):
    html = browser.get(where).get_data(as_text=True)
    return json.loads(re.search(r'id="picture">(.*?)</script>', html, re.S)[1])


def test_whoever_a_sentence_or_a_next_step_names_is_in_the_light(seeds, gaps):
    names = {
        node.name.en: node.id
        for node in seeds.ground().facts.nodes.values()
        if node.kind in ("Organisation", "City", "Person") and len(node.name.en) > 5
    }
    told = {rule.id for rule in RULES if rule.group in OF_ECOSYSTEM}
    for gap in gaps.values():
        lit = set(gap.named)
        said = f"{gap.sentence.en if gap.rule in told else ''} {gap.step.en}"
        named = {one for name, one in names.items() if re.search(rf"\b{re.escape(name)}\b", said)}
        inside = {
            one for one in named if any(one != other and _in(seeds, one, other) for other in named)
        }
        assert named - inside <= lit, (gap.id, gap.sentence.en, named - lit)


def _in(seeds, one, other):
    """Whether a name is part of another that the sentence has."""
    nodes = seeds.ground().facts.nodes
    return nodes[one].name.en in nodes[other].name.en


def test_badges_say_names_and_no_codes(browser):
    for lang in ("bg", "en"):
        marks = picture(browser, f"/{lang}/map?gaps=1")["marks"]
        assert len(marks) == 12
        titles = {getattr(rule.title, lang) for rule in RULES}
        assert {mark["name"] for mark in marks} <= titles
        assert not any(re.search(r"G\d\d", mark["name"] + mark["title"]) for mark in marks)


def test_the_opened_gap_is_among_the_marks_whatever_its_place(browser, gaps):
    shown = {mark["id"] for mark in picture(browser, "/en/map?gaps=1")["marks"]}
    other = next(one for one in gaps if one.startswith("G08|") and one not in shown)
    marks = picture(browser, f"/en/map?gaps=1&mark={other}")["marks"]
    assert other in {mark["id"] for mark in marks} and len(marks) == 12
    assert len({mark["id"] for mark in marks} & shown) == 11


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_gap_has_its_panel(browser, gaps, lang):
    for identity, gap in gaps.items():
        answer = browser.get(f"/{lang}/gaps", query_string={"part": "panel", "gap": identity})
        text = Page.of(answer.get_data(as_text=True)).text()
        assert answer.status_code == 200
        said = gap.sentence.show(lang)[0]
        assert " ".join(said.split()) in " ".join(text.split())


def test_a_gap_that_is_not_there_is_said(browser):
    for asked in ("", "G14", "G99|x", "G08|org:none"):
        answer = browser.get("/en/gaps", query_string={"part": "panel", "gap": asked})
        assert answer.status_code == 404
        assert "This gap is not here any more." in answer.get_data(as_text=True)


def test_what_comes_first_is_the_same_on_the_first_screen_and_in_the_list(browser, seeds, gaps):
    """And stands in the list once: above the groups, and in none of them."""
    first = [
        found.replace("&amp;", "&")
        for found in re.findall(r'class="gap-teaser">\s*<h3>(.*?)</h3>', browser.get("/en/").text)
    ]
    text = browser.get("/en/gaps").text
    above = text[text.index('id="first"') : text.index('id="missing"')]
    assert len(first) == 3
    for sentence in first:
        assert sentence in above
        assert text.count(f">{sentence}</h3>") == 1
    told = seeds.ask(Gaps.read({}, seeds.ground()))
    listed = Gaps.read({}, seeds.ground()).tables(told, seeds.ground()).tables[0]
    assert [row[1].en for row in listed.rows] == [html.unescape(one) for one in first]
