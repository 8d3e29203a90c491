"""Answers are worked out once, weighed, told while they are worked out, and nobody is lost."""

import gc
import sys
import threading
import weakref

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ecosystem.errors import ParameterError
from ecosystem.kept import (
    ENTRY,
    LOOK_EVERY,
    WATCHED,
    CircleError,
    Failed,
    Kept,
    Passing,
    Ready,
    Stale,
    Working,
)

PATIENCE = 20.0


class Clock:
    """Seconds that rise only where a test says so."""

    now = 0.0

    def __call__(self):
        return self.now


def of(size):
    """An answer of so many bytes, with all that keeping it takes."""
    return bytes(size - ENTRY - sys.getsizeof(b""))


def costing(clock, seconds, size=2_000):
    def work(tell):
        clock.now += seconds
        return of(size)

    return work


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kept():
    found = Kept()
    yield found
    found.stop()


def begin(*works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    return threads


def end(threads):
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def settled(kept, key, stamp, work):
    """What a peek says once nothing is worked on any more; asks as a page does."""
    while isinstance(found := kept.peek(key, stamp, work), (Working, Stale)):
        end([one for one in threading.enumerate() if one is kept._thread])
    return found


# Asking


def test_an_answer_is_worked_out_once_for_each_stamp(kept):
    calls = []

    def work(tell):
        calls.append(1)
        return len(calls)

    assert [kept.ask("x", 1, work) for _ in range(3)] == [1, 1, 1]
    assert kept.ready("x", 1) and not kept.ready("x", 2) and not kept.ready("y", 1)
    assert [kept.ask("x", 2, work) for _ in range(3)] == [2, 2, 2]
    assert not kept.ready("x", 1)


def test_an_answer_may_be_none(kept):
    calls = []
    assert kept.ask("x", 1, lambda tell: calls.append(1)) is None
    assert kept.ask("x", 1, lambda tell: calls.append(1)) is None
    assert len(calls) == 1


def test_many_askers_share_one_piece_of_work_and_others_go_on(kept):
    begun, go_on, calls, found = threading.Event(), threading.Event(), [], []

    def slow(tell):
        calls.append(1)
        begun.set()
        go_on.wait(PATIENCE)
        return "slow"

    threads = begin(*[lambda: found.append(kept.ask("x", 1, slow))] * 4)
    assert begun.wait(PATIENCE)
    assert kept.ask("quick", 1, lambda tell: "at once") == "at once"
    go_on.set()
    end(threads)
    assert found == ["slow"] * 4 and len(calls) == 1


def test_an_answer_that_was_replaced_is_let_go(kept):
    class Large:
        """An answer that can be watched."""

    watched = weakref.ref(kept.ask("a", 1, lambda _tell: Large()))
    gc.collect()
    assert watched() is not None
    for stamp in range(2, 20):
        kept.ask("a", stamp, lambda _tell: "another")
    gc.collect()
    assert watched() is None


def test_what_is_passing_is_given_and_not_kept(kept):
    assert kept.ask("a", 1, lambda _tell: Passing("for now")) == Passing("for now")
    assert not kept.ready("a", 1)
    assert kept.ask("a", 1, lambda _tell: "for good") == "for good"
    assert kept.ready("a", 1)


def test_the_earlier_answer_is_had_while_the_next_is_worked_out_and_no_longer(kept):
    begun, free = threading.Event(), threading.Event()

    def slowly(_tell):
        begun.set()
        assert free.wait(PATIENCE)
        return "second"

    assert kept.earlier("a", 1) is None
    kept.ask("a", 1, lambda _tell: "first")
    assert kept.earlier("a", 1) is None and kept.earlier("a", 2) is None
    asker = threading.Thread(target=lambda: kept.ask("a", 2, slowly))
    asker.start()
    assert begun.wait(PATIENCE)
    assert kept.earlier("a", 2) == (1, "first")
    free.set()
    asker.join()
    assert kept.earlier("a", 2) is None


def test_the_waiting_hear_how_far_it_is(kept):
    begun, heard, go_on = threading.Event(), [], threading.Event()

    def work(tell):
        tell(3, 4)
        begun.set()
        go_on.wait(PATIENCE)
        return 4

    def hear(done, total):
        heard.append((done, total))
        go_on.set()

    threads = begin(lambda: kept.ask("x", 1, work))
    assert begun.wait(PATIENCE)
    assert kept.ask("x", 1, work, hear) == 4
    end(threads)
    assert heard[-1] == (3, 4) and LOOK_EVERY < PATIENCE


def test_work_ends_when_its_asker_goes_away_and_is_begun_anew_for_who_waits(kept):
    begun, waits, found, calls = threading.Event(), threading.Event(), [], []

    class Gone(Exception):
        pass

    def leave(done, total):
        raise Gone

    def work(tell):
        calls.append(1)
        if len(calls) == 1:
            begun.set()
            waits.wait(PATIENCE)
            tell(1, 2)
        return "answer"

    def leaving():
        with pytest.raises(Gone):
            kept.ask("x", 1, work, leave)

    threads = begin(leaving)
    assert begun.wait(PATIENCE)
    threads += begin(lambda: found.append(kept.ask("x", 1, work, lambda *_: waits.set())))
    end(threads)
    assert found == ["answer"] and len(calls) == 2


# Failing


def test_a_failure_is_told_to_everybody_who_waits_and_not_kept(kept):
    begun, go_on, told = threading.Event(), threading.Event(), []

    def wrong(tell):
        begun.set()
        go_on.wait(PATIENCE)
        raise ParameterError("lens: is wrong.", "Choose another.")

    def asking():
        try:
            kept.ask("x", 1, wrong, lambda *_: go_on.set())
        except ParameterError as error:
            told.append(error.message)

    threads = begin(asking)
    assert begun.wait(PATIENCE)
    threads += begin(asking)
    end(threads)
    assert told == ["lens: is wrong."] * 2
    assert kept.ask("x", 1, lambda tell: "right") == "right"


def test_nothing_is_left_of_what_failed(kept):
    class Big:
        pass

    held = []

    def wrong(tell):
        big = Big()
        held.append(weakref.ref(big))
        raise ParameterError("id: is wrong.", "")

    for number in range(200):
        with pytest.raises(ParameterError):
            kept.ask(("entity", number), 1, wrong)
    gc.collect()
    assert len(kept) == 0 and not kept._works and not kept._failed and kept.weight == 0
    assert [one for one in held if one() is not None] == []


def test_a_question_that_asks_itself_is_refused(kept):
    def first(tell):
        return kept.ask("second", 1, second)

    def second(tell):
        return kept.ask("first", 1, first)

    with pytest.raises(CircleError, match="asks itself in the end: 'first' -> 'second' -> 'first'"):
        kept.ask("first", 1, first)
    assert kept.ask("first", 1, lambda tell: "straight") == "straight"


def test_a_circle_through_several_threads_is_refused(kept):
    ready, told = threading.Barrier(3, timeout=PATIENCE), []
    ring = {"a": "b", "b": "c", "c": "a"}

    def work(name):
        def asks_the_next(tell):
            ready.wait()
            return kept.ask(ring[name], 1, work(ring[name]))

        return asks_the_next

    def asking(name):
        try:
            kept.ask(name, 1, work(name))
        except CircleError as error:
            told.append(str(error))

    end(begin(*(lambda name=name: asking(name) for name in ring)))
    assert len(told) == 3 and not kept._works


# Peeking


def test_peeking_never_waits_and_begins_the_work(kept):
    reached, go_on = threading.Event(), threading.Event()

    def work(tell):
        tell(80, 200)
        reached.set()
        go_on.wait(PATIENCE)
        return "done"

    assert isinstance(kept.peek("x", 1, work), Working)
    assert reached.wait(PATIENCE)
    assert kept.peek("x", 1, work) == Working(80, 200)
    assert kept.peek("other", 1, lambda tell: 1) == Working(0, 0)
    go_on.set()
    assert settled(kept, "x", 1, work) == Ready("done")
    assert settled(kept, "other", 1, lambda tell: 2) == Ready(1)


def test_whoever_asks_takes_over_what_has_not_been_begun(kept):
    reached, go_on = threading.Event(), threading.Event()

    def block(tell):
        reached.set()
        go_on.wait(PATIENCE)

    kept.peek("block", 1, block)
    assert reached.wait(PATIENCE)
    kept.peek("x", 1, lambda tell: threading.get_ident())
    assert kept.ask("x", 1, lambda tell: threading.get_ident()) == threading.get_ident()
    go_on.set()


def test_what_nobody_asked_for_in_a_minute_is_not_begun(clock):
    kept, reached, go_on, order = Kept(clock=clock), threading.Event(), threading.Event(), []

    def first(tell):
        reached.set()
        go_on.wait(PATIENCE)

    def work(name):
        return lambda tell: order.append(name)

    kept.peek("first", 1, first)
    assert reached.wait(PATIENCE)
    for name in "ac":
        kept.peek(name, 1, work(name))
    clock.now += WATCHED + 1
    for name in "bd":
        kept.peek(name, 1, work(name))
    go_on.set()
    assert settled(kept, "d", 1, work("d")) == Ready(None)
    assert order == ["b", "d"]
    assert kept.ask("a", 1, lambda tell: "begun anew") == "begun anew"
    kept.stop()


def test_what_nobody_asked_for_in_a_minute_gives_way(clock):
    kept, reached, go_on, went_on = Kept(clock=clock), threading.Event(), threading.Event(), []

    def long(tell):
        reached.set()
        go_on.wait(PATIENCE)
        tell(1, 2)
        went_on.append(1)

    kept.peek("long", 1, long)
    assert reached.wait(PATIENCE)
    clock.now += WATCHED + 1
    kept.peek("wanted", 1, lambda tell: "here")
    go_on.set()
    assert settled(kept, "wanted", 1, lambda tell: "here") == Ready("here")
    assert went_on == [] and not kept.ready("long", 1)
    kept.stop()


def test_a_failure_in_the_background_is_told_for_a_minute(clock):
    kept, calls = Kept(clock=clock), []

    def wrong(tell):
        calls.append(1)
        raise ParameterError("lens: is wrong.", "Choose another.")

    found = settled(kept, "x", 1, wrong)
    assert isinstance(found, Failed) and "is wrong" in str(found.error)
    assert kept.peek("x", 1, wrong) == found and len(calls) == 1
    assert settled(kept, "other", 1, lambda tell: 7) == Ready(7)
    clock.now += WATCHED + 1
    settled(kept, "x", 1, wrong)
    assert len(calls) == 2
    assert kept.ask("x", 1, lambda tell: "right") == "right"
    assert kept.peek("x", 1, wrong) == Ready("right")
    kept.stop()


def test_a_fault_of_the_program_stops_neither_the_asker_nor_the_next(kept, monkeypatch):
    told = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda fault: told.set())
    assert settled(kept, "x", 1, lambda tell: 1 / 0) == Failed(None)
    assert told.wait(PATIENCE)
    assert settled(kept, "other", 1, lambda tell: 7) == Ready(7)


