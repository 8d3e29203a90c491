"""Mentor suggestions, the plan, and the check against past pairs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from ecosystem.cli.options import Commands, count, pairs, show, view
from ecosystem.cli.progress import Progress
from ecosystem.errors import ParameterError, SettingsError
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace, backtest


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    match = commands.add(
        "match", _match, commands.viewed, "mentor cities for a city; without one, for all"
    )
    match.add_argument("city", nargs="?", help="the id of the city that looks for a mentor")
    match.add_argument(
        "--capacity",
        type=int,
        default=3,
        help="mentees per mentor where none is recorded (default 3)",
    )
    match.add_argument(
        "--mentor-capacity",
        action="append",
        default=[],
        metavar="MENTOR=N",
        help="mentees of one mentor at once, whatever is recorded",
    )
    match.add_argument("--top", type=count, default=5, help="suggestions shown (default 5)")
    match.add_argument(
        "--same-country", action="store_true", help="mentors of the same country are eligible too"
    )
    match.add_argument("--minimum", type=float, default=0.0, help="lowest score of a planned pair")
    match.add_argument(
        "--backtest",
        type=Path,
        metavar="PAIRS",
        help="check the context against past pairs (CSV); needs no store",
    )
    match.add_argument(
        "--attributes", type=Path, metavar="ROWS", help="dated facts of the cities of --backtest"
    )
    for flag, help in (("--lock", "keep this pair"), ("--exclude", "never this pair")):
        match.add_argument(flag, action="append", default=[], metavar="CITY=MENTOR", help=help)

    rows = commands.add(
        "attributes",
        _attributes,
        commands.common,
        "dated rows for --backtest, on stdout, from two tables",
    )
    rows.add_argument("cities", type=Path, help="cities: place, population, language (CSV)")
    rows.add_argument("membership", type=Path, help="memberships of networks (CSV, semicolons)")


def _match(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import mentoring as answers

    if options.backtest or options.attributes:
        _backtest(options, settings)
        return
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Matching ...")
        if options.city:
            found = workspace.match(options.city, seen, other_country=not options.same_country)
            answer = answers.matches(found, options.top)
        else:
            board = workspace.board(
                seen,
                capacity=options.capacity,
                capacities=_numbers(options.mentor_capacity),
                other_country=not options.same_country,
                minimum=options.minimum,
                locks=tuple(_couples(options.lock)),
                exclusions=tuple(_couples(options.exclude)),
            )
            answer = answers.board(workspace.snapshot(seen), board)
    show(options, settings, answer)


def _numbers(words: Iterable[str]) -> dict[str, int]:
    found = {}
    for name, text in pairs(words).items():
        if not (text.isascii() and text.isdigit()):
            raise ParameterError(f"{name}: {text!r} is not a whole number.", "Write 0 or more.")
        found[name] = int(text)
    return found


def _couples(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, other) for word in words for one, other in pairs([word]).items()]


def _backtest(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import mentoring as answers

    if not (options.backtest and options.attributes) or options.city:
        raise SettingsError(
            "match: --backtest and --attributes go together, without a city.",
            "Make the second file with 'ecosystem attributes'.",
        )
    with Progress() as talk:
        talk("Ranking past pairs ...")
        found = backtest(options.backtest, options.attributes)
    if options.format != "table":
        for note in answers.backtest_notes(found):
            print(note.bg if settings.lang == "bg" else note.en, file=sys.stderr)
    show(options, settings, answers.backtest(found))


def _attributes(options: argparse.Namespace, _settings: Settings) -> None:
    from ecosystem.io.pairs import dated_rows, undated_columns, write_facts

    facts = dated_rows(options.cities, options.membership)
    dropped = ", ".join(undated_columns(options.cities)) or "none"
    print(f"{len(facts)} rows; left out as undated: {dropped}.", file=sys.stderr)
    write_facts(facts, sys.stdout)
