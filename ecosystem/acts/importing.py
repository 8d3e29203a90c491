"""Files of others onto the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecosystem.acts.act import Act, by, dry_run, note
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.intake.imported import Imported
    from ecosystem.talking import Talk
    from ecosystem.workspace import Workspace


class Import(Act["Imported"]):
    """Bring a spreadsheet, a Kumu or Gephi file or another graph onto the map."""

    name = "import"
    title = Text("Внасяне на файлове", "Bring files in")
    command = "import"
    lacks: ClassVar = {"form": "a file that is sent is shown first, and written from what is shown"}

    files: tuple[Path, ...] = fields.files(
        Text("Файл", "File"),
        help=Text(
            "CSV, XLSX, ODS, Kumu, Onodo, GEXF, GraphML, GML, Pajek, UCINET DL, node-link JSON, "
            "JSON-LD, FollowTheMoney.",
            "CSV, XLSX, ODS, Kumu, Onodo, GEXF, GraphML, GML, Pajek, UCINET DL, node-link JSON, "
            "JSON-LD, FollowTheMoney.",
        ),
        positional=True,
        required=True,
        metavar="FILE",
    )
    pack: str = fields.line(
        Text("Пакет", "Pack"),
        help=Text("В кой пакет; иначе по името на файла.", "The pack; else the file's name."),
        metavar="NAME",
    )
    mapping: Path | None = fields.file(
        Text("Съответствия", "Mapping"),
        help=Text(
            "Файл TOML, който казва какво значат колоните.",
            "A TOML file that says what columns mean.",
        ),
        metavar="FILE",
    )
    write_mapping: Path | None = fields.file(
        Text("Запис на съответствията", "Write the mapping"),
        help=Text(
            "Записва съответствията във файл, за да се поправят.",
            "Write the mapping into a file, to be mended.",
        ),
        metavar="FILE",
    )
    dry_run: bool = dry_run()
    keep: bool = fields.switch(
        Text("Без премахване", "Keep what is gone"),
        help=Text(
            "Онова, което файлът вече няма, остава на картата.",
            "What the file has no longer stays on the map.",
        ),
    )
    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> Imported:
        return self.bring(workspace, workspace.talk)

    def bring(self, workspace: Workspace, talk: Talk) -> Imported:
        """The same, while ``talk`` hears how far it is."""
        from ecosystem import upkeep
        from ecosystem.intake.apart import Limits
        from ecosystem.intake.bringing import Wanted, bring

        wanted = Wanted(
            self.pack,
            self.mapping,
            self.write_mapping,
            self.dry_run,
            prune=not self.keep,
            by=self.by,
            note=self.note,
            limits=Limits.of(workspace.settings),
        )
        folder = workspace.settings.data_folder
        return bring(
            workspace.contents,
            self.files,
            wanted,
            talk=talk,
            before_removing=lambda: upkeep.before(workspace.store, folder, "import"),
        )

    def tables(self, done: Imported) -> Answer:
        from ecosystem.questions.tables.importing import imported

        return imported(done)
