"""What a gap says would close it, imagined: it closes, or is as small as its text says."""

from functools import cache

import networkx as nx
import pytest

from ecosystem.analysis.gaps import Gap, RuleResult, find_gaps
from ecosystem.analysis.gaps.cut_points import CutPointDetails
from ecosystem.analysis.gaps.reach import ReachDetails
from ecosystem.io.seeds import read
from ecosystem.model import PartOf
from ecosystem.paths import shipped_packs
from ecosystem.questions.imagining import WhatIf, snapshot_of
from ecosystem.scenario import apply
from ecosystem.snapshot import Snapshot
from ecosystem.view import View
from tests.unit.gap_town import (
    SAID,
    details_of,
    drawn,
    locals_of,
    needs,
    offers,
    one_rule,
    partners,
    theme,
    view,
)

TRIED = 8
"""Findings of each rule that are tried."""


@cache
def shipped(scope: str) -> Snapshot:
    """The seeds in the view of a reader."""
    return Snapshot.of(read(shipped_packs()), as_of="2026-06-30", scope=scope)


def towns() -> dict[str, Snapshot]:
    """Small towns with few and with many parts, and with needs."""
    sides = [needs("org:00", "t"), *(offers(f"org:{n:02d}", "t") for n in (2, 4, 5))]
    return {
        "a star of three": view(*drawn(nx.star_graph(3))),
        "a star of nine": view(*drawn(nx.star_graph(9))),
        "a path": view(*drawn(nx.path_graph(8))),
        "two parts": view(*drawn(nx.disjoint_union(nx.path_graph(4), nx.path_graph(3)))),
        "many parts": view(*locals_of("xyz"), *drawn(nx.path_graph(4))),
        "a town in need": view(*drawn(nx.path_graph(6)), theme("t"), *sides),
        "a town in much need": view(
            *drawn(nx.path_graph(9)),
            theme("t"),
            *(needs(f"org:{n:02d}", "t") for n in (0, 8)),
            *(offers(f"org:{n:02d}", "t") for n in (3, 4, 5)),
        ),
    }


def after(snapshot: Snapshot, gap: Gap) -> RuleResult:
    """The answer of its rule once what the gap proposes is there."""
    seen = View(scope=snapshot.scope, as_of=snapshot.as_of)
    asked = WhatIf.joining(gap.ties, seen)
    facts = apply(snapshot.dataset, asked.scenario).dataset
    return one_rule(snapshot_of(facts, seen), gap.rule)


@pytest.mark.parametrize("place", ["city:sofia", "all", *towns()])
def test_what_would_close_a_gap_closes_it_and_what_helps_helps(place):
    snapshot = towns().get(place) or shipped(place)
    tried = 0
    for result in find_gaps(snapshot):
        for gap in result.findings[:TRIED]:
            assert gap.ties or not gap.closes, gap.id
            if not gap.ties:
                continue
            tried += 1
            now = after(snapshot, gap)
            left = [one for one in now.findings if one.id == gap.id]
            assert gap.closes is not bool(left), (gap.id, gap.closing.en)
            for one in left:
                assert one.value != gap.value or gap.value is None, gap.id
                assert one.value is not None and (gap.value is None or one.value < gap.value)
                told = gap.closing.en
                assert "instead of" in told or "that leaves" in told, told
                if gap.rule == "G08":
                    cut_off = details_of(one, CutPointDetails).cut_off
                    assert told.endswith(f"that leaves {len(cut_off)}.")
                if gap.rule == "G14":
                    then = details_of(one, ReachDetails).work
                    assert f"{then.reached} of {then.pairs} pairs" in told
                    was = details_of(gap, ReachDetails).work
                    assert told.endswith(f"instead of {was.reached}.")
    assert tried


def test_the_seeds_offer_both_sorts():
    found = [gap for result in find_gaps(shipped("city:sofia")) for gap in result.findings]
    offering = {gap.rule for gap in found if gap.ties}
    assert {"G08", "G09", "G10", "G14"} <= offering
    assert {gap.closes for gap in found if gap.rule == "G08"} == {True, False}


def bodies(whole: str, *parts: str) -> list[PartOf]:
    return [PartOf(source=f"org:{part}", target=f"org:{whole}", **SAID) for part in parts]


def test_bodies_of_an_institution_are_not_among_those_who_would_lose_touch():
    # The hall joins a, b, c and d, and its own council and office hang on it.
    ties = [partners("hall", other) for other in ("a", "b", "c", "council", "office")]
    actors = locals_of(("hall", "a", "b", "c", "d", "council", "office"))
    rest = [partners("a", "b"), partners("c", "d")]
    (gap, *_) = one_rule(
        view(*actors, *ties, *rest, *bodies("hall", "council", "office")), "G08"
    ).findings
    assert gap.sentence.en == "Without hall 2 organisations would lose touch with the rest."
    details = details_of(gap, CutPointDetails)
    assert details.cut_off == ("org:c", "org:d")
    assert details.own == ("org:council", "org:office")
    assert details.parts == (2, 2)
    # Of the pairs of a, b, c and d two are left of six.
    assert gap.value == pytest.approx(4 / 6)
    assert "Bodies of its own institution hang on it as well" in gap.headline.en
    assert "council and office" in gap.headline.en


def test_who_holds_only_its_own_bodies_holds_nobody():
    ties = [partners("hall", other) for other in ("a", "council", "office")]
    snapshot = view(
        *locals_of(("hall", "a", "council", "office")), *ties, *bodies("hall", "council", "office")
    )
    result = one_rule(snapshot, "G08")
    assert result.findings == ()
    (one,) = result.apart
    assert not one.doubtful and one.subjects == ("org:hall",)
    assert one.headline.en.endswith("own institution hang on hall: council and office")


def test_a_tie_within_an_institution_and_a_side_of_own_bodies_are_no_single_tie():
    # a1 - a2 - b - c1 - c2: two wings of three, the left of one institution.
    line = drawn(nx.path_graph(6))
    assert [gap.subjects for gap in one_rule(view(*line), "G09").findings] == [("org:02", "org:03")]
    own_side = view(*line, *bodies("02", "00", "01"))
    assert one_rule(own_side, "G09").findings == ()
    within = view(*line, *bodies("02", "03"))
    assert one_rule(within, "G09").findings == ()
