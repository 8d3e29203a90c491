"""Mentors for many cities at once, within what each mentor can take on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Any, Literal

from ecosystem.analysis.gaps.laws import decimal, listed, shown
from ecosystem.analysis.matching.facts import Facts
from ecosystem.analysis.matching.pair import Match, score_pair
from ecosystem.analysis.matching.ranking import assumptions, candidates
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.model import ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text, plain

CAPACITY = 3
_FAITHFUL = 1e-7
"""What keeping a pair of the earlier plan counts for: too little to beat any real difference."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Assigned:
    """A pair of the plan; ``locked`` where a person fixed it."""

    mentee: str
    mentor: str
    match: Match
    locked: bool = False


@dataclass(frozen=True)
class Unmatched:
    """A mentee that the plan leaves without a mentor, and why."""

    mentee: str
    name: Text
    reason: Text


Basis = Literal["tried", "decided", "recorded", "assumed"]
BASES: dict[Basis, Text] = {
    "tried": Text("само за тази проба", "for this trial only"),
    "decided": Text("решен", "decided"),
    "recorded": Text("записан", "recorded"),
    "assumed": Text("приет", "assumed"),
}
"""Whence the capacity of a mentor is known, what counts before the others first."""


@dataclass(frozen=True)
class Load:
    """What a mentor can take on and what the plan gives it.

    ``capacity`` are mentees at once, ``basis`` says whence that is known; ``busy`` are mentees
    that it is known to advise at the date, ``perhaps`` those of which nobody knows whether that
    has ended, ``advises`` both in words, and ``assigned`` those of the plan. Locks may load a
    mentor beyond its capacity: ``overload`` says by how many.
    """

    mentor: str
    name: Text
    capacity: int
    basis: Basis
    busy: int
    perhaps: int
    advises: Text
    assigned: int
    overload: int


