"""A list of guests onto the map: who of them is known, and that they took part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ecosystem.acts.act import Act, by, dry_run, note
from ecosystem.acts.ingesting import wanted
from ecosystem.questions import fields
from ecosystem.tables import Answer
from ecosystem.values import Text

if TYPE_CHECKING:
    from ecosystem.documents.ingesting import Ingested
    from ecosystem.workspace import Workspace


class TakeGuests(Act["Ingested"]):
    """Say who of a guest list is known; write that they took part in an event."""

    name = "guests"
    title = Text("Списък на гости", "Guest list")
    command = "guests"
    lacks: ClassVar = {"form": "a list is corrected line by line where it is seen"}

    file: Path | None = fields.file(
        Text("Файл", "File"),
        help=Text(
            "Текст с по един гост на ред, името и организацията; - чете стандартния вход.",
            "A text with a guest in each line, name and organisation; - reads standard input.",
        ),
        positional=True,
        required=True,
        metavar="FILE",
    )
    event: str = fields.line(
        Text("Събитие", "Event"),
        help=Text(
            "Събитие от картата, по име или id, или името на ново.",
            "An event of the map, by name or id, or the name of a new one.",
        ),
        metavar="EVENT",
    )
    day: str = fields.day(
        Text("Ден", "Day"),
        help=Text("Кога е било, ако картата не го знае.", "When it was, if the map does not know."),
    )
    accept: str = fields.line(
        Text("Приемане", "Accept"),
        help=Text(
            "Кои редове се записват: all или номера като 1,3,5-9; иначе само се показват.",
            "Which lines are written: all, or numbers as 1,3,5-9; else they are only shown.",
        ),
        metavar="LIST",
    )
    review: Path | None = fields.file(
        Text("Преглед", "Review"),
        help=Text(
            "Файл TOML с отговори кой кой е; приетото се записва.",
            "A TOML file that says who is who; what it accepts is written.",
        ),
        metavar="FILE",
    )
    write_review: Path | None = fields.file(
        Text("Запис на прегледа", "Write the review"),
        help=Text(
            "Записва гостите във файл, за да се поправи кой кой е.",
            "Write the guests into a file, to correct who is who.",
        ),
        metavar="FILE",
    )
    dry_run: bool = dry_run()
    by: str = by()
    note: str = note()

    def perform(self, workspace: Workspace) -> Ingested:
        assert self.file is not None
        from ecosystem.documents import reading
        from ecosystem.documents.listing import happening, take

        asked = wanted(self, workspace)
        lines = reading.read(self.file, asked.limits).text
        ground = workspace.ground()
        at = happening(
            self.event, self.day, lambda word: ground.find(word, ("Event",)), ground.facts
        )
        return take(workspace.contents, lines, at, asked, talk=workspace.talk)

    def tables(self, done: Ingested) -> Answer:
        from ecosystem.questions.tables.ingesting import guests

        return guests(done)
