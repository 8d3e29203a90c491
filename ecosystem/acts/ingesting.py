"""What a document says onto the map, after a person has looked at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecosystem.acts.act import Act, by, dry_run, note
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.acts.listing import TakeGuests
    from ecosystem.documents.ingesting import Ingested, Wanted
    from ecosystem.workspace import Workspace


class Ingest(Act["Ingested"]):
    """Propose what an article, a programme or a guest list says; write what is accepted."""

    name = "ingest"
    title = Text("Предложения от документ", "Candidates from a document")
    command = "ingest"
    lacks: ClassVar = {"form": "a document is reviewed where its text can be seen beside it"}

    file: Path | None = fields.file(
        Text("Файл", "File"),
        help=Text(
            "TXT, HTML, PDF или DOCX на български или английски; - чете стандартния вход.",
            "TXT, HTML, PDF or DOCX in Bulgarian or English; - reads standard input.",
        ),
        positional=True,
        required=True,
        metavar="FILE",
    )
    accept: str = fields.line(
        Text("Приемане", "Accept"),
        help=Text(
            "Кои предложения се записват: all или номера като 1,3,5-9, на връзка като t2; иначе "
            "само се показват.",
            "Which candidates are written: all, or numbers as 1,3,5-9, of a tie as t2; else they "
            "are only shown.",
        ),
        metavar="LIST",
    )
    review: Path | None = fields.file(
        Text("Преглед", "Review"),
        help=Text(
            "Файл TOML с отговори; приетото се записва.",
            "A TOML file with answers; what it accepts is written.",
        ),
        metavar="FILE",
    )
    write_review: Path | None = fields.file(
        Text("Запис на прегледа", "Write the review"),
        help=Text(
            "Записва предложенията във файл, за да се отговори.",
            "Write the candidates into a file, to be answered.",
        ),
        metavar="FILE",
    )
    dry_run: bool = dry_run()
    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> Ingested:
        assert self.file is not None
        from ecosystem.documents.ingesting import ingest

        return ingest(workspace.contents, self.file, wanted(self, workspace), talk=workspace.talk)

    def tables(self, done: Ingested) -> Answer:
        from ecosystem.questions.tables.ingesting import ingested

        return ingested(done)


def wanted(said: Ingest | TakeGuests, workspace: Workspace) -> Wanted:
    """What is to come of what a document or a list of guests proposes."""
    from ecosystem.documents.ingesting import Wanted
    from ecosystem.intake.apart import Limits

    limits = Limits.of(workspace.settings)
    return Wanted(
        said.accept, said.review, said.write_review, said.dry_run, said.by, said.note, limits
    )
