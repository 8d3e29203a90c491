"""Each query of the library on the shipped seeds: one answer, whatever the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from ecosystem.analysis.matching.facts import Facts
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.io import seeds
from ecosystem.model import HELIX, NODE_KINDS, SECTORS, Funds, Organisation, ParticipatesIn
from ecosystem.paths import cypher_folder, shipped_packs
from ecosystem.portable import order_of
from ecosystem.queries import Query, load_queries
from ecosystem.snapshot import Snapshot
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore
from ecosystem.store.rows import QueryRows
from ecosystem.values import CURRENCIES, Money
from tests.engines.engine import Engine

LIBRARY = load_queries(cypher_folder())
DAY = "2026-01-01"


@dataclass(frozen=True)
class Answers:
    """The answers of one engine that holds the seeds."""

    store: GraphStore

    def ask(self, query: Query, **given: str) -> QueryRows:
        """Every row of the query with its examples, or with what is given."""
        values = {**query.examples(), **given}
        if "as_of" in values and "as_of" not in given:
            values["as_of"] = DAY
        rows = self.store.read(query.cypher, query.bind(values), limit=5_000, seconds=30)
        assert not rows.truncated
        return rows

    def table(self, name: str, **given: str) -> list[dict[str, Any]]:
        """The rows of a query by column."""
        rows = self.ask(LIBRARY[name], **given)
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Everything that is shipped."""
    return seeds.read(shipped_packs())


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory, shipped: Dataset) -> Iterator[Answers]:
    """The seeds stored last record first, so that no answer can lean on the order of storing."""
    folder = tmp_path_factory.mktemp("reference")
    try:
        with GraphStore.embedded(folder) as store:
            store.apply(ChangeSet(added=tuple(reversed(tuple(shipped.records.values())))))
            yield Answers(store)
    finally:
        embedded.stop(folder)


