"""Who starts the processes in which readers' queries run, lets them have their time, and ends them.

A query costs its asker only: it has a process of its own, with a limit on memory, and steps back
behind others for the processor where it takes long. Where it isn't done in time the process is
killed, which needs no answer from anybody; a query that has ended its process is never asked again.
A process that has answered in full is kept for the next query: starting one takes a quarter of a
second.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ecosystem import turns
from ecosystem.errors import QueryError, StoreError, StoreUnavailableError
from ecosystem.figures import number
from ecosystem.store import failures
from ecosystem.store.worker import IDLE_SECONDS

MOST_AT_ONCE = 8
MOST_KEPT = 4
WAIT_SECONDS = 3.0
START_SECONDS = 60.0
STARTS = 3
# A query that takes longer steps back behind whoever else waits for the processor.
SHORT_SECONDS = 1.0
NICENESS = 10


class Place(NamedTuple):
    """What a worker is told before anything is asked, and the revision that it will see.

    Where ``told`` has a ``home``, that is a folder of the worker's own, which goes when it ends.
    """

    told: Mapping[str, Any]
    revision: int


class Places:
    """Places for queries, of which an asker has at most as many as are then still free.

    So one alone has half of them, and whoever comes next finds some: the more ask, the less each
    may have (dynamic thresholds [1]_). Who has no name, as a command, may have all.

    References
    ----------
    .. [1] A. K. Choudhury, E. L. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet
       Switches", IEEE/ACM Transactions on Networking 6 (2), 1998.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._given = Counter[str]()
        self._change = threading.Condition()

    @property
    def taken(self) -> int:
        """How many are taken."""
        return self._given.total()

    def take(self, whose: str, seconds: float) -> bool:
        """Take a place, once there is one for this asker; whether there was within the seconds."""
        with self._change:
            if not self._change.wait_for(lambda: self._may(whose), seconds):
                return False
            self._given[whose] += 1
            return True

    def give_up(self, whose: str) -> None:
        """Let another have the place."""
        with self._change:
            self._given -= Counter([whose])
            self._change.notify_all()

    def _may(self, whose: str) -> bool:
        free = self._number - self.taken
        return free > (self._given[whose] if whose else 0)


