"""A digest of what was stored, by which a change behind the mapper's back is noticed.

It has a number for each kind: the sum, modulo 2**256, of the BLAKE2b of each record. A sum knows no
order, and a change costs what it touches: the record of before is taken off, the new one put on
(Bellare and Micciancio 1997). It is a guard against damage and hands that meant well, not against
somebody who works out a forgery: whoever can write the records can write the digest too.

What counts is what the mapper reads of a record. Properties that others add for themselves, and
those that are derived (``valid_from``, ``same_as``), are no part of it.
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
from ecosystem.model import KINDS, LOG_KINDS, Kind, Record, columns

Digest = Mapping[str, int]
"""By kind the sum of the hashes of its records; a kind without records is not there."""

NOTHING = "{}"
"""The text of the digest of an empty store."""

NUMBERS = ("whole number", "number", "yes or no")
_MODULUS = 2**256


def of(records: Iterable[Record]) -> Digest:
    """The digest of ``records``, without the log."""
    sums: defaultdict[str, int] = defaultdict(int)
    for record in records:
        sums[record.kind] += _hash(record)
    return _settled(sums)


def followed(digest: Digest, changes: ChangeSet) -> Digest | None:
    """The digest after ``changes``; None where they don't say what they replace."""
    _, counted = changes.parted(LOG_KINDS)
    if len(counted.former) != len(counted.changed):
        return None
    sums = defaultdict(int, digest)
    for record in (*counted.added, *counted.changed):
        sums[record.kind] += _hash(record)
    for record in (*counted.removed, *counted.former):
        sums[record.kind] -= _hash(record)
    return _settled(sums)


def differing(one: Digest, other: Digest) -> tuple[str, ...]:
    """The kinds in which two digests differ, in the order of the model."""
    return tuple(kind for kind in KINDS if one.get(kind, 0) != other.get(kind, 0))


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
    reduced = {kind: value % _MODULUS for kind, value in sums.items() if kind not in LOG_KINDS}
    return {kind: value for kind, value in reduced.items() if value}


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
