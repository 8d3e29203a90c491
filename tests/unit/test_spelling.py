"""Names that the model lacks are found where names stand, and nowhere else."""

import pytest

from ecosystem import paths
from ecosystem.queries import load_queries
from ecosystem.spelling import remarks, strangers


@pytest.mark.parametrize(
    ("cypher", "said"),
    [
        (
            "MATCH (o:Organization) RETURN o",
            ["Organization: nothing has this label. Did you mean Organisation?"],
        ),
        ("MATCH (n:city) RETURN n", ["city: nothing has this label. Did you mean City?"]),
        (
            "MATCH (o)-[:FUNDS|FUNDED*1..3]->(c:Cty|City) RETURN o",
            [
                "FUNDED: no tie is of this kind. Did you mean FUNDS?",
                "Cty: nothing has this label. Did you mean City?",
            ],
        ),
        (
            "MATCH (n:City {contry: 'BG'}) RETURN n.populaton",
            [
                "contry: nothing has this property. Did you mean country?",
                "populaton: nothing has this property. Did you mean population?",
            ],
        ),
        ("MATCH (n:!City) RETURN n.zzzz", ["zzzz: nothing has this property."]),
        ("MATCH (n) WHERE n:`Ciy` RETURN n", ["Ciy: nothing has this label. Did you mean City?"]),
        (
            "MATCH (n) RETURN EXISTS { (n)-[:FUNDSS]-() }, n.zzzz, n.zzzz",
            [
                "FUNDSS: no tie is of this kind. Did you mean FUNDS?",
                "zzzz: nothing has this property.",
            ],
        ),
        (
            "MATCH (o:Org)-[:LOCATED]->(c) RETURN o.name",
            [
                "Org: nothing has this label. Did you mean Organisation?",
                "LOCATED: no tie is of this kind. Did you mean LOCATED_IN?",
                "name: nothing has this property. Did you mean name_bg / name_en?",
            ],
        ),
    ],
)
def test_a_name_that_the_model_lacks_is_said_once_with_what_was_meant(cypher, said):
    assert [line.en for line in strangers(cypher)] == said
    assert all(line.bg for line in strangers(cypher))


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:City) RETURN n {.id, any: n.name_bg} AS m, date().year, n.valid_from",
        "WITH {a: 1, b: {c: 2}} AS m RETURN m.a, m.b.c",
        "MATCH p = (a:City)-[r:FUNDS*1..3]->(b) RETURN [x IN nodes(p) WHERE x:City | x.id]",
        "MATCH (n:Person) CALL (n) { RETURN 1 AS x } RETURN point({x: 1, y: 2}).x, "
        "CASE WHEN n:City THEN 1 END",
        "RETURN 'n:Town and n.size' AS text // (n:Village)",
        "MATCH (m:Mapper) RETURN m.revision, m.model_version",
        "RETURN duration('P1D').days, datetime().epochMillis",
    ],
)
def test_other_names_are_left_alone(cypher):
    assert strangers(cypher) == ()


def test_the_library_names_nothing_else():
    for query in load_queries(paths.cypher_folder()).values():
        assert strangers(query.cypher) == (), query.name


def test_what_reads_otherwise_is_said():
    assert "(?U)" in remarks("RETURN 'гр. Русе' =~ '.*\\\\bРусе'", ())[0].en
    assert remarks("RETURN 'гр. Русе' =~ '(?U).*\\\\bРусе'", ()) == ()
    for row in (["0001-01-01"], [{"valid_to": "9999-12-31"}], [["9999-12-31"]]):
        (line,) = remarks("MATCH (n) RETURN n.valid_from", [row])
        assert "not known" in line.en and "неизвестно" in line.bg
    assert remarks("MATCH (n) RETURN n.valid_from", [["2018-09-10", 1, None]]) == ()


@pytest.mark.parametrize(
    ("cypher", "said"),
    [
        ("CALL db.labels()", "every kind of the model"),
        (
            "CALL `db`.relationshipTypes() YIELD relationshipType RETURN *",
            "every kind of the model",
        ),
        ("RETURN point.distance(point({x: 1, y: 2}), point({x: 1, y: 3})) AS d", "another radius"),
    ],
)
def test_what_an_answer_may_be_taken_for_is_said(cypher, said):
    (line,) = remarks(cypher, ())
    assert said in line.en and line.bg
    assert remarks("MATCH (n) RETURN labels(n), n.labels, 'db.labels'", ()) == remarks(
        "MATCH (n) RETURN n.labels", ()
    )
