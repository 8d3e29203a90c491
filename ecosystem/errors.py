"""Every error the mapper raises on purpose.

::

    EcosystemError
    ├── SettingsError
    ├── DataError                  carries every Problem of a load
    ├── NotFoundError              offers the nearest names
    │   ├── AmbiguousNameError     lists what bears the name
    │   └── OtherKindError         it is recorded, as another kind
    ├── ModelVersionError
    ├── ExportError
    ├── UndoRefusedError           says on what a change rests
    ├── StoreError
    │   ├── StoreUnavailableError
    │   ├── StoreLockedError
    │   └── StoreChangedError
    └── QueryError
        ├── ParameterError
        │   └── FieldsError        carries every WrongField of a question
        ├── WriteRefusedError
        ├── QueryTimeoutError
        └── QuerySyntaxError

Messages read *where: what is wrong*, hints say *what to do*. Anything else that escapes is a
bug and stays a traceback.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import Any

from ecosystem.values import Language, Text

# A guess compares with every word; where a whole pack or column is wrong, guessing is no help.
MOST_GUESSES = 20
MOST_SHOWN = 50
MOST_LINES = 12
MOST_KEPT = 10_000
MOST_NEAR = 3
NEAR, NEAR_WORD = 0.65, 0.5
"""The share of letters that near names have in common: as a whole, and in each word."""
_MORE_LINES = Text("и още {} реда", "and {} more lines")
_MORE_OF_IT = Text("и още {} от този вид.", "and {} more of this kind.")
_WORD = re.compile(r"[^\W_]+")
_KIND = re.compile(r"([A-Za-z]+):(?=\S)")
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9]+")


def _in_both(words: str | Text) -> Text:
    return Text("", words) if isinstance(words, str) else words


class EcosystemError(Exception):
    """An expected failure: what is wrong, and what to do about it.

    Both are in English, or in both languages where a person reads them on a page or a terminal.
    """

    def __init__(self, message: str | Text, hint: str | Text = "") -> None:
        self.both = _in_both(message), _in_both(hint)
        self.message, self.hint = (one.en for one in self.both)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def in_words(self, lang: Language) -> str:
        """What is wrong and what to do, in one line; in English where it is said in no other."""
        if lang == "en":
            return str(self)
        return " ".join(one.show(lang)[0] for one in self.both).strip()


class SettingsError(EcosystemError):
    """A setting has a value that cannot be used; the message names its origin."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the data, and where: file, line (from 1), column.

    ``said`` are message and hint in both languages, where there are such.
    """

    file: str
    line: int
    column: str
    message: str
    hint: str = ""
    said: tuple[Text, Text] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.message} {self.hint}".strip()


class UnknownWordError(ValueError):
    """A word that is not known; what may have been meant is looked for when it is told."""

    def __init__(self, short: str, meant: Callable[[], str]) -> None:
        super().__init__(short)
        self.short, self._meant = short, meant

    def __str__(self) -> str:
        return self.short + self._meant()


class DataError(EcosystemError):
    """The data cannot be loaded; ``problems`` holds every reason, ordered by place."""

    todo = Text(
        "Поправете редовете, посочени по-горе, и заредете отново.",
        "Mend the lines named above and load again.",
    )

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__(
            Text(
                f"{count} {'грешки' if count != 1 else 'грешка'} в данните; нищо не е променено.",
                f"{count} problem{'s' if count != 1 else ''} in the data; nothing was changed.",
            ),
            self.todo,
        )

    def to_dict(self) -> dict[str, Any]:
        """The problems as plain values, the first ten thousand of them."""
        shown = [asdict(problem) for problem in self.problems[:MOST_KEPT]]
        for one in shown:
            del one["said"]
        return {"problems": shown, "count": len(self.problems)}


class NotFoundError(EcosystemError):
    """An unknown id, lens, gap or query; ``nearest`` holds up to three known names."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        self.what, self.name = what, name
        self.nearest = nearest(name, known)
        hint = f"Did you mean {' or '.join(repr(n) for n in self.nearest)}?" if self.nearest else ""
        super().__init__(f"there is no {what} {name!r}.", hint)

    @property
    def told(self) -> Text:
        """What is wrong, beside the field that names it."""
        return Text(f"„{self.name}“ не е записано", f"“{self.name}” is not recorded")

    def in_words(self, lang: Language) -> str:
        """What is wrong and what may have been meant, in one line."""
        return str(self) if lang == "en" else self.line(lang)

    def line(self, lang: Language) -> str:
        """The same as a sentence of its own."""
        near = " / ".join(self.nearest)
        meant = Text(f" Имахте предвид {near}?", f" Did you mean {near}?") if near else Text("", "")
        return f"{self.told.show(lang)[0]}.{meant.show(lang)[0]}"


