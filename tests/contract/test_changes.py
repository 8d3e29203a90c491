"""The log of changes on every engine: written with the change, taken back whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from ecosystem import changelog, undoing
from ecosystem.changelog import Said
from ecosystem.contents import Contents
from ecosystem.dataset import ChangeSet, Dataset, diff
from ecosystem.errors import StoreChangedError, UndoRefusedError
from ecosystem.model import City, LocatedIn, Organisation
from tests.contract.records import many
from tests.tiny import tiny

LOAD = Said("load", "Ann", "by hand", ("tiny",))


def change(contents: Contents, dataset: Dataset, said: Said = LOAD) -> str:
    """Make the contents equal to ``dataset``, and the log tell of it."""
    present = contents.present()
    whole, entry = changelog.logged(present, diff(present.stated, dataset), said)
    contents.apply(whole, expected=present.revision)
    return entry


def undo(contents: Contents, store, identity: str = "") -> str:
    present = contents.present()
    target = undoing.found(present, identity)
    back = undoing.taken_back(present, store, target, Said("undo"))
    contents.apply(back.changes, expected=present.revision)
    return back.entry


def other() -> Dataset:
    """The town with a record changed, one added and one removed."""
    firm = tiny().nodes["org:firm"]
    assert isinstance(firm, Organisation)
    firm = replace(firm, name_en="Ferm \u2028 & co", website="")
    new = Organisation(id="org:new", pack="tiny", name_en="New", standing="illustrative")
    gone = tuple(one for one in tiny().records.values() if "org:loner" in one.id)
    return tiny().changed(ChangeSet(added=(new,), changed=(firm,), removed=gone))


def test_a_change_and_its_entry_are_one(store):
    contents = Contents(store)
    change(contents, tiny())
    (entry,) = contents.present().changes
    assert (entry.by, entry.why, entry.packs) == ("Ann", "by hand", ("tiny",))
    assert (entry.added, entry.changed, entry.removed) == (len(tiny()), 0, 0)
    assert (entry.before, entry.after) == (0, 1) and "City 2 0 0" in entry.kinds
    assert store.contents() == tiny() == contents.present().everything
    assert store.contents(entries=True).of_kind("Change") == [entry]
    assert Contents(store).present().log == contents.present().log


def test_whatever_was_done_is_taken_back_and_put_back(store):
    contents = Contents(store)
    change(contents, tiny())
    change(contents, other())
    undo(contents, store)
    assert store.contents() == tiny()
    undo(contents, store)
    assert store.contents() == other()
    undo(contents, store)
    undo(contents, store, "change:no-000001")
    assert store.contents() == Dataset.of([])
    assert len(contents.present().changes) == 6
    assert contents.present().log == Contents(store).present().log


def test_a_change_on_which_others_rest_is_refused_with_their_list(store):
    contents = Contents(store)
    change(contents, tiny())
    city = City(id="city:new", pack="more", name_en="New", standing="illustrative")
    seat = LocatedIn(pack="more", source="org:firm", target="city:new", standing="illustrative")
    change(contents, tiny().changed(ChangeSet(added=(city,))))
    change(contents, tiny().changed(ChangeSet(added=(city, seat))))
    with pytest.raises(UndoRefusedError) as caught:
        undo(contents, store, "change:no-000002")
    assert caught.value.resting == ("change:no-000003",)
    assert "change:no-000003" in caught.value.both[0].bg
    with pytest.raises(UndoRefusedError) as caught:
        undo(contents, store, "change:no-000001")
    assert caught.value.resting == ("change:no-000003",)
    undo(contents, store, "change:no-000003")
    undo(contents, store, "change:no-000001")
    assert store.contents() == Dataset.of([city])


def test_what_a_removed_record_needs_has_to_be_there(store):
    contents = Contents(store)
    change(contents, tiny())
    loner = tuple(one for one in tiny().edges.values() if one.source == "org:loner")
    change(contents, tiny().changed(ChangeSet(removed=loner)))
    node = tiny().nodes["org:loner"]
    change(contents, tiny().changed(ChangeSet(removed=(*loner, node))))
    with pytest.raises(UndoRefusedError) as caught:
        undo(contents, store, "change:no-000002")
    assert caught.value.resting == ("change:no-000003",)


def test_a_change_of_many_records_is_kept_in_pieces(store, monkeypatch):
    monkeypatch.setattr(changelog, "PIECE", 1000)
    contents = Contents(store)
    old, new = many(300, "old"), many(300, "new")
    change(contents, old)
    change(contents, new)
    assert (contents.present().changes[-1].parts or 0) > 3
    undo(contents, store)
    assert store.contents() == old


@pytest.mark.parametrize("bound", ["MOST_KEPT", "MOST_SIGNS"])
def test_the_oldest_pieces_go_and_their_entries_say_so(store, monkeypatch, bound):
    contents = Contents(store)
    change(contents, tiny().merged(many(200)))
    size = contents.present().changes[0].size or 0
    monkeypatch.setattr(changelog, bound, 1 if bound == "MOST_KEPT" else size + 10)
    change(contents, other().merged(many(200)))
    first, last = contents.present().changes
    assert (first.parts, first.size) == (0, 0) and last.parts
    held = store.contents(log=True).of_kind("ChangePart")
    assert len(held) == last.parts
    standing = undoing.standings(contents.present(), store)[-1]
    assert standing.why_not == undoing.NOT_KEPT
    with pytest.raises(UndoRefusedError):
        undo(contents, store, first.id)
    undo(contents, store)
    assert store.contents() == tiny().merged(many(200))


def test_a_change_too_large_to_be_kept_is_done_all_the_same(store, monkeypatch):
    monkeypatch.setattr(changelog, "MOST_SIGNS", 10)
    contents = Contents(store)
    change(contents, tiny())
    assert store.contents() == tiny()
    (standing,) = undoing.standings(contents.present(), store)
    assert standing.why_not == undoing.NOT_KEPT and not standing.change.parts


def test_of_two_who_take_back_at_once_one_wins(engine, store):
    contents = Contents(store)
    change(contents, tiny())
    with engine.open() as second:
        others = Contents(second)
        present = others.present()
        target = undoing.found(present, "")
        late = undoing.taken_back(present, second, target, Said("undo"))
        undo(contents, store)
        with pytest.raises(StoreChangedError) as caught:
            others.apply(late.changes, expected=present.revision)
        assert caught.value.hint
        assert len(others.present().changes) == 2
    assert store.contents() == Dataset.of([])


_UNDOER = """
import sys
from pathlib import Path
from ecosystem import undoing
from ecosystem.changelog import Said
from ecosystem.contents import Contents
from ecosystem.errors import StoreChangedError
from ecosystem.store.graph_store import GraphStore
where, *how = sys.argv[1:]
store = GraphStore.connect(where, *how) if how else GraphStore.embedded(Path(where))
contents = Contents(store)
present = contents.present()
back = undoing.taken_back(present, store, present.changes[-1], Said("undo"))
print("ready", flush=True)
sys.stdin.readline()
try:
    contents.apply(back.changes, expected=present.revision)
    print("won", flush=True)
