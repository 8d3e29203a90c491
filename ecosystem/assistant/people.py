"""A store as it is seen without persons."""

from __future__ import annotations

from dataclasses import replace

from ecosystem.contents import Contents, Present
from ecosystem.dataset import ChangeSet, Dataset
from ecosystem.io.exports import without_people
from ecosystem.model import Decision, Record


class WithoutPeople(Contents):
    """The contents of a store without persons and without any record that names one.

    Whatever is asked of them cannot name anybody: no answer, no source, no nearest name. Who
    decided or looks after something is a person too, and a note may name one.
    """

    def _stored(self) -> Dataset:
        return Dataset.of(map(_nameless, without_people(super()._stored()).records.values()))

    def _followed(self, _changes: ChangeSet, revision: int) -> Present:
        # What a change does to records that name persons is seen in all of them alone.
        return self._read(revision)


def _nameless(record: Record) -> Record:
    return replace(record, owner="", note="") if isinstance(record, Decision) else record
