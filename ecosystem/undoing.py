"""Taking changes back: which can be, what rests on each, and what has to be done for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecosystem import changelog
from ecosystem.changelog import Said, Touched, derived
from ecosystem.contents import Present
from ecosystem.dataset import ChangeSet, references
from ecosystem.errors import NotFoundError, StoreChangedError, UndoRefusedError
from ecosystem.io.people import named_ids
from ecosystem.model import LOG_KINDS, Change, Decision, Mentors, Record
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.store.graph_store import GraphStore

NOT_KEPT = Text(
    "това, което е нужно за връщането ѝ, вече не се пази",
    "what it takes to take it back is no longer kept",
)
NEVER_KEPT: Mapping[str, Text] = {
    "restore": Text(
        "възстановяване се връща от копието, направено преди него (папка saved)",
        "a restore is taken back by the backup made before it (folder saved)",
    ),
    "forget": Text(
        "човекът е забравен и нищо за него не се пази",
        "the person is forgotten, and nothing about them is kept",
    ),
}
OUTSIDE = Text(
    "на добавеното се опират записи, за които дневникът не знае",
    "records that the log does not know of rest on what it added",
)


@dataclass(frozen=True)
class Standing:
    """A change, and whether it can be taken back.

    Attributes
    ----------
    undone_by
        The change that took it back; empty where it stands.
    why_not
        Why it cannot be taken back; None where it can.
    resting
        The later changes that rest on it, the last one first.
    decisions
        The decisions about what would go with it. They stay, and are about nothing then.
    """

    change: Change
    undone_by: str = ""
    why_not: Text | None = None
    resting: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TakenBack:
    """What takes a change back: the changes with their entry, and how the change stood before."""

    changes: ChangeSet
    entry: str
    standing: Standing

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many records are added, changed and removed, without those of the log."""
        _, stated = self.changes.parted(LOG_KINDS)
        return len(stated.added), len(stated.changed), len(stated.removed)


def undone(changes: Sequence[Change]) -> dict[str, str]:
    """For each change that does not stand, the one that took it back, which stands itself."""
    found: dict[str, str] = {}
    for change in reversed(changes):
        if change.undoes and change.id not in found:
            found[change.undoes] = change.id
    return found


def standings(present: Present, store: GraphStore) -> tuple[Standing, ...]:
    """Every change with whether it can be taken back, the last change first."""
    changes = present.changes
    log = _Log(present, changes, changelog.touched(store, changes), undone(changes))
    return tuple(log.standing(change) for change in reversed(changes))


class _Log:
    """The changes, what each touched, and what refers to what they added."""

    def __init__(
        self,
        present: Present,
        changes: Sequence[Change],
        touched: Mapping[str, Touched],
        gone: Mapping[str, str],
    ) -> None:
        self.changes, self.touched, self.gone = changes, touched, gone
        self.referring = _referring(present, touched)
        self.about: dict[str, set[str]] = {}
        for decision in _last(present):
            for identity in named_ids(decision) if decision.state else ():
                self.about.setdefault(identity, set()).add(decision.id)

    def standing(self, change: Change) -> Standing:
        """Whether ``change`` can be taken back."""
        if by := self.gone.get(change.id):
            why = Text(f"върната е с {by}", f"{by} took it back")
            return Standing(change, by, why)
        its = self.touched.get(change.id)
        if its is None:
            return Standing(change, why_not=NEVER_KEPT.get(change.what, NOT_KEPT))
        resting, strange = self._resting(change, its)
        about = self.about.keys() & its.added
        decisions = tuple(sorted({one for identity in about for one in self.about[identity]}))
        why_not: Text | None = None
        if resting:
            listed = ", ".join(resting)
            why_not = Text(f"на нея се опират: {listed}", f"later ones rest on it: {listed}")
        elif strange:
            why_not = OUTSIDE
        return Standing(change, "", why_not, resting, decisions)

    def _resting(self, change: Change, its: Touched) -> tuple[tuple[str, ...], bool]:
        """The later changes that rest on one, and whether anything else does."""
        referring, found = self.referring.get(change.id, set()), list[str]()
        for later in self._later(change):
            other = self.touched.get(later.id)
            if other is None:
                continue
            refers = referring & (other.added | other.changed)
            referring = referring - refers
            if refers or its.all & other.all or its.needs & other.removed:
                found.append(later.id)
        return tuple(reversed(found)), bool(referring)

    def _later(self, change: Change) -> Iterator[Change]:
        """The changes after one, without those that cancel each other out."""
        after = {one.id for one in self.changes if one.number > change.number}
        for one in self.changes:
            cancelled = one.id in self.gone or one.undoes in after
            if one.id in after and not cancelled:
                yield one


