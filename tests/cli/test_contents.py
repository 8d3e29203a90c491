"""The contents at hand follow what is written here, and notice what others write."""

import threading
from contextlib import closing
from unittest.mock import DEFAULT, patch

import pytest

from ecosystem import desk
from ecosystem.contents import FACTS, Contents
from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.errors import StoreChangedError, StoreError
from ecosystem.model import City, Decision
from ecosystem.store import embedded
from ecosystem.store.graph_store import GraphStore


def city(slug):
    return City(id=f"city:{slug}", pack="p", name_bg=slug, name_en=slug, standing="illustrative")


def decision(number, matter="gap", subject="s"):
    identity = f"decision:no-{number:06d}"
    return Decision(id=identity, pack="local", subject=subject, matter=matter, state="open")


def added(*records):
    return ChangeSet(added=records)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder of its own."""
    made = tmp_path_factory.mktemp("contents")
    yield made
    embedded.stop(made)


@pytest.fixture
def store(folder):
    """A store that holds one city, and counts how often it is read as a whole."""
    with closing(GraphStore.embedded(folder, 60)) as opened:
        opened.apply(diff(opened.contents(), Dataset.of([city("m")])))
        whole = opened.contents
        with patch.object(opened, "contents", wraps=whole):
            yield opened


def reads(store):
    """How often the store was read as a whole."""
    return store.contents.call_count


def test_who_only_looks_does_not_wait_for_what_another_process_wrote(store, folder):
    contents = Contents(store)
    before = contents.present()
    with closing(GraphStore.embedded(folder, 60)) as other:
        other.apply(added(city("a")))
    begun, free, whole = threading.Event(), threading.Event(), store.contents.side_effect

    def slowly(**_rest):
        begun.set()
        assert free.wait(20)
        return DEFAULT

    store.contents.side_effect = slowly
    reading = threading.Thread(target=contents.present)
    reading.start()
    assert begun.wait(20)
    assert contents.present(waits=False) is before
    free.set()
    reading.join()
    store.contents.side_effect = whole
    assert contents.present(waits=False) is contents.present() is not before


def test_what_is_written_here_is_not_read_again(store):
    contents = Contents(store)
    contents.present()
    contents.apply(added(city("a"), city("z"), decision(1)))
    contents.apply(ChangeSet(changed=(city("z"),), removed=(city("a"),)))
    present = contents.present()
    assert reads(store) == 1
    assert list(present.everything.nodes) == ["city:m", "city:z", "decision:no-000001"]
    assert present.everything == store.contents() and present.revision == store.revision()


def test_a_decision_changes_only_its_own_matter(store):
    contents = Contents(store)
    before = contents.present()
    contents.apply(added(decision(1, "match")))
    after = contents.present()
    assert after.facts is before.facts and reads(store) == 1
    assert after.stamp(FACTS, "gap") == before.stamp(FACTS, "gap")
    assert after.stamp("match") != before.stamp("match")
    assert contents.current(after.stamp("match")) and not contents.current(before.stamp("match"))
    assert contents.current(before.stamp(FACTS, "gap"))
    assert contents.holds(after.facts) and not contents.holds(store.contents())


def test_what_another_process_writes_is_noticed_at_the_next_look(store):
    contents = Contents(store)
    before = contents.present()
    assert contents.present() is before
    store.apply(added(decision(1)))
    decided = contents.present()
    assert decided.facts is before.facts and len(decided.decisions) == 1
    assert decided.stamp(FACTS) == before.stamp(FACTS) and decided.stamp("gap") == (("gap", 1),)
    store.apply(added(city("n")))
    stated = contents.present()
    assert "city:n" in stated.facts.nodes
    assert stated.stamp(FACTS) != before.stamp(FACTS) and stated.stamp("gap") == (("gap", 1),)


def test_a_write_that_another_one_came_before_is_read_not_guessed(store):
    contents = Contents(store)
    present = contents.present()
    store.apply(added(city("b")))
    with pytest.raises(StoreChangedError):
        contents.apply(added(city("c")), expected=present.revision)
    contents.apply(added(city("d")))
    assert list(contents.present().facts.nodes) == ["city:b", "city:d", "city:m"]
    assert reads(store) == 2


def test_a_write_that_is_refused_changes_nothing(store):
    contents = Contents(store)
    before = contents.present()
    with pytest.raises(StoreError):
        contents.apply(added(city("m")))
    assert contents.present() is before


def test_decisions_made_at_once_are_all_there_without_reading_again(store):
    contents = Contents(store)
    contents.present()
    threads = [
        threading.Thread(
            target=desk.decide, args=(contents, "priority", f"p{n}", {"state": "high"})
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(contents.present().decisions) == 4 and reads(store) == 1
    assert contents.present().everything == store.contents()
