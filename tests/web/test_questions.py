"""Mentors, the query library and the console."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ecosystem.questions.mentoring import Match
from tests.web.conftest import Page


def ask(client, path, **question):
    answer = client.get(path, query_string=question)
    return answer, Page.of(answer.text)


def test_mentors_are_ranked_for_reasons_that_add_up(client, workspace):
    _, page = ask(client, "/en/match", city="city:alpha")
    best = workspace.ask(
        Match(view=workspace.ground().usual_view(), city="city:alpha")
    ).suggestions[0]
    shown = page.text()
    assert best.mentor == "city:beta" and "1st Beta" in shown
    assert f"Score {best.score:.3g}" in shown
    for reason in best.reasons:
        assert reason.text.en in shown
        for statement in reason.statements:
            assert any(statement in link.replace("%7C", "|") for link in page.links())


def test_a_city_without_needs_gets_an_honest_answer(client):
    answer, page = ask(client, "/en/match", city="city:beta")
    assert answer.status_code == 200
    assert "no needs" in page.text().lower()


def test_an_unknown_city_is_not_found(client):
    assert ask(client, "/en/match", city="city:gamma")[0].status_code == 404


def test_the_plan_names_who_gets_whom_and_what_is_assumed(client):
    shown = ask(client, "/en/match/board")[1].text()
    assert "The plan: nothing is recorded as mentoring until a person accepts it." in shown
    assert "(assumed)" in " ".join(shown.split("( assumed )")) or "assumed" in shown


def test_every_query_of_the_library_has_a_page_with_its_cypher(client, workspace):
    _, library = ask(client, "/en/queries")
    for name, query in workspace.ground().queries.items():
        assert f"/en/queries/{name}" in library.links()
        answer, page = ask(client, f"/en/queries/{name}")
        assert answer.status_code == 200
        assert query.cypher.split()[0] in page.text()


def test_a_parameter_form_is_fed_from_the_data(client):
    _, page = ask(client, "/en/queries/mentors-of-city")
    options = [found.get("value") for tag, found in page.elements if tag == "option"]
    assert {"city:alpha", "city:beta"} <= set(options)
    assert "org:council" not in options


def test_the_rows_of_a_query_link_to_what_they_name(client):
    _, page = ask(client, "/en/queries/mentors-of-city", city="city:alpha")
    assert "/en/entity/city:beta" in page.links()


def test_a_wrong_parameter_is_told_on_the_page(client):
    answer, page = ask(client, "/en/queries/mentors-of-city", city="org:council")
    assert answer.status_code == 400
    assert "is not the id of a City" in page.text()
    assert ask(client, "/en/queries/no-such-query")[0].status_code == 404


def test_rows_as_csv(client):
    answer, _ = ask(client, "/en/queries/mentors-of-city", city="city:alpha", format="csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "city:beta" in answer.data.decode("utf-8-sig")


def test_the_console_reads(client):
    _, page = ask(client, "/en/console", cypher="MATCH (c:City) RETURN count(c) AS cities")
    assert "cities" in page.text() and "1 rows" in page.text()


@pytest.mark.parametrize(
    ("cypher", "status"),
    [
        ("CREATE (n:City {id: 'city:x'})", 403),
        ("MATCH (n) DETACH DELETE n", 403),
        ("MATCH (n RETURN n", 400),
    ],
)
def test_the_console_says_what_is_wrong(client, cypher, status):
    answer, page = ask(client, "/bg/console", cypher=cypher)
    assert answer.status_code == status
    assert "Базата данни отказа заявката." in page.text()
    assert cypher in page.text()


def test_the_console_shows_that_there_is_more(client, workspace):
    _, page = ask(client, "/en/console", cypher="UNWIND range(1, 5000) AS n RETURN n")
    assert "Only the first 1000 rows are shown; there are more." in page.text()


def test_the_console_says_what_no_record_is_called(client):
    cypher = "MATCH (o:Organization) RETURN o"
    for lang, meant in (
        ("en", "Did you mean Organisation?"),
        ("bg", "Имахте предвид Organisation?"),
    ):
        _, page = ask(client, f"/{lang}/console", cypher=cypher)
        assert meant in page.text()
    found = client.get("/api/console", query_string={"cypher": cypher}).get_json()
    assert "Organisation" in found["notes"][0]["en"]
    open_day = client.get(
        "/api/console", query_string={"cypher": "MATCH (c:City) RETURN c.valid_from"}
    )
    assert "0001-01-01" in open_day.get_json()["notes"][0]["en"]


def test_the_console_shows_that_an_answer_is_too_large(client):
    cypher = "UNWIND range(1, 9) AS n RETURN n, reduce(s = 'x', i IN range(1, 21) | s + s) AS s"
    _, page = ask(client, "/en/console", cypher=cypher)
    assert "Only the first 0 rows are shown: an answer may take at most 5 MB" in page.text()


def test_a_query_of_the_library_opens_in_the_console_with_its_values(client):
    _, page = ask(client, "/en/queries/mentors-of-city", city="city:alpha")
    link = next(link for link in page.links() if "/console?" in link and "cypher=" in link)
    answer = client.get(link)
    assert answer.status_code == 200
    assert "/en/entity/city:beta" in Page.of(answer.text).links()


def test_the_console_asks_for_parameters_that_are_missing(client):
    answer, page = ask(client, "/en/console", cypher="RETURN $n + 1 AS sum")
    assert answer.status_code == 200
    assert [found["name"] for _, found in page.elements if found.get("id") == "p-n"] == ["p.n"]
    shown = ask(client, "/en/console", **{"cypher": "RETURN $n + 1 AS sum", "p.n": "41"})[1].text()
    assert "sum 42" in shown


PATH = "MATCH p = (o:Organisation {id: 'org:firm'})-[:LOCATED_IN]->(c:City) RETURN p"


@pytest.mark.parametrize(
    ("cypher", "things"),
    [
        ("MATCH (c:City) WHERE c.id = 'city:alpha' RETURN c", ["city:alpha"]),
        ("MATCH (c:City) WHERE c.id = 'city:alpha' RETURN c.id AS id", ["city:alpha"]),
        ("RETURN [{deep: ['city:alpha']}] AS found", ["city:alpha"]),
        (
            "MATCH (o:Organisation)-[r:LOCATED_IN]->(c:City) WHERE o.id = 'org:firm' RETURN r",
            ["LOCATED_IN|org:firm|city:alpha|"],
        ),
        (PATH, ["org:firm", "city:alpha", "LOCATED_IN|org:firm|city:alpha|"]),
    ],
)
def test_what_a_query_finds_has_names_and_a_way_to_the_map(client, cypher, things):
    found = client.get("/api/console", query_string={"cypher": cypher}).get_json()
    assert found["things"] == things
    _, page = ask(client, "/en/console", cypher=cypher)
    cells = page.text().partition("Result")[2]
    assert "Alpha" in cells and '"id"' not in cells and "name_en" not in cells
    (there,) = {link for link in page.links() if "/map?" in link and "select=" in link} - {
        link for link in page.links() if "only=1" in link
    }
    selected = parse_qs(urlsplit(there).query)["select"][0]
    assert selected.endswith(things[-1]) and "city:alpha" in selected
    # The picture of the same address shows what is selected, ties among it.
    drawn = client.get(there.replace("/map?", "/map.svg?") + "&only=1")
    assert drawn.status_code == 200 and "Alpha" in drawn.text


def test_rows_without_anything_recorded_have_no_way_to_the_map(client):
    _, page = ask(client, "/en/console", cypher="RETURN {one: 1, other: 'two'} AS made")
    assert not [link for link in page.links() if "select=" in link]
    assert "one: 1; other: two" in page.text()
