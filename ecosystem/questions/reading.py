"""From words to the fields of a question: everything that is wrong is found in one round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, cast

from ecosystem.errors import FieldsError, NotFoundError, WrongField
from ecosystem.questions.fields import VIEW, unknown_names
from ecosystem.questions.parameters import Pairs, Parameter, Unreadable, Words, shortened
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.questions.declared import Declared
    from ecosystem.questions.question import Ground

MOST_LOOKED_FOR = 20
"""So many words of a field that nothing has are told with what may have been meant: to look for
that takes longer than all else, and an address has room for a thousand."""
SAID_NOTHING = Text("трябва да се каже", "has to be said")
NO_SUCH_FIELD = Text("няма такова поле", "there is no such field")


@dataclass
class Reading:
    """One reading of the words that a door was given for a question.

    Attributes
    ----------
    ours
        Names that the door keeps for itself.
    gone
        Takes what is recorded no longer where the field can do without it; None where a door
        wants that told as wrong.
    wrong, missing
        What cannot be read, and which of that names something that is not there.
    """

    declared: type[Declared]
    words: Words
    ground: Ground
    ours: Sequence[str] = ()
    gone: list[WrongField] | None = None
    wrong: list[WrongField] = field(default_factory=list)
    missing: list[NotFoundError] = field(default_factory=list)

    def values(self, partly: bool = False) -> dict[str, Any]:
        """The value of every field; with ``partly`` required ones may be empty.

        Raises
        ------
        FieldsError, NotFoundError
            As ``Question.read`` says.
        """
        found: dict[str, Any] = {}
        for one in fields(cast(Any, self.declared)):
            name = one.name
            if one.metadata.get("view"):
                found[name] = self._view()
                continue
            parameter: Parameter = one.metadata["parameter"]
            found[name] = self._field(name, parameter)
            unread = any(entry.name == name for entry in self.wrong)
            if parameter.required and not partly and not found.get(name) and not unread:
                self._note(name, parameter, "", SAID_NOTHING)
        for key, near in unknown_names(self.words, self.declared.parameters(), self.ours):
            self.wrong.append(WrongField(key, Text(key, key), "", NO_SUCH_FIELD, near))
        if len(self.wrong) == len(self.missing) == 1:
            raise self.missing[0] from FieldsError(self.declared.name, self.wrong)
        if self.wrong:
            raise FieldsError(self.declared.name, self.wrong)
        return found

    def _field(self, name: str, parameter: Parameter) -> Any:
        """The value of one field; of many values each that cannot be read is noted."""
        self._only_once(name, parameter)
        if not parameter.many or isinstance(parameter, Pairs):
            with self._noting(name, parameter):
                words = self._unclaimed(name) if parameter.many else self.words
                return parameter.read(name, words, self.ground)
            return parameter.default
        found = []
        said = list(dict.fromkeys(parameter.said(name, self.words)))
        skipped = 0
        for word in said:
            if self._missed(name) >= MOST_LOOKED_FOR and not parameter.plain(word, self.ground):
                skipped += 1
                continue
            with self._noting(name, parameter, word):
                found.append(parameter.parse(word, self.ground))
        if skipped:
            self._note_skipped(name, parameter, skipped)
        if self._lacks(name) and len(found) < parameter.least:
            return parameter.default
        if said and not parameter.least <= len(said) <= parameter.most:
            few = Text(f"трябват {parameter.least}", f"{parameter.least} are needed")
            many = Text(f"най-много {parameter.most}", f"{parameter.most} at the most")
            self._note(name, parameter, "", few if len(said) < parameter.least else many)
        return tuple(dict.fromkeys(found)) or parameter.default

    def _only_once(self, name: str, parameter: Parameter) -> None:
        """Notes where different words are given to a field that has one value."""
        told = list(dict.fromkeys(parameter.told(name, self.words))) if parameter.once else []
        if len(told) > 1:
            listed = ", ".join(map(shortened, told))
            why = Text(
                f"казано е по няколко начина: {listed}", f"is said in several ways: {listed}"
            )
            self._note(name, parameter, told[-1], why)

    def _missed(self, name: str) -> int:
        return sum(one.name == name for one in (*self.wrong, *(self.gone or ())))

    def _note_skipped(self, name: str, parameter: Parameter, number: int) -> None:
        why = Text(
            f"още {number} не са потърсени: твърде много от казаното не е записано",
            f"{number} more were not looked for: too many of what is said are not recorded",
        )
        if self.gone is not None and parameter.may_go:
            self.gone.append(WrongField(name, parameter.label, "", why))
        else:
            self._note(name, parameter, "", why)

    def _lacks(self, name: str) -> bool:
        return any(one.name == name for one in self.gone or ())

    def _view(self) -> View:
        """The five fields of a view in one; what is not said is as usual."""
        said: dict[str, Any] = {}
        for name, parameter in VIEW.items():
            if any(word.strip() for word in self.words.get(name, ())):
                self._only_once(name, parameter)
                with self._noting(name, parameter):
                    said[name] = parameter.read(name, self.words, self.ground)
                    if name == "scope" and said[name] != "all":
                        said[name] = self.ground.find(said[name], ("City",))
        return replace(self.ground.usual_view(), **said)

    def _unclaimed(self, name: str) -> Words:
        """The words that no other field claims by its name, nor the door for itself."""
        others = {
            key
            for other, parameter in self.declared.parameters().items()
            if other != name
            for key in (other, parameter.address or other, *parameter.aliases)
        }
        return {
            key: said
            for key, said in self.words.items()
            if key not in others and key not in self.ours
        }

    @contextmanager
    def _noting(self, name: str, parameter: Parameter, said: str = "") -> Iterator[None]:
        """Notes what is wrong with a field, so that the next one is read as well."""
        said = said or (self.words.get(parameter.address or name) or [""])[-1]
        try:
            yield
        except Unreadable as error:
            self._note(name, parameter, said, error.why, error.nearest)
        except NotFoundError as error:
            # A name of several things, or one of another kind, is a mistake and has not gone.
            if self.gone is not None and parameter.may_go and type(error) is NotFoundError:
                self.gone.append(WrongField(name, parameter.label, said, error.told, error.nearest))
                return
            self._note(name, parameter, said, error.told, error.nearest)
            self.missing.append(error)

    def _note(
        self,
        name: str,
        parameter: Parameter,
        said: str,
        why: Text,
        near: tuple[str, ...] = (),
    ) -> None:
        option = parameter.option or f"--{name.replace('_', '-')}"
        if parameter.positional:
            option = parameter.metavar or name.upper()
        self.wrong.append(WrongField(name, parameter.label, said, why, near, option))
