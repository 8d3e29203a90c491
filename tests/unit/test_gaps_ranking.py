"""Does the ranking hold: unsure places and the documents they rest on."""

import pytest

from ecosystem.analysis.gaps.ranking import PlacesSummary
from ecosystem.analysis.gaps.stability import rank_stability
from ecosystem.model import Source
from tests.unit.gap_town import details_of, locals_of, one_rule, partners, view

NAMES = [f"{i:02d}" for i in range(14)]


def page(number):
    return Source(id=f"source:s{number}", pack="town", name_en=f"s{number}", publisher=f"P{number}")


def said_by(number):
    return {"sources": (f"source:s{number}#1",)}


def test_the_rule_names_unsure_places_and_the_document_they_rest_on():
    # 00 has seven ties of one source; 01 to 06 have two each of sources of their own.
    big = [partners("00", name, **said_by(0)) for name in NAMES[7:]]
    small = [
        partners(NAMES[i], NAMES[7 + (i + j) % 7], **said_by(1 + (i + j) % 8))
        for i in range(1, 7)
        for j in range(2)
    ]
    snapshot = view(*locals_of(NAMES), *map(page, range(9)), *big, *small)
    found = rank_stability(snapshot, "work", "degree")
    assert found.places[0].id == "org:00"
    assert found.places[0].top == pytest.approx(8 / 9, abs=0.06)
    assert found.places[0].high == 14 or found.places[0].high > 5
    result = one_rule(snapshot, "G25")
    for gap in result.findings:
        assert gap.value < 0.8
        assert "Find a second source" in gap.closing.en
    assert {p.id for p in details_of(result, PlacesSummary).places} == {
        f"org:{name}" for name in NAMES
    }
