"""The script of Cypher fills a database with what the map holds, whatever texts are in it."""

from collections import Counter
from dataclasses import replace
from datetime import date

from ecosystem.dataset import Dataset
from ecosystem.export import FORMS, written
from ecosystem.export.flat import flat
from tests.contract.records import HOSTILE
from tests.owned import entity, owned


def statements(dataset):
    script = written(dataset, FORMS["cypher"], "en", date(2026, 11, 28)).content.decode()
    found = script.split(";\n")
    assert found.pop() == ""
    return found


def constraints(engine):
    if engine.is_embedded:
        return set()
    return {row["name"] for row in engine.run("SHOW CONSTRAINTS YIELD name RETURN name")}


def test_the_script_makes_the_entities_and_ties_of_the_map(engine):
    town = owned()
    firm = entity(town, "org:firm")
    told = {"description_en": "\n".join(HOSTILE), "aliases": tuple(HOSTILE)}
    town = town.merged(Dataset.of([replace(firm, **told)]))
    engine.empty()
    before = constraints(engine)
    for statement in statements(town):
        # The embedded engine has its own way to say what is unique.
        if not (engine.is_embedded and statement.startswith("CREATE CONSTRAINT")):
            engine.run(statement)
    try:
        found = flat(town, "en")
        nodes = engine.run("MATCH (n) RETURN labels(n)[0] AS kind, properties(n) AS said")
        expected = Counter(one.kind for one in found.nodes)
        assert Counter(row["kind"] for row in nodes) == expected
        stored = next(row["said"] for row in nodes if row["said"]["id"] == "org:firm")
        for name, value in told.items():
            assert stored[name] == (list(value) if isinstance(value, tuple) else value)
        ties = engine.run(
            "MATCH (a)-[r]->(b) RETURN type(r) AS kind, a.id AS source, b.id AS target"
        )
        assert Counter((row["source"], row["kind"], row["target"]) for row in ties) == Counter(
            (tie.ends[0], tie.record.kind, tie.ends[1]) for tie in found.ties
        )
    finally:
        for name in constraints(engine) - before:
            engine.run(f"DROP CONSTRAINT `{name}`")
        engine.empty()
