"""The digest: of contents and not of their order, followed as they change, equal for years."""

import json
from dataclasses import replace

from hypothesis import given, settings

from ecosystem.dataset import ChangeSet, diff
from ecosystem.model import Change, ChangePart, City, Forgotten, Organisation
from ecosystem.store import digest, statements
from tests.contract.records import datasets
from tests.tiny import tiny

CITY = City(id="city:a", pack="p", name_en="A", latitude=42.5)


@settings(max_examples=60)
@given(old=datasets(), new=datasets())
def test_what_is_followed_is_what_is_counted_anew(old, new):
    begun = digest.of(old.records.values())
    assert digest.followed(begun, diff(old, new)) == digest.of(new.records.values())
    assert digest.parsed(digest.dumped(begun)) == begun


def test_it_knows_no_order_and_is_that_of_what_is_read_back():
    records = list(tiny().records.values())
    again = [statements.record(statements.properties(one)) for one in reversed(records)]
    assert digest.of(again) == digest.of(records)


def test_every_change_of_a_field_is_seen_in_its_kind_alone():
    whole = tiny()
    begun = digest.of(whole.records.values())
    for name, value in (("name_en", "Other"), ("population", 0), ("aliases", ("x",))):
        city = replace(whole.nodes["city:alpha"], **{name: value})
        other = whole.changed(ChangeSet(changed=(city,)))
        assert digest.differing(begun, digest.of(other.records.values())) == ("City",), name


def test_entries_of_the_log_are_a_part_of_it_and_the_pieces_of_changes_are_not():
    change = Change(id="change:1", pack="local", what="load")
    mark = Forgotten(id="forgotten:1", pack="local", salt="s", digest="d")
    piece = ChangePart(id="part:1", pack="local", change="change:1")
    none, begun = digest.of([]), digest.of([change, mark, piece])
    assert digest.differing(none, begun) == ("Change", "Forgotten")
    assert digest.differing(begun, digest.of([replace(change, by="x"), mark])) == ("Change",)
    assert digest.differing(begun, digest.of([change, mark])) == ()
    assert digest.followed(none, ChangeSet(added=(change, mark, piece))) == begun


def test_one_of_before_the_log_was_counted_says_nothing_about_it():
    old = digest.parsed(json.dumps({"City": f"{digest.of([CITY])['City']:064x}"}))
    change = Change(id="change:1", pack="local", what="load")
    assert digest.differing(old, digest.of([CITY, change])) == ()
    assert digest.differing(old, digest.of([change])) == ("City",)
    assert digest.followed(old, ChangeSet(added=(change,))) is None


def test_a_change_that_does_not_say_what_it_replaces_cannot_be_followed():
    begun = digest.of([CITY])
    assert digest.followed(begun, ChangeSet(changed=(replace(CITY, name_en="B"),))) is None


def test_a_whole_number_is_one_whatever_its_type():
    assert digest.of([replace(CITY, latitude=42.0)]) == digest.of([replace(CITY, latitude=42)])
    one, other = (Organisation(id="org:a", pack="p", own=(("size", size),)) for size in (12.0, 12))
    assert digest.of([one]) == digest.of([other])


def test_it_stays_what_it_was_whatever_the_model_and_the_interpreter_become():
    """A stored digest is compared by later versions: this value never changes."""
    said = f"{digest.of([CITY])['City']:064x}"
    assert said == "a24ddbe5b1c654f255838e03c7f625a4a7db44ac4283fed9b295ab39239d2588"


def test_one_that_cannot_be_read_is_that_of_nothing():
    for text in ("", "x", "[]", '{"City": "z"}', '{"City": 1}'):
        assert digest.parsed(text) == {}
