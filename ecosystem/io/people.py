"""A dataset without persons: without their records, and without their names in others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, unquote_plus

from ecosystem.dataset import Dataset, references
from ecosystem.model import Candidate, Change, Decision, Entity, Person, Record, columns
from ecosystem.model.attributes import OWN

_ID = re.compile(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SAYS_WHO = ("owner", "note", "by", "deprecated_by", "why")
"""Fields that say who did or decided something, or what somebody noted of it."""
_OWN_NAMES = ("name_bg", "name_en", "aliases")
LEFT_OUT = "…"
PERSON = f"{Person.prefix}:"


def without_people(dataset: Dataset) -> Dataset:
    """The dataset without persons, without any record that names one, and so on from those.

    Persons are known by their ids: where they belong to another pack, their ties go as well. So
    do sources that only they rest on. Who decided, looks after or noted something is left out;
    so are the full names of persons in texts about others, unless a thing is called so itself.
    """
    named = {record.id: set(named_ids(record)) for record in dataset.records.values()}
    everybody = {one for ids in named.values() for one in ids if one.startswith(PERSON)}
    gone = _closed(named, everybody)
    names = Names(dataset.records[one] for one in gone if one in dataset.records)
    gone |= _saying(dataset, names)
    gone |= orphans(dataset, gone)
    rest = (record for record in dataset.records.values() if record.id not in gone)
    return Dataset.of((_nameless(record, names, _SAYS_WHO) for record in rest), dataset.places)


def without(
    dataset: Dataset, ids: Collection[str], names: Names, needed: Collection[str] = ()
) -> Dataset:
    """The dataset without the persons of ``ids``, as it would be without all of them.

    ``names`` are theirs. Others stay, and who decided what. Of the sources that only they rest
    on, those that are ``needed`` elsewhere stay.
    """
    named = {record.id: set(named_ids(record)) for record in dataset.records.values()}
    gone = _closed(named, set(ids))
    gone |= _saying(dataset, names)
    gone |= orphans(dataset, gone) - {*needed}
    rest = (record for record in dataset.records.values() if record.id not in gone)
    return Dataset.of((_nameless(record, names, ()) for record in rest), dataset.places)


def _closed(named: Mapping[str, set[str]], gone: set[str]) -> set[str]:
    """The ids of ``gone``, of whatever names one of them, and so on."""
    gone = set(gone)
    while more := {identity for identity, ids in named.items() if ids & gone} - gone:
        gone |= more
    return gone


def _saying(dataset: Dataset, names: Names) -> set[str]:
    """The decisions whose subject is called by one of the names."""
    return {
        record.id
        for record in dataset.of_kind("Decision")
        if isinstance(record, Decision) and names.stand_in(unquote_plus(record.subject))
    }


def named_ids(record: Record) -> Iterator[str]:
    """Every id that the record holds, and the parts of those that are ids of ties."""
    said = [record.id, getattr(record, "subject", ""), *(one for _, one in references(record))]
    if isinstance(record, Decision):
        # Its subject may be a gap, a pair or an address that holds ids among other words.
        said += _ID.findall(unquote(record.subject))
    if isinstance(record, Candidate):
        said += _ID.findall(record.payload)
    for identity in said:
        yield identity
        yield from identity.split("|")


def texts_of(record: Record) -> Iterator[tuple[str, str, bool]]:
    """Each text of a record in which somebody may be named, with its column.

    Also whether the record is called so itself: from such names nothing is taken.
    """
    for name, column in columns(type(record)).items():
        if not column.choices:
            own = isinstance(record, Entity) and name in _OWN_NAMES
            yield from ((name, one, own) for one in _texts(getattr(record, name)))
    for name, value in getattr(record, "own", ()):
        yield from ((f"{OWN}{name}", one, False) for one in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str):
            yield one


def orphans(dataset: Dataset, gone: set[str]) -> set[str]:
    """The sources that only records which are gone refer to."""
    theirs: set[str] = set()
    others: set[str] = set()
    for record in dataset.records.values():
        into = theirs if record.id in gone else others
        into.update(identity for _, identity in references(record))
    return {one for one in theirs - others if one.startswith("source:")}


class Names:
    """The full names of persons, the family name last or first, found in one pass over a text.

    The id of a thing that is called after somebody is a key, which others refer to, and no text.
    """

    def __init__(self, people: Iterable[Record]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        self._alone: set[str] = set()
        for person in people:
            if isinstance(person, Person):
                for name in (*person.name, *person.aliases):
                    words = _WORD.findall(name.casefold())
                    # One word alone is the name of many things.
                    self._alone.update(words[-1:])
                    if len(words) > 1:
                        for order in (words, [words[-1], *words[:-1]]):
                            self._by_first.setdefault(order[0], []).append(order)
        for names in self._by_first.values():
            names.sort(key=len, reverse=True)

    def stand_in(self, text: str) -> bool:
        """Whether one of the names stands in a text."""
        return next(self._found(text), None) is not None

    def stands_alone_in(self, text: str) -> bool:
        """Whether a name of one word, or a family name without the others, stands in a text."""
        read = _ESCAPE.sub("   ", text)
        return any(
            match[0].casefold() in self._alone and not _in_a_key(text, match.start())
            for match in _WORD.finditer(read)
        )

    def taken_from(self, text: str) -> str:
        """The text with a sign in the place of each name."""
        left, end = [], 0
        for start, stop in self._found(text):
            left += [text[end:start], LEFT_OUT]
            end = stop
        return "".join((*left, text[end:])) if left else text

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        if not self._by_first:
            return
        read = _ESCAPE.sub("   ", text)
        words = [(match[0].casefold(), *match.span()) for match in _WORD.finditer(read)]
        place = 0
        while place < len(words):
            for name in self._by_first.get(words[place][0], ()):
                last = place + len(name)
                same = [word for word, _, _ in words[place:last]] == name
                if same and not _in_a_key(text, words[place][1]):
                    yield words[place][1], words[last - 1][2]
                    place = last - 1
                    break
            place += 1


def _in_a_key(text: str, place: int) -> bool:
    """Whether a place of a text is inside the id of something that is no person."""
    return any(
        one.start() <= place < one.end() and not one[0].startswith(PERSON)
        for one in _ID.finditer(text)
    )


def _nameless(record: Record, names: Names, says_who: Collection[str]) -> Record:
    changed: dict[str, Any] = {}
    for name, column in columns(type(record)).items():
        value = getattr(record, name)
        if name in says_who and value:
            changed[name] = ""
        elif not column.choices and not (isinstance(record, Entity) and name in _OWN_NAMES):
            clean = _clean(value, names)
            if clean != value:
                changed[name] = clean
    if isinstance(record, Change) and says_who:
        changed["kinds"] = tuple(one for one in record.kinds if not one.startswith(Person.kind))
    own = getattr(record, "own", ())
    clean = tuple((name, _clean(value, names)) for name, value in own)
    if clean != own:
        changed["own"] = clean
    return replace(record, **changed) if changed else record


def _clean(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return names.taken_from(value)
    if isinstance(value, tuple):
        return tuple(_clean(item, names) for item in value)
    return value
