"""More nodes than can be drawn: islands fold with honest counts, open, and are cut by ties."""

import re
import threading
from xml.etree import ElementTree

import pytest

from ecosystem.analysis.layout import layout
from ecosystem.analysis.metrics import measure
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.mapping import SteadilyPlaced
from ecosystem.snapshot import Snapshot
from tests.crowd import crowd
from tests.serving import wait_until
from webapp.graphview import Picture


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot.of(crowd(3000), as_of="2026-01-31", scope="city:crowd")


@pytest.fixture(scope="module")
def placed(snapshot):
    return layout(snapshot)


def drawn_and_folded(picture, snapshot):
    """How many nodes are drawn singly and how many stand in groups."""
    shown = picture.draw(measure(snapshot, "all", "degree"), "en")["nodes"]
    groups = [one for one in shown if one["group"] == "Group"]
    return len(shown) - len(groups), sum(one["count"] for one in groups), groups


def test_what_fits_is_drawn_as_it_is(snapshot, placed):
    picture = Picture.of(snapshot, placed, ["themes"], most=5000)
    singly, folded, _ = drawn_and_folded(picture, snapshot)
    assert (singly, folded) == (len(placed.positions), 0)


def test_the_largest_islands_fold_until_the_rest_fits_and_nobody_is_lost(snapshot, placed):
    picture = Picture.of(snapshot, placed, most=2000)
    singly, folded, groups = drawn_and_folded(picture, snapshot)
    assert singly <= 2000 and singly + folded == len(placed.positions)
    islands = {one.id: len(one.nodes) for one in placed.territories}
    inner = [one for one in groups if not one["external"] and one["opens"] != "themes"]
    biggest = max(islands, key=lambda one: islands[one])
    assert biggest in {one["opens"] for one in inner}
    assert all(one["count"] == islands[one["opens"]] for one in groups)


def test_an_opened_island_is_drawn_and_another_folds_instead(snapshot, placed):
    first = Picture.of(snapshot, placed, most=2000).folds[-1].opens
    picture = Picture.of(snapshot, placed, [first], most=2000)
    assert first not in {fold.opens for fold in picture.folds}
    singly, folded, _ = drawn_and_folded(picture, snapshot)
    assert singly <= 2000 and singly + folded == len(placed.positions)


def test_an_island_that_is_too_large_alone_shows_its_most_tied_nodes(snapshot, placed):
    biggest = max(placed.territories, key=lambda one: len(one.nodes))
    least = min(biggest.nodes, key=lambda one: (len(snapshot.edges_of(one)), one))
    picture = Picture.of(snapshot, placed, [biggest.id, least], most=100)
    (rest,) = [fold for fold in picture.folds if fold.territory is biggest]
    assert rest.opens == "" and 0 < len(rest.nodes) < len(biggest.nodes)
    shown = set(biggest.nodes) - set(rest.nodes)
    fewest = min(len(snapshot.edges_of(one)) for one in shown - {least})
    assert fewest >= max(len(snapshot.edges_of(one)) for one in rest.nodes)
    assert least in shown  # whoever is asked for stays


@pytest.mark.parametrize("lang", ["bg", "en"])
def test_the_picture_is_a_file_with_legend_and_no_scripts(client, lang):
    answer = client.get(f"/{lang}/map.svg?gaps=1&download=1")
    assert answer.content_type.startswith("image/svg+xml")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    root = ElementTree.fromstring(answer.text)  # our own
    texts = " ".join(
        "".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")
    )
    assert {"bg": "Алфа", "en": "Alpha"}[lang] in texts
    assert {"bg": "сред издателите", "en": "among the publishers"}[lang] in texts
    assert not [one for one in root.iter() if one.tag.endswith("script")]


def test_what_is_hidden_or_out_of_focus_is_so_in_the_file(client):
    whole = client.get("/en/map.svg").text
    without = client.get("/en/map.svg?hide=Organisation").text
    assert ">Alpha Council<" in whole and ">Alpha Council<" not in without
    focus = client.get("/en/map.svg?select=org:uni").text
    assert 'opacity="0.13"' in focus and 'opacity="0.13"' not in whole


def test_harmful_names_stay_words_in_the_file(hostile):
    from webapp import create_app

    text = create_app(hostile).test_client().get("/en/map.svg").text
    assert "<img" not in text and not re.search(r"<script", text)
    ElementTree.fromstring(text)  # our own


def test_the_colours_of_the_reader_are_in_the_file_with_their_legend(client):
    text = client.get("/en/map.svg?colour=sector").text
    assert 'rx="2" fill="#0072b2"' in text and ">industry<" in text
    assert 'rx="2"' not in client.get("/en/map.svg").text


def test_the_first_screen_of_a_crowd_waits_neither_for_places_nor_for_gaps(client, monkeypatch):
    monkeypatch.setattr("webapp.graphview.MOST_DRAWN", 1)
    slow = threading.Event()
    for question in (SteadilyPlaced, Gaps):
        whole = question.answer
        monkeypatch.setattr(
            question, "answer", lambda *given, _whole=whole: slow.wait(60) and _whole(*given)
        )
    first = client.get("/en/?as_of=2001-02-03").text  # a day for which nothing is kept
    assert first.count("data-coming") == 2 and 'id="picture"' not in first
    slow.set()
    assert wait_until(lambda: "data-coming" not in client.get("/en/?as_of=2001-02-03").text)
    assert 'id="picture"' in client.get("/en/?as_of=2001-02-03").text