# Stamps


def test_an_earlier_answer_stays_to_be_peeked_at_while_the_new_one_is_worked_out():
    now, reached, go_on = ["first"], threading.Event(), threading.Event()
    kept = Kept(current=lambda stamp: stamp == now[0])

    def work(tell):
        tell(1, 2)
        reached.set()
        go_on.wait(PATIENCE)
        return "new"

    kept.ask("x", "first", lambda tell: "old")
    kept.ask("snapshot", "first", lambda tell: "gone with its facts", forget=True)
    now[0] = "second"
    assert kept.peek("x", "second", work) == Stale("old", 0, 0) or reached.is_set()
    assert reached.wait(PATIENCE)
    assert kept.peek("x", "second", work) == Stale("old", 1, 2)
    assert len(kept) == 2
    go_on.set()
    assert settled(kept, "x", "second", work) == Ready("new")
    assert len(kept) == 1
    kept.stop()


def test_a_stamp_that_has_passed_is_given_up_where_nobody_waits():
    now, reached, go_on, went_on = [1], threading.Event(), threading.Event(), []
    kept = Kept(current=lambda stamp: stamp == now[0])

    def work(tell):
        reached.set()
        go_on.wait(PATIENCE)
        kept.ask("nested", 1, nested)
        went_on.append(1)

    def nested(tell):
        tell(1, 2)
        went_on.append(2)

    kept.peek("x", 1, work)
    assert reached.wait(PATIENCE)
    now[0] = 2
    go_on.set()
    assert settled(kept, "x", 2, lambda tell: "new") == Ready("new")
    assert went_on == [] and not kept._works
    kept.stop()


