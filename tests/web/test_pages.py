"""Each page shows what the workspace answers, and says what it cannot show."""

import json
import re
import shutil

import pytest

from ecosystem.dataset import Dataset, diff
from ecosystem.model import EDGE_KINDS
from ecosystem.settings import Settings
from ecosystem.store import embedded
from ecosystem.workspace import Workspace
from tests.tiny import tiny
from tests.web.conftest import PAGES, Page
from webapp import create_app, wording


def page(client, path):
    return Page.of(client.get(path).text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(client, path):
    wanted = 404 if "nobody" in path or "nowhere" in path else 200
    assert client.get(f"/en{path}").status_code == wanted


def test_the_first_screen_says_what_the_map_does_not_know_before_what_is_missing(client):
    shown = page(client, "/en/").text()
    parts = [
        "The innovation ecosystem of Alpha",
        "What the map does not know",
        "What is missing",
        "Who is here?",
        "What is missing?",
        "Who can help us?",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert "4 organisations" in shown
    assert "centrality" not in shown.lower()


def test_the_first_screen_leads_from_a_gap_to_the_map_and_to_what_to_do(client):
    links = page(client, "/en/").links()
    assert [link for link in links if "/en/map?" in link and "mark=G" in link]
    target = next(link for link in links if link.startswith("/en/gaps?rule="))
    address, _, anchor = target.partition("#")
    assert anchor in [found.get("id") for _, found in page(client, address).elements]


def test_the_map_counts_kinds_and_ties(client):
    shown = page(client, "/en/map").text()
    for words in ("Organisations 5", "Cities 2", "Participation 6", "Location 4", "Themes 2"):
        assert words in shown


def picture(client, path):
    found = Page.of(client.get(path).text)
    return next(json.loads(text) for text in found.scripts if '"territories"' in text)


def test_the_picture_folds_what_comes_from_elsewhere(client):
    drawn = picture(client, "/en/map")
    ids = {node["id"] for node in drawn["nodes"]}
    groups = [node for node in drawn["nodes"] if node["group"] == "Group"]
    assert {"org:council", "city:alpha", "project:bus"} <= ids
    assert "org:abroad" not in ids and groups
    group = next(node for node in groups if "mentors" in node["id"])
    opened = picture(client, f"/en/map?open={group['opens']}")
    assert "city:beta" in {node["id"] for node in opened["nodes"]}
    assert group["id"] not in {node["id"] for node in opened["nodes"]}


def test_a_selected_node_is_never_folded_away(client):
    drawn = picture(client, "/en/map?select=org:abroad")
    assert "org:abroad" in {node["id"] for node in drawn["nodes"]}


def test_the_picture_is_the_same_each_time(app):
    first, second = (picture(app.test_client(), "/en/map") for _ in range(2))
    assert first == second


def test_the_picture_is_sized_by_the_measure_that_was_asked_for(client):
    def radius(path, identity):
        return next(n["size"] for n in picture(client, path)["nodes"] if n["id"] == identity)

    council, uni = (radius("/en/map?lens=work&size=degree", f"org:{i}") for i in ("council", "uni"))
    assert council > uni
    assert "number of ties" in page(client, "/en/map?size=degree").text()
    assert "With how many others there is a tie." in page(client, "/en/map").text()


def test_gaps_are_marks_with_their_rule(client):
    marks = picture(client, "/en/map?gaps=1")["marks"]
    assert 0 < len(marks) <= 12
    drawn = {node["id"] for node in picture(client, "/en/map?gaps=1")["nodes"]}
    for mark in marks:
        assert set(mark["nodes"]) <= drawn
    cut = next(mark for mark in marks if mark["rule"] == "G08")
    assert (cut["nodes"], cut["look"]) == (["org:council"], "ring")
    # The others stay beside an opened one, so that a reader can go on.
    beside = picture(client, f"/en/map?gaps=1&mark={cut['id']}")["marks"]
    assert [mark["id"] for mark in beside] == [mark["id"] for mark in marks]


def test_the_table_holds_every_actor_and_every_tie(client, workspace):
    snapshot = workspace.ground().snapshot(workspace.ground().usual_view())
    rows = [found for tag, found in page(client, "/en/map?show=table").elements if tag == "tr"]
    assert len([row for row in rows if "data-kind" in row]) == len(snapshot.nodes)
    assert len([row for row in rows if "data-tie" in row]) == len(snapshot.edges)


def test_filters_of_the_address_are_set_in_the_page(client):
    found = page(client, "/en/map?hide=Person,City&hide_ties=LOCATED_IN").elements
    off = {
        f["value"] for tag, f in found if f.get("name") in ("kind", "tie") and "checked" not in f
    }
    assert off == {"Person", "City", "LOCATED_IN"}


def test_an_entity_shows_names_claims_ties_measures_and_gaps(client):
    page(client, "/en/gaps")  # worked out before, so that the entity's page need not wait
    shown = page(client, "/en/entity/org:council").text()
    for words in (
        "Alpha Council",
        "in Bulgarian: not recorded",
        "documented",
        "Funds 1",
        "50,000 BGN",
        "number of ties",
        "Without Alpha Council",
    ):
        assert words in shown


def test_conflicting_claims_stand_side_by_side(client):
    for path in ("/en/entity/project:bus", "/en/sources"):
        shown = page(client, path).text()
        assert "10,000" in shown and "12,000" in shown and "The Paper" in shown


def test_a_tie_opens_like_a_node(client):
    shown = page(client, "/en/entity/FUNDS|org:council|org:firm|").text()
    for words in ("Funding", "Alpha Council", "Firm", "since May 2020", "A page", "grant"):
        assert words in shown


def test_an_unknown_id_offers_the_nearest_names(client):
    answer = client.get("/en/entity/org:counsil")
    assert answer.status_code == 404
    assert "/en/entity/org:council" in Page.of(answer.text).links()
    answer = client.get("/en/entity/FUNDS|org:council|org:nobody|")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("scope=city:nowhere", 404),
        ("as_of=2026-02-30", 400),
        ("as_of=yesterday", 400),
        ("reading=dreams", 400),
        ("undated=2", 400),
        ("people=maybe", 400),
        ("size=luck", 400),
        ("lens=rose", 400),
        ("group=luck", 400),
        ("show=film", 400),
        ("select=org:nobody", 200),
        ("select=FUNDS|org:council|org:nobody|", 200),
        ("path=org:uni,org:nobody", 200),
        ("path=org:uni", 400),
        ("path=org:uni&path=org:firm&path=org:council", 400),
        ("open=nothing", 400),
        ("open=org:nobody", 200),
        ("hide=%00,%3Cimg%3E", 400),
        ("hide_ties=Organisation", 400),
        ("hide_values=sector.industry,theme.theme:gone", 200),
        ("hide_values=bar", 400),
        ("colour=bar", 400),
        ("columns=own:none", 400),
        ("size=own:none", 400),
        ("filter=org", 400),
        ("focus=org:uni", 400),
        ("mark=G99|x", 400),
        ("mark=G01|x", 200),
        ("colour=theme&colour=sector", 400),
        ("colour=theme&colour=theme", 200),
        ("as_of=2024-01-01&as_of=2025-01-01", 400),
        ("as_of=0001-01-01", 200),
        ("as_of=9999-12-31", 200),
        ("scope=all", 200),
    ],
)
def test_absurd_parameters_get_a_clear_answer(client, question, status):
    answer = client.get(f"/en/map?{question}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_view_is_kept_on_the_way_through_the_pages(client):
    asked = "scope=all&as_of=2019-06-01&people=0"
    for link in page(client, f"/en/gaps?{asked}").links():
        if link.startswith("/en/") and not link.startswith("/en/?q"):
            assert "scope=all" in link and "as_of=2019-06-01" in link and "people=0" in link, link


def test_inferred_and_illustrative_are_drawn_hollow(hostile):
    drawn = picture(create_app(hostile).test_client(), "/en/map")
    hollow = {node["id"] for node in drawn["nodes"] if node["hollow"]}
    assert hollow == {"city:alpha", "org:firm"}
    assert not [edge for edge in drawn["edges"] if edge.get("hollow")]


def test_people_can_be_left_out(client):
    assert "Ан" in page(client, "/bg/map?show=table").text()
    assert "Ан" not in page(client, "/bg/map?show=table&people=0").text().split()


def test_a_day_before_the_project_does_not_know_it(client):
    assert "Bus Project" not in page(client, "/en/map?show=table&as_of=2018-12-31").text()


def test_an_empty_store_is_no_error(tmp_path):
    with Workspace.open(Settings.read({"data": str(tmp_path)})) as empty:
        client = create_app(empty).test_client()
        for path in ("/", "/map", "/map?show=table", "/gaps", "/match", "/sources", "/queries"):
            assert client.get(f"/bg{path}").status_code == 200, path
        assert client.get("/bg/map?scope=city:alpha").status_code == 404
    embedded.stop(tmp_path)


def test_a_store_that_goes_away_is_told(tmp_path):
    folder = tmp_path / "store"
    with Workspace.open(Settings.read({"data": str(folder)})) as opened:
        opened.store.apply(diff(Dataset.of(()), tiny()))
        client = create_app(opened).test_client()
        assert client.get("/bg/map").status_code == 200
        opened.close()
        embedded.stop(folder)
        shutil.rmtree(folder)
        folder.write_text("Where the data was, there is a file now.", encoding="utf-8")
        shown, program = client.get("/bg/map"), client.get("/api/overview")
        assert shown.status_code == program.status_code == 503
        assert "Базата данни не отговаря" in shown.text
        assert program.content_type == "application/problem+json"


def test_a_rule_alone_shows_every_finding_and_the_page_of_all_leads_there(client):
    links = page(client, "/en/gaps").links()
    for link in (one for one in links if "rule=" in one):
        assert client.get(link).status_code == 200
    alone = page(client, "/en/gaps?rule=G06")
    assert "All gaps" in alone.text()
    anchors = {found.get("id") for _, found in alone.elements}
    assert "G06" in anchors and "G08" not in anchors
    assert client.get("/en/gaps?rule=G99").status_code == 404


def test_a_gap_on_an_entity_page_leads_to_its_card(client):
    links = [one for one in page(client, "/en/entity/org:council").links() if "/gaps?rule=" in one]
    assert links
    for link in links:
        address, _, anchor = link.partition("#")
        assert anchor in {found.get("id") for _, found in page(client, address).elements}


@pytest.mark.parametrize("lang", ["bg", "en"])
@pytest.mark.parametrize("path", ["/", "/map", "/map?show=table", "/gaps", "/match", "/sources"])
def test_a_place_where_nobody_is_recorded_has_every_page(bare, lang, path):
    client = create_app(bare, {"TESTING": True}).test_client()
    assert client.get(f"/{lang}{path}").status_code == 200


def test_the_page_of_an_entity_waits_for_no_gaps(client, monkeypatch):
    from ecosystem.ground import StoreGround
    from ecosystem.kept import Working

    monkeypatch.setattr(StoreGround, "peek", lambda self, question: Working(1, 25))
    for lang, said in (("en", "are being worked out"), ("bg", "се изчисляват")):
        shown = page(client, f"/{lang}/entity/org:council?as_of=2021-03-04").text()
        assert said in shown


@pytest.mark.parametrize("kind", EDGE_KINDS)
def test_a_tie_of_every_kind_is_called_from_both_its_ends(app, kind):
    for lang in ("bg", "en"):
        with app.test_request_context(f"/{lang}/"):
            assert all(wording.heading(kind, outgoing=way) for way in (True, False))


def test_what_if_takes_names_as_well_as_ids(client):
    by_name, by_id = (client.get(f"/api/what-if?change=-{one}") for one in ("Firm", "org:firm"))
    assert by_name.status_code == 200 and by_name.get_json()["ids"] == by_id.get_json()["ids"]
    tie = "%2Bkind=PARTNERS_WITH%26source=Firm%26target=Alpha Council"
    assert client.get(f"/api/what-if?change={tie}").status_code == 200
    wrong = client.get("/en/what-if?change=-Frim")
    assert wrong.status_code in (400, 404) and "Firm" in wrong.text


def test_the_bar_of_a_mentor_is_as_sure_as_the_signs_of_the_needs(client):
    page = client.get("/en/match?scope=city:alpha&city=city:alpha").text
    cards = re.findall(r'<article class="card suggestion".*?</article>', page, re.DOTALL)
    assert cards
    for card in cards:
        bar = re.findall(r'class="part (\w+)"', card)
        signs = re.findall(r'<svg class="sign (\w+)"', card)
        assert sorted(bar) == sorted(one for one in signs if one not in ("none", "unknown"))
