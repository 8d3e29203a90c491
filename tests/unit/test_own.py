"""Attributes that packs declare of their own: labels, values, classes, what is not recorded."""

from dataclasses import replace

import pytest

from ecosystem.analysis.facets import NO_SUCH, NOT_RECORDED, facets, names, own_numbers
from ecosystem.analysis.metrics import measure
from ecosystem.analysis.profile import profile, statement
from ecosystem.dataset import Dataset
from ecosystem.model import Attribute, Pack
from ecosystem.own import of_nodes, of_record, titles
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text
from tests.owned import GRANT, entity, owned
from tests.tiny import tiny


@pytest.fixture
def snapshot():
    return Snapshot.of(owned(), scope="all")


def facet(snapshot, name):
    return next(one for one in facets(snapshot) if one.name == name)


def test_a_record_tells_its_own_attributes_with_their_labels(snapshot):
    told = {one.name: (one.label, one.said) for one in profile(snapshot, "org:firm").own}
    assert told == {
        "own:staff": (Text("Служители", "Staff"), Text("12,5", "12.5")),
        "own:stage": (Text("", "Stage"), Text("seed", "seed")),
        "own:open": (Text("Отворена", "Open"), Text("да", "yes")),
        "own:founded": (Text("", "Founded"), Text("март 2019\u00a0г.", "March 2019")),
    }
    (only,) = statement(snapshot, GRANT).own
    assert (only.label.en, only.said.en) == ("Call", "second")


def test_what_no_pack_declares_any_more_keeps_its_name():
    town = tiny()
    firm = replace(entity(town, "org:firm"), own=(("lost", "x"),))
    (told,) = of_record(town.merged(Dataset.of([firm])), firm)
    assert (told.label, told.type) == (Text("lost", "lost"), "")


def test_words_and_truths_are_categories_in_their_declared_order(snapshot):
    stage = facet(snapshot, "own:stage")
    assert [(one.id, one.count) for one in stage.values] == [
        ("seed", 1),
        ("growth; late", 1),
        (NOT_RECORDED, 3),
        (NO_SUCH, 7),
    ]
    assert stage.values[1].label == Text("growth, late", "growth, late")
    opened = facet(snapshot, "own:open")
    assert [one.label.bg for one in opened.values[:2]] == ["да", "не"]


def test_a_number_is_a_ramp_and_what_is_not_recorded_is_no_zero(snapshot):
    staff = facet(snapshot, "own:staff")
    assert staff.ramp and staff.ordered
    assert [one.label.en for one in staff.values] == [
        "0",
        "12.5",
        "300",
        "not recorded",
        "no such property",
    ]
    assert staff.values[staff.of["org:loner"][0]].id == NOT_RECORDED
    sized = measure(snapshot, "all", "own:staff")
    assert sized.values["org:abroad"] == 0.0 and sized.values["org:loner"] is None
    assert "city:alpha" not in sized.values and sized.n == 3
    assert sized.ranks["org:uni"] == 1.0


def test_classes_hold_about_as_many_each_and_never_part_equal_values():
    town = tiny()
    firms = [
        replace(
            entity(town, "org:firm"), id=f"org:firm-{number:02d}", own=(("staff", float(value)),)
        )
        for number, value in enumerate([1, 1, 1, 1, 2, 3, 4, 5, 6, 100])
    ]
    declared = Attribute("Organisation", "staff", "number", Text("", "Staff"))
    pack = Pack(id="pack:tiny", pack="tiny", attributes=(declared.line(),))
    staff = facet(Snapshot.of(town.merged(Dataset.of([*firms, pack]))), "own:staff")
    assert [(one.label.en, one.count) for one in staff.values[:4]] == [
        ("1", 4),
        ("2–3", 2),
        ("4–5", 2),
        ("6–100", 2),
    ]


def test_only_what_can_be_shown_is_offered():
    dataset = owned()
    assert names(dataset)[-3:] == ("own:open", "own:staff", "own:stage")
    assert own_numbers(dataset) == ("own:staff",)
    assert [one.name for one in of_nodes(dataset)] == [
        "own:founded",
        "own:open",
        "own:staff",
        "own:stage",
    ]


def test_two_packs_that_call_it_the_same_are_named():
    declared = Attribute("Organisation", "staff", "number", Text("", "Staff"))
    other = Pack(id="pack:other", pack="other", attributes=(declared.line(),))
    dataset = owned().merged(Dataset.of([other]))
    labels = {one.name: one.label for one in of_record(dataset, dataset.nodes["org:firm"])}
    assert labels["own:staff"] == Text("Служители (пакет tiny)", "Staff (pack tiny)")
    assert labels["own:stage"] == Text("", "Stage")
    (staff,) = [one for one in of_nodes(dataset) if one.name == "own:staff"]
    assert staff.label == Text("Служители (пакети other, tiny)", "Staff (packs other, tiny)")


def test_columns_are_those_that_something_fills():
    dataset = owned()
    assert list(titles(dataset, [dataset.nodes["org:uni"]])) == ["own:staff", "own:stage"]
    assert titles(dataset, [dataset.nodes["city:alpha"]]) == {}