def test_who_waits_gets_the_answer_for_the_stamp_that_was_asked_for():
    now = [1]
    kept = Kept(current=lambda stamp: stamp == now[0])

    def overtaken(tell):
        now[0] = 2
        kept.ask("x", 2, lambda tell: "new")
        tell(1, 2)
        return "old"

    assert kept.ask("x", 1, overtaken) == "old"
    assert kept.ask("x", 2, lambda tell: "newer") == "new"
    assert kept.peek("x", 1, lambda tell: "never begun") == Stale("new", 0, 0)


def test_stopping_ends_what_runs_and_begins_nothing(kept):
    reached = threading.Event()

    def work(tell):
        reached.set()
        while True:
            tell(0, 1)

    kept.peek("x", 1, work)
    assert reached.wait(PATIENCE)
    kept.peek("queued", 1, work)
    kept.stop()
    assert kept._thread is None and not kept._works
    assert kept.peek("x", 1, work) == Working(0, 0) and not kept._works
    assert kept.ask("x", 1, lambda tell: "by itself") == "by itself"


# The budget


def test_what_took_the_fewest_seconds_for_its_weight_goes_first(clock):
    kept = Kept(8_000, clock=clock)
    for name, seconds in (("cheap", 1), ("dear", 9), ("middling", 5), ("dearer", 10)):
        kept.ask(name, 1, costing(clock, seconds))
    assert kept.weight == 8_000
    order = []
    for number in range(3):
        kept.ask(number, 1, costing(clock, 100))
        order += [n for n in ("cheap", "dear", "middling", "dearer") if not kept.ready(n, 1)]
    assert list(dict.fromkeys(order)) == ["cheap", "middling", "dear"]
    assert kept.weight == 8_000


