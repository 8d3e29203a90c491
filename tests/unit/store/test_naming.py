"""A word that writes is refused in any disguise, and is free as a name wherever one may stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.errors import QueryError, WriteRefusedError
from ecosystem.store import readonly

DISGUISED = [
    "MATCH (n) RETURN n AS as SET n.x = 1",
    "MATCH (n) WITH n AS AS SET n.x = 1 RETURN 1",
    "MATCH (n) WITH n AS as SET as.x = 1",
    "MATCH (n) WITH n AS as, 1 AS b CALL { WITH n AS as SET as.x = 1 } RETURN 1",
    "MATCH (n) RETURN $as SET n.x = 1",
    "MATCH (n) RETURN n.as SET n.x = 1",
    "MATCH (as) RETURN as SET as.x = 1",
    "MATCH (n) RETURN count(*) AS as SET n.x = 1",
    "MATCH (n:AS) SET n.x = 1",
    "MATCH (n) WITH n AS AS DELETE n",
    "MATCH (n) WITH n AS AS REMOVE n.x",
    "MATCH (n) WITH n AS AS MERGE (:A)",
    "MATCH (n) WITH n AS AS FOREACH (x IN [1] | SET n.y = 1)",
    "MATCH (n) WITH n AS AS LOAD CSV FROM 'x' AS r RETURN r",
    "MATCH (n) RETURN 1e1SET n.x = 1",
    "MATCH (n) WHERE n.x = 1.SET n.x = 2",
    "MATCH (n) RETURN n.x: SET n.y = 1",
    "MATCH (n), SET n.x = 1",
    "MATCH p = (n), CREATE (x)",
    "(CREATE (n))",
    "MATCH (in) SET in.x = 1",
    "MATCH (n), (in) WITH *, true AS not WHERE not SET in.x = 1",
    "MATCH (n), (in) WITH *, true AS not WHERE not DELETE in",
    "MATCH (in) MATCH ((a)-->(b))+ DELETE in",
    "MATCH (n) WHERE n:% DELETE n",
    "MATCH (n) WHERE n.x IS NOT NULL SET n.x = 1",
    "MATCH (n) RETURN * SET n.x = 1",
    "CALL db.labels() YIELD label AS as SET as.x = 1",
    "CALL { RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "MATCH (n)\u00a0SET\u2003n.x = 1",
    "\ufeffCREATE (n)",
]
FREE = [
    "MATCH (n) WITH n AS set RETURN set ORDER BY set.id",
    "MATCH (n) RETURN n.id AS set, n.id AS `delete`, n.set AS create ORDER BY set, create DESC",
    "MATCH (n) WITH collect(n.id) AS load UNWIND load AS merge RETURN merge",
    "MATCH (set:City) WHERE set.id = $create AND set.x IN ['CREATE'] RETURN set",
    "MATCH (n) RETURN DISTINCT n.drop AS drop LIMIT 3",
    "WITH 1 AS set RETURN CASE WHEN set = 1 THEN set ELSE 2 END AS remove",
    "WITH [1] AS transactions RETURN 1 IN transactions AS foreach",
    "MATCH (n) RETURN n {.set, .create, merge: n.id} AS insert",
    "MATCH (n) RETURN [set IN [1, 2] WHERE set > 1 | set + 1] AS set",
    "MATCH (create)-[set:FUNDS]->(merge) RETURN type(set), create.id, merge.id",
    "WITH 1 AS set RETURN 2 * set - set / set",
    "WITH true AS set RETURN NOT set, count(DISTINCT set)",
    "RETURN 'n AS as SET n.x = 1' AS as // SET n.x = 1",
]


@pytest.mark.parametrize("cypher", DISGUISED)
def test_a_disguise_is_seen_through(cypher):
    for written in (cypher, cypher.lower(), f"/* as */ {cypher} // RETURN 1"):
        with pytest.raises(WriteRefusedError):
            readonly.refuse_writing(written)


@pytest.mark.parametrize("cypher", FREE)
def test_a_name_is_let_through(cypher):
    readonly.refuse_writing(cypher)


WORDS = st.sampled_from(
    "set create merge delete remove drop detach insert load show as in not end desc x".split()
)
BLANKS = st.sampled_from([" ", "\n", "\t", "\u00a0", "\u2003", " /* as */ ", " // x AS\n", "  "])
NAMES = st.one_of(WORDS, WORDS.map(str.upper), WORDS.map(lambda word: f"`{word} SET n.x`"))


@st.composite
def readings(draw):
    """The beginning of a query that reads, with names that are words of Cypher."""
    name, other, blank = draw(NAMES), draw(NAMES), draw(BLANKS)
    value = draw(
        st.sampled_from(
            ["n", "n.{o}", "1", "1.5", "'SET'", "$p", "[1][0]", "{{{o}: 1}}", "count(*)"]
        )
    ).format(o=other)
    return draw(
        st.sampled_from(
            [
                f"MATCH (n:City){blank}WITH n,{blank}{value} AS {name}",
                f"MATCH (n) WHERE n.{name} = {value} WITH *",
                f"MATCH (n)-[:{name}]->(m:{other}) WITH n, {value}{blank}AS{blank}{name}",
                f"MATCH (n) UNWIND [1] AS {name}{blank}WITH n, 1 AS {other}",
                f"MATCH (n {{{name}: {value}}})",
                f"MATCH (n) WHERE n.x IS NOT NULL WITH n ORDER BY n.{name} DESC",
                f"MATCH (n) CALL {{ WITH n RETURN {value} AS {name} }}",
                f"MATCH (n) WITH n, [y IN [1] | y + 1] AS {name} LIMIT 1",
            ]
        )
    )


WRITINGS = st.sampled_from(
    [
        "SET n.x = 1",
        "SET n:Label",
        "SET n += {x: 1}",
        "DELETE n",
        "DETACH DELETE n",
        "REMOVE n.x",
        "CREATE (:A)",
        "CREATE p = (:A)",
        "MERGE (:A)",
        "FOREACH (y IN [1] | SET n.x = y)",
        "INSERT (:A)",
        "LOAD CSV FROM 'file:///x' AS line",
        "CALL { CREATE (:A) }",
        "CALL (n) { SET n.x = 1 }",
    ]
)


@given(readings(), BLANKS, WRITINGS, BLANKS)
def test_whatever_reads_before_it_what_writes_is_refused(reading, blank, writing, within):
    with pytest.raises(WriteRefusedError):
        readonly.refuse_writing(f"{reading}{blank}{writing.replace(' ', within)}")


@given(readings(), BLANKS, NAMES)
def test_what_only_reads_is_never_taken_for_writing(reading, blank, name):
    readonly.refuse_writing(f"{reading}{blank}RETURN n.{name} AS {name}{blank}ORDER BY n.{name}")


@given(st.text(alphabet="()[]{}:.,|*+`'\"/ \nnxASETasetDELIN$=<>-1", max_size=40))
def test_whatever_is_written_there_is_an_answer(cypher):
    try:
        readonly.refuse_writing(cypher)
    except QueryError as error:
        assert error.hint
