"""The page of a question that cannot be asked: nothing said is lost, errors have their place."""

from html import unescape

import pytest

from tests.web.test_state import Forms

WRONG = (
    "/match/board?capacity=-1&cap.city:beta=2&cap.city:x=3&minimum=0.5"
    "&lock=city:alpha=city:beta&lock=nothing&othercountry=1&as_of=2024-05-06&people=0"
)


def test_what_was_said_stays_in_the_form_and_what_is_unknown_does_not(client):
    answer = client.get(f"/en{WRONG}")
    assert answer.status_code == 400
    form = next(one for one in Forms(answer.text).found if one.asks("capacity"))
    sent = form.sent()
    assert sent["lock"] == ["city:alpha=city:beta", "nothing"]
    assert (sent["cap.city:beta"], sent["cap.city:x"]) == (["2"], ["3"])
    assert (sent["as_of"], sent["people"], sent["minimum"]) == (["2024-05-06"], ["0"], ["0.5"])
    assert "othercountry" not in sent
    mended = form.sent(capacity=["1"], lock=["city:alpha=city:beta"], **{"cap.city:x": [""]})
    assert client.get("/en/match/board", query_string=mended).status_code == 200


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_nearest_names_are_links_with_the_word_in_place(client, lang):
    page = unescape(client.get(f"/{lang}/gaps?scope=city:alfa&rule=G98&top=3&rulez=1").text)
    assert f'href="/{lang}/gaps?scope=city%3Aalpha&rule=G98&top=3&rulez=1"' in page
    assert f'href="/{lang}/gaps?scope=city%3Aalfa&rule=G98&top=3&rule=1"' not in page
    assert ("Алфа" if lang == "bg" else "Alpha") in page


def test_one_wrong_name_of_several_is_mended_alone(client):
    page = unescape(client.get("/en/ways?path=org:uni,org:counzil&steps=2").text)
    assert 'href="/en/ways?path=org%3Auni%2Corg%3Acouncil&steps=2"' in page


def test_a_bulgarian_reader_gets_bulgarian_quotation_marks(client):
    page = client.get("/bg/gaps?as_of=вчера&top=x").text
    assert "„вчера“ не е ден" in page and "„x“ не е цяло число" in page


def test_the_form_of_a_change_leads_to_the_page_of_the_scenario(client):
    page = client.get("/en/what-if?change=bad&as_of=x&sort=actor").text
    assert (
        next(one for one in Forms(page).found if one.asks("change")).attributes["action"]
        == "/en/what-if"
    )


def test_a_page_of_errors_is_not_saved_as_a_view(client):
    assert "data-save-view" not in client.get("/en/gaps?as_of=x").text
    assert "data-save-view" not in client.get("/en/nowhere").text


def test_a_name_that_nothing_has_leaves_the_rest_of_the_form(client):
    answer = client.get("/en/invite?theme=theme:mobilty&size=7&without=org:uni")
    assert answer.status_code == 404
    form = next(one for one in Forms(answer.text).found if one.asks("theme"))
    assert (form.sent()["size"], form.sent()["without"]) == (["7"], ["org:uni"])
    mended = "/en/invite?theme=theme%3Amobility&size=7&without=org%3Auni"
    assert f'href="{mended}"' in unescape(answer.text)
    assert client.get(mended).status_code == 200


def test_what_the_path_names_and_nothing_has_is_told_as_before(client):
    answer = client.get("/en/entity/org:counzil")
    assert answer.status_code == 404
    assert "Did you mean one of these?" in answer.text and "Ask again" not in answer.text


def test_every_part_stays_and_has_its_own_error(client):
    shown = client.get("/en/ways?one=Foo&other=org:firm&through=met")
    form = next(one for one in Forms(shown.text).found if one.asks("one"))
    # What is right is named; where no script sends its id, its name leads there as well.
    assert (form.sent()["one"], form.sent()["other"]) == (["Foo"], ["Firm"])
    assert 'data-id="org:firm"' in shown.text
    both = client.get("/bg/ways?path=Foo,Bar")
    assert both.status_code == 400
    assert "„Foo“ не е записано" in both.text and "„Bar“ не е записано" in both.text


@pytest.mark.parametrize("path", ["/en/city/%20", "/bg/queries/%09", "/en/entity/%20"])
def test_a_page_about_a_blank_is_not_there(client, path):
    assert client.get(path).status_code == 404
