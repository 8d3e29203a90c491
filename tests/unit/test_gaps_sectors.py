"""Which sector is missing: published intervals and towns worked by hand."""

import pytest

from ecosystem.analysis.gaps.sectors import SharesSummary, wilson
from tests.unit.gap_town import (
    by_subject,
    covers,
    details_of,
    local,
    locals_of,
    one_rule,
    view,
)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(successes, n, low, high):
    assert wilson(successes, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_the_wilson_interval_stays_within_zero_and_one():
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


def test_fewer_than_ten_known_sectors_are_counted_and_not_judged():
    result = one_rule(view(*locals_of("abcdefghi"), *local("hub", "venue")), "G01")
    assert result.status == "too few to tell"
    assert result.findings == ()
    assert (details_of(result, SharesSummary).known, details_of(result, SharesSummary).unknown) == (
        9,
        1,
    )
    assert [row.count for row in details_of(result, SharesSummary).sectors] == [9, 0, 0, 0]
    assert {row.ratio for row in details_of(result, SharesSummary).sectors} == {None}


def test_a_sector_with_nobody_is_not_recorded_until_a_source_covers_the_place():
    actors = [
        *locals_of([f"c{i}" for i in range(10)]),
        *locals_of("gh", "public-agency"),
        *locals_of("uv", "university"),
    ]
    gap = by_subject(one_rule(view(*actors), "G01"))["civil society"]
    assert (gap.status, gap.value, gap.n) == ("not recorded", 0.0, 14)
    sure = by_subject(one_rule(view(*actors, covers("LOCATED_IN")), "G01"))["civil society"]
    assert sure.status == "absent"


def test_a_sector_is_thin_when_even_the_upper_bound_is_below_half_its_share():
    def town(n: int):
        return [
            *locals_of([f"c{i}" for i in range(n)]),
            *locals_of("gh", "public-agency"),
            *locals_of("ij", "foundation"),
            *local("u", "university"),
        ]

    # 1 of 50: at most 10.5 % at the upper bound, .42 of a quarter.
    gap = by_subject(one_rule(view(*town(45)), "G01"))["academia"]
    assert gap.status == "thin"
    assert gap.value == pytest.approx(0.08)
    assert gap.interval == (pytest.approx(4 * 0.00354, abs=1e-4), pytest.approx(0.4199, abs=1e-3))
    # 1 of 30: up to 16.7 %, .67 of a quarter, so nothing can be said.
    assert "academia" not in by_subject(one_rule(view(*town(25)), "G01"))


def test_the_stakeholders_of_mit_reap_are_told_where_the_helix_does_not():
    actors = [
        *locals_of([f"c{i}" for i in range(8)]),
        *locals_of("gh", "public-agency"),
        *locals_of("ij", "foundation"),
        *locals_of("uv", "university"),
    ]
    found = one_rule(view(*actors), "G01")
    assert sorted(gap.subjects[0] for gap in found.findings) == [
        "stakeholder:entrepreneur",
        "stakeholder:risk-capital",
    ]
