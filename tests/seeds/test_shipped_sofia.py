"""What holds for the shipped pack of Sofia."""

import csv
import re
from pathlib import Path

import pytest

from ecosystem.checks import check
from ecosystem.dataset import Dataset
from ecosystem.io.seeds import read

SEEDS = Path(__file__).parents[2] / "seeds"
PACK = SEEDS / "sofia"
CYRILLIC = re.compile(r"[а-яА-Я]")
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()/-]{7,}\d")
SOFIA = "city:sofia"
SEMINAR = "event:dcc-sofia-seminar-3"
ARTICLE = "source:investsofia-dcc-third-seminar#"
STRATEGY = "programme:digital-transformation-strategy-sofia"
DCC = "programme:digital-cities-challenge"
GUESTS = {
    "org:sofia-city-council",
    "project:vision-for-sofia",
    "org:urban-mobility-centre",
    "org:sofia-tech-park",
    "org:sofiyska-voda",
    "org:sofia-university",
    "org:icb",
    "org:bulpros",
    "org:scale-focus",
    "org:rezonator",
    "org:fmfib",
    "org:ict-cluster",
    "org:evrotrust",
    "org:vision-science-technology-growth",
}


@pytest.fixture(scope="module")
def seeds() -> Dataset:
    return read([SEEDS / name for name in ("themes", "mentor-cities", "sofia")])


@pytest.fixture(scope="module")
def pack(seeds: Dataset) -> Dataset:
    return seeds.only(["sofia"])


def cited(record, source) -> bool:
    return any(entry.startswith(source) for entry in record.sources)


def participants(pack, target) -> dict[str, str]:
    found = [edge for edge in pack.of_kind("PARTICIPATES_IN") if edge.target == target]
    return {edge.source: edge.role for edge in found}


def targets(pack, kind, source) -> set[str]:
    return {edge.target for edge in pack.of_kind(kind) if edge.source == source}


def named_in_readme(heading) -> set[str]:
    section = (PACK / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    return set(re.findall(r"`(org:[a-z0-9-]+)`", section.split("\n## ")[0]))


def test_the_pack_loads_without_a_problem(seeds):
    assert check(seeds) == []


def test_the_pack_is_large_enough_to_analyse(pack):
    assert len(pack.nodes) >= 150
    assert len(pack.edges) >= 200


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Organisation", r"(\d+) organisations:"),
        ("Person", r"(\d+) people in public"),
        ("Event", r"(\d+) events:"),
        ("Project", r"(\d+) projects \|"),
    ],
)
def test_the_readme_counts_what_the_pack_holds(pack, kind, words):
    stated = re.findall(words, (PACK / "README.md").read_text(encoding="utf-8"))
    assert stated == [str(len(pack.of_kind(kind)))]


def test_a_place_that_is_known_is_not_listed_as_unknown(pack):
    placed = {edge.source for edge in pack.of_kind("LOCATED_IN")}
    assert not placed & (named_in_readme("Seat not recorded") | named_in_readme("From elsewhere"))


def test_what_pages_only_let_guess_is_left_out(pack):
    assert "org:tokwise" not in pack.nodes
    clusters = "org:association-of-business-clusters"
    members = {edge.source for edge in pack.of_kind("MEMBER_OF") if edge.target == clusters}
    assert members == {"person:petar-statev"}
    pair = "PARTNERS_WITH|org:bulgarian-industrial-association|org:technical-university-of-sofia|"
    assert pair not in pack.edges
    airthings = "PARTICIPATES_IN|org:sofia-municipality|project:airthings|"
    assert pack.edges[airthings].contribution_minor is None
    for meeting in ("national-cluster-conference", "hack-tues-6", "tech-associations-meet-mayor"):
        assert not pack.nodes[f"event:{meeting}"].since


def test_second_ties_of_one_pair_stand_beside_the_first(pack):
    pair = "PARTNERS_WITH|org:sofia-municipality|org:sofiyska-voda|"
    assert pack.edges[pair].until == "2034-02-06"
    assert pack.edges[f"{pair}small-hydropower"].standing == "reported"


