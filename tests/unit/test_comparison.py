"""Two days compared: by the dates of the facts; what is later never changes it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.analysis.comparison import compare, gap_changes, year_of_gaps, years
from ecosystem.analysis.difference import difference
from ecosystem.analysis.gaps import find_gaps
from ecosystem.dataset import Dataset
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

BASE = tiny()


def at(day, dataset=BASE):
    return Snapshot.of(dataset, as_of=day, scope="city:alpha")


def between(one, other, dataset=BASE):
    before, after = at(one, dataset), at(other, dataset)
    return compare(before, after, find_gaps(before), find_gaps(after))


def test_one_day_compared_with_itself_is_empty():
    found = between("2020-12-31", "2020-12-31")
    assert found.rules == () and found.measures == () and not found.difference.ids


def test_what_began_in_between_is_added_and_what_ended_altered():
    found = difference(at("2018-12-31"), at("2022-12-31"))
    assert "FUNDS|org:council|org:firm|" in found.added
    assert "PARTICIPATES_IN|org:uni|project:bus|" in found.added
    assert found.removed == ()
    later = difference(at("2020-12-31"), at("2022-12-31"))
    assert "PARTICIPATES_IN|org:uni|project:bus|" in later.altered


def test_a_grant_joins_whom_it_reaches_and_the_gap_closes_by_it():
    found = between("2018-12-31", "2020-12-31")
    closed = [o for rule in found.rules for o in rule.gaps if o.how == "closed"]
    assert closed and all(one.causes for one in closed if one.gap_id.startswith("G06"))
    # ann is in firm all along; the grant and the project of 2019 join the others
    work = [one for one in found.whole if one.lens == "work" and one.title.en == "ties"]
    assert [(one.before, one.after) for one in work] == [(1, 3)]


def test_forth_and_back_are_mirrored():
    forth, back = between("2018-12-31", "2022-12-31"), between("2022-12-31", "2018-12-31")
    assert forth.count("opened") == back.count("closed") + back.count("gone") > 0
    assert forth.count("closed") + forth.count("gone") == back.count("opened")
    assert forth.difference.added == back.difference.removed


def test_a_gap_beyond_a_shortened_list_is_not_called_closed():
    results = {one.rule: one for one in find_gaps(at("2026-01-31"))}
    whole = results["G06"]
    cut = replace(whole, findings=(), total=40)
    assert {one.how for one in gap_changes(whole, cut, {})} == {"untold"}
    assert {one.how for one in gap_changes(cut, whole, {})} == {"untold"}


def _begins_by(record, day):
    return record.period.started_by(day)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(["2018-12-31", "2019-12-31", "2020-12-31"]))
def test_deleting_what_began_later_changes_no_earlier_answer(day):
    nodes = {i for i, n in BASE.nodes.items() if _begins_by(n, day)}
    kept = Dataset.of(
        record
        for record in BASE.records.values()
        if _begins_by(record, day)
        and all(end in nodes for end in (getattr(record, "source", ""),) if end.startswith("org"))
        and getattr(record, "target", "city:alpha") in {*nodes, "city:alpha"}
        and getattr(record, "subject", "city:alpha") in {*BASE.edges, *nodes}
    )
    assert between("2018-06-30", day, kept) == between("2018-06-30", day)


def test_years_run_from_the_first_date_to_the_day():
    assert years(at("2021-06-30")) == (2018, 2019, 2020, 2021)
    undated = Dataset.of(r for r in BASE.records.values() if r.kind in ("City", "Theme"))
    assert years(at("2021-06-30", undated)) == ()


def test_a_rule_that_cannot_tell_has_no_number_in_a_year():
    snapshot = at("2020-12-31")
    found = year_of_gaps("2020-12-31", snapshot, find_gaps(snapshot))
    results = {one.rule: one for one in find_gaps(snapshot)}
    for rule, count in found.counts.items():
        silent = results[rule].status in ("too few to tell", "undefined")
        assert (count is None) == silent
    assert found.n == 4
