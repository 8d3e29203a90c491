"""How fragmented the work is, by closed forms."""

import networkx as nx
import pytest

from ecosystem.analysis.gaps.fragmentation import (
    FragmentationSummary,
    FragmentsDetails,
    fragmentation,
)
from ecosystem.model import PartOf
from tests.unit.gap_town import (
    SAID,
    covers,
    details_of,
    drawn,
    local,
    locals_of,
    one_rule,
    partners,
    view,
)
from tests.unit.gap_town import WORK as WORK_TIES


def named(graph):
    return nx.relabel_nodes(graph, {node: f"{node:02d}" for node in graph})


def test_fragmentation_has_closed_forms():
    assert fragmentation([5]) == 0
    assert fragmentation([1] * 5) == 1
    assert fragmentation([5, 5]) == pytest.approx(5 / 9)
    assert fragmentation([3, 2, 1]) == pytest.approx(1 - 8 / 30)


def test_two_pairs_fall_apart_and_one_step_joins_them():
    snapshot = view(*locals_of("abcd"), partners("a", "b"), partners("c", "d"))
    (gap,) = one_rule(snapshot, "G07").findings
    assert gap.subjects == ("city:town",)
    assert gap.value == pytest.approx(1 - 4 / 12)
    assert details_of(gap, FragmentsDetails).after == 0
    assert "makes the share 0\u00a0%" in gap.closing.en


def test_a_connected_network_is_not_fragmented():
    result = one_rule(view(*drawn(nx.path_graph(4))), "G07")
    assert (result.status, details_of(result, FragmentationSummary).fragmentation) == (
        "none found",
        0,
    )


def test_one_organisation_has_no_pairs():
    assert one_rule(view(), "G07").status == "undefined"
    assert one_rule(view(*local("a")), "G07").status == "undefined"


def test_islands_without_any_record_are_not_called_islands():
    assert one_rule(view(*locals_of("abc")), "G07").status == "not recorded"
    sure = [covers(kind) for kind in WORK_TIES]
    assert one_rule(view(*locals_of("abc"), *sure), "G07").status == "undefined"


def test_parts_of_one_institution_are_told_apart_and_need_no_introduction():
    base = (*locals_of("abcdef"), partners("a", "b"), partners("b", "c"), partners("d", "e"))
    part = PartOf(source="org:d", target="org:a", **SAID)
    plain, joined = (one_rule(view(*base, *more), "G07") for more in ((), (part,)))
    (before,), (after,) = plain.findings, joined.findings
    assert before.value == after.value
    assert "taken together there are 2 parts" in joined.reason.en
    assert details_of(joined, FragmentationSummary).institutions == (("org:a", "org:d"),)
    assert set(before.ties[0]) & {"org:d", "org:e"}
    assert "org:f" in after.ties[0]
    whole = [PartOf(source=f"org:{one}", target="org:a", **SAID) for one in "df"]
    alone = one_rule(view(*base, *whole), "G07")
    assert (alone.status, alone.findings) == ("none found", ())
