"""Work that takes longer than a reader waits for a page: begun once, looked at until it is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any

from ecosystem.loading import Talk

AT_ONCE = 2
LASTS = 2 * 3600.0


@dataclass
class Work:
    """One piece of work: what it does at the moment, and since when."""

    future: Future[Any]
    said: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> int:
        """How long it has been at it."""
        return round(time.monotonic() - self.begun)

    @property
    def at(self) -> str:
        """What it said last, as its first word."""
        return self.said[-1].partition(" ")[0] if self.said else ""

    def done(self, wait: float) -> bool:
        """Whether it has ended, after ``wait`` seconds at most."""
        try:
            self.future.exception(wait)
        except NotYet:
            return False
        return True

    def answer(self) -> Any:
        """What came of it; what it failed with is raised."""
        return self.future.result()


class Underway:
    """Works by what they are about; of each the last one is kept for a while."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, "import")
        self._lock = threading.Lock()
        self._works: dict[tuple[str, str], tuple[Hashable, Work]] = {}

    def of(
        self, about: str, what: str, state: Hashable, do: Callable[[Talk], Any] | None
    ) -> Work | None:
        """The work on this, begun where it is not under way in this ``state``.

        Without ``do`` nothing is begun.
        """
        key = about, what
        with self._lock:
            kept = self._works.get(key)
            if kept is not None and (do is None or kept[0] == state):
                return kept[1]
            if do is None:
                return None
            said: list[str] = []
            work = Work(self._pool.submit(do, said.append), said)
            self._works[key] = state, work
            return work

    def forget(self, about: str, *what: str) -> None:
        """Let go of what came of these works."""
        with self._lock:
            for one in what:
                self._works.pop((about, one), None)

    def forget_old(self) -> None:
        """Let go of what came of works that were begun long ago."""
        now = time.monotonic()
        with self._lock:
            for key, (_, work) in list(self._works.items()):
                if work.future.done() and now - work.begun > LASTS:
                    del self._works[key]
