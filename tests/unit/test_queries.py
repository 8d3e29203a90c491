"""Headers, parameters and the lint of portable Cypher."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ecosystem.errors import EcosystemError, NotFoundError, ParameterError
from ecosystem.paths import cypher_folder
from ecosystem.portable import lint, order_of
from ecosystem.queries import load_queries, parse
from ecosystem.values import Text

HEADER = """\
// name: who
// title.en: Who is it?
// title.bg: Кой е?
// tags: people, trial
// param: city City.id required example=city:sofia The city | Градът
// param: as_of date =today Until when | Докога
// returns: actor id Who | Кой
"""
BODY = """\
MATCH (actor:Organisation)-[tie:LOCATED_IN]->(:City {id: $city})
WHERE tie.valid_from <= $as_of
RETURN actor.id AS actor
ORDER BY actor
"""


def written(folder: Path, text: str, name: str = "who") -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def query(tmp_path):
    return parse(written(tmp_path, HEADER + BODY))


def test_a_header_is_read_as_it_is_written(query):
    assert query.name == "who"
    assert query.title == Text("Кой е?", "Who is it?")
    assert query.tags == ("people", "trial")
    assert query.cypher == BODY
    assert query.description is None
    city, as_of = query.parameters
    assert (city.name, city.type, city.required, city.example) == (
        "city",
        "City.id",
        True,
        "city:sofia",
    )
    assert as_of.help == Text("Докога", "Until when") and as_of.default == "today"
    assert [(c.name, c.type, c.help) for c in query.returns] == [
        ("actor", "id", Text("Кой", "Who"))
    ]
    assert lint(query) == []
    assert query.examples() == {"city": "city:sofia", "as_of": "today"}
    assert query.to_dict()["title"] == {"bg": "Кой е?", "en": "Who is it?"}


def test_a_description_is_optional(tmp_path):
    text = HEADER.replace("// tags", "// description.en: A.\n// description.bg: А.\n// tags") + BODY
    assert parse(written(tmp_path, text)).description == Text("А.", "A.")


def test_the_library_is_a_folder_sorted_by_name(tmp_path):
    written(tmp_path, HEADER.replace("name: who", "name: zebra") + BODY, "zebra")
    written(tmp_path, HEADER + BODY)
    assert list(load_queries(tmp_path)) == ["who", "zebra"]
    with pytest.raises(NotFoundError):
        load_queries(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// tags: people, trial\n", "", "who.cypher:7: the header gives no tags"),
        ("// tags", "// tag", "who.cypher:4: the header has no 'tag'; did you mean 'tags'"),
        ("// name: who", "// name: whom", "who.cypher:1: the name is 'whom'"),
        ("// name: who", "// who", "who.cypher:1: is no line of a header"),
        ("City.id", "Town.id", "who.cypher:5: there is no type 'Town.id'"),
        ("as_of date", "as_of", "who.cypher:6: is no 'param: name type"),
        ("// returns: actor id", "// returns: actor whatever", "there is no type 'whatever'"),
        ("// tags", "// name: who\n// tags", "who.cypher:4: name is given twice"),
    ],
)
def test_a_broken_header_is_named_with_its_line(tmp_path, old, new, message):
    with pytest.raises(EcosystemError) as error:
        parse(written(tmp_path, (HEADER + BODY).replace(old, new)))
    assert message in str(error.value)


def test_an_empty_file_and_a_wrong_encoding_are_named(tmp_path):
    with pytest.raises(EcosystemError, match="the header gives no name"):
        parse(written(tmp_path, ""))
    path = tmp_path / "who.cypher"
    path.write_bytes(HEADER.encode("cp1251"))
    with pytest.raises(EcosystemError, match=r"who\.cypher: it is not UTF-8"):
        parse(path)


def test_parameters_are_bound_by_their_types(query):
    bound = query.bind({"city": " city:varna ", "as_of": ""})
    assert bound == {"city": "city:varna", "as_of": date.today().isoformat()}
    assert query.bind({"city": "city:varna", "as_of": "2019-05"})["as_of"] == "2019-05-01"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "who: city is missing. Write for example city=city:sofia."),
        ({"city": ""}, "who: city is missing."),
        ({"city": "sofia"}, "Write for example city=city:sofia."),
        ({"city": "org:sofia"}, "city: 'org:sofia' is not the id of a City"),
        ({"city": "city:sоfia"}, "only looks like ASCII"),
        ({"city": "city:a", "as_of": "2019-02-30"}, "as_of: '2019-02-30' is not a day"),
        ({"town": "city:a"}, "who: there is no parameter 'town'. It takes: city, as_of."),
        ({"citty": "city:a"}, "Did you mean 'city'?"),
    ],
)
def test_what_cannot_be_bound_names_the_parameter(query, given, message):
    with pytest.raises(ParameterError) as error:
        query.bind(given)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "Ѝ", "Ѝ"),
        ("int", "-3", -3),
        ("number", "2.5", 2.5),
        ("list", "a, b,,c", ["a", "b", "c"]),
        ("id", "org:a", "org:a"),
    ],
)
def test_each_type_reads_its_text(tmp_path, kind, text, value):
    header = HEADER.replace("city City.id required example=city:sofia", f"city {kind}")
    query = parse(written(tmp_path, header + BODY))
    assert query.bind({"city": text})["city"] == value
    assert query.bind({})["city"] is None


@pytest.mark.parametrize(("kind", "text"), [("int", "2.5"), ("number", "x"), ("text", "a\x00b")])
def test_each_type_refuses_other_texts(tmp_path, kind, text):
    header = HEADER.replace("city City.id required example=city:sofia", f"city {kind} =1")
    query = parse(written(tmp_path, header + BODY))
    with pytest.raises(ParameterError, match=r"^city: "):
        query.bind({"city": text})


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("(actor:Organisation)", "(actor:Organization)", "unknown label Organization"),
        ("LOCATED_IN", "SITS_IN", "unknown edge kind SITS_IN"),
        ("(:City {id:", "(:City {name:", "unknown property name of City"),
        ("tie.valid_from", "tie.share", "unknown property tie.share"),
        ("actor.id AS", "actor.nickname AS", "unknown property actor.nickname"),
        ("$as_of", "$day", "but used ['city', 'day']"),
        ("AS actor", "AS who", "returns ['who'], says ['actor']"),
        ("ORDER BY actor\n", "", "the rows have no order"),
        ("ORDER BY actor", "ORDER BY tie.since", "the order is by tie.since"),
        ("RETURN actor.id", "SET actor.id = 1 RETURN actor.id", "SET would change the database"),
        ("actor.id AS", "elementId(actor) AS", "engine ids never leave the store"),
        ("WHERE tie", "CALL { WITH actor RETURN 1 AS n } WITH * WHERE tie", "scope clause"),
        ("WHERE tie", "CALL db.labels() YIELD label WITH * WHERE tie", "procedures differ"),
        ("ORDER BY actor", "ORDER BY actor LIMIT 5", "cut by the caller"),
        ("MATCH", "CYPHER 25 MATCH", "version prefix"),
    ],
)
def test_lint_tells_what_is_not_portable(tmp_path, old, new, complaint):
    query = parse(written(tmp_path, HEADER + BODY.replace(old, new)))
    assert any(complaint in found for found in lint(query)), lint(query)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (" | Градът", "", "a text is missing in one language"),
        ("required example=city:sofia", "required", "city is required and has no example"),
        ("example=city:sofia", "example=sofia", "city: 'sofia' is not an id"),
    ],
)
def test_lint_reads_the_header_too(tmp_path, old, new, complaint):
    query = parse(written(tmp_path, HEADER.replace(old, new) + BODY))
    assert any(complaint in found for found in lint(query)), lint(query)


def test_lint_passes_over_texts_and_comments(query):
    quoted = query.cypher.replace("WHERE", "WHERE 'SET (x:Town) $y' <> '' AND // (a:Town)\n")
    assert lint(replace(query, cypher=quoted)) == []


def test_the_order_is_that_of_the_last_clause(query):
    earlier = "WITH actor ORDER BY actor.id RETURN actor.id AS actor, 1 AS n ORDER BY n DESC, actor"
    assert order_of(replace(query, cypher=earlier)) == ("n", "actor")


@pytest.mark.parametrize("path", sorted(cypher_folder().glob("*")), ids=lambda path: path.stem)
def test_a_shipped_query_keeps_the_rules(path):
    assert path.suffix == ".cypher"
    assert lint(parse(path)) == []


def test_the_library_holds_what_strategists_ask():
    library = load_queries(cypher_folder())
    assert len(library) >= 18
    titles = [query.title for query in library.values()]
    assert len({t.en for t in titles}) == len({t.bg for t in titles}) == len(titles)
