"""Answers are kept until a fact changes, worked out once, and nobody waits for another's."""

import threading
from contextlib import closing

import pytest

from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.kept import MOST_ANSWERS, KeptAnswers
from ecosystem.model import City, Decision
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore


def city(slug):
    return City(id=f"city:{slug}", pack="p", name_bg=slug, name_en=slug, standing="illustrative")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder of its own."""
    made = tmp_path_factory.mktemp("kept")
    yield made
    embedded.stop(made)


@pytest.fixture
def store(folder):
    """A store that holds one city."""
    with closing(GraphStore.embedded(folder, 60)) as opened:
        opened.apply(diff(opened.contents(), Dataset.of([city("a")])))
        yield opened


def add(store, record):
    store.apply(ChangeSet(added=(record,)))


def test_an_answer_is_worked_out_once_until_a_fact_changes(store):
    kept, calls = KeptAnswers(store), []
    for _ in range(3):
        kept.get(("x",), lambda: calls.append(1))
    assert len(calls) == 1 and kept.ready(("x",)) and not kept.ready(("y",))
    add(store, Decision(id="decision:no-000001", pack="local", subject="s", matter="gap"))
    kept.get(("x",), lambda: calls.append(1))
    assert len(calls) == 1 and len(kept.contents()) == 2 and len(kept.facts()) == 1
    add(store, city("b"))
    kept.get(("x",), lambda: calls.append(1))
    assert len(calls) == 2


def test_many_askers_share_one_piece_of_work(store):
    kept, calls, begun, go = KeptAnswers(store), [], threading.Event(), threading.Event()

    def slow():
        calls.append(1)
        begun.set()
        go.wait(5)
        return len(calls)

    found = []
    threads = [
        threading.Thread(target=lambda: found.append(kept.get(("x",), slow))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(5)
    assert kept.get(("quick",), lambda: "at once") == "at once"
    go.set()
    for thread in threads:
        thread.join(5)
    assert found == [1, 1, 1, 1]


def test_an_answer_on_facts_that_have_changed_meanwhile_is_not_kept(store):
    kept = KeptAnswers(store)

    def overtaken():
        add(store, city("c"))
        kept.facts()
        return "old"

    assert kept.get(("x",), overtaken) == "old"
    assert kept.get(("x",), lambda: "new") == "new"


def test_what_fails_is_tried_again_and_the_oldest_goes_first(store):
    kept = KeptAnswers(store)
    with pytest.raises(ZeroDivisionError):
        kept.get(("x",), lambda: 1 // 0)
    assert kept.get(("x",), lambda: 2) == 2
    for number in range(MOST_ANSWERS):
        kept.get((number,), lambda: 0)
    assert not kept.ready(("x",)) and kept.ready((0,))
