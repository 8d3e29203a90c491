"""Queries only read, end in time, stop at the row limit and fail with a clear answer."""

import json
import threading
import time
from contextlib import suppress

import pytest

from ecosystem.dataset import EMPTY, diff
from ecosystem.errors import (
    ParameterError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    WriteRefusedError,
)
from ecosystem.store import readonly
from ecosystem.store.graph_store import GraphStore
from tests.tiny import tiny
from tests.unit.store.test_naming import DISGUISED, FREE

# What changes, loads, administers or calls what isn't offered, in words that both engines know.
REFUSED = [
    "CREATE (:City {id: 'city:new'})",
    "MERGE (:City {id: 'city:new'})",
    "MATCH (n:City) SET n.name_en = 'x'",
    "MATCH (n:City) REMOVE n.name_en",
    "MATCH (n:City) DETACH DELETE n",
    "MATCH (n:City) WITH collect(n) AS all FOREACH (n IN all | SET n.x = 1)",
    "MATCH (n:City) CALL (n) { SET n.x = 1 } RETURN n",
    "CREATE CONSTRAINT c IF NOT EXISTS FOR (n:X) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX i IF NOT EXISTS FOR (n:X) ON (n.name)",
    "DROP CONSTRAINT city_id IF EXISTS",
    "CREATE USER mallory SET PASSWORD 'abcdefgh1'",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
]
# On the embedded engine these are kept off by their words alone.
REFUSED_BY_WORDS = [
    "SHOW DATABASES",
    "SHOW TRANSACTIONS",
    "SHOW SETTINGS",
    "SHOW USERS",
    "TERMINATE TRANSACTIONS 'x'",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER 5 RETURN 1 AS x",
    "USE system RETURN 1 AS x",
]
NOT_OFFERED = [
    "CALL dbms.listConfig()",
    "CALL dbms.components()",
    "CALL db.clearQueryCaches()",
    "CALL algo.pagerank()",
    "CALL apoc.util.sleep(60000)",
    "RETURN apoc.util.sleep(60000)",
    "RETURN apoc.version()",
]
# No Neo4j gives up one expression before it is worked out: the endless one goes on in the server
# long after the answer. It takes several times what a test allows, and not much longer.
SLOW = {
    "bare UNWIND": "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)",
    "cross product": (
        "MATCH (a), (b), (c), (d), (e), (f), (g), (h) "
        "WHERE a.id + b.id + c.id = d.id + e.id + f.id + g.id + h.id RETURN count(*) AS n"
    ),
    "paths of any length": "MATCH (a)-[*1..30]-(b)-[*1..30]-(c) RETURN count(*) AS n",
    "many rows, few found": "UNWIND range(1, 70000000) AS a WITH a WHERE a < 0 RETURN a",
}


@pytest.fixture(scope="module")
def filled(engine):
    """A store that holds the tiny town, which none of these tests changes."""
    engine.empty()
    with engine.open() as store:
        store.apply(diff(EMPTY, tiny()))
        yield store
        assert store.contents() == tiny()
        assert store.revision() == 1


@pytest.mark.parametrize("cypher", [*REFUSED, *REFUSED_BY_WORDS])
def test_a_query_that_does_not_read_is_refused(filled, cypher):
    for written in (cypher, cypher.lower(), f"// only reads\n/* really */ {cypher}"):
        with pytest.raises(WriteRefusedError) as caught:
            filled.read(written)
        assert caught.value.hint


@pytest.mark.parametrize("cypher", NOT_OFFERED)
def test_what_is_not_offered_is_the_query_s_own_mistake(filled, cypher):
    with pytest.raises(QuerySyntaxError, match=r"query:1:\d+: there is no") as caught:
        filled.read(cypher)
    assert caught.value.hint


@pytest.mark.parametrize("cypher", REFUSED)
def test_the_lock_of_the_engine_holds_without_the_look_at_the_words(filled, monkeypatch, cypher):
    """The embedded engine may refuse as late as at the commit, which never comes."""
    monkeypatch.setattr(readonly, "refuse_writing", lambda cypher: None)
    with suppress(QueryError):
        filled.read(cypher)
    assert filled.contents() == tiny()