@pytest.fixture(scope="module")
def answers(engine: Engine, shipped: Dataset) -> Iterator[Answers]:
    """Each engine in turn with the seeds in it."""
    engine.empty()
    with engine.open() as store:
        store.apply(ChangeSet(added=tuple(shipped.records.values())))
        yield Answers(store)
    engine.empty()


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_gives_the_same_rows_on_every_engine(name, answers, reference):
    query = LIBRARY[name]
    rows = answers.ask(query)
    assert rows.columns == tuple(column.name for column in query.returns)
    assert rows == QueryRows(
        rows.columns, reference.ask(query).rows, truncated=False, seconds=rows.seconds
    )


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_has_rows_in_a_total_order(name, reference):
    rows = reference.table(name)
    assert rows, "its examples find nothing in the seeds"
    keys = [tuple(map(str, (row[column] for column in order_of(LIBRARY[name])))) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", LIBRARY)
def test_values_are_of_the_type_that_the_header_says(name, reference, shipped):
    for row in reference.table(name):
        for column in LIBRARY[name].returns:
            assert fits(column.type, row[column.name], shipped), f"{column.name}: {row}"


def fits(kind: str, value: Any, shipped: Dataset) -> bool:
    """Whether a value is what a column of this type holds."""
    match kind:
        case "statement":
            return value in shipped.edges
        case "id":
            return value in shipped.nodes
        case "int":
            return type(value) is int
        case "number":
            return value is None or isinstance(value, (int, float))
        case "list":
            return isinstance(value, list)
        case "text" | "date":
            return isinstance(value, str)
    return value in shipped.nodes and isinstance(
        shipped.nodes[value], NODE_KINDS[kind.removesuffix(".id")]
    )


# Answers checked against the records themselves


def test_funding_is_every_tie_with_its_amount(reference, shipped):
    ties = [edge for edge in shipped.of_kind("FUNDS") if isinstance(edge, Funds)]
    found = {row["statement"]: row["amount"] for row in reference.table("funders-and-funded")}
    said = {
        e.id: None
        if e.amount_minor is None
        else float(Money(e.amount_minor, e.amount_currency).major)
        for e in ties
    }
    assert found == said
    sums = {(r["funder"], r["currency"]): r["total"] for r in reference.table("money-by-funder")}
    for (funder, currency), total in sums.items():
        amounts = [
            e.amount_minor for e in ties if (e.source, e.amount_currency) == (funder, currency)
        ]
        known = [amount for amount in amounts if amount is not None]
        assert total == (float(Money(sum(known), currency).major) if known else None)
    assert all((currency == "") == (total is None) for (_, currency), total in sums.items())


def test_amounts_in_the_library_heed_the_table_of_minor_units():
    dividing = [query.cypher for query in LIBRARY.values() if "_minor" in query.cypher]
    dividing = [cypher for cypher in dividing if " / " in cypher]
    assert len(dividing) == 3
    for cypher in dividing:
        assert "ELSE 100.0 END AS units" in cypher
        listed = re.findall(r"IN \[([^]]*)\]\s+THEN (10*)\.0", cypher)
        said = {code: int(units) for codes, units in listed for code in re.findall("[A-Z]+", codes)}
        assert said == {code: 10**n for code, n in CURRENCIES.items() if n != 2}


def test_participants_of_a_programme_are_those_recorded(reference, shipped):
    for activity in ("programme:digital-cities-challenge", "event:dcc-sofia-seminar-3"):
        ties = [e for e in shipped.of_kind("PARTICIPATES_IN") if isinstance(e, ParticipatesIn)]
        found = reference.table("who-takes-part", activity=activity)
        assert {(row["statement"], row["role"]) for row in found} == {
            (e.id, e.role) for e in ties if e.target == activity
        }
        early = reference.table("who-takes-part", activity=activity, as_of="1990")
        assert all(row["since"] == "" for row in early) and len(early) < len(found)


def test_mentor_candidates_agree_with_the_scores(reference, shipped):
    facts = Facts(Snapshot.of(shipped, as_of=DAY))
    wishes = [wish.theme for wish in facts.wishes("city:sofia")]
    themes = {row["mentor"]: row["themes"] for row in reference.table("mentor-candidates")}
    cities = [n.id for n in shipped.of_kind("City") if getattr(n, "country", "") != "BG"]
    for city in cities:
        served = [
            theme
            for theme in wishes
            if facts.strength(city, theme).value and facts.strength(city, theme).how != "broader"
        ]
        assert themes.get(city, []) == served, city


def test_forms_of_the_brokers_are_the_sectors_of_the_model(reference):
    query = LIBRARY["brokers-between-sectors"]
    said: Mapping[str, Any] = query.bind({})
    for sector in HELIX:
        forms = [form for form, (helix, _) in SECTORS.items() if helix == sector]
        assert said[sector.split()[0]] == forms


def test_brokers_stand_between_sectors_other_than_their_own(reference, shipped):
    rows = reference.table("brokers-between-sectors")
    for row in rows:
        broker = shipped.nodes[row["broker"]]
        assert isinstance(broker, Organisation) and broker.sector == row["sector"]
        assert len(row["sectors"]) >= 2 and row["sector"] not in row["sectors"]
        assert row["partners"] >= len(row["sectors"])


def test_a_shortest_way_is_a_chain_of_ties_and_none_leads_to_oneself(reference):
    for row in reference.table("shortest-way"):
        assert len(row["stops"]) == row["steps"] + 1 == len(row["statements"]) + 1
        for tie, here, there in zip(
            row["statements"], row["stops"], row["stops"][1:], strict=False
        ):
            assert {here, there} == set(tie.split("|")[1:3])
    same = {"from": "city:sofia", "to": "city:sofia"}
    assert reference.table("shortest-way", **same) == []


def test_a_theme_that_somebody_serves_is_not_listed_as_missing(reference, shipped):
    facts = Facts(Snapshot.of(shipped, as_of=DAY))
    actors = [n.id for n in shipped.nodes.values() if n.kind in ("City", "Organisation", "Person")]
    for row in reference.table("themes-needed-not-offered"):
        strengths = [facts.strength(actor, row["theme"]) for actor in actors]
        assert not any(one.value for one in strengths if one.how != "broader")
    for row in reference.table("themes-with-one-provider"):
        strong = [
            a for a in actors if (s := facts.strength(a, row["theme"])).value and s.how != "broader"
        ]
        assert strong == [row["provider"]]


def test_every_conflicting_claim_is_a_row(reference, shipped):
    from ecosystem.analysis.claims import all_conflicts

    found = {(r["subject"], r["property"]) for r in reference.table("conflicting-claims")}
    said = {(group[0].subject, group[0].property) for group in all_conflicts(shipped)}
    assert said and said <= found


def test_statements_of_one_publisher_agree_with_the_profile(reference, shipped):
    from ecosystem.analysis.claims import citations

    found = {row["statement"] for row in reference.table("single-source-statements", kind="FUNDS")}
    assert found == {
        edge.id
        for edge in shipped.of_kind("FUNDS")
        if len({one.publisher for one in citations(shipped, edge)}) == 1
    }
