"""What another database might answer otherwise is answered alike on every engine."""

import pytest

from ecosystem.errors import QuerySyntaxError

# Rounding, nulls, order, signs of more than two bytes, days and empty lists.
ALIKE: dict[str, list[list[object]]] = {
    "RETURN 'Русе' =~ '\\\\w+' AS x": [[False]],
    "RETURN 'Русе' =~ '(?i)РУСЕ' AS x": [[False]],
    "RETURN toUpper('ж') AS x": [["Ж"]],
    "RETURN size('🙂') AS x": [[1]],
    "RETURN substring('🙂a',0,1) AS x": [["🙂"]],
    "RETURN reverse('a🙂') AS x": [["🙂a"]],
    "RETURN left('abc',5) AS x": [["abc"]],
    "RETURN 7/2 AS x": [[3]],
    "RETURN -7/2 AS x": [[-3]],
    "RETURN -7 % 3 AS x": [[-1]],
    "RETURN 1/3.0 AS x": [[0.3333333333333333]],
    "RETURN round(2.5) AS a, round(-2.5) AS b, round(-1.5) AS c": [[3.0, -2.0, -1.0]],
    "RETURN toInteger('12.7') AS x": [[12]],
    "RETURN toInteger('x') AS x": [[None]],
    "RETURN toFloat('1e3') AS x": [[1000.0]],
    "RETURN toString(1.0) AS x": [["1.0"]],
    "RETURN toString(date('2020-01-01')) AS x": [["2020-01-01"]],
    "RETURN null = null AS x": [[None]],
    "RETURN null <> 1 AS x": [[None]],
    "RETURN 1 = 1.0 AS x": [[True]],
    "RETURN 1 IN [null, 1] AS x": [[True]],
    "RETURN 2 IN [null, 1] AS x": [[None]],
    "RETURN [1] = [1.0] AS x": [[True]],
    "RETURN 'a' < 'Б' AS x": [[True]],
    "UNWIND ['б','a','А','Z','я'] AS x RETURN x ORDER BY x": [["Z"], ["a"], ["А"], ["б"], ["я"]],
    "UNWIND [3,null,1] AS x RETURN x ORDER BY x": [[1], [3], [None]],
    "UNWIND [3,null,1] AS x RETURN x ORDER BY x DESC": [[None], [3], [1]],
    "UNWIND [1,'a',true,null,2.5] AS x RETURN x ORDER BY x": [["a"], [True], [1], [2.5], [None]],
    "RETURN split('a,b,',',') AS x": [[["a", "b", ""]]],
    "RETURN split('abc','') AS x": [[["a", "b", "c"]]],
    "RETURN trim(' \xa0a ') AS x": [["\xa0a"]],
    "RETURN [1,2,3][-1] AS x": [[3]],
    "RETURN [1,2,3][1..10] AS x": [[[2, 3]]],
    "RETURN range(5,1) AS x": [[[]]],
    "RETURN range(5,1,-2) AS x": [[[5, 3, 1]]],
    "RETURN collect(null) AS x": [[[]]],
    "UNWIND [] AS x RETURN count(x) AS c, sum(x) AS s, avg(x) AS a, max(x) AS m": [
        [0, 0, None, None]
    ],
    "RETURN duration('P1M').days AS x": [[0]],
    "RETURN toString(duration('P1Y2M3DT4H')) AS x": [["P1Y2M3DT4H"]],
    "RETURN duration.between(date('2020-01-31'),date('2020-03-01')) AS x": [["P1M1D"]],
    "RETURN date('2020-01-31') + duration('P1M') AS x": [["2020-02-29"]],
    "RETURN date('2020-W05-2') AS x": [["2020-01-28"]],
    "RETURN date('2020-02') AS x": [["2020-02-01"]],
    "RETURN date({year:2020, month:2}) AS x": [["2020-02-01"]],
    "RETURN datetime('2020-01-01T10:00:00+02:00') AS x": [["2020-01-01T10:00:00.000000000+02:00"]],
    "RETURN date('0001-01-01').year AS x": [[1]],
    "RETURN properties({a:1}) AS x": [[{"a": 1}]],
    "RETURN CASE null WHEN null THEN 1 ELSE 2 END AS x": [[2]],
    "RETURN coalesce(null, 1) AS x": [[1]],
    "RETURN '' = null OR true AS x": [[True]],
    "RETURN true XOR null AS x": [[None]],
    "RETURN abs(-9223372036854775807) AS x": [[9223372036854775807]],
    "RETURN 0.1+0.2 AS x": [[0.30000000000000004]],
    "RETURN 1e308*10 AS x": [["inf"]],
    "RETURN sqrt(-1) AS x": [["nan"]],
    "RETURN log(0) AS x": [["-inf"]],
    "RETURN 1.0/0 AS x": [["inf"]],
    "RETURN toBoolean('TRUE') AS x": [[True]],
    "RETURN toBoolean('yes') AS x": [[None]],
    "RETURN normalize('é') = 'é' AS x": [[True]],
    "RETURN replace('aaa','','b') AS x": [["bababab"]],
    "RETURN 'a' + 1 AS x": [["a1"]],
    "RETURN 'a' + null AS x": [[None]],
    "RETURN [1] + 2 AS x": [[[1, 2]]],
    "RETURN isEmpty('') AS x": [[True]],
    "RETURN head([]) AS x": [[None]],
    "RETURN tail([]) AS x": [[[]]],
    "RETURN {a:1}.b AS x": [[None]],
    "RETURN valueType(1) AS x": [["INTEGER NOT NULL"]],
    "RETURN valueType('a') AS x": [["STRING NOT NULL"]],
    "RETURN toIntegerList(['1','x']) AS x": [[[1, None]]],
    "RETURN nullIf(1,1) AS x": [[None]],
    "RETURN char_length('Ж') AS x": [[1]],
    "RETURN btrim('xxaxx','x') AS x": [["a"]],
    "RETURN point({x:1,y:2}) AS x": [[{"srid": 7203, "coordinates": [1.0, 2.0]}]],
}


def test_every_engine_gives_the_same_answer(store):
    found = {}
    for cypher in ALIKE:
        found[cypher] = [list(row) for row in store.read(cypher).rows]
    assert found == ALIKE


def test_a_mistake_that_only_one_engine_would_make_is_one_on_each(store):
    with pytest.raises(QuerySyntaxError) as caught:
        store.read("MATCH (n:City)\nRETURN exists(n.id) AS x")
    assert (caught.value.line, caught.value.column) == (2, 8)
