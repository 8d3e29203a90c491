"""The badge beside a rank: counts while it is being checked, then says how the place holds."""

import time

import pytest

from tests.web.conftest import Page

VIEW = "scope=city:alpha&as_of=2020-01-01"
PATIENCE = 20.0


def asked(client, address):
    """The JSON at an address, once nothing of it is still being checked."""
    end = time.monotonic() + PATIENCE
    while (found := client.get(address).json)["state"] in ("waiting", "running"):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def badges(client, address):
    page = Page.of(client.get(address).text)
    return [found for tag, found in page.elements if "data-sure" in found]


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_every_rank_of_a_page_has_a_badge_that_knows_where_to_ask(client, lang):
    found = badges(client, f"/{lang}/entity/org:council?{VIEW}")
    assert found
    for badge in found:
        assert badge["data-place"] == "org:council"
        assert f"lang={lang}" in badge["data-sure"]
        said = asked(client, badge["data-sure"])
        assert said["state"] == "ready"
        # The town is too small to tell, and says so.
        assert said["place"] == (
            "не е проверено: твърде малко" if lang == "bg" else "not checked: too few"
        )
        assert said["stability"]["reason"][lang]


def test_the_map_says_how_the_first_places_hold(client):
    (whole,) = badges(client, f"/en/map?{VIEW}&lens=work")
    assert "data-place" not in whole
    said = asked(client, whole["data-sure"])
    assert said["words"] == said["stability"]["reason"]["en"]
    rows = badges(client, f"/en/map?{VIEW}&lens=work&show=table")
    assert {row.get("data-place") for row in rows} >= {"org:council", "org:firm"}


def test_the_answer_is_never_kept_by_the_browser(client):
    answer = client.get(f"/api/stability/work/degree?{VIEW}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_no_measure_is_not_found(client):
    assert client.get(f"/api/stability/work/beauty?{VIEW}").status_code == 404
    assert client.get(f"/api/stability/nowhere/degree?{VIEW}").status_code == 404
