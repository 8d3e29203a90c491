"""The sorts of fields: how each is read from words, written back, described and offered.

A page's address, the options of a command, the arguments of an assistant's tool and the body of a
form all arrive as words by name; the sorts here turn them into values and back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.errors import NotFoundError, nearest
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.questions.question import Ground

Words = Mapping[str, Sequence[str]]
"""What a door was told: words by name, each name any number of times."""
NOTHING = Text("", "")
LONGEST_SHOWN = 60
ANY_NUMBER = 10**6
YES_OR_NO = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}
"""The words of a switch; letter case doesn't matter."""


# A comma with the id of a node or tie behind it; any other is a part of a key.
_BEFORE_AN_ID = re.compile(r",(?=\s*(?:[a-z]+:[^\s,|]+(?:,|\Z)|[A-Z_]+\|))")


class Unreadable(Exception):
    """A word that a field cannot read: why not, and what may have been meant."""

    def __init__(self, why: Text, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(why.en)
        self.why, self.nearest = why, nearest


def shortened(word: str) -> str:
    """``word`` as an error may repeat it."""
    return repr(_short(word))


def quoted(word: str) -> str:
    """The same in the quotation marks of Bulgarian."""
    return f"„{repr(_short(word))[1:-1]}“"


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_SHOWN else word[:LONGEST_SHOWN] + "…"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One field of a question, as every door needs to know it.

    Attributes
    ----------
    label
        What the field is called in a form and in an error.
    help
        One sentence for the reference, the command's help and the tool's description.
    address, aliases
        Its name in addresses and forms where that is not the field's own name, and the names
        that it had or has besides.
    option
        Its option on the command line where that is not ``--`` and the field's name.
    positional
        On the command line it stands without an option, in the order of declaration.
    required
        There is no question without it.
    many
        It holds any number of values, as a tuple; ``joined`` writes them into one word with
        commas between, else the word is repeated.
    least, most
        How many values it holds where it holds any.
    looks
        It changes how an answer is shown, not what the answer is.
    doors
        The doors at which it can be said; empty for all of them.
    """

    label: Text
    help: Text = NOTHING
    address: str = ""
    aliases: tuple[str, ...] = ()
    option: str = ""
    metavar: str = ""
    positional: bool = False
    required: bool = False
    many: bool = False
    joined: bool = False
    least: int = 0
    most: int = ANY_NUMBER
    looks: bool = False
    doors: tuple[str, ...] = ()
    default: Any = None

    @property
    def may_go(self) -> bool:
        """Whether a page can be shown without what it names, once that is recorded no longer."""
        return False

    @property
    def once(self) -> bool:
        """Whether it is said once: two different words for it contradict each other."""
        return not self.many

    def claims(self, name: str, key: str) -> bool:
        """Whether the word ``key`` of an address belongs to this field, called ``name``."""
        return key in (self.address or name, *self.aliases)

    def read(self, name: str, words: Words, ground: Ground) -> Any:
        """The value that ``words`` give to the field called ``name``; its default where none.

        Raises
        ------
        Unreadable, NotFoundError
            Where a word cannot be read, or names nothing that is there.
        """
        found = [self.parse(word, ground) for word in self.said(name, words)]
        if self.many:
            return tuple(dict.fromkeys(found)) or self.default
        return found[0] if found else self.default

    def told(self, name: str, words: Words) -> list[str]:
        """Every word for the field called ``name``, under each of its names."""
        keys = (self.address or name, *self.aliases)
        return [word for key in keys for word in words.get(key, ()) if word.strip()]

    def said(self, name: str, words: Words) -> list[str]:
        """What ``words`` say to the field called ``name``: each part of many, else the last."""
        said = self.told(name, words)
        return [part for word in said for part in self._parts(word)] if self.many else said[-1:]

    def _parts(self, word: str) -> list[str]:
        if not self.joined:
            return [word]
        # The id of a tie may hold a comma in its key.
        parts = _BEFORE_AN_ID.split(word) if "|" in word else word.split(",")
        return [part.strip() for part in parts if part.strip()]

    def write(self, name: str, value: Any) -> dict[str, str | list[str]]:
        """The words of an address that give ``value`` to the field called ``name``."""
        key = self.address or name
        if not self.many:
            return {key: self.say(value)}
        said = [self.say(one) for one in value]
        return {key: ",".join(said) if self.joined else said}

    def parse(self, word: str, ground: Ground) -> Any:
        """One value from one word."""
        raise NotImplementedError

    def plain(self, word: str, ground: Ground) -> bool:
        """Whether a word is read without looking for what it may mean."""
        return True

    def say(self, value: Any) -> str:
        """One value as one word; ``parse`` reads it back."""
        return str(value)

    def item(self) -> dict[str, Any]:
        """One value as JSON Schema describes it."""
        return {"type": "string"}

    def schema(self) -> dict[str, Any]:
        """The whole field as JSON Schema describes it."""
        if not self.many:
            return self.item()
        least = self.least or int(self.required)
        most = {"maxItems": self.most} if self.most < ANY_NUMBER else {}
        return {
            "type": "array",
            "items": self.item(),
            **({"minItems": least} if self.required else {}),
            **most,
        }

    def choices(self) -> tuple[str, ...]:
        """The words that it can be; empty where anything can be said."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Line(Parameter):
    """A text on one line; what is longer than ``longest`` is refused."""

    longest: int = 200

    def parse(self, word: str, ground: Ground) -> str:
        """The text, trimmed."""
        if len(word) > self.longest:
            raise Unreadable(
                Text(
                    f"текстът е от {len(word)} знака, повече от {self.longest}",
                    f"the text has {len(word)} signs, more than {self.longest}",
                )
            )
        return word.strip()

    def item(self) -> dict[str, Any]:
        """A text with its greatest length."""
        return {"type": "string", "maxLength": self.longest}


@dataclass(frozen=True, kw_only=True)
class Switch(Parameter):
    """Yes or no, written ``1`` and ``0``.

    A form sends the ``0`` of a hidden field before the ``1`` of a ticked box; the last counts.
    """

    @property
    def once(self) -> bool:
        """No: a form says it twice where a box is ticked."""
        return False

    def parse(self, word: str, ground: Ground) -> bool:
        """Whether the word says yes."""
        if word.lower() not in YES_OR_NO:
            raise Unreadable(
                Text(
                    f"{quoted(word)} не е нито 0, нито 1",
                    f"{shortened(word)} is neither 0 nor 1",
                )
            )
        return YES_OR_NO[word.lower()]

    def say(self, value: Any) -> str:
        """``1`` or ``0``."""
        return "1" if value else "0"

    def item(self) -> dict[str, Any]:
        """A truth value; in an address it is a digit."""
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Count(Parameter):
    """A whole number within bounds."""

    low: int = 0
    high: int = 10**9

    def parse(self, word: str, ground: Ground) -> int:
        """The number."""
        digits = word.isascii() and word.isdigit() and len(word) <= len(str(self.high)) + 1
        if not (digits and self.low <= int(word) <= self.high):
            bounds = (
                Text(f"от {self.low} нагоре", f"from {self.low} up")
                if self.high == 10**9
                else Text(f"от {self.low} до {self.high}", f"from {self.low} to {self.high}")
            )
            raise Unreadable(
                Text(
                    f"{quoted(word)} не е цяло число {bounds.bg}",
                    f"{shortened(word)} is not a whole number {bounds.en}",
                )
            )
        return int(word)

    def item(self) -> dict[str, Any]:
        """A whole number with its bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, kw_only=True)
class Number(Parameter):
    """A number within bounds; a decimal comma is understood."""

    low: float = 0.0
    high: float = 1.0

    def parse(self, word: str, ground: Ground) -> float:
        """The number."""
        try:
            number = float(word.replace(",", "."))
        except ValueError:
            number = float("nan")
        if not (isfinite(number) and self.low <= number <= self.high):
            raise Unreadable(
                Text(
                    f"{quoted(word)} не е число от {self.low:g} до {self.high:g}",
                    f"{shortened(word)} is not a number from {self.low:g} to {self.high:g}",
                )
            )
        return number

    def say(self, value: Any) -> str:
        """The shortest way to write the number."""
        return f"{value:g}"

    def item(self) -> dict[str, Any]:
        """A number with its bounds."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, kw_only=True)
class Word(Parameter):
    """One of a closed list of words.

    Where ``what`` says what the list is of, an unknown word is a thing that is not there.
    ``among`` gives the words that depend on what is recorded.
    """

    known: Collection[str] | Callable[[], Collection[str]] = ()
    what: str = ""
    among: Callable[[Ground], Collection[str]] | None = None

    def choices(self) -> tuple[str, ...]:
        """The list, in its own order; without what depends on what is recorded."""
        return tuple(self.known() if callable(self.known) else self.known)

    def parse(self, word: str, ground: Ground) -> str:
        """The word, where the list has it."""
        known = self.choices()
        if self.among is not None and word not in known:
            known = (*known, *self.among(ground))
        if word not in known:
            if self.what:
                raise NotFoundError(self.what, word, known)
            raise not_among(word, known)
        return word

    def item(self) -> dict[str, Any]:
        """The list."""
        return {"type": "string"} | ({} if self.among else {"enum": list(self.choices())})


def not_among(word: str, known: Collection[str]) -> Unreadable:
    """What is wrong with a word that ``known`` has not, with those of it that are near."""
    listed = ", ".join(known)
    return Unreadable(
        Text(f"{quoted(word)} не е сред: {listed}", f"{shortened(word)} is not one of {listed}")
        if known
        else Text(f"няма {quoted(word)}", f"there is no {shortened(word)}"),
        nearest(word, known),
    )


@dataclass(frozen=True, kw_only=True)
class Checked(Parameter):
    """A text that names something by a rule of its own; ``proven`` gives it or refuses it."""

    proven: Callable[[str, Ground], str]

    @property
    def may_go(self) -> bool:
        """One of several can be left out where it only changes how a page looks."""
        return self.many and self.looks

    def parse(self, word: str, ground: Ground) -> str:
        """The text, as ``proven`` gives it."""
        return self.proven(word.strip(), ground)


@dataclass(frozen=True, kw_only=True)
class Day(Parameter):
    """A full day."""

    def parse(self, word: str, ground: Ground) -> str:
        """The day, as it was written."""
        try:
            if date.fromisoformat(word).isoformat() != word:
                raise ValueError
        except ValueError:
            raise Unreadable(
                Text(
                    f"{quoted(word)} не е ден; пише се 2026-01-31",
                    f"{shortened(word)} is not a day; write it 2026-01-31",
                )
            ) from None
        return word

    def item(self) -> dict[str, Any]:
        """A date."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True)
class Entity(Parameter):
    """Something that is recorded, by its id or by its name; the value is the id.

    ``kinds`` are those that it can be (any where none is named); with ``ties`` a tie's id, which
    has bars, is let through as well.
    """

    kinds: tuple[str, ...] = ()
    ties: bool = False

    @property
    def may_go(self) -> bool:
        """One of several can be left out where it only changes how a page looks."""
        return self.many and self.looks

    def parse(self, word: str, ground: Ground) -> str:
        """The id."""
        if not (self.ties and "|" in word):
            return ground.find(word, self.kinds)
        if word not in ground.facts.edges:
            raise NotFoundError("tie", word, ground.facts.edges)
        return word

    def plain(self, word: str, ground: Ground) -> bool:
        """Whether it is an id; a name is looked for, and what was meant by a wrong id."""
        return word in ground.facts.nodes or word in ground.facts.edges

    def item(self) -> dict[str, Any]:
        """An id or a name."""
        return {"type": "string", "description": "An id, or a name that only one thing has."}


@dataclass(frozen=True, kw_only=True)
class File(Parameter):
    """A file of the machine on which the command runs; only a command has one."""

    def parse(self, word: str, ground: Ground) -> Path:
        """Its path; whether it is there is told when it is read."""
        return Path(word)


@dataclass(frozen=True, kw_only=True)
class Stamp(Parameter):
    """The id of what somebody had seen, empty for nothing; None where they do not say."""

    def read(self, name: str, words: Words, ground: Ground) -> str | None:
        """The id as it was said: an empty one says something, so it is no missing word."""
        said = words.get(self.address or name)
        return said[-1] if said else None


@dataclass(frozen=True, kw_only=True)
class Couple(Parameter):
    """Two cities, written CITY=MENTOR."""

    def parse(self, word: str, ground: Ground) -> tuple[str, str]:
        """The ids of both."""
        one, equals, other = word.partition("=")
        if not equals:
            raise Unreadable(
                Text(
                    f"{quoted(word)} не е от вида ГРАД=МЕНТОР",
                    f"{shortened(word)} is not CITY=MENTOR",
                )
            )
        return ground.find(one, ("City",)), ground.find(other, ("City",))

    def say(self, value: Any) -> str:
        """Both ids with an equals sign between."""
        return "=".join(value)


@dataclass(frozen=True, kw_only=True)
class Pairs(Parameter):
    """Values by name, as a tuple of pairs in the order of names.

    In an address each stands under ``prefix`` and its name; with an empty prefix every word that
    no other field claims is one. On the command line they are written NAME=VALUE. What is as
    ``usual`` is left out.
    """

    prefix: str = ""
    key: Parameter
    value: Parameter
    usual: Callable[[], Mapping[str, Any]] = dict

    def claims(self, name: str, key: str) -> bool:
        """Whether the word begins with the prefix."""
        return key == name or key.startswith(self.prefix)

    def read(self, name: str, words: Words, ground: Ground) -> Any:
        """Pairs of the address, then those written NAME=VALUE under the field's own name."""
        said: dict[str, str] = {}
        for key, values in words.items():
            if key != name and key.startswith(self.prefix) and values and values[-1].strip():
                said[key.removeprefix(self.prefix).replace("_", self._space)] = values[-1]
        for word in words.get(name, ()):
            key, equals, value = word.partition("=")
            if not equals:
                raise Unreadable(
                    Text(
                        f"{quoted(word)} не е от вида ИМЕ=СТОЙНОСТ",
                        f"{shortened(word)} is not NAME=VALUE",
                    )
                )
            said[key] = value
        found = {
            self.key.parse(key, ground): self.value.parse(value, ground)
            for key, value in said.items()
        }
        usual = self.usual()
        unlike = {key: value for key, value in found.items() if usual.get(key) != value}
        return tuple(sorted(unlike.items())) or self.default

    @property
    def _space(self) -> str:
        # Names of sectors hold spaces, which a form's field does not.
        return " " if isinstance(self.key, Word) else "_"

    def write(self, name: str, value: Any) -> dict[str, str | list[str]]:
        """One word for each pair."""
        return {
            self.prefix + self.key.say(key).replace(" ", "_"): self.value.say(one)
            for key, one in value
        }

    def item(self) -> dict[str, Any]:
        """An object by name."""
        return {"type": "object", "additionalProperties": self.value.item()}

    def schema(self) -> dict[str, Any]:
        """The same: the object holds them all."""
        return self.item()
