"""The list of guests as a page and as files, and two events side by side."""

import csv
import io

import pytest

from tests.unit.test_sheets import cells
from tests.web.conftest import HARM, Page
from webapp import create_app

LIST = "/en/invite?theme=theme:mobility&size=1"


def page(client, path):
    return Page.of(client.get(path).text)


def rows(text):
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


def test_without_a_theme_the_page_offers_what_is_needed(client):
    found = page(client, "/en/invite")
    assert "Themes that are needed here" in found.text()
    assert "/en/invite?theme=theme:mobility" in found.links()


def test_a_list_says_who_why_and_who_is_next(client):
    shown = page(client, LIST).text()
    for words in (
        "Mobility: 1 organisation",
        "Alpha Council",
        "is the administration of Alpha",
        "Innovation Day",
        "Next in line",
        "Firm",
        "Places by sector",
    ):
        assert words in shown, words


def test_a_guest_is_left_out_and_allowed_again_by_links(client):
    out = next(link for link in page(client, LIST).links() if "without=org:council" in link)
    after = page(client, out)
    assert "asked to be left out" in after.text() and "Always:" not in after.text()
    again = [link for link in after.links() if "without=" not in link and "invite?" in link]
    assert any("theme=theme:mobility" in link for link in again)


def test_a_chosen_organisation_moves_into_the_address_and_onto_the_list(client):
    answer = client.get(LIST + "&add=org:loner")
    assert answer.status_code == 302 and "must=org:loner" in answer.location.replace("%3A", ":")
    shown = page(client, answer.location).text()
    assert "always invited" in shown and "Loner Foundation" in shown
    both = client.get(LIST + "&must=org:loner&drop=org:loner").location.replace("%3A", ":")
    assert "without=org:loner" in both and "must=" not in both


def test_the_language_keeps_the_whole_state(client):
    asked = LIST + "&theme_2=theme:ict&q_industry=2&q_civil_society=0&must=org:loner"
    other = next(link for link in page(client, asked).links() if link.startswith("/bg/invite?"))
    for part in ("theme:mobility,theme:ict", "q_industry=2", "q_civil_society=0", "must=org:loner"):
        assert part in other.replace("%3A", ":").replace("%2C", ",")
    assert "50 %" in page(client, asked).text()  # industry has 2 of 4 parts


def test_downloads(client):
    answer = client.get(LIST + "&format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "invite-" in answer.headers["Content-Disposition"]
    assert [row[2] for row in rows(answer.text)] == ["Id", "org:council"]
    book = client.get(LIST + "&format=xlsx").data
    assert cells(book)["C2"] == ("s", "org:council")
    assert client.get(LIST + "&format=json").json["guests"][0]["id"] == "org:council"


def test_a_list_is_compared_with_an_event(client):
    shown = page(client, LIST + "&compare=event:day").text()
    assert "Only: Innovation Day" in shown and "Alpha University" in shown
    found = page(client, "/en/invite/compare?one=event:day&other=event:day").text()
    assert "In both 3" in found
    book = client.get("/en/invite/compare?one=event:day&other=event:day&format=xlsx").data
    assert cells(book)["D2"] == ("b", "1")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/invite?theme=theme:nothing", 404),
        ("/en/invite?theme=theme:mobility&size=0", 400),
        ("/en/invite?theme=theme:mobility&size=many", 400),
        ("/en/invite?theme=theme:mobility&q_industry=-1", 400),
        ("/en/invite?theme=theme:mobility&must=org:nobody", 404),
        ("/en/invite?theme=theme:mobility&must=org:uni&without=org:uni", 400),
        ("/en/invite?theme=theme:mobility&compare=event:nothing", 404),
        ("/en/invite?theme=theme:mobility&format=pdf", 400),
        ("/en/invite/compare?one=event:day&other=event:nothing", 404),
    ],
)
def test_what_cannot_be_answered_is_refused(client, path, status):
    assert client.get(path).status_code == status


def test_without_people_nobody_is_named(client):
    assert "Ан" in page(client, LIST.replace("size=1", "size=9")).text()
    for form in ("page", "csv", "json"):
        text = client.get(LIST.replace("size=1", f"size=9&people=0&format={form}")).text
        assert "person:ann" not in text and "director" not in text


def test_names_that_mean_harm_stay_text(hostile):
    client = create_app(hostile, {"TESTING": True}).test_client()
    found = page(client, "/en/invite?theme=theme:mobility&size=9&compare=event:day")
    assert not [tag for tag, _ in found.elements if tag == "img"]
    assert HARM[:20] in found.text()
    assert client.get("/en/invite?theme=theme:mobility&format=xlsx").status_code == 200


def test_an_empty_map_has_an_empty_list(bare):
    client = create_app(bare, {"TESTING": True}).test_client()
    assert "only 0 have a recorded link" in page(client, LIST).text()
