"""Whatever a sheet says, what an import makes of it passes every check of a load."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.checks import check
from ecosystem.dataset import EMPTY
from ecosystem.errors import EcosystemError
from ecosystem.identity.letters import folded
from ecosystem.intake import cells
from ecosystem.intake.bringing import Prepared, Wanted, prepare
from ecosystem.intake.meanings import HEADERS
from ecosystem.intake.places import Places
from ecosystem.intake.readers import read_bytes
from ecosystem.intake.spelled import column_name, slug
from ecosystem.values import parse_id

CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        """A|B|А|Варна|Porto|yes|2019|12.05.2026|31.02.2020|0.0|00535|1,5|1,234|a@b.bg|+359 888 123
456|https://x.example|x.example|999812345|175074752|Person|Град|Тема|член|funds|ongoing|-91|NA
=1+1|Springfield|водещ|a; b|1e999|1e-7""".replace("\n", "|").split("|")
    ),
)


@st.composite
def sheets(draw):
    header = draw(st.lists(st.sampled_from(sorted(HEADERS)), min_size=1, max_size=7))
    rows = draw(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=6))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *(row[: len(header)] for row in rows)])
    return out.getvalue()


@given(sheets())
def test_a_sheet_of_anything_makes_records_with_which_nothing_is_wrong(sheet):
    try:
        graph = read_bytes(sheet.encode("utf-8", "replace"), "sheet.csv")
    except EcosystemError:
        return
    found = prepare(graph, EMPTY, Wanted())
    if isinstance(found, Prepared):
        assert check(found.dataset) == []
    else:
        assert found.problems


@given(st.text())
def test_every_name_makes_an_id_and_a_column(name):
    parse_id(f"org:{slug(name)}")
    assert column_name(name).isidentifier() and column_name(name).isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Технически университет – София", "tehnicheski universitet sofia"),
        ("Göteborg", "GOTEBORG"),
        ("Đurđić", "durdic"),
        ("София", "Sofia"),
    ],
)
def test_names_are_folded_over_case_accents_signs_and_script(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("12.05.2026 г.", "2026-05-12"),
        ("2026-05-12 10:30:00", "2026-05-12"),
        ("13 January 1993", "1993-01-13"),
        ("3 май 2020", "2020-05-03"),
        ("May 2020", "2020-05"),
        ("31.02.2020", ""),
        ("soon", ""),
        ("present", "ongoing"),
    ],
)
def test_days_are_read_as_people_write_them(cell, day):
    assert cells.day(cell) == day


def test_the_order_of_day_and_month_is_told_by_the_column():
    assert cells.month_first(["12/31/2020", "01/02/2020"]) == (True, False)
    assert cells.month_first(["31/12/2020", "01/02/2020"]) == (False, False)
    assert cells.month_first(["01/02/2020"]) == (False, True)
    assert cells.day("12/31/2020", american=True) == "2020-12-31"


@pytest.mark.parametrize(
    ("values", "sort", "first"),
    [
        (["1", "2.5"], "number", 1.0),
        (["1,5", "2"], "number", 1.5),
        (["892,228.58", "1,000.00"], "number", 892228.58),
        (["1.234,50", "7,00"], "number", 1234.5),
        (["1,234"], "text", "1,234"),
        (["00535", "1"], "text", "00535"),
        (["NA", "7"], "number", None),
        (["2020-05-12"], "date", "2020-05-12"),
    ],
)
def test_the_type_of_a_column_is_told_by_its_values(values, sort, first):
    found, read = cells.type_of(values)
    assert found == sort and read(values[0]) == first


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Copenhagen", "2618425"),
        ("COPENHAGEN, Denmark", "2618425"),
        ("Копенхаген", "2618425"),
        ("гр. Варна", "726050"),
        ("Porto", "2735943"),
        ("Ljubljana", "3196359"),
    ],
)
def test_a_place_is_one_however_it_is_written(text, number):
    assert Places([], {}).place(text).geonames == number


def test_a_place_that_may_be_several_is_never_guessed():
    places = Places([], {"Cordoba": "geonames:2519240"})
    assert places.place("Valencia") is None and "Valencia" in places.found.ambiguous
    assert places.place("Valencia", "ES").country == "ES"
    assert places.place("Cordoba").country == "ES"
    assert places.place("Nowhere at all") is None and "Nowhere at all" in places.found.unknown
