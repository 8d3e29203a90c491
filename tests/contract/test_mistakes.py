"""A query's own mistake is told as one, with its place where it has one, and the store goes on."""

from contextlib import suppress

import pytest

from ecosystem.dataset import EMPTY, diff
from ecosystem.errors import ParameterError, QueryError, QuerySyntaxError
from tests.tiny import tiny


@pytest.fixture(scope="module")
def filled(engine):
    """A store that holds the tiny town, which none of these tests changes."""
    engine.empty()
    with engine.open() as store:
        store.apply(diff(EMPTY, tiny()))
        yield store


# What every engine places: the query, then line and column of what is wrong.
PLACED = {
    "no such function": ("RETURN 1,\n  foo(1)", (2, 3)),
    "no such namespace": ("RETURN apoc.version()", (1, 8)),
    "no such procedure": ("CALL foo.bar()", (1, 6)),
    "no such column of a procedure": ("CALL db.labels() YIELD foo RETURN foo", (1, 24)),
    "no such variable": ("MATCH (n:City) RETURN m", (1, 23)),
    "no such word": ("MATCH (n:City) RETRUN n", (1, 16)),
    "an open bracket": ("RETURN (1", (1, 10)),
    "an open list": ("RETURN [1, 2", (1, 13)),
    "no expression": ("RETURN 1 +", (1, 11)),
    "an unclosed text": ("RETURN 'a", (1, 8)),
    "two statements": ("RETURN 1; RETURN 2", (1, 9)),
    "no pattern": ("MATCH n RETURN n", (1, 9)),
    "division by zero": ("RETURN 1,\n 7 / 0", (2, 4)),
    "remainder by zero": ("RETURN 7 % 0", (1, 10)),
    "no date": ("RETURN date('soon')", (1, 13)),
    "no moment": ("RETURN datetime('soon')", (1, 17)),
    "no regular expression": ("MATCH (n)\nWHERE n.id =~ '[' RETURN n", (2, 15)),
    "no value for a parameter": ("MATCH (n:City {id: $town}) RETURN n", (1, 21)),
}
# What an engine notices at work, some of them without saying where.
NOTICED = {
    "overflow": "RETURN 9223372036854775807 + 1",
    "overflow of a product": "RETURN 9223372036854775807 * 2",
    "a number of more than 64 bits": "RETURN 99999999999999999999",
    "a number and a text": "RETURN 1 - 'a'",
    "a number for a text": "RETURN toUpper(1)",
    "a number for a list": "RETURN head(5)",
    "a list for a number": "RETURN sqrt([1])",
    "a number for a boolean": "RETURN true AND 1",
    "a text for an index": "RETURN [1, 2]['a']",
    "a property of a number": "RETURN {a: 1}.a.b",
    "too few arguments": "RETURN substring('abc')",
    "too many arguments": "RETURN toUpper('a', 'b')",
    "a negative length": "RETURN left('abc', -2)",
    "no step": "RETURN range(1, 10, 0)",
    "a negative limit": "MATCH (n) RETURN n LIMIT -1",
    "a text for a limit": "MATCH (n) RETURN n LIMIT 'a'",
    "no such day": "RETURN date('2020-13-45')",
    "no duration": "RETURN duration('soon')",
    "a sum of sums": "RETURN sum(count(*))",
    "two columns of a name": "RETURN 1 AS a, 2 AS a",
    "a count in a condition": "MATCH (n) WHERE count(n) > 1 RETURN n",
    "half a reduce": "RETURN reduce(a = 0)",
    "a path from a node to itself": (
        "MATCH (a:City), (b:City) MATCH p = shortestPath((a)-[*1..3]-(b)) RETURN p"
    ),
}
# On the embedded engine these give an answer; the guide to the console says so.
ANSWERED_THERE = ("a path from a node to itself",)


@pytest.mark.parametrize(("cypher", "place"), PLACED.values(), ids=PLACED)
def test_a_mistake_is_told_with_its_place(filled, cypher, place):
    with pytest.raises(QueryError) as caught:
        filled.read(cypher)
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.message.startswith(f"query:{place[0]}:{place[1]}: ")
    assert "arcadedb" not in caught.value.message and "Exception" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("what", NOTICED)
def test_a_mistake_is_never_the_store_s(filled, engine, what):
    if engine.is_embedded and what in ANSWERED_THERE:
        assert filled.read(NOTICED[what]).rows
        return
    with pytest.raises(QueryError) as caught:
        filled.read(NOTICED[what])
    assert caught.value.hint


def test_a_store_goes_on_after_every_mistake(filled):
    for cypher in (*(cypher for cypher, _ in PLACED.values()), *NOTICED.values()):
        with suppress(QueryError):
            filled.read(cypher)
        assert filled.read("RETURN 1 AS x").rows == ((1,),)


def test_the_kind_of_a_mistake_is_told(filled):
    with pytest.raises(ParameterError, match="town"):
        filled.read("RETURN $town")
    with pytest.raises(QuerySyntaxError, match="toLower"):
        filled.read("RETURN toLowr('A')")


def test_parameters_beyond_reason_are_refused(filled):
    deep: object = 1
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(ParameterError, match="deep"):
        filled.read("RETURN $deep AS x", {"deep": deep})