def test_an_answer_that_is_hard_to_get_outlives_many_easy_ones(clock):
    kept = Kept(100_000, clock=clock)
    kept.ask("timeline", 1, costing(clock, 8.49, 50_000))
    for number in range(1_000):
        kept.ask(("entity", number), 1, costing(clock, 0.015, 10_000))
    # 8.49 s / 50 kB is 113 times .015 s / 10 kB: the floor rises by that much for each eviction
    # of a full round of five, so that the timeline goes after 113 rounds, and not before.
    assert not kept.ready("timeline", 1)
    kept.ask("timeline", 1, costing(clock, 8.49, 50_000))
    for number in range(500):
        kept.ask(("entity", number), 2, costing(clock, 0.015, 10_000))
    assert kept.ready("timeline", 1)


def test_seconds_of_what_is_kept_apart_are_not_counted(clock):
    kept = Kept(6_000, clock=clock)

    def outer(tell):
        clock.now += 1
        kept.ask("inner", 1, costing(clock, 50))
        clock.now += 1
        return of(2_000)

    kept.ask("outer", 1, outer)
    kept.ask("rival", 1, costing(clock, 3))
    kept.ask("newcomer", 1, costing(clock, 10))
    assert not kept.ready("outer", 1) and kept.ready("rival", 1) and kept.ready("inner", 1)


def test_seconds_of_what_is_not_kept_count_for_whom_asked(clock):
    now = [1]
    kept = Kept(4_000, clock=clock, current=lambda stamp: stamp == now[0])

    def outer(tell):
        kept.ask("inner", 0, costing(clock, 50))
        return of(2_000)

    kept.ask("outer", 1, outer)
    kept.ask("rival", 1, costing(clock, 40))
    kept.ask("newcomer", 1, costing(clock, 10))
    assert kept.ready("outer", 1) and not kept.ready("rival", 1)


