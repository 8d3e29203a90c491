"""The desk: what users decided, and deciding."""

from __future__ import annotations

import argparse

from ecosystem.cli.options import Commands, show, view
from ecosystem.cli.progress import Progress
from ecosystem.desk import MATTERS
from ecosystem.settings import Settings
from ecosystem.workspace import Workspace


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    desk = commands.add(
        "desk", _desk, commands.viewed, "gaps taken up and what became of them; every decision"
    )
    desk.add_argument("matter", nargs="?", choices=MATTERS, help="only decisions of this matter")
    desk.add_argument("--history", action="store_true", help="earlier decisions too")

    states = "; ".join(f"{name}: {', '.join(one.states)}" for name, one in MATTERS.items())
    decide = commands.add(
        "decide", _decide, commands.viewed, "store one decision; without a state, withdraw it"
    )
    decide.add_argument("matter", choices=MATTERS)
    decide.add_argument(
        "subject", help="a gap's id (with --scope), CITY>MENTOR, a project, a statement, a page"
    )
    decide.add_argument("state", nargs="?", default="", help=states)
    decide.add_argument("--owner", default="", help="who sees to it")
    decide.add_argument("--due", default="", metavar="DAY", help="by when")
    decide.add_argument("--note", default="", help="why, in a sentence")
    decide.add_argument("--heading", default="", help="what a saved view is called")
    decide.add_argument("--rank", default="", metavar="N", help="its place in an order")


def _desk(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import deciding as answers

    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        seen = view(workspace, options)
        followed = workspace.follow_up(seen) if options.matter in (None, "gap") else ()
        answer = answers.desk(workspace.desk(), followed, options.matter, options.history)
    show(options, settings, answer)


def _decide(options: argparse.Namespace, settings: Settings) -> None:
    from ecosystem.answers import deciding as answers

    given = {
        "state": options.state,
        "owner": options.owner,
        "due_on": options.due,
        "note": options.note,
        "heading": options.heading,
        "rank": options.rank,
    }
    with Progress() as talk, Workspace.open(settings, talk) as workspace:
        subject = options.subject
        if options.matter == "gap":
            subject = workspace.gap_subject(view(workspace, options), subject)
        made = workspace.decide(
            options.matter, subject, {name: text for name, text in given.items() if text}
        )
    show(options, settings, answers.decided(made))
