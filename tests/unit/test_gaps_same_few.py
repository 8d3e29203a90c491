"""Do the same few run everything, worked by hand."""

import pytest

from ecosystem.analysis.gaps.same_few import CoreSummary, SameFewDetails
from tests.unit.gap_town import (
    details_of,
    locals_of,
    one_rule,
    projects,
    view,
)

NAMES = [f"{i:02d}" for i in range(12)]


def test_two_that_share_most_projects_are_the_same_few():
    parties = [("00", "01")] * 8 + [("02",), ("03",)]
    result = one_rule(view(*locals_of(NAMES), *projects(parties)), "G19")
    (gap,) = result.findings
    assert details_of(gap, SameFewDetails).core == ("org:00", "org:01")
    assert (gap.value, gap.n, details_of(result, CoreSummary).k) == (pytest.approx(0.8), 10, 2)
    assert "02 and 03" in gap.closing.en


def test_one_participant_each_is_no_core():
    result = one_rule(view(*locals_of(NAMES), *projects([(name,) for name in NAMES])), "G19")
    assert (result.status, details_of(result, CoreSummary).k) == ("none found", 1)


def test_everybody_in_everything_is_no_few():
    parties = [NAMES[:4]] * 10
    result = one_rule(view(*locals_of(NAMES), *projects(parties)), "G19")
    assert (result.status, details_of(result, CoreSummary).k) == ("none found", 4)


def test_nine_projects_are_too_few():
    result = one_rule(view(*locals_of(NAMES), *projects([("00", "01")] * 9)), "G19")
    assert result.status == "too few to tell"
    assert one_rule(view(), "G19").status == "undefined"
