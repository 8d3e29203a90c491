"""The web view, or an application of a test's own, on a free port; and what asks it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from flask import Flask

from ecosystem.workspace import Workspace
from webapp.limits import Limits
from webapp.server import Server, bind

Said = TypeVar("Said")


@contextmanager
def running(server: Server) -> Iterator[threading.Thread]:
    """The thread in which ``server`` answers until the block ends."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        if thread.is_alive():
            server.shutdown()
        thread.join()


@contextmanager
def serving(workspace: Workspace) -> Iterator[str]:
    """The address of a server over ``workspace`` that ends with the block."""
    workspace.settings = replace(workspace.settings, port=0)
    server = bind(workspace)
    with running(server):
        yield f"http://127.0.0.1:{server.port}/"


@contextmanager
def serving_app(app: Flask, host: str = "127.0.0.1", **limits: float) -> Iterator[SplitResult]:
    """Where ``app`` answers, within ``limits``, until the block ends."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)
    server = Server(app, listener, Limits(**limits))
    with running(server):
        yield urlsplit(f"http://{f'[{host}]' if ':' in host else host}:{server.port}/")


def connect(where: SplitResult) -> socket.socket:
    """A bare connection, which gives up after 20 seconds."""
    return socket.create_connection((where.hostname, where.port), timeout=20)


def ask(where: SplitResult, path: str = "/", **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def wait_until(true: Callable[[], Said], seconds: float = 20) -> Said:
    """Wait until ``true()``; what it said last."""
    end = time.monotonic() + seconds
    while not (said := true()) and time.monotonic() < end:
        time.sleep(0.02)
    return said