def test_what_alone_is_heavier_than_the_budget_drives_nothing_out(clock):
    kept = Kept(4_000, clock=clock)
    kept.ask("small", 1, costing(clock, 1))
    kept.ask("giant", 1, costing(clock, 1, 50_000))
    assert kept.ready("giant", 1) and kept.ready("small", 1) and kept.weight == 2_000
    kept.ask("another giant", 1, costing(clock, 1, 50_000))
    assert not kept.ready("giant", 1) and kept.ready("small", 1) and len(kept) == 2


def test_an_answer_that_grows_in_use_is_weighed_again(clock):
    kept = Kept(100_000, clock=clock)
    kept.ask("graph", 1, lambda tell: [])

    def use(tell):
        kept.ask("graph", 1, lambda tell: list[bytes]()).append(of(50_000))
        clock.now += 1
        return of(2_000)

    kept.ask("user", 1, use)
    assert kept.weight > 50_000


def test_other_answers_within_an_answer_weigh_nothing(kept):
    inner = kept.ask("inner", 1, lambda tell: [of(50_000)])
    before = kept.weight
    kept.ask("outer", 1, lambda tell: [inner])
    assert kept.weight - before < 2_000


class Model(RuleBasedStateMachine):
    """GreedyDual-Size as its paper says it, beside the one with a heap."""

    BUDGET = 10_000
    names = st.sampled_from("abcdefgh")

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.kept = Kept(self.BUDGET, clock=self.clock)
        self.stamps = dict.fromkeys("abcdefgh", 0)
        self.held, self.floor, self.step = {}, 0.0, 0

    @rule(name=names, seconds=st.integers(0, 20), size=st.integers(2_000, 6_000))
    def ask(self, name, seconds, size):
        self.step += 1
        stamp = self.stamps[name]
        self.kept.ask(name, stamp, costing(self.clock, seconds, size))
        if name in self.held and self.held[name]["stamp"] == stamp:
            found = self.held[name]
        else:
            self.held.pop(name, None)
            while sum(one["size"] for one in self.held.values()) + size > self.BUDGET:
                least = min(self.held, key=lambda n: (self.held[n]["worth"], self.held[n]["used"]))
                self.floor = self.held.pop(least)["worth"]
            found = self.held[name] = {"stamp": stamp, "size": size, "cost": seconds}
        found["worth"] = self.floor + found["cost"] / found["size"]
        found["used"] = self.step

    @rule(name=names)
    def change(self, name):
        self.stamps[name] += 1

    @invariant()
    def the_same_is_kept(self):
        for name, stamp in self.stamps.items():
            expected = name in self.held and self.held[name]["stamp"] == stamp
            assert self.kept.ready(name, stamp) == expected
        assert len(self.kept) == len(self.held)
        assert self.kept.weight == sum(one["size"] for one in self.held.values()) <= self.BUDGET


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)


def test_many_threads_ask_peek_and_change_at_once():
    now = [0]
    kept = Kept(20_000, current=lambda stamp: stamp == now[0])
    wrong, barrier = [], threading.Barrier(6, timeout=PATIENCE)

    def answer(key, stamp):
        def work(tell):
            tell(0, 1)
            if key > 1:
                below = key // 2
                assert kept.ask(below, stamp, answer(below, stamp))[:2] == (below, stamp)
            return key, stamp, of(3_000)

        return work

    def busy(seed):
        barrier.wait()
        for step in range(300):
            key, stamp = (seed * 7 + step * 13) % 31 + 1, now[0]
            if kept.ask(key, stamp, answer(key, stamp))[:2] != (key, stamp):
                wrong.append((key, stamp))
            found = kept.peek(key + 1, stamp, answer(key + 1, stamp))
            if isinstance(found, Ready) and found.answer[:2] != (key + 1, stamp):
                wrong.append(found)
            if seed == 0 and step % 10 == 0:
                now[0] += 1

    end(begin(*(lambda seed=seed: busy(seed) for seed in range(6))))
    kept.stop()
    assert wrong == [] and not kept._works
    assert kept.weight == sum(one.weight for one in kept._answers.values()) <= 20_000
