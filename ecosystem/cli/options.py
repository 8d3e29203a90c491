"""What commands have in common: their options, the view they ask for, how they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ecosystem import terminal
from ecosystem.errors import ParameterError
from ecosystem.settings import Settings
from ecosystem.values import Language
from ecosystem.view import READINGS, View
from ecosystem.workspace import Workspace


class Parser(argparse.ArgumentParser):
    """A parser whose list of words may go on after an option.

    ``words`` names that list; argparse itself would call what follows an option unrecognised.
    """

    words = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As of ``ArgumentParser``."""
        found, rest = super().parse_known_args(args, namespace)
        if self.words:
            late = [word for word in rest if not word.startswith("-")]
            getattr(found, self.words).extend(late)
            rest = [word for word in rest if word not in late]
        return found, rest


class Commands:
    """The subcommands of the parser, made from four sets of common options.

    ``common`` for all, ``shown`` for answers with a format, ``seen`` for those that name a
    view, ``viewed`` for those with both.
    """

    def __init__(self, top: argparse.ArgumentParser) -> None:
        self._added = top.add_subparsers(
            title="commands", required=True, metavar="COMMAND", parser_class=Parser
        )
        common = Parser(add_help=False)
        common.add_argument(
            "--config", type=Path, help="configuration file (default ecosystem.toml)"
        )
        common.add_argument("--data", help="data folder of the embedded engine")
        common.add_argument("--lang", choices=("bg", "en"), help="language of texts")
        shown = Parser(add_help=False, parents=[common])
        shown.add_argument("--format", choices=("table", "json", "csv"), default="table")
        seen = Parser(add_help=False, parents=[common])
        viewed = Parser(add_help=False, parents=[shown])
        for parent in (seen, viewed):
            parent.add_argument("--scope", help="a city's id, or 'all'")
            parent.add_argument("--as-of", metavar="DAY", help="the day looked at (default today)")
            parent.add_argument(
                "--reading", choices=READINGS, help="which statements count that day"
            )
            parent.add_argument("--no-undated", action="store_true", help="leave undated ties out")
            parent.add_argument("--without-people", action="store_true", help="leave persons out")
        self.common, self.shown, self.seen, self.viewed = common, shown, seen, viewed

    def add(self, name: str, run: Any, parent: Parser, help: str) -> Any:
        """A command with the options of ``parent``; ``run(options, settings)`` answers it."""
        added = self._added.add_parser(name, parents=[parent], help=help, description=help)
        added.set_defaults(run=run)
        return added


def count(word: str) -> int:
    """A whole number from 0 up."""
    if not (word.isascii() and word.isdigit()):
        raise argparse.ArgumentTypeError(f"{word!r} is not a whole number from 0 up")
    return int(word)


def language(settings: Settings) -> Language:
    """The language that the settings ask for."""
    return "bg" if settings.lang == "bg" else "en"


def view(workspace: Workspace, options: argparse.Namespace) -> View:
    """The view that the options of a ``seen`` or ``viewed`` command ask for."""
    return workspace.view(
        options.scope,
        options.as_of,
        options.reading,
        undated=not options.no_undated,
        people=not options.without_people,
    )


def show(options: argparse.Namespace, settings: Settings, answer: terminal.Answer) -> None:
    """Print ``answer`` in the format asked for."""
    terminal.write(sys.stdout, answer, options.format, language(settings))


def pairs(words: Iterable[str]) -> Mapping[str, str]:
    """Words ``NAME=VALUE`` as a mapping.

    Raises
    ------
    ParameterError
        For a word without an equals sign.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise ParameterError(
                f"{word!r} is not NAME=VALUE.", "Write for example city=city:sofia."
            )
        found[name] = value
    return found