def test_the_article_is_whole_in_the_third_seminar(pack):
    assert pack.nodes[SEMINAR].since == pack.nodes[SEMINAR].until == "2018-09-10"
    assert participants(pack, SEMINAR) == {
        **dict.fromkeys(GUESTS, "participant"),
        "org:microsoft-innovation-center": "host",
        "org:sofia-investment-agency": "organiser",
        "person:bozhana-ivanova": "participant",
    }
    for edge in pack.of_kind("PARTICIPATES_IN"):
        assert edge.target != SEMINAR or cited(edge, ARTICLE), edge.id


def test_the_host_stands_inside_sofia_tech_park(pack):
    host = "org:microsoft-innovation-center"
    assert targets(pack, "LOCATED_IN", host) == {"org:sofia-tech-park"}
    assert host in targets(pack, "LOCATED_IN", SEMINAR)


def test_the_agency_leads_sofias_participation(pack):
    assert participants(pack, DCC)["org:sofia-investment-agency"] == "leads"
    assert participants(pack, STRATEGY)["org:sofia-investment-agency"] == "leads"


def test_the_article_names_two_people(pack):
    people = {person.id for person in pack.of_kind("Person") if cited(person, ARTICLE)}
    assert people == {"person:nadia-soultanova", "person:bozhana-ivanova"}
    assert targets(pack, "MEMBER_OF", "person:bozhana-ivanova") == {"org:rezonator"}
    agency = [e for e in pack.of_kind("MEMBER_OF") if e.source == "person:nadia-soultanova"]
    assert [edge.target for edge in agency] == ["org:sofia-investment-agency"]
    assert agency[0].role


def test_events_of_the_programme_have_dates_and_belong_to_it(pack):
    events = {edge.source for edge in pack.of_kind("PART_OF") if edge.target == DCC}
    assert len(events) == 10
    for event in events:
        assert pack.nodes[event].since and pack.nodes[event].until, event
    academy = pack.nodes["event:dcc-academy-3"]
    assert (academy.since, academy.until) == ("2018-10-17", "2018-10-18")
    assert targets(pack, "LOCATED_IN", academy.id) == {"city:thessaloniki"}


def test_headlines_of_other_news_are_no_actors(pack):
    for node in pack.nodes.values():
        names = "|".join((*node.name, *getattr(node, "aliases", ())))
        assert not re.search(r"Devexperts|СТИВ|STIV|\bAmper\b", names), node.id
    assert "org:microsoft" not in pack.nodes


def test_demand_domains_are_needs_of_the_city(pack):
    domains = {"theme:e-government", "theme:energy-and-utilities", "theme:transport"}
    assert domains <= targets(pack, "NEEDS", SOFIA)
    assert domains | {"theme:ict-services"} <= targets(pack, "ADDRESSES", STRATEGY)
    statements = [e for e in pack.evidence_of(STRATEGY) if e.property == "statement"]
    assert len(statements) == 1 and "export" in statements[0].value


def test_the_mission_has_three_parts_and_a_later_wording(pack):
    told = pack.evidence_of(STRATEGY)
    parts = {f"mission_{number}" for number in (1, 2, 3)}
    assert parts | {"mission_reworded"} == {
        row.property for row in told if row.property.startswith("mission")
    }
    for part in parts:
        rows = [row for row in told if row.property == part]
        assert len({row.value for row in rows}) == 1  # one part, told by two pages
        assert any(row.source == ARTICLE.rstrip("#") for row in rows)
        assert all(row.locator.startswith("list ") for row in rows)


def test_only_documented_cities_mentor_sofia(pack):
    mentors = {edge.source: edge for edge in pack.of_kind("MENTORS") if edge.target == SOFIA}
    assert set(mentors) == {"city:amsterdam", "city:nice"}
    for edge in mentors.values():
        assert (edge.since, edge.until, edge.themes) == ("2018-05-16", "2018-05-17", ())
        assert edge.standing == "documented"


def test_every_organisation_has_a_place_or_is_listed_without_one(pack):
    placed = {edge.source for edge in pack.of_kind("LOCATED_IN")}
    unknown, elsewhere = named_in_readme("Seat not recorded"), named_in_readme("From elsewhere")
    organisations = {organisation.id for organisation in pack.of_kind("Organisation")}
    assert organisations == (placed & organisations) | unknown | elsewhere
    assert not unknown & elsewhere
    local = GUESTS - {"project:vision-for-sofia"} | {"org:microsoft-innovation-center"}
    assert local <= placed


