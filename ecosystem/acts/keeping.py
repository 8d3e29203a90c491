"""Loading packs, and bringing back a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecosystem.acts.act import Act, by, note
from ecosystem.changelog import Said
from ecosystem.dataset import Dataset
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.loading import LoadReport
    from ecosystem.workspace import Workspace


class Load(Act["LoadReport"]):
    """Load packs; without arguments the shipped ones."""

    name = "load"
    title = Text("Зареждане на пакети", "Load packs")
    command = "load"
    lacks: ClassVar = {"form": "a pack is a folder of the machine on which the command runs"}

    packs: tuple[Path, ...] = fields.files(
        Text("Пакет", "Pack"),
        help=Text(
            "Папки с пакети или изнесени файлове .jsonl; иначе включените пакети.",
            "Folders of packs, or exported .jsonl files; else the shipped packs.",
        ),
        positional=True,
        metavar="PACK",
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

    empty: tuple[str, ...] = fields.lines(
        Text("Изпразнени колони", "Emptied columns"),
        help=Text(
            "Колона, която липсва във файла и наистина се изпразва.",
            "A column that a file lacks and that is to be emptied.",
        ),
        metavar="COLUMN",
    )
    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> LoadReport:
        return workspace.load(
            self.packs,
            prune=self.prune,
            dry_run=self.dry_run,
            empty=self.empty,
            by=self.by,
            note=self.note,
        )

    def tables(self, done: LoadReport) -> Answer:
        from ecosystem.questions.tables.keeping import load_report

        return load_report(done)


class Restore(Act[Dataset]):
    """Make the store hold what a backup holds; into an empty one unless --replace is said."""

    name = "restore"
    title = Text("Възстановяване", "Restore")
    command = "restore"
    lacks: ClassVar = {"form": "a backup is a file of the machine on which the command runs"}

    file: Path | None = fields.file(Text("Файл", "File"), positional=True, required=True)
    replace: bool = fields.switch(
        Text("Замяна", "Replace"),
        help=Text(
            "Заменя каквото има; преди това се прави резервно копие.",
            "Replace what is there, after a backup of it.",
        ),
    )

    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> Dataset:
        assert self.file is not None
        from ecosystem import upkeep

        return upkeep.restore(
            workspace.contents,
            workspace.store,
            self.file,
            workspace.settings.data_folder,
            replace=self.replace,
            said=Said("restore", self.by, self.note),
        )

    def tables(self, done: Dataset) -> Answer:
        from ecosystem.questions.tables.keeping import restored

        return restored(done)