@dataclass(frozen=True)
class Move:
    """A mentee whose mentor changed because other pairs were locked or excluded.

    ``before`` and ``after`` are mentors, None for nobody.
    """

    mentee: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Allocation:
    """The best plan for all mentees at once.

    Attributes
    ----------
    pairs
        In the order of mentees.
    unmatched, unmatchable
        Mentees with needs and no mentor, then cities whose needs the view leaves out; cities of
        which no needs are recorded, those that seek a mentor in a programme first.
    total, first_come_total
        The sums of the scores of the plan, and of the plan in which each mentee in turn, in the
        order of ids, takes the best mentor that is still free.
    coverage
        The part of the mentees with needs that got a mentor; None without any.
    loads, gini
        Every mentor, idle ones too, in the order of ids; how unevenly the plan loads them, 0 to
        1 - 1/m for m mentors, None where there are fewer than two or none has a mentee.
    moved, total_before
        Against the plan without locks and exclusions: other pairs that changed, and its total.
        None and empty where there are no locks or exclusions.
    """

    as_of: str
    assumptions: tuple[Text, ...]
    pairs: tuple[Assigned, ...]
    unmatched: tuple[Unmatched, ...]
    unmatchable: tuple[str, ...]
    total: float
    first_come_total: float
    coverage: float | None
    loads: tuple[Load, ...]
    gini: float | None
    moved: tuple[Move, ...] = field(default=())
    total_before: float | None = None

    def pairs_from(self, first: str) -> list[Assigned]:
        """The pairs in their order, but that of the city ``first`` before all others."""
        return sorted(self.pairs, key=lambda pair: pair.mentee != first)

    @property
    def carried_by(self) -> Text | None:
        """How many of the mentors carry the plan, in words; None where nobody does."""
        carrying = sum(load.assigned > 0 for load in self.loads)
        if not carrying:
            return None
        one = carrying == 1
        return Text(
            f"{carrying} от {len(self.loads)} ментори {'носи' if one else 'носят'} целия план.",
            f"{carrying} of {len(self.loads)} mentors {'carries' if one else 'carry'} the whole "
            "plan.",
        )

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values."""
        found: dict[str, Any] = plain(self)
        return found


def allocate(
    snapshot: Snapshot,
    *,
    capacity: int = CAPACITY,
    capacities: Mapping[str, int] | None = None,
    decided: Mapping[str, int] | None = None,
    locks: Iterable[Pair] = (),
    exclusions: Iterable[Pair] = (),
    settled: Iterable[str] = (),
    minimum: float = 0.0,
    other_country: bool = True,
) -> Allocation:
    """Mentors for every city with recorded needs, such that the scores add up to the most.

    Nobody is matched without a need that the mentor is known to serve, except by a lock.

    Parameters
    ----------
    capacity
        Mentees at once of a mentor whose capacity no source states.
    capacities, decided
        Mentees at once of single mentors, whatever a source states: tried this once, whatever is
        decided as well, and decided by a person.
    locks, exclusions
        Pairs (mentee, mentor) that a person fixed or ruled out. A lock holds whatever the score,
        country, minimum or capacity; it uses capacity, and an overload is reported.
    settled
        Mentees that have their mentor already and are not planned.
    minimum
        The least score of a pair.
    other_country
        Whether mentors must be from another country, as for ``rank_mentors``.

    Raises
    ------
    NotFoundError
        For an id in a lock or exclusion that the snapshot does not have.
    ParameterError
        For a negative capacity or minimum, and for locks that contradict each other or an
        exclusion.

    References
    ----------
    Crouse, D. F. (2016). On implementing 2D rectangular assignment algorithms. IEEE Transactions
    on Aerospace and Electronic Systems 52(4), as ``scipy.optimize.linear_sum_assignment``.
    """
    facts = Facts(snapshot)
    fixed, barred = tuple(sorted(set(locks))), tuple(sorted(set(exclusions)))
    limits = _Limits(
        capacity,
        dict(capacities or {}),
        dict(decided or {}),
        minimum,
        other_country,
        frozenset(settled),
    )
    problem = _Problem(facts, limits, fixed, barred)
    problem.refuse_contradictions()
    before = None
    if fixed or barred:
        before = _Problem(facts, limits, (), ()).solve({})
    plan = problem.solve(before or {})
    touched = {mentee for mentee, _ in (*fixed, *barred)}
    others = [mentee for mentee in problem.mentees if mentee not in touched]
    loads = problem.loads(plan)
    return Allocation(
        as_of=snapshot.as_of,
        assumptions=problem.assumptions(),
        pairs=tuple(
            Assigned(mentee, mentor, problem.match(mentee, mentor), (mentee, mentor) in fixed)
            for mentee, mentor in plan.items()
        ),
        unmatched=(
            *(problem.unmatched(one) for one in problem.mentees if one not in plan),
            *_left_out(facts),
        ),
        unmatchable=_unmatchable(facts, problem.mentors),
        total=problem.total(plan),
        first_come_total=problem.total(problem.first_come()),
        coverage=len(plan.keys() & set(problem.mentees)) / len(problem.mentees)
        if problem.mentees
        else None,
        loads=loads,
        gini=gini([load.assigned for load in loads]),
        moved=()
        if before is None
        else tuple(
            Move(mentee, before.get(mentee), plan.get(mentee))
            for mentee in others
            if before.get(mentee) != plan.get(mentee)
        ),
        total_before=None if before is None else problem.total(before),
    )


def gini(values: Sequence[int]) -> float | None:
    """How unequal the values are: 0 where they are equal, 1 - 1/m where one has everything.

    The sum of absolute differences over 2 m^2 times the mean; None for fewer than two values
    and where all are 0.
    """
    total, count = sum(values), len(values)
    if count < 2 or not total:
        return None
    return sum(abs(one - other) for one in values for other in values) / (2 * count * total)


@dataclass(frozen=True)
class _Limits:
    capacity: int
    capacities: Mapping[str, int]
    decided: Mapping[str, int]
    minimum: float
    other_country: bool
    settled: frozenset[str]


class _Problem:
    """Who could be matched with whom, under which limits."""

    def __init__(
        self, facts: Facts, limits: _Limits, locks: tuple[Pair, ...], exclusions: tuple[Pair, ...]
    ) -> None:
        self.facts, self.snapshot, self.limits = facts, facts.snapshot, limits
        self.locks, self.exclusions = locks, exclusions
        cities = [node.id for node in self.snapshot.nodes.values() if node.kind == "City"]
        self.mentees = [c for c in cities if facts.wishes(c) and c not in limits.settled]
        named = {mentor for _, mentor in locks if mentor in self.snapshot.nodes}
        self.mentors = sorted({*candidates(facts), *named})
        self._matches: dict[Pair, Match] = {}

    def match(self, mentee: str, mentor: str) -> Match:
        """The score of a pair, computed once."""
        key = (mentee, mentor)
        if key not in self._matches:
            self._matches[key] = score_pair(self.snapshot, mentee, mentor, facts=self.facts)
        return self._matches[key]

    def allowed(self, mentee: str, mentor: str) -> bool:
        """Whether the plan may bring the two together without a lock."""
        if mentee == mentor or (mentee, mentor) in self.exclusions:
            return False
        match = self.match(mentee, mentor)
        if not match.supported or self._too_near(mentee, mentor):
            return False
        return (match.score or 0.0) >= self.limits.minimum

    def slots(self, mentor: str) -> tuple[int, Basis, int]:
        """Capacity, whence it is known, and how much of it is in use at the date."""
        stated = [
            edge.capacity
            for edge in self.snapshot.edges_of(mentor)
            if isinstance(edge, ParticipatesIn)
            and edge.source == mentor
            and edge.role == "mentor"
            and edge.capacity is not None
            and edge.id not in self.snapshot.ended
        ]
        busy = self.facts.advising(mentor).surely
        if mentor in self.limits.capacities:
            return self.limits.capacities[mentor], "tried", busy
        if mentor in self.limits.decided:
            return self.limits.decided[mentor], "decided", busy
        return max(stated, default=self.limits.capacity), "recorded" if stated else "assumed", busy

    def free(self) -> dict[str, int]:
        """How many more mentees each mentor can take, locks taken off."""
        left = {}
        for mentor in self.mentors:
            capacity, _, busy = self.slots(mentor)
            locked = sum(1 for _, one in self.locks if one == mentor)
            left[mentor] = max(0, capacity - busy - locked)
        return left

    def solve(self, before: Mapping[str, str]) -> dict[str, str]:
        """The plan with the greatest total, as mentor by mentee; kept like ``before`` if it can."""
        # Loading scipy takes longer than everything else that the command line does.
        from scipy.optimize import linear_sum_assignment

        plan = dict(self.locks)
        rows = [mentee for mentee in self.mentees if mentee not in plan]
        slots = [
            mentor
            for mentor, left in self.free().items()
            if any(self.allowed(mentee, mentor) for mentee in rows)
            for _ in range(min(left, len(rows)))
        ]
        gain = [
            [self._gain(mentee, mentor, before) for mentor in slots] + [0.0] * len(rows)
            for mentee in rows
        ]
        if rows:
            for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
                if column < len(slots):
                    plan[rows[row]] = slots[column]
        return dict(sorted(plan.items()))

    def _gain(self, mentee: str, mentor: str, before: Mapping[str, str]) -> float:
        if not self.allowed(mentee, mentor):
            return -1.0
        kept = _FAITHFUL if before.get(mentee) == mentor else 0.0
        return (self.match(mentee, mentor).score or 0.0) + kept

    def first_come(self) -> dict[str, str]:
        """The plan in which each mentee in turn takes the best mentor that is still free."""
        plan, left = dict(self.locks), self.free()
        for mentee in self.mentees:
            if mentee in plan:
                continue
            open_ = [one for one in self.mentors if left[one] and self.allowed(mentee, one)]
            if open_:
                best = max(open_, key=lambda one: self.match(mentee, one).score or 0.0)
                plan[mentee] = best
                left[best] -= 1
        return plan

    def total(self, plan: Mapping[str, str]) -> float:
        """The sum of the scores of a plan."""
        return fsum(self.match(mentee, mentor).score or 0.0 for mentee, mentor in plan.items())

    def loads(self, plan: Mapping[str, str]) -> tuple[Load, ...]:
        """Every mentor with its capacity and its share of the plan."""
        given = list(plan.values())
        return tuple(self._load(mentor, given.count(mentor)) for mentor in self.mentors)

    def _load(self, mentor: str, assigned: int) -> Load:
        capacity, basis, busy = self.slots(mentor)
        overload = max(0, busy + assigned - capacity)
        advises = self.facts.advising(mentor)
        return Load(
            mentor,
            shown(self.snapshot, mentor),
            capacity,
            basis,
            busy,
            advises.unknown_end,
            advises.words,
            assigned,
            overload,
        )

    def unmatched(self, mentee: str) -> Unmatched:
        """Why the plan has no mentor for ``mentee``."""
        reason = self._ruled_out(mentee)
        if any(self.allowed(mentee, mentor) for mentor in self.mentors):
            reason = Text(
                "Подходящите ментори нямат повече капацитет.",
                "The suitable mentors have no capacity left.",
            )
        return Unmatched(mentee, shown(self.snapshot, mentee), reason)

    def _ruled_out(self, mentee: str) -> Text:
        """Which condition rules out each mentor that could serve a need, by name."""
        able = [one for one in self.mentors if one != mentee and self.match(mentee, one).supported]
        if not able:
            return Text(
                "За никого не е записано, че предлага нещо от търсеното.",
                "Nobody is recorded to offer anything that it needs.",
            )
        declined = [one for one in able if (mentee, one) in self.exclusions]
        left = [one for one in able if one not in declined]
        near = [one for one in left if self._too_near(mentee, one)]
        low = [one for one in left if one not in near]
        least = decimal(self.limits.minimum)
        parts = [
            (declined, Text("отхвърлени", "declined")),
            (near, Text("от същата държава", "of the same country")),
            (low, Text(f"с оценка под {least.bg}", f"with a score below {least.en}")),
        ]
        said = [(listed(self.snapshot, ones), why) for ones, why in parts if ones]
        return Text(
            "Онези, които биха могли да помогнат, отпадат: "
            + "; ".join(f"{why.bg} – {names.bg}" for names, why in said)
            + ".",
            "Those who could help are ruled out: "
            + "; ".join(f"{why.en} – {names.en}" for names, why in said)
            + ".",
        )

    def _too_near(self, mentee: str, mentor: str) -> bool:
        return self.limits.other_country and bool(self.match(mentee, mentor).same_country)

    def assumptions(self) -> tuple[Text, ...]:
        """The rules that held, to be printed with the plan."""
        bases = Counter(self.slots(mentor)[1] for mentor in self.mentors)
        tried, decided, unstated = bases["tried"], bases["decided"], bases["assumed"]
        least = decimal(self.limits.minimum)
        trial = Text(
            f"Капацитетът на {tried} от менторите е само за тази проба и не се запазва.",
            f"The capacity of {tried} of the mentors is for this trial only and is not kept.",
        )
        kept = Text(
            f"Капацитетът на {decided} от менторите е решен и записан.",
            f"The capacity of {decided} of the mentors was decided and is kept.",
        )
        return (
            *assumptions(self.snapshot, self.limits.other_country, organisations=False),
            *((trial,) if tried else ()),
            *((kept,) if decided else ()),
            Text(
                f"Капацитетът на {unstated} от {len(self.mentors)} ментори не е записан: приема се "
                f"най-много {self.limits.capacity} едновременно за всеки.",
                f"The capacity of {unstated} of {len(self.mentors)} mentors is not recorded: at "
                f"most {self.limits.capacity} at once is assumed for each.",
            ),
            Text(
                "Менторство с неизвестен край не заема капацитет.",
                "Mentoring of unknown end takes up no capacity.",
            ),
            Text(f"Най-ниска допустима оценка: {least.bg}.", f"Lowest score admitted: {least.en}."),
            Text(
                "За сравнение: разпределение по реда на идентификаторите, всеки взема най-добрия "
                "свободен ментор.",
                "For comparison: first come, first served in the order of ids, each taking the "
                "best mentor still free.",
            ),
        )

    def refuse_contradictions(self) -> None:
        """Return where the numbers and locks can hold together.

        Raises
        ------
        NotFoundError, ParameterError
        """
        limits = self.limits
        least = min((limits.capacity, *limits.capacities.values(), *limits.decided.values()))
        for name, number in (("capacity", least), ("minimum", limits.minimum)):
            if not number >= 0:
                raise ParameterError(f"{name}: {number} is not 0 or above.", "Give 0 or more.")
        cities = [node.id for node in self.snapshot.nodes.values() if node.kind == "City"]
        named = {identity for pair in (*self.locks, *self.exclusions) for identity in pair}
        for one in {*named, *limits.capacities}:
            if one not in self.snapshot.nodes:
                raise NotFoundError("city", one, cities)
        mentees = [mentee for mentee, _ in self.locks]
        for mentee, mentor in self.locks:
            if mentee == mentor or (mentee, mentor) in self.exclusions:
                raise ParameterError(
                    f"locks: {mentee} with {mentor} is excluded.", "Remove one of the two."
                )
            if mentees.count(mentee) > 1:
                raise ParameterError(f"locks: {mentee} is locked twice.", "Keep one of them.")


def _left_out(facts: Facts) -> Iterable[Unmatched]:
    """Cities whose needs are recorded, but not counted in the view."""
    snapshot = facts.snapshot
    for node in snapshot.nodes.values():
        if node.kind == "City" and not facts.wishes(node.id):
            out = facts.left_out(node.id, "NEEDS")
            if out:
                why = snapshot.left_out.none_of(out, Text("", ""))
                yield Unmatched(node.id, shown(snapshot, node.id), why)


def _unmatchable(facts: Facts, mentors: Sequence[str]) -> tuple[str, ...]:
    """Cities without recorded needs that could only be mentees or seek a mentor."""
    found = []
    for node in facts.snapshot.nodes.values():
        recorded = facts.wishes(node.id) or facts.left_out(node.id, "NEEDS")
        if node.kind == "City" and not recorded:
            seeks = bool(facts.roles(node.id, "challenge", "fellow"))
            if seeks or node.id not in mentors:
                found.append((not seeks, node.id))
    return tuple(identity for _, identity in sorted(found))
