"""Taking a change back: what was loaded, or what was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ecosystem import undoing
from ecosystem.acts.act import Act, by, note
from ecosystem.changelog import Said
from ecosystem.desk import KEPT, OVERTAKEN
from ecosystem.errors import NotFoundError, StoreChangedError, UndoRefusedError
from ecosystem.model import Decision
from ecosystem.questions import fields
from ecosystem.questions.keeping import Changes, Done
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.workspace import Workspace


@dataclass(frozen=True)
class Undone:
    """What was taken back, by which new change or decision, and what that did.

    With ``dry_run`` nothing was done yet.
    """

    taken: Done
    change: str
    added: int
    changed: int
    removed: int
    dry_run: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**vars(self), "taken": self.taken.to_dict()}


class Undo(Act[Undone]):
    """Take a change or a decision back, the last one unless another is named."""

    name = "undo"
    title = Text("Връщане на промяна", "Take a change back")
    path = "undo"
    command = "undo"

    change: str = fields.line(
        Text("Промяна", "Change"),
        help=Text("Номер на промяна или решение; последното.", "The id of a change or a decision."),
        positional=True,
    )
    dry_run: bool = fields.switch(
        Text("Само проба", "Dry run"),
        help=Text("Казва какво би се върнало.", "Say what would be taken back."),
    )
    by: str = by()
    note: str = note()
    seen: str | None = fields.stamp(Text("Последната видяна промяна", "The last change seen"))

    def perform(self, workspace: Workspace) -> Undone:
        ground = workspace.ground()
        done = ground.ask(Changes())
        taken = next((one for one in done if self.change in ("", one.id)), None)
        if taken is None:
            raise NotFoundError("change", self.change, [one.id for one in done])
        if taken.decision is not None:
            return self._decided(workspace, taken, taken.decision)
        last = next(one.id for one in done if one.decision is None)
        if self.seen is not None and self.seen != last:
            message = "changes: something else was changed meanwhile."
            raise StoreChangedError(message, "Look at the changes again.")
        return self._changed(workspace, taken)

    def _changed(self, workspace: Workspace, taken: Done) -> Undone:
        """Take back a change of facts, in one transaction."""
        present, store = workspace.contents.present(), workspace.store
        change = undoing.found(present, taken.id)
        said = Said("undo", self.by, self.note)
        back = undoing.taken_back(present, store, change, said)
        if not self.dry_run:
            workspace.contents.apply(back.changes, expected=present.revision)
        numbers = back.counts
        standing = replace(taken, decisions=back.standing.decisions)
        return Undone(standing, "" if self.dry_run else back.entry, *numbers, self.dry_run)

    def _decided(self, workspace: Workspace, taken: Done, decision: Decision) -> Undone:
        """Decide once more what stood before: decisions are only ever added."""
        if taken.why_not is not None:
            raise UndoRefusedError(taken.id, taken.why_not, taken.resting)
        history = workspace.ground().desk.history(decision.matter, decision.subject)
        if self.dry_run:
            return Undone(taken, "", 1, 0, 0, True)
        before = history[-2] if len(history) > 1 else None
        names = (*KEPT, "rank", "value")
        values = {name: str(getattr(before, name) or "") for name in names} if before else {}
        said = {name: text for name, text in values.items() if text}
        if self.by:
            said["by"] = self.by
        if self.note:
            said["note"] = self.note
        made = workspace.decide(decision.matter, decision.subject, said, seen=decision.id)
        if made.id == decision.id:
            raise StoreChangedError(OVERTAKEN, "Look at what they decided, then decide again.")
        return Undone(taken, made.id, 1, 0, 0)

    def tables(self, done: Undone) -> Answer:
        from ecosystem.questions.tables.keeping import undone

        return undone(done.taken, done.change, done.to_dict())