class OtherKindError(NotFoundError):
    """Something that is recorded, but is not of the kind that was asked for."""

    def __init__(self, name: str, wanted: Sequence[Text], found: Text) -> None:
        super().__init__(" or ".join(label.en.lower() for label in wanted), name)
        self.wanted, self.found = tuple(wanted), found
        self.hint = f"It is recorded as another kind: {found.en.lower()}."

    @property
    def told(self) -> Text:
        """What is wrong, beside the field that names it."""
        wanted = [" / ".join(texts).lower() for texts in zip(*self.wanted, strict=True)]
        return Text(
            f"„{self.name}“ е записано като {self.found.bg.lower()}, а тук се пита за {wanted[0]}",
            f"“{self.name}” is recorded as {self.found.en.lower()}; asked for is {wanted[1]}",
        )


class AmbiguousNameError(NotFoundError):
    """A name that several things bear; ``nearest`` holds their ids."""

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__("single thing", name)
        self.nearest = tuple(ids)
        self.message = f"{name!r} is the name of {len(self.nearest)} things."
        self.hint = f"Write the id of the one that is meant: {', '.join(self.nearest)}."

    @property
    def told(self) -> Text:
        """What is wrong, beside the field that names it."""
        number = len(self.nearest)
        return Text(
            f"„{self.name}“ е името на {number} неща; посочете едно от тях",
            f"“{self.name}” is the name of {number} things; name one of them",
        )


class ModelVersionError(EcosystemError):
    """The data was written for another version of the model: ``found``, where that is known."""

    def __init__(self, message: str, hint: str = "", found: str = "") -> None:
        super().__init__(message, hint)
        self.found = found


class BackupError(EcosystemError):
    """A file is no backup, or was damaged; nothing was changed."""


class ExportError(EcosystemError):
    """The export cannot be written."""


class UndoRefusedError(EcosystemError):
    """A change that cannot be taken back; ``resting`` are the later ones that rest on it."""

    def __init__(
        self, change: str, why: Text, resting: Sequence[str] = (), undone_by: str = ""
    ) -> None:
        self.resting = tuple(resting)
        advice = Text("Нищо не е променено.", "Nothing was changed.")
        if self.resting:
            advice = Text(
                "Първо върнете тях, като започнете от последната.",
                "Take those back first, beginning with the last one.",
            )
        elif undone_by:
            advice = Text(
                f"Върнете {undone_by}, за да я има отново.",
                f"Take {undone_by} back to have it again.",
            )
        told = Text(
            f"{change}: не може да се върне – {why.bg}.",
            f"{change}: it cannot be taken back: {why.en}.",
        )
        super().__init__(told, advice)


class StoreError(EcosystemError):
    """The database refused or failed."""


class StoreUnavailableError(StoreError):
    """No database answers, or it refuses the password."""


class StoreDamagedError(StoreError):
    """The store holds less than was stored in it; nothing is written over it."""


class StoreLockedError(StoreError):
    """Another process owns the data folder."""


class StoreChangedError(StoreError):
    """Somebody else changed the store since it was read; nothing was stored."""


class QueryError(EcosystemError):
    """A query cannot be answered; line and column from 1 where the place is known, else 0."""

    def __init__(self, message: str, hint: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message, hint)
        self.line, self.column = line, column


class ParameterError(QueryError):
    """A parameter is missing, unknown or of the wrong type."""


@dataclass(frozen=True)
class WrongField:
    """One field of a question that cannot be read: its name, what was said, and why not.

    ``nearest`` are words that may have been meant, ``option`` is its name on the command line.
    """

    name: str
    label: Text
    said: str
    why: Text
    nearest: tuple[str, ...] = ()
    option: str = ""

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: Language) -> str:
        """What is wrong, in one line."""
        near = " / ".join(self.nearest)
        meant = Text(f" Имахте предвид {near}?", f" Did you mean {near}?") if near else Text("", "")
        return f"{self.name}: {self.why.show(lang)[0]}.{meant.show(lang)[0]}"


