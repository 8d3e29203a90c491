"""The tables of the rules: one description that every reader draws."""

from xml.etree import ElementTree

import pytest

from ecosystem import charts
from ecosystem.analysis.gaps import RULES, find_gaps, tables_of
from ecosystem.analysis.gaps.freshness import StatesSummary
from ecosystem.analysis.gaps.results import RuleResult
from ecosystem.analysis.gaps.tables import Column, Table
from ecosystem.dataset import Dataset
from ecosystem.io.seeds import read
from ecosystem.paths import shipped_packs
from ecosystem.snapshot import Snapshot
from ecosystem.values import Money, Text
from tests.tiny import tiny
from tests.unit.gap_town import details_of

DAY = "2026-01-01"
SVG = "{http://www.w3.org/2000/svg}"


def results(dataset: Dataset, scope: str) -> tuple[RuleResult, ...]:
    return find_gaps(Snapshot.of(dataset, revision=1, as_of=DAY, scope=scope))


@pytest.fixture(scope="module")
def seeds() -> Dataset:
    return read(shipped_packs())


@pytest.mark.parametrize("scope", ["city:sofia", "all", "city:plovdiv", "city:lund"])
def test_every_row_has_a_cell_for_every_column_and_says_what_it_is(seeds, scope):
    for result in results(seeds, scope):
        for table in tables_of(result):
            assert table.title.bg and table.title.en and table.rows
            for column in table.columns:
                assert column.heading.bg and column.heading.en
            for row in table.rows:
                assert len(row) == len(table.columns), (result.rule, table.title.en)
                for place, cell in enumerate(row):
                    form = table.columns[place].form
                    assert fits(cell, form), (result.rule, table.title.en, cell, form)
                    fill = table.fill(row, place)
                    assert fill is None or 0 <= fill[0] <= 1


def fits(cell: object, form: str) -> bool:
    if cell is None:
        return True
    if form == "nodes":
        named = isinstance(cell, tuple) and all(":" in one for one in cell)
        return named or isinstance(cell, Text)
    if form == "money":
        return isinstance(cell, Money)
    if form == "count":
        return isinstance(cell, int)
    if form in ("number", "share"):
        return isinstance(cell, (int, float))
    return isinstance(cell, (Text, str, int))


def test_every_rule_of_the_catalogue_is_drawn_on_the_seeds(seeds):
    drawn = {
        result.rule
        for scope in ("city:sofia", "all")
        for result in results(seeds, scope)
        if tables_of(result)
    }
    assert drawn == {rule.id for rule in RULES}


def test_an_empty_town_has_no_tables():
    empty = Dataset.of([record for record in tiny().nodes.values() if record.kind == "City"])
    for result in results(empty, "city:alpha"):
        assert not any(table.rows for table in tables_of(result) if result.rule != "G01")


def test_ages_count_every_state_of_known_age(seeds):
    (stale,) = [one for one in results(seeds, "city:sofia") if one.rule == "G21"]
    (table,) = tables_of(stale)
    total = sum(row[1] for row in table.rows)
    assert total == details_of(stale, StatesSummary).faded + details_of(stale, StatesSummary).recent
    assert sum(row[1] for row in table.rows[2:]) == pytest.approx(
        details_of(stale, StatesSummary).faded, abs=1
    )


def numbers(*rows: tuple[str, float | None, float], form: str = "count") -> Table:
    columns = (
        Column(Text("Име", "Name")),
        Column(Text("брой", "count"), form, bar=True, tick=2),
        Column(Text("очаквани", "expected"), "number"),
    )
    return Table(Text("Брой", "Count"), columns, rows, series=True)


def test_a_bar_is_part_of_the_largest_value_or_tick():
    table = numbers(("a", 2, 8.0), ("b", 4, 1.0), ("c", None, 1.0), ("d", 0, 0.0))
    assert table.fill(table.rows[0], 1) == (0.25, 1.0)
    assert table.fill(table.rows[1], 1) == (0.5, 0.125)
    assert table.fill(table.rows[2], 1) is None
    assert table.fill(table.rows[3], 1) == (0.0, 0.0)
    assert table.fill(table.rows[0], 2) is None


def test_a_share_is_part_of_one():
    table = numbers(("a", 0.2, 0.25), form="share")
    assert table.fill(table.rows[0], 1) == (0.2, 0.25)


def test_all_zero_draws_no_bar_and_divides_by_nothing():
    table = numbers(("a", 0, 0.0))
    assert table.fill(table.rows[0], 1) == (0.0, None)


def test_columns_are_as_high_as_their_values_and_say_so():
    table = numbers(("<2019>", 1, 0.0), ("2020", 4, 0.0), ("2021", 0, 0.0))
    picture = ElementTree.fromstring(charts.columns(table, "bg"))
    bars = [float(one.get("height", "")) for one in picture.iter(f"{SVG}rect")]
    assert bars[0] == pytest.approx(bars[1] / 4, abs=0.06) and len(bars) == 2
    assert picture.get("aria-label") == "Брой. <2019>: 1; 2020: 4."
    assert {"<2019>", "1", "4"} <= {one.text for one in picture.iter(f"{SVG}text")}


def test_a_bar_keeps_its_mark_inside():
    picture = ElementTree.fromstring(charts.bar(1.0, 1.0))
    mark = picture.findall(f"{SVG}rect")[-1]
    assert float(mark.get("x", "")) + float(mark.get("width", "")) <= 100
