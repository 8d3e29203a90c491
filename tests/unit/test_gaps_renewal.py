"""Is the ecosystem renewing, worked by hand."""

import pytest

from ecosystem.analysis.gaps.renewal import YearsSummary
from ecosystem.model import Event, Project
from tests.unit.gap_town import (
    SAID,
    WORK,
    covers,
    details_of,
    locals_of,
    one_rule,
    partners,
    takes_part,
    view,
)

NAMES = [f"{i:02d}" for i in range(12)]


def newcomers(*years, covered=False):
    """An organisation for each year, in a dated event of it; the day is 2024-01-01."""
    events = [Event(id=f"event:y{y}", name_en=y, since=y, **SAID) for y in sorted(set(years))]
    ties = [takes_part(f"org:{name}", f"event:y{y}") for name, y in zip(NAMES, years, strict=False)]
    sure = [covers(kind) for kind in WORK] if covered else []
    return view(*locals_of(NAMES[: len(years)]), *events, *ties, *sure)


def test_fewer_new_ones_are_closure_only_where_the_years_are_covered():
    years = ("2015", "2015", "2018", "2019", "2020", "2022")
    (gap,) = one_rule(newcomers(*years, covered=True), "G20").findings
    assert (gap.status, gap.reason) == ("falling", None)
    assert gap.value == pytest.approx(1 / 6)
    assert gap.expected == pytest.approx(3 / 5)
    (gap,) = one_rule(newcomers(*years), "G20").findings
    assert gap.status == "not recorded"
    assert "First record the projects and events since 2021" in gap.closing.en
    assert one_rule(newcomers(*years), "G20").status == "not recorded"


def test_as_many_as_before_is_no_gap():
    early = ("2015", "2015", "2015", "2015")
    result = one_rule(newcomers(*early, "2019", "2021", "2022", "2023"), "G20")
    assert result.status == "none found"
    assert details_of(result, YearsSummary).years == {
        "2015": 4,
        "2019": 1,
        "2021": 1,
        "2022": 1,
        "2023": 1,
    }


def test_undated_ones_are_left_out_and_counted():
    result = one_rule(view(*locals_of("ab"), partners("a", "b")), "G20")
    assert result.status == "not recorded"
    dated = [*locals_of("abc"), partners("a", "b", since="2018-05")]
    result = one_rule(view(*dated), "G20")
    assert details_of(result, YearsSummary).undated == 1


def test_a_project_dates_who_takes_part_in_it():
    bus = Project(id="project:bus", name_en="Bus", since="2019", **SAID)
    result = one_rule(view(*locals_of("a"), bus, takes_part("org:a", "project:bus")), "G20")
    assert details_of(result, YearsSummary).years == {"2019": 1}


def test_nothing_before_and_nobody_each_has_its_reason():
    assert one_rule(newcomers("2023"), "G20").status == "too few to tell"
    # One of one before and seven of eight now: fewer by the share, and nothing of the kind.
    few = one_rule(newcomers("2019", *["2022"] * 7), "G20")
    assert (few.status, few.findings) == ("too few to tell", ())
    assert one_rule(view(), "G20").status == "undefined"
    forever = view(*locals_of("ab"), partners("a", "b", since="2018"), as_of="9999-12-31")
    assert one_rule(forever, "G20").status == "undefined"
