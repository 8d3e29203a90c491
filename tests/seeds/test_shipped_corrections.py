"""What was wrong in the shipped packs once, and stays right."""

import re
from pathlib import Path

import pytest

from ecosystem.dataset import Dataset
from ecosystem.identity.index import NameIndex
from ecosystem.io.seeds import read
from ecosystem.values import ONGOING, first_day, last_day

SEEDS = Path(__file__).parents[2] / "seeds"
CAPITAL = "org:innovation-capital"
CLEAN_AIR = "project:life-ip-clean-air"


@pytest.fixture(scope="module")
def seeds() -> Dataset:
    return read([SEEDS / name for name in ("themes", "mentor-cities", "sofia")])


def claimed(seeds, subject, name) -> set[str]:
    return {row.value for row in seeds.evidence_of(subject) if row.property == name}


def euro_cents(amount) -> int:
    minor, currency = amount.split()
    return int(minor) if currency == "EUR" else round(int(minor) / 1.95583)


def test_one_company_has_one_id_its_register_number_and_its_former_name(seeds):
    assert "org:innovation-accelerator-bulgaria" not in seeds.nodes
    company = seeds.nodes[CAPITAL]
    assert company.eik == "205457880"
    assert "Innovation Accelerator Bulgaria" in company.aliases
    assert seeds.edges[f"LOCATED_IN|{CAPITAL}|city:sofia|"].address_role == "seat"


@pytest.mark.parametrize("name", ["ministry-of-innovation-and-growth", "national-trust-eco-fund"])
def test_a_seat_that_was_missing_is_known(seeds, name):
    assert seeds.edges[f"LOCATED_IN|org:{name}|city:sofia|"].address_role == "seat"


def test_its_money_is_counted_once_though_two_pages_name_it_in_two_currencies(seeds):
    received = [edge for edge in seeds.of_kind("FUNDS") if edge.target == CAPITAL]
    amounts = {edge.key: (edge.amount_minor, edge.amount_currency) for edge in received}
    assert amounts == {"2019": (2740000000, "BGN"), "2025": (3200000000, "EUR")}
    subject = f"FUNDS|org:fmfib|{CAPITAL}|2019"
    (in_euro,) = claimed(seeds, subject, "amount_in_euro")
    assert euro_cents(in_euro) == pytest.approx(euro_cents("2740000000 BGN"), rel=0.001)
    assert not claimed(seeds, subject, "amount_minor")  # one sum, so the pages do not disagree


@pytest.mark.parametrize(
    ("identity", "name", "value"),
    [
        ("org:fmfib", "eik", "203740812"),
        ("org:besco", "eik", "177239971"),
        ("org:sofia-development-association", "name_bg", "Асоциация за развитие на София"),
        ("project:sandbox-for-innovative-solutions", "name_bg", "Пясъчник за иновативни решения"),
        ("project:mobility-data-space", "name_en", "deployEMDS"),
        ("event:balkan-hackathon-1", "since", "2018-06"),
        ("project:ecoportil", "since", "2017-11-01"),
        ("project:ecoportil", "until", "2020-10-31"),
        ("project:sofia-tech-park-phase-2", "budget_minor", 1231764961),
        (CLEAN_AIR, "grant_id", "LIFE17 IPE/BG/000012"),
        (CLEAN_AIR, "until", "2024-10"),
    ],
)
def test_a_corrected_value_stays(seeds, identity, name, value):
    assert getattr(seeds.nodes[identity], name) == value


@pytest.mark.parametrize(
    ("identity", "former"),
    [
        ("org:besco", "Национално представителство на българската стартъп предприемаческа общност"),
        ("org:sofia-development-association", "Сдружение за развитие на София"),
        ("project:sandbox-for-innovative-solutions", "Пясъчник за пилотни проекти"),
        ("project:mobility-data-space", "European mobility data space project"),
    ],
)
def test_the_other_name_of_a_thing_still_finds_it(seeds, identity, former):
    assert former in seeds.nodes[identity].aliases


