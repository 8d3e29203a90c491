"""A time limit that a database cannot overlook."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

GRACE_SECONDS = 3.0
AGAIN_SECONDS = 0.05


class Deadline:
    """Watches over a block of code: ``passed`` says whether it took longer than allowed.

    At the limit ``stop`` is called, and again and again, because what is to be stopped may not
    have begun. What goes on for ``GRACE_SECONDS`` more is cut off by ``abandon``: both kinds of
    database are deaf to any limit while they work out a single long expression.
    """

    def __init__(
        self, seconds: float, stop: Callable[[], None], abandon: Callable[[], None]
    ) -> None:
        self.passed = False
        self._stop, self._abandon = stop, abandon
        self._finished = threading.Event()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._finished.set()
        self._timer.cancel()
        self._timer.join()

    def _expire(self) -> None:
        if self._finished.is_set():
            return
        self.passed = True
        patience = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < patience:
            self._stop()
            if self._finished.wait(AGAIN_SECONDS):
                return
        self._abandon()