class FieldsError(ParameterError):
    """A question cannot be asked; ``wrong`` holds every field that cannot be read."""

    def __init__(self, question: str, wrong: Iterable[WrongField]) -> None:
        self.question, self.wrong = question, tuple(wrong)
        super().__init__(" ".join(map(str, self.wrong)))


class WriteRefusedError(QueryError):
    """A reading query tried to write, administer or load files."""


class QueryTimeoutError(QueryError):
    """A query was stopped at its time limit."""


class QuerySyntaxError(QueryError):
    """The database does not understand the query."""


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of ``known`` that may have been meant by ``name``, best first.

    Those of the same name, however written, else those that differ from it in a small part of
    their letters and of each word: a wrong guess costs more than none. The kind before the colon of
    an id is no part of the name; a thing of another kind is meant only where it has the same name.
    """
    kind, said, whole = _parted(name)
    same, like = list[tuple[str, str]](), dict[str, list[str]]()
    for one in known:
        other, called, joined = _parted(one)
        if joined == whole:
            same.append((other, one))
        elif (kind == other or not (kind and other)) and _alike_in_length(called, said):
            like.setdefault(called, []).append(one)
    if same:
        return tuple(one for _, one in sorted(same, key=lambda it: it[0] != kind))[:MOST_NEAR]
    close = get_close_matches(said, like, n=2 * MOST_NEAR, cutoff=NEAR)
    return tuple(o for called in close if _alike(called, said) for o in like[called])[:MOST_NEAR]


@lru_cache(65_536)
def _parted(name: str) -> tuple[str, str, str]:
    """The kind that an id begins with, if it does; the words of the name as they sound, and joined.

    Remembered, since each wrong word is compared with all that is known.
    """
    found = _KIND.match(name)
    plain = unicodedata.normalize("NFKD", name[found.end() if found else 0 :].casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    words = _WORD.findall(bare)
    return found[1].casefold() if found else "", " ".join(words), "".join(words)


def _alike_in_length(one: str, other: str) -> bool:
    share = 4 if one.count(" ") == other.count(" ") else 3  # a word may have been left out
    return abs(len(one) - len(other)) <= max(len(one), len(other)) / share


def _alike(one: str, other: str) -> bool:
    """Whether two names that are near as a whole are so word by word, if they have as many."""
    words, others = one.split(), other.split()
    return len(words) != len(others) or all(
        min(map(len, pair)) < 3 or SequenceMatcher(None, *pair).ratio() >= NEAR_WORD
        for pair in zip(words, others, strict=True)
    )


def told(problems: Iterable[Problem], lang: Language = "en") -> Iterator[str]:
    """Problems in lines that a person can read, in their order.

    What is the same on many lines of a file is one line that lists them; of one kind, which is
    what differs only in the words quoted, fifty are told and the others counted. A problem that is
    said in one language only stands in that one.
    """
    same: dict[Problem, list[int]] = {}
    for one in problems:
        same.setdefault(replace(one, line=0), []).append(one.line)
    kinds: dict[tuple[str, str, str], int] = {}
    lines: dict[tuple[str, str, str], list[str]] = {}
    for one, found in same.items():
        kind = (one.file, one.column, _PARTICULAR.sub("", one.message))
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= MOST_SHOWN:
            said = ", ".join(map(str, found[:MOST_LINES])) if any(found) else ""
            more = len(found) - MOST_LINES
            said += f" ({_MORE_LINES.show(lang)[0].format(more)})" if more > 0 else ""
            place = ":".join(part for part in (one.file, said, one.column) if part)
            texts = one.said or (_in_both(one.message), _in_both(one.hint))
            words = " ".join(text.show(lang)[0] for text in texts)
            lines.setdefault(kind, []).append(f"{place}: {words}".strip())
    for kind, number in kinds.items():
        yield from lines[kind]
        if number > MOST_SHOWN:
            yield f"{kind[0]}: ... {_MORE_OF_IT.show(lang)[0].format(number - MOST_SHOWN)}"
