"""What an act is: fields as a question has them, and what it does to what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from ecosystem.desk import LONGEST
from ecosystem.questions import fields
from ecosystem.questions.declared import Declared
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.workspace import Workspace

A = TypeVar("A")


def by() -> Any:
    """The field that says who changes something, for the log."""
    return fields.line(
        Text("Кой", "Who"),
        help=Text("Кой прави промяната.", "Who makes the change."),
        longest=LONGEST["by"],
    )


def note() -> Any:
    """The field that says why something is changed, for the log."""
    return fields.line(
        Text("Бележка", "Note"),
        help=Text("Защо, в едно изречение.", "Why, in a sentence."),
        longest=LONGEST["note"],
    )


def dry_run() -> Any:
    """The switch that has an act say what it would do."""
    return fields.switch(
        Text("Само проба", "Dry run"),
        help=Text(
            "Казва какво би станало, без да записва нищо.", "Say what would be done, write nothing."
        ),
    )


class Act(Declared, Generic[A]):
    """Something that changes what is kept; a subclass is a frozen dataclass of its fields.

    Attributes
    ----------
    path
        The address under the language to which its form is sent.
    command
        The command that does it.
    lacks
        The doors, ``form`` and ``command``, that it has not, each with the reason.
    """

    path: ClassVar[str] = ""
    command: ClassVar[str] = ""
    lacks: ClassVar[Mapping[str, str]] = {}

    def perform(self, workspace: Workspace) -> A:
        """Do it, and return what was done."""
        raise NotImplementedError

    def tables(self, done: A) -> Answer:
        """What was done, as a terminal shows it."""
        raise NotImplementedError