def test_the_lock_of_neo4j_lets_nothing_administer(filled, engine, monkeypatch):
    """The reading user of the embedded engine may do these; the words are the lock there."""
    monkeypatch.setattr(readonly, "refuse_writing", lambda cypher: None)
    offered = (*REFUSED[-3:], *REFUSED_BY_WORDS[:5], *NOT_OFFERED[:3])
    for cypher in () if engine.is_embedded else offered:
        with pytest.raises(QueryError):
            filled.read(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:City) RETURN 'CREATE (x) SET x.y = 1 // DELETE' AS set",
        "MATCH (n:City) /* SET n.x = 1 */ RETURN n.id AS `DELETE` // CREATE ()",
        "MATCH (n:City) WHERE n.set IS NULL RETURN {create: n.id, delete: n.merge} AS map",
        "MATCH (n:City) RETURN EXISTS { (n)<-[:LOCATED_IN]-() } AS used",
        "MATCH (n:City) CALL (n) { MATCH (n)--(m) RETURN count(m) AS degree } RETURN n.id, degree",
        "MATCH p = shortestPath((a:City {id: 'city:alpha'})-[*..6]-(b:Person)) RETURN p",
        "MATCH (n:City) WHERE COUNT { (n)--() } > 1 RETURN COLLECT { MATCH (n)--(m) RETURN m.id }",
        "MATCH (n:City) RETURN n.country AS c, count(*) AS k ORDER BY k DESC LIMIT 1 "
        "UNION MATCH (n:Theme) RETURN n.id AS c, 1 AS k",
        "OPTIONAL MATCH (n:Nothing) RETURN n",
        "MATCH (a)-[:PARTICIPATES_IN*1..3]-(b) RETURN DISTINCT a.id, b.id",
        "CALL db.labels() YIELD label RETURN label",
        "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
        "MATCH (n) WHERE n.id STARTS WITH 'city' OR n.name_en CONTAINS 'a' OR n.id IN ['x'] "
        "RETURN n SKIP 1",
    ],
)
def test_a_query_that_reads_is_let_through(filled, cypher):
    assert filled.read(cypher).rows


@pytest.mark.parametrize("cypher", FREE)
def test_words_of_cypher_are_free_as_names(filled, cypher):
    assert filled.read(cypher, {"create": "city:alpha"}).columns


@pytest.mark.parametrize("cypher", DISGUISED)
def test_the_lock_of_the_engine_holds_in_disguise(filled, monkeypatch, cypher):
    monkeypatch.setattr(readonly, "refuse_writing", lambda cypher: None)
    with suppress(QueryError):
        filled.read(cypher)
    assert filled.contents() == tiny()


@pytest.mark.parametrize("cypher", SLOW.values(), ids=SLOW)
def test_a_slow_query_is_stopped_at_its_limit(filled, cypher):
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError) as caught:
        filled.read(cypher, seconds=0.5)
    assert time.monotonic() - begun < 8
    assert "ECOSYSTEM_TIME_LIMIT" in caught.value.hint


def test_one_endless_expression_is_stopped_or_never_begun(filled, engine):
    """A Neo4j ends at no limit within an expression, so that it is refused beforehand there."""
    cypher = "RETURN size([a IN range(1, 20000) WHERE all(b IN range(1, 20000) WHERE b < 80000)])"
    expected = QueryTimeoutError if engine.is_embedded else QuerySyntaxError
    begun = time.monotonic()
    with pytest.raises(expected):
        filled.read(cypher + " AS n", seconds=0.5)
    assert time.monotonic() - begun < 8


def test_a_stopped_query_no_longer_runs(filled, engine):
    with pytest.raises(QueryTimeoutError):
        filled.read(SLOW["bare UNWIND"], seconds=0.3)
    deadline = time.monotonic() + 5
    while any("UNWIND" in str(row["currentQuery"]) for row in engine.run("SHOW TRANSACTIONS")):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_only_the_slow_query_is_stopped(filled):
    def slow() -> None:
        with pytest.raises(QueryTimeoutError):
            filled.read(SLOW["bare UNWIND"], seconds=0.3)

    thread = threading.Thread(target=slow)
    thread.start()
    cypher = "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b RETURN sum(a * b) AS n"
    assert filled.read(cypher, seconds=30).rows == ((250500250000,),)
    thread.join()


@pytest.mark.parametrize("rows", [1_000_000, 50_000_000])
def test_millions_of_rows_are_cut_at_the_limit(filled, rows):
    begun = time.monotonic()
    found = filled.read(f"UNWIND range(1, {rows}) AS x RETURN x", limit=1000)
    assert found.rows == tuple((number,) for number in range(1, 1001))
    assert found.truncated
    assert time.monotonic() - begun < 5


def test_exactly_the_limit_is_not_truncated(filled):
    assert not filled.read("UNWIND range(1, 10) AS x RETURN x", limit=10).truncated
    assert filled.read("UNWIND range(1, 11) AS x RETURN x", limit=10).truncated
    assert filled.read("UNWIND range(1, 0) AS x RETURN x", limit=10).rows == ()


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("MATCH (n:City {id: 'x'}) RETURN n.id AS id, count {(n)--()} AS `of ties`", 2),
        ("MATCH (n:City {id: 'x'}) RETURN DISTINCT n.id, [n.name_bg, n.name_en] ORDER BY n.id", 2),
        ("MATCH (n:City {id: 'x'}) WITH n RETURN n UNION MATCH (n:City {id: 'y'}) RETURN n", 1),
    ],
)
def test_no_rows_have_columns_too(filled, cypher, columns):
    found = filled.read(cypher)
    assert found.rows == ()
    assert found.columns == readonly.returned(cypher)
    assert len(found.columns) == columns


