"""The door over HTTP, for programs of this machine that know the token."""

from __future__ import annotations

import hmac
import secrets
import socket
import sys
from collections.abc import Mapping
from typing import Any

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ecosystem.assistant.door import Door
from ecosystem.assistant.server import server_of
from ecosystem.errors import SettingsError

LOOPBACK = "127.0.0.1"
PATH = "/mcp"
NAMES = (LOOPBACK, "localhost")
"""The names under which the server may be called: a page of another site has another."""


class TokenAsked:
    """Lets through who sends the token; everybody else gets 401, whatever they ask for."""

    def __init__(self, inside: ASGIApp, token: str) -> None:
        self.inside = inside
        self.token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or (scope["type"] == "http" and self._known(scope)):
            await self.inside(scope, receive, send)
        elif scope["type"] == "http":
            headers = {"WWW-Authenticate": "Bearer"}
            answer = PlainTextResponse("A token is needed.", status_code=401, headers=headers)
            await answer(scope, receive, send)

    def _known(self, scope: Mapping[str, Any]) -> bool:
        said = [value for name, value in scope["headers"] if name == b"authorization"]
        scheme, _, token = said[0].partition(b" ") if len(said) == 1 else (b"", b"", b"")
        return scheme.lower() == b"bearer" and hmac.compare_digest(token, self.token)


def application(door: Door, port: int, token: str) -> ASGIApp:
    """The server as an application that asks for the token, the right host and origin."""
    hosts = [f"{name}:{port}" for name in NAMES]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"http://{host}" for host in hosts],
    )
    # Every request stands for itself: no session of one client can be taken over by another.
    inside = server_of(door).streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, transport_security=security
    )
    return TokenAsked(inside, token)


def serve_on_loopback(door: Door, port: int, token: str) -> None:
    """Serve until interrupted; address and a token that was made up here go to stderr.

    Raises
    ------
    SettingsError
        Where the port is taken.
    """
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError:
        hint = "Another program may have it: choose one with --port, or 0 for a free one."
        raise SettingsError(f"port {port} on {LOOPBACK} cannot be used.", hint) from None
    with listener:
        port = listener.getsockname()[1]
        print(f"http://{LOOPBACK}:{port}{PATH}", file=sys.stderr, flush=True)
        if not token:
            token = secrets.token_urlsafe(32)
            print(f"Authorization: Bearer {token}", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            application(door, port, token),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        uvicorn.Server(config).run(sockets=[listener])
