"""Broker roles: triads by hand, and what is impossible or too rare."""

import pytest

from ecosystem.analysis.gaps.brokers import BrokerRolesSummary, MissingRoleDetails, triads
from ecosystem.analysis.gaps.sectored import sectored
from tests.unit.gap_town import details_of, divided, local, one_rule, partners, view

FORMS = {"i": "company", "a": "university", "g": "public-agency", "c": "foundation"}


def town(*ties, more=()):
    """Organisations whose first letter is their sector, and the ties, written ``i1-a1``."""
    pairs = [tie.split("-") for tie in ties]
    names = sorted({name for pair in pairs for name in pair} | set(more))
    people = [record for name in names for record in local(name, FORMS[name[0]])]
    return view(*people, *(partners(*pair) for pair in pairs))


def observed(snapshot):
    rows = details_of(one_rule(snapshot, "G11"), BrokerRolesSummary).roles
    return {(r.role, *r.ends): r.observed for r in rows if r.observed}


def test_each_triad_has_its_role():
    assert observed(town("i1-i2", "i2-i3", more=["a1"])) == {
        ("coordinator", "industry", "industry"): 1
    }
    assert observed(town("i1-a1", "a1-i2")) == {("itinerant", "industry", "industry"): 1}
    assert observed(town("i1-i2", "i2-a1")) == {("gatekeeper", "industry", "academia"): 1}
    assert observed(town("i1-g1", "g1-a1")) == {("liaison", "industry", "academia"): 1}


def test_a_closed_triangle_needs_no_broker():
    found = sectored(town("i1-a1", "a1-g1", "g1-i1"))
    assert triads(found).shape == (0, 3)


def test_a_star_has_one_triad_for_each_pair_of_points():
    found = sectored(town(*(f"g1-i{i}" for i in range(6)), more=["a1"]))
    assert len(triads(found)) == 15


def test_a_sector_with_too_few_members_makes_a_role_impossible():
    rows = details_of(one_rule(town("i1-i2", "i2-a1"), "G11"), BrokerRolesSummary).roles
    possible = {(r.role, *r.ends) for r in rows if not r.impossible}
    assert possible == {
        ("itinerant", "industry", "industry"),
        ("gatekeeper", "industry", "academia"),
    }
    assert all(row.expected is None for row in rows if row.impossible)


def test_a_few_expected_tell_nothing():
    result = one_rule(town("i1-g1", "g1-a1", "a1-c1"), "G11")
    assert result.status == "too few to tell"
    assert {row.z for row in details_of(result, BrokerRolesSummary).roles} == {None}


@pytest.fixture(scope="module", name="divided")
def divided_town():
    return divided()


def test_the_missing_gatekeeper_is_named_with_who_could_be_one(divided):
    gaps = {gap.key: gap for gap in one_rule(divided, "G11").findings}
    gap = gaps["gatekeeper|industry|academia"]
    assert details_of(gap, MissingRoleDetails).observed == 8
    assert details_of(gap, MissingRoleDetails).expected > 30
    assert details_of(gap, MissingRoleDetails).z < -3
    assert gap.headline.en.startswith("Gatekeeper or representative between “industry”")
    assert details_of(gap, MissingRoleDetails).able == ("org:i00", "org:i01")


def test_broker_rows_are_tested_one_sided(divided):
    rows = {
        (r.role, *r.ends): r for r in details_of(one_rule(divided, "G11"), BrokerRolesSummary).roles
    }
    many = rows["coordinator", "industry", "industry"]
    assert many.observed > many.expected
    assert not many.flag