@pytest.mark.parametrize(
    ("subject", "name", "claims"),
    [
        ("project:ecoportil", "since", {"2017-01-11", "2017-11-01"}),
        ("project:ecoportil", "until", {"2019-10-31", "2020-10-31"}),
        (
            "project:sofia-tech-park-phase-2",
            "budget_minor",
            {"1250000000 BGN", "1231764961 BGN"},
        ),
        (CLEAN_AIR, "budget_minor", {"526600000 EUR", "1670000000 EUR"}),
        (
            f"FUNDS|programme:life|{CLEAN_AIR}|",
            "amount_minor",
            {"279600000 EUR", "1002000000 EUR"},
        ),
    ],
)
def test_where_pages_differ_both_claims_stay(seeds, subject, name, claims):
    assert claimed(seeds, subject, name) == claims


def test_the_grant_of_the_park_s_second_phase_is_of_that_project_and_period(seeds):
    park = "project:sofia-tech-park-phase-2"
    grant = seeds.edges[f"FUNDS|programme:op-innovation-and-competitiveness|{park}|"]
    assert (grant.amount_minor, grant.amount_currency) == (1227349525, "BGN")
    assert grant.period == seeds.nodes[park].period


def test_the_agencies_of_sofia_and_london_are_partners(seeds):
    tie = seeds.edges["PARTNERS_WITH|org:london-and-partners|org:sofia-investment-agency|"]
    assert tie.standing == "reported" and not tie.since


def test_nothing_begins_after_it_ends(seeds):
    for record in seeds.records.values():
        since, until = getattr(record, "since", ""), getattr(record, "until", "")
        if since and until and until != ONGOING:
            assert first_day(since) <= last_day(until), record.id


def test_no_tie_lies_outside_the_life_of_what_it_joins(seeds):
    """A date to the year or month contradicts only where none of its days fits."""
    for edge in seeds.edges.values():
        for end in (seeds.nodes[edge.source], seeds.nodes[edge.target]):
            if edge.since and end.since:
                assert last_day(edge.since) >= first_day(end.since), edge.id
            for day in (edge.since, edge.until):
                if day and day != ONGOING and end.until and end.until != ONGOING:
                    assert first_day(day) <= last_day(end.until), edge.id
            if edge.until and edge.until != ONGOING and end.since:
                assert last_day(edge.until) >= first_day(end.since), edge.id


def test_who_is_named_in_the_article_took_part_where_the_list_is_complete(seeds):
    complete = [one for one in seeds.of_kind("Coverage") if one.complete]
    for coverage in complete:
        thanked = {
            node.id
            for node in seeds.nodes.values()
            if any(
                entry.startswith(f"{coverage.source}#closing thanks")
                for entry in getattr(node, "sources", ())
            )
        }
        taking_part = {
            edge.source for edge in seeds.of_kind(coverage.covers) if edge.target == coverage.scope
        }
        assert thanked and thanked <= taking_part


def folded(name) -> str:
    return re.sub(r"\W+", "", name.casefold())


def test_no_two_ids_share_a_register_number_a_website_or_a_name(seeds):
    marks: dict[tuple[str, str], set[str]] = {}
    for node in seeds.nodes.values():
        kind = node.kind
        if kind in ("Source", "Evidence", "Coverage"):
            continue
        names = {
            folded(name)
            for name in (node.name_bg, node.name_en, *getattr(node, "aliases", ()))
            if name
        }
        for name in names:
            marks.setdefault((f"{kind} name", name), set()).add(node.id)
        for register in ("eik", "ror", "lei", "pic", "wikidata", "geonames", "orcid", "grant_id"):
            if value := getattr(node, register, ""):
                marks.setdefault((register, value), set()).add(node.id)
        if website := getattr(node, "website", ""):
            site = re.sub(r"^https?://(www\.)?", "", website).rstrip("/")
            marks.setdefault(("website", site), set()).add(node.id)
    assert {mark: ids for mark, ids in marks.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("СО", "org:sofia-municipality"), ("БАН", "org:bulgarian-academy-of-sciences")],
)
def test_an_abbreviation_in_use_finds_whom_it_stands_for(seeds, said, meant):
    assert meant in NameIndex(seeds.nodes.values()).abbreviated(said)
