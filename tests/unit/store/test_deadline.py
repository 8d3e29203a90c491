"""A deadline stops again and again, then gives up."""

import threading
import time

from ecosystem.store import deadline
from ecosystem.store.deadline import Deadline


def test_what_ends_in_time_is_left_alone():
    calls: list[str] = []
    with Deadline(5, lambda: calls.append("stop"), lambda: calls.append("abandon")) as limit:
        pass
    assert not limit.passed
    assert calls == []


def test_what_is_late_is_stopped_until_it_ends():
    stopped = threading.Event()
    with Deadline(0.01, stopped.set, lambda: None) as limit:
        assert stopped.wait(5)
    assert limit.passed


def test_what_cannot_be_stopped_is_abandoned(monkeypatch):
    monkeypatch.setattr(deadline, "GRACE_SECONDS", 0.1)
    abandoned, tries = threading.Event(), []
    with Deadline(0.01, lambda: tries.append(time.monotonic()), abandoned.set) as limit:
        assert abandoned.wait(5)
    assert limit.passed
    assert len(tries) >= 2
