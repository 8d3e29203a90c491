"""Which sector looks inward: published values."""

import pytest

from tests.unit.gap_town import (
    by_subject,
    karate,
    one_rule,
)


def test_both_factions_look_inward():
    gaps = by_subject(one_rule(karate(), "G04"))
    rows = {row.sector: row for row in one_rule(karate(), "G04").details.by_sector}
    assert set(gaps) == {"industry", "academia"}
    assert rows["industry"].observed == pytest.approx((11 - 35) / 46)
    assert gaps["industry"].value < -0.5
