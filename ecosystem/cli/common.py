"""What commands have in common: their settings, how they print, how completion offers words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from ecosystem import terminal
from ecosystem.cli.progress import Progress
from ecosystem.cli.spoken import language_of, said
from ecosystem.errors import SettingsError
from ecosystem.model import ENTITY_KINDS
from ecosystem.names import Offer, offers
from ecosystem.settings import Settings
from ecosystem.store.witness import noted
from ecosystem.tables import Answer
from ecosystem.values import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from ecosystem.workspace import Workspace

FORMATS = ("table", "json", "csv", "csv-bom")
LANGUAGE_HELP = Text("Език на текстовете.", "Language of texts.")
SAID_LANGUAGE = "ecosystem.lang"
"""Where a context keeps the language that was said before the command."""
MOST_OFFERED = 40
"""How many names a shell is given at once."""
SETTINGS = ("data", "lang", "host", "port")
WARNING = Text("Внимание", "Warning")


class Offered(click.ParamType[str]):
    """A text for which the shell offers words; whether it is one of them is checked later."""

    name = "text"

    def __init__(self, words: Callable[[], Sequence[str]]) -> None:
        self._words = words

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's own signature
        param: click.Parameter,  # noqa: ARG002  # click's own signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that begin with what was typed."""
        return [CompletionItem(word) for word in self._words() if word.startswith(incomplete)]


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Workspace, Progress]]:
    """The workspace of a command, and what tells how far it is.

    What was changed behind the mapper's back is said on stderr at the end, beside the answer.
    """
    from ecosystem.workspace import Workspace

    with Progress() as progress, Workspace.open(settings, progress) as workspace:
        yield workspace, progress
        if workspace.store.altered:
            damage = workspace.store.damage()
            warning = WARNING.show(settings.lang)[0]
            print(f"{warning}: {damage}", file=sys.stderr)


class OfferedNames(Offered):
    """The same with ids of what is recorded, each with its name, as the data folder lists them."""

    def __init__(self, words: Callable[[], Sequence[str]], kinds: Sequence[str]) -> None:
        super().__init__(words)
        self._kinds = kinds

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Words, then ids that begin so or whose names hold a word that does."""
        found = super().shell_complete(ctx, param, incomplete)
        offered = (one for one in self._offers(ctx) if one.matches(incomplete))
        lang = language_of((), os.environ)
        return found + [
            CompletionItem(one.id, help=Text(one.bg, one.en).show(lang)[0])
            for one in islice(offered, MOST_OFFERED)
        ]

    def _offers(self, ctx: click.Context) -> Iterable[Offer]:
        """What the data folder lists; nobody where people are left out."""
        try:
            flags = {"data": ctx.params.get("data")}
            settings = Settings.read(flags, os.environ, ctx.params.get("config"))
        except SettingsError:
            return ()
        if settings.neo4j_uri:
            return ()
        folder = settings.data_folder
        without = ctx.params.get("people") or ctx.params.get("without_people")
        kinds = self._kinds or ENTITY_KINDS
        wanted = [kind for kind in kinds if not (without and kind == "Person")]
        return offers(folder, noted(folder), wanted) if wanted else ()


def common_options(formats: bool = True) -> list[click.Option]:
    """The options that every command has; with ``formats`` also how its answer is printed."""
    found = [
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            help=said(
                Text(
                    "Файл с настройки (по подразбиране ecosystem.toml).",
                    "Configuration file (default ecosystem.toml).",
                )
            ),
        ),
        click.Option(
            ["--data"],
            help=said(
                Text("Папка с данни на вградената база.", "Data folder of the embedded engine.")
            ),
        ),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=said(LANGUAGE_HELP)),
    ]
    if formats:
        found.insert(
            0,
            click.Option(
                ["--format"],
                type=click.Choice(FORMATS),
                default="table",
                show_default=True,
                help=said(Text("Как се отпечатва отговорът.", "How the answer is printed.")),
            ),
        )
    return found


@dataclass(frozen=True)
class Talk:
    """What a command was told in common options, and how it answers."""

    settings: Settings
    form: str = "table"

    @classmethod
    def of(cls, given: dict[str, Any]) -> Talk:
        """The common options among ``given``, which are taken out of it.

        Raises
        ------
        SettingsError
            For a setting that cannot be used, wherever it came from.
        """
        form, config = given.pop("format", "table"), given.pop("config")
        flags = {name: given.pop(name) for name in SETTINGS if name in given}
        context = click.get_current_context(silent=True)
        if context is not None and not flags.get("lang"):
            flags["lang"] = context.meta.get(SAID_LANGUAGE)
        return cls(Settings.read(flags, os.environ, config), form)

    @property
    def lang(self) -> Language:
        """The language of texts."""
        return self.settings.lang

    def show(self, answer: Answer) -> None:
        """Print ``answer`` in the format asked for."""
        terminal.write(sys.stdout, answer, self.form, self.lang)
