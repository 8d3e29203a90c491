"""The map of a view as files for other programs."""

import json
import re

import pytest

from ecosystem.export import FORMS
from ecosystem.intake.readers import read_bytes
from ecosystem.intake.table_graph import NODES, TIES

IMPORTED = [name for name in FORMS if name not in ("cypher", "xlsx", "ftm")]


def test_the_page_leads_to_each_format_of_its_view(client):
    text = client.get("/en/take-along?scope=all&as_of=2020-01-01").get_data(as_text=True)
    for form in FORMS.values():
        link = re.search(rf'href="(/en/take-along\.{re.escape(form.name)}\?[^"]+)"', text)
        answer = client.get(link[1].replace("&amp;", "&"))
        assert answer.status_code == 200 and answer.mimetype == form.media_type.split(";")[0]
        assert f'"all-2020-01-01{form.ending}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", IMPORTED)
@pytest.mark.parametrize("view", ["", "scope=all", "as_of=2017-01-01", "people=no"])
def test_a_file_holds_what_the_map_of_its_view_does(client, name, view):
    said = client.get(f"/api/take-along?{view}").json
    graph = read_bytes(client.get(f"/en/take-along.{name}?{view}").data, "file")
    rows = {table.holds: len(table.rows) for table in graph.tables}
    assert rows == {NODES: said["nodes"], TIES: said["ties"]}


@pytest.mark.parametrize("name", FORMS)
def test_who_is_left_out_is_in_no_file(client, name):
    person = "Ан".encode()
    data = client.get(f"/en/take-along.{name}?people=no&scope=all").data
    assert b"person:" not in data and person not in data


def test_an_unknown_format_is_not_found(client):
    assert client.get("/en/take-along.exe").status_code == 404
    assert json.loads(client.get("/api/take-along").data)["formats"]
