"""Turns: few work at once, nobody waits behind another, and nothing starves or stands for ever."""

import threading
import time

import pytest

from ecosystem import turns
from ecosystem.kept import Kept
from ecosystem.turns import Turns
from tests.serving import wait_until


@pytest.fixture
def crowd():
    """Begins threads that work in turn, and waits for them in the end."""
    begun, ended = [], threading.Event()

    def come(where, whose, name, order, step=lambda: None):
        def work():
            with where.taken(whose):
                order.append(name)
                while not ended.is_set() and step() is None:
                    time.sleep(0.005)

        begun.append(threading.Thread(target=work, daemon=True))
        begun[-1].start()
        wait_until(lambda: name in order or any(one.whose == whose for one in where._waiting))
        return begun[-1]

    yield come
    ended.set()
    for one in begun:
        one.join(20)
        assert not one.is_alive()


def burn(seconds):
    """Work so many seconds."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_of_one_asker_two_work_and_another_is_let_in_at_once(crowd):
    where, order = Turns(places=4, of_one=2), list[str]()
    for number in range(6):
        crowd(where, "many", f"many {number}", order)
    assert order == ["many 0", "many 1"]
    crowd(where, "one", "one", order)
    assert order[-1] == "one"


def test_where_all_places_are_taken_the_next_is_for_whom_fewest_work(crowd):
    where, order, free = Turns(places=2, of_one=2), list[str](), threading.Event()
    crowd(where, "many", "many 0", order, lambda: free.is_set() or None)
    for number in range(1, 4):
        crowd(where, "many", f"many {number}", order)
    crowd(where, "one", "one", order)
    # One place is given back: who waits longest already has another.
    free.set()
    assert wait_until(lambda: len(order) == 3)
    assert order == ["many 0", "many 1", "one"]


def test_long_work_makes_way_for_what_needs_little_and_is_done_all_the_same(crowd, monkeypatch):
    monkeypatch.setattr(turns, "SLICE", 0.01)
    monkeypatch.setattr(turns, "MUCH", 0.05)
    where, order, had = Turns(places=4, of_one=2), list[str](), {"a": 0, "b": 0, "c": 0}
    enough = threading.Event()

    def long(name):
        def step():
            burn(0.01)
            had[name] += 1
            turns.make_way()
            return enough.is_set() or None

        return step

    for name in had:
        crowd(where, "many", name, order, long(name))
    # Once each has had a little, only one of them goes on.
    assert wait_until(lambda: all(each >= 5 for each in had.values()))
    crowd(where, "many", "light", order, lambda: True)
    assert wait_until(lambda: "light" in order)
    time.sleep(0.3)
    before = dict(had)
    time.sleep(0.5)
    going = [name for name in had if had[name] > before[name] + 1]
    assert going == ["a"]  # one that needs much at a time, the first that came
    enough.set()
    assert wait_until(lambda: not where._working)


def test_who_waits_for_something_else_gives_the_place_away(crowd):
    where, order, free = Turns(places=1), list[str](), threading.Event()

    def elsewhere():
        with turns.away():
            return free.wait(20)

    crowd(where, "one", "waits", order, elsewhere)
    crowd(where, "one", "works", order, lambda: True)
    assert wait_until(lambda: "works" in order)
    free.set()


def test_work_that_somebody_else_waits_for_is_done_first(monkeypatch):
    """A reader who needs what another asker works out does not wait behind that asker."""
    monkeypatch.setattr(turns, "SLICE", 0.001)
    where, kept, said = Turns(places=4, of_one=1), Kept(), {}
    begun, asked = threading.Event(), threading.Event()

    def shared(tell):
        begun.set()
        asked.wait(20)
        for step in range(20):
            burn(0.002)
            tell(step, 20)
        return "shared"

    def endless(tell):
        while "reader" not in said:
            burn(0.002)
            tell(0, 0)
        return "endless"

    def ask(whose, key, work):
        with where.taken(whose):
            said[whose if whose == "reader" else key] = kept.ask(key, 1, work)

    threads = [threading.Thread(target=ask, args=("many", "shared", shared), daemon=True)]
    threads[0].start()
    assert begun.wait(20)
    for number in range(5):
        threads.append(
            threading.Thread(target=ask, args=("many", f"endless {number}", endless), daemon=True)
        )
        threads[-1].start()
    threads.append(threading.Thread(target=ask, args=("reader", "shared", shared), daemon=True))
    threads[-1].start()
    assert wait_until(lambda: len(where._waiting) == 5)
    asked.set()
    for thread in threads:
        thread.join(20)
    assert said["reader"] == "shared" and len(said) == 7


def test_a_thread_without_a_turn_passes_through():
    turns.make_way()
    turns.calm()
    turns.hurry(None)
    with turns.away():
        assert turns.here() is None


def test_a_place_is_given_back_whatever_happens():
    where = Turns(places=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), where.taken("one"), turns.away():
            raise ZeroDivisionError
    assert not where._working and not where._waiting
