"""Scenarios in the address: whatever it holds is answered, and nothing is ever stored."""

import pytest

from tests.web.conftest import Page

HUB = "+kind=Organisation&id=org:hub&name_en=Hub&form=company"
FRIEND = "+kind=PARTNERS_WITH&source=org:loner&target=org:uni"


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_a_scenario_says_what_closes(client, workspace, lang):
    before = workspace.contents.present().everything
    answer = client.get(f"/{lang}/what-if", query_string={"change": [HUB, FRIEND]})
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert 'id="r-G06"' in page
    assert workspace.contents.present().everything == before
    twin = client.get("/api/what-if", query_string={"change": [FRIEND]}).get_json()
    assert {one["rule"] for one in twin["rules"]} >= {"G06"}


def test_a_gap_about_whom_one_removes_is_closed_by_nobody(client):
    found = client.get("/api/what-if?change=-org:loner&scope=city:alpha").json
    hows = {
        (one["how"], "org:loner" in one["before"]["subjects"])
        for rule in found["rules"]
        for one in rule["gaps"]
        if one["after"] is None and one["before"]
    }
    assert ("gone", True) in hows
    assert {how for how, _ in hows} <= {"gone", "untold"}
    page = client.get("/en/what-if?change=-org:loner&scope=city:alpha").text
    assert "fell away" in page
    assert page.index("Gaps that would open and close") < page.index("One more change")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("-org:nobody", 422),
        ("+kind=Nothing", 422),
        ("+kind=Organisation&id=org:x&name_en=<script>alert(1)</script>", 200),
        ("org:firm", 400),
        ("+" + "x" * 3000, 400),
        ("-", 400),
        ("+kind=PARTNERS_WITH&source=org:uni&target=org:uni", 422),
    ],
)
def test_a_change_that_cannot_be_is_explained(client, change, status):
    answer = client.get("/en/what-if", query_string={"change": change})
    assert answer.status_code == status
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_who_is_named_in_a_form_needs_no_id_and_a_fault_stands_beside_its_field(client):
    form = {"sort": "tie", "kind": "FUNDS", "source": "Alpha Council", "target": "nobody such"}
    wrong = client.get("/en/what-if", query_string={**form, "change": "-org:loner"})
    assert wrong.status_code == 422
    page = Page.of(wrong.get_data(as_text=True))
    fields = {one["name"]: one for tag, one in page.elements if tag == "input" and "name" in one}
    assert fields["target"]["value"] == "nobody such" and "aria-invalid" in fields["target"]
    assert fields["source"]["value"] == "Alpha Council" and "aria-invalid" not in fields["source"]
    assert fields["change"]["value"] == "-org:loner"
    other = client.get("/en/what-if", query_string={**form, "kind": "NOPE"})
    assert other.status_code == 422 and "NOPE" in Page.of(other.get_data(as_text=True)).text()
    named = {**form, "target": client.get("/api/entities?kind=Organisation").json["items"][1]["id"]}
    assert client.get("/en/what-if", query_string=named).status_code == 303
    gone = client.get("/en/what-if", query_string={"sort": "remove", "id": "Alpha Council"})
    assert gone.status_code == 303 and "-org:council" in gone.location


def test_an_actor_of_the_place_gets_an_id_and_a_location(client):
    answer = client.get(
        "/bg/what-if",
        query_string={
            "sort": "actor",
            "kind": "Organisation",
            "called": "Академия „Щастие“",
            "form": "university",
            "here": "1",
        },
    )
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "org:akademia-shtastie" in page and "LOCATED_IN" in page


def test_the_file_of_a_scenario_is_read_back(client):
    text = client.get("/en/what-if.toml", query_string={"change": [HUB, FRIEND, "-org:firm"]})
    assert text.headers["Content-Disposition"].endswith('.toml"')
    from ecosystem.io import scenarios

    assert len(scenarios.loads(text.get_data(as_text=True)).changes) == 3


@pytest.mark.parametrize(
    "path", ["/en/timeline?from=soon", "/en/timeline?from=2018", "/api/timeline?from=0000-00-00"]
)
def test_a_day_that_is_none_is_explained(client, path):
    assert client.get(path).status_code == 400


def test_the_timeline_of_the_tiny_town(client):
    twin = client.get("/api/timeline?from=2018-12-31&as_of=2020-12-31").get_json()
    assert "FUNDS|org:council|org:firm|" in twin["comparison"]["difference"]["added"]
    assert [one["day"][:4] for one in twin["years"]] == ["2018", "2019", "2020"]


def test_measures_side_by_side_have_names_in_the_readers_language(client):
    page = client.get("/bg/compare?select=org:council,org:uni").text
    assert "посредничество" in page and ">betweenness<" not in page
    assert ">number of ties<" in client.get("/en/compare?select=org:council,org:uni").text


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_first_answer_is_who_loses_what_and_evidence_is_folded_away(client, lang):
    page = client.get(f"/{lang}/what-if?change=-org:council&scope=city:alpha").text
    assert page.index('id="lost"') < page.index('id="gaps-changed"')
    gaps = page[page.index('id="gaps-changed"') : page.index('class="more beside"')]
    assert "✓" not in gaps
    for rule in ("G17", "G21", "G24", "G25"):
        assert f'id="r-{rule}"' not in gaps
    assert client.get("/api/what-if?change=-org:council&scope=city:alpha").json["lost"]["out"]
