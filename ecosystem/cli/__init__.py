"""The command line: parse, call the workspace, print. Data to stdout, talk to stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from ecosystem import __version__
from ecosystem.cli import asking, comparing, deciding, keeping, looking, mentoring, planning
from ecosystem.cli.options import Commands
from ecosystem.errors import (
    DataError,
    EcosystemError,
    NotFoundError,
    QueryError,
    SettingsError,
    StoreError,
)
from ecosystem.settings import Settings

EXIT_CODES: tuple[tuple[type[EcosystemError], int], ...] = (
    (SettingsError, 2),
    (NotFoundError, 6),
    (QueryError, 5),
    (StoreError, 4),
    (EcosystemError, 3),
)
FAMILIES = (keeping, looking, mentoring, planning, deciding, comparing, asking)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a bug, 2 usage, 3 data problems, 4 store, 5 query, 6 not found.
    """
    for stream in (sys.stdout, sys.stderr):
        # Answers are UTF-8 whatever the locale says; a broken file name in them is escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        settings = Settings.read(vars(options), os.environ, options.config)
        result: int = options.run(options, settings) or 0
        sys.stdout.flush()
        return result
    except EcosystemError as error:
        return _fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _fail(error: EcosystemError) -> int:
    if isinstance(error, DataError):
        for problem in error.problems:
            print(problem, file=sys.stderr)
    print(f"ecosystem: {error}", file=sys.stderr)
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def parser() -> argparse.ArgumentParser:
    """The parser of every command, each with its help."""
    top = argparse.ArgumentParser(
        prog="ecosystem", description="Map an innovation ecosystem from sourced statements."
    )
    top.add_argument("--version", action="version", version=f"ecosystem {__version__}")
    commands = Commands(top)
    for family in FAMILIES:
        family.add(commands)
    return top
