"""Each format is read as what it is; what cannot be read is refused with its place.

The files are written here: what a published one of the same form was found to hold is what each of
these holds in small, so every number can be counted by eye.
"""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.errors import EcosystemError
from ecosystem.intake import losses
from ecosystem.intake.readers import read_bytes, workbooks
from ecosystem.intake.table_graph import NODES, TIES, RefusedError

GEXF = """<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="undirected"><attributes class="node">
<attribute id="0" title="tags" type="liststring"/><attribute id="1" title="on" type="boolean">
<default>true</default></attribute></attributes>
<nodes><node id="a" label="A" start="2019-01-01"><attvalues>
<attvalue for="0" value="['x', &quot;y&quot;, z]"/></attvalues><viz:color hex="#fff"/>
<nodes><node id="b" label="B"/></nodes></node></nodes>
<edges><edge source="a" target="b" kind="likes"/><edge source="a" target="b"/>
<edge source="a" target="gone" type="directed"/></edges></graph></gexf>"""

GRAPHML = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="colour" attr.type="string"><default>grey</default></key>
<graph edgedefault="undirected"><node id="n0"><data key="d0">red</data></node>
<node id="n1"><data key="undeclared">x</data></node>
<edge source="n0" target="n1"/><edge source="n0" target="n1"/>
<edge source="n1" target="n0" directed="true"/></graph></graphml>"""

GML = """graph
[
  node [ id 1 label "A &amp; B" ]
  node [ id 2 ]
  edge [ source 1 target 2 ]
  edge [ source 1 target 2 value 3 ]
]"""

PAJEK = """\ufeff*Vertices 3
1 "Андреј" 0.1 0.2
2 "B b"
3 "C"
*Arcslist
1 2 3
2 1
*Edges
3 3 1 l "loop"
"""

DL = "DL n=4\nformat = edgelist1\nlabels embedded:\ndata:\nR1 C1\nR1 C5\nR2 C1\n"


def read(text, name="file"):
    return read_bytes(text if isinstance(text, bytes) else text.encode(), name)


def counted(graph):
    """How many records each table holds, by what it holds."""
    return {table.holds: len(table.rows) for table in graph.tables}


def cells(table):
    return [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]


def refused(text, name="file"):
    with pytest.raises(RefusedError) as caught:
        read(text, name)
    (problem,) = caught.value.problems
    return problem


def workbook(fill):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book)
    return stream.getvalue()


def test_gexf_of_1_3_keeps_lists_parallel_edges_and_parents():
    graph = read(GEXF)
    assert graph.format == "gexf" and counted(graph) == {NODES: 2, TIES: 3}
    first, second = cells(graph.tables[0])
    assert first["tags"] == "x|y|z" and first["since"] == "2019-01-01" and first["on"] == "true"
    assert second["parent"] == "a"
    assert cells(graph.tables[1])[0]["kind"] == "likes"
    assert graph.tables[1].directed is False
    assert [(one.loss.what.en, one.count) for one in graph.left_out] == [("drawing", 1)]
    assert graph.tables[1].rows[0].place == "line 9"


def test_graphml_mixes_directions_and_takes_keys_that_are_not_declared():
    graph = read(GRAPHML)
    assert graph.format == "graphml" and counted(graph) == {NODES: 2, TIES: 3}
    red, grey = cells(graph.tables[0])
    assert (red["colour"], grey["colour"], grey["undeclared"]) == ("red", "grey", "x")
    assert [one.get("direction") for one in cells(graph.tables[1])] == ["", "", "directed"]
    assert "undeclared" in graph.warnings[0].message.en


def test_gml_keeps_parallel_edges_and_decodes_its_texts():
    graph = read(GML)
    assert graph.format == "gml" and counted(graph) == {NODES: 2, TIES: 2}
    assert cells(graph.tables[0])[0]["label"] == "A & B"


def test_a_word_that_gml_has_not_is_refused_with_its_line_and_what_was_meant():
    problem = refused(GML.replace("  node [ id 1", "  ntde [ id 1"))
    assert problem.column == "line 3" and "ntde" in problem.message and "node" in problem.hint
    assert refused(GML[:-1]).column == "line 2"


def test_pajek_reads_a_whole_list_of_arcs_behind_a_byte_order_mark():
    graph = read(PAJEK)
    assert graph.format == "pajek" and counted(graph) == {NODES: 3, TIES: 4}
    assert cells(graph.tables[0])[0] == {"id": "1", "label": "Андреј"}
    assert cells(graph.tables[1])[3]["label"] == "loop"


def test_a_dl_file_names_its_nodes_by_the_way():
    assert counted(read(DL)) == {NODES: 4, TIES: 3}
    matrix = "DL n=2 format=fullmatrix\nlabels:\na b\ndata:\n0 1\n0 0\n"
    graph = read(matrix)
    assert counted(graph) == {NODES: 2, TIES: 1} and cells(graph.tables[1])[0]["target"] == "b"


def test_json_of_kumu_and_node_link_are_told_apart():
    elements = [{"label": "A", "tags": ["x", "y"], "code": 535}, {"label": "B", "x": 1}]
    blueprint = {"elements": elements, "connections": [{"from": "A", "to": "B"}]}
    graph = read(json.dumps(blueprint))
    assert graph.format == "kumu-json" and counted(graph) == {NODES: 2, TIES: 1}
    assert cells(graph.tables[0])[0] == {"label": "A", "tags": "x|y", "code": "535"}
    assert graph.tables[1].rows[0].place == "$.connections[0]"
    project = {"elements": [{"_id": "e1", "attributes": {"label": "A"}}], "connections": []}
    assert read(json.dumps(project)).format == "kumu-project"
    link = {"nodes": [{"id": 1}], "links": [{"source": 1, "target": 1}]}
    assert read(json.dumps(link)).format == "node-link"
    assert counted(read('[{"From": "A", "To": "B"}]')) == {TIES: 1}


def test_a_key_that_stands_twice_is_not_lost():
    graph = read('{"elements": [{"label": "A", "tag": "x", "tag": "y"}]}')
    assert cells(graph.tables[0])[0]["tag"] == "x|y" and "twice" in graph.warnings[0].message.en


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"elements": [\n{"label": "A",}\n]}', "line 2"),
        ('{"things": []}', "$"),
        ('{"nodes": [[7]]}', "$.nodes[0]"),
        ("[" * 100_000, "line 1"),
        ("<gexf><nodes>", "line 1"),
        ("<html/>", "line 1"),
        ("*Vertices many\n", "line 1"),
        ("", "byte 0"),
        ("%PDF-1.7", "byte 0"),
        (b"PK\x03\x04broken", "byte 0"),
        (b"a,b\x00\n", "byte 3"),
        (b"\xff\xfea\x00\xd8", "byte 4"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, place):
    problem = refused(text)
    assert problem.column == place and problem.message and problem.hint


def test_xml_that_declares_entities_is_refused():
    bomb = '<!DOCTYPE gexf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><gexf>&b;</gexf>'
    assert "entities" in refused(bomb).message
    outside = '<!DOCTYPE gexf [<!ENTITY a SYSTEM "file:///etc/passwd">]><gexf>&a;</gexf>'
    assert "entities" in refused(outside).message
    assert "nested" in refused("<gexf>" + "<a>" * 1000).message


def test_an_archive_that_would_fill_the_memory_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    assert "unpacks" in refused(stream.getvalue()).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("sign", ",;\t")
def test_csv_is_read_in_any_encoding_and_with_any_sign(encoding, sign):
    rows = ["Име,Град", "Технически университет,Варна", '"Сдружение\nна ИТ",Пловдив']
    graph = read("\r\n".join(row.replace(",", sign) for row in rows).encode(encoding))
    (table,) = graph.tables
    assert table.columns == ["Име", "Град"]
    assert [row.cells[1] for row in table.rows] == ["Варна", "Пловдив"]
    assert table.rows[1].place == "line 3"
    assert bool(graph.warnings) == (encoding not in ("utf-8", "utf-8-sig"))


def test_csv_of_the_west_and_with_a_line_that_names_the_sign():
    graph = read("sep=;\nNome;Cidade\nInovação, Lda;São João\n".encode("cp1252"))
    assert cells(graph.tables[0]) == [{"Nome": "Inovação, Lda", "Cidade": "São João"}]
    assert graph.tables[0].rows[0].place == "line 3"


def test_kumu_s_templates_are_known():
    assert read("From,To,Type\na,b,c\n").format == "kumu-csv"
    assert read("Label,Type\na,b\n").format == "kumu-csv"
    assert read("Name,City\na,b\n").format == "csv"

    def fill(book):
        for name, rows in (("Nodes", [("Name",), ("a",)]), ("Relations", [("Source",), ("a",)])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    assert read(workbook(fill)).format == "onodo-xlsx"


def test_a_workbook_shows_zeros_days_hidden_sheets_and_merged_cells():
    def fill(book):
        sheet = book.add_worksheet("Участници")
        sheet.write_row(1, 1, ["Код", "Дата", "Организация", "Сума", "Формула"])
        sheet.write_number(2, 1, 535, book.add_format({"num_format": "00000"}))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_number(2, 2, 46154, day)
        sheet.merge_range(2, 3, 3, 3, "Община Варна")
        sheet.write_number(2, 4, 1234.5)
        sheet.write_formula(2, 5, "=1+1", None, 2)
        sheet.write_number(3, 1, 7, book.add_format({"num_format": "00000"}))
        hidden = book.add_worksheet("Тайни")
        hidden.write_row(0, 0, ["Name", "Type"])
        hidden.write_row(1, 0, ["x", "y"])
        hidden.hide()

    graph = read(workbook(fill))
    first, second = cells(graph.tables[0])
    assert (first["Код"], first["Дата"], first["Сума"]) == ("00535", "2026-05-12", "1234.5")
    assert first["Формула"] == "2" and second["Организация"] == "Община Варна"
    assert second["Код"] == "00007"
    table = graph.tables[0]
    assert table.place(table.rows[0], 1) == "Участници!B3"
    assert any("hidden" in one.message.en for one in graph.warnings) and len(graph.tables) == 2


def test_a_sheet_that_is_larger_than_any_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    raw = workbook(lambda book: [book.add_worksheet().write(row, 0, "x") for row in range(3)])
    assert "rows" in refused(raw).message


WHOLE = [one.encode() for one in (GEXF, GRAPHML, GML, PAJEK, DL, "a;b\n1;2\n", '{"nodes": [{}]}')]


@given(st.binary(max_size=300))
def test_no_bytes_crash_a_reader(raw):
    _never_crashes(raw)


@given(st.sampled_from(WHOLE), st.integers(0, 800), st.integers(0, 20), st.binary(max_size=8))
def test_no_damage_crashes_a_reader(raw, at, length, put):
    at = min(at, len(raw))
    _never_crashes(raw[:at] + put + raw[at + length :])


def _never_crashes(raw):
    try:
        graph = read_bytes(raw, "file")
    except EcosystemError:
        return
    for table in graph.tables:
        assert all(len(row.cells) <= len(table.columns) for row in table.rows)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"%PDF-1.7", b"PK\x03\x04", b"<a/>", b"<gexf><a>", b"{", b'{"a": 1}', b"[1]",
        b"[" * 5000, b"graph [ node [ id 1 ]", b"graph [ ntde [ id 1 ] ]", b"graph [ 1 ]",
        b"*Vertices x", b"*Vertices 1\nx y\n", b"*Vertices 1\n1 a\n*Arcs\n1\n", b"dl n=1",
        b"dl n=2 format=x data:\n1", b"a;b\x00", b'a;"b\n' + b"x" * 10, b"\xff\xfea\xd8", b";;\n",
        b"<gexf>" + b"<a>" * 1000, b"dl n=2\ndata:\n1\n",
    ],
)  # fmt: skip
def test_why_a_file_is_refused_is_said_in_both_languages(text):
    try:
        read(text)
    except RefusedError as error:
        for said in error.problems[0].said:
            assert re.search("[а-я]", said.bg) and said.en and said.bg != said.en


FTM = "\n".join(
    json.dumps(one)
    for one in (
        {
            "id": "a",
            "schema": "Company",
            "properties": {"name": ["Alfa", "Alpha"], "email": ["x@y.bg"]},
        },
        {"id": "b", "schema": "Person", "properties": {"name": ["Ann"], "addressEntity": ["s"]}},
        {
            "id": "s",
            "schema": "Address",
            "properties": {"full": ["1 Main St, Varna"], "city": ["Varna"]},
        },
        {"id": "c", "schema": "Address", "properties": {"full": ["Porto"], "city": ["Porto"]}},
        {
            "id": "m",
            "schema": "Membership",
            "properties": {"member": ["b"], "organization": ["a"], "startDate": ["2020"]},
        },
        {
            "id": "u",
            "schema": "UnknownLink",
            "properties": {"subject": ["a"], "object": ["c"], "role": ["visits"]},
        },
    )
)


def test_followthemoney_has_things_ties_and_addresses():
    graph = read(FTM)
    nodes, ties = graph.tables
    assert (graph.format, counted(graph)) == ("ftm", {NODES: 3, TIES: 2})
    alfa, ann, porto = cells(nodes)
    assert (alfa["label"], alfa["aliases"], alfa["type"]) == ("Alfa", "Alpha", "Company")
    assert (ann["place"], porto["type"], porto["label"]) == ("Varna", "City", "Porto")
    member, visits = cells(ties)
    assert (member["source"], member["target"], member["since"]) == ("b", "a", "2020")
    assert (visits["type"], visits["target"]) == ("visits", "c")
    assert [(one.loss, one.count) for one in graph.left_out] == [(losses.ADDRESSES, 1)]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": "x", "schema": "Person"}'])
def test_a_line_of_followthemoney_that_is_no_entity_is_refused_with_its_line(line):
    assert refused(f"{FTM}\n{line}").column == "line 7"


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@id": "#a",
            "@type": ["Organization", "schema:NGO"],
            "name": [
                {"@value": "Алфа", "@language": "bg"},
                {"@value": "Alfa", "@language": "en"},
            ],
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Varna",
                "addressCountry": "BG",
            },
            "founder": {"@type": "Person", "name": "Ann"},
            "logo": {"@type": "ImageObject", "url": "https://a.bg/logo.png"},
            "extra": {"plain": "value"},
            "identifier": {"@type": "PropertyValue", "propertyID": "eik", "value": "831902088"},
        },
        {
            "@id": "#e",
            "@type": "Event",
            "name": "Day",
            "startDate": "2024-05-01",
            "attendee": [
                {"@id": "#a"},
                {"@type": "Role", "roleName": "host", "attendee": {"@id": "#b"}},
            ],
        },
        {"@id": "#b", "@type": "http://schema.org/Person", "name": "Bo"},
    ],
}


def test_json_ld_has_things_nested_ones_and_ties_by_their_properties():
    graph = read(json.dumps(LINKED, ensure_ascii=False))
    nodes, ties = graph.tables
    assert (graph.format, counted(graph)) == ("jsonld", {NODES: 4, TIES: 3})
    alfa, ann, day, bo = cells(nodes)
    assert (alfa["label"], alfa["name_bg"], alfa["type"]) == ("Alfa", "Алфа", "Organization")
    assert (alfa["place"], alfa["country"], alfa["eik"]) == ("Varna", "BG", "831902088")
    assert (ann["label"], day["since"], bo["type"]) == ("Ann", "2024-05-01", "Person")
    said = [(one["source"], one["type"], one["target"], one["role"]) for one in cells(ties)]
    assert said == [
        ("#a", "founder", ann["id"], ""),
        ("#a", "PARTICIPATES_IN", "#e", ""),
        ("#b", "PARTICIPATES_IN", "#e", "host"),
    ]
    assert [(one.loss, one.count) for one in graph.left_out] == [(losses.VALUES, 2)]


def test_a_single_thing_is_json_ld_too_and_depth_has_an_end():
    assert counted(read('{"@type": "Person", "name": "Ann"}'))[NODES] == 1
    deep: dict[str, object] = {"@type": "Person", "name": "x"}
    for _ in range(200):
        deep = {"@type": "Person", "name": "x", "knows": deep}
    assert counted(read(json.dumps(deep)))[NODES] <= 50
