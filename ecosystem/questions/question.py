"""What a question is: its fields, its answer, and what every door needs to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar, cast

from ecosystem.export import FORMS as EXPORTS
from ecosystem.questions import fields as declare
from ecosystem.questions.declared import Declared
from ecosystem.questions.parameters import Parameter, Words
from ecosystem.tables import Answer
from ecosystem.values import Language, plain
from ecosystem.view import View

if TYPE_CHECKING:
    from ecosystem.contents import Present
    from ecosystem.dataset import Dataset
    from ecosystem.desk import Desk
    from ecosystem.identity.index import NameIndex
    from ecosystem.io.sheets import Sheet
    from ecosystem.kept import Failed, Ready, Stale, Working
    from ecosystem.queries import Query
    from ecosystem.settings import Settings
    from ecosystem.snapshot import Snapshot
    from ecosystem.store.graph_store import GraphStore

A = TypeVar("A")

DOORS = ("page", "command", "twin", "tool")


class Ground(Protocol):
    """What a question is asked of: one revision of the store, and other questions.

    Attributes
    ----------
    facts
        Everything in the store but what users decided.
    names
        The names of everything in the store.
    contents
        Everything in the store.
    desk
        What users decided.
    people
        Whether persons are there.
    present
        All that is held at the revision, its log too.
    store, settings, queries
        For the questions that rest on the store itself: the console, the query library.
    """

    @property
    def facts(self) -> Dataset: ...
    @property
    def names(self) -> NameIndex: ...
    @property
    def contents(self) -> Dataset: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def people(self) -> bool: ...
    @property
    def present(self) -> Present: ...
    @property
    def store(self) -> GraphStore: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def revision(self) -> int: ...
    @property
    def queries(self) -> Mapping[str, Query]: ...

    def snapshot(self, view: View) -> Snapshot:
        """The frozen graph of a view."""
        ...

    def ask(self, question: Question[A]) -> A:
        """The answer, kept while what it rests on stays the same; waits for it."""
        ...

    def peek(self, question: Question[A]) -> Ready[A] | Stale[A] | Working | Failed:
        """The answer if it is there, else how far it is; never waits."""
        ...

    def tell(self, done: int, total: int) -> None:
        """Say how far the work is; ends it when nobody waits for it any more."""
        ...

    def find(self, word: str, kinds: Sequence[str] = ()) -> str:
        """The id of what ``word`` names, by id or by a name that only one thing has."""
        ...

    def usual_view(self) -> View:
        """The default scope today, *known up to*, with undated ties and people."""
        ...


@dataclass(frozen=True)
class Form:
    """A way in which an answer can be taken along: how its file ends and what it is."""

    ending: str
    media_type: str


CSV = Form("csv", "text/csv; charset=utf-8")
XLSX = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FORMS: Mapping[str, Form] = {
    form.ending: form
    for form in (
        CSV,
        XLSX,
        Form("pdf", "application/pdf"),
        Form("html", "text/html; charset=utf-8"),
        Form("md", "text/markdown; charset=utf-8"),
        Form("toml", "application/toml"),
    )
} | {name: Form(one.ending.removeprefix("."), one.media_type) for name, one in EXPORTS.items()}
"""Every form by its name; which of them a question has stands in its class."""


class Question(Declared, Generic[A]):
    """A question that the mapper answers; a subclass is a frozen dataclass of its fields.

    Attributes
    ----------
    path, page
        The address of the twin under ``/api/`` and of the page under the language, each with
        ``<fields>`` in it; ``page`` is the same as ``path`` where it says nothing.
    command
        The command that asks it, and ``shares`` it with other questions: the first of them whose
        required fields are all given is asked.
    rests
        What the answer rests on: ``facts``, a matter of decision, ``revision`` (any change of
        the store). Empty for what is never kept.
    forms
        The files into which an answer can be made, by ending.
    prose
        The form in which a terminal shows the answer, where that is no table.
    paged
        The answer is a list that programs get in pages.
    keys
        What the object of ``values`` always holds, where that is not the answer's own class.
    stored
        Whether it is asked of a store; else it rests on files alone.
    from_file
        A command reads the question from a file, by ``words_of``; a page takes one that is sent to
        it, by ``words_in``.
    lacks
        The doors that the question has not, each with the reason.
    """

    path: ClassVar[str] = ""
    page: ClassVar[str] = ""
    command: ClassVar[str] = ""
    rests: ClassVar[tuple[str, ...]] = ("facts",)
    forms: ClassVar[tuple[str, ...]] = ("csv", "xlsx")
    prose: ClassVar[str] = ""
    paged: ClassVar[bool] = False
    keys: ClassVar[tuple[str, ...]] = ()
    stored: ClassVar[bool] = True
    from_file: ClassVar[bool] = False
    lacks: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def words_of(cls, file: Path) -> Words:
        """The words of the address that ask what a file says.

        Raises
        ------
        DataError
            With every problem of the file.
        """
        raise NotImplementedError

    @classmethod
    def words_in(cls, text: str, file: str) -> Words:
        """The words that ask what the text of a file says; raises as ``words_of``."""
        raise NotImplementedError

    def core(self) -> Self:
        """The question without what is only looks: equal answers have equal cores."""
        usual = {
            name: parameter.default
            for name, parameter in self.parameters().items()
            if parameter.looks
        }
        for one in fields(cast(Any, type(self))):
            if one.metadata.get("view") and not one.metadata["scope"]:
                usual[one.name] = replace(getattr(self, one.name), scope="all")
        return cast(Self, replace(cast(Any, self), **usual)) if usual else self

    # What it answers

    def answer(self, ground: Ground) -> A:
        """The answer; pure, and without a language."""
        raise NotImplementedError

    def narrowed(self, found: A) -> A:
        """The part of the kept answer that this question asks for: all of it."""
        return found

    def values(self, found: A) -> Any:
        """The answer as plain values for programs; of a paged one, the list of all items."""
        if self.paged:
            return [self.item(one) for one in cast(Sequence[Any], found)]
        return _plain(found)

    def item(self, one: Any) -> Any:
        """One item of a paged answer as plain values."""
        return _plain(one)

    def tables(self, found: A, ground: Ground) -> Answer:
        """The answer as tables for a terminal, a spreadsheet and a report."""
        raise NotImplementedError

    def sheets(self, found: A, ground: Ground, lang: Language) -> Sequence[Sheet]:
        """The answer as sheets of a workbook, the first of which is also the CSV file."""
        from ecosystem.io.sheets import as_sheets

        return as_sheets(self.tables(found, ground), self.title, lang)

    def made(self, found: A, form: str, ground: Ground, lang: Language) -> str | bytes:
        """The answer as a file of one of ``forms``."""
        from ecosystem.io.sheets import as_csv, as_xlsx
        from ecosystem.questions.tables.about import about

        sheets = self.sheets(found, ground, lang)
        view: View = getattr(self, self.view_field()) if self.view_field() else ground.usual_view()
        if form == "csv":
            return as_csv(sheets[0])
        return as_xlsx((*sheets, about(self, view, ground, lang)), view.day)

    def file_name(self) -> str:
        """What a file of the answer is called, without its ending; of ASCII letters."""
        view: View | None = getattr(self, self.view_field()) if self.view_field() else None
        return self.name.replace("_", "-") + (f"-{view.as_of}" if view else "")

    @classmethod
    def example(cls, ground: Ground) -> Words:
        """Words that ask the question about something that is recorded."""
        found: dict[str, list[str]] = {}
        for name, parameter in cls.parameters().items():
            if parameter.required:
                found[parameter.address or name] = _example(parameter, ground)
        return found


Q = TypeVar("Q", bound=Question[Any])


def _example(parameter: Parameter, ground: Ground) -> list[str]:
    """A word for a required field: what is there, or the first choice."""
    if isinstance(parameter, declare.Entity):
        kinds = parameter.kinds or ("Organisation",)
        ids = (record.id for kind in kinds for record in ground.facts.counting.of_kind(kind))
        return [min(ids, default="")]
    return [next(iter(parameter.choices()), "")]


def _plain(found: Any) -> Any:
    to_dict: Callable[[], Any] | None = getattr(found, "to_dict", None)
    return to_dict() if to_dict else plain(found)


def shared(questions: Sequence[type[Question[Any]]]) -> Iterator[tuple[str, list[Any]]]:
    """The commands in the order of their first question, each with the questions it can ask."""
    found: dict[str, list[Any]] = {}
    for question in questions:
        if question.command:
            found.setdefault(question.command, []).append(question)
    yield from found.items()
