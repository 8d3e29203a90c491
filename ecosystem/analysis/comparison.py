"""Two snapshots compared: which gaps opened and closed, by which statements, which measures moved.

The same answers serve an imagined change and two dates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from ecosystem.analysis.difference import Difference, difference
from ecosystem.analysis.gaps import OF_ECOSYSTEM, RULES, Gap, RuleResult
from ecosystem.analysis.gaps.results import SILENT
from ecosystem.analysis.metrics import MEASURES, measure
from ecosystem.analysis.structure import structure
from ecosystem.lenses import LENSES
from ecosystem.snapshot import Snapshot, period
from ecosystem.values import Text, plain

LARGEST_GRAPH = 1000
MOST_CAUSES = 20
MOST_YEARS = 30
CLOSE = 1e-9

_GROUP_OF = {rule.id: rule.group for rule in RULES}

How = Literal["opened", "closed", "gone", "changed", "untold"]

HOWS: dict[str, Text] = {
    "opened": Text("отвори се", "opened"),
    "closed": Text("затвори се", "closed"),
    "gone": Text("отпадна", "fell away"),
    "changed": Text("промени се", "changed"),
    "untold": Text("не може да се каже", "cannot be told"),
}


@dataclass(frozen=True)
class GapChange:
    """One gap that is there in one snapshot only, or is not the same in both.

    ``causes`` are those of the differing statements that the gap rests on or that touch its
    subjects, ``causes_n`` how many there are; without any, the gap moved because the whole did.
    """

    gap_id: str
    how: How
    before: Gap | None
    after: Gap | None
    causes: tuple[str, ...]
    causes_n: int

    @property
    def gap(self) -> Gap:
        """The gap as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class RuleChange:
    """What a rule says in both snapshots.

    ``gaps`` in the order opened, closed, gone, changed (the largest first), untold.
    """

    rule: str
    status_before: str
    status_after: str
    total_before: int
    total_after: int
    reason_after: Text
    gaps: tuple[GapChange, ...]


@dataclass(frozen=True)
class Moved:
    """A node whose value or rank in a measure moved; None where it has none."""

    id: str
    name: Text
    value_before: float | None
    value_after: float | None
    rank_before: float | None
    rank_after: float | None


@dataclass(frozen=True)
class MeasureChange:
    """One measure of a lens that moved: the nodes, the largest changes of rank first.

    ``n_before`` and ``n_after`` count the members that are measured; ``total`` nodes moved.
    ``reason`` says why there is no comparison.
    """

    lens: str
    measure: str
    title: Text
    n_before: int
    n_after: int
    total: int
    moved: tuple[Moved, ...]
    reason: Text | None = None


@dataclass(frozen=True)
class WholeChange:
    """A number about the whole of a lens before and after."""

    lens: str
    title: Text
    before: float | None
    after: float | None


@dataclass(frozen=True)
class SnapshotComparison:
    """Everything that differs between two snapshots.

    Attributes
    ----------
    lenses
        The lenses whose graph differs; measures of all others are the same and left out.
    rules
        The rules whose answer differs: those with gaps that opened or closed first, then in the
        order of the catalogue.
    """

    difference: Difference
    lenses: tuple[str, ...]
    rules: tuple[RuleChange, ...]
    whole: tuple[WholeChange, ...]
    measures: tuple[MeasureChange, ...]

    def count(self, how: str) -> int:
        """How many gaps of the ecosystem opened, closed or changed.

        What tells how sure the map is, and figures without a norm, count as none.
        """
        return sum(one.how == how for rule in self.of_ecosystem for one in rule.gaps)

    @property
    def of_ecosystem(self) -> tuple[RuleChange, ...]:
        """The rules whose findings are gaps of the ecosystem."""
        return tuple(one for one in self.rules if _GROUP_OF[one.rule] in OF_ECOSYSTEM)

    @property
    def beside(self) -> tuple[RuleChange, ...]:
        """The other rules: about the network in figures, and how sure the map is."""
        return tuple(one for one in self.rules if _GROUP_OF[one.rule] not in OF_ECOSYSTEM)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def compare(
    before: Snapshot,
    after: Snapshot,
    gaps_before: Iterable[RuleResult],
    gaps_after: Iterable[RuleResult],
    *,
    top: int = 10,
) -> SnapshotComparison:
    """What differs between two snapshots and between their gaps.

    Equal snapshots give an empty comparison: every rule is deterministic.

    Parameters
    ----------
    gaps_before, gaps_after
        The answers of the same rules, in the same order.
    top
        Nodes shown per measure.
    """
    differs = difference(before, after)
    changed = [name for name in LENSES if not _same(before.graph(name), after.graph(name))]
    return SnapshotComparison(
        difference=differs,
        lenses=tuple(changed),
        rules=_rules(before, after, gaps_before, gaps_after, differs),
        whole=tuple(row for lens in changed for row in _whole(before, after, lens)),
        measures=tuple(
            row
            for lens in changed
            for name in MEASURES
            if (row := _measured(before, after, lens, name, top)) is not None
        ),
    )


