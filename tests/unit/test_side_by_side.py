"""Several things beside each other, worked out on the tiny town."""

import networkx as nx
import pytest

from ecosystem.analysis.metrics import measures
from ecosystem.analysis.side_by_side import MOST, side_by_side
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.snapshot import Snapshot
from tests.graphs import org, snapshot_of
from tests.tiny import tiny


@pytest.fixture
def town():
    return Snapshot.of(tiny(), scope="city:alpha", as_of="2026-01-01")


def compared(snapshot, *ids):
    return side_by_side(snapshot, ids, "work", measures(snapshot, "work"))


def test_what_two_share_rests_on_the_ties_of_both(town):
    found = compared(town, "org:council", "org:uni")
    assert [(one.id, one.kind) for one in found.shared] == [
        ("city:alpha", "City"),
        ("project:bus", "Project"),
        ("event:day", "Event"),
    ]
    (project,) = found.of_kind("Project", "Programme")
    assert project.who == ("org:council", "org:uni")
    assert project.statements == (
        "PARTICIPATES_IN|org:council|project:bus|",
        "PARTICIPATES_IN|org:uni|project:bus|",
    )
    assert found.between == ()


def test_what_more_of_them_share_comes_first(town):
    found = compared(town, "org:council", "org:uni", "org:firm")
    assert [(one.id, len(one.who)) for one in found.shared] == [
        ("city:alpha", 3),
        ("event:day", 3),
        ("project:bus", 2),
    ]
    assert found.between == ("FUNDS|org:council|org:firm|",)


def test_properties_themes_and_ranks_stand_beside_each(town):
    council, firm = compared(town, "org:council", "org:firm").chosen
    assert (council.properties["sector"], council.properties["form"]) == (
        "government",
        "public-authority",
    )
    assert (firm.themes, firm.place, firm.standing) == (
        (("theme:ict", "OFFERS"),),
        "member",
        "documented",
    )
    degree = council.ranks[0]
    # Council and firm have two ties each, uni one, loner none: mid-rank 1.5 of 4 organisations.
    assert (degree.measure, degree.value, degree.rank, degree.of) == ("degree", 2, 1.5, 4)


def test_what_a_lens_does_not_hold_has_no_rank(town):
    (abroad,) = compared(town, "org:abroad").chosen
    assert abroad.place == "external"
    assert {(one.value, one.rank) for one in abroad.ranks} == {(None, None)}


def test_order_is_that_of_the_reader_and_nothing_counts_twice(town):
    found = compared(town, "org:uni", "org:council", "org:uni")
    assert [one.id for one in found.chosen] == ["org:uni", "org:council"]
    assert compared(town).chosen == ()


def test_unknown_ids_and_too_many_are_refused(town):
    with pytest.raises(NotFoundError):
        compared(town, "org:nobody")
    graph = snapshot_of(nx.path_graph(MOST + 1))
    with pytest.raises(ParameterError):
        compared(graph, *map(org, range(MOST + 1)))
