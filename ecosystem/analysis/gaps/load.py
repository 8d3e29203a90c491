"""How mentees spread over mentors, and what of their capacity is left."""

from __future__ import annotations

from dataclasses import dataclass

from ecosystem.model import Mentors, ParticipatesIn
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text


@dataclass(frozen=True, kw_only=True)
class MentorLoad:
    """How many a mentor advises, of these now, its recorded capacity, and what of it is unused."""

    mentor: str
    mentees: int
    in_force: int
    capacity: int | None
    unused: int | None


@dataclass(frozen=True, kw_only=True)
class LoadOfMentors:
    """The load of all mentors: how many are idle, and its Gini or why there is none."""

    mentors: tuple[MentorLoad, ...]
    idle: int
    gini: float | None
    reason: Text | None


def mentor_load(snapshot: Snapshot) -> LoadOfMentors:
    """How mentees spread over mentors: Gini from 0 (evenly) to 1 - 1/m, or why there is none.

    Mentors are those who mentor someone, or take part as a mentor, in the view; their mentees
    count wherever they are, by the date. ``unused`` is capacity less the mentees of ties known to
    be in force, and None where no capacity is recorded.
    """
    capacity = _capacities(snapshot)
    mentors = {tie.source for tie in snapshot.edges_of_kind("MENTORS")} | capacity.keys()
    mentees: dict[str, set[str]] = {mentor: set() for mentor in sorted(mentors)}
    current: dict[str, set[str]] = {mentor: set() for mentor in mentees}
    for record in snapshot.dataset.of_kind("MENTORS"):
        if (
            isinstance(record, Mentors)
            and record.source in mentees
            and record.period.started_by(snapshot.as_of)
        ):
            mentees[record.source].add(record.target)
            if not record.period.end_unknown and not record.period.ended_by(snapshot.as_of):
                current[record.source].add(record.target)
    gini = _gini([len(advised) for advised in mentees.values()])
    too_few = Text(
        "Нужни са поне двама ментори и поне един подопечен.",
        "At least two mentors and one mentee are needed.",
    )
    return LoadOfMentors(
        mentors=tuple(
            _load(mentor, len(advised), len(current[mentor]), capacity.get(mentor))
            for mentor, advised in mentees.items()
        ),
        idle=sum(1 for advised in mentees.values() if not advised),
        gini=gini,
        reason=too_few if gini is None else None,
    )


def _capacities(snapshot: Snapshot) -> dict[str, int | None]:
    """Who takes part as a mentor, with the capacity recorded for what has not ended."""
    capacity: dict[str, int | None] = {}
    for tie in snapshot.edges_of_kind("PARTICIPATES_IN"):
        if isinstance(tie, ParticipatesIn) and tie.role == "mentor":
            before = capacity.setdefault(tie.source, None)
            if tie.capacity is not None and tie.id not in snapshot.ended:
                capacity[tie.source] = (before or 0) + tie.capacity
    return capacity


def _load(mentor: str, mentees: int, in_force: int, capacity: int | None) -> MentorLoad:
    return MentorLoad(
        mentor=mentor,
        mentees=mentees,
        in_force=in_force,
        capacity=capacity,
        unused=None if capacity is None else max(0, capacity - in_force),
    )


def _gini(values: list[int]) -> float | None:
    total, m = sum(values), len(values)
    if m < 2 or not total:
        return None
    weighted = sum(place * value for place, value in enumerate(sorted(values), start=1))
    return 2 * weighted / (m * total) - (m + 1) / m
