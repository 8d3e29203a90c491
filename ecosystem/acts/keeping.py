"""Loading packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecosystem.acts.act import Act
from ecosystem.loading import LoadReport
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.workspace import Workspace


class Load(Act[LoadReport]):
    """Load packs; without arguments the shipped ones."""

    name = "load"
    title = Text("Зареждане на пакети", "Load packs")
    command = "load"
    lacks: ClassVar = {"form": "a pack is a folder of the machine on which the command runs"}

    packs: tuple[Path, ...] = fields.files(
        Text("Папка на пакет", "Folder of a pack"),
        help=Text("Папки с пакети; иначе включените.", "Folders of packs; else the shipped ones."),
        positional=True,
        metavar="FOLDER",
    )
    prune: bool = fields.switch(
        Text("Без изчезналите", "Prune"),
        help=Text(
            "Премахва каквото пакетите вече не съдържат.", "Remove what the packs no longer hold."
        ),
    )
    dry_run: bool = fields.switch(
        Text("Само проба", "Dry run"),
        help=Text(
            "Казва какво би се променило, без да променя нищо.",
            "Say what would change, change nothing.",
        ),
    )

    def perform(self, workspace: Workspace) -> LoadReport:
        return workspace.load(self.packs, prune=self.prune, dry_run=self.dry_run)

    def tables(self, done: LoadReport) -> Answer:
        from ecosystem.questions.tables.keeping import load_report

        return load_report(done)
