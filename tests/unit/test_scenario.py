"""Imagined changes: applied to a copy, checked by the model, independent of their order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.comparison import compare
from ecosystem.analysis.gaps import find_gaps
from ecosystem.errors import DataError
from ecosystem.io import scenarios
from ecosystem.scenario import Change, Scenario, apply
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

BASE = tiny()
SCOPE, DAY = "city:alpha", "2026-01-31"
HUB = Change(add={"kind": "Organisation", "id": "org:hub", "name_en": "Hub", "form": "company"})
HERE = Change(add={"kind": "LOCATED_IN", "source": "org:hub", "target": "city:alpha"})
TIE = Change(add={"kind": "PARTNERS_WITH", "source": "org:loner", "target": "org:hub"})
FRIEND = Change(add={"kind": "PARTNERS_WITH", "source": "org:uni", "target": "org:loner"})
GONE = Change(remove="org:council")


def scenario(*changes):
    return Scenario("trial", "", changes)


def snapshot(dataset):
    return Snapshot.of(dataset, as_of=DAY, scope=SCOPE)


def compared(*changes):
    """What the changes would do to the tiny town."""
    before, after = snapshot(BASE), snapshot(apply(BASE, scenario(*changes)).dataset)
    return compare(before, after, find_gaps(before), find_gaps(after))


def gaps(found, how):
    return {one.gap_id for rule in found.rules for one in rule.gaps if one.how == how}


def test_no_change_changes_nothing():
    found = compared()
    assert (found.lenses, found.rules, found.whole, found.measures) == ((), (), (), ())
    assert found.difference.ids == frozenset()


def test_the_base_is_never_touched():
    before = tiny()
    applied = apply(BASE, scenario(HUB, HERE, TIE, GONE))
    assert before == BASE and applied.dataset != BASE


def test_what_is_added_is_illustrative_and_of_a_pack_of_its_own():
    applied = apply(BASE, scenario(HUB, TIE))
    hub = applied.dataset.nodes["org:hub"]
    tie = applied.dataset.edges["PARTNERS_WITH|org:hub|org:loner|"]
    assert (hub.standing, hub.pack, tie.standing) == ("illustrative", "scenario", "illustrative")
    assert applied.ids == ("org:hub", "PARTNERS_WITH|org:hub|org:loner|")


def test_a_removed_actor_takes_its_ties_and_their_evidence_along():
    applied = apply(BASE, scenario(GONE))
    assert "org:council" not in applied.dataset.nodes
    own = [i for i, e in BASE.edges.items() if "org:council" in (e.source, e.target)]
    assert set(own) <= set(applied.carried_off)
    assert not set(applied.dataset.edges) & set(own)


def test_adding_and_removing_the_same_thing_is_no_change():
    assert apply(BASE, scenario(HUB, Change(remove="org:hub"))).dataset == BASE
    tie = "PARTNERS_WITH|org:loner|org:uni|"
    assert compared(FRIEND, Change(remove=tie)).rules == ()


def test_a_friend_for_whoever_stands_alone_closes_that_gap_by_that_tie():
    found = compared(FRIEND)
    assert "G06|org:loner" in gaps(found, "closed")
    (rule,) = [one for one in found.rules if one.rule == "G06"]
    (change,) = [one for one in rule.gaps if one.gap_id == "G06|org:loner"]
    assert change.causes == ("PARTNERS_WITH|org:loner|org:uni|",)
    assert set(found.lenses) == {"work", "all"}


def test_measures_of_lenses_that_did_not_change_are_left_out():
    found = compared(FRIEND)
    assert {one.lens for one in found.measures} <= {"work", "all"}
    degree = next(o for o in found.measures if (o.lens, o.measure) == ("work", "degree"))
    moved = {one.id: (one.value_before, one.value_after) for one in degree.moved}
    assert moved["org:loner"] == (0, 1) and moved["org:uni"] == (1, 2)
    assert "org:firm" not in moved or moved["org:firm"][0] == moved["org:firm"][1]
    whole = {one.title.en: (one.before, one.after) for one in found.whole if one.lens == "work"}
    # ann - firm - council - uni, and now loner at its end
    assert whole["ties"] == (3, 4)
    assert whole["without a tie"] == (2, 1)  # the city itself is an actor without work
    assert whole["largest part"] == (4, 5)


@settings(max_examples=15, deadline=None)
@given(st.permutations([HUB, HERE, TIE, FRIEND, Change(remove="org:firm")]))
def test_the_order_of_the_changes_does_not_matter(changes):
    assert (
        apply(BASE, scenario(*changes)).dataset
        == apply(BASE, scenario(HUB, HERE, TIE, FRIEND, Change(remove="org:firm"))).dataset
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([Change(remove="org:counicl")], "Did you mean 'org:council'"),
        ([Change(remove="source:page")], "nothing that could be removed"),
        ([Change(add={"kind": "Hub", "id": "org:x"})], "no kind to add"),
        ([Change(add={"kind": "Source", "id": "source:x"})], "no kind to add"),
        ([Change(add={"kind": "Organisation", "id": "org:x"})], "a name in one language"),
        ([Change(add={"kind": "Organisation", "id": "Org X", "name_en": "x"})], "not an id"),
        ([Change(add={"kind": "Organisation", "id": "org:x", "colour": "red"})], "no such field"),
        ([Change(add={"kind": "Organisation", "id": "org:x", "pack": "tiny"})], "no such field"),
        ([Change(add={"kind": "Organisation", "id": "org:uni", "name_en": "x"})], "belongs to"),
        ([HUB, HUB], "added twice"),
        ([TIE], "isn't a known node"),
        (
            [Change(add={"kind": "FUNDS", "source": "org:uni", "target": "theme:ict"})],
            "does not lead from",
        ),
        (
            [
                GONE,
                Change(add={"kind": "PARTNERS_WITH", "source": "org:council", "target": "org:uni"}),
            ],
            "isn't a known node",
        ),
        ([HUB] * 21, "more than 20"),
    ],
)
def test_what_cannot_be_imagined_is_refused_with_its_number(changes, message):
    with pytest.raises(DataError) as caught:
        apply(BASE, scenario(*changes))
    assert message in " ".join(map(str, caught.value.problems))


def test_a_file_comes_back_as_it_was(tmp_path):
    whole = Scenario("Име „с кавички“", 'a "note"\nof two lines \x7f', (HUB, TIE, GONE))
    path = tmp_path / "one.toml"
    path.write_text(scenarios.dumps(whole), encoding="utf-8")
    assert scenarios.read(path) == whole


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_name_comes_back_from_its_file(name):
    assert scenarios.loads(scenarios.dumps(Scenario(name))).name == name


def test_the_example_is_a_scenario():
    example = scenarios.loads(scenarios.EXAMPLE)
    assert len(example.changes) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = 1", "does not say"),
        ("scenario = 2", "does not say"),
        ("scenario = 1\nname = 3", "not a text"),
        ("scenario = 1\nadd = 3", r"[[add]]"),
        ("scenario = 1\n[[add]]\nkind = { a = 1 }", "neither text nor number"),
        ("scenario = 1\n[[remove]]\nkind = 'x'", "an id and nothing else"),
        ("scenario = 1\nother = 1", "nothing that a scenario has"),
        ("scenario = ", "not TOML"),
    ],
)
def test_what_is_no_scenario_file_is_refused(text, message):
    with pytest.raises(DataError) as caught:
        scenarios.loads(text, "x.toml")
    assert message in " ".join(map(str, caught.value.problems))
