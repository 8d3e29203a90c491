"""Measures, gaps, one node, ways between two, the report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ecosystem.cli.options import Commands, count, language, show, view
from ecosystem.cli.progress import Progress
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace

FORMS = {".html": "html", ".htm": "html", ".pdf": "pdf"}
LENSES = ("work", "met", "funding", "mentoring", "capability", "all")


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    analyse = commands.add(
        "analyse", _analyse, commands.viewed, "centralities and structure of a lens"
    )
    analyse.add_argument("--lens", choices=LENSES, default="work")
    analyse.add_argument(
        "--stability",
        action="store_true",
        help="test each ranking of organisations without some of its sources (takes longer)",
    )
    analyse.add_argument("--top", type=count, default=10, help="rows per measure (default 10)")

    gaps = commands.add(
        "gaps", _gaps, commands.viewed, "what is missing, with formulas and evidence"
    )
    gaps.add_argument(
        "rules", nargs="*", metavar="RULE", help="for example G12, with its tables (default: all)"
    )
    gaps.add_argument("--top", type=count, default=5, help="findings shown per rule (default 5)")

    entity = commands.add("show", _show, commands.viewed, "everything recorded about one node")
    entity.add_argument("id")

    path = commands.add(
        "path", _path, commands.viewed, "the shortest ways between two actors, step by step"
    )
    path.add_argument("source", help="id of one actor")
    path.add_argument("target", help="id of the other")
    path.add_argument("--lens", choices=LENSES, default="work")

    city = commands.add(
        "city", _city, commands.viewed, "needs and strengths of a city, beside mentors and peers"
    )
    city.add_argument("id")
    city.add_argument(
        "--peer", action="append", metavar="CITY", help="a city to compare with (up to 5)"
    )

    report = commands.add(
        "report", _report, commands.seen, "a cited report of the scope to read or print"
    )
    report.add_argument(
        "target",
        type=Path,
        nargs="?",
        default=Path("-"),
        help="a .pdf, .html or .md file; '-' (Markdown to stdout) by default",
    )


def _analyse(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import looking as answers

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Measuring ...")
        measures = workspace.measures(seen, options.lens)
        structure = workspace.structure(seen, options.lens)
        tested = {}
        for measure in measures if options.stability else ():

            def tell(done: int, total: int, name: str = measure.name) -> None:
                talk(f"Testing the ranking by {name}: {done} of {total or '?'} draws ...")

            tested[measure.name] = workspace.stability(seen, options.lens, measure.name, tell=tell)
        answer = answers.analysis(
            workspace.snapshot(seen), measures, structure, options.top, tested
        )
    show(options, settings, answer)


def _gaps(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import gaps as answers

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Looking for gaps ...")
        results = workspace.gaps(seen, options.rules or None)
        answer = answers.gaps(
            workspace.snapshot(seen), results, options.top, tables_too=bool(options.rules)
        )
    show(options, settings, answer)


def _show(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import looking as answers

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        answer = answers.profile(workspace.entity(options.id, view(workspace, options)))
    show(options, settings, answer)


def _path(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import ways

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        found = workspace.connecting(seen, options.source, options.target, options.lens)
        answer = ways.connection(workspace.snapshot(seen), found)
    show(options, settings, answer)


def _city(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import places as answers

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        answer = answers.city(workspace.city(options.id, view(workspace, options), options.peer))
    show(options, settings, answer)


def _report(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.io.exports import write_bytes

    form = FORMS.get(options.target.suffix.lower(), "markdown")
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        talk("Writing the report ...")
        made = workspace.report(view(workspace, options), language(settings), form)
    if str(options.target) == "-":
        sys.stdout.write(str(made))
    else:
        write_bytes(made.encode() if isinstance(made, str) else made, options.target)
        print(options.target)
