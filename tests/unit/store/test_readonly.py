"""The look at the words of a query, and at Neo4j's plan of it."""

import pytest

from ecosystem.errors import QuerySyntaxError, WriteRefusedError
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


def test_a_refusal_names_the_word_and_its_place():
    with pytest.raises(WriteRefusedError, match="query:3:2: SET would change") as caught:
        readonly.refuse_writing("/* a\n*/ MATCH (n)\n set n.x = 1")
    assert (caught.value.line, caught.value.column) == (3, 2)


@pytest.mark.parametrize(
    ("cypher", "place", "near"),
    [
        ("RETURN apoc.util.sleep(60000)", (1, 8), ""),
        ("RETURN `apoc`.`util` . sleep (60000)", (1, 8), ""),
        ("MATCH (n)\nWHERE toLowr(n.x) = 'a' RETURN n", (2, 7), "toLower"),
        ("RETURN [x IN [1] | dbms.x(x)]", (1, 20), ""),
        ("RETURN {x: dbms.x(1)}", (1, 12), ""),
        ("RETURN date . trunkate('year', date())", (1, 8), "date.truncate"),
        ("RETURN r\\u0061nge2(1, 2)", (1, 8), "range"),
    ],
)
def test_a_function_that_is_not_offered_is_named_with_the_nearest(cypher, place, near):
    with pytest.raises(QuerySyntaxError, match="no function") as caught:
        readonly.refuse_writing(cypher)
    assert (caught.value.line, caught.value.column) == place
    assert near in caught.value.hint


@pytest.mark.parametrize(
    "cypher",
    [
        "CALL dbms.listConfig()",
        "CALL `dbms`.`listConfig`()",
        "CALL db . clearQueryCaches ( )",
        "OPTIONAL CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
        "CALL db.labelsX()",
    ],
)
def test_a_procedure_that_is_not_offered_is_named(cypher):
    with pytest.raises(QuerySyntaxError, match="no procedure") as caught:
        readonly.refuse_writing(cypher)
    assert caught.value.hint
    assert cypher[caught.value.column - 1 :].lstrip("`")[:2] in ("db", "ap")


def test_what_a_procedure_does_not_yield_is_named():
    readonly.refuse_writing("CALL db.labels() YIELD label AS l RETURN l")
    readonly.refuse_writing("CALL db.labels() YIELD *")
    with pytest.raises(QuerySyntaxError, match=r"query:1:24: db\.labels does not yield foo"):
        readonly.refuse_writing("CALL db.labels() YIELD foo RETURN foo")


@pytest.mark.parametrize("pattern", ["'['", "'(a'", "'a)'", '"a[b"', "'[a'"])
def test_what_is_no_regular_expression_is_named(pattern):
    with pytest.raises(QuerySyntaxError, match="query:1:15: it is no regular expression"):
        readonly.refuse_writing(f"RETURN 'a' =~ {pattern}")


@pytest.mark.parametrize(
    "pattern",
    ["'.*'", "'\\\\[a'", "'[a&&[^b]]'", "'\\\\Q(\\\\E'", "'(?<name>a)\\\\k<name>'", "'a*+'"],
)
def test_what_only_java_understands_is_let_through(pattern):
    readonly.refuse_writing(f"RETURN 'a' =~ {pattern}")


