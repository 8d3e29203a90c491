"""The Cypher that writes records is generated from the model, values apart."""

from datetime import date

import pytest

from ecosystem.dataset import EMPTY, ChangeSet, Dataset, diff
from ecosystem.errors import ParameterError
from ecosystem.model import EDGE_KINDS, NODE_KINDS, City, Organisation
from ecosystem.store import rows, statements
from tests.contract.records import many
from tests.tiny import tiny


def test_every_kind_has_its_constraint():
    text = "\n".join(statements.constraints())
    for kind in (*NODE_KINDS, *EDGE_KINDS, statements.MARKER):
        assert f":{kind})" in text or f":{kind}]" in text


@pytest.mark.parametrize("record", tiny().records.values(), ids=lambda record: record.id)
def test_a_record_is_made_again_of_its_properties(record):
    assert statements.record(statements.properties(record)) == record


def test_what_is_empty_is_not_stored():
    stored = statements.properties(City(id="city:a", pack="p", population=0))
    assert stored == {
        "id": "city:a",
        "kind": "City",
        "pack": "p",
        "population": 0,
        "valid_from": "0001-01-01",
        "valid_to": "9999-12-31",
    }


def test_no_value_stands_in_a_statement():
    hostile = "x'}) DETACH DELETE n //"
    dataset = Dataset.of([Organisation(id=f"org:{hostile}", pack=hostile, name_en=hostile)])
    for cypher, _ in statements.changes(diff(EMPTY, dataset)):
        assert hostile not in cypher


def test_edges_go_before_the_nodes_they_tie_and_come_after():
    added, removed = tiny().records.values(), many(2).records.values()
    changes = ChangeSet(added=tuple(added), removed=tuple(removed))
    of_edges = ["]->" in cypher for cypher, _ in statements.changes(changes)]
    assert of_edges[:2] == [True, False]
    assert of_edges[2:] == sorted(of_edges[2:])


def test_batches_are_small():
    sizes = [len(batch) for _, batch in statements.changes(diff(EMPTY, many(4500)))]
    assert sum(sizes) == 4500 + 4499
    assert max(sizes) == statements.BATCH


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("inf"), "inf"),
        (b"\x01\xff", "01ff"),
        ({"b": (1, None), "a": 1.5}, {"a": 1.5, "b": [1, None]}),
        (date(2018, 9, 10), "2018-09-10"),
    ],
)
def test_values_become_plain(value, expected):
    assert rows.plain(value) == expected


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "x", [1, ["x"]], {"a": {"b": None}}])
def test_parameters_of_known_types_pass(value):
    assert rows.parameter("name", value) == value


@pytest.mark.parametrize("value", [2**63, "\udc00", object(), {1: 1}, [b"x"], {"a": ["\ud800"]}])
def test_parameters_of_other_types_are_named(value):
    with pytest.raises(ParameterError, match="'name'"):
        rows.parameter("name", value)
