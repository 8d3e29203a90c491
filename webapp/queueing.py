"""Requests that wait for a thread: whoever asks much waits behind himself, not before others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any


def whence(address: str) -> str:
    """Who is at an address: itself, or the network in which one has a great many."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def asker(address: str, forwarded: str, proxies: int) -> str:
    """Who asks by a connection from ``address``, as so many proxies are believed to say."""
    said = [one.strip() for one in forwarded.split(",")] if proxies else []
    return whence(said[-proxies] if said and len(said) >= proxies and said[-proxies] else address)


@dataclass(frozen=True)
class Waiting:
    """A request that waits, and who asked it; a task of waitress."""

    whose: str
    task: Any
    ended: Callable[[str], None]

    def service(self) -> None:
        """Answer it."""
        try:
            self.task.service()
        finally:
            self.ended(self.whose)

    def cancel(self) -> None:
        """Answer it no more."""
        self.task.cancel()


class Queue:
    """A queue for each asker; of each no more than a share of the threads is at work.

    waitress looks at it and takes from it under a lock of its own. It is empty while nothing in
    it may begin.
    """

    def __init__(self, share: int, longest: int) -> None:
        self._share, self._longest = share, longest
        self._queues: dict[str, deque[Waiting]] = {}
        self._working: Counter[str] = Counter()

    def has_room(self, whose: str) -> bool:
        """Whether one more request of an asker may wait."""
        return len(self._queues.get(whose, ())) < self._longest

    def append(self, waiting: Waiting) -> None:
        """Let a request wait."""
        self._queues.setdefault(waiting.whose, deque()).append(waiting)

    def popleft(self) -> Waiting:
        """The next request: of the asker for whom fewest threads are at work, the first one."""
        whose = min(self._ready(), key=self._working.__getitem__)
        self._working[whose] += 1
        queue = self._queues[whose]
        found = queue.popleft()
        if not queue:
            del self._queues[whose]
        return found

    def ended(self, whose: str) -> None:
        """A thread is at work for an asker no longer."""
        self._working[whose] -= 1
        if not self._working[whose]:
            del self._working[whose]

    def __len__(self) -> int:
        return sum(len(self._queues[whose]) for whose in self._ready())

    def _ready(self) -> list[str]:
        return [whose for whose in self._queues if self._working[whose] < self._share]
