"""What is stored comes back equal, whole or not at all, on every engine."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.dataset import EMPTY, ChangeSet, Dataset, diff
from ecosystem.errors import StoreError
from ecosystem.model import (
    City,
    Event,
    LocatedIn,
    Organisation,
    ParticipatesIn,
    Project,
    Record,
    Theme,
)
from ecosystem.store.graph_store import GraphStore
from tests.contract.records import HOSTILE, PACKS, datasets, many
from tests.tiny import tiny


def put(store: GraphStore, dataset: Dataset) -> int:
    """Make the contents of the store equal to ``dataset``."""
    return store.apply(diff(store.contents(log=True), dataset))


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(dataset=datasets(), packs=st.sets(st.sampled_from(PACKS)))
def test_any_contents_become_any_others(store, dataset, packs):
    """Each example starts from the contents that the one before has left."""
    put(store, dataset)
    assert store.contents(log=True) == dataset
    assert store.contents(packs, log=True) == dataset.only(packs)


def test_a_dataset_comes_back_equal(store):
    assert store.apply(diff(EMPTY, tiny())) == 1
    assert store.contents() == tiny()


def test_hostile_texts_come_back_equal(store):
    dataset = Dataset.of(
        City(id=f"city:c{number}", pack="p", name_bg=text, aliases=(text, "", text))
        for number, text in enumerate((*HOSTILE, "x" * 300_000))
    )
    put(store, dataset)
    assert store.contents(log=True) == dataset


def test_storing_what_is_there_changes_nothing(store):
    revision = put(store, tiny())
    assert put(store, tiny()) == revision == store.revision()
    assert store.contents() == tiny()


def test_a_change_removes_what_a_record_no_longer_says(store):
    city = City(id="city:a", pack="p", name_en="A", population=5, aliases=("x",))
    put(store, Dataset.of([city]))
    put(store, Dataset.of([replace(city, population=None, aliases=())]))
    assert store.contents().nodes["city:a"] == City(id="city:a", pack="p", name_en="A")


def test_every_change_raises_the_revision_by_one(store):
    assert store.revision() == 0
    assert [put(store, one) for one in (tiny(), EMPTY, tiny())] == [1, 2, 3]


def test_an_empty_store_says_so(store):
    assert store.is_empty()
    put(store, tiny())
    assert not store.is_empty()
    put(store, EMPTY)
    assert store.is_empty()


def test_a_tie_to_an_event_takes_its_days_and_follows_them(store):
    event = Event(id="event:e", pack="p", name_en="E", since="2018-09", until="2018-09-11")
    undated = ParticipatesIn(pack="p", source="org:o", target="event:e")
    dated = ParticipatesIn(pack="p", source="org:o", target="event:e", key="2", since="2018")
    held = LocatedIn(pack="p", source="event:e", target="city:c")
    rest: list[Record] = [
        City(id="city:c", pack="p"),
        Organisation(id="org:o", pack="p"),
        undated,
        dated,
        held,
    ]

    def days() -> dict[str, tuple[str, str]]:
        found = store.read("MATCH ()-[r]->() RETURN r.id, r.valid_from, r.valid_to").rows
        return {identity: (since, until) for identity, since, until in found}

    put(store, Dataset.of([event, *rest]))
    assert days() == {
        undated.id: ("2018-09-01", "2018-09-11"),
        held.id: ("2018-09-01", "2018-09-11"),
        dated.id: ("2018-01-01", "9999-12-31"),
    }
    put(store, Dataset.of([replace(event, since="2019", until="2019"), *rest]))
    assert days()[undated.id] == ("2019-01-01", "2019-12-31")
    assert days()[dated.id] == ("2018-01-01", "9999-12-31")


@pytest.mark.parametrize(
    "changes",
    [
        ChangeSet(added=(City(id="city:new", pack="p"), City(id="city:alpha", pack="p"))),
        ChangeSet(added=(City(id="city:new", pack="p"),), changed=(City(id="city:x", pack="p"),)),
        ChangeSet(added=(City(id="city:new", pack="p"),), removed=(City(id="city:y", pack="p"),)),
        ChangeSet(removed=(tiny().nodes["city:alpha"],)),
        ChangeSet(
            added=(
                City(id="city:new", pack="p"),
                LocatedIn(pack="p", source="org:nowhere", target="city:new"),
            )
        ),
        ChangeSet(
            added=(
                City(id="city:new", pack="p"),
                LocatedIn(pack="p", source="martian:x", target="city:new"),
            )
        ),
        ChangeSet(added=(City(id="city:new", pack="p", population=2**70),)),
        ChangeSet(added=(City(id="city:new", pack="p", name_en="\ud800"),)),
        ChangeSet(added=tuple(r for r in tiny().edges.values())[:1]),
    ],
    ids=[
        "added twice",
        "changed but absent",
        "removed but absent",
        "still tied",
        "end is absent",
        "end of no kind",
        "number too big",
        "half a letter",
        "edge added twice",
    ],
)
def test_a_failed_change_leaves_all_as_it_was(store, changes):
    put(store, tiny())
    with pytest.raises(StoreError) as caught:
        store.apply(changes)
    assert caught.value.hint
    assert store.contents() == tiny()
    assert store.revision() == 1


def test_changes_made_from_an_older_revision_are_refused(engine, store):
    put(store, tiny())
    with engine.open() as other:
        revision = other.revision()
        changes = diff(other.contents(), EMPTY)
        put(store, tiny().merged(Dataset.of([City(id="city:c", pack="p")])))
        with pytest.raises(StoreError, match="changed since it was read"):
            other.apply(changes, expected=revision)
    assert store.revision() == 2
    assert "city:c" in store.contents().nodes


def test_two_clients_see_each_others_changes(engine, store):
    with engine.open() as other:
        put(store, tiny())
        assert other.contents() == tiny()
        put(other, EMPTY)
    assert store.contents() == EMPTY


def test_writers_at_once_lose_nothing(engine, store):
    put(store, tiny())
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with engine.open() as own:
                for step in range(5):
                    own.apply(ChangeSet(added=(Theme(id=f"theme:t{number}-{step}", pack="p"),)))
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert store.revision() == 21
    assert len(store.contents().of_kind("Theme")) == len(tiny().of_kind("Theme")) + 20


def test_a_reader_beside_a_writer_sees_one_whole_or_the_other(engine, store):
    one, other = many(300, "one"), many(300, "other")
    put(store, one)
    done = threading.Event()

    def write() -> None:
        with engine.open() as own:
            for dataset in (other, one, other, one):
                put(own, dataset)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while not done.is_set():
        try:
            assert store.contents() in (one, other)
            seen += 1
        except StoreError as error:
            assert "keeps changing" in error.message
    writer.join()
    assert seen


_LOADER = """
import sys
from pathlib import Path
from ecosystem.dataset import diff
from ecosystem.store.graph_store import GraphStore
from tests.contract.records import many
where, *how = sys.argv[1:]
store = GraphStore.connect(where, *how) if how else GraphStore.embedded(Path(where))
print("ready", flush=True)
store.apply(diff(store.contents(), many(6000, "new")))
print("done", flush=True)
"""


@pytest.mark.drill
def test_a_killed_loader_leaves_the_old_or_the_new(engine, request):
    engine.empty()
    old, new = many(200, "old"), many(6000, "new")
    if engine.is_embedded:
        where = [str(request.getfixturevalue("embedded_folder"))]
    else:
        server = request.getfixturevalue("neo4j_servers")[engine.name].result()
        where = [server.uri, server.user, server.password]
    with engine.open() as store:
        put(store, old)
        for delay in (0.15, 0.6):
            loader = subprocess.Popen(
                [sys.executable, "-c", _LOADER, *where], stdout=subprocess.PIPE, text=True
            )
            with loader:
                assert loader.stdout and loader.stdout.readline() == "ready\n"
                time.sleep(delay)
                os.kill(loader.pid, signal.SIGKILL)
            assert store.contents() in (old, new)
            put(store, old)
            assert store.contents() == old


def test_what_is_read_as_another_record_says_so_to_whoever_asks_in_cypher(store):
    put(store, tiny())
    asked = "MATCH (n) WHERE n.same_as IS NOT NULL RETURN n.id AS id, n.same_as AS kept"
    firm = Organisation(id="org:twin", pack="p", name_en="Firm", standing="illustrative")
    store.apply(ChangeSet(added=(firm,)), same={"org:twin": "org:firm"})
    assert store.read(asked).rows == (("org:twin", "org:firm"),)
    assert store.contents().nodes["org:twin"] == firm
    store.apply(ChangeSet(changed=(replace(firm, name_en="Twin"),)), same={})
    assert store.read(asked).rows == ()


def test_attributes_of_a_pack_come_back_with_their_types_and_can_be_asked_for(store):
    own = (("employees", 12.0), ("founded", "1999-05"), ("listed", True))
    firm = Organisation(id="org:f", pack="p", name_en="F", standing="illustrative", own=own)
    put(store, Dataset.of([firm]))
    assert store.contents().nodes["org:f"] == firm
    rows = store.read("MATCH (n:Organisation) WHERE n.own_employees > 10 RETURN n.own_listed").rows
    assert rows == ((True,),)


def test_many_ties_of_one_node_go_at_once(store):
    hub = Organisation(id="org:hub", pack="p", name_en="Hub")
    projects = [Project(id=f"project:p-{n:03}", pack="p", name_en="P") for n in range(300)]
    ties = [
        ParticipatesIn(pack="p", source="org:hub", target=project.id, key=key)
        for project in projects
        for key in ("", "again")
    ]
    put(store, Dataset.of([hub, *projects, *ties]))
    put(store, Dataset.of([hub]))
    assert store.contents() == Dataset.of([hub])
