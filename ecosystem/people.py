"""A store as it is seen without persons."""

from __future__ import annotations

from ecosystem.contents import Contents, Present
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.io.people import without_people
from ecosystem.store.graph_store import GraphStore


class WithoutPeople(Contents):
    """The contents of a store without persons and without anything that names one.

    Whatever is asked of them cannot name anybody: no answer, no source, no nearest name. They
    follow the ``whole`` contents, so that the store is read once.
    """

    def __init__(self, store: GraphStore, whole: Contents) -> None:
        super().__init__(store)
        self._whole = whole

    def _stored(self) -> Dataset:
        whole = self._whole.present()
        log = ChangeSet(added=tuple(whole.log.records.values()))
        return without_people(whole.everything.changed(log))

    def _followed(self, _changes: ChangeSet, revision: int) -> Present:
        # What a change does to records that name persons is seen in all of them alone.
        return self._read(revision)

    def _offer(self, facts: Dataset, revision: int, changed: bool) -> None:
        """Nothing: what a shell offers follows the whole contents."""