def test_values_come_as_plain_json(filled):
    found = filled.read(
        "MATCH p = (c:City {id: 'city:beta'})-[r:MENTORS]->(:City) "
        "RETURN p, r, c, [c.id, {b: 1, a: c.latitude}] AS l, date('2018-09-10') AS d, "
        "datetime('2018-09-10T10:00:00Z') AS t, duration('P1D') AS u, null AS n, true AS b, "
        "point({x: 1, y: 2}) AS point, 0.0 / 0.0 AS odd"
    )
    row = dict(zip(found.columns, found.rows[0], strict=True))
    assert json.loads(json.dumps(row, allow_nan=False)) == row
    assert row["c"]["id"] == "city:beta"
    assert row["r"]["id"] == "MENTORS|city:beta|city:alpha|"
    assert row["r"]["themes"] == ["theme:mobility"]
    assert [node["id"] for node in row["p"]["nodes"]] == ["city:beta", "city:alpha"]
    assert row["p"]["edges"] == [row["r"]]
    assert row["l"] == ["city:beta", {"a": 52.0, "b": 1}]
    assert (row["d"], row["u"], row["n"], row["b"]) == ("2018-09-10", "P1D", None, True)
    assert row["t"].startswith("2018-09-10T10:00:00")
    assert row["point"]["coordinates"] == [1.0, 2.0]
    assert row["odd"] == "nan"


@pytest.mark.parametrize(
    "value", ["Пловдив ' \" ` \\ $x", 2**63 - 1, -(2**63), 1.5, True, None, [1, "a"], {"a": [1]}]
)
def test_a_parameter_comes_back_as_it_went(filled, value):
    assert filled.read("RETURN $value AS value", {"value": value}).rows == ((value,),)


@pytest.mark.parametrize("value", [2**63, "\ud800", {1: 2}, object(), b"x", [object()]])
def test_a_parameter_of_no_known_type_is_refused(filled, value):
    with pytest.raises(ParameterError, match="value"):
        filled.read("RETURN $value AS value", {"value": value})


def test_a_parameter_without_a_value_is_named(filled):
    with pytest.raises(ParameterError, match="town"):
        filled.read("MATCH (n:City {id: $town}) RETURN n")


@pytest.mark.parametrize(
    ("cypher", "line", "column"),
    [
        ("RETUR 1", 1, 1),
        ("  RETUR 1", 1, 3),
        ("// what is wrong here?\n\n  RETUR 1", 3, 3),
        ("MATCH (n)\nWHERE n.x =\nRETURN n", 3, 8),
        ("/* a\nb */ MATCH (n)\nWHERE n.x =\nRETURN n", 4, 8),
    ],
)
def test_a_syntax_error_says_where_it_is(filled, cypher, line, column):
    with pytest.raises(QuerySyntaxError) as caught:
        filled.read(cypher)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"query:{line}:{column}: " in caught.value.message


@pytest.mark.parametrize(
    "cypher",
    ["", "  // nothing\n", "RETURN 'a", "RETURN foo(1)", "MATCH (n) RETURN m", "RETURN 1;2"],
)
def test_what_is_not_cypher_is_a_syntax_error(filled, cypher):
    with pytest.raises(QuerySyntaxError):
        filled.read(cypher)


@pytest.mark.parametrize("cypher", ["RETURN 1 / 0", "RETURN date('soon')", "RETURN toInteger([])"])
def test_what_cannot_be_computed_is_a_query_error(filled, cypher):
    with pytest.raises(QueryError) as caught:
        filled.read(cypher)
    assert not isinstance(caught.value, QueryTimeoutError)


def test_many_threads_read_at_once(filled):
    answers: list[int] = []

    def ask() -> None:
        for _ in range(10):
            answers.append(len(filled.read("MATCH (n:Organisation) RETURN n").rows))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [5] * 80


def test_a_store_that_failed_answers_the_next_question(filled: GraphStore):
    for cypher in ("RETUR 1", SLOW["bare UNWIND"], "UNWIND range(1, 1000000) AS x RETURN x"):
        with suppress(QueryError):
            filled.read(cypher, limit=1, seconds=0.3)
        assert filled.read("RETURN 1 AS x").rows == ((1,),)
