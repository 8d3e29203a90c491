"""What is declared of fields: how they are listed, read from words and written back.

A question and an act are both told by words at a door, so they read them by the same fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast, dataclass_transform

from ecosystem.errors import WrongField
from ecosystem.questions import fields as declare
from ecosystem.questions.fields import VIEW
from ecosystem.questions.parameters import Parameter, Words
from ecosystem.questions.reading import Reading
from ecosystem.values import Text
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.questions.question import Ground


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        declare.declared,
        declare.viewed,
        declare.line,
        declare.lines,
        declare.switch,
        declare.count,
        declare.number,
        declare.word,
        declare.words,
        declare.checked,
        declare.day,
        declare.entity,
        declare.entities,
        declare.pairs,
        declare.couples,
        declare.file,
        declare.files,
        declare.stamp,
    ),
)
class Declared:
    """Something made of declared fields; a subclass is a frozen dataclass of them.

    Attributes
    ----------
    name
        What it is called at every door.
    title
        What it asks or does, as a person would say it.
    """

    name: ClassVar[str]
    title: ClassVar[Text]

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    @cache
    def parameters(cls) -> Mapping[str, Parameter]:
        """The fields by name in the order of declaration, a view as the five that make it."""
        found: dict[str, Parameter] = {}
        for one in fields(cast(Any, cls)):
            if one.metadata.get("view"):
                found |= VIEW
            else:
                found[one.name] = one.metadata["parameter"]
        return found

    @classmethod
    def view_field(cls) -> str:
        """The name of the field that is a view; empty where there is none."""
        views = (one.name for one in fields(cast(Any, cls)) if one.metadata.get("view"))
        return next(views, "")

    @classmethod
    def about(cls) -> str:
        """The first sentence of the class's own description."""
        return " ".join((cls.__doc__ or "").partition("\n\n")[0].split())

    @classmethod
    def read(
        cls,
        words: Words,
        ground: Ground,
        ours: Sequence[str] = (),
        partly: bool = False,
        gone: list[WrongField] | None = None,
    ) -> Self:
        """What ``words`` ask or order; ``ours`` are names that the door keeps for itself.

        With ``partly`` required fields may be empty, as on a page that shows its form first. A
        door that gives a list ``gone`` finds there what is recorded no longer and could be left
        out.

        Raises
        ------
        FieldsError
            With every word that cannot be read and every name that no field has.
        NotFoundError
            Where the only thing wrong is a name that nothing has.
        """
        return cls(**Reading(cls, words, ground, ours, gone).values(partly))

    @property
    def complete(self) -> bool:
        """Whether every required field is said, so that the question can be asked."""
        return all(
            getattr(self, name) not in (None, (), "")
            for name, parameter in self.parameters().items()
            if parameter.required
        )

    def keeps(self, usual: View | None = None) -> dict[str, str | list[str]]:
        """The words of an address that ask this question: every field that is not as usual.

        Of the view, what differs from ``usual``; nothing where that is None.
        """
        found: dict[str, str | list[str]] = {}
        for name, parameter in self.parameters().items():
            if name in VIEW:
                view = getattr(self, self.view_field())
                differs = usual is not None and getattr(view, name) != getattr(usual, name)
                if differs:
                    found |= parameter.write(name, getattr(view, name))
            elif (value := getattr(self, name)) != parameter.default:
                found |= parameter.write(name, value)
        return found