def test_nothing_is_no_query():
    for cypher in ("", " \n", "// MATCH (n)", "/* a */"):
        with pytest.raises(QuerySyntaxError, match="empty"):
            readonly.refuse_writing(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) WHERE (n.a) AND NOT (n.b) OR (n.c) XOR (n.d) RETURN (n)",
        "MATCH (n:A|(B&C))-[r:X]->(:Y) WHERE n.x IN (r.list) RETURN DISTINCT (n), CASE (1) "
        "WHEN (1) THEN (2) ELSE (3) END ORDER BY (n.x) SKIP (1) LIMIT (2)",
        "MATCH p = ((a)-[:X]->(b)){1,3} RETURN EXISTS { (a) }, COUNT { (b) }, COLLECT { RETURN 1 }",
        "MATCH p = allShortestPaths((a)-[*]-(b)) WHERE all(n IN nodes(p) WHERE (n.x)) RETURN p",
        "RETURN DATE.TRUNCATE('year', date()), reduce(s = 0, i IN [1] | s + i), toLower('A')",
        "RETURN 'apoc.util.sleep(1)' AS text // apoc.version()",
        "RETURN [n IN [1, 2] WHERE (n > 1) | (n)] AS l",
        "MATCH (a) WHERE EXISTS ((a)--()) UNWIND (a.list) AS x WITH (x) AS y RETURN y",
    ],
)
def test_brackets_that_call_nothing_are_let_through(cypher):
    readonly.refuse_writing(cypher)


def test_what_is_nested_or_long_beyond_reason_is_refused_with_its_place():
    readonly.refuse_writing("RETURN " + "(" * readonly.DEEPEST + "1" + ")" * readonly.DEEPEST)
    with pytest.raises(QuerySyntaxError, match="nested more than") as caught:
        readonly.refuse_writing("RETURN " + "[" * 20_000)
    assert (caught.value.line, caught.value.column) == (1, 8 + readonly.DEEPEST)
    with pytest.raises(QuerySyntaxError, match="words and signs"):
        readonly.refuse_writing("RETURN 1" + " + 1" * readonly.MOST_WORDS)


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN size([a IN range(1, 20000) | [b IN range(1, 20000) | a * b]])",
        "RETURN all(a IN range(1, 9) WHERE any(b IN range(1, 9) WHERE a < b))",
        "RETURN reduce(s = 0, a IN [1, 2] | s + reduce(t = 0, b IN range(1, 9) | t + b))",
    ],
)
def test_a_range_in_a_loop_in_a_loop_is_refused_on_neo4j(cypher):
    readonly.refuse_writing(cypher)
    with pytest.raises(QuerySyntaxError, match="cannot be stopped") as caught:
        readonly.refuse_unstoppable(cypher)
    assert caught.value.column == cypher.rindex("range") + 1


def test_what_doubles_is_refused_on_neo4j():
    for cypher in ("RETURN reduce(s = 'x', i IN [1, 2] | s + s)", "WITH 'x' AS s WITH s + s AS s"):
        with pytest.raises(QuerySyntaxError, match="added to itself"):
            readonly.refuse_unstoppable(cypher)
    readonly.refuse_unstoppable("RETURN a + b, 1 + 1, 'a' + 'a', reduce(s = 0, x IN l | s + x)")


def test_what_neo4j_would_plan_for_minutes_is_refused():
    readonly.refuse_unstoppable("RETURN 1" + " + 1" * 290)
    with pytest.raises(QuerySyntaxError, match="plan for minutes"):
        readonly.refuse_unstoppable("RETURN 1" + " + 1" * 300)


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN [a IN range(1, 9) | a], [b IN range(1, 9) WHERE b > 1 | b]",
        "UNWIND range(1, 9) AS a RETURN [b IN range(1, a) | a * b]",
        "MATCH (n) RETURN [x IN n.list WHERE any(y IN n.list WHERE x = y)], n[0] IN [1]",
    ],
)
def test_other_loops_are_let_through(cypher):
    readonly.refuse_unstoppable(cypher)


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


def test_exists_of_a_property_is_a_mistake_with_its_place_on_every_engine():
    """Neo4j has it no more, the embedded engine still answers."""
    with pytest.raises(QuerySyntaxError, match=r"query:2:8: .* exists\(\)") as caught:
        readonly.refuse_writing("MATCH (n)\nRETURN exists(n.id)")
    assert "IS NOT NULL" in caught.value.hint
    readonly.refuse_writing("MATCH (n) WHERE exists((n)--()) RETURN EXISTS { (n)--() }")
