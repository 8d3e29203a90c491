"""With people left out, nobody is named: wherever one asks, in the view or outside it."""

import json

import pytest

PERSON, TIE = "person:ann", "MEMBER_OF|person:ann|org:firm|"


@pytest.mark.parametrize("scope", ["all", "city:alpha", "city:beta"])
@pytest.mark.parametrize(
    "path",
    [
        "/en/entity/org:firm",
        "/en/entity/org:firm?part=panel",
        "/en/search?q=ан",
        "/en/map",
        "/en/map?show=table",
        "/en/gaps",
        "/api/entity/org:firm",
        "/api/search?q=ан",
        "/api/entities?limit=1000",
        "/api/ties?limit=1000",
        "/en/city/city:alpha",
        "/en/report.md",
    ],
)
def test_nobody_is_named(client, scope, path):
    sign = "&" if "?" in path else "?"
    answer = client.get(f"{path}{sign}people=0&scope={scope}")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert PERSON not in text and ">Ан<" not in text and '"Ан"' not in text


@pytest.mark.parametrize("scope", ["all", "city:beta"])
@pytest.mark.parametrize("identity", [PERSON, TIE])
def test_a_person_has_no_page(client, scope, identity):
    for path in (f"/en/entity/{identity}", f"/api/entity/{identity}"):
        answer = client.get(f"{path}?people=0&scope={scope}")
        assert answer.status_code == 404
        if path.startswith("/api"):
            assert PERSON not in json.dumps(answer.get_json()["nearest"])
        assert client.get(f"{path}?scope={scope}").status_code == 200
