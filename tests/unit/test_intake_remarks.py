"""What readers notice is said in both languages, with its place."""

from __future__ import annotations

import re

import pytest

from ecosystem.dataset import EMPTY
from ecosystem.intake import meanings, remarks, words
from ecosystem.intake.bringing import Wanted, prepare
from ecosystem.intake.mapping import SHAPES
from ecosystem.intake.readers import read_bytes
from ecosystem.intake.remarks import at
from ecosystem.values import Text

FILES: dict[str, str | bytes] = {
    "more.csv": "Name;City\nA;Sofia;x\n;Sofia\nB;Springfield\nB;Varna\n",
    "days.csv": "Name;Since;Until\nA;2020-05-01;2019\nB;31.31.2020;\nC;01/05/2006;\n",
    "eik.csv": "Организация;ЕИК\nА;123\n",
    "ties.csv": "From;To;Type\nA;A;funds\nA;;funds\n",
    "cp1251.csv": "Име;Град\nИван;София\n".encode("cp1251"),
    "net.net": "before\n*Vertices 1\n1 a\n*Odd\n",
    "g.graphml": '<graphml><graph><node id="n"><data key="u">x</data></node></graph></graphml>',
    "k.json": '{"elements": [{"label": "A", "tag": "x", "tag": "y"}], "connections": []}',
    "rows.csv": "Човек;Организация;Събитие\n;;\nИва;;x\na@b.bg;;\n",
}


def remarks_of(name: str) -> list[tuple[str, Text]]:
    raw = FILES[name]
    graph = read_bytes(raw if isinstance(raw, bytes) else raw.encode(), name)
    found = prepare(graph, EMPTY, Wanted())
    told = found.draft.warnings() if hasattr(found, "draft") else found.told
    return [(one.place, one.message) for one in told]


@pytest.mark.parametrize("name", FILES)
def test_every_remark_is_said_in_both_languages(name):
    told = remarks_of(name)
    assert told
    for _, said in told:
        assert re.search("[а-я]", said.bg) and said.en and said.bg != said.en


def test_a_place_is_said_in_words():
    assert at("line 12") == Text("ред 12", "line 12")
    assert at("nodes.csv line 3") == Text("nodes.csv ред 3", "nodes.csv line 3")
    assert at("Участници!F38") == Text("Участници!F38", "Участници!F38")
    assert at("$.elements[3]").bg == "$.elements[3]" and at("byte 0").bg == "байт 0"


def test_what_stands_in_the_file_is_quoted_as_it_is():
    assert "„Роля“" in remarks.another("Ива", "Роля").bg
    assert "'Роля'" in remarks.another("Ива", "Роля").en


def test_every_meaning_and_every_shape_has_words():
    assert set(words.MEANINGS) == set(meanings.MEANINGS)
    assert set(words.SHAPES) == set(SHAPES)
    for said in (*words.MEANINGS.values(), *words.SHAPES.values()):
        assert said.bg and said.en