def test_a_place_without_a_role_is_never_an_address(pack):
    for edge in pack.of_kind("LOCATED_IN"):
        if edge.source in GUESTS and not edge.address_role:
            assert edge.standing == "reported" and cited(edge, ARTICLE), edge.id


def test_the_administration_stands_for_the_city(pack):
    offices = {e.source for e in pack.of_kind("LOCATED_IN") if e.address_role == "administration"}
    assert {
        "org:sofia-municipality",
        "org:sofia-city-council",
        "org:sofia-investment-agency",
        "org:innovative-sofia",
    } <= offices
    assert all(
        edge.target == SOFIA for edge in pack.of_kind("LOCATED_IN") if edge.source in offices
    )


def test_conflicting_amounts_are_kept_beside_the_preferred_one(pack):
    subject = "FUNDS|org:government-of-bulgaria|org:insait|"
    claims = {one.value for one in pack.evidence_of(subject) if one.property == "amount_minor"}
    edge = pack.edges[subject]
    assert len(claims) == 3
    assert f"{edge.amount_minor} {edge.amount_currency}" in claims


def test_keep_projects_have_a_leader_a_budget_a_grant_and_a_partner_in_sofia(pack):
    projects = [p for p in pack.of_kind("Project") if cited(p, "source:keep-2014-2020#")]
    assert len(projects) >= 40
    placed = {e.source for e in pack.of_kind("LOCATED_IN") if e.target == SOFIA}
    grants = {edge.target: edge for edge in pack.of_kind("FUNDS")}
    for project in projects:
        found = participants(pack, project.id)
        assert "leads" in found.values(), project.id
        assert placed & set(found), project.id
        assert project.budget_currency == "EUR" and project.since and project.until, project.id
        assert grants[project.id].amount_minor <= project.budget_minor, project.id


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("org:bulgarian-chamber-of-commerce", "Българска търговско-промишлена палата"),
        ("org:national-statistical-institute", "Национален статистически институт"),
        ("org:university-of-transport", "Висше транспортно училище „Тодор Каблешков“"),
        ("person:petar-statev", "Петър Статев"),
        ("programme:sofia-chooses", "София избира"),
        ("project:new-generation-skills", "Умения за новите поколения"),
    ],
)
def test_a_bulgarian_name_is_the_body_s_own(pack, identity, name):
    assert pack.nodes[identity].name_bg == name


def test_a_page_cited_for_a_bulgarian_name_gave_one(pack):
    cited_for = [
        node
        for node in pack.nodes.values()
        if any("name in Bulgarian" in entry for entry in node.sources)
    ]
    assert len(cited_for) >= 75
    assert all(CYRILLIC.search(node.name_bg) for node in cited_for)


def test_no_word_mixes_latin_and_cyrillic_letters(pack):
    mixed = re.compile(r"[a-zA-Z][а-яА-Я]|[а-яА-Я][a-zA-Z]")
    for node in pack.nodes.values():
        for text in (*node.name, *getattr(node, "aliases", ())):
            assert not mixed.search(text), (node.id, text)


def test_descriptions_come_in_both_languages_or_not_at_all(pack):
    described = [node for node in pack.nodes.values() if node.description.bg]
    assert len(described) >= 40
    for node in pack.nodes.values():
        assert bool(node.description.bg) == bool(node.description.en), node.id


def test_every_source_has_a_whole_address_and_is_used(pack):
    used = {
        entry.split("#")[0]
        for record in pack.records.values()
        for entry in getattr(record, "sources", ())
    } | {record.source for kind in ("Evidence", "Coverage") for record in pack.of_kind(kind)}
    for source in pack.of_kind("Source"):
        assert source.url.startswith(("http://", "https://")), source.id
        assert "..." not in source.url and "…" not in source.url, source.id
        assert source.publisher, source.id
        assert source.id in used, source.id


def test_no_contact_data_and_no_quotation_is_stored(pack):
    for path in sorted(PACK.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for name, cell in row.items():
                    assert name in ("url", "website") or not CONTACT.search(cell), (path.name, cell)
    assert not any(evidence.quote for evidence in pack.of_kind("Evidence"))


def test_coverage_is_claimed_only_for_the_guests_of_the_seminar(pack):
    complete = [one for one in pack.of_kind("Coverage") if one.complete]
    assert [(one.covers, one.scope) for one in complete] == [("PARTICIPATES_IN", SEMINAR)]
