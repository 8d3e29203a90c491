"""Which sector looks inward: published values."""

import pytest

from ecosystem.analysis.gaps.inward import InwardSummary
from tests.unit.gap_town import (
    by_subject,
    details_of,
    karate,
    one_rule,
)


def test_both_factions_look_inward():
    gaps = by_subject(one_rule(karate(), "G04"))
    rows = {
        row.sector: row for row in details_of(one_rule(karate(), "G04"), InwardSummary).by_sector
    }
    assert set(gaps) == {"industry", "academia"}
    assert rows["industry"].observed == pytest.approx((11 - 35) / 46)
    assert gaps["industry"].value < -0.5
