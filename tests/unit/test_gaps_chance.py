"""Tests against chance: adjusted values, and what has no answer."""

import numpy as np
import pytest

from ecosystem.analysis.gaps import tested
from ecosystem.analysis.gaps.chance import adjusted, as_sure, between, chance, ends_of, near_level
from ecosystem.analysis.gaps.sectored import at_border
from ecosystem.analysis.gaps.tested import flagged, status_of_tests


def test_adjusted_values_are_those_of_benjamini_and_hochberg():
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert adjusted([]) == []
    assert adjusted([0.9, 0.8]) == pytest.approx([0.9, 0.9])


def test_a_test_against_nothing_has_no_answer():
    assert chance([float("nan"), 1.0], low=True) is None
    assert chance([1.0, float("nan")], low=True) is None
    same = chance([2, 2, 2], low=True)
    assert (same.z, same.p, same.smallest) == (None, 1.0, 1.0)
    assert chance([5, *range(10)], low=False).p == pytest.approx(6 / 11)


def test_a_p_has_the_width_that_so_many_draws_leave():
    low, high = between(0.05)
    assert (round(low, 3), round(high, 3)) == (0.038, 0.065)
    assert between(0.001) == (0.001, 0.001)
    wide, narrow = between(0.05, 99), between(0.05, 99_999)
    assert wide[1] - wide[0] > high - low > narrow[1] - narrow[0]


@pytest.mark.parametrize(
    ("p", "factor", "near"),
    [
        (0.05, 1, True),
        (0.045, 1, True),
        (0.06, 1, True),
        (0.03, 1, False),
        (0.07, 1, False),
        (0.008, 6, True),
        (0.003, 4, False),
        (0.001, 20, False),
        (0.001, 60, False),
    ],
)
def test_a_test_is_at_the_border_where_more_draws_could_turn_it(p, factor, near):
    assert near_level(p, factor) is near


def test_a_flag_at_the_border_is_held_back_and_the_row_says_so():
    rows = flagged([tested.Tested(p=0.045, tells=True), tested.Tested(p=0.001, tells=True)])
    assert [(row.flag, row.close) for row in rows] == [(False, True), (True, False)]
    assert rows[0].verdict.en == "too close to tell"
    assert rows[0].verdict.bg == "на границата, не може да се каже"
    assert status_of_tests(rows[:1], []) == "too close to tell"
    assert at_border(rows).en == "; too close to .05 to tell, the conclusion held back: 1"
    (far,) = flagged([tested.Tested(p=0.2, tells=True)])
    assert (far.flag, far.close) == (False, False)
    assert status_of_tests([far], []) == "none found"


def test_the_p_shows_the_digits_that_999_draws_can():
    assert [as_sure(p) for p in (0.3126, 0.045, 0.065, 0.0047, 0.001, None)] == [
        0.31,
        0.05,
        0.07,
        0.005,
        0.001,
        None,
    ]


def test_the_ends_of_an_interval_show_the_digits_that_the_resamples_can():
    generator = np.random.default_rng(7)
    for many, places in ((999, 1), (99_999, 2)):
        for _ in range(5):
            low, high = ends_of(generator.normal(size=many))
            assert (low, high) == (round(low, places), round(high, places))
            assert low == pytest.approx(-1.96, abs=0.15)
            assert high == pytest.approx(1.96, abs=0.15)
    assert ends_of(np.full(50, 0.25)) == (0.25, 0.25)
    fine = ends_of(generator.normal(scale=0.1, size=999))
    assert fine == tuple(round(end, 2) for end in fine)
