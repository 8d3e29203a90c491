"""The map in formats of others: each comes back through the import with what it held."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ecosystem.dataset import EMPTY, Dataset
from ecosystem.errors import ParameterError
from ecosystem.export import FORMS, form_of, written
from ecosystem.export.flat import flat
from ecosystem.intake.drafting import drafted
from ecosystem.intake.mapping import guessed
from ecosystem.intake.readers import read_bytes
from ecosystem.io.people import without_people
from ecosystem.model import City, Entity, Funds, Organisation, Person, RelatedTo, Source, Theme
from tests.contract.records import texts
from tests.owned import owned

TODAY = date(2026, 11, 28)
IMPORTED = [name for name in FORMS if name != "cypher"]
EVERY = pytest.mark.parametrize("name", IMPORTED)


def content(dataset, name, lang="en"):
    return written(dataset, FORMS[name], lang, TODAY)


def back(dataset, name, lang="en"):
    """What the import makes of the dataset in a format."""
    graph = read_bytes(content(dataset, name, lang).content, f"town{FORMS[name].ending}")
    assert graph.format == name
    return drafted(graph, guessed(graph))


def kinds(dataset):
    nodes = Counter(one.kind for one in dataset.nodes.values() if isinstance(one, Entity))
    return nodes, Counter(one.kind for one in dataset.edges.values())


@EVERY
@pytest.mark.parametrize("lang", ["bg", "en"])
def test_it_comes_back_with_every_thing_and_tie_of_its_kind(name, lang):
    town = owned()
    nodes, ties = kinds(town)
    if name == "ftm":
        for one in [*ties]:
            if one in ("OFFERS", "NEEDS", "ADDRESSES", "BROADER", "ENABLES"):
                del ties[one]
        del nodes["Theme"]
    draft = back(town, name, lang)
    assert Counter(one.kind for one in draft.nodes) == nodes
    assert Counter(one.kind for one in draft.ties) == ties
    assert (draft.counted_nodes, draft.counted_ties) == (nodes.total(), ties.total())
    assert (draft.self_loops, draft.dangling) == (0, 0)


@EVERY
def test_names_days_and_registers_come_back(name):
    firm = Organisation(
        id="org:a", pack="p", name_bg="Алфа", name_en="Alfa", since="2019-03", eik="831902088"
    )
    draft = back(Dataset.of([firm]), name)
    (node,) = draft.nodes
    assert (node.name, node.said["since"]) == ("Alfa", "2019-03")
    assert "831902088" in {*node.said.values(), *node.own.values()}


@EVERY
def test_ties_in_words_of_their_own_keep_them(name):
    firms = [Organisation(id=f"org:{i}", pack="p", name_en=i) for i in "ab"]
    tie = RelatedTo(
        pack="p", source="org:a", target="org:b", key="x", relation="sues", since="2020"
    )
    draft = back(Dataset.of([*firms, tie]), name)
    assert [(one.kind, one.word, one.said.get("since")) for one in draft.ties] == [
        ("RELATED_TO", "sues", "2020")
    ]


@EVERY
@given(names=st.lists(texts, max_size=3))
def test_no_name_breaks_a_file(name, names):
    """Whatever a name is made of, the file can be read, and nobody is lost or invented."""
    told = [said for said in names if said.strip()]
    firms = [Organisation(id=f"org:{i}", pack="p", name_en=said) for i, said in enumerate(told)]
    city = City(id="city:c", pack="p", name_en="Place")
    made = content(Dataset.of([city, *firms]), name)
    assert made.nodes == len(firms) + 1
    graph = read_bytes(made.content, "file")
    assert sum(len(table.rows) for table in graph.tables if table.name != "edges") == made.nodes


@EVERY
def test_people_who_are_left_out_leave_no_trace(name):
    town = owned()
    some = [one for one in town.nodes.values() if isinstance(one, Person)]
    raw = content(without_people(town), name).content
    if raw.startswith(b"PK"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        raw = repr([book.get_sheet_by_name(one).to_python() for one in book.sheet_names]).encode()
    assert some
    for person in some:
        for said in (person.id, *filter(None, person.name)):
            assert said.encode() not in raw and json.dumps(said).encode() not in raw


def test_amounts_are_in_whole_units_and_sources_are_named():
    town = owned()
    tie = next(one for one in flat(town, "en").ties if one.word == "FUNDS")
    record, said = tie.record, tie.values["sources"]
    assert isinstance(record, Funds) and isinstance(said, tuple)
    assert tie.values["amount"] == record.amount_minor / 100
    assert "amount_minor" not in tie.values
    source = town.nodes[record.sources[0].partition("#")[0]]
    assert isinstance(source, Source)
    assert said[0].startswith(source.name.show("en")[0])


def test_what_is_no_entity_and_what_counts_no_longer_is_counted():
    theme = Theme(id="theme:t", pack="p", name_en="T", deprecated="wrong")
    made = content(Dataset.of([theme, *owned().nodes.values()]), "gexf")
    left = {one.what.en: one.count for one in made.left_out}
    assert left["records that count no longer"] == 1
    assert left["Source"] == len(owned().of_kind("Source"))
    assert sum(left.values()) + made.nodes == len(owned().nodes) + 1


def test_networkx_reads_its_formats_as_they_were():
    town = flat(owned(), "en")
    ends = sorted(tie.ends for tie in town.ties)
    gexf = nx.read_gexf(io.BytesIO(content(owned(), "gexf").content), version="1.3")
    graphml = nx.read_graphml(io.BytesIO(content(owned(), "graphml").content))
    linked = nx.node_link_graph(json.loads(content(owned(), "node-link").content), edges="links")
    for graph in (gexf, graphml, linked):
        assert sorted(graph) == [one.id for one in town.nodes]
        assert sorted((one, other) for one, other in graph.edges()) == ends
        assert {graph.nodes[one.id]["label"] for one in town.nodes} == {
            one.name for one in town.nodes
        }


def test_a_line_of_followthemoney_has_an_id_a_schema_and_lists_of_texts():
    for line in content(owned(), "ftm").content.decode().splitlines():
        said = json.loads(line)
        assert said.keys() == {"id", "schema", "properties"}
        assert all(sign.isalnum() or sign in ".-" for sign in said["id"])
        assert all(isinstance(one, str) for texts in said["properties"].values() for one in texts)


def test_an_empty_map_is_written_too():
    for form in FORMS.values():
        made = written(EMPTY, form, "en", TODAY)
        assert (made.nodes, made.ties, made.left_out) == (0, 0, ())


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("map.gexf", "gexf"),
        ("MAP.GEXF", "gexf"),
        ("map.kumu.json", "kumu-json"),
        ("map.json", "node-link"),
        ("map.jsonl", "jsonl"),
        ("map.jsonld", "jsonld"),
        ("map.ftm.json", "ftm"),
        ("folder", "packs"),
    ],
)
def test_the_ending_says_the_format(file, form):
    assert form_of(Path(file)) == form


@pytest.mark.parametrize("file", ["map.exe", "map.pdf", "map.kumu"])
def test_an_ending_that_nobody_knows_is_refused_with_those_that_are(file):
    with pytest.raises(ParameterError, match=r"nothing is written as") as caught:
        form_of(Path(file))
    assert ".gexf" in caught.value.hint and ".jsonl" in caught.value.hint
