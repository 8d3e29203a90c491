"""Turns at the processor: many may ask at once, few are worked for, and nobody waits behind one.

All threads of a process share one interpreter: each that works makes every other slower. So a
thread works only while it has a place. A place is given first to whom fewest are given already. Of
one asker what needs much has one place, one after the other in the order of asking; the others are
for what had little so far, the least first: a feedback queue [1]_ in which nothing starves.

Threads that take no turn, as those of a command, pass through everything here.

References
----------
.. [1] E. G. Coffman, L. Kleinrock, "Feedback Queueing Models for Time-Shared Systems", Journal of
   the ACM 15 (4), 1968.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PLACES = 4
"""Threads that work at the same time."""
OF_ONE = 2
"""Those among them that work for one asker."""
SLICE = 0.2
"""Seconds of work after which a thread makes way for whoever comes before it then."""
MUCH = 1.0
"""Seconds of work from which on it is known that something needs much."""


@dataclass(eq=False)
class Turn:
    """What one thread has had of the processor, for whom.

    ``hurried`` is whether others wait for its work: they must not wait behind its asker.
    """

    turns: Turns
    whose: str
    came: float
    had: float = 0.0
    began: float = 0.0
    hurried: bool = False
    goes: threading.Event = field(default_factory=threading.Event, repr=False)


_HERE = threading.local()


def here() -> Turn | None:
    """The turn of this thread; None where it has taken none."""
    found: Turn | None = getattr(_HERE, "turn", None)
    return found


def make_way() -> None:
    """Let others go first whose turn it is by now; called in the course of long work."""
    turn = here()
    if turn is not None and not turn.hurried and time.thread_time() - turn.began >= SLICE:
        turn.turns.wait(turn, again=True)


@contextmanager
def away() -> Iterator[None]:
    """Give the place of this thread to another while it waits for something else."""
    turn = here()
    if turn is None:
        yield
        return
    _HERE.turn = None
    turn.turns.give_up(turn)
    try:
        yield
    finally:
        turn.turns.wait(turn)
        _HERE.turn = turn


def hurry(turn: Turn | None) -> None:
    """Have work done before other work, because somebody waits for what comes of it."""
    if turn is not None:
        turn.turns.put_first(turn)


def calm() -> None:
    """Say that others wait no longer for the work of this thread."""
    turn = here()
    if turn is not None:
        turn.hurried = False


class Turns:
    """The places of a process, and who waits for one."""

    def __init__(self, places: int = PLACES, of_one: int = OF_ONE) -> None:
        self._places, self._of_one = places, of_one
        self._lock = threading.Lock()
        self._working: list[Turn] = []
        self._waiting: list[Turn] = []

    @contextmanager
    def taken(self, whose: str) -> Iterator[None]:
        """Work for ``whose`` in this thread, once it is its turn."""
        turn = Turn(self, whose, time.monotonic())
        self.wait(turn)
        _HERE.turn = turn
        try:
            yield
        finally:
            _HERE.turn = None
            self.give_up(turn)

    def wait(self, turn: Turn, again: bool = False) -> None:
        """Wait for a place; ``again`` by who has one, and keeps it where nobody comes before."""
        if again:
            turn.had += time.thread_time() - turn.began
        with self._lock:
            turn.goes.clear()
            if again:
                self._working.remove(turn)
            self._waiting.append(turn)
            self._fill()
        turn.goes.wait()
        turn.began = time.thread_time()

    def give_up(self, turn: Turn) -> None:
        """Let another have the place."""
        turn.had += time.thread_time() - turn.began
        with self._lock:
            self._working.remove(turn)
            self._fill()

    def put_first(self, turn: Turn) -> None:
        """Let a turn be the next one, whoever else waits."""
        with self._lock:
            turn.hurried = True
            self._fill()

    def _fill(self) -> None:
        while len(self._working) < self._places and (turn := self._next()) is not None:
            self._waiting.remove(turn)
            self._working.append(turn)
            turn.goes.set()

    def _next(self) -> Turn | None:
        given = Counter(one.whose for one in self._working)
        of_much = {one.whose for one in self._working if one.had >= MUCH}

        def may(one: Turn) -> bool:
            one_too_many = one.had >= MUCH and one.whose in of_much
            return one.hurried or (given[one.whose] < self._of_one and not one_too_many)

        def order(one: Turn) -> tuple[bool, int, float, float]:
            slices = 0 if one.had >= MUCH else 1 + one.had // SLICE
            return (not one.hurried, given[one.whose], slices, one.came)

        return min(filter(may, self._waiting), key=order, default=None)
