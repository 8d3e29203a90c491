"""Work in the background: one piece at a time, with progress, kept while its ground holds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

from ecosystem.errors import EcosystemError

State = Literal["waiting", "running", "ready", "failed"]
Tell = Callable[[int, int], None]
MOST_KEPT = 200
LOOK_EVERY = 0.5
# Whoever still waits for an answer asks again within so many seconds.
WATCHED = 60.0


def unheard(_done: int, _total: int) -> None:
    """Says nothing."""


@dataclass
class Job:
    """One piece of work.

    Attributes
    ----------
    asked
        When somebody last asked for it.
    done, total
        How far it is; both 0 before it says so.
    answer
        What it found, once it is ``ready``.
    error
        Why it ``failed``; None where that is a fault of the program, of which stderr tells.
    """

    key: Hashable
    ground: object
    work: Callable[[Tell], Any] = field(repr=False)
    state: State = "waiting"
    done: int = 0
    total: int = 0
    answer: Any = None
    error: EcosystemError | None = None
    asked: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event, repr=False)


class _Obsolete(Exception):
    """The ground has changed, or nobody wants the answer any more."""


class Jobs:
    """Answers that take long, worked out by one thread in the order of asking.

    What nobody has asked for since long is no longer begun. Each stands on a ground (the facts of
    the store): when ``ground`` names another one, what is under way is given up and what was found
    is forgotten.
    """

    def __init__(self, ground: Callable[[], object]) -> None:
        self._ground = ground
        self._lock = threading.Lock()
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def ask(self, key: Hashable, work: Callable[[Tell], Any]) -> Job:
        """The job under ``key`` on the present ground; begun, or queued, where there is none.

        ``work`` gets a function to say how much of the whole is done; the work ends there when
        its answer is no longer wanted.
        """
        ground = self._ground()
        with self._lock:
            for old in [k for k, job in self._jobs.items() if job.ground is not ground]:
                self._jobs.pop(old).ended.set()
            if key not in self._jobs:
                self._jobs[key] = Job(key, ground, work)
                while len(self._jobs) > MOST_KEPT:
                    self._jobs.popitem(last=False)[1].ended.set()
                if self._thread is None and not self._stopped:
                    self._thread = threading.Thread(target=self._run, daemon=True)
                    self._thread.start()
            self._jobs[key].asked = time.monotonic()
            return self._jobs[key]

    def wait(self, key: Hashable, work: Callable[[Tell], Any], tell: Tell) -> Any:
        """The answer of the job under ``key``, however long it takes; ``tell`` hears how far.

        Raises
        ------
        EcosystemError
            What the work raised.
        """
        job = self.ask(key, work)
        while not job.ended.wait(LOOK_EVERY):
            job.asked = time.monotonic()
            tell(job.done, job.total)
        if job.error:
            raise job.error
        # Given up because the facts changed while it ran, or failed: then it is done here.
        return job.answer if job.state == "ready" else work(tell)

    def stop(self) -> None:
        """Give up everything; returns when nothing runs any more."""
        with self._lock:
            self._stopped = True
            thread = self._thread
            for job in self._jobs.values():
                job.ended.set()
            self._jobs.clear()
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)

    def _run(self) -> None:
        try:
            while job := self._next():
                self._work(job)
        finally:
            # A fault of the program ends this thread; the next question begins another.
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _next(self) -> Job | None:
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.state == "waiting"]
            since = time.monotonic() - WATCHED
            for old in [job for job in waiting if job.asked < since]:
                self._jobs.pop(old.key).ended.set()
            wanted = (job for job in waiting if job.asked >= since)
            job = None if self._stopped else next(wanted, None)
            if job is None:
                self._thread = None
            else:
                job.state = "running"
            return job

    def _work(self, job: Job) -> None:
        looked = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal looked
            job.done, job.total = done, total
            changed = False
            if time.monotonic() - looked > LOOK_EVERY:
                looked, changed = time.monotonic(), self._ground() is not job.ground
            with self._lock:
                if changed or self._jobs.get(job.key) is not job:
                    raise _Obsolete

        try:
            job.answer = job.work(tell)
            job.state = "ready"
        except _Obsolete:
            with self._lock:
                if self._jobs.get(job.key) is job:
                    del self._jobs[job.key]
        except EcosystemError as error:
            job.error = error
        finally:
            if job.state != "ready":
                job.state = "failed"
            job.ended.set()
