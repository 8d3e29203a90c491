"""Kept answers: worked out once, weighed, and kept for as long as what they rest on stands.

An answer has a key (what is asked) and a stamp (what the answer rests on, such as the version of
the facts). It is good while its stamp is the one that is asked for. Nothing here knows what the
questions are about.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar

from ecosystem import turns
from ecosystem.errors import EcosystemError
from ecosystem.weight import nothing, weigh

A = TypeVar("A")
Tell = Callable[[int, int], None]
"""Says how much of the whole is done; raises to end the work when nobody waits for it."""

BUDGET = 1 << 30
"""Bytes of answers that are kept unless another budget is given."""
ENTRY = 1_000
"""Bytes that keeping an answer takes beside the answer."""
LOOK_EVERY = 0.5
WATCHED = 60.0
"""Who still waits for an answer that is worked out in the background asks again within so many
seconds; for as long, a failure there is told."""
WORTH_WEIGHING = 0.02
"""Work of fewer seconds lets no answer that it used grow by much."""


def unheard(_done: int, _total: int) -> None:
    """Says nothing."""


def always(_stamp: Hashable) -> bool:
    """Says that every stamp still holds."""
    return True


@dataclass(frozen=True)
class Ready(Generic[A]):
    """The answer for the stamp that was asked for."""

    answer: A


@dataclass(frozen=True)
class Stale(Generic[A]):
    """The answer of another stamp, and how far the one that was asked for is."""

    answer: A
    done: int
    total: int


@dataclass(frozen=True)
class Working:
    """No answer yet; ``done`` of ``total``, both 0 before the work says how far it is."""

    done: int
    total: int


@dataclass(frozen=True)
class Failed:
    """Why there is no answer; None for a fault of the program, of which stderr tells."""

    error: EcosystemError | None


@dataclass(frozen=True)
class Passing:
    """What work returns for those who wait for it, and which is not kept."""

    answer: Any


class CircleError(RuntimeError):
    """A question that in the end asks itself: a fault of the program."""


class _GivenUpError(Exception):
    """Nobody wants the answer any more."""


@dataclass(eq=False)
class _Kept:
    """An answer with its weight in bytes, what it cost, and its worth among the others."""

    key: Hashable
    stamp: Hashable
    answer: Any = field(repr=False)
    seconds: float
    weight: int
    fleeting: bool
    worth: float = 0.0
    used: int = 0
    listed: int = 0


@dataclass(eq=False)
class _Work:
    """One answer that is being worked out, or waits to be.

    Attributes
    ----------
    inside
        The work in whose course this one is done; None where somebody outside asks.
    askers
        Who waits for it: works, and None for each asker outside.
    asks
        The work that it waits for itself.
    peeked
        When somebody last peeked at it; None where nobody did.
    apart
        Seconds that went into other answers, which are kept on their own.
    used
        The kept answers that it asked for.
    left
        Whether it ended because nobody worked on it any more, rather than by itself.
    turn
        The turn of the thread that works on it; None where that has taken none.
    """

    key: Hashable
    stamp: Hashable
    work: Callable[[Tell], Any] = field(repr=False)
    fleeting: bool
    running: bool = False
    background: bool = False
    inside: _Work | None = None
    askers: list[_Work | None] = field(default_factory=list)
    asks: _Work | None = None
    peeked: float | None = None
    done: int = 0
    total: int = 0
    apart: float = 0.0
    used: set[_Kept] = field(default_factory=set)
    answered: bool = False
    kept: _Kept | None = None
    left: bool = False
    answer: Any = None
    error: BaseException | None = None
    turn: turns.Turn | None = None
    ended: threading.Event = field(default_factory=threading.Event, repr=False)


class Kept:
    """Answers by key and stamp, within a budget of bytes; safe to share between threads.

    What is worth least goes first: the answers with the fewest seconds of work for a megabyte,
    counted from the worth of what went last, so that in the end whatever nobody asks for goes
    (GreedyDual-Size [1]_). The last answer is always kept, and one that alone is heavier than
    the budget until the next such one comes.

    Parameters
    ----------
    budget
        Bytes that all answers together may weigh, as ``weight.weigh`` estimates them.
    current
        Whether a stamp still holds; asked often and under a lock, so it may not wait. What is
        worked out under another one is given to those who wait for it, and not kept.
    shared
        Which parts of answers weigh nothing; other kept answers never do.
    clock
        Seconds that only rise.

    References
    ----------
    .. [1] P. Cao, S. Irani, "Cost-Aware WWW Proxy Caching Algorithms", USENIX Symposium on
       Internet Technologies and Systems, 1997.
    """

    def __init__(
        self,
        budget: int = BUDGET,
        *,
        current: Callable[[Hashable], bool] = always,
        shared: Callable[[object], bool] = nothing,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._budget, self._current, self._clock = budget, current, clock
        self._shared = lambda part: id(part) in self._held or shared(part)
        self._lock = threading.Lock()
        self._numbers = count()
        self._answers: dict[Hashable, _Kept] = {}
        self._held: dict[int, _Kept] = {}
        self._heap: list[tuple[float, int, _Kept]] = []
        self._fleeting: dict[Hashable, _Kept] = {}
        self._heaviest: _Kept | None = None
        self._weight = 0
        self._floor = 0.0
        self._works: dict[tuple[Hashable, Hashable], _Work] = {}
        self._failed: dict[tuple[Hashable, Hashable], tuple[float, EcosystemError | None]] = {}
        self._inside = threading.local()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @property
    def weight(self) -> int:
        """Bytes that the answers within the budget weigh."""
        return self._weight

    def __len__(self) -> int:
        return len(self._answers)

    def ready(self, key: Hashable, stamp: Hashable) -> bool:
        """Whether the answer is there, so that asking costs nothing."""
        with self._lock:
            found = self._answers.get(key)
            return found is not None and found.stamp == stamp

    def earlier(self, key: Hashable, stamp: Hashable) -> tuple[Any, Any] | None:
        """Stamp and answer of before, while the one for ``stamp`` is worked out; else None."""
        with self._lock:
            one, found = self._works.get((key, stamp)), self._answers.get(key)
            if one is None or not one.running or found is None or found.stamp == stamp:
                return None
            self._renew(found)
            return found.stamp, found.answer

    def ask(
        self,
        key: Hashable,
        stamp: Hashable,
        work: Callable[[Tell], A],
        tell: Tell = unheard,
        forget: bool = False,
    ) -> A:
        """The answer for a stamp: the kept one, else what ``work`` returns.

        It is worked out in the caller's thread, unless that goes on elsewhere already: then the
        caller waits. ``work`` may ask for other keys; its seconds are counted without those that
        went into answers that are kept on their own.

        Parameters
        ----------
        work
            Gets a function to say how much is done, which ends the work by an exception of its
            own when the answer is no longer wanted.
        tell
            Hears how much is done; what it raises ends the waiting.
        forget
            Whether the answer is of no use to anybody once its stamp no longer holds: then it
            goes at once, and is not ``Stale``.

        Raises
        ------
        CircleError
            Where the answer waits for itself, be it through other threads.
        BaseException
            What ``work`` raises, in the thread of everybody who waits for it.
        """
        me: _Work | None = getattr(self._inside, "work", None)
        while True:
            with self._lock:
                found = self._answers.get(key)
                if found is not None and found.stamp == stamp:
                    self._renew(found)
                    if me is not None:
                        me.used.add(found)
                    answer: A = found.answer
                    return answer
                one = self._works.get((key, stamp))
                mine = one is None or not one.running
                if one is None:
                    one = self._works[key, stamp] = _Work(key, stamp, work, forget)
                if mine:
                    one.work, one.fleeting, one.inside = work, forget, me
                    one.running, one.background, one.turn = True, False, turns.here()
                else:
                    _refuse_circle(me, one)
                one.askers.append(me)
                if me is not None:
                    me.asks = one
            began = self._clock()
            try:
                if mine:
                    turns.make_way()
                    self._do(one, tell)
                else:
                    self._await(one, tell)
            finally:
                with self._lock:
                    one.askers.remove(me)
                    if me is not None:
                        me.asks = None
                        if one.kept is not None:
                            me.used.add(one.kept)
                        away = one.kept is not None or not mine
                        me.apart += self._clock() - began if away else one.apart
            if one.answered:
                result: A = one.answer
                return result
            if one.error is not None and not one.left:
                raise one.error
            # Whoever worked on it went away in the middle: begun anew.

    def peek(
        self, key: Hashable, stamp: Hashable, work: Callable[[Tell], A]
    ) -> Ready[A] | Stale[A] | Working | Failed:
        """What there is of an answer at this moment; never waits.

        Where there is none for the stamp, and the stamp still holds, it is worked out in the
        background: by one thread, in the order of asking. What nobody has asked for in a minute
        is not begun, and gives way to what somebody waits for. A failure is told for a minute;
        who asks later begins anew.
        """
        with self._lock:
            found = self._answers.get(key)
            if found is not None and found.stamp == stamp:
                self._renew(found)
                return Ready(found.answer)
            now = self._clock()
            for old in [k for k, (when, _) in self._failed.items() if when < now - WATCHED]:
                del self._failed[old]
            if (key, stamp) in self._failed:
                return Failed(self._failed[key, stamp][1])
            one = self._works.get((key, stamp))
            if one is None and self._current(stamp) and not self._stopped:
                one = self._works[key, stamp] = _Work(key, stamp, work, False, background=True)
            if one is not None:
                one.peeked = now
                if not one.running and self._thread is None:
                    self._thread = threading.Thread(target=self._run, daemon=True)
                    self._thread.start()
            done, total = (one.done, one.total) if one is not None else (0, 0)
            return Working(done, total) if found is None else Stale(found.answer, done, total)

    def stop(self) -> None:
        """Begin nothing more in the background; returns when nothing runs there any more."""
        with self._lock:
            self._stopped = True
            thread = self._thread
            for place in [k for k, one in self._works.items() if not one.running]:
                del self._works[place]
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5)

    # Working

    def _await(self, one: _Work, tell: Tell) -> None:
        """Wait for what another thread works out, which nothing may keep waiting meanwhile."""
        with turns.away():
            turns.hurry(one.turn)
            while not one.ended.wait(LOOK_EVERY):
                turns.hurry(one.turn)
                tell(one.done, one.total)

    def _do(self, one: _Work, tell: Tell) -> None:
        """Work out one answer in this thread; raises what the work raises."""

        def heard(done: int, total: int) -> None:
            one.done, one.total = done, total
            turns.make_way()
            with self._lock:
                if not self._wanted(one):
                    one.left = True
                    self._works.pop((one.key, one.stamp), None)
                    raise _GivenUpError
            try:
                tell(done, total)
            except BaseException:
                one.left = True
                raise

        self._inside.work = one
        began = self._clock()
        try:
            one.answer = one.work(heard)
            one.answered = True
        except BaseException as error:
            one.error = error
            one.left |= isinstance(error, (_GivenUpError, KeyboardInterrupt, SystemExit))
            raise
        finally:
            self._inside.work = one.inside
            try:
                self._end(one, self._clock() - began - one.apart)
            finally:
                one.ended.set()
                turns.calm()

    def _wanted(self, one: _Work) -> bool:
        if one.background and self._stopped:
            return False
        if any(asker is None or self._wanted(asker) for asker in one.askers):
            return True
        if not one.background or not self._current(one.stamp):
            return False
        others = (other for other in self._works.values() if not other.running)
        return self._watched(one) or not any(map(self._watched, others))

    def _watched(self, one: _Work) -> bool:
        return one.peeked is not None and one.peeked >= self._clock() - WATCHED

    def _end(self, one: _Work, seconds: float) -> None:
        new = None
        if one.answered and not isinstance(one.answer, Passing):
            weight = weigh(one.answer, self._shared) + ENTRY
            new = _Kept(one.key, one.stamp, one.answer, seconds, weight, one.fleeting)
        used = one.used if seconds >= WORTH_WEIGHING else ()
        grown = [(kept, weigh(kept.answer, self._shared) + ENTRY) for kept in used]
        with self._lock:
            if self._works.get((one.key, one.stamp)) is one:
                del self._works[one.key, one.stamp]
            if new is not None and self._current(one.stamp):
                self._keep(new)
                one.kept = new
            elif one.error is not None and not one.left and one.peeked is not None:
                said = one.error if isinstance(one.error, EcosystemError) else None
                self._failed[one.key, one.stamp] = (self._clock(), said)
            for kept, weight in grown:
                self._grow(kept, weight)

    def _run(self) -> None:
        try:
            while one := self._next():
                with suppress(EcosystemError, _GivenUpError):
                    self._do(one, unheard)
        finally:
            # A fault of the program ends this thread; the next question begins another.
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _next(self) -> _Work | None:
        with self._lock:
            for place, one in list(self._works.items()):
                if one.running:
                    continue
                if not self._stopped and self._watched(one) and self._current(one.stamp):
                    one.running = True
                    return one
                del self._works[place]
            self._thread = None
            return None

    # Keeping

    def _renew(self, kept: _Kept) -> None:
        kept.worth, kept.used = self._floor + kept.seconds / kept.weight, next(self._numbers)

    def _keep(self, new: _Kept) -> None:
        self._drop(self._answers.get(new.key))
        self._failed.pop((new.key, new.stamp), None)
        for old in [old for old in self._fleeting.values() if not self._current(old.stamp)]:
            self._drop(old)
        if new.weight > self._budget:
            self._drop(self._heaviest)
            self._heaviest = new
        else:
            while self._weight + new.weight > self._budget:
                self._drop(self._least())
            self._weight += new.weight
            self._renew(new)
            self._list(new)
        self._answers[new.key] = self._held[id(new.answer)] = new
        if new.fleeting:
            self._fleeting[new.key] = new

    def _drop(self, kept: _Kept | None) -> None:
        if kept is None or self._answers.get(kept.key) is not kept:
            return
        del self._answers[kept.key]
        self._fleeting.pop(kept.key, None)
        if self._held.get(id(kept.answer)) is kept:
            del self._held[id(kept.answer)]
        kept.listed = -1
        if kept is self._heaviest:
            self._heaviest = None
        else:
            self._weight -= kept.weight

    def _least(self) -> _Kept:
        """The answer that is worth least; what went last is the floor on which others stand."""
        while True:
            worth, used, kept = heapq.heappop(self._heap)
            if self._answers.get(kept.key) is not kept or used != kept.listed:
                continue
            if used != kept.used:
                self._list(kept)
                continue
            self._floor = worth
            return kept

    def _list(self, kept: _Kept) -> None:
        kept.listed = kept.used
        # What was dropped keeps its place, and with it its answer, until it would be the least.
        if len(self._heap) > 2 * len(self._answers) + 10:
            self._heap = [one for one in self._heap if one[1] == one[2].listed]
            heapq.heapify(self._heap)
        heapq.heappush(self._heap, (kept.worth, kept.used, kept))

    def _grow(self, kept: _Kept, weight: int) -> None:
        """Weigh an answer again that may have grown in use, as a graph that works out parts."""
        if self._answers.get(kept.key) is kept and weight > 1.05 * kept.weight:
            self._drop(kept)
            kept.weight = weight
            self._keep(kept)


def _refuse_circle(me: _Work | None, wanted: _Work) -> None:
    """Raise where ``wanted`` waits, be it through others, for work in whose course it is asked."""
    mine: list[_Work] = []
    while me is not None:
        mine.append(me)
        me = me.inside
    way: list[_Work] = []
    step: _Work | None = wanted
    while step is not None:
        way.append(step)
        if step in mine:
            ring = (*reversed(mine[: mine.index(step) + 1]), *way)
            said = " -> ".join(repr(one.key) for one in ring)
            raise CircleError(f"A question asks itself in the end: {said}.")
        step = step.asks
