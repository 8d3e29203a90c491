"""Changes make of one dataset the other, in order, and leave alone what they do not touch."""

from hypothesis import given
from hypothesis import strategies as st

from ecosystem.dataset import EMPTY, ChangeSet, Dataset, diff
from ecosystem.model import City, Decision, PartnersWith


def city(slug, name="x"):
    return City(id=f"city:{slug}", pack="p", name_bg=name, name_en=name, standing="illustrative")


def tie(source, target):
    return PartnersWith(pack="q", source=f"org:{source}", target=f"org:{target}")


records = st.lists(
    st.one_of(
        st.builds(city, st.sampled_from("abcdefgh"), st.sampled_from("xyz")),
        st.builds(tie, st.sampled_from("abc"), st.sampled_from("def")),
    )
)


@given(records, records)
def test_the_difference_turns_one_dataset_into_the_other(one, other):
    old, new = Dataset.of(one), Dataset.of(other)
    made = old.changed(diff(old, new))
    assert made == new
    assert list(made.nodes) == list(new.nodes) and list(made.edges) == list(new.edges)


@given(records)
def test_parts_are_in_the_order_of_ids(found):
    whole = Dataset.of(found)
    for part in (whole.only(["p"]), whole.only(["q"]), whole.without("City")):
        assert part == Dataset.of(part.records.values())
        assert list(part.records) == [*sorted(part.nodes), *sorted(part.edges)]
    assert whole.only(["p"]).merged(whole.only(["q"])) == whole


def test_what_is_not_touched_is_shared():
    whole = Dataset.of([city("a"), tie("a", "b")])
    decided = whole.changed(ChangeSet(added=(Decision(id="decision:no-1", pack="local"),)))
    assert decided.edges is whole.edges and decided.nodes["city:a"] is whole.nodes["city:a"]
    assert whole.changed(ChangeSet(removed=(city("z"),))).nodes is whole.nodes
    assert whole.without("Decision") is whole and EMPTY.without("City") is EMPTY


def test_changes_are_parted_by_kind():
    one = Decision(id="decision:no-1", pack="local")
    decided, stated = ChangeSet((one, city("a")), (city("b"),), (one,)).parted("Decision")
    assert decided == ChangeSet(added=(one,), removed=(one,))
    assert stated == ChangeSet(added=(city("a"),), changed=(city("b"),))
