"""Whom to invite, how two rooms compare, and the roadmap."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from ecosystem.cli.options import Commands, count, language, pairs, show, view
from ecosystem.cli.progress import Progress
from ecosystem.errors import ParameterError
from ecosystem.io.sheets import ENDINGS, Sheet, write
from ecosystem.settings import Settings
from ecosystem.terminal import Answer
from ecosystem.view import View
from ecosystem.workspace import Workspace


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    invite = commands.add(
        "invite",
        _invite,
        commands.viewed,
        "whom to invite to a workshop on a theme; lists and events compared",
    )
    invite.words = "what"
    invite.add_argument(
        "what",
        nargs="+",
        metavar="THEME",
        help="themes (theme:…), or one event to compare; last, if wanted, a .xlsx or .csv file",
    )
    invite.add_argument("--size", type=count, default=30, help="organisations (default 30)")
    invite.add_argument(
        "--quota",
        action="append",
        default=[],
        metavar="SECTOR=PARTS",
        help="parts of the places for a sector (default 1 for each of the helix, 0 for other)",
    )
    for flag, help in (("--must", "always invite"), ("--without", "never invite")):
        invite.add_argument(
            flag, action="append", default=[], metavar="ID", help=f"{help} (repeatable)"
        )
    invite.add_argument(
        "--compare", metavar="EVENT", help="an event, or themes separated by commas"
    )

    roadmap = commands.add(
        "roadmap", _roadmap, commands.viewed, "the projects of a programme, or of the scope"
    )
    roadmap.words = "what"
    roadmap.add_argument(
        "what",
        nargs="*",
        metavar="PROGRAMME",
        help="a programme or strategy (default: all projects of the scope); a .xlsx or .csv file",
    )


def _invite(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import planning as answers

    what, target = _target(options.what)
    if not what:
        raise ParameterError("invite: no theme is named.", "Name at least one, as theme:….")
    lang, choices = language(settings), _choices(options)
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        talk("Making the list ...")
        if options.compare:
            rooms = [
                workspace.room(seen, words, **choices)
                for words in (",".join(what), options.compare)
            ]
            compared = workspace.compare(seen, *rooms)
            answer, sheets = answers.comparison(compared), answers.comparison_sheets(compared, lang)
        else:
            if any(word.startswith("event:") for word in what):
                raise ParameterError(
                    "invite: an event alone has nothing to be compared with.",
                    "Add --compare and a second event, or themes.",
                )
            found = workspace.invite(seen, what, **choices)
            snapshot = workspace.snapshot(seen)
            answer = answers.invitation(snapshot, found)
            sheets = answers.invitation_sheets(snapshot, seen, found, lang)
    _put(options, settings, seen, answer, sheets, target)


def _choices(options: argparse.Namespace) -> dict[str, object]:
    return {
        "size": options.size,
        "parts": {sector: _parts(word) for sector, word in pairs(options.quota).items()},
        "must": tuple(options.must),
        "without": tuple(options.without),
    }


def _parts(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        message = f"quota: {word!r} is not a whole number from 0 up."
        raise ParameterError(message, "Write for example industry=2.")
    return int(word)


def _roadmap(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import roadmap as answers

    what, target = _target(options.what)
    if len(what) > 1:
        raise ParameterError("roadmap: it shows one programme.", "Leave the others out.")
    programme = what[0] if what else ""
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        found = workspace.roadmap(seen, programme)
        everything = workspace.snapshot(replace(seen, scope="all"))
        answer = answers.roadmap(workspace.snapshot(seen), found)
        sheets = answers.sheets(everything, seen, found, language(settings))
    _put(options, settings, seen, answer, sheets, target)


def _target(words: list[str]) -> tuple[list[str], Path | None]:
    """The ids among the words, and the one that is none: a file."""
    ids = [word for word in words if ":" in word]
    files = [word for word in words if word not in ids]
    if len(files) > 1:
        raise ParameterError(f"{files[1]}: one file is enough.", "Leave it out.")
    if files and not files[0].lower().endswith(ENDINGS):
        message = f"{files[0]}: it is neither an id nor a file that ends in .xlsx or .csv."
        raise ParameterError(message, "Ids have a colon, as theme:transport.")
    return ids, Path(files[0]) if files else None


def _put(
    options: argparse.Namespace,
    settings: Settings,
    seen: View,
    answer: Answer,
    sheets: tuple[Sheet, ...],
    target: Path | None,
) -> None:
    """Write the sheets where a file is named, else print the answer."""
    if target is None:
        show(options, settings, answer)
    else:
        print(write(sheets, target, date.fromisoformat(seen.as_of)))
