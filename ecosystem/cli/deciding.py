"""Deciding: one more decision on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from ecosystem.cli.asking import view_options, words_of_options
from ecosystem.cli.common import Talk, common_options
from ecosystem.cli.progress import Progress
from ecosystem.desk import MATTERS
from ecosystem.questions.looking import Overall
from ecosystem.workspace import Workspace

STATES = "; ".join(f"{name}: {', '.join(matter.states)}" for name, matter in MATTERS.items())
FIELDS = {
    "owner": ("--owner", None, "Who sees to it."),
    "due_on": ("--due", "DAY", "By when."),
    "note": ("--note", None, "Why, in a sentence."),
    "heading": ("--heading", None, "What a saved view is called."),
    "rank": ("--rank", "N", "Its place in an order."),
}


def commands() -> Iterable[click.Command]:
    """The commands of this module."""
    yield click.Command(
        "decide",
        callback=_decide,
        params=[
            click.Argument(["matter"], type=click.Choice(list(MATTERS))),
            click.Argument(["subject"]),
            click.Argument(["state"], required=False, default=""),
            *(
                click.Option([flag, name], metavar=metavar, default="", help=help_)
                for name, (flag, metavar, help_) in FIELDS.items()
            ),
            *view_options(),
            *common_options(),
        ],
        help="Store one decision; without a state, withdraw it.\n\nThe subject is a gap's id "
        f"(with --scope), CITY>MENTOR, a project, a statement or a page. States: {STATES}.",
        short_help="Store one decision; without a state, withdraw it.",
    )


def _decide(matter: str, subject: str, state: str, **given: Any) -> None:
    from ecosystem.questions.tables.deciding import decided

    talk = Talk.of(given)
    values = {"state": state, **{name: given.pop(name) for name in FIELDS}}
    with Progress() as progress, Workspace.open(talk.settings, progress) as workspace:
        if matter == "match":
            ends = (workspace.ground().find(end.strip(), ("City",)) for end in subject.split(">"))
            subject = ">".join(ends)
        if matter == "gap":
            seen = Overall.read(words_of_options(Overall, given), workspace.ground())
            subject = workspace.gap_subject(seen.view, subject)
        made = workspace.decide(
            matter, subject, {name: text for name, text in values.items() if text}
        )
    talk.show(decided(made))
