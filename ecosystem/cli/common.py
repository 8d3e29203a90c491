"""What commands have in common: their settings, how they print, how completion offers words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from ecosystem import terminal
from ecosystem.cli.spoken import said
from ecosystem.settings import Settings
from ecosystem.tables import Answer
from ecosystem.values import LANGUAGES, Language, Text

FORMATS = ("table", "json", "csv", "csv-bom")
LANGUAGE_HELP = Text("Език на текстовете.", "Language of texts.")
SAID_LANGUAGE = "ecosystem.lang"
"""Where a context keeps the language that was said before the command."""
SETTINGS = ("data", "lang", "host", "port")


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
        return "bg" if self.settings.lang == "bg" else "en"

    def show(self, answer: Answer) -> None:
        """Print ``answer`` in the format asked for."""
        terminal.write(sys.stdout, answer, self.form, self.lang)
