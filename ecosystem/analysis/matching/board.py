"""The plan as people review it: solved again around what they accepted, locked and declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ecosystem.analysis.gaps.laws import shown
from ecosystem.analysis.matching.allocation import CAPACITY, Allocation, Pair, allocate
from ecosystem.model import Decision
from ecosystem.snapshot import Snapshot
from ecosystem.values import Text

PAIR_SIGN = ">"


@dataclass(frozen=True)
class Reviewed:
    """A pair that somebody decided about, with the decision that stands."""

    mentee: str
    mentor: str
    mentee_name: Text
    mentor_name: Text
    decision: Decision

    def to_dict(self) -> dict[str, Any]:
        """The pair as plain values."""
        return {
            "mentee": self.mentee,
            "mentor": self.mentor,
            "state": self.decision.state,
            "note": self.decision.note,
            "decided_on": self.decision.decided_on,
            "decision": self.decision.id,
        }


@dataclass(frozen=True)
class Board:
    """The reviewed pairs and the best plan for everybody else.

    Attributes
    ----------
    accepted, locked, declined
        The pairs whose decision stands, in the order of mentees, then mentors. Only accepted
        ones are recorded as mentoring; they use their mentors' capacity and are not planned.
    superseded
        Locks that a later lock of the same mentee, or its accepted mentor, overrules.
    unknown
        Decisions about pairs of which the snapshot does not have both.
    plan
        Around those: locks hold, declined pairs stay apart.
    """

    accepted: tuple[Reviewed, ...]
    locked: tuple[Reviewed, ...]
    declined: tuple[Reviewed, ...]
    superseded: tuple[Reviewed, ...]
    unknown: tuple[Decision, ...]
    plan: Allocation

    def to_dict(self) -> dict[str, Any]:
        """The board as plain values."""
        return {
            "accepted": [one.to_dict() for one in self.accepted],
            "locked": [one.to_dict() for one in self.locked],
            "declined": [one.to_dict() for one in self.declined],
            "superseded": [one.to_dict() for one in self.superseded],
            "unknown": [one.id for one in self.unknown],
            "plan": self.plan.to_dict(),
        }


def subject(mentee: str, mentor: str) -> str:
    """What a decision about a pair is about."""
    return f"{mentee}{PAIR_SIGN}{mentor}"


def review(
    snapshot: Snapshot,
    decisions: Mapping[str, Decision],
    *,
    locks: Iterable[Pair] = (),
    exclusions: Iterable[Pair] = (),
    capacity: int = CAPACITY,
    capacities: Mapping[str, int] | None = None,
    decided: Mapping[str, int] | None = None,
    minimum: float = 0.0,
    other_country: bool = True,
) -> Board:
    """The board: ``decisions`` about pairs that stand, and the plan solved around them.

    Parameters
    ----------
    decisions
        By subject, as ``subject()`` writes it.
    locks, exclusions
        Further pairs to lock or to keep apart this time, which nobody decided.
    capacity, capacities, decided, minimum, other_country
        As for ``allocate``.

    Raises
    ------
    ParameterError, NotFoundError
        As ``allocate``.
    """
    found, unknown = _read(snapshot, decisions)
    by_state: dict[str, list[Reviewed]] = {"accepted": [], "locked": [], "declined": []}
    for one in found:
        by_state[one.decision.state].append(one)
    settled = {one.mentee for one in by_state["accepted"]}
    latest: dict[str, Reviewed] = {}
    for one in by_state["locked"]:
        now = latest.get(one.mentee)
        if one.mentee not in settled and (now is None or one.decision.id > now.decision.id):
            latest[one.mentee] = one
    locked = tuple(latest.values())
    declined = [(one.mentee, one.mentor) for one in by_state["declined"]]
    plan = allocate(
        snapshot,
        capacity=capacity,
        capacities=capacities,
        decided=decided,
        locks=[*((one.mentee, one.mentor) for one in locked), *locks],
        exclusions=[*declined, *exclusions],
        settled=settled,
        minimum=minimum,
        other_country=other_country,
    )
    return Board(
        accepted=tuple(by_state["accepted"]),
        locked=locked,
        declined=tuple(by_state["declined"]),
        superseded=tuple(one for one in by_state["locked"] if one not in locked),
        unknown=unknown,
        plan=plan,
    )


def _read(
    snapshot: Snapshot, decisions: Mapping[str, Decision]
) -> tuple[list[Reviewed], tuple[Decision, ...]]:
    found, unknown = [], []
    for about, decision in decisions.items():
        mentee, _, mentor = about.partition(PAIR_SIGN)
        if mentee in snapshot.nodes and mentor in snapshot.nodes:
            names = shown(snapshot, mentee), shown(snapshot, mentor)
            found.append(Reviewed(mentee, mentor, *names, decision))
        else:
            unknown.append(decision)
    found.sort(key=lambda one: (one.mentee, one.mentor))
    return found, tuple(sorted(unknown, key=lambda one: one.id))
