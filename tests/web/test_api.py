"""JSON for programs: the same answers, problems by RFC 9457, pages and tags."""

import pytest

from ecosystem.questions.comparing import Compare, Ways
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.looking import Show
from ecosystem.questions.mentoring import Match
from tests.web.conftest import Page

ADDRESSES = (
    "overview",
    "search?q=alpha",
    "entities",
    "ties",
    "entity/org:council",
    "entity/FUNDS|org:council|org:firm|",
    "measures/work",
    "structure/work",
    "layout",
    "sources",
    "path?path=org:uni,org:firm",
    "compare?select=org:uni,org:firm",
    "conflicts",
    "gaps",
    "gaps?rule=G08",
    "match/city:alpha",
    "allocation",
    "queries",
    "queries/mentors-of-city?city=city:alpha",
    "console?cypher=RETURN 1 AS one",
    "doctor",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_with_json_and_a_tag(client, address):
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.get_json() is not None
    tag = answer.headers["ETag"]
    again = client.get(f"/api/{address}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    stale = client.get(f"/api/{address}", headers={"If-None-Match": '"old"'})
    assert stale.status_code == 200


def test_the_answers_are_those_of_the_workspace(client, workspace):
    view = workspace.ground().usual_view()
    council = workspace.ask(Show(view=view, identity="org:council"))
    assert client.get("/api/entity/org:council").get_json() == council.to_dict()
    gaps = [result.to_dict() for result in workspace.ask(Gaps(view=view))]
    assert client.get("/api/gaps").get_json()["items"] == gaps
    way = workspace.ask(Ways(view=view, ends=("org:uni", "org:firm"), lens="met"))
    asked = client.get("/api/path?path=org:uni,org:firm&through=met")
    assert asked.get_json() == way.to_dict() and way.ways
    pair = workspace.ask(Compare(view=view, select=("org:uni", "org:firm")))
    assert client.get("/api/compare?select=org:uni,org:firm").get_json() == pair.to_dict()
    beta = workspace.ask(Match(view=view, city="city:alpha"))
    assert client.get("/api/match/city:alpha").get_json() == beta.to_dict()


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("entity/org:nobody", 404, "NotFound"),
        ("measures/rose", 404, "NotFound"),
        ("overview?as_of=never", 400, "Parameter"),
        ("entities?limit=0", 400, "Parameter"),
        ("entities?offset=-1", 400, "Parameter"),
        ("entities?kind=Dog", 400, "Parameter"),
        (f"entities?offset={'1' * 5000}", 400, "Parameter"),
        ("console?cypher=CREATE (n)", 403, "WriteRefused"),
        ("console?cypher=RETRUN 1", 400, "QuerySyntax"),
        ("console?cypher=RETURN apoc.version()", 400, "QuerySyntax"),
        ("console?cypher=CALL apoc.util.sleep(1)", 400, "QuerySyntax"),
        ("console?cypher=RETURN 1 / 0", 400, "Query"),
        (f"console?cypher=RETURN $x&p.x={'[' * 1900}", 400, "Parameter"),
        ("gaps?rule=G99", 404, "NotFound"),
        ("nowhere", 404, "Not Found"),
        ("path?path=org:uni", 400, "Parameter"),
        ("path?path=org:uni,org:nobody", 404, "NotFound"),
        ("path?path=org:uni,org:firm&through=rose", 400, "Parameter"),
        ("compare?select=org:nobody", 404, "NotFound"),
        (f"compare?select={','.join(f'org:{i}' for i in range(99))}", 400, "Parameter"),
        ("compare", 400, "Parameter"),
        ("gaps?as_off=2018-01-01", 400, "Parameter"),
    ],
)
def test_problems_are_documents(client, address, status, title):
    answer = client.get(f"/api/{address}")
    problem = answer.get_json(force=True)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (problem["status"], problem["title"]) == (status, title)
    assert problem["detail"]


def test_a_problem_carries_the_nearest_names(client):
    assert "org:council" in client.get("/api/entity/org:counsel").get_json(force=True)["nearest"]


def test_lists_come_in_pages(client, workspace):
    seen, address = [], "/api/entities?limit=5"
    while address:
        answer = client.get(address)
        assert len(answer.get_json()["items"]) <= 5
        seen += [item["id"] for item in answer.get_json()["items"]]
        address = answer.get_json()["next"]
        assert ("Link" in answer.headers) == bool(address)
    assert seen == list(workspace.ground().snapshot(workspace.ground().usual_view()).nodes)


def test_the_tag_changes_with_the_view(client):
    tags = {
        client.get(f"/api/overview{q}").headers["ETag"] for q in ("", "?scope=all", "?people=0")
    }
    assert len(tags) == 3


def test_search_finds_both_scripts(client):
    def found(words):
        return [
            item["id"]
            for item in client.get("/api/search", query_string={"q": words}).get_json()["items"]
        ]

    assert found("Алфа")[0] == found("alpha")[0] == "city:alpha"
    assert found("zzz") == []
    assert client.get("/api/search?q=").status_code == 400
    item = client.get("/api/search?q=firm&lang=bg").get_json()["items"][0]
    assert (item["lang"], item["href"]) == ("en", "/bg/entity/org:firm")


def test_pages_name_their_twin(client):
    for path, twin in (
        ("/en/gaps", "/api/gaps"),
        ("/en/entity/org:council", "/api/entity/org:council"),
    ):
        assert twin in Page.of(client.get(path).text).links()
