"""Serves the web view on this machine."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from ecosystem.errors import EcosystemError, SettingsError
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.looking import Overall
from ecosystem.questions.mapping import SteadilyPlaced
from ecosystem.questions.measuring import MeasuredBy
from ecosystem.workspace import Workspace
from webapp import create_app, limits, network, uploads

TIDY_EVERY = 600.0
"""Seconds after which it is looked again whether something has waited for too long."""
GRACE = 2.0
"""Seconds in which answers that are under way may be finished when the server ends."""


class Server:
    """An application behind a socket that listens; it answers while ``serve_forever`` runs."""

    def __init__(
        self, app: Flask, listener: socket.socket, granted: limits.Limits = limits.USUAL
    ) -> None:
        self.app = app
        self.port = int(listener.getsockname()[1])
        self._ended = threading.Event()
        self._sockets: dict[int, Any] = {}
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._server = limits.Server(_telling_failures(app), listener, self._sockets, granted)

    def serve_forever(self) -> None:
        """Answer until ``shutdown`` or an exception, such as Ctrl-C; then close everything."""
        try:
            while not self._ended.is_set():
                self._turn()
        finally:
            self._ended.set()
            self._close()

    def shutdown(self) -> None:
        """Let ``serve_forever`` end; called from another thread, and again without effect."""
        if not self._ended.is_set():
            self._ended.set()
            self._server.pull_trigger()

    def _turn(self) -> None:
        """Read and write what can be, after at most a second of waiting."""
        self._server.asyncore.loop(timeout=1, map=self._sockets, use_poll=True, count=1)

    def _close(self) -> None:
        self._server.del_channel()
        self._server.socket.close()
        end = time.monotonic() + GRACE
        while self._answering() and time.monotonic() < end:
            self._turn()
        for channel in list(self._server.active_channels.values()):
            channel.end()
        dispatcher = self._server.task_dispatcher
        dispatcher.shutdown(timeout=GRACE)
        # What still runs may pull the trigger, whose number another file might have by then.
        if not dispatcher.threads:
            self._server.trigger.close()

    def _answering(self) -> bool:
        channels = self._server.active_channels.values()
        return any(one.requests or one.total_outbufs_len for one in channels)


def _telling_failures(app: Flask) -> Callable[..., Iterable[bytes]]:
    """``app`` with a line on stderr for every answer of 500 and above, and for no other."""

    def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            if status.startswith("5"):
                # What follows the path may hold a query, or the name of somebody.
                asked = f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI'].partition('?')[0]!a}"
                print(f"{time.strftime('%F %T')} {asked} {status}", file=sys.stderr, flush=True)
            return start_response(status, headers, error)

        return app(environ, start)

    return told


def bind(workspace: Workspace) -> Server:
    """A server for ``workspace`` that listens at the settings' address, not yet answering.

    Raises
    ------
    SettingsError
        Where the port is taken or the address is not one of this machine.
    """
    settings = workspace.settings
    names = [settings.allowed_hosts]
    if network.beyond_this_machine(settings.host):
        names.append(network.name_of(settings.host))
    app = create_app(workspace, {"ALLOWED_HOSTS": ",".join(names)})
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError:
        message = f"port {settings.port} on {settings.host} cannot be used."
        hint = "Another program may have it: choose one with --port, or 0 for a free one."
        raise SettingsError(message, hint) from None
    return Server(app, listener, replace(limits.USUAL, proxies=settings.trusted_proxies))


def _think_ahead(workspace: Workspace) -> None:
    """Work out what the first screen and the map show, before anybody asks."""
    try:
        ground = workspace.ground()
        # No later search for garbage goes through a million parts of records.
        gc.freeze()
        view = ground.usual_view()
        ground.ask(Overall(view=view))
        ground.ask(SteadilyPlaced(view=view))
        ground.ask(MeasuredBy(view=view, lens="all"))
        ground.ask(Gaps(view=view))
    except EcosystemError:
        # Whatever is wrong, the page that needs it says so.
        return


def tidy(app: Flask, data_folder: Path) -> None:
    """Let go of files that were sent, and of what came of them, after their time."""
    uploads.sweep(data_folder)
    if underway := app.extensions.get("underway"):
        underway.forget_old()


def _keep_tidy(app: Flask, data_folder: Path) -> None:
    """Do so whether or not somebody sends another file: people may be named in them."""
    while True:
        tidy(app, data_folder)
        time.sleep(TIDY_EVERY)


def serve(workspace: Workspace, *, open_browser: bool = False) -> None:
    """Serve until Ctrl-C, as KeyboardInterrupt, or SIGTERM; the address goes to stdout."""
    server = bind(workspace)
    host = network.name_of(workspace.settings.host)
    if network.beyond_this_machine(workspace.settings.host):
        print(network.said(network.OPEN, workspace.settings), file=sys.stderr, flush=True)
    address = f"http://{f'[{host}]' if ':' in host else host}:{server.port}/"
    print(address, flush=True)
    folder = workspace.settings.data_folder
    for work, given in ((_think_ahead, (workspace,)), (_keep_tidy, (server.app, folder))):
        threading.Thread(target=work, args=given, daemon=True).start()
    if open_browser:
        webbrowser.open(address)
    signal.signal(signal.SIGTERM, _end)
    server.serve_forever()


def _end(*_signal: object) -> None:
    raise SystemExit(0)
