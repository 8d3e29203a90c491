"""The command line: parse, ask the workspace, print. Data to stdout, talk to stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from ecosystem import __version__
from ecosystem.cli import acting, asking, assisting, keeping
from ecosystem.cli.common import LANGUAGE_HELP, SAID_LANGUAGE
from ecosystem.cli.spoken import language_of, said, speaking
from ecosystem.errors import (
    DataError,
    EcosystemError,
    FieldsError,
    NotFoundError,
    QueryError,
    SettingsError,
    StoreError,
    told,
)
from ecosystem.questions import QUESTIONS
from ecosystem.questions.question import shared
from ecosystem.values import LANGUAGES, Language, Text

OPTIONS_METAVAR = Text("[ОПЦИИ]", "[OPTIONS]")
EXIT_CODES: tuple[tuple[type[EcosystemError], int], ...] = (
    (SettingsError, 2),
    (FieldsError, 2),
    (NotFoundError, 6),
    (QueryError, 5),
    (StoreError, 4),
    (EcosystemError, 3),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a bug, 2 usage, 3 data problems, 4 store, 5 query, 6 not found.
    """
    for stream in (sys.stdout, sys.stderr):
        # Answers are UTF-8 whatever the locale says; a broken file name in them is escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    with speaking(language_of(words, os.environ)):
        return _run(words)


def _run(words: Sequence[str]) -> int:
    try:
        done = group().main(words, prog_name="ecosystem", standalone_mode=False)
        sys.stdout.flush()
        return int(done or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except EcosystemError as error:
        return _fail(error, _language(words))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return 130


def group() -> click.Group:
    """Every command: those that ask, and those that keep."""
    top = click.Group(
        "ecosystem",
        help=said(
            Text(
                "Карта на иновационна екосистема от твърдения с източници.",
                "Map an innovation ecosystem from sourced statements.",
            )
        ),
        context_settings={"max_content_width": 120},
        options_metavar=said(OPTIONS_METAVAR),
        subcommand_metavar=said(Text("КОМАНДА [АРГУМЕНТИ]...", "COMMAND [ARGS]...")),
        params=[_version_option(), _language_option()],
    )
    for command in (
        *acting.commands(),
        *keeping.commands(),
        *asking.commands(shared(QUESTIONS)),
        *assisting.commands(),
    ):
        command.options_metavar = said(OPTIONS_METAVAR)
        top.add_command(command)
    return top


def _version_option() -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help=said(Text("Показва версията и приключва.", "Show the version and end.")),
    )


def _language_option() -> click.Option:
    """The language for whatever command follows; a command's own option goes before it."""

    def remember(context: click.Context, _param: click.Parameter, lang: str | None) -> None:
        context.meta[SAID_LANGUAGE] = lang

    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=remember,
        help=said(LANGUAGE_HELP),
    )


def _version(context: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"ecosystem {__version__}")
        context.exit()


def _language(words: Sequence[str]) -> Language:
    """The language of an error: as the answer would have had it."""
    return language_of(words, {"ECOSYSTEM_LANG": os.environ.get("ECOSYSTEM_LANG", "")})


def _fail(error: EcosystemError, lang: Language) -> int:
    if isinstance(error, DataError):
        for line in told(error.problems, lang):
            print(line, file=sys.stderr)
    if isinstance(error, FieldsError):
        for wrong in error.wrong:
            called = replace(wrong, name=wrong.option or wrong.name)
            print(f"ecosystem: {called.told(lang)}", file=sys.stderr)
    else:
        print(f"ecosystem: {error.in_words(lang)}", file=sys.stderr)
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))