def _referring(present: Present, touched: Mapping[str, Touched]) -> dict[str, set[str]]:
    """For each change the records that refer to what it added, and that it did not add itself."""
    adders: dict[str, list[str]] = {}
    for change, its in touched.items():
        for identity in its.added:
            adders.setdefault(identity, []).append(change)
    found: dict[str, set[str]] = {}
    for record in present.stated.records.values():
        own = adders.get(record.id, ())
        for _, identity in () if derived(record) else references(record):
            for change in adders.get(identity, ()):
                if change not in own:
                    found.setdefault(change, set()).add(record.id)
    return found


def found(present: Present, identity: str) -> Change:
    """The change that ``identity`` names; the last one for an empty word.

    Raises
    ------
    NotFoundError
        Where there is none.
    """
    for change in reversed(present.changes):
        if identity in ("", change.id):
            return change
    raise NotFoundError("change", identity, [one.id for one in present.changes])


def taken_back(present: Present, store: GraphStore, change: Change, said: Said) -> TakenBack:
    """What takes a change back.

    Raises
    ------
    UndoRefusedError
        Where it cannot be taken back, with the reason.
    StoreChangedError
        Where the store holds something else than the log tells.
    """
    standing = next(one for one in standings(present, store) if one.change.id == change.id)
    if standing.why_not is not None:
        raise UndoRefusedError(change.id, standing.why_not, standing.resting, standing.undone_by)
    its = changelog.touched(store, [change]).get(change.id, Touched())
    before = changelog.former(store, change)
    changes = _reversed(present, its, before)
    told = replace(said, what="undo", undoes=change.id, packs=change.packs)
    return TakenBack(*changelog.logged(present, changes, told), standing)


def _reversed(present: Present, its: Touched, before: Mapping[str, Record]) -> ChangeSet:
    there = present.stated.records
    removed = [there[one] for one in sorted(its.added) if one in there]
    gone = {record.id for record in removed}
    removed += (
        edge
        for edge in present.stated.of_kind("MENTORS")
        if isinstance(edge, Mentors)
        and derived(edge)
        and edge.id not in gone
        and {edge.source, edge.target} & gone
    )
    added = tuple(_put_back(present, (before[one] for one in sorted(its.removed))))
    whole = (
        all(derived(before[one]) for one in its.removed if one in there)
        and its.changed <= there.keys()
        and its.changed <= before.keys()
    )
    if not whole:
        raise StoreChangedError(f"database: {changelog.GONE}", "Look at the changes again.")
    changed = tuple(before[one] for one in sorted(its.changed))
    former = tuple(there[one] for one in sorted(its.changed))
    return ChangeSet(added, changed, tuple(removed), former)


def _last(present: Present) -> Iterable[Decision]:
    """The last decision about each subject."""
    last: dict[tuple[str, str], Decision] = {}
    for record in present.decisions.of_kind("Decision"):
        if isinstance(record, Decision):
            last[record.matter, record.subject] = record
    return last.values()


def _put_back(present: Present, records: Iterable[Record]) -> Iterator[Record]:
    """The records that come back: of those that follow from decisions, what still follows."""
    standing = {one.id for one in _last(present) if one.state == "accepted"}
    for record in records:
        follows = record.rule in standing and record.id not in present.stated.records
        if follows or not derived(record):
            yield record
