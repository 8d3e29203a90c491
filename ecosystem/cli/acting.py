"""Commands from acts: their arguments and options, what they do, what they say was done."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click

from ecosystem.acts import ACTS, Act
from ecosystem.cli.asking import FOR_PAGES, about_of, option, words_of
from ecosystem.cli.common import WARNING, Offered, Talk, common_options, opened
from ecosystem.cli.spoken import said as spoken
from ecosystem.errors import DataError, told
from ecosystem.questions.parameters import Parameter


def commands() -> Iterable[click.Command]:
    """The command of each act that has one."""
    return (command(act) for act in ACTS if act.command)


def command(act: type[Act[Any]]) -> click.Command:
    """One command with the fields of its act as arguments and options."""
    said = {name: one for name, one in act.parameters().items() if one.doors != FOR_PAGES}

    def run(**given: Any) -> None:

        talk = Talk.of(given)
        words = {
            said[name].address or name: words_of(value)
            for name, value in given.items()
            if value not in (None, "", (), False)
        }
        with opened(talk.settings) as (workspace, _):
            asked = act.read(words, workspace.ground())
            try:
                done = asked.perform(workspace)
            except DataError as error:
                if talk.form == "json":
                    print(json.dumps(error.to_dict(), ensure_ascii=False, indent=2))
                raise
        for line in told(getattr(done, "warnings", ()), talk.lang):
            print(f"{WARNING.show(talk.lang)[0]}: {line}", file=sys.stderr)
        talk.show(asked.tables(done))

    about = spoken(about_of(act))
    more = [spoken(one.help) for one in said.values() if one.positional and one.help.en]
    return click.Command(
        act.command,
        callback=run,
        params=[*_params(said), *common_options()],
        help="\n\n".join((about, *more)),
        short_help=about,
    )


def _params(said: Mapping[str, Parameter]) -> Iterable[click.Parameter]:
    for name, one in said.items():
        if one.positional:
            yield click.Argument(
                [name],
                nargs=-1 if one.many else 1,
                required=one.required,
                metavar=f"[{one.metavar}]..." if one.many else None,
                type=Offered(one.choices),
            )
        else:
            yield option(name, one)
