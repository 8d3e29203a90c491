"""Telling on stderr what takes long."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

from ecosystem.figures import decimal


class Progress:
    """Says on stderr what is being done, once it takes longer than a second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self._message = ""
        self._began = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def __call__(self, message: str) -> None:
        """Set what is being done now."""
        self._message = message

    def _watch(self) -> None:
        said = ""
        while not self._done.wait(1.0):
            if self._message and self._message != said:
                said = self._message
                seconds = time.monotonic() - self._began
                print(f"{said} ({decimal(seconds, 'en', 0)} s)", file=self.stream, flush=True)
