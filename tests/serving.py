"""The web view on a free port, for a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ecosystem.workspace import Workspace
from webapp.server import bind


@contextmanager
def serving(workspace: Workspace) -> Iterator[str]:
    """The address of a server over ``workspace`` that ends with the block."""
    workspace.settings = replace(workspace.settings, port=0)
    server = bind(workspace)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        thread.join()
