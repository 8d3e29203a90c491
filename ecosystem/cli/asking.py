"""The query library and queries of one's own."""

from __future__ import annotations

import argparse

from ecosystem.answers import asking as answers
from ecosystem.cli.options import Commands, pairs, show
from ecosystem.cli.progress import Progress
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    query = commands.add(
        "query", _query, commands.shown, "run a query of the library, or one of your own"
    )
    query.add_argument("name", nargs="?", help="its name; without one the library is listed")
    query.add_argument("parameters", nargs="*", metavar="NAME=VALUE")
    query.add_argument("--cypher", metavar="TEXT", help="your own reading query")


def _query(options: argparse.Namespace, settings: Settings) -> None:
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        if options.cypher is not None:
            words = ([options.name] if options.name else []) + options.parameters
            answer = answers.rows(workspace.console(options.cypher, pairs(words)))
        elif options.name:
            result = workspace.run_query(options.name, pairs(options.parameters))
            answer = answers.rows(result, workspace.dataset().nodes)
        else:
            answer = answers.library(workspace.queries().values())
    show(options, settings, answer)
