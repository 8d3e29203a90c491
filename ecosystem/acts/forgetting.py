"""Forgetting a person, which nothing takes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ecosystem import upkeep
from ecosystem.acts.act import Act, by, note
from ecosystem.changelog import Said
from ecosystem.dataset import ChangeSet
from ecosystem.errors import NotFoundError, ParameterError
from ecosystem.forgetting import Forgetting, Reworded, Standing, forgetting, known
from ecosystem.io.people import PERSON
from ecosystem.model import Person
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.upkeep import Copy
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.ground import StoreGround
    from ecosystem.workspace import Workspace


@dataclass(frozen=True)
class Forgot:
    """What was done: records removed by kind, others cleaned of the name, changes rewritten.

    ``copies`` are the backups in the data folder in which the person still stands, ``standing``
    the texts that keep a name. With ``dry_run`` it is what would be done, and ``texts`` are those
    that would lose the name; once it is done, they are not said again.
    """

    removed: dict[str, int]
    cleaned: int
    rewritten: int
    copies: tuple[Copy, ...]
    standing: tuple[Standing, ...] = ()
    dry_run: bool = False
    texts: tuple[Reworded, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        copies = [{**asdict(one), "file": str(one.file)} for one in self.copies]
        standing, texts = ([asdict(one) for one in some] for some in (self.standing, self.texts))
        return {**vars(self), "copies": copies, "standing": standing, "texts": texts}


NOTHING = Forgetting(ChangeSet(), {}, 0, 0)


def _traced(workspace: Workspace, ids: tuple[str, ...], found: Forgetting) -> Forgot:
    """What was done, once no trace is left in the data folder but in the backups that it names."""
    workspace.store.leave_no_traces()
    return replace(_foreseen(workspace, ids, found), dry_run=False, texts=())


def _foreseen(workspace: Workspace, ids: tuple[str, ...], found: Forgetting) -> Forgot:
    """What would be done."""
    copies = upkeep.copies_holding(workspace.settings.data_folder, ids)
    numbers = found.removed, found.cleaned, found.rewritten
    return Forgot(*numbers, copies, found.standing, dry_run=True, texts=found.texts)


class Forget(Act[Forgot]):
    """Remove a person and everything about them, from the log of changes too; for good."""

    name = "forget"
    title = Text("Забравяне на човек", "Forget a person")
    command = "forget"
    lacks: ClassVar = {"form": "nothing takes it back: it is for whoever keeps the machine"}

    person: str = fields.line(
        Text("Човек", "Person"),
        help=Text("Номер или име на човек.", "The id or the name of a person."),
        positional=True,
        required=True,
    )
    yes: bool = fields.switch(
        Text("Да", "Yes"), help=Text("Забравя без повторно питане.", "Forget without asking.")
    )
    name_again: str = fields.line(
        Text("Името отново", "The name again"),
        help=Text("Името на човека, написано отново.", "The person's name, typed again."),
        address="name",
        option="--name",
    )
    dry_run: bool = fields.switch(
        Text("Само проба", "Dry run"),
        help=Text(
            "Показва какво би се премахнало, кои текстове биха загубили името (преди и след това) "
            "и къде то би останало, без да променя нищо.",
            "Show what would be removed, which texts would lose the name (before and after) and "
            "where it would stand all the same; change nothing.",
        ),
    )
    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> Forgot:
        ground = workspace.ground()
        ids = self._ids(ground)
        present = workspace.contents.present()
        said = Said("forget", self.by, self.note)
        found = forgetting(present, workspace.store, ids, said)
        if found is None and known(present.forgotten, ids):
            # Somebody asks again where copies are, or was stopped before the last step.
            done = _foreseen if self.dry_run else _traced
            return done(workspace, ids, NOTHING)
        if found is None:
            raise NotFoundError("person", self.person)
        if self.dry_run:
            return _foreseen(workspace, ids, found)
        if not self.yes and not self._typed(ground, ids):
            number, texts = sum(found.removed.values()), len(found.texts)
            raise ParameterError(
                f"forget: {number} records would be removed and {texts} texts of others lose the "
                "name, and nothing brings them back.",
                "--dry-run shows each text before and after. Type the name again with --name, or "
                "say --yes. Nothing was changed.",
            )
        workspace.contents.apply(found.changes, expected=present.revision)
        return _traced(workspace, ids, found)

    def _ids(self, ground: StoreGround) -> tuple[str, ...]:
        """The ids under which the person is recorded, or was."""
        try:
            one = ground.find(self.person, (Person.kind,))
        except NotFoundError:
            # Somebody may stand in the log alone, or in ties of a pack that lacks the record.
            if not self.person.startswith(PERSON):
                raise
            return (self.person,)
        same = ground.present.same
        return (one, *(other for other, kept in same.items() if kept == one))

    def _typed(self, ground: StoreGround, ids: tuple[str, ...]) -> bool:
        """Whether the name was typed again as one of the person's."""
        people = [ground.contents.nodes[one] for one in ids if one in ground.contents.nodes]
        names = {name.casefold() for one in people for name in one.name if name}
        return self.name_again.casefold().strip() in (names or {self.person.casefold()})

    def tables(self, done: Forgot) -> Answer:
        from ecosystem.questions.tables.keeping import forgot

        return forgot(done.to_dict())
