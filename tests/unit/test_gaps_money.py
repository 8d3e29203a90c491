"""How concentrated money is, by closed forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps.money import MoneySummary, PotDetails, effective_number, gini_of
from tests.unit.gap_town import (
    covers,
    details_of,
    funds,
    local,
    one_rule,
    programme,
    project_of_a,
    view,
)


def test_the_effective_number_has_closed_forms():
    assert effective_number([7] * 4) == 4
    assert effective_number([5]) == 1
    assert effective_number([3, 1]) == pytest.approx(1 / (0.75**2 + 0.25**2))


def test_the_gini_has_closed_forms():
    assert gini_of([4] * 10) == 0
    assert gini_of([0] * 9 + [5]) == pytest.approx(1)
    assert gini_of(list(range(1, 11))) == pytest.approx(1 / 3)
    assert gini_of([1] * 9) is None
    assert gini_of([0] * 10) is None


@given(st.lists(st.integers(1, 10**12), min_size=10, max_size=30))
def test_the_gini_is_the_mean_difference(amounts):
    m, total = len(amounts), sum(amounts)
    differences = sum(abs(a - b) for a in amounts for b in amounts)
    assert gini_of(amounts) == pytest.approx(differences / (2 * total * (m - 1)))
    assert 1 <= effective_number(amounts) <= m + 1e-9


def money_town(*ties):
    names = ("one", "two", "three")
    return view(
        *local("a"), *(programme(n) for n in names), *project_of_a("p"), *project_of_a("q"), *ties
    )


def test_only_the_last_step_of_money_counts():
    result = one_rule(
        money_town(
            funds("programme:one", "org:a", 900),
            funds("org:a", "project:p", 100),
            funds("programme:two", "project:p", 100),
            funds("programme:two", "project:q", 200),
        ),
        "G15",
    )
    (gap,) = result.findings
    assert details_of(gap, PotDetails).sums == {"programme:two": 300, "org:a": 100}
    assert gap.value == pytest.approx(1 / (0.75**2 + 0.25**2))
    assert (gap.expected, gap.n, gap.status) == (2, 3, "concentrated")
    assert details_of(gap, PotDetails).gini is None


def test_two_amounts_are_too_few():
    ties = [funds("programme:one", "project:p", 5), funds("programme:two", "project:p", 5)]
    result = one_rule(money_town(*ties, funds("programme:three", "project:q")), "G15")
    assert (result.status, result.findings) == ("too few to tell", ())
    assert details_of(result, MoneySummary).without_amount == 1
    assert "33\u00a0%" in result.reason.en


def test_currencies_and_periods_are_not_added_up_but_leva_are_euros():
    result = one_rule(
        money_town(
            funds("programme:one", "project:p", 195_583, "BGN"),
            funds("programme:two", "project:p", 100_000),
            funds("programme:three", "project:p", 100_000),
            funds("programme:three", "project:q", 999_999, "USD"),
            funds("programme:two", "project:q", 500_000, since="2021"),
            funds("programme:one", "project:q", 500_000, since=""),
        ),
        "G15",
    )
    (gap,) = result.findings
    assert gap.value == 3
    assert gap.status == "measured"
    assert gap.key == "EUR|2014"
    assert details_of(result, MoneySummary).undated == 1
    assert result.status == "none found"


def test_no_money_is_not_recorded_unless_somebody_knows():
    assert one_rule(money_town(), "G15").status == "not recorded"
    town = [*local("a"), *project_of_a("p")]
    assert one_rule(view(*town, covers("FUNDS")), "G15").status == "none found"
