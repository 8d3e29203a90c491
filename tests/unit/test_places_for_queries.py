"""The places for queries are for everybody: who asks for many leaves some to the next."""

from __future__ import annotations

import threading

from ecosystem.errors import StoreUnavailableError
from ecosystem.store import workers
from ecosystem.store.workers import MOST_AT_ONCE, Place, Places, Workers
from ecosystem.turns import Turns


def test_one_asker_leaves_places_to_others():
    places = Places(8)
    assert [places.take("one", 0) for _ in range(6)] == [True] * 4 + [False] * 2
    assert [places.take("two", 0) for _ in range(3)] == [True, True, False]
    assert places.take("three", 0) and places.take("four", 0)
    assert not places.take("five", 0)
    places.give_up("one")
    assert places.take("five", 0)


def test_a_command_may_have_all_of_them():
    places = Places(MOST_AT_ONCE)
    assert all(places.take("", 0) for _ in range(MOST_AT_ONCE))
    assert not places.take("", 0)


def test_whoever_waits_gets_the_place_that_is_given_up():
    places = Places(1)
    assert places.take("one", 0)
    found: list[bool] = []
    waiting = threading.Thread(target=lambda: found.append(places.take("two", 60)))
    waiting.start()
    places.give_up("one")
    waiting.join()
    assert found == [True]


def test_another_gets_in_beside_an_asker_of_many_queries(monkeypatch):
    """As the pages ask: the queries of one reader wait without end, another's is answered."""
    monkeypatch.setattr(workers, "WAIT_SECONDS", 0.2)
    asked = Workers(lambda _revision: Place({}, 1), 64)
    begun, goes_on = threading.Semaphore(0), threading.Event()

    def answered(_worker, said, _seconds):
        if said["whose"] == "greedy":
            begun.release()
            goes_on.wait()
        return said

    monkeypatch.setattr(asked, "_take", lambda _revision: None)
    monkeypatch.setattr(asked, "_answered", answered)

    def ask(whose: str) -> None:
        try:
            with Turns().taken(whose):
                asked.ask({"whose": whose}, 1, 60)
        except StoreUnavailableError:
            begun.release()

    greedy = [threading.Thread(target=ask, args=("greedy",)) for _ in range(MOST_AT_ONCE)]
    for one in greedy:
        one.start()
    for _ in greedy:
        begun.acquire()
    try:
        with Turns().taken("other"):
            assert asked.ask({"whose": "other"}, 1, 60) == {"whose": "other"}
    finally:
        goes_on.set()
        for one in greedy:
            one.join()