def gap_changes(
    before: RuleResult,
    after: RuleResult,
    causes: Mapping[str, frozenset[str]],
    removed: Collection[str] = (),
    *,
    only_less: bool = False,
) -> tuple[GapChange, ...]:
    """How the gaps of one rule differ.

    Parameters
    ----------
    causes
        The differing statements by each node and tie that they are or touch.
    removed
        What is there before and not after. A gap about something that is no longer there, or of
        which it speaks, is ``gone``: nobody has closed it.
    only_less
        Whether nothing came or changed, so that nobody can have closed anything.

    Notes
    -----
    A rule may list only the first of its findings. A gap that is listed in one answer and
    missing in the other is then ``untold``: it may have moved beyond the list. So is one of
    which an answer cannot judge, because its view leaves ties out.
    """
    old = {gap.id: gap for gap in before.findings}
    new = {gap.id: gap for gap in after.findings}
    found = []
    for identity in sorted(old.keys() | new.keys()):
        was, is_ = old.get(identity), new.get(identity)
        how = _how(identity, was, is_, before, after)
        if how == "closed" and was and (only_less or not _of(was).isdisjoint(removed)):
            how = "gone"
        if how is None:
            continue
        ids: set[str] = set()
        for gap in (was, is_):
            for one in (*gap.statements, *gap.subjects) if gap else ():
                ids |= causes.get(one, frozenset())
        ordered = sorted(ids, key=lambda one: ("|" not in one, one))
        found.append(GapChange(identity, how, was, is_, tuple(ordered[:MOST_CAUSES]), len(ordered)))
    order = list(HOWS)
    return tuple(sorted(found, key=lambda one: (order.index(one.how), -_step(one), one.gap_id)))


def _of(gap: Gap) -> set[str]:
    """Whom and what a gap is about and speaks of."""
    return {*gap.subjects, *gap.details.spoken, *gap.details.band[0], *gap.details.band[1]}


def _step(one: GapChange) -> float:
    """How far a changed gap's value moved, as a part of the larger one; 1 where one has none."""
    was, is_ = (gap.value if gap else None for gap in (one.before, one.after))
    if was is None or is_ is None:
        return float(was is not is_)
    return abs(was - is_) / max(abs(was), abs(is_), CLOSE)


def _silent(result: RuleResult, gap_id: str) -> bool:
    """Whether a gap that an answer does not list may be one all the same."""
    return result.total > len(result.findings) or result.leaves_open(gap_id)


def _how(
    gap_id: str, was: Gap | None, is_: Gap | None, before: RuleResult, after: RuleResult
) -> How | None:
    if was is None:
        return "untold" if _silent(before, gap_id) else "opened"
    if is_ is None:
        return "untold" if _silent(after, gap_id) else "closed"
    same = was.status == is_.status and _near(was.value, is_.value) and was.headline == is_.headline
    return None if same else "changed"


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE


def _rules(
    before: Snapshot,
    after: Snapshot,
    gaps_before: Iterable[RuleResult],
    gaps_after: Iterable[RuleResult],
    differs: Difference,
) -> tuple[RuleChange, ...]:
    causes = _causes(before, after, differs)
    less = bool(differs.removed) and not differs.added and not differs.altered
    found = []
    for was, is_ in zip(gaps_before, gaps_after, strict=True):
        gaps = gap_changes(was, is_, causes, differs.removed, only_less=less)
        if gaps or (was.status, was.total) != (is_.status, is_.total):
            found.append(
                RuleChange(is_.rule, was.status, is_.status, was.total, is_.total, is_.reason, gaps)
            )
    return tuple(
        sorted(found, key=lambda one: not {g.how for g in one.gaps} & {"opened", "closed"})
    )


