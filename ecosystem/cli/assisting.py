"""The door for assistants, which is opened by a command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from ecosystem.cli.common import Talk, common_options
from ecosystem.cli.progress import Progress
from ecosystem.cli.spoken import said
from ecosystem.errors import SettingsError
from ecosystem.values import Text

PORT = 8766


def commands() -> Iterable[click.Command]:
    """The commands of this module."""
    yield click.Command(
        "mcp",
        callback=_serve,
        params=[
            click.Option(
                ["--http"],
                is_flag=True,
                help=said(
                    Text(
                        "Вместо това слуша на тази машина по HTTP за онзи, който изпраща ключа: от "
                        "ECOSYSTEM_ASSISTANT_TOKEN, иначе нов, отпечатан на stderr.",
                        "Listen on this machine over HTTP instead, for who sends the token: that "
                        "of ECOSYSTEM_ASSISTANT_TOKEN, else a new one, which is printed to stderr.",
                    )
                ),
            ),
            click.Option(
                # Not the setting of that name, which is the port of the web view.
                ["--port", "door_port"],
                type=click.IntRange(0, 65535),
                default=PORT,
                show_default=True,
                help=said(
                    Text("Порт за --http; 0 взема свободен.", "Port of --http; 0 takes a free one.")
                ),
            ),
            click.Option(
                ["--without-people"],
                is_flag=True,
                help=said(
                    Text(
                        "Не назовава хора никъде и оставя настрана конзолата, която би могла.",
                        "Name no person in anything, and leave out the console, which could.",
                    )
                ),
            ),
            *common_options(formats=False),
        ],
        help=said(
            Text(
                "Отговаря на асистент по Model Context Protocol; само чете.\n\n"
                "Асистентът стартира тази команда и говори с нея през стандартните ѝ потоци.",
                "Answer an assistant by the Model Context Protocol; reading only.\n\n"
                "The assistant starts this command and speaks with it over its standard streams.",
            )
        ),
        short_help=said(
            Text(
                "Отговаря на асистент по Model Context Protocol.",
                "Answer an assistant by the Model Context Protocol.",
            )
        ),
    )


def _serve(http: bool, door_port: int, without_people: bool, **given: Any) -> None:
    talk = Talk.of(given)
    try:
        from ecosystem.assistant.http import serve_on_loopback
        from ecosystem.assistant.server import serve_on_standard_streams
    except ModuleNotFoundError as error:
        if str(error.name).startswith("ecosystem"):
            raise
        raise SettingsError(
            f"mcp: the package {error.name} is not installed.",
            "Install the extra: pip install 'ecosystem-mapper[assistant]'.",
        ) from None
    from ecosystem.assistant.door import Door
    from ecosystem.workspace import Workspace

    with Progress() as progress:
        workspace = Workspace.open(talk.settings, progress)
    with workspace:
        workspace.ground().usual_view()  # an unknown scope is told now, not by every answer
        door = Door(workspace, people=not without_people)
        if http:
            serve_on_loopback(door, door_port, talk.settings.assistant_token)
        else:
            serve_on_standard_streams(door)
