"""Records that were decided to be one: read as one, stored as they are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.analysis.profile import profile, statement
from ecosystem.model import Decision, Entity, Evidence, Funds, Organisation, PartnersWith
from ecosystem.same import about, kept_ids, merged
from ecosystem.snapshot import Snapshot
from tests.tiny import tiny

SAID = {"pack": "more", "standing": "illustrative"}


def decided(one, other, kept, state="same"):
    return Decision(
        id=f"decision:{one[4:]}-{other[4:]}",
        pack="local",
        matter="same",
        subject=about(one, other),
        state=state,
        value=kept,
    )


def test_the_id_that_is_kept_stands_for_the_other():
    assert kept_ids([decided("org:a", "org:b", "org:b")]) == {"org:a": "org:b"}
    assert kept_ids([decided("org:a", "org:b", "org:a")]) == {"org:b": "org:a"}
    assert kept_ids([decided("org:a", "org:b", "org:a", "different")]) == {}


def test_decisions_join_in_chains_and_contradictions_still_give_one():
    chain = [decided("org:a", "org:b", "org:b"), decided("org:b", "org:c", "org:c")]
    assert kept_ids(chain) == {"org:a": "org:c", "org:b": "org:c"}
    circle = [*chain, decided("org:a", "org:c", "org:a")]
    assert kept_ids(circle) == {"org:b": "org:a", "org:c": "org:a"}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.booleans())))
def test_whatever_is_decided_what_is_kept_is_given_up_by_nobody(pairs):
    made = [
        decided(f"org:{one}", f"org:{other}", f"org:{one if first else other}")
        for one, other, first in pairs
        if one != other
    ]
    found = kept_ids(made)
    assert not found.keys() & set(found.values())


def entity(facts, identity):
    found = facts.nodes[identity]
    assert isinstance(found, Entity)
    return found


def doubled():
    """The tiny town, in which the firm stands twice."""
    town = tiny()
    twin = Organisation(id="org:firm-ltd", name_en="Firm Ltd", aliases=("F.",), **SAID)
    paid = Funds(source="org:firm-ltd", target="project:bus", amount_minor=5, **SAID)
    between = PartnersWith(source="org:firm", target="org:firm-ltd", **SAID)
    passage = Evidence(
        id="evidence:twin",
        pack="more",
        subject="org:firm-ltd",
        stance="supports",
        source="source:page",
    )
    return town.merged(type(town).of([twin, paid, between, passage]))


def test_ties_passages_and_names_of_the_other_are_those_of_the_one_that_is_kept():
    stated = doubled()
    facts = merged(stated, {"org:firm-ltd": "org:firm"})
    assert "org:firm-ltd" not in facts.nodes and "org:firm-ltd" in stated.nodes
    assert {"Firm Ltd", "F."} <= set(entity(facts, "org:firm").aliases)
    paid = facts.edges["FUNDS|org:firm-ltd|project:bus|"]
    assert (paid.id, paid.source) == ("FUNDS|org:firm-ltd|project:bus|", "org:firm")
    assert not any(
        edge.kind == "PARTNERS_WITH" for edge in facts.edges.values() if "ltd" in edge.id
    )
    assert "evidence:twin" in [one.id for one in facts.evidence_of("org:firm")]


def test_a_snapshot_counts_them_once_and_joins_by_the_ties_of_both():
    snapshot = Snapshot.of(merged(doubled(), {"org:firm-ltd": "org:firm"}), scope="city:alpha")
    apart = Snapshot.of(tiny(), scope="city:alpha")
    assert len(snapshot.actors()) == len(apart.actors())
    assert "FUNDS|org:firm-ltd|project:bus|" in {e.id for e in snapshot.edges_of("org:firm")}


def test_nothing_decided_changes_nothing():
    town = tiny()
    assert merged(town, {}) is town
    assert merged(town, {"org:none": "org:firm"}) is town


@pytest.mark.parametrize("deprecated", ["", "entered twice"])
def test_what_is_deprecated_stays_and_counts_nowhere(deprecated):
    town = tiny()
    firm = replace(town.nodes["org:firm"], deprecated=deprecated)
    stated = town.merged(type(town).of([firm]))
    snapshot = Snapshot.of(stated, scope="city:alpha")
    assert ("org:firm" in snapshot.nodes) == (not deprecated)
    assert any("org:firm" in edge.id for edge in snapshot.edges.values()) == (not deprecated)
    assert "org:firm" in snapshot.stated.nodes


def test_what_is_deprecated_can_still_be_read_with_the_reason():
    town = tiny()
    firm = replace(town.nodes["org:firm"], deprecated="entered twice", deprecated_by="Ann")
    (tie,) = [edge for edge in town.edges.values() if edge.kind == "FUNDS"]
    gone = replace(tie, deprecated="it was a loan")
    snapshot = Snapshot.of(town.merged(type(town).of([firm, gone])), scope="city:alpha")
    found = profile(snapshot, "org:firm")
    assert found.properties["deprecated"] == "entered twice" and found.ties == ()
    assert statement(snapshot, tie.id).properties["deprecated"] == "it was a loan"
    assert tie.id not in [one.id for one in profile(snapshot, "org:council").ties]
