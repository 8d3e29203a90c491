"""Work that takes longer than a reader waits for a page: begun once, looked at until it is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError as CancelledBefore
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any

from ecosystem.talking import Share, Talk

AT_ONCE = 2
LASTS = 2 * 3600.0


class CancelledError(Exception):
    """Nobody waits for the work any more; it ends where it says the next time how far it is."""


@dataclass
class Work:
    """One piece of work: what it does at the moment, and since when."""

    future: Future[Any]
    said: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> int:
        """How long it has been at it."""
        return round(time.monotonic() - self.begun)

    @property
    def at(self) -> str:
        """What it said last, as its first word."""
        return self.said[-1].partition(" ")[0] if self.said else ""

    @property
    def share(self) -> int | None:
        """How many hundredths of that are done; None where it does not say."""
        last = self.said[-1] if self.said else ""
        return last.hundredths if isinstance(last, Share) else None

    def done(self, wait: float) -> bool:
        """Whether it has ended, after ``wait`` seconds at most."""
        try:
            self.future.exception(wait)
        except NotYet:
            return False
        except CancelledBefore:
            pass
        return True

    @property
    def succeeded(self) -> bool:
        """Whether something came of it."""
        done = self.future.done() and not self.future.cancelled()
        return done and self.future.exception() is None

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
            stopped = threading.Event()

            def talk(message: str) -> None:
                if stopped.is_set():
                    raise CancelledError
                said.append(message)

            work = Work(self._pool.submit(do, talk), said, stopped=stopped)
            self._works[key] = state, work
            return work

    def cancel(self, about: str, *what: str) -> None:
        """End these works where they are; what they would have written is not."""
        with self._lock:
            kept = [self._works[about, one][1] for one in what if (about, one) in self._works]
        for work in kept:
            work.stopped.set()
            work.future.cancel()

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
