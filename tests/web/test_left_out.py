"""Every page says what its view leaves out, in both languages, and so does the JSON."""

import pytest

from tests.web.conftest import Page

SAID = {"en": "Left out because the end is unknown", "bg": "Оставено настрана, защото краят не е"}
PAGES = (
    "/",
    "/map",
    "/gaps",
    "/match?city=city:alpha",
    "/match/board",
    "/city/city:alpha",
    "/places",
    "/entity/city:alpha",
    "/entity/org:council",
    "/report",
    "/roadmap",
    "/timeline",
    "/invite?theme=theme:mobility",
)


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Page.of(answer.get_data(as_text=True)).text()


@pytest.mark.parametrize("lang", ["en", "bg"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_its_view_leaves_out(client, path, lang):
    sign = "&" if "?" in path else "?"
    day = "as_of=2026-01-01"
    assert SAID[lang] in text_of(client, f"/{lang}{path}{sign}reading=in-force&{day}")
    assert SAID[lang] not in text_of(client, f"/{lang}{path}{sign}{day}")


def test_needs_of_unknown_end_are_never_said_not_to_be_recorded(client):
    for path in ("gaps", "match?city=city:alpha", "report", "city/city:alpha"):
        sign = "&" if "?" in path else "?"
        text = text_of(client, f"/en/{path}{sign}reading=in-force&as_of=2026-01-01")
        assert "recorded, none known to be in force" in text
        for lie in ("No need is recorded", "no needs of Alpha", "No needs are recorded"):
            assert lie not in text, path


def test_what_is_listed_apart_stands_below_its_rule_and_is_nothing_to_do(client):
    text = text_of(client, "/en/gaps?reading=in-force&as_of=2026-01-01")
    assert "3 listed apart" in text
    assert "Alpha University: left out because it happened and does not last" in text
    assert "Ask Alpha University" not in text
    bulgarian = text_of(client, "/bg/gaps?reading=in-force&as_of=2026-01-01")
    assert "Настрана: 3" in bulgarian


def test_the_json_counts_what_is_left_out_by_reason_and_kind(client):
    view = "reading=in-force&as_of=2026-01-01"
    found = client.get(f"/api/overview?{view}").get_json()
    assert found["left_out"]["end unknown"]["NEEDS"] == 1
    rules = client.get(f"/api/gaps?{view}").get_json()
    told = {rule["rule"]: rule for rule in rules["items"]}
    assert {one["gap"] for one in told["G06"]["apart"]} == {
        "G06|org:council",
        "G06|org:firm",
        "G06|org:uni",
    }
    assert told["G07"]["unjudged"] is True
    assert told["G12"]["status"] == "not recorded"
