"""How concentrated money is, by closed forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.gaps import tables_of
from ecosystem.analysis.gaps.money import MoneySummary, PotDetails, effective_number, gini_of
from ecosystem.values import Money
from tests.unit.gap_town import (
    city,
    covers,
    details_of,
    funds,
    local,
    one_rule,
    programme,
    project_of_a,
    takes_part,
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
        *local("a"),
        *(programme(n, since="2014", until="2020") for n in names),
        *project_of_a("p"),
        *project_of_a("q"),
        covers("PARTICIPATES_IN"),
        *ties,
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
            programme("later", since="2021", until="2027"),
            funds("programme:later", "project:q", 500_000, since="2018"),
            programme("open", since="2014"),
            funds("programme:open", "project:q", 500_000, since="2018"),
        ),
        "G15",
    )
    (gap,) = result.findings
    assert gap.value == 3
    assert gap.status == "measured"
    assert gap.key == "EUR|2014-2020"
    assert details_of(result, MoneySummary).undated == 1
    assert result.status == "none found"


def test_no_money_is_not_recorded_unless_somebody_knows():
    assert one_rule(money_town(), "G15").status == "not recorded"
    town = [*local("a"), *project_of_a("p")]
    assert one_rule(view(*town, covers("FUNDS")), "G15").status == "none found"


def consortium(*records):
    """A project of a member and of somebody from elsewhere, paid by two programmes."""
    return view(
        *local("a"),
        *local("b"),
        *local("far", town="elsewhere"),
        city("elsewhere"),
        *(programme(n, since="2014", until="2020") for n in ("one", "two", "three")),
        *project_of_a("p"),
        takes_part("org:far", "project:p"),
        *records,
    )


LOCAL = (
    funds("programme:one", "org:a", 100),
    funds("programme:two", "org:a", 100),
    funds("programme:three", "org:b", 100),
)


def test_the_sum_for_a_whole_consortium_carries_no_headline_and_no_remedy():
    result = one_rule(consortium(*LOCAL, funds("programme:one", "project:p", 1_000_000)), "G15")
    (gap,) = result.findings
    assert gap.value == 3
    assert gap.status == "measured"
    summary = details_of(result, MoneySummary)
    assert summary.for_all_partners == {"programme:one": {"EUR": 1_000_000}}
    assert "For all partners, the share here not recorded: 1" in result.reason.en
    *_, apart = tables_of(result)
    assert apart.title.en == "For all partners; the share here is not recorded"
    assert apart.rows == ((("programme:one",), Money(1_000_000, "EUR")),)


def test_with_nothing_but_sums_for_all_partners_nothing_is_concluded():
    ties = [funds(f"programme:{n}", "project:p", 10, key=n) for n in ("one", "two", "three")]
    result = one_rule(consortium(*ties), "G15")
    assert (result.status, result.findings) == ("too few to tell", ())
    assert details_of(result, MoneySummary).ties == 3


def test_the_recorded_share_of_a_member_counts_instead_of_the_whole():
    share = takes_part(
        "org:b", "project:p", contribution_minor=100, contribution_currency="EUR", key="share"
    )
    money = funds("programme:one", "project:p", 1_000_000)
    others = (LOCAL[0], LOCAL[1])
    result = one_rule(consortium(*others, money, share), "G15")
    (gap,) = result.findings
    assert details_of(gap, PotDetails).sums == {"programme:one": 200, "programme:two": 100}
    assert share.id in gap.statements
    two = one_rule(consortium(*others, money, share, funds("programme:two", "project:p", 5)), "G15")
    assert two.findings == ()
    assert len(details_of(two, MoneySummary).for_all_partners) == 2


def test_a_project_of_members_alone_is_here_only_where_its_participants_are_all_recorded():
    ties = [funds(f"programme:{n}", "project:q", 10, key=n) for n in ("one", "two", "three")]
    town = (*project_of_a("q"), *ties)
    assert one_rule(consortium(*town), "G15").findings == ()
    known = one_rule(consortium(*town, covers("PARTICIPATES_IN", "project:q")), "G15")
    assert len(known.findings) == 1


def test_an_award_counts_in_the_years_of_its_programme():
    late = [funds(f"programme:{n}", "org:a", 10, since="2022") for n in ("one", "two", "three")]
    (gap,) = one_rule(consortium(*late), "G15").findings
    assert details_of(gap, PotDetails).period == (2014, 2020)


def test_of_a_funder_that_is_no_programme_the_year_of_the_award_counts():
    fund = [funds(f"org:{n}", "org:a", 10, since="2022") for n in ("far", "b")]
    (gap,) = one_rule(
        consortium(*fund, funds("org:far", "org:a", 5, since="2023", key="more")), "G15"
    ).findings
    assert details_of(gap, PotDetails).period == (2021, 2027)


def test_a_currency_with_few_amounts_beside_one_with_many_does_not_lead():
    few = [
        *(funds("programme:two", "project:p", 9_000_000, "USD", key=str(n)) for n in range(3)),
    ]
    many = [funds("programme:one", "project:q", 100, key=str(n)) for n in range(7)]
    result = one_rule(money_town(*few, *many), "G15")
    (gap,) = result.findings
    assert gap.sentence.en.startswith("100\u00a0% of the money in euro recorded for 2014–2020")
    (apart,) = result.apart
    assert not apart.doubtful and "USD: 1 funder, 3 amounts" in apart.headline.en
    # As many as in the other currency say as much.
    alike = one_rule(money_town(*few, *many[:3]), "G15")
    assert [one.key.partition("|")[0] for one in alike.findings] == ["USD", "EUR"]


def test_where_the_common_currency_tells_too_little_the_rare_one_does_not_speak_for_it():
    few = [funds("programme:two", "project:p", 9_000_000, "USD", key=str(n)) for n in range(3)]
    undated = programme("open", since="2014")
    many = [funds("programme:open", "project:q", 100, key=str(n)) for n in range(7)]
    result = one_rule(money_town(undated, *few, *many), "G15")
    assert (result.status, result.findings, len(result.apart)) == ("too few to tell", (), 1)
