"""Every query of the library keeps its contract and gives equal rows on every engine."""

import pytest

from ecosystem import paths
from ecosystem.dataset import EMPTY, diff
from ecosystem.errors import EcosystemError, ParameterError
from ecosystem.io import seeds
from ecosystem.queries import lint, load_queries, parse

LIBRARY = load_queries(paths.cypher_folder())
ANSWERS: dict[str, tuple] = {}


@pytest.fixture(scope="module")
def filled(engine):
    """A store on each engine in turn that holds the shipped seeds."""
    engine.empty()
    with engine.open() as store:
        store.apply(diff(EMPTY, seeds.read(paths.shipped_packs())))
        yield store
    engine.empty()


def test_the_library_answers_what_strategists_ask():
    assert len(LIBRARY) >= 20


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_is_named_as_its_file_and_breaks_no_rule(name):
    assert LIBRARY[name].name == name
    assert lint(LIBRARY[name]) == []


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_answers_on_the_seeds_and_alike_on_every_engine(filled, name):
    query = LIBRARY[name]
    found = filled.read(query.cypher, query.bind(query.examples()), limit=5000, seconds=30)
    assert found.columns == tuple(column.name for column in query.returns)
    assert found.rows, "no row on the shipped seeds"
    assert not found.truncated
    assert len(set(map(repr, found.rows))) == len(found.rows)
    assert found.rows == ANSWERS.setdefault(name, found.rows)


GOOD = """// name: probe
// title.en: A question
// title.bg: Въпрос
// tags: test
// param: city City.id required example=city:sofia The city | Градът
// param: limit int =5 How many | Колко
// returns: id City.id The city | Градът
MATCH (n:City {id: $city}) WHERE n.population > $limit
RETURN n.id AS id
ORDER BY id
"""


@pytest.fixture
def written(tmp_path):
    """Parse a query from its text."""

    def write(text):
        path = tmp_path / "probe.cypher"
        path.write_text(text, encoding="utf-8")
        return parse(path)

    return write


def test_parameters_are_given_defaulted_or_missed(written):
    query = written(GOOD)
    assert query.bind({"city": "city:nice"}) == {"city": "city:nice", "limit": 5}
    assert query.bind({"city": "city:nice", "limit": "7"})["limit"] == 7
    with pytest.raises(ParameterError, match="needs city"):
        query.bind({})
    with pytest.raises(ParameterError, match="Did you mean 'city'"):
        query.bind({"ctiy": "city:nice"})
    with pytest.raises(ParameterError, match="not the id of a City"):
        query.bind({"city": "org:nice"})
    with pytest.raises(ParameterError, match="whole number"):
        query.bind({"city": "city:nice", "limit": "many"})


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (":City", ":Town", "unknown label Town"),
        ("n.population", "n.inhabitants", "unknown property inhabitants"),
        ("ORDER BY id\n", "", "no order"),
        ("RETURN", "SET n.x = 1 RETURN", "writes"),
        ("n.id AS id", "id(n) AS id", "engine ids"),
        ("$limit", "5", "declared"),
        ("AS id\n", "AS ident\n", "returns"),
        ("| Колко", "", "missing in one language"),
    ],
)
def test_lint_finds_what_is_not_portable_or_not_true(written, old, new, complaint):
    assert lint(written(GOOD)) == []
    assert any(complaint in found for found in lint(written(GOOD.replace(old, new, 1))))


def test_words_inside_texts_and_comments_are_no_writes(written):
    text = GOOD.replace("RETURN", "// SET and DELETE\nAND n.name_en <> 'MERGE' RETURN")
    assert lint(written(text)) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("// tags: test\n", "", "has no tags"),
        ("City.id required", "City.name required", "'param: name type"),
        ("// tags: test", "// !", "is no line of a header"),
    ],
)
def test_a_broken_header_is_named_with_its_line(written, old, new, complaint):
    with pytest.raises(EcosystemError, match=r"probe\.cypher:\d+") as caught:
        written(GOOD.replace(old, new))
    assert complaint in str(caught.value)
