"""The contents of the store at hand: facts and decisions apart, with a version of each."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ecosystem import garbage, names, same, turns
from ecosystem.dataset import EMPTY, ChangeSet, Dataset, Tell, unheard
from ecosystem.model import ENTRY_KINDS, LOCAL_KINDS, LOG_KINDS, Change, Decision, Forgotten

if TYPE_CHECKING:
    from ecosystem.store.graph_store import GraphStore

FACTS = "facts"
STATED = "stated"
REVISION = "revision"

Stamp = tuple[tuple[str, int], ...]
"""What an answer rests on: parts of the contents, each with its version."""


@dataclass(frozen=True)
class Present:
    """What the store holds at one revision.

    Attributes
    ----------
    stated
        Everything but what users decided and noted, as it is stored.
    facts
        The same as it is read: records that were decided to be one are one. The same object
        until a fact changes.
    decisions
        What users decided and noted.
    log
        What became of the store, in short: part of no answer but those about changes.
    versions
        A number by part (``facts``, ``stated``, each matter of decision, ``revision``) that is
        another one whenever the part is.
    """

    revision: int = -1
    stated: Dataset = field(default=EMPTY, repr=False)
    facts: Dataset = field(default=EMPTY, repr=False)
    decisions: Dataset = field(default=EMPTY, repr=False)
    log: Dataset = field(default=EMPTY, repr=False)
    versions: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def same(self) -> Mapping[str, str]:
        """For each id that was decided to be another record's, that record's."""
        return _kept_ids(self.decisions)

    @cached_property
    def everything(self) -> Dataset:
        """What is stored: statements and decisions in one."""
        return self.stated.changed(ChangeSet(added=tuple(self.decisions.records.values())))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What was changed, the first change first."""
        found = (one for one in self.log.of_kind("Change") if isinstance(one, Change))
        return tuple(sorted(found, key=lambda change: change.number))

    @cached_property
    def forgotten(self) -> tuple[Forgotten, ...]:
        """Who was forgotten, known to those alone who know the id."""
        return tuple(one for one in self.log.of_kind("Forgotten") if isinstance(one, Forgotten))

    def stamp(self, *parts: str) -> Stamp:
        """The stamp of what follows from ``parts`` alone; 0 where nobody decided anything."""
        return tuple((part, self.versions.get(part, 0)) for part in parts)


class Contents:
    """The contents of a store, read once and followed; safe to share between threads.

    What this process writes through ``apply`` is carried out here as well. What another one
    writes is noticed at the next look, and everything is read again.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._present = Present()

    def present(self, *, waits: bool = True) -> Present:
        """The contents at the present revision of the store.

        Who only looks need not wait while another thread reads what another process wrote, and
        sees the contents as they were before that.
        """
        present = self._present
        if self._store.revision() == present.revision:
            return present
        # Whoever writes holds the lock until the change is carried out here too.
        with turns.away():
            if not self._lock.acquire(blocking=waits or present.revision < 0):
                return present
            try:
                revision = self._store.revision()
                if revision != self._present.revision:
                    self._present = self._read(revision)
                return self._present
            finally:
                self._lock.release()

    def current(self, stamp: Hashable) -> bool:
        """Whether a stamp holds by what was last seen; asks no store."""
        versions = self._present.versions
        return isinstance(stamp, tuple) and all(
            versions.get(part, 0) == number for part, number in stamp
        )

    def holds(self, thing: object) -> bool:
        """Whether something is the facts or the decisions that were last seen."""
        return thing is self._present.facts or thing is self._present.decisions

    def apply(
        self,
        changes: ChangeSet,
        *,
        expected: int | None = None,
        whole: Dataset | None = None,
        tell: Tell = unheard,
    ) -> int:
        """As ``GraphStore.apply``; the contents follow without being read again."""
        with turns.away(), self._lock:
            decided, _ = changes.parted(LOCAL_KINDS)
            kept = _kept_ids(self._present.decisions.changed(decided))
            # To write it costs a look at every node: only where something is, or was, the same.
            told = kept if kept or self._present.same else None
            revision = self._store.apply(
                changes, expected=expected, same=told, whole=whole, tell=tell
            )
            if changes and revision == self._present.revision + 1:
                self._present = self._followed(changes, revision)
            return revision

    def _followed(self, changes: ChangeSet, revision: int) -> Present:
        logged, rest = changes.parted(LOG_KINDS)
        decided, stated = rest.parted(LOCAL_KINDS)
        entries, _ = logged.parted(ENTRY_KINDS)
        old = self._present
        known = old.stated.changed(stated) if stated else old.stated
        decisions = old.decisions.changed(decided) if decided else old.decisions
        return self._after(known, decisions, old.log.changed(entries), revision)

    def _stored(self) -> Dataset:
        """Everything that is read of the store."""
        with garbage.no_search():
            return self._store.contents(entries=True)

    def _read(self, revision: int) -> Present:
        found, old = self._stored(), self._present
        known = found.without(*LOCAL_KINDS, *LOG_KINDS)
        if known == old.stated:
            known = old.stated
        decisions, log = (Dataset.of(found.of_kinds(kinds)) for kinds in (LOCAL_KINDS, ENTRY_KINDS))
        return self._after(known, decisions, log, revision)

    def _after(self, stated: Dataset, decisions: Dataset, log: Dataset, revision: int) -> Present:
        old = self._present
        kept = _kept_ids(decisions)
        facts = old.facts
        if stated is not old.stated or kept != old.same:
            facts = same.merged(stated, kept)
        self._offer(facts, revision, facts is not old.facts)
        versions = {**old.versions, REVISION: revision}
        if stated is not old.stated:
            versions[STATED] = versions.get(STATED, 0) + 1
        if facts is not old.facts:
            versions[FACTS] = versions.get(FACTS, 0) + 1
        before, after = _by_matter(old.decisions), _by_matter(decisions)
        for matter in before.keys() | after.keys():
            if before.get(matter) != after.get(matter):
                versions[matter] = versions.get(matter, 0) + 1
        return Present(revision, stated, facts, decisions, log, versions)

    def _offer(self, facts: Dataset, revision: int, changed: bool) -> None:
        """Let a shell know the names, where the store has a folder."""
        if folder := self._store.folder:
            if changed:
                names.note(folder, facts)
            names.reach(folder, revision)


def _kept_ids(decisions: Dataset) -> dict[str, str]:
    """For each id that was decided to be another record's, that record's."""
    last: dict[str, Decision] = {}
    for record in decisions.nodes.values():
        if isinstance(record, Decision) and record.matter == same.MATTER:
            last[record.subject] = record
    return same.kept_ids(last.values())


def _by_matter(decisions: Dataset) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for record in decisions.nodes.values():
        if isinstance(record, Decision):
            found.setdefault(record.matter, []).append(record)
    return found