except StoreChangedError as error:
    print("lost", error.hint, flush=True)
"""


def undoer(engine, request) -> subprocess.Popen[str]:
    """A process that has everything ready to take the last change back, and waits for a line."""
    if engine.is_embedded:
        where = [str(request.getfixturevalue("embedded_folder"))]
    else:
        server = request.getfixturevalue("neo4j_servers")[engine.name].result()
        where = [server.uri, server.user, server.password]
    process = subprocess.Popen(
        [sys.executable, "-c", _UNDOER, *where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


@pytest.mark.drill
def test_of_two_processes_one_takes_back_and_the_other_is_told(engine, store, request):
    change(Contents(store), many(2000))
    with undoer(engine, request) as one, undoer(engine, request) as other_:
        for process in (one, other_):
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        said = sorted(process.stdout.readline() for process in (one, other_) if process.stdout)
    assert said[0].startswith("lost ") and said[1] == "won\n"
    assert store.contents() == Dataset.of([])
    assert len(Contents(store).present().changes) == 2


@pytest.mark.drill
def test_who_is_killed_while_taking_back_leaves_the_old_or_the_new(engine, store, request):
    old = many(6000)
    change(Contents(store), old)
    with undoer(engine, request) as process:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(0.15)
        os.kill(process.pid, signal.SIGKILL)
    contents = Contents(store)
    found, number = store.contents(), len(contents.present().changes)
    assert (found, number) in ((old, 1), (Dataset.of([]), 2))
    undo(contents, store)
    assert store.contents() == (Dataset.of([]) if found == old else old)