def _causes(before: Snapshot, after: Snapshot, differs: Difference) -> Mapping[str, frozenset[str]]:
    by_id: dict[str, set[str]] = {}
    for identity in differs.ids:
        by_id.setdefault(identity, set()).add(identity)
        edge = after.edges.get(identity) or before.edges.get(identity)
        for end in (edge.source, edge.target) if edge else ():
            by_id.setdefault(end, set()).add(identity)
    return {identity: frozenset(ids) for identity, ids in by_id.items()}


def _same(one: nx.Graph, other: nx.Graph) -> bool:
    return bool(one.nodes.keys() == other.nodes.keys() and one.adj == other.adj)


def _whole(before: Snapshot, after: Snapshot, lens: str) -> list[WholeChange]:
    old, new = structure(before, lens), structure(after, lens)
    rows: tuple[tuple[Text, float | None, float | None], ...] = (
        (Text("участници", "actors"), old.n, new.n),
        (Text("връзки", "ties"), old.ties, new.ties),
        (Text("свързани части", "connected parts"), len(old.components), len(new.components)),
        (
            Text("най-голяма част", "largest part"),
            len(old.components[0]) if old.components else 0,
            len(new.components[0]) if new.components else 0,
        ),
        (Text("без връзка", "without a tie"), len(old.isolates), len(new.isolates)),
        (Text("точки на разпадане", "cut points"), len(old.cut_points), len(new.cut_points)),
        (Text("модулност", "modularity"), old.modularity, new.modularity),
    )
    return [WholeChange(lens, title, was, is_) for title, was, is_ in rows if not _near(was, is_)]


def _measured(
    before: Snapshot, after: Snapshot, lens: str, name: str, top: int
) -> MeasureChange | None:
    largest = max(len(before.graph(lens)), len(after.graph(lens)))
    if largest > LARGEST_GRAPH and name != "degree":
        return None
    old, new = measure(before, lens, name), measure(after, lens, name)
    title = new.definition.title
    if old.reason or new.reason:
        why = new.reason or old.reason
        return MeasureChange(lens, name, title, old.n, new.n, 0, (), why)
    moved = [
        Moved(
            identity,
            (after if identity in after.nodes else before).name(identity),
            old.values.get(identity),
            new.values.get(identity),
            old.ranks.get(identity),
            new.ranks.get(identity),
        )
        for identity in sorted({*old.ranks, *new.ranks})
        if not (
            _near(old.values.get(identity), new.values.get(identity))
            and _near(old.ranks.get(identity), new.ranks.get(identity))
        )
    ]
    if not moved:
        return None
    moved.sort(key=lambda one: (-_leap(one), one.id))
    return MeasureChange(lens, name, title, old.n, new.n, len(moved), tuple(moved[:top]))


def _leap(one: Moved) -> float:
    """How far a node moved in rank; to appear or to go counts most."""
    if one.rank_before is None or one.rank_after is None:
        return float("inf")
    return abs(one.rank_before - one.rank_after)


@dataclass(frozen=True)
class YearOfGaps:
    """How many gaps each rule finds on ``day``; None where it cannot tell."""

    day: str
    n: int
    counts: Mapping[str, int | None]


def year_of_gaps(day: str, snapshot: Snapshot, results: Iterable[RuleResult]) -> YearOfGaps:
    """The number of gaps of each rule; ``n`` are the organisations of the scope."""
    counts = {
        one.rule: None if one.status in SILENT or one.unjudged else one.total for one in results
    }
    return YearOfGaps(day, len(snapshot.actors()), counts)


def years(snapshot: Snapshot) -> tuple[int, ...]:
    """The years in which a statement of the view begins, the first to the last, gaps included.

    At most the last thirty; empty where nothing is dated.
    """
    dated = {
        int(when.since[:4])
        for when in (
            *(node.period for node in snapshot.nodes.values()),
            *(period(snapshot.dataset, edge) for edge in snapshot.edges.values()),
        )
        if when.since and when.since[:4] <= snapshot.as_of[:4]
    }
    return tuple(range(min(dated), int(snapshot.as_of[:4]) + 1))[-MOST_YEARS:] if dated else ()
