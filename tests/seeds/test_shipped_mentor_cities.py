"""What holds for the shipped pack of mentor cities."""

import csv
import re
from pathlib import Path

import pytest

from ecosystem.checks import check
from ecosystem.dataset import Dataset
from ecosystem.io.seeds import read

SEEDS = Path(__file__).parents[2] / "seeds"
PACK = SEEDS / "mentor-cities"
CYRILLIC = re.compile(r"[а-яА-Я]")
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()/-]{7,}\d")
RULES = {
    "transfer-lead",
    "lighthouse-theme",
    "dcc-expert-team",
    "dcc-neither-mentor-nor-challenge",
}
DCC = "programme:digital-cities-challenge"
ICC = "programme:intelligent-cities-challenge"


@pytest.fixture(scope="module")
def seeds() -> Dataset:
    return read([SEEDS / "themes", PACK])


@pytest.fixture(scope="module")
def pack(seeds: Dataset) -> Dataset:
    return seeds.only(["mentor-cities"])


@pytest.fixture(scope="module")
def lighthouses(pack) -> set[str]:
    horizon = "programme:horizon-2020"
    return {edge.source for edge in pack.of_kind("PART_OF") if edge.target == horizon}


def roles(pack, programme, role):
    return {
        edge.source
        for edge in pack.of_kind("PARTICIPATES_IN")
        if edge.target == programme and edge.role == role
    }


def test_the_pack_loads_without_a_problem(seeds):
    assert check(seeds) == []


def test_every_city_has_two_names_a_place_and_a_population(pack):
    cities = pack.of_kind("City")
    assert len(cities) >= 220
    for city in cities:
        assert CYRILLIC.search(city.name_bg) and not CYRILLIC.search(city.name_en), city.id
        assert re.fullmatch("[A-Z]{2}", city.country), city.id
        assert city.population and city.latitude is not None and city.longitude is not None
    assert len({city.geonames for city in cities}) == len(cities)
    assert len({(city.latitude, city.longitude) for city in cities}) == len(cities)


@pytest.mark.parametrize(
    ("city", "name"),
    [("thessaloniki", "Солун"), ("iasi", "Яш"), ("naples", "Неапол"), ("munich", "Мюнхен")],
)
def test_cities_bear_their_established_bulgarian_names(pack, city, name):
    assert pack.nodes[f"city:{city}"].name_bg == name


def test_the_digital_cities_challenge_had_these_six_mentors_and_no_other(pack):
    names = ("amsterdam", "barcelona", "hamburg", "lisbon", "nice", "espoo")
    assert roles(pack, DCC, "mentor") == {f"city:{name}" for name in names}


def test_the_first_eight_challenge_cities_are_documented(pack):
    documented = {
        edge.source
        for edge in pack.of_kind("PARTICIPATES_IN")
        if edge.target == DCC and edge.role == "challenge" and edge.standing == "documented"
    }
    names = "patras granada laquila ventspils algeciras thessaloniki iasi sofia".split()
    assert documented == {f"city:{name}" for name in names}
    assert len(roles(pack, DCC, "challenge")) <= 15


def test_rijeka_went_from_challenge_city_to_mentor(pack):
    challenge = pack.edges[f"PARTICIPATES_IN|city:rijeka|{DCC}|"]
    mentor = pack.edges[f"PARTICIPATES_IN|city:rijeka|{ICC}|"]
    assert (challenge.role, mentor.role) == ("challenge", "mentor")
    assert challenge.period.valid_to < mentor.period.valid_from


@pytest.mark.parametrize(
    ("counted", "claims"),
    [
        ("cities_count", {"43", "41", "40"}),
        ("challenge_count", {"16", "15"}),
        ("fellow_count", {"21", "20"}),
        ("first_cohort_count", {"7", "8"}),
        ("mentor_count", {"6"}),
    ],
)
def test_competing_counts_stand_side_by_side(pack, counted, claims):
    rows = [row for row in pack.evidence_of(DCC) if row.property == counted]
    assert {row.value for row in rows} == claims
    assert str(getattr(pack.nodes[DCC], counted)) in claims
    assert all(row.locator and not row.quote for row in rows)
    if len(claims) > 1:
        assert any(row.source == "source:investsofia-dcc-third-seminar" for row in rows)


def test_all_pages_agree_on_the_applicants(pack):
    rows = [row for row in pack.evidence_of(DCC) if row.property == "applicants_count"]
    assert {row.value for row in rows} == {"92"}
    assert len({row.source for row in rows}) == 3


