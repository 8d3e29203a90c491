"""Tests against chance: adjusted values, and what has no answer."""

import pytest

from ecosystem.analysis.gaps.chance import adjusted, chance


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
