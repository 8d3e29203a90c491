"""A digest of what was stored, by which a change behind the mapper's back is noticed.

It has a number for each kind: the sum, modulo 2**256, of the BLAKE2b of each record. A sum knows no
order, and a change costs what it touches: the record of before is taken off, the new one put on
(Bellare and Micciancio 1997). It is a guard against damage and hands that meant well, not against
somebody who works out a forgery: whoever can write the records can write the digest too.

What counts is what the mapper reads of a record. Properties that others add for themselves, and
those that are derived (``valid_from``, ``same_as``), are no part of it. Neither are the pieces by
which a change is taken back: they are read for that alone, and carry a sum of their own.

The entries of the log have a number even where there are none, for digests of before had none of
them: what those say nothing about is not compared, and counted with the next change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from hashlib import blake2b
from itertools import compress
from operator import attrgetter
from typing import Any

from ecosystem.dataset import ChangeSet
from ecosystem.model import ENTRY_KINDS, KINDS, LOG_KINDS, Kind, Record, columns

Digest = Mapping[str, int]
"""By kind the sum of the hashes of its records; a kind of facts without records is not there."""

UNCOUNTED = tuple(kind for kind in LOG_KINDS if kind not in ENTRY_KINDS)
"""The kinds that are no part of it."""

NUMBERS = ("whole number", "number", "yes or no")
_MODULUS = 2**256


def of(records: Iterable[Record]) -> Digest:
    """The digest of ``records``."""
    sums: defaultdict[str, int] = defaultdict(int, dict.fromkeys(ENTRY_KINDS, 0))
    for record in records:
        sums[record.kind] += _hash(record)
    return _settled(sums)


def followed(digest: Digest, changes: ChangeSet) -> Digest | None:
    """The digest after ``changes``; None where it cannot follow.

    That is where they don't say what they replace, or it is one of before the log was counted.
    """
    _, counted = changes.parted(UNCOUNTED)
    if len(counted.former) != len(counted.changed) or not digest.keys() >= {*ENTRY_KINDS}:
        return None
    sums = defaultdict(int, digest)
    for record in (*counted.added, *counted.changed):
        sums[record.kind] += _hash(record)
    for record in (*counted.removed, *counted.former):
        sums[record.kind] -= _hash(record)
    return _settled(sums)


def differing(one: Digest, other: Digest) -> tuple[str, ...]:
    """The kinds in which two digests differ, in the order of the model."""
    unknown = {kind for kind in ENTRY_KINDS if kind not in one or kind not in other}
    return tuple(
        kind for kind in KINDS if kind not in unknown and one.get(kind, 0) != other.get(kind, 0)
    )


def dumped(digest: Digest) -> str:
    """The text as which a digest is stored."""
    return json.dumps({kind: f"{digest[kind]:064x}" for kind in sorted(digest)})


def parsed(text: str) -> Digest:
    """The digest of a stored text; one that cannot be read is that of nothing."""
    try:
        return {kind: int(said, 16) for kind, said in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _settled(sums: Mapping[str, int]) -> Digest:
    reduced = {kind: value % _MODULUS for kind, value in sums.items() if kind not in UNCOUNTED}
    return {kind: value for kind, value in reduced.items() if value or kind in ENTRY_KINDS}


def _hash(record: Record) -> int:
    """The hash of what a record says; fields that say nothing have no part in it.

    So a field that the model gets later changes no digest. ``ascii`` writes the same on every
    version of Python and of Unicode.
    """
    names, values_of, numbers = _FIELDS[record.kind]
    values = values_of(record)
    said = (*compress(names, values), *filter(None, values))
    for name in numbers:
        if (value := getattr(record, name)) not in (None, ()):
            said = (*said, name, _plain(value))
    text = ascii(said).encode("ascii")
    return int.from_bytes(blake2b(text, digest_size=32).digest(), "big")


def _plain(value: object) -> object:
    """The value, where a whole number is written as one whatever its type."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _fields(cls: Kind) -> tuple[tuple[str, ...], Callable[[Record], Any], tuple[str, ...]]:
    """Fields of texts in the order of their names, what gets them, and all other fields."""
    numbers = [name for name, column in columns(cls).items() if column.what in NUMBERS]
    others = tuple(sorted({*numbers, *({"own"} & {one.name for one in fields(cls)})}))
    texts = tuple(sorted({one.name for one in fields(cls)} - {*others}))
    return texts, attrgetter(*texts), others


# Worked out once: every record of a large store is asked for them.
_FIELDS = {kind: _fields(cls) for kind, cls in KINDS.items()}

NOTHING = dumped(of(()))
"""The text of the digest of an empty store."""
