"""Lists of guests and the roadmap on the shipped packs."""

from pathlib import Path

import pytest

from ecosystem.analysis.gaps import find_gaps
from ecosystem.analysis.gaps.projects import ProjectsSummary
from ecosystem.analysis.inviting import compare, guests_of, invite, invited_guests
from ecosystem.analysis.roadmap import programmes, roadmap
from ecosystem.io.seeds import read
from ecosystem.snapshot import Snapshot
from tests.seeds.test_shipped_sofia import GUESTS, SEMINAR, STRATEGY
from tests.unit.gap_town import details_of

SEEDS = Path(__file__).parents[2] / "seeds"
DAY = "2026-01-01"


@pytest.fixture(scope="module")
def views():
    dataset = read([SEEDS / name for name in ("themes", "mentor-cities", "sofia")])
    return tuple(Snapshot.of(dataset, as_of=DAY, scope=scope) for scope in ("all", "city:sofia"))


@pytest.fixture(scope="module")
def transport(views):
    gaps = find_gaps(views[1], ["G02", "G10", "G14"])
    return invite(views[1], ["theme:transport"], 16, gaps=gaps)


def test_the_first_of_each_sector_on_transport(transport):
    first: dict[str, str] = {}
    for guest in transport.guests:
        first.setdefault(guest.sector, guest.id)
    assert first["government"] == "org:sofia-municipality"
    assert first["industry"] == "org:theoremus"
    assert first["academia"] == "org:gate-institute"


def test_demand_and_enabling_supply_are_both_in_the_room(transport):
    parts = {guest.id: {part.name for part in guest.parts} for guest in transport.guests}
    assert "needs" in parts["org:sofia-municipality"]
    assert {"offers", "G14"} <= parts["org:bulpros"]  # local ICT serves the demand domains


def test_every_guest_has_a_reason_and_every_reason_statements(transport, views):
    records = views[1].dataset.records
    for guest in transport.guests:
        assert guest.parts and guest.score > 0
        for part in guest.parts:
            assert part.points is None or (part.statements and set(part.statements) <= set(records))


def test_the_list_beside_the_third_seminar(transport, views):
    seminar = guests_of(views[0], SEMINAR)
    assert {one for one in GUESTS if one.startswith("org:")} <= set(seminar.ids)
    assert dict(seminar.beside)["Project"] == 1  # Vision for Sofia came as a project
    found = compare(views[0], invited_guests(transport), seminar)
    assert "org:bulpros" in {guest.id for guest in found.both}
    assert "org:sofiyska-voda" in {guest.id for guest in found.only_other}


def test_the_strategy_has_a_roadmap_though_most_projects_name_nobody_local(views):
    assert STRATEGY in {one.id for one in programmes(*views)}
    found = roadmap(views[0], views[1], STRATEGY)
    places = {step.id: step.place for step in found.steps}
    assert len(places) >= 9 and places["project:open-data-platform"] == "external"
    assert places["project:city-digital-twin"] == "member"
    assert found.strip and len(found.strip.bars) >= 9
    platform = next(step for step in found.steps if step.id == "project:open-data-platform")
    assert platform.answers == ("theme:e-government",)


def test_the_roadmap_of_sofia_counts_as_the_rule_does(views):
    found = roadmap(*views)
    result = find_gaps(views[1], ["G17"])[0]
    assert len(found.steps) == details_of(result, ProjectsSummary).projects
