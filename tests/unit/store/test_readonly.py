"""The look at the words of a query, and at Neo4j's plan of it."""

import pytest

from ecosystem.errors import WriteRefusedError
from ecosystem.store import readonly


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n)",
        "match (n)\nset n.x = 1",
        "MATCH (n) DeTaCh DELETE n",
        "MATCH (n) WHERE n.x = 'it''s' SET n.x = 1",
        "RETURN 'a\\' SET' AS x UNION MERGE (n) RETURN 1 AS x",
        "RETURN '\\\\' AS x MERGE (n)",
        "MATCH (`a`` SET `) REMOVE n.x",
        "// comment\nDROP INDEX i",
        "/* CREATE */ CREATE (n)",
        "WITH 1CREATE (n)",
        "CALL { CREATE (n) } RETURN 1",
        "CALL (x) { MATCH (n) } IN 10 CONCURRENT TRANSACTIONS OF 5 ROWS RETURN 1",
        "LOAD CSV FROM 'x' AS row RETURN row",
        "load /* */ csv WITH HEADERS FROM 'x' AS row RETURN row",
        "SHOW DATABASES",
        "MATCH (n) RETURN n UNION SHOW USERS",
        "TERMINATE TRANSACTIONS 'x'",
        "\\u0043REATE (n)",
        "RETURN '\\u0027 SET n.x = 1 //'",
        "CALL dbms.listConfig()",
        "CALL `dbms`.`listConfig`()",
        "CALL db . clearQueryCaches ( )",
        "OPTIONAL CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
        "CALL db.labelsX()",
        "GRANT ROLE admin TO me",
        "EXPLAIN MATCH (n) RETURN n",
        "USE system MATCH (n) RETURN n",
    ],
)
def test_what_does_not_read_is_refused(cypher):
    with pytest.raises(WriteRefusedError) as caught:
        readonly.refuse_writing(cypher)
    assert caught.value.hint


@pytest.mark.parametrize(
    "cypher",
    [
        "",
        "RETUR 1",
        "MATCH (set:Set {create: 1})-[:MERGE|DELETE]->(load) RETURN set.remove AS drop, load",
        "RETURN 'CREATE (n)', \"SET\", `DELETE` // MERGE",
        "/* LOAD CSV */ MATCH (n) WHERE n.show = $create RETURN n.load",
        "MATCH (n) RETURN {set: 1, create: n.x} AS map",
        "CALL db.labels() YIELD label RETURN label",
        "CALL DB.RelationshipTypes() YIELD relationshipType RETURN *",
        "CALL (n) { RETURN 1 AS one } RETURN one",
        "CALL { RETURN 1 AS one } RETURN one",
        "MATCH (n) RETURN n.created, n.settings, n.offset",
        "RETURN 'unclosed",
    ],
)
def test_what_reads_or_is_no_cypher_is_let_through(cypher):
    readonly.refuse_writing(cypher)


def test_a_refusal_names_the_word_and_its_line():
    with pytest.raises(WriteRefusedError, match="line 3: SET would change"):
        readonly.refuse_writing("/* a\n*/ MATCH (n)\n set n.x = 1")


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("RETURN 1", ("1",)),
        ("MATCH (n) RETURN DISTINCT n.id , count( * ) AS k ORDER BY k", ("n.id", "k")),
        ("MATCH (n) RETURN n.id as `a b`, [n.x, n.y] LIMIT 1", ("a b", "[n.x, n.y]")),
        ("RETURN 1 AS x UNION RETURN 2 AS x", ("x",)),
        ("CALL { MATCH (n) RETURN n.a AS a, n.b AS b } RETURN a // RETURN b", ("a",)),
        ("MATCH (n) RETURN *", ()),
        ("MATCH (n)", ()),
        ("RETURN COLLECT { MATCH (n) RETURN n.id } AS ids, {a: 1, b: 2} AS m", ("ids", "m")),
    ],
)
def test_returned_names_the_columns(cypher, columns):
    assert readonly.returned(cypher) == columns


def plan(*operators, details=""):
    """A plan whose operators stand one upon the other."""
    name, *below = operators
    children = [plan(*below, details=details)] if below else []
    return {"operatorType": f"{name}@neo4j", "args": {"Details": details}, "children": children}


def test_a_plan_that_reads_is_let_through():
    readonly.refuse_plan("r", plan("ProduceResults", "Expand(All)", "NodeUniqueIndexSeek(Locking)"))
    readonly.refuse_plan("r", plan("ProduceResults", "PartitionedUndirectedAllRelationshipsScan"))
    readonly.refuse_plan("r", plan("ProduceResults", "ProcedureCall", details="db.labels() :: (x)"))


@pytest.mark.parametrize(
    ("query_type", "operators", "details"),
    [
        ("rw", ("ProduceResults", "AllNodesScan"), ""),
        ("s", ("ProduceResults",), ""),
        (None, ("ProduceResults",), ""),
        ("r", ("ProduceResults", "LoadCSV"), ""),
        ("r", ("ProduceResults", "Filter", "ShowSettings"), ""),
        ("r", ("ProduceResults", "Apply", "TerminateTransactions"), ""),
        ("r", ("ProduceResults", "NewOperatorOfTheNextRelease"), ""),
        ("r", ("ProduceResults", "ProcedureCall"), "dbms.killConnections($x) :: (x)"),
    ],
)
def test_a_plan_that_does_more_is_refused(query_type, operators, details):
    with pytest.raises(WriteRefusedError):
        readonly.refuse_plan(query_type, plan(*operators, details=details))
