"""Work in the background: one at a time, told how far, forgotten when its ground changes."""

import threading

import pytest

from ecosystem.errors import ParameterError
from ecosystem.jobs import WATCHED, Jobs, Tell

PATIENCE = 20.0


@pytest.fixture
def ground():
    return ["first facts"]


@pytest.fixture
def jobs(ground):
    found = Jobs(lambda: ground[0])
    yield found
    found.stop()


def silent(_done: int, _total: int) -> None:
    """Hears nothing."""


def test_an_answer_is_worked_out_once(jobs):
    calls = []

    def work(tell: Tell) -> int:
        calls.append(1)
        return 42

    assert [jobs.wait("key", work, silent) for _ in range(3)] == [42, 42, 42]
    assert len(calls) == 1
    assert jobs.ask("key", work).state == "ready"


def test_it_says_how_far_it_is_while_it_runs(jobs):
    reached, go_on = threading.Event(), threading.Event()

    def work(tell: Tell) -> str:
        tell(80, 200)
        reached.set()
        go_on.wait(PATIENCE)
        return "done"

    job = jobs.ask("key", work)
    assert reached.wait(PATIENCE)
    assert (job.state, job.done, job.total) == ("running", 80, 200)
    other = jobs.ask("other", lambda tell: 1)
    assert other.state == "waiting"
    go_on.set()
    assert job.ended.wait(PATIENCE) and other.ended.wait(PATIENCE)
    assert (job.state, job.answer, other.state) == ("ready", "done", "ready")


def test_what_nobody_waits_for_any_more_is_not_begun(jobs):
    go_on, order = threading.Event(), []
    first = jobs.ask("first", lambda tell: go_on.wait(PATIENCE))
    rest = [jobs.ask(name, lambda tell, name=name: order.append(name)) for name in "abcd"]
    rest[0].asked -= 2 * WATCHED
    rest[2].asked -= 2 * WATCHED
    go_on.set()
    for job in (first, *rest):
        assert job.ended.wait(PATIENCE)
    assert order == ["b", "d"]
    assert jobs.wait("a", lambda tell: "begun anew", silent) == "begun anew"


def test_a_change_of_the_facts_gives_up_and_forgets(jobs, ground):
    reached, go_on, told = threading.Event(), threading.Event(), []

    def work(tell: Tell) -> str:
        reached.set()
        go_on.wait(PATIENCE)
        tell(1, 2)
        told.append("went on")
        return ground[0]

    job = jobs.ask("key", work)
    assert reached.wait(PATIENCE)
    ground[0] = "second facts"
    again = jobs.ask("key", lambda tell: ground[0])
    go_on.set()
    assert again.ended.wait(PATIENCE)
    assert again is not job and again.answer == "second facts"
    assert told == [] and job.state != "ready"


def test_an_error_is_kept_and_the_next_piece_goes_on(jobs):
    def work(tell: Tell) -> None:
        raise ParameterError("lens: is wrong.", "Choose another.")

    with pytest.raises(ParameterError):
        jobs.wait("key", work, silent)
    job = jobs.ask("key", work)
    assert job.state == "failed" and "is wrong" in str(job.error)
    assert jobs.wait("other", lambda tell: 7, silent) == 7


def test_a_fault_of_the_program_stops_neither_the_asker_nor_the_next(jobs, monkeypatch):
    told = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda fault: told.set())
    job = jobs.ask("key", lambda tell: 1 / 0)
    assert job.ended.wait(PATIENCE) and told.wait(PATIENCE)
    assert job.state == "failed" and job.error is None
    assert jobs.wait("other", lambda tell: 7, silent) == 7


def test_the_waiting_hear_how_far_it_is(jobs):
    heard = []
    release = threading.Event()

    def work(tell: Tell) -> int:
        tell(3, 4)
        release.wait(PATIENCE)
        return 4

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        release.set()

    assert jobs.wait("key", work, hear) == 4
    assert heard[-1] == (3, 4)


def test_stopping_ends_what_runs(jobs):
    reached = threading.Event()

    def work(tell: Tell) -> None:
        reached.set()
        while True:
            tell(0, 1)

    job = jobs.ask("key", work)
    assert reached.wait(PATIENCE)
    jobs.stop()
    assert job.ended.wait(PATIENCE) and job.state == "failed"