class Workers:
    """The processes for the queries of one store; safe to share between threads.

    Parameters
    ----------
    place
        Where a worker finds what the store holds at a revision or later.
    memory
        Megabytes of heap that a query may fill.
    """

    def __init__(self, place: Callable[[int], Place], memory: int) -> None:
        self._place, self._memory = place, memory
        self._places = Places(MOST_AT_ONCE)
        self._lock = threading.Lock()
        self._kept: list[_Worker] = []
        self._closed = False

    def ask(self, asked: Mapping[str, Any], revision: int, seconds: float) -> dict[str, Any]:
        """What a worker found in the contents of ``revision`` or of a later one.

        Raises
        ------
        StoreUnavailableError
            Where as many queries as may run at once are running, or as many of one asker.
        QueryTimeoutError
            Where it took longer than ``seconds``.
        QueryError
            Where the query ended its process, or as the worker says.
        """
        turn = turns.here()
        with turns.away():
            return self._asked(asked, revision, seconds, turn.whose if turn else "")

    def _asked(
        self, asked: Mapping[str, Any], revision: int, seconds: float, whose: str
    ) -> dict[str, Any]:
        if not self._places.take(whose, WAIT_SECONDS):
            raise StoreUnavailableError(
                f"database: {self._places.taken} queries are running, and no more may.",
                "Try again in a moment.",
            )
        try:
            return self._answered(self._take(revision), asked, seconds)
        finally:
            self._places.give_up(whose)

    def close(self) -> None:
        """End the workers that wait; one that is at work ends with its answer."""
        with self._lock:
            self._closed, waiting, self._kept = True, self._kept, []
        for worker in waiting:
            worker.end()

    def _answered(
        self, worker: _Worker, asked: Mapping[str, Any], seconds: float
    ) -> dict[str, Any]:
        whole = False
        try:
            answer = worker.say(asked, seconds)
            if answer is None:
                raise failures.time_is_up(seconds)
            if not answer:
                raise self._ended(worker)
            whole = not answer["truncated"]
            if "error" in answer:
                raise failures.heard(answer["error"])
            return answer
        finally:
            self._give_back(worker, whole)

    def _ended(self, worker: _Worker) -> QueryError:
        """What to say of a query whose process has ended without an answer."""
        hint = "Narrow it, or raise ECOSYSTEM_QUERY_MEMORY."
        needs = f"it needs more memory than a query may have ({number(self._memory, 'en')} MB)"
        if worker.process.wait() == -signal.SIGKILL:
            return QueryError(f"query: its process was killed; perhaps {needs}.", hint)
        return QueryError(f"query: {needs}.", hint)

    def _take(self, revision: int) -> _Worker:
        with self._lock:
            old = [one for one in self._kept if one.revision < revision or one.is_stale()]
            self._kept = [one for one in self._kept if one not in old]
            found = self._kept.pop() if self._kept else None
        for one in old:
            one.end()
        return found or self._start(revision)

    def _start(self, revision: int) -> _Worker:
        for tried in range(1, STARTS + 1):
            worker = _Worker(self._place(revision))
            said = worker.say(None, START_SECONDS)
            if said is not None and "error" not in said and worker.process.poll() is None:
                return worker
            worker.end()
            # Somebody may have stored a change and taken the copy away before it was opened.
            if tried == STARTS and said:
                raise failures.heard(said["error"])
            if said is None:
                break
        raise StoreError(
            "database: a process for the query doesn't start.", "See whether memory is left."
        )

    def _give_back(self, worker: _Worker, whole: bool) -> None:
        worker.idle_since = time.monotonic()
        with self._lock:
            keep = whole and not worker.stands_back and not self._closed
            keep = keep and len(self._kept) < MOST_KEPT
            if keep:
                self._kept.append(worker)
        if not keep:
            worker.end()


class _Worker:
    """One process, its two pipes and its folder."""

    def __init__(self, place: Place) -> None:
        self.revision, self.idle_since = place.revision, time.monotonic()
        self.stands_back = False
        self._home = Path(place.told["home"]) if "home" in place.told else None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ecosystem.store.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        self._write(place.told)

    def is_stale(self) -> bool:
        """Whether it has ended, or may be about to for want of queries."""
        idle = time.monotonic() - self.idle_since
        return self.process.poll() is not None or idle > IDLE_SECONDS / 2

    def say(self, asked: Mapping[str, Any] | None, seconds: float) -> dict[str, Any] | None:
        """What it answers; nothing in it where the process has ended, None where time is up."""
        until = time.monotonic() + seconds
        if asked is not None:
            self._write(asked)
        line = self._read(until, until if asked is None else time.monotonic() + SHORT_SECONDS)
        return None if line is None else json.loads(line) if line.endswith(b"\n") else {}

    def end(self) -> None:
        """Kill the process, whatever it does, and take its folder away."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)

    def _write(self, said: Mapping[str, Any]) -> None:
        assert self.process.stdin
        # Where it has ended, the reading tells.
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(said).encode() + b"\n")

    def _read(self, until: float, patience: float) -> bytes | None:
        """What it says; None at ``until``. At ``patience`` it is made to step back."""
        assert self.process.stdout
        where = self.process.stdout.fileno()
        waiting = select.poll()
        waiting.register(where, select.POLLIN)
        parts: list[bytes] = []
        while not parts or not parts[-1].endswith(b"\n"):
            left = min(until, patience) - time.monotonic()
            if waiting.poll(max(0.0, left * 1000)):
                if not (part := os.read(where, 1 << 20)):
                    break
                parts.append(part)
            elif patience < until:
                patience = until
                self._step_back()
            else:
                return None
        return b"".join(parts)

    def _step_back(self) -> None:
        self.stands_back = True
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PGRP, self.process.pid, NICENESS)


def home_in(folder: Path) -> Path:
    """A new folder for one worker."""
    home = folder / f"worker-{secrets.token_hex(8)}"
    home.mkdir(mode=0o700)
    return home