def test_cities_join_the_second_challenge_when_it_starts_not_when_they_are_chosen(pack):
    starts = {
        edge.since for edge in pack.of_kind("PARTICIPATES_IN") if edge.target == ICC and edge.since
    }
    assert min(starts) == pack.nodes[ICC].since == "2020-09"


def test_each_mentoring_tie_has_themes_a_source_and_its_network_as_key(pack):
    ties = pack.of_kind("MENTORS")
    assert len(ties) == 133
    for tie in ties:
        assert tie.themes and tie.sources and tie.key, tie.id
        assert tie.standing in ("documented", "reported"), tie.id


def test_only_the_three_ties_of_as_transfer_have_no_year(pack):
    undated = {tie.id for tie in pack.of_kind("MENTORS") if not tie.since}
    partners = ("bielsko-biala", "tartu", "timisoara")
    assert undated == {f"MENTORS|city:bilbao|city:{city}|as-transfer" for city in partners}


def test_a_mentoring_tie_joins_lead_and_partner_of_its_network(pack):
    for tie in pack.of_kind("MENTORS"):
        project = f"project:{tie.key}"
        if project in pack.nodes:
            assert tie.source in roles(pack, project, "leads"), tie.id
            assert tie.target in roles(pack, project, "partner"), tie.id
        else:
            assert tie.key == "netzerocities-cohort-1", tie.id


def test_lighthouse_projects_make_offers_but_no_mentors(pack, lighthouses):
    assert len(lighthouses) == 11
    assert not {f"project:{tie.key}" for tie in pack.of_kind("MENTORS")} & lighthouses
    leads = set().union(*(roles(pack, project, "leads") for project in lighthouses))
    offering = {e.source for e in pack.of_kind("OFFERS") if e.rule == "lighthouse-theme"}
    assert offering == leads


def test_every_project_has_a_leader_a_partner_a_theme_and_a_programme(pack):
    addressed = {edge.source for edge in pack.of_kind("ADDRESSES")}
    placed = {edge.source for edge in pack.of_kind("PART_OF")}
    for project in pack.of_kind("Project"):
        assert roles(pack, project.id, "leads") and roles(pack, project.id, "partner"), project.id
        assert project.id in addressed and project.id in placed


def test_what_is_inferred_names_a_rule_that_the_readme_explains(pack):
    readme = (PACK / "README.md").read_text(encoding="utf-8")
    named = {record.rule for record in pack.records.values() if getattr(record, "rule", "")}
    assert named == RULES
    assert all(f"`{rule}`" in readme for rule in RULES)
    for edge in pack.edges.values():
        assert (edge.standing == "inferred") == bool(edge.rule), edge.id
        assert edge.sources, edge.id


def test_nobody_else_s_mentoring_in_the_challenge_is_invented(pack):
    dcc = roles(pack, DCC, "challenge")
    mentors = roles(pack, DCC, "mentor")
    for tie in pack.of_kind("MENTORS"):
        if tie.source in mentors and tie.target in dcc:
            assert f"project:{tie.key}" in pack.nodes, tie.id


def test_no_mentor_has_a_capacity_that_nobody_recorded(pack):
    assert all(edge.capacity is None for edge in pack.of_kind("PARTICIPATES_IN"))


def test_every_source_has_a_whole_address(pack):
    for source in pack.of_kind("Source"):
        assert re.fullmatch(r"https?://[\w.-]+\.\w+/?\S*", source.url), source.id
        assert "..." not in source.url and "…" not in source.url, source.id
        assert source.publisher, source.id


def test_every_source_is_used(pack):
    used = {entry.split("#")[0] for r in pack.records.values() for entry in _entries(r)}
    used |= {row.source for row in pack.of_kind("Evidence")}
    assert {source.id for source in pack.of_kind("Source")} <= used


def _entries(record):
    return getattr(record, "sources", ())


def test_no_contact_data_is_stored():
    for path in PACK.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                for cell in row:
                    found = None if cell.startswith("http") else CONTACT.search(cell)
                    assert not found, f"{path.name}: {cell}"


def test_rows_stand_in_the_order_of_their_ids():
    for path in PACK.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        names = ("id",) if "id" in rows[0] else ("source", "target", "key")
        keys = [tuple(row[name] for name in names) for row in rows]
        assert keys == sorted(keys), path.name
