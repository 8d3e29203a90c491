"""Serves the web view on this machine."""

from __future__ import annotations

import gc
import socket
import threading
import webbrowser

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ecosystem.errors import EcosystemError, SettingsError
from ecosystem.questions.gaps import Gaps
from ecosystem.questions.looking import Overall
from ecosystem.questions.mapping import SteadilyPlaced
from ecosystem.questions.measuring import MeasuredBy
from ecosystem.workspace import Workspace
from webapp import create_app


class _QuietHandler(WSGIRequestHandler):
    """Logs failures only: a line for each request would hide them."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if str(code)[:1] == "5":
            super().log_request(code, size)


def bind(workspace: Workspace) -> BaseWSGIServer:
    """A server for ``workspace`` that listens at the settings' address, not yet answering.

    Raises
    ------
    SettingsError
        Where the port is taken or the address is not one of this machine.
    """
    settings = workspace.settings
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError:
        message = f"port {settings.port} on {settings.host} cannot be used."
        hint = "Another program may have it: choose one with --port, or 0 for a free one."
        raise SettingsError(message, hint) from None
    with listener:
        return make_server(
            settings.host,
            settings.port,
            create_app(workspace),
            threaded=True,
            request_handler=_QuietHandler,
            fd=listener.fileno(),
        )


def _read(workspace: Workspace) -> None:
    """Read the store, and take what is there out of every later search for garbage.

    Records are no garbage and hold no rings, but there may be a million parts of them, and each
    search that goes through them all takes a second.
    """
    gc.disable()
    try:
        workspace.contents.present()
        gc.freeze()
    finally:
        gc.enable()


def _think_ahead(workspace: Workspace) -> None:
    """Work out what the first screen and the map show, before anybody asks."""
    try:
        _read(workspace)
        ground = workspace.ground()
        view = ground.usual_view()
        ground.ask(SteadilyPlaced(view=view))
        ground.ask(MeasuredBy(view=view, lens="all"))
        ground.ask(Overall(view=view))
        ground.ask(Gaps(view=view))
    except EcosystemError:
        # Whatever is wrong, the page that needs it says so.
        return


def serve(workspace: Workspace, *, open_browser: bool = False) -> None:
    """Serve until interrupted; the address goes to stdout."""
    server = bind(workspace)
    name = f"[{server.host}]" if ":" in server.host else server.host
    address = f"http://{name}:{server.port}/"
    print(address, flush=True)
    threading.Thread(target=_think_ahead, args=(workspace,), daemon=True).start()
    if open_browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    finally:
        server.server_close()
