"""What would change, and what has changed: scenarios and the timeline of gaps."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ecosystem.cli.options import Commands, show, view
from ecosystem.cli.progress import Progress
from ecosystem.errors import SettingsError
from ecosystem.settings import Settings
from ecosystem.terminal import Answer
from ecosystem.workspace import Workspace, compare_datasets


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    what_if = commands.add(
        "what-if", _what_if, commands.viewed, "what imagined changes would do; stores nothing"
    )
    what_if.add_argument("scenario", type=Path, help="a scenario file (TOML)")
    what_if.add_argument(
        "--new", action="store_true", help="write an example with comments there instead"
    )

    timeline = commands.add(
        "timeline", _timeline, commands.viewed, "which gaps opened and closed, and by what"
    )
    timeline.add_argument(
        "--from", dest="earlier", metavar="DAY", help="the earlier day; the later is --as-of"
    )
    timeline.add_argument(
        "--between",
        nargs=2,
        type=Path,
        metavar=("OLD", "NEW"),
        help="compare two exports (.jsonl files or folders of packs) instead; needs no store",
    )


def _what_if(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import comparing as answers
    from ecosystem.answers.keeping import files
    from ecosystem.io import scenarios
    from ecosystem.io.exports import write_text

    if options.new:
        if options.scenario.exists():
            raise SettingsError(f"{options.scenario}: is there already.", "Name a new file.")
        show(options, settings, files([write_text(scenarios.EXAMPLE, options.scenario)]))
        return
    scenario = scenarios.read(options.scenario)
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Imagining ...")
        found = workspace.what_if(scenario, seen, str(options.scenario))
        answer = answers.what_if(found)
    show(options, settings, answer)


def _timeline(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import comparing as answers

    if options.between:
        if options.earlier or not options.scope:
            raise SettingsError(
                "timeline: --between goes with --scope and without --from.",
                "Name the scope, a city's id or all.",
            )
        show(options, settings, _files(options))
        return
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Comparing ...")
        if options.earlier:
            found = workspace.between(seen, options.earlier)
            answer = answers.comparison(found, replace(seen, as_of=options.earlier), seen)
        else:
            answer = answers.years(workspace.years(seen))
    show(options, settings, answer)


def _files(options: argparse.Namespace) -> Answer:
    from ecosystem.answers import comparing as answers
    from ecosystem.io.exports import read
    from ecosystem.view import View, checked

    day, reading = checked(options.as_of, options.reading)
    seen = View(options.scope, day, reading, not options.no_undated, not options.without_people)
    old, new = (read(path) for path in options.between)
    with Progress() as talk:
        talk("Comparing ...")
        found = compare_datasets(old, new, seen)
    return answers.comparison(found, seen, seen)
