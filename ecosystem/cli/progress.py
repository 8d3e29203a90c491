"""Telling on stderr what takes long."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

from ecosystem.figures import decimal, number
from ecosystem.talking import Share

_TO_THE_END = "\x1b[K"
"""Clears the rest of a line of a terminal."""


class Progress:
    """Says on stderr what is being done, once it takes longer than a second.

    On a terminal a line says how far it is, and is written anew.
    """

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
        said, drawn = "", False
        while not self._done.wait(1.0):
            message, seconds = self._message, time.monotonic() - self._began
            if isinstance(message, Share) and self.stream.isatty():
                line = f"{message} {number(message.hundredths, 'en')} %"
                print(f"\r{line}{_TO_THE_END}", end="", file=self.stream, flush=True)
                drawn = True
            elif message and message != said:
                begin = "\n" if drawn else ""
                line = f"{begin}{message} ({decimal(seconds, 'en', 0)} s)"
                print(line, file=self.stream, flush=True)
                drawn = False
            said = message
        if drawn:
            print(file=self.stream)
