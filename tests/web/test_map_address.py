"""What the address of the map says: refused, left aside with a line, or shown."""

import json
import re

import pytest

from tests.owned import owned
from tests.web.conftest import Page, store_of
from webapp import create_app


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser without scripts over the town with attributes of its own."""
    for workspace in store_of(tmp_path_factory, owned()):
        yield create_app(workspace, {"TESTING": True}).test_client()


def drawn(html):
    """What the map hands to the script that draws it."""
    found = re.search(r'id="picture">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def said(html):
    """The address as the server read it."""
    found = re.search(r'data-here="([^"]*)"', html)
    assert found
    return found[1].replace("&amp;", "&").replace("%3A", ":").replace("%2C", ",")


@pytest.mark.parametrize(
    ("lang", "words"), [("bg", "„org:none“ не е записано"), ("en", "“org:none” is not recorded")]
)
def test_what_is_there_no_longer_is_said_and_left_aside(browser, lang, words):
    html = browser.get(f"/{lang}/map?select=org:firm,org:none&open=org:lost").get_data(as_text=True)
    text = Page.of(html).text()
    assert words in text and "org:lost" in text
    assert said(html).endswith("select=org:firm") and "org:none" not in said(html)


def test_names_are_understood_and_parts_of_a_way_joined(browser):
    html = browser.get("/en/map?path=Firm&path=org:uni").get_data(as_text=True)
    assert "path=org:firm,org:uni" in said(html)
    half = browser.get("/en/map?path=org:firm,org:none").get_data(as_text=True)
    assert "path" not in said(half) and "“org:none”" in Page.of(half).text()


def test_all_that_is_wrong_is_told_at_once_beside_its_field(browser):
    answer = browser.get("/bg/map?colour=own:staf&hide=Organization&path=org:firm&mark=Gx|a")
    text = Page.of(answer.get_data(as_text=True)).text()
    assert answer.status_code == 400
    for words in ("own:staff", "Organisation", "трябват 2", "G01"):
        assert words in text, words


def test_of_a_thousand_unknown_ids_the_first_are_looked_for_and_the_rest_counted(browser):
    many = ",".join(f"org:lost-{n}" for n in range(60))
    html = browser.get(f"/en/map?select={many},org:firm").get_data(as_text=True)
    text = Page.of(html).text()
    assert said(html).endswith("select=org:firm")
    assert "“org:lost-19” is not recorded" in text and "org:lost-20" not in text
    assert "40 more were not looked for" in text
    wrong = browser.get(f"/bg/compare?select={many}").get_data(as_text=True)
    assert "още 40 не са потърсени" in Page.of(wrong).text()


def test_a_gap_that_is_not_here_is_said(browser):
    html = browser.get("/en/map?gaps=1&mark=G01|nobody").get_data(as_text=True)
    assert "there is no gap “G01|nobody” here" in Page.of(html).text()


def test_a_map_coloured_and_sized_by_own_numbers_marks_what_is_not_recorded(browser):
    html = browser.get("/en/map?scope=all&colour=own:staff&size=own:staff&open=external-partners")
    html = html.get_data(as_text=True)
    nodes = {one["id"]: one for one in drawn(html)["nodes"]}
    assert nodes["org:loner"]["silent"] and nodes["org:loner"]["tone"] == 9
    assert "silent" not in nodes["org:abroad"] and nodes["org:abroad"]["tone"] == 10
    assert nodes["org:uni"]["tone"] == 14
    assert nodes["org:uni"]["size"] > nodes["org:firm"]["size"] > nodes["org:abroad"]["size"]
    text = Page.of(html).text()
    assert "grey, with a dash: not recorded, which is not zero" in text and "Colour: Staff" in text


@pytest.mark.parametrize(("lang", "label"), [("bg", "Служители"), ("en", "Staff")])
def test_own_attributes_stand_on_pages_panels_and_tables(browser, lang, label):
    for path in ("entity/org:firm", "entity/org:firm?part=panel"):
        page = Page.of(browser.get(f"/{lang}/{path}").get_data(as_text=True))
        assert label in page.text() and "Stage" in page.text("en") and "seed" in page.text()
    tie = browser.get(f"/{lang}/entity/FUNDS|org:council|org:firm|?part=panel")
    assert "second" in Page.of(tie.get_data(as_text=True)).text()
    table = f"/{lang}/map?show=table&columns=own:staff"
    assert label in Page.of(browser.get(table).get_data(as_text=True)).text()
    picture = browser.get(f"/{lang}/map.svg?colour=own:staff").get_data(as_text=True)
    assert 'fill="#c3cbd3"' in picture


def test_files_and_programs_have_them(browser):
    head, *rows = (
        browser.get("/en/entities.csv?kind=Organisation").get_data(as_text=True).split("\n")
    )
    assert "Staff" in head and "Stage" in head
    assert any(",org:firm," in row and "12.5" in row and "seed" in row for row in rows)
    assert "Call" in browser.get("/en/ties.csv").get_data(as_text=True).split("\n")[0]
    told = browser.get("/api/entity/org:firm").get_json()["own"]
    assert {one["name"]: one["value"] for one in told}["own:open"] is True


def test_what_a_reader_moved_stands_there_and_knows_its_home(browser):
    nodes = {node["id"]: node for node in drawn(get(browser, "/en/map"))["nodes"]}
    home = [nodes["org:firm"]["x"], nodes["org:firm"]["y"]]
    moved = drawn(get(browser, "/en/map?pins=org:firm@10:-20"))["nodes"]
    firm = next(node for node in moved if node["id"] == "org:firm")
    assert (firm["x"], firm["y"], firm["home"]) == (10.0, -20.0, home)
    assert not any("home" in node for node in moved if node["id"] != "org:firm")


@pytest.mark.parametrize(
    ("lang", "words"), [("bg", "извън картата"), ("en", "outside the map, which reaches from")]
)
def test_a_place_beyond_the_canvas_is_said_and_left_aside(browser, lang, words):
    html = get(browser, f"/{lang}/map?pins=org:firm@9000000:0")
    assert words in Page.of(html).text()
    assert not any("home" in node for node in drawn(html)["nodes"])


@pytest.mark.parametrize(
    ("lang", "words"), [("bg", "не е място; пише се"), ("en", "is not a place; write it")]
)
@pytest.mark.parametrize("said_", ["org:firm", "org:firm@", "org:firm@1", "org:firm@1.5:2", "@1:2"])
def test_a_pin_that_is_none_is_said(browser, lang, words, said_):
    answer = browser.get(f"/{lang}/map?pins={said_}")
    assert words in Page.of(answer.get_data(as_text=True)).text()


def test_so_many_may_be_moved_and_no_more(browser):
    pins = ",".join(f"org:firm@{place}:0" for place in range(201))
    assert browser.get(f"/en/map?pins={pins}").status_code == 400


def get(browser, where):
    return browser.get(where).get_data(as_text=True)
