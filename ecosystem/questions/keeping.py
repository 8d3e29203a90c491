"""What was changed: the entries of the log and the decisions, in one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.questions import fields
from ecosystem.questions.question import Ground, Question
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.desk import Desk
    from ecosystem.model import Change, Decision
    from ecosystem.undoing import Standing

OVERTAKEN = Text("по-късно е решено друго", "something else was decided later")
ALREADY = Text("вече е оттеглено", "it is withdrawn already")


@dataclass(frozen=True)
class Done:
    """One thing that was done, whether it can be taken back, and why not.

    Attributes
    ----------
    what
        ``load``, ``undo``, ``restore``, ``forget`` or ``decide``.
    kinds
        How many records of each kind were added, changed and removed.
    undone_by
        The change that took it back; empty where it stands.
    resting
        Later changes that rest on it.
    decisions
        Decisions about what would go with it; they stay.
    decision
        What was decided; None for a change of facts.
    """

    id: str
    what: str
    at: str
    by: str = ""
    why: str = ""
    packs: tuple[str, ...] = ()
    added: int = 0
    changed: int = 0
    removed: int = 0
    kinds: Mapping[str, Mapping[str, int]] | None = None
    before: int | None = None
    after: int | None = None
    undoes: str = ""
    undone_by: str = ""
    can_undo: bool = True
    why_not: Text | None = None
    resting: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    decision: Decision | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values; a decision without what the entry says already."""
        said = {name: value for name, value in vars(self).items() if name != "decision"}
        said["kinds"] = {kind: dict(numbers) for kind, numbers in (self.kinds or {}).items()}
        for name in ("packs", "resting", "decisions"):
            said[name] = list(said[name])
        said["why_not"] = self.why_not._asdict() if self.why_not else None
        one = self.decision
        told = ("matter", "subject", "state", "value")
        said["decided"] = {name: getattr(one, name) for name in told} if one else None
        return said


class Changes(Question[tuple[Done, ...]]):
    """What was changed, by whom, when and why, and whether it can be taken back."""

    name = "changes"
    title = Text("Какво се промени и може ли да се върне?", "What changed, can it be taken back?")
    path = "changes"
    command = "changes"
    rests = ("revision",)
    paged = True
    keys = ("id", "what", "at", "by", "why", "added", "changed", "removed", "can_undo", "why_not")

    decisions: bool = fields.switch(
        Text("И решенията", "Decisions too"),
        help=Text("Без решенията.", "Leave decisions out."),
        option="--no-decisions",
        default=True,
    )

    def answer(self, ground: Ground) -> tuple[Done, ...]:
        from ecosystem.undoing import standings

        made = list(_decided(ground.desk)) if self.decisions else []
        found: list[Done] = []
        # The last change comes first; before it the decisions that were made after it.
        for standing in standings(ground.present, ground.store):
            while made and _number(made[-1]) > (standing.change.decided or 0):
                found.append(made.pop())
            found.append(_changed(standing))
        return (*found, *reversed(made))

    def tables(self, found: tuple[Done, ...], ground: Ground) -> Answer:
        from ecosystem.questions.tables.keeping import changes

        return changes(found, self.values(found))


@dataclass(frozen=True)
class Brought:
    """What one change brought: the ids of what it added and changed and that is there."""

    change: Done
    added: tuple[str, ...]
    changed: tuple[str, ...]


class CameIn(Question["Brought | None"]):
    """What came in with a change; None where there is no such change."""

    name = "came in"
    rests = ("revision",)

    change: str = fields.line(Text("Промяна", "Change"))

    def answer(self, ground: Ground) -> Brought | None:
        from ecosystem import changelog

        done = next((one for one in ground.ask(Changes()) if one.id == self.change), None)
        entry = next((one for one in ground.present.changes if one.id == self.change), None)
        if done is None or entry is None:
            return None
        its = changelog.touched(ground.store, [entry]).get(entry.id, changelog.Touched())
        there = ground.facts.records
        added, changed = (
            tuple(sorted(one for one in part if one in there)) for part in (its.added, its.changed)
        )
        return Brought(done, added, changed)


def last_done(ground: Ground) -> Change | Decision | None:
    """The last change of facts, or the decision that was made after it; None before either."""
    change = next(reversed(ground.present.changes), None)
    decision = next(reversed(ground.desk.decisions), None)
    if decision and (change is None or _number(decision) > (change.decided or 0)):
        return decision
    return change


def _number(done: Done | Decision) -> int:
    return int(done.id.rpartition("-")[2])


def _changed(standing: Standing) -> Done:
    from ecosystem.changelog import by_kind

    one = standing.change
    return Done(
        id=one.id,
        what=one.what,
        at=one.at,
        by=one.by,
        why=one.why,
        packs=one.packs,
        added=one.added or 0,
        changed=one.changed or 0,
        removed=one.removed or 0,
        kinds=by_kind(one),
        before=one.before,
        after=one.after,
        undoes=one.undoes,
        undone_by=standing.undone_by,
        can_undo=standing.why_not is None,
        why_not=standing.why_not,
        resting=standing.resting,
        decisions=standing.decisions,
    )


def _decided(desk: Desk) -> Iterator[Done]:
    """Every decision in its order; the last one about a subject can be taken back."""
    for one in desk.decisions:
        last = desk.last(one.matter, one.subject)
        why_not = None
        if last is not one:
            why_not = OVERTAKEN
        elif not one.state and len(desk.history(one.matter, one.subject)) == 1:
            why_not = ALREADY
        yield Done(
            id=one.id,
            what="decide",
            at=one.at,
            by=one.by,
            why=one.note,
            added=1,
            can_undo=why_not is None,
            why_not=why_not,
            resting=(last.id,) if last is not None and last is not one else (),
            decision=one,
        )
